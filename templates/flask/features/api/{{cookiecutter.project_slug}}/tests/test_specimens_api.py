"""The JSON API of a model with every kind of column."""

from app.blueprints.specimens.api import ThingResource
from app.core.api import Resource
from app.discovery import blueprint_of, modules
from tests.api_cases import ResourceCases

modules("api")
places = {blueprint_of(resource) for resource in Resource.__subclasses__()}
if places == {"specimens", "overrides_api"}:  # else the project tries resources of its own

    class TestThingResource(ResourceCases):
        """Things."""

        resource = ThingResource
