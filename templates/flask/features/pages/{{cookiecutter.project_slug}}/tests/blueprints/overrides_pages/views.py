"""Pages with a form, columns and a template of their own."""

from collections.abc import Sequence

from flask import Blueprint

from app.blueprints.specimens.models import Thing
from app.core.fields import Field
from app.core.forms import RecordForm
from app.core.pages import ResourcePages

blueprint = Blueprint(
    "overrides_pages", __name__, url_prefix="/overrides", template_folder="templates"
)


class StrictForm(RecordForm):
    """A form with a rule of its own."""

    def validate(self) -> bool:
        right = super().validate() and self["title"].data != "Nonsense"
        if not right:
            self.form_errors.append("This is nonsense.")
        return right


class ShortPages(ResourcePages[Thing]):
    """Pages with a form of their own, for one field."""

    model = Thing
    form_class = StrictForm
    columns = ("title",)

    def inputs(self) -> Sequence[Field]:
        return [field for field in super().inputs() if field.name == "title"]


ShortPages.mount(blueprint, "/things/")
