"""Model fields that Django lacks, and what columns can hold."""

import math
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.utils.text import slugify

BIGINT_MAX, BIGINT_MIN = 2**63 - 1, -(2**63)


def is_storable(value: Any) -> bool:
    """Tell whether any database keeps a JSON value: no NUL, half character or endless number."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return all(is_storable(key) and is_storable(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(is_storable, value))
    if isinstance(value, int):
        return BIGINT_MIN <= value <= BIGINT_MAX
    return not isinstance(value, float) or math.isfinite(value)


class HttpURLField(models.URLField[Any, Any]):
    """An address on the web: http or https, nothing else."""

    default_validators = [URLValidator(("http", "https"))]

    def formfield(self, **options: Any) -> Any:
        """Make a form field that takes `example.com` for https."""
        return super().formfield(**{"assume_scheme": "https", **options})


class AutoSlugField(models.SlugField[Any, Any]):
    """A slug that is made from another field where it was left empty.

    Args:
        source: name of the field it is made from.
        options: those of `SlugField`.
    """

    def __init__(self, *, source: str = "", **options: Any) -> None:
        self.source = source
        super().__init__(**{"blank": True, **options})

    def deconstruct(self) -> Any:
        """Describe the field for migrations."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "blank": self.blank, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Fill an empty slug before the row is stored."""
        slug = super().pre_save(model_instance, add)
        if not slug:
            slug = self._free(model_instance)
            setattr(model_instance, self.attname, slug)
        return slug

    def _free(self, row: models.Model) -> str:
        """Make a slug; a unique field gets a number behind it where another row has the same."""
        length = self.max_length or 0
        stem = slugify(getattr(row, self.source))[:length] or row._meta.model_name or ""
        if not self.unique:
            return stem
        others = type(row)._base_manager.exclude(pk=row.pk)
        number, slug = 1, stem
        while others.filter(**{self.attname: slug}).exists():
            number += 1
            slug = f"{stem[: length - len(str(number)) - 1]}-{number}"
        return slug
