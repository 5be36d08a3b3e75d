"""What holds for the rows of a model, whether pages or the API ask.

A blueprint that needs rules of its own subclasses `Rules` in its `services.py` and names that class
before `Resource` and before `ResourcePages`: both keep them then.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

import sqlalchemy as sa
from flask import request
from werkzeug.exceptions import NotFound

from app.core import records
from app.core.auth import Account
from app.core.db import Base, db
from app.core.fields import Field, inputs, visible
from app.core.permissions import Policy, owner_key
from app.core.search import matches

ModelT = TypeVar("ModelT", bound=Base)


class Rules(Generic[ModelT]):
    """The rules of one model. Set the attributes, override a method where needed."""

    model: type[ModelT]
    policy: ClassVar[Policy] = Policy()

    def select(self) -> sa.Select[ModelT]:
        """The rows that can be seen; override to show people only some."""
        return sa.select(self.model)

    def search(self, term: str) -> sa.ColumnElement[bool]:
        """What makes a row one that a search finds."""
        return matches(self.model, term)

    def shown(self) -> Sequence[Field]:
        """The fields that can be read."""
        return visible(self.model)

    def inputs(self) -> Sequence[Field]:
        """The fields that can be written."""
        return inputs(self.model)

    def find(self, pk: int) -> ModelT:
        """The row with an id; locked for the rest of a request that writes.

        Raises:
            NotFound: there is none.
        """
        statement = self.select().where(self.model.id == pk)
        if request.method not in {"GET", "HEAD"}:
            statement = statement.with_for_update(of=self.model)
        record = db.session.scalars(statement).one_or_none()
        if record is None:
            raise NotFound
        return record

    def create(self, values: Mapping[str, Any], user: Account) -> ModelT:
        """Store a new row; it belongs to whoever sent it.

        Args:
            values: by `Field.key`.
            user: who sends them.

        Raises:
            InvalidError: a value is not valid.
            ConflictError: the database refused.
        """
        record = self.model()
        key = owner_key(self.model)
        records.save(record, {**values, key: user.id} if key else values)
        return record

    def update(self, record: ModelT, values: Mapping[str, Any]) -> None:
        """Store changed values.

        Raises:
            InvalidError: a value is not valid.
            ConflictError: the database refused.
        """
        records.save(record, values)

    def remove(self, record: ModelT) -> None:
        """Delete a row.

        Raises:
            ConflictError: other rows still need it.
        """
        records.delete(record)
