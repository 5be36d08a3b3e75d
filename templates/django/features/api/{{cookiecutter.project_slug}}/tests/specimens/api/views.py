"""The API of the specimens."""

from core.api.views import ListView, RowView
from tests.specimens.api.filters import ThingFilter
from tests.specimens.api.serializers import ThingSerializer
from tests.specimens.models import Thing


class ThingListView(ListView[Thing]):
    """Things."""

    queryset = Thing.objects.all()
    serializer_class = ThingSerializer
    filterset_class = ThingFilter
    search_fields = (
        "title",
        "slug",
        "text",
        "note",
        "mail",
        "link",
    )
    ordering_fields = ("title", "price")


class ThingRowView(RowView[Thing]):
    """One thing."""

    queryset = Thing.objects.all()
    serializer_class = ThingSerializer
