"""What a client may read and write on a model, read off the model itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import ColumnProperty, RelationshipProperty
from sqlalchemy.orm.interfaces import MANYTOMANY, MANYTOONE

from app.core.db import Base

AUTOMATIC = ("id", "created_at", "updated_at")


@dataclass(frozen=True)
class Field:
    """One value of a record.

    Args:
        name: the attribute that is read: `title`, `author`, `tags`.
        key: what is written: `title`, `author_id`, `tag_ids`.
        column: its column; for many-to-many the target's `id`.
        target: the model a reference leads to.
        many: whether it leads to many rows.
        owner: whether the server sets it.
    """

    name: str
    key: str
    column: sa.Column[Any]
    target: type[Base] | None = None
    many: bool = False
    owner: bool = False

    @property
    def label(self) -> str:
        """What people read."""
        return self.name.replace("_", " ").capitalize()

    @property
    def nullable(self) -> bool:
        """Whether it may be absent."""
        return bool(self.column.nullable)

    @property
    def blank(self) -> bool:
        """Whether the empty text is a value."""
        return bool(self.column.info.get("blank", True))

    @property
    def format(self) -> str | None:
        """The form of its text: email, url, slug."""
        form: str | None = self.column.info.get("format")
        return form

    @property
    def source(self) -> str | None:
        """The field that a slug is made from."""
        source: str | None = self.column.info.get("source")
        return source

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of an enum."""
        return tuple(self.column.type.enums) if isinstance(self.column.type, sa.Enum) else ()

    @property
    def default(self) -> Any:
        """What an absent value becomes."""
        if self.many:
            return []
        if self.source:
            return ""
        given = self.column.default
        if not isinstance(given, sa.ColumnDefault):
            return None
        return given.arg if given.is_scalar else given.arg(None)

    @property
    def required(self) -> bool:
        """Whether a client must send it."""
        if self.many or self.nullable or self.source:
            return False
        return self.column.default is None and self.column.server_default is None

    @property
    def hidden(self) -> bool:
        """Whether nobody may see it: hashes of secrets."""
        return bool(self.column.info.get("hidden", False))

    @property
    def searchable(self) -> bool:
        """Whether it holds text."""
        return isinstance(self.column.type, sa.String) and not self.choices and not self.target


@cache
def fields(model: type[Base]) -> tuple[Field, ...]:
    """The fields of a model, in the order of its definition."""
    mapper = sa.inspect(model)
    links = {
        next(iter(link.local_columns)): link
        for link in mapper.relationships
        if link.direction is MANYTOONE
    }
    found = [
        _field(prop, links.get(prop.columns[0]), model.__owner__)
        for prop in mapper.column_attrs
        if prop.key not in AUTOMATIC
    ]
    return (*found, *_to_many(mapper.relationships))


def automatic(model: type[Base], name: str) -> Field:
    """The id or a timestamp as a field: read and never written."""
    return Field(name, name, cast("sa.Column[Any]", model.__table__.c[name]))


def _field(
    prop: ColumnProperty[Any], link: RelationshipProperty[Any] | None, owner: str | None
) -> Field:
    column = cast("sa.Column[Any]", prop.columns[0])
    if isinstance(column.type, sa.Enum) and column.type.enum_class:
        raise TypeError(f"{column}: name the choices as text, sa.Enum('a', 'b', …); see README.md")
    if link is None:
        return Field(prop.key, prop.key, column)
    return Field(link.key, prop.key, column, link.mapper.class_, owner=link.key == owner)


def _to_many(links: Any) -> Iterator[Field]:
    for link in links:
        if link.direction is MANYTOMANY and "ids" in link.info:  # else it is the other end
            target = link.mapper.class_
            yield Field(link.key, link.info["ids"], target.__table__.c.id, target, many=True)


def visible(model: type[Base]) -> tuple[Field, ...]:
    """The fields a client may read: all but the hidden ones."""
    return tuple(field for field in fields(model) if not field.hidden)


def inputs(model: type[Base]) -> tuple[Field, ...]:
    """The fields a client may write: all it may read but the owner."""
    return tuple(field for field in visible(model) if not field.owner)


def no_kind(field: Field) -> TypeError:
    """What to say of a column whose type no form and no API knows."""
    kind = type(field.column.type).__name__
    known = "Exact for exact numbers, UtcDateTime for moments; README.md has them all"
    return TypeError(f"{field.column}: {kind} is no type that fields can have: take {known}")


def is_id(value: int) -> bool:
    """Tell whether a number can be an id: databases refuse to look for others."""
    return 0 < value < 2**31
