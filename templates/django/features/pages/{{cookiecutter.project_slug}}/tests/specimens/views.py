"""Pages of the specimens."""

from core.pages.views import CreatePage, DeletePage, DetailPage, EditPage, ListPage
from tests.specimens.forms import ThingForm
from tests.specimens.models import Thing

FIELDS = tuple(field.name for field in Thing._meta.fields)


class ThingListPage(ListPage[Thing]):
    """All things."""

    model = Thing
    named_by = "title"
    columns = tuple(name for name in FIELDS if name != "title")
    search_fields = ("title", "text")


class ThingDetailPage(DetailPage[Thing]):
    """One thing."""

    model = Thing
    details = (*FIELDS, "tags")


class ThingCreatePage(CreatePage[Thing]):
    """Add to the things."""

    model = Thing
    form_class = ThingForm


class ThingEditPage(EditPage[Thing]):
    """Change one thing."""

    model = Thing
    form_class = ThingForm


class ThingDeletePage(DeletePage[Thing]):
    """Delete one thing."""

    model = Thing
