"""What a client may read and write on a model, read off the model itself; and saving it."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import ColumnProperty, RelationshipProperty
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.orm.interfaces import MANYTOMANY, MANYTOONE

from app.core.db import Base, db
from app.core.formats import slugify

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
        return given.arg if isinstance(given, sa.ColumnDefault) and given.is_scalar else None

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


class InvalidError(Exception):
    """Values that break a rule which only the database knows."""

    def __init__(self, field: Field, code: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.code = code
        self.message = message


class ConflictError(Exception):
    """The database refused: another request was faster, or other rows still need this one."""


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
    if link is None:
        return Field(prop.key, prop.key, column)
    return Field(link.key, prop.key, column, link.mapper.class_, owner=link.key == owner)


def _to_many(links: Any) -> Iterator[Field]:
    for link in links:
        if link.direction is MANYTOMANY and "ids" in link.info:  # else it is the other end
            target = link.mapper.class_
            yield Field(link.key, link.info["ids"], target.__table__.c.id, target, many=True)


def inputs(model: type[Base]) -> tuple[Field, ...]:
    """The fields a client may write: all but the owner."""
    return tuple(field for field in fields(model) if not field.owner)


def save(record: Base, values: Mapping[str, Any]) -> None:
    """Write values to a record and commit.

    Args:
        record: a new or a stored one.
        values: by `Field.key`; references as ids.

    Raises:
        InvalidError: a reference leads nowhere, or a unique value is taken.
        ConflictError: the database refused.
    """
    with db.session.no_autoflush:
        for field in fields(type(record)):
            if field.key in values:
                setattr(record, field.name, _resolve(field, values[field.key]))
        refuse_duplicates(record)
        made = complete(record)
        new = record.id is None
        db.session.add(record)
    try:
        _commit()
    except ConflictError:
        if not (made and new):
            raise
        _rename(record, made)  # another request may just have taken the same slug
        _commit()


def complete(record: Base) -> list[Field]:
    """Make the slugs that nobody has given; tell which."""
    empty = [f for f in inputs(type(record)) if f.source and not getattr(record, f.name)]
    for field in empty:
        setattr(record, field.name, _free_slug(record, field))
    return empty


def delete(record: Base) -> None:
    """Delete a record and commit.

    Raises:
        ConflictError: other rows still need it.
    """
    db.session.delete(record)
    _commit()


def _rename(record: Base, slugs: list[Field]) -> None:
    with db.session.no_autoflush:
        for field in slugs:
            setattr(record, field.name, f"{_stem(record, field)}-{secrets.token_hex(3)}")
        db.session.add(record)


def _commit() -> None:
    try:
        db.session.commit()
    except (IntegrityError, StaleDataError) as error:
        db.session.rollback()
        raise ConflictError("This conflicts with other data.") from error


def _resolve(field: Field, value: Any) -> Any:
    if field.target is None or value is None:
        return value
    ids = set(value) if field.many else {value}
    known = sa.select(field.target).where(field.target.id.in_(filter(is_id, ids)))
    rows = db.session.scalars(known).all()
    if missing := sorted(ids - {row.id for row in rows}):
        raise InvalidError(field, "does_not_exist", f"There is no {field.label} {missing[0]}.")
    return list(rows) if field.many else rows[0]


def is_id(value: int) -> bool:
    """Tell whether a number can be an id: databases refuse to look for others."""
    return 0 < value < 2**31


def _free_slug(record: Base, field: Field) -> str:
    """A slug from the record's source field, with a number behind it where it is taken."""
    stem = _stem(record, field)
    if not field.column.unique:
        return stem
    column = getattr(type(record), field.name)
    taken = set(db.session.scalars(sa.select(column).where(column.startswith(stem))))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def _stem(record: Base, field: Field) -> str:
    limit = getattr(field.column.type, "length", None) or 200
    text = getattr(record, field.source or "") or ""
    return slugify(text)[: limit - 8] or type(record).__name__.lower()


def refuse_duplicates(record: Base) -> None:
    """Refuse values that another record has already.

    Raises:
        InvalidError: a unique value is taken.
    """
    for field in fields(type(record)):
        _refuse_duplicate(record, field)


def _refuse_duplicate(record: Base, field: Field) -> None:
    value = getattr(record, field.name)
    if not field.column.unique or field.many or value is None:
        return
    model = type(record)
    same = sa.select(model.id).where(getattr(model, field.name) == value)
    if record.id is not None:
        same = same.where(model.id != record.id)
    if db.session.scalar(same.limit(1)) is not None:
        raise InvalidError(field, "unique", f"{field.label} is taken.")
