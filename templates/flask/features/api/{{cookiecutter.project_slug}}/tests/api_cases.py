"""What every resource of the API must do; a blueprint's tests name theirs."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import pytest
from flask import url_for

from app.core.api import Resource
from app.core.api.answers import encode
from app.core.api.names import camel
from app.core.db import db
from app.core.permissions import owner_key
from app.core.records import delete
from app.core.samples import sample
from app.discovery import blueprint_of
from tests.rows import FEW, MANY, own_rows, rows_with_few_and_many, taken_together


class ResourceCases:
    """Subclass it with a `resource`; override what your own rules make different.

    `given` are the values that a row needs to be seen, where not everybody sees all.
    """

    resource: ClassVar[type[Resource[Any]]]
    given: ClassVar[Mapping[str, Any]] = {}

    @property
    def model(self) -> Any:
        return self.resource.model

    @cached_property
    def mounted(self) -> Resource[Any]:
        return self.resource()

    @pytest.fixture
    def path(self, app) -> str:
        """Where the list is."""
        blueprint = f"{blueprint_of(self.model)}-api"
        with app.test_request_context():
            return url_for(f"{blueprint}.{self.model.__tablename__}_collection")

    @pytest.fixture
    def row(self):
        """A stored row."""
        return sample(self.model, **self.given)

    def body(self, row) -> dict[str, Any]:
        """What a client would send to make such a row."""
        shown = json.loads(encode(self.mounted.represent(row)))
        sent = {}
        for field in self.mounted.inputs():
            value = shown[camel(field.name)]
            if field.many:
                value = [item["id"] for item in value]
            elif field.target and value:
                value = value["id"]
            sent[camel(field.key)] = value
        return sent

    def test_the_list_takes_as_many_queries_for_few_rows_as_for_many(
        self, client, path, queries
    ) -> None:
        counts = []
        for wanted in (FEW, MANY):
            made = own_rows(self.model, wanted, **self.given)
            with queries() as ran:
                answer = client.get(path, query_string={"pageSize": made})
            assert len(answer.json["results"]) == made
            counts.append(len(ran))
        assert len(set(counts)) == 1, counts

    def test_a_row_takes_as_many_queries_with_few_rows_behind_it_as_with_many(
        self, client, path, queries
    ) -> None:
        numbers = rows_with_few_and_many(self.model, **self.given)
        counts = []
        for number in numbers:
            with queries() as ran:
                assert client.get(f"{path}{number}/").status_code == 200
            counts.append(len(ran))
        assert len(set(counts)) == min(len(numbers), 1), counts

    def test_create_read_replace_change_delete(self, staff_client, path, row) -> None:
        body = self.body(row)
        delete(row)
        created = staff_client.post(path, json=body)
        assert created.status_code == 201, created.text
        where = created.headers["Location"]
        read = staff_client.get(where)
        assert read.json == created.json
        assert staff_client.put(where, json=body).status_code == 200
        assert staff_client.patch(where, json={}).json["id"] == created.json["id"]
        assert staff_client.patch(where, json=read.json).status_code == 200
        assert staff_client.delete(where).status_code == 204
        assert staff_client.get(where).status_code == 404

    def test_null_is_refused_where_a_value_is_needed(self, staff_client, path, row) -> None:
        for field in self.mounted.inputs():
            if field.nullable or field.many:
                continue
            answer = staff_client.patch(f"{path}{row.id}/", json={camel(field.key): None})
            assert answer.status_code == 422, answer.text
            (error,) = answer.json["errors"]
            assert (error["field"], error["code"]) == (camel(field.key), "null")

    def test_what_is_required_or_unknown_is_named(self, staff_client, path) -> None:
        answer = staff_client.post(path, json={"nonsense": 1})
        assert answer.status_code == 422
        found = {error["field"]: error["code"] for error in answer.json["errors"]}
        needed = {camel(field.key) for field in self.mounted.inputs() if field.required}
        assert found == {"nonsense": "unknown"} | dict.fromkeys(needed, "required")

    def test_a_taken_value_is_named(self, staff_client, path, row) -> None:
        asked = self.mounted.inputs()
        unique = {camel(field.key) for field in asked if field.column.unique}
        answer = staff_client.post(path, json=self.body(row))
        other = 409 if taken_together(row, asked) else 201
        assert answer.status_code == (422 if unique else other), answer.text
        assert {(error["field"], error["code"]) for error in answer.json.get("errors", [])} <= {
            (name, "unique") for name in unique
        }

    def test_only_the_owner_and_staff_write(self, client, user, user_client, path, row) -> None:
        where, key = f"{path}{row.id}/", owner_key(self.model)
        for method in ("put", "patch", "delete"):
            assert getattr(client, method)(where, json={}).status_code == 401
            assert getattr(user_client, method)(where, json={}).status_code == 403
        assert client.post(path, json={}).status_code == 401
        assert user_client.post(path, json={}).status_code == (422 if key else 403)
        if key:
            setattr(row, key, user.id)
            db.session.commit()
            assert user_client.patch(where, json={}).status_code == 200

    def test_every_filter_finds_and_refuses(self, client, path, row) -> None:
        shown = self.mounted.represent(row) | self.body(row) | {"id": row.id}
        for key in filter(None, (owner_key(self.model),)):
            shown[camel(key)] = getattr(row, key)
        for name, found in self.mounted.filters().items():
            value = shown.get(name.partition("__")[0])  # none of a filter of your own
            value = next(iter(value), None) if isinstance(value, list) else value
            if value is None:
                continue
            text = encode(value).strip('"') if not isinstance(value, str) else value
            answer = client.get(path, query_string={name: text})
            assert row.id in [item["id"] for item in answer.json["results"]], (name, text)
            if found.schema.json_schema().get("type") != "string":
                assert client.get(path, query_string={name: "\x00x"}).status_code == 400, name

    def test_every_ordering_works_both_ways(self, client, path) -> None:
        own_rows(self.model, 3, **self.given)
        for name in self.mounted.orderings():
            for way, backwards in ((name, False), (f"-{name}", True)):
                answer = client.get(path, query_string={"ordering": way})
                values = [item[name] for item in answer.json["results"]]
                known = [value for value in values if value is not None]
                assert known == sorted(known, reverse=backwards), way
        assert client.get(path, query_string={"ordering": "nonsense"}).status_code == 400

    def test_search_finds_text_and_nothing_else(self, client, path, row) -> None:
        words = [getattr(row, f.name) for f in self.mounted.shown() if f.searchable]
        for word in filter(None, words):
            found = client.get(path, query_string={"search": word.upper()}).json["results"]
            assert row.id in [item["id"] for item in found]
        assert client.get(path, query_string={"search": "no%such_thing"}).json["count"] == 0
