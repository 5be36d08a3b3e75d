"""The JSON API of a model with every kind of column."""

from app.blueprints.specimens.api import ThingResource
from tests.api_cases import ResourceCases


class TestThingResource(ResourceCases):
    """Things."""

    resource = ThingResource
