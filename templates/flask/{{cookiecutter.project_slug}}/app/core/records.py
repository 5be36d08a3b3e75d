"""Writing and deleting records, and what may go wrong then."""

import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from app.core.columns import utc_now
from app.core.db import Base, db
from app.core.fields import Field, fields, inputs, is_id
from app.core.formats import slugify

AT_ONCE = 1000  # ids; databases take so many values in one query, and not many more


class InvalidError(Exception):
    """Values that break a rule which only the database knows."""

    def __init__(self, field: Field, code: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.code = code
        self.message = message


class ConflictError(Exception):
    """The database refused: another request was faster, or other rows still need this one."""


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
        if not new:
            record.updated_at = utc_now()  # also where only its references to many change
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
    _commit("Other rows still need this one.")


def _rename(record: Base, slugs: list[Field]) -> None:
    with db.session.no_autoflush:
        for field in slugs:
            setattr(record, field.name, f"{_stem(record, field)}-{secrets.token_hex(3)}")
        db.session.add(record)


def _commit(refusal: str = "This conflicts with other data.") -> None:
    try:
        db.session.commit()
    except (IntegrityError, StaleDataError, ObjectDeletedError) as error:
        db.session.rollback()
        raise ConflictError(refusal) from error


def _resolve(field: Field, value: Any) -> Any:
    if field.target is None or value is None:
        return value
    ids = sorted(set(value) if field.many else {value})
    rows: list[Base] = []
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        known = sa.select(field.target).where(field.target.id.in_(filter(is_id, part)))
        found = db.session.scalars(known).all()
        if missing := sorted(set(part) - {row.id for row in found}):
            raise InvalidError(field, "does_not_exist", f"There is no {field.label} {missing[0]}.")
        rows += found
    return rows if field.many else rows[0]


def _free_slug(record: Base, field: Field) -> str:
    """A slug from the record's source field, with a number behind it where it is taken."""
    stem = _stem(record, field)
    if not field.column.unique:
        return stem
    column = getattr(type(record), field.name)
    others = sa.select(column).where(column.startswith(stem))
    if record.id is not None:
        others = others.where(type(record).id != record.id)
    taken = set(db.session.scalars(others))
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
