"""The pages of a model with every kind of column."""

from app.blueprints.specimens.views import ThingPages
from app.core.pages import ResourcePages
from app.discovery import blueprint_of, modules
from tests.pages_cases import PagesCases

modules("views")
places = {blueprint_of(pages) for pages in ResourcePages.__subclasses__()}
if places == {"specimens", "overrides_pages"}:  # else the project tries resources of its own

    class TestThingPages(PagesCases):
        """Things."""

        pages = ThingPages
