"""Rows to count queries with, each with rows of its own behind its references."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from app.core import samples
from app.core.db import Base, db
from app.core.fields import Field, fields
from app.core.samples import capacity, count, next_number

FEW, MANY = 5, 50  # rows on one page


def taken_together(row: Base, sent: Collection[Field]) -> bool:
    """Tell whether a second row with these values of a row breaks a rule over several columns."""
    table, mapper = sa.inspect(row).mapper.local_table, sa.inspect(row).mapper
    assert isinstance(table, sa.Table)
    rules = [rule.columns for rule in table.constraints if isinstance(rule, sa.UniqueConstraint)]
    rules += [index.columns for index in table.indexes if index.unique]
    same = {field.key for field in sent if getattr(row, field.key, None) is not None}
    found = [{mapper.get_property_by_column(column).key for column in rule} for rule in rules]
    return any(len(keys) > 1 and keys <= same for keys in found)


def own_rows(model: type[Base], wanted: int, **given: Any) -> int:
    """Bring a table up to a number of rows; answer how many there are, but for those behind them.

    No two share what they refer to: a session that knows a row already would hide a query for it.
    Rows of the same kind that stand behind others have higher ids: a page shows the others first.

    Args:
        model: whose rows.
        wanted: how many.
        given: values that each of them has.
    """
    wanted = int(min(wanted, capacity(model)))
    rows = Rows(model, given=given)
    for _ in range(wanted - count(model)):
        rows.add()
    rows.lead(db.session.scalars(sa.select(model).order_by(model.id).limit(wanted)))
    rows.store()
    return wanted


def own_row(model: type[Base], behind: int, **given: Any) -> int:
    """Store a row with so many rows behind each many-to-many reference; answer its id."""
    rows = Rows(model, behind, given)
    row = rows.add()
    db.session.flush()
    rows.lead([row])
    number = row.id
    rows.store()
    return number


def rows_with_few_and_many(model: type[Base], **given: Any) -> list[int]:
    """Store a row with few and one with many rows behind it, where there is room; their ids."""
    room = capacity(model) - own_rows(model, 2, **given)  # others follow these
    return [own_row(model, behind, **given) for behind in (FEW, MANY)[: int(min(room, 2))]]


class Rows:
    """Makes rows of one model, all in one go.

    Args:
        model: what to make.
        behind: how many rows stand behind each many-to-many reference.
        given: values that each of them has.
    """

    def __init__(
        self, model: type[Base], behind: int = 2, given: Mapping[str, Any] | None = None
    ) -> None:
        self.model = model
        self.behind = behind
        self.given = given or {}
        self.taken: dict[type[Base], int] = {}
        self.ahead: dict[type[Base], int] = {}  # of their count are the numbers of new rows
        self.last: dict[type[Base], Base | None] = {}

    def add(self) -> Base:
        """Make a row that leads to none of its own kind yet."""
        with db.session.no_autoflush:
            row = self._make(self.model, every=True)
        assert row, "rows that cannot be without each other"
        for name, value in self.given.items():
            setattr(row, name, value)
        db.session.add(row)
        self.last[self.model] = row
        return row

    def lead(self, rows: Iterable[Base]) -> None:
        """Let rows that can lead to their own kind do so, each to another one."""
        links = [field for field in fields(self.model) if field.target is self.model]
        self._look(self.model)
        for row in list(rows):
            for field in links:
                room = self.taken[self.model] < capacity(self.model)
                if room and not getattr(row, field.name):
                    other = self._make(self.model, every=False)
                    setattr(row, field.name, [other] if field.many else other)

    def store(self) -> None:
        """Commit, and forget what the session knows."""
        db.session.commit()
        db.session.expunge_all()

    def _make(self, model: type[Base], *, every: bool) -> Base | None:
        """A row with what it needs behind it, or with all it can have; none where it cannot be."""
        values: dict[str, Any] = {}
        for field in fields(model):
            if field.target and (field.required or (every and field.target is not model)):
                values[field.name] = self._behind(field)
                if field.required and values[field.name] is None:
                    return None
        self._look(model)
        place, number = self.taken[model], self.taken[model] + self.ahead[model]
        self.taken[model] += 1
        for field in fields(model):
            if not field.target:
                scarce = bool(field.choices and field.column.unique)
                values[field.name] = samples.value(field, place if scarce else number)
        return model(**values)

    def _behind(self, field: Field) -> Any:
        found = [self._one(field.target) for _ in range(self.behind if field.many else 1)]
        known = [row for row in dict.fromkeys(found) if row is not None]
        return known if field.many else next(iter(known), None)

    def _one(self, target: Any) -> Base | None:
        self._look(target)
        if target is self.model or self.taken[target] >= capacity(target):
            return self.last[target]
        self.last[target] = self._make(target, every=False)
        return self.last[target]

    def _look(self, model: type[Base]) -> None:
        """See which rows there are, the first time it matters."""
        if model not in self.taken:
            self.taken[model] = count(model)
            self.ahead[model] = next_number(model) - self.taken[model]
            newest = sa.select(model).order_by(model.id.desc()).limit(1)
            self.last[model] = db.session.scalars(newest).first()
