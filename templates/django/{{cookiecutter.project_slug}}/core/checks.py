"""The project's own system checks: `manage.py check` fails where a convention is broken."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db.models import Model

from core.models import BaseModel


@register(Tags.models)
def check_models(app_configs: Iterable[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Check every model of the apps."""
    models = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    return [error for model in models for error in problems(model)]


def problems(model: type[Model]) -> Iterator[CheckMessage]:
    """Say what breaks a convention in one model."""
    if not issubclass(model, BaseModel):
        if not issubclass(model, AbstractBaseUser):
            yield Error(
                f"{model.__name__} does not carry its joins.",
                hint="Derive it from core.models.BaseModel.",
                obj=model,
                id="core.E001",
            )
        return
    names = [*model.joins, *model.prefetches, *filter(None, [model.owner_field])]
    unknown = [name for name in names if not _is_relation(model, name)]
    for name in unknown:
        yield Error(
            f"{name} is no relation.",
            hint="joins, prefetches and owner_field name relations.",
            obj=model,
            id="core.E002",
        )
    if not unknown:
        try:
            str(model.objects.plain().select_related(*model.joins or (None,)).query)
        except FieldError as error:
            yield Error(str(error), hint="A join leads to one row.", obj=model, id="core.E003")


def _is_relation(model: type[Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name.partition("__")[0]).is_relation)
    except FieldDoesNotExist:
        return False
