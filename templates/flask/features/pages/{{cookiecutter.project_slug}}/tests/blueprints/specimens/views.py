"""The pages of the specimens."""

from flask import Blueprint

from app.blueprints.specimens.models import Thing
from app.core.pages import ResourcePages

blueprint = Blueprint("specimens", __name__, url_prefix="/specimens")


class ThingPages(ResourcePages[Thing]):
    """Anyone reads, the owner and staff write."""

    model = Thing
    label = "Thing"
    label_plural = "Things"
    name_field = "title"


ThingPages.mount(blueprint, "/things/")
