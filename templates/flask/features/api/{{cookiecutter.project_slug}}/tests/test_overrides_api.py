"""What a resource can change of what is read off its model."""

import pytest

from app.blueprints.specimens.models import Thing
from app.core.samples import sample

THINGS, USERS = "/api/v1/overrides-api/things/", "/api/v1/overrides-api/users/"


@pytest.fixture
def thing(user) -> Thing:
    """A thing that everybody sees."""
    return sample(Thing, open=True, owner_id=user.id, price=2)


def test_rows_fields_filters_and_orderings(client, thing, user) -> None:
    hidden = sample(Thing, open=False, owner_id=user.id)
    (row,) = client.get(THINGS).json["results"]
    assert row["initial"] == thing.title[0]
    assert "big" not in row
    for query, count in (({"dear": "true"}, 1), ({"dear": "false"}, 0), ({"big": "nonsense"}, 1)):
        assert client.get(THINGS, query_string=query).json["count"] == count
    for ordering, status in (("title", 200), ("price", 400)):
        assert client.get(THINGS, query_string={"ordering": ordering}).status_code == status
    assert client.get(f"{THINGS}{hidden.id}/").status_code == 404


def test_policy_and_writes(user_client, thing) -> None:
    assert user_client.post(THINGS, json={}).status_code == 403
    changed = user_client.patch(f"{THINGS}{thing.id}/", json={"title": "Lamp", "note": "mine"})
    assert (changed.json["title"], changed.json["note"]) == ("Lamp", "changed")
    assert user_client.patch(f"{THINGS}{thing.id}/", json={"nonsense": 1}).status_code == 422


def test_hidden_fields_are_never_shown(client, user) -> None:
    answer = client.get(USERS, query_string={"search": "argon2"})
    assert (answer.status_code, answer.json["count"]) == (200, 0)
    users = client.get(USERS, query_string={"passwordHash": "x"}).json
    assert users["count"] == 1
    assert "passwordHash" not in users["results"][0]
