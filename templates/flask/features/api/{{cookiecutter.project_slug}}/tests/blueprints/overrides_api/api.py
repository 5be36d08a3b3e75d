"""Resources with rules, filters, orderings and values of their own."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from pydantic import TypeAdapter

from app.blueprints.accounts.models import User
from app.blueprints.specimens.models import Thing
from app.core.api import ApiBlueprint, Filter, Resource
from app.core.api.values import QueryTruth
from app.core.auth import Account
from app.core.db import Base
from app.core.fields import Field
from app.core.permissions import Policy
from app.core.rules import Rules

blueprint = ApiBlueprint("overrides_api", __name__)


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


OpenThingResource.mount(blueprint, "/things/")
UserResource.mount(blueprint, "/users/")
