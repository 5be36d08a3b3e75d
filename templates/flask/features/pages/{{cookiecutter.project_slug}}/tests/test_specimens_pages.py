"""The pages of a model with every kind of column."""

from app.blueprints.specimens.views import ThingPages
from app.core.pages import ResourcePages
from app.discovery import modules
from tests.pages_cases import PagesCases

modules("views")
if ResourcePages.__subclasses__() == [ThingPages]:  # else the project tries resources of its own

    class TestThingPages(PagesCases):
        """Things."""

        pages = ThingPages
