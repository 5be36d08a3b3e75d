"""Class-based resources: name a model, get list, create, read, replace, change, delete."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

import sqlalchemy as sa
from flask import Response, request, url_for
from flask.views import MethodView
from werkzeug.exceptions import NotFound

from app.core.api.answers import answer, answer_record, represent, require_match
from app.core.api.blueprint import ApiBlueprint, Operation
from app.core.api.names import camel
from app.core.api.query import page, parameters, read_query
from app.core.api.schemas import page_schema, read_body, read_only, read_schema, write_schema
from app.core.auth import Account, current_user, refuse
from app.core.db import Base, db
from app.core.errors import FieldError, ProblemError
from app.core.fields import inputs
from app.core.permissions import Policy, owner_key
from app.core.records import ConflictError, InvalidError, delete, save

ModelT = TypeVar("ModelT", bound=Base)
Values = Mapping[str, Any]


class Resource(Generic[ModelT]):
    """The endpoints of one model. Set the attributes, override a method where needed."""

    model: type[ModelT]
    policy: ClassVar[Policy] = Policy()

    @property
    def name(self) -> str:
        """The name of its endpoints."""
        return str(self.model.__tablename__)

    def select(self) -> sa.Select[ModelT]:
        """The rows that can be seen; override to show people only some."""
        return sa.select(self.model)

    def represent(self, record: ModelT) -> dict[str, Any]:
        """What a client reads."""
        return represent(record)

    def create(self, values: Values, user: Account) -> ModelT:
        """Store a new row; it belongs to whoever sent it."""
        record = self.model()
        key = owner_key(self.model)
        self.save(record, {**values, key: user.id} if key else values)
        return record

    def update(self, record: ModelT, values: Values) -> None:
        """Store changed values."""
        self.save(record, values)

    def delete(self, record: ModelT) -> None:
        """Delete a row."""
        try:
            delete(record)
        except ConflictError as error:
            raise ProblemError(409, "Other rows still need this one.") from error

    def save(self, record: ModelT, values: Values) -> None:
        """Store values, and turn what goes wrong into problems."""
        try:
            save(record, values)
        except InvalidError as error:
            item = FieldError(camel(error.field.key), error.code, error.message)
            raise ProblemError(422, "The data is not valid.", [item]) from error
        except ConflictError as error:
            raise ProblemError(409, str(error)) from error

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

    def read_values(self, *, partial: bool) -> dict[str, Any]:
        """The values of a body, by `Field.key`; what a whole row lacks gets its default."""
        body = read_body(write_schema(self.model, partial=partial), read_only(self.model))
        values = {}
        for field in inputs(self.model):
            if camel(field.key) in body:
                values[field.key] = body[camel(field.key)]
            elif not partial and not field.required:
                values[field.key] = field.default
        return values

    @classmethod
    def mount(cls, blueprint: ApiBlueprint, path: str) -> None:
        """Add the endpoints to a blueprint, with their documentation."""
        resource = cls()
        member = f"{path}<int(max={2**31 - 1}):id>/"
        blueprint.add_views(path, Collection, resource)
        blueprint.add_views(member, Member, resource)
        blueprint.operations += _operations(resource, path, member)


class Collection(MethodView):
    """List and create."""

    init_every_request = False

    def __init__(self, resource: Resource[Any]) -> None:
        self.resource = resource

    def get(self) -> Response:
        """A page of rows."""
        resource = self.resource
        last = {name: values[-1] for name, values in request.args.lists()}
        query = read_query(resource.model, last)
        counts, rows = page(resource.model, resource.select(), query)
        return answer({**counts, "results": [resource.represent(row) for row in rows]})

    def post(self) -> Response:
        """A new row."""
        resource, user = self.resource, current_user()
        if user is None or not resource.policy.may_create(resource.model, user):
            refuse()
        record = resource.create(resource.read_values(partial=False), user)
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
        self.resource.delete(self._writable(id))
        return answer(None, 204)

    def _write(self, pk: int, *, partial: bool) -> Response:
        record = self._writable(pk)
        self.resource.update(record, self.resource.read_values(partial=partial))
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


def _operations(resource: Resource[Any], path: str, member: str) -> Iterator[Operation]:
    label = resource.name.replace("_", " ")
    model: type[Base] = resource.model
    one, whole, part = read_schema(model), write_schema(model), write_schema(model, partial=True)

    def add(method: str, rule: str, verb: str, **more: Any) -> Operation:
        return Operation(method, rule, f"{resource.name}_{verb}", f"{verb} {label}", **more)

    def query() -> Mapping[str, Any]:
        return parameters(model)

    erase = (401, 403, 404, 406, 409, 412)
    write = (*erase, 400, 415, 422)
    new = tuple(status for status in write if status not in {404, 412})
    yield add("get", path, "list", result=page_schema(model), query=query, errors=(400, 404, 406))
    yield add("post", path, "create", body=whole, result=one, status=201, secured=True, errors=new)
    yield add("get", member, "read", result=one, errors=(404, 406))
    yield add("put", member, "replace", body=whole, result=one, secured=True, errors=write)
    yield add("patch", member, "change", body=part, result=one, secured=True, errors=write)
    yield add("delete", member, "delete", status=204, secured=True, errors=erase)
