"""Class-based views of resources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Response, request, url_for
from flask.views import MethodView

from app.core.api.answers import answer, answer_record, require_match
from app.core.api.names import camel
from app.core.api.query import page, read_query
from app.core.auth import current_user, refuse
from app.core.errors import FieldError, ProblemError
from app.core.records import ConflictError, InvalidError

if TYPE_CHECKING:
    from app.core.api.resources import Resource


@contextmanager
def problems() -> Iterator[None]:
    """Turn what goes wrong with a write into what a client can read.

    Raises:
        ProblemError: a value is not valid (422), or the database refused (409).
    """
    try:
        yield
    except InvalidError as error:
        item = FieldError(camel(error.field.key), error.code, error.message)
        raise ProblemError(422, "The data is not valid.", [item]) from error
    except ConflictError as error:
        raise ProblemError(409, str(error)) from error


class Collection(MethodView):
    """List and create."""

    init_every_request = False

    def __init__(self, resource: Resource[Any]) -> None:
        self.resource = resource

    def get(self) -> Response:
        """A page of rows."""
        resource = self.resource
        last = {name: values[-1] for name, values in request.args.lists()}
        query = read_query(resource.listing, last)
        counts, rows = page(resource.listing, resource.select(), query)
        return answer({**counts, "results": [resource.represent(row) for row in rows]})

    def post(self) -> Response:
        """A new row."""
        resource, user = self.resource, current_user()
        if user is None or not resource.policy.may_create(resource.model, user):
            refuse()
        values = resource.read_values(partial=False)
        with problems():
            record = resource.create(values, user)
        response = answer_record(resource.represent(record), 201)
        endpoint = f"{request.blueprint}.{resource.name}_member"
        response.headers["Location"] = url_for(endpoint, id=record.id)
        return response


class Member(MethodView):
    """Read, replace, change, delete; `id` is the name of the path's parameter."""

    init_every_request = False

    def __init__(self, resource: Resource[Any]) -> None:
        self.resource = resource

    def get(self, id: int) -> Response:
        """One row."""
        return answer_record(self.resource.represent(self.resource.find(id)))

    def put(self, id: int) -> Response:
        """The whole row anew."""
        return self._write(id, partial=False)

    def patch(self, id: int) -> Response:
        """Some values anew."""
        return self._write(id, partial=True)

    def delete(self, id: int) -> Response:
        """The row gone."""
        record = self._writable(id)
        with problems():
            self.resource.remove(record)
        return answer(None, 204)

    def _write(self, pk: int, *, partial: bool) -> Response:
        record = self._writable(pk)
        values = self.resource.read_values(partial=partial)
        with problems():
            self.resource.update(record, values)
        return answer_record(self.resource.represent(record))

    def _writable(self, pk: int) -> Any:
        user = current_user()
        if user is None:
            refuse()
        record = self.resource.find(pk)
        if not self.resource.policy.may_change(record, user):
            refuse()
        require_match(self.resource.represent(record))
        return record
