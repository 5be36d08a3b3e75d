"""What `?status=draft&publishedAt__gte=…&search=…&ordering=-title` means."""

import re
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django_filters import CharFilter, Filter
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.rest_framework import FilterSet as BaseFilterSet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from core.api.errors import QueryError
from core.api.fields import INT_MAX, INT_MIN
from core.api.filter_types import (
    DecimalFilter,
    IntegerFilter,
    MomentFilter,
    TimeFilter,
    TruthFilter,
)
from core.api.naming import camel
from core.fields import BIGINT_MAX, BIGINT_MIN
from core.queries import search

ALWAYS = ("id", "created_at", "updated_at")


class FilterSet(BaseFilterSet):
    """Filters with the names that clients write; `contains` ignores case.

    Attributes:
        idle: whether a query names none of them, so that every row passes.
    """

    FILTER_DEFAULTS = {
        **BaseFilterSet.FILTER_DEFAULTS,
        models.CharField: {"filter_class": CharFilter, "extra": lambda field: {"strip": False}},
        models.TextField: {"filter_class": CharFilter, "extra": lambda field: {"strip": False}},
        models.IntegerField: {
            "filter_class": IntegerFilter,
            "extra": lambda field: {"min_value": INT_MIN, "max_value": INT_MAX},
        },
        models.BigIntegerField: {
            "filter_class": IntegerFilter,
            "extra": lambda field: {"min_value": BIGINT_MIN, "max_value": BIGINT_MAX},
        },
        models.BigAutoField: {"filter_class": IntegerFilter},
        models.BooleanField: {"filter_class": TruthFilter},
        models.TimeField: {"filter_class": TimeFilter},
        models.DateTimeField: {"filter_class": MomentFilter},
        models.DecimalField: {
            "filter_class": DecimalFilter,
            "extra": lambda field: {
                "max_digits": field.max_digits,
                "decimal_places": field.decimal_places,
            },
        },
    }

    _meta: ClassVar[Any]
    idle = False

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        """Make the filters that a query names: to make all, with a form, is dear."""
        if data is not None and not options.get("prefix") and self.is_plain():
            self.base_filters = OrderedDict(
                (name, item)
                for name, item in self.base_filters.items()
                if item.extra["required"] or any(key.startswith(name) for key in data)
            )
            self.idle = not self.base_filters
        super().__init__(data, *args, **options)

    @classmethod
    def is_plain(cls) -> bool:
        """Tell whether its filters are all there is to a set, so that each can be left out."""
        own = (cls.qs, cls.filter_queryset, cls._meta.form)
        return own == (BaseFilterSet.qs, BaseFilterSet.filter_queryset, forms.Form)

    @classmethod
    def get_filters(cls) -> OrderedDict[str, Filter]:
        """List the filters by name."""
        found = super().get_filters()
        return OrderedDict(
            (camel(name).replace("__icontains", "__contains"), item) for name, item in found.items()
        )


class FilterBackend(DjangoFilterBackend):
    """Answers a bad value with the name of the parameter."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """Keep the rows that pass every filter."""
        filters = self.get_filterset(request, queryset, view)
        if filters is None or getattr(filters, "idle", False):
            return queryset
        for name, item in filters.filters.items():
            if request.GET.get(name) == "" and not isinstance(item, CharFilter):
                raise QueryError({name: ["A value is needed."]}, code="invalid")
        if not filters.is_valid():
            raise QueryError(
                {name: [str(text) for text in told] for name, told in filters.errors.items()},
                code="invalid",
            )
        return filters.qs


class SearchBackend(BaseFilterBackend):
    """`?search=`: every word in one of the view's `search_fields`."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        """Keep the rows that are found."""
        text = request.query_params.get("search", "")
        if "\0" in text:
            raise QueryError({"search": ["No text holds this character."]}, code="invalid")
        return search(queryset, view.search_fields, text)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the query parameter."""
        return [_parameter("search", "Words that the rows must hold.")]


class OrderingBackend(BaseFilterBackend):
    """`?ordering=-publishedAt,title`: the view's `ordering_fields`, then by id."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        """Order the rows."""
        text = request.query_params.get("ordering", "")
        if not text:
            return queryset
        names = _orderings(view)
        if not re.fullmatch(_ordering_pattern(names), text):
            known = ", ".join(sorted(names))
            raise QueryError({"ordering": [f"Lists are ordered by {known}."]}, code="invalid")
        words = [word.rpartition("-") for word in text.split(",") if word]
        order = [_sorted(names[word], backwards=bool(sign)) for _, sign, word in words]
        return queryset.order_by(*order, "id") if order else queryset

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the query parameter."""
        pattern = f"^{_ordering_pattern(_orderings(view))}$"
        return [_parameter("ordering", "Names, - before one reverses it.", pattern=pattern)]


def _orderings(view: Any) -> dict[str, str]:
    """The columns that a list may be ordered by, by the name that clients write."""
    return {camel(name): name for name in [*ALWAYS, *view.ordering_fields]}


def _sorted(name: str, *, backwards: bool) -> OrderBy:
    """Databases do not agree where absent values stand: here they are the largest."""
    value = models.F(name)
    return value.desc(nulls_first=True) if backwards else value.asc(nulls_last=True)


def _ordering_pattern(names: Iterable[str]) -> str:
    name = f"-?({'|'.join(names)})"
    return f"({name}(,{name})*)?"


def _parameter(name: str, text: str, **limits: str) -> dict[str, Any]:
    schema = {"type": "string", **limits}
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}
