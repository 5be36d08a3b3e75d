"""Resources: name a model, get list, create, read, replace, change, delete."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar

from pydantic import TypeAdapter

from app.core.api.answers import readers
from app.core.api.blueprint import ApiBlueprint, Operation
from app.core.api.names import camel
from app.core.api.query import Filter, Listing, filters, orderings, parameters
from app.core.api.schemas import page_schema, read_body, read_only, read_schema, write_schema
from app.core.api.views import Collection, Member
from app.core.rules import ModelT, Rules


class Resource(Rules[ModelT]):
    """The endpoints of one model. Set the attributes, override a method where needed."""

    computed: ClassVar[Mapping[str, Any]] = {}  # attributes that are read, too, and their types

    @property
    def name(self) -> str:
        """The name of its endpoints."""
        return str(self.model.__tablename__)

    def filters(self) -> dict[str, Filter]:
        """What a list may be filtered by, by name."""
        return filters(self.model, self.shown())

    def orderings(self) -> dict[str, Any]:
        """The columns that a list may be ordered by, by name."""
        return orderings(self.model, self.shown())

    @cached_property
    def listing(self) -> Listing:
        """What the query of a list may ask for."""
        return Listing(self.filters(), self.orderings(), self.search, self.model.id)

    @cached_property
    def schema_read(self) -> TypeAdapter[Any]:
        """What a client reads."""
        return read_schema(self.name, self.shown(), self.computed)

    @cached_property
    def schema_write(self) -> TypeAdapter[Any]:
        """What a client sends to make or replace a row."""
        return write_schema(self.name, self.inputs(), partial=False)

    @cached_property
    def schema_patch(self) -> TypeAdapter[Any]:
        """What a client sends to change a row."""
        return write_schema(self.name, self.inputs(), partial=True)

    @cached_property
    def _readers(self) -> tuple[tuple[str, Any], ...]:
        return readers(self.shown(), self.computed)

    @cached_property
    def _read_only(self) -> frozenset[str]:
        return read_only(self.shown(), self.computed, self.inputs())

    def represent(self, record: ModelT) -> dict[str, Any]:
        """A row as a client reads it."""
        return {key: read(record) for key, read in self._readers}

    def read_values(self, *, partial: bool) -> dict[str, Any]:
        """The values of a body, by `Field.key`; what a whole row lacks gets its default."""
        body = read_body(self.schema_patch if partial else self.schema_write, self._read_only)
        values = {}
        for field in self.inputs():
            if camel(field.key) in body:
                values[field.key] = body[camel(field.key)]
            elif not partial and (field.nullable or field.default is not None):
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


def _operations(resource: Resource[Any], path: str, member: str) -> Iterator[Operation]:
    label = resource.name.replace("_", " ")
    one, whole, part = resource.schema_read, resource.schema_write, resource.schema_patch

    def add(method: str, rule: str, verb: str, **more: Any) -> Operation:
        return Operation(method, rule, f"{resource.name}_{verb}", f"{verb} {label}", **more)

    def query() -> Mapping[str, Any]:
        return parameters(resource.listing)

    rows = page_schema(resource.name, one)
    erase = (401, 403, 404, 406, 409, 412)
    write = (*erase, 400, 415, 422)
    new = tuple(status for status in write if status not in {404, 412})
    yield add("get", path, "list", result=rows, query=query, errors=(400, 404, 406))
    yield add("post", path, "create", body=whole, result=one, status=201, secured=True, errors=new)
    yield add("get", member, "read", result=one, errors=(404, 406))
    yield add("put", member, "replace", body=whole, result=one, secured=True, errors=write)
    yield add("patch", member, "change", body=part, result=one, secured=True, errors=write)
    yield add("delete", member, "delete", status=204, secured=True, errors=erase)
