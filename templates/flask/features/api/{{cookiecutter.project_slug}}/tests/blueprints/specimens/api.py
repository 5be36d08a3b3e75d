"""The JSON API of the specimens."""

from app.blueprints.specimens.models import Thing
from app.core.api import ApiBlueprint, Resource

blueprint = ApiBlueprint("specimens", __name__)


class ThingResource(Resource[Thing]):
    """Anyone reads, the owner and staff write."""

    model = Thing


ThingResource.mount(blueprint, "/things/")
