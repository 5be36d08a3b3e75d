"""The API of {{ app.title | lower }}."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
# % for name in app.depends
from apps.{{ name }} import models as {{ name }}
# % endfor
from apps.{{ app.name }}.models import {{ app.resources | map(attribute="name") | join(", ") }}
from core.api.naming import camel
from core.permissions import owned_by
from core.samples import sample

pytestmark = pytest.mark.django_db
# % for resource in app.resources


def {{ resource.snake }}_body(n: int) -> dict[str, Any]:
    """What a client writes."""
    return {
# % for field in resource.inputs
# % set own = field.target and field.target.app in (app.name, "accounts")
        "{{ field.attribute_camel }}": {{ field.json if own or not field.target else field.json.replace("sample(", "sample(" ~ field.target.app ~ ".") }},
# % endfor
    }
# % endfor


@pytest.fixture(
    params=[
# % for resource in app.resources
        ({{ resource.name }}, "/api/v1/{{ app.kebab }}/{{ resource.kebab }}/", {{ resource.snake }}_body),
# % endfor
    ],
    ids=[{%% for resource in app.resources %%}"{{ resource.snake }}", {%% endfor %%}],
)
def resource(request: pytest.FixtureRequest) -> Any:
    """A model, its path and what a client writes."""
    return request.param


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def check(row: dict[str, Any], body: dict[str, Any]) -> None:
    """Compare what is read with what was written."""
    for key, value in body.items():
        if key in row:
            assert row[key] == value, key
        elif key.endswith("Id"):
            assert (row[key[:-2]] or {"id": None})["id"] == value, key
        else:
            assert value in [[other["id"] for other in many] for many in row.values() if isinstance(many, list)]


def test_a_row_lives_and_dies(
    resource: tuple[Any, str, Callable[[int], dict[str, Any]]], staff: User
) -> None:
    _, path, body = resource
    client, first, second = signed_in(staff), body(1), body(2)
    answer = client.post(path, first)
    assert answer.status_code == 201, answer.content
    check(answer.json(), first)
    where = answer.headers["Location"]
    assert where == f"{path}{answer.json()['id']}/"
    read = APIClient().get(where)
    assert read.json() == answer.json()
    tag = {"If-None-Match": read.headers["ETag"]}
    assert APIClient().get(where, headers=tag).status_code == 304
    answer = client.put(where, second, headers={"If-Match": read.headers["ETag"]})
    assert answer.status_code == 200, answer.content
    check(answer.json(), second)
    stale = client.delete(where, headers={"If-Match": read.headers["ETag"]})
    assert stale.status_code == 412
    assert client.patch(where, {}).json()["id"] == read.json()["id"]
    assert client.delete(where).status_code == 204
    assert client.get(where).status_code == 404


def test_who_may_write(
    resource: tuple[Any, str, Callable[[int], dict[str, Any]]], user: User
) -> None:
    model, path, body = resource
    where = f"{path}{sample(model).pk}/"
    assert APIClient().post(path, body(1)).status_code == 401
    assert APIClient().delete(where).status_code == 401
    answer = signed_in(user).post(path, body(2))
    assert answer.status_code == (201 if model.owner_field else 403)
    if model.owner_field:
        foreign = sample(model, None, **owned_by(model, sample(User)))
        where = f"{path}{foreign.pk}/"
        own = answer.headers["Location"]
        assert answer.json()[camel(model.owner_field)]["id"] == user.pk
        assert signed_in(user).patch(own, {}).status_code == 200
    assert signed_in(user).patch(where, {}).status_code == 403
    assert signed_in(user).delete(where).status_code == 403


def test_what_is_wrong_is_said_at_once(
    resource: tuple[Any, str, Callable[[int], dict[str, Any]]], staff: User
) -> None:
    _, path, _ = resource
    answer = signed_in(staff).post(path, {"some_key": 1})
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert {"field": "some_key", "code": "unknown"}.items() <= errors[-1].items()
    assert {error["code"] for error in errors[:-1]} <= {"required"}
