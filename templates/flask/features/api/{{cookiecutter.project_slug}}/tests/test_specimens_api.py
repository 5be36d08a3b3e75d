"""The JSON API of a model with every kind of column."""

from app.blueprints.specimens.api import ThingResource
from app.core.api import Resource
from app.discovery import modules
from tests.api_cases import ResourceCases

modules("api")
if Resource.__subclasses__() == [ThingResource]:  # else the project tries resources of its own

    class TestThingResource(ResourceCases):
        """Things."""

        resource = ThingResource
