"""Specimens as JSON."""

from rest_framework.serializers import PrimaryKeyRelatedField

from core.api.fields import Reference
from core.api.serializers import ModelSerializer
from tests.specimens.models import Kind, Thing


class ThingSerializer(ModelSerializer[Thing]):
    """One value of every type."""

    kind = Reference(read_only=True)
    kind_id = PrimaryKeyRelatedField(
        source="kind",
        queryset=Kind.objects.all(),
        write_only=True,
    )
    owner = Reference(read_only=True)
    part_of = Reference(read_only=True, allow_null=True)
    part_of_id = PrimaryKeyRelatedField(
        source="part_of",
        queryset=Thing.objects.all(),
        write_only=True,
        required=False,
        allow_null=True,
    )
    tags = Reference(many=True, read_only=True)
    tag_ids = PrimaryKeyRelatedField(
        source="tags", queryset=Kind.objects.all(), many=True, write_only=True, required=False
    )

    class Meta:
        model = Thing
        fields = (
            "id",
            "title",
            "slug",
            "text",
            "note",
            "initials",
            "number",
            "big",
            "ratio",
            "price",
            "open",
            "seen",
            "day",
            "at",
            "moment",
            "code",
            "mail",
            "link",
            "more",
            "state",
            "kind",
            "kind_id",
            "owner",
            "part_of",
            "part_of_id",
            "tags",
            "tag_ids",
            "created_at",
            "updated_at",
        )
