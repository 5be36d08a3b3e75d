"""The pages of a model with every kind of column."""

from app.blueprints.specimens.views import ThingPages
from tests.pages_cases import PagesCases


class TestThingPages(PagesCases):
    """Things."""

    pages = ThingPages
