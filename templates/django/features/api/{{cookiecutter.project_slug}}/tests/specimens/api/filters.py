"""What the list of things can be filtered by."""

from core.api.filter_types import IntegerFilter
from core.api.filters import FilterSet
from tests.specimens.models import Thing


class ThingFilter(FilterSet):
    """Filters of things."""

    kind_id = IntegerFilter("kind__id")
    owner_id = IntegerFilter("owner__id")
    part_of_id = IntegerFilter("part_of__id")
    tag_ids = IntegerFilter("tags__id")

    class Meta:
        model = Thing
        fields = {
            "id": ["exact"],
            "title": ["exact", "icontains"],
            "price": ["exact", "gte", "lte"],
            "open": ["exact"],
            "day": ["exact", "gte", "lte"],
            "moment": ["exact", "gte", "lte"],
            "code": ["exact"],
            "state": ["exact"],
        }
