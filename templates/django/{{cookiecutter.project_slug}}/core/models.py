"""What every model of an app starts from: joins, owner and time stamps, declared once.

    class Post(BaseModel):
        joins = ("author", "category")  # one SQL JOIN each: foreign keys, one-to-ones
        prefetches = ("tags",)          # one more query each: many-to-many, reverse keys
        owner_field = "author"          # who may write, beside staff

Views, serializers, the admin and related managers (`user.posts`) start from the default manager,
so none of them repeats `select_related()`. `.plain()` leaves the joins out.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Self, TypeVar, cast

from django.db import models

M = TypeVar("M", bound=models.Model, covariant=True)


class QuerySet(models.QuerySet[M]):
    """A query that knows the joins its model declares."""

    def joined(self) -> Self:
        """With the joins. What they lead to comes without joins of its own: no endless chain."""
        model: Any = self.model
        queryset = self
        if model.joins:
            queryset = queryset.select_related(*model.joins)
        for name in model.prefetches:
            rows = model._meta.get_field(name).related_model._base_manager.all()
            queryset = queryset.prefetch_related(models.Prefetch(name, rows))
# % if cookiecutter._slots.django
        # What is not declared is still fetched for all rows at once, not row by row.
        return queryset.fetch_mode(models.FETCH_PEERS)
# % else
        return queryset
# % endif
{{ "" }}
    def plain(self) -> Self:
        """Without the joins: for `only()`, `iterator()` and bulk work."""
        return self.select_related(None).prefetch_related(None)

    def select_for_update(
        self,
        nowait: bool = False,
        skip_locked: bool = False,
        of: Sequence[str] = ("self",),
        no_key: bool = False,
    ) -> Self:
        """Lock rows of this table alone, never those that are joined."""
        return super().select_for_update(
            nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key
        )


class Manager(models.Manager[M]):
    """The default manager: every query begins with the joins."""

    _queryset_class = QuerySet

    def get_queryset(self) -> QuerySet[M]:
        """Begin a query."""
        return cast("QuerySet[M]", super().get_queryset()).joined()

    def plain(self) -> QuerySet[M]:
        """Begin a query without the joins."""
        return self.get_queryset().plain()


class BaseModel(models.Model):
    """A row with time stamps.

    Attributes:
        joins: relations to one row that every query brings along.
        prefetches: relations to many rows that every query brings along.
        owner_field: name of the reference to the user who may write; empty for none.
    """

    joins: ClassVar[tuple[str, ...]] = ()
    prefetches: ClassVar[tuple[str, ...]] = ()
    owner_field: ClassVar[str] = ""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = Manager()

    class Meta:
        abstract = True


class Count(models.Model):
    """How often something has happened, until when: what `core.limits` remembers."""

    key = models.CharField(max_length=200, primary_key=True)
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
