"""What a pack says of every type and flag of a field: its `types.toml`, checked and looked up."""

from collections.abc import Iterator, Mapping
from string import Template
from typing import Any

from scaffold.errors import did_you_mean
from scaffold.model.fields import TYPES, Field
from scaffold.packs.manifest import ManifestError

Types = Mapping[str, Any]
FLAGS = (
    "required",
    "blank",
    "null",
    "minimum",
    "maximum",
    "unique",
    "index",
    "owner",
    "private",
    "readonly",
    "hidden",
    "default",
    "cascade",
    "protect",
    "setnull",
)


def check_types(types: Types) -> None:
    """Refuse a `types.toml` that names what no field can be, or says it in no text.

    Raises:
        ManifestError: the message names the table and the key.
    """
    for name, row in types.items():
        known = ("flags", *TYPES)
        if name not in known:
            raise ManifestError(f"unknown type {name}", did_you_mean(name, known), (name,))
        if not isinstance(row, dict):
            raise ManifestError(f"{name} must be a table", keys=(name,))
        for key, value in row.items():
            if name == "flags" or isinstance(value, dict):
                if key not in FLAGS:
                    unknown = f"unknown flag {key} in [{name}.{key}]"
                    raise ManifestError(unknown, did_you_mean(key, FLAGS), (name, key))
                _check_row((name, key), value)
            else:
                _check_row((name,), {key: value})


def resolve_types(
    field: Field, names: Mapping[str, object], types: Types
) -> dict[str, str | list[str]]:
    """Look a field up in `types.toml`: the type's values, then those of its flags.

    Args:
        field: the field.
        names: what a `$name` may stand for; None is an empty text.
        types: the content of `types.toml`.

    Raises:
        ManifestError: the pack gives the type no meaning, or a malformed one.
    """
    if not types:
        return {}
    if field.type not in types:
        raise ManifestError(
            f"no table [{field.type}], which {field.name}:{field.type} needs",
            "add it, or use another type",
        )
    names = {name: "" if value is None else value for name, value in names.items()}
    result: dict[str, str | list[str]] = {}
    for row in _rows(field, types):
        for name, value in row.items():
            if isinstance(value, Mapping):  # the table of a flag
                continue
            filled = _fill(value, names, (field.type, name))
            if isinstance(filled, list):
                before = result.get(name, [])
                filled = [*(before if isinstance(before, list) else []), *filled]
            result[name] = filled
    return result


def _fill(value: object, names: Mapping[str, object], place: tuple[str, str]) -> str | list[str]:
    """Replace each `$name` in a text or a list of texts.

    Raises:
        ManifestError: a name stands for nothing, or a `$` stands alone.
    """
    try:
        if isinstance(value, list):
            return [Template(item).substitute(names) for item in value]
        return Template(str(value)).substitute(names)
    except KeyError as error:
        wrong = str(error.args[0])
        raise ManifestError(
            f"{place[1]} of {place[0]} names ${wrong}, which is nothing",
            did_you_mean(wrong, names),
            place,
        ) from None
    except ValueError as error:
        raise ManifestError(f"{place[1]} of {place[0]}: {error}", "write $$ for $", place) from None


def flags_of(field: Field) -> list[str]:
    """Return the flags of a field by the names `types.toml` uses."""
    may_be_empty = field.optional or (field.type == "m2m" and not field.at_least_one)
    presence = "null" if field.nullable else "blank" if may_be_empty else "required"
    extra = [name for name in FLAGS[3:11] if getattr(field, name)]
    if (field.readonly or field.hidden) and not field.optional:
        extra.append("default")
    action = [{"null": "setnull"}.get(field.on_delete, field.on_delete)] if field.on_delete else []
    return [*action, presence, *extra]


def _check_row(keys: tuple[str, ...], row: object) -> None:
    where = ".".join(keys)
    if not isinstance(row, dict):
        raise ManifestError(f"{where} must be a table", keys=keys)
    for key, value in row.items():
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) for text in texts):
            raise ManifestError(
                f"{key} of {where} must be a string or a list of strings", keys=(*keys, key)
            )


def _rows(field: Field, types: Types) -> Iterator[Mapping[str, Any]]:
    own = types[field.type]
    yield own
    for flag in flags_of(field):
        yield types.get("flags", {}).get(flag, {})
        yield own.get(flag, {})
