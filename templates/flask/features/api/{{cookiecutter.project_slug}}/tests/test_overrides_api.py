"""What a resource can change of what is read off its model."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from pydantic import TypeAdapter

from app.blueprints.accounts.models import User
from app.blueprints.accounts.services import create_user
from app.blueprints.specimens.models import Thing
from app.core.api import ApiBlueprint, Filter, Resource
from app.core.api.values import QueryTruth
from app.core.auth import Account
from app.core.db import Base, db
from app.core.fields import Field
from app.core.permissions import Policy
from app.core.rules import Rules
from app.core.samples import sample


class StaffCreate(Policy):
    """A rule of its own."""

    def may_create(self, model: type[Base], user: Account) -> bool:
        return user.is_staff


class OpenThings(Rules[Thing]):
    """Rules that pages could keep, too."""

    model = Thing
    policy = StaffCreate()

    def select(self) -> sa.Select[Thing]:
        return sa.select(Thing).where(Thing.open)

    def shown(self) -> Sequence[Field]:
        return [field for field in super().shown() if field.name != "big"]

    def inputs(self) -> Sequence[Field]:
        return [field for field in super().inputs() if field.name not in {"big", "note"}]

    def update(self, record: Thing, values: Mapping[str, Any]) -> None:
        super().update(record, {**values, "note": "changed"})


class OpenThingResource(OpenThings, Resource[Thing]):
    """A resource with those rules, and some of its own."""

    computed: ClassVar[Mapping[str, Any]] = {"initial": str}

    def filters(self) -> dict[str, Filter]:
        dear = Filter("dear", TypeAdapter(QueryTruth), lambda yes: (Thing.price > 1) == yes)
        return super().filters() | {dear.name: dear}

    def orderings(self) -> dict[str, Any]:
        return {"title": Thing.title}


class UserResource(Resource[User]):
    """Shows what nobody may see, if it can."""

    model = User


@pytest.fixture
def tried(make_app):
    """An application with these resources and two things; the second cannot be seen."""
    app = make_app(WTF_CSRF_ENABLED=False, SESSION_COOKIE_SECURE=False)
    blueprint = ApiBlueprint("tried", __name__)
    OpenThingResource.mount(blueprint, "/things/")
    UserResource.mount(blueprint, "/users/")
    app.register_blueprint(blueprint, url_prefix="/tried")
    with app.app_context():
        Base.metadata.create_all(db.engine)
        user = create_user("user@example.com", "correct-horse")
        for is_open in (True, False):
            sample(Thing, open=is_open, owner_id=user.id, price=2)
    return app.test_client()


def test_rows_fields_filters_and_orderings(tried) -> None:
    (row,) = tried.get("/tried/things/").json["results"]
    assert row["initial"] == row["title"][0]
    assert "big" not in row
    for query, count in (({"dear": "true"}, 1), ({"dear": "false"}, 0), ({"big": "nonsense"}, 1)):
        assert tried.get("/tried/things/", query_string=query).json["count"] == count
    for ordering, status in (("title", 200), ("price", 400)):
        answer = tried.get("/tried/things/", query_string={"ordering": ordering})
        assert answer.status_code == status
    assert tried.get("/tried/things/2/").status_code == 404


def test_policy_and_writes(tried) -> None:
    sent = {"email": "user@example.com", "password": "correct-horse"}
    assert tried.post("/accounts/login/", data=sent).status_code == 302
    assert tried.post("/tried/things/", json={}).status_code == 403
    changed = tried.patch("/tried/things/1/", json={"title": "Lamp", "note": "mine"})
    assert (changed.json["title"], changed.json["note"]) == ("Lamp", "changed")
    assert tried.patch("/tried/things/1/", json={"nonsense": 1}).status_code == 422


def test_hidden_fields_are_never_shown(tried) -> None:
    answer = tried.get("/tried/users/", query_string={"search": "argon2"})
    assert (answer.status_code, answer.json["count"]) == (200, 0)
    users = tried.get("/tried/users/", query_string={"passwordHash": "x"}).json
    assert users["count"] > 0
    assert "passwordHash" not in users["results"][0]
