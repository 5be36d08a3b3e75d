"""What the admin shows of a model that says nothing about it."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.contrib import admin
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest

from core.admin.labels import column, label
from core.forms import JSONField

ModelT = TypeVar("ModelT", bound=models.Model)
SEARCHED = (models.CharField, models.TextField)
FILTERED = (models.BooleanField, models.DateField)
LONG = (models.TextField, models.JSONField)
COLUMNS = 7


class ResourceAdmin(admin.ModelAdmin[ModelT]):
    """Columns, search, filters and look-ups, read off the model.

    A subclass says what differs: `list_display`, `list_filter`, `search_fields`,
    `autocomplete_fields`, `raw_id_fields` or `readonly_fields`. The joins of the model come with
    every row, so that no column costs a query.
    """

    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {models.JSONField: {"form_class": JSONField}}

    def __init__(self, model: type[ModelT], admin_site: admin.AdminSite) -> None:
        for name, value in derived(model).items():
            if not any(name in vars(kind) for kind in type(self).__mro__[: self._own_depth()]):
                setattr(self, name, value)
        super().__init__(model, admin_site)

    @classmethod
    def _own_depth(cls) -> int:
        return cls.__mro__.index(ResourceAdmin)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Let look-ups show what staff know a row by."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, ModelChoiceField):
            field.label_from_instance = label  # type: ignore[method-assign]  # of this form alone
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: ModelT | None = None) -> Any:
        """Show the time stamps of a row."""
        stamps = [f.name for f in self.model._meta.fields if f.name in {"created_at", "updated_at"}]
        return [*super().get_readonly_fields(request, obj), *stamps]


def derived(model: type[models.Model]) -> dict[str, Any]:
    """What the admin can know of a model."""
    columns = [field for field in model._meta.fields if not field.primary_key and field.editable]
    relations = [field for field in columns if field.is_relation]
    relations += [field for field in model._meta.many_to_many if _can_be_edited(field)]
    short = [column(field) for field in columns if not isinstance(field, LONG)]
    searchable = {field.name for field in relations if any(searched(_target(field)))}
    return {
        "list_display": ["__str__", *short[:COLUMNS]],
        "search_fields": list(searched(model)) or ["=pk"],
        "list_filter": [f.name for f in columns if f.choices or isinstance(f, FILTERED)],
        "autocomplete_fields": [f.name for f in relations if f.name in searchable],
        "raw_id_fields": [f.name for f in relations if f.name not in searchable],
    }


def searched(model: type[models.Model]) -> Iterator[str]:
    """Name the columns that a search looks into."""
    for field in model._meta.fields:
        if isinstance(field, SEARCHED) and field.editable and not field.choices:
            yield field.name


def _target(field: Any) -> type[models.Model]:
    target: type[models.Model] = field.related_model
    return target


def _can_be_edited(field: Any) -> bool:
    return bool(field.remote_field.through._meta.auto_created)
