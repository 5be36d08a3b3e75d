"""The rules that pages and API share."""

import pytest
import sqlalchemy as sa

from app.blueprints.specimens.models import Kind, Thing
from app.core.db import db
from app.core.records import ConflictError
from app.core.rules import Rules
from app.core.samples import sample


class ThingRules(Rules[Thing]):
    model = Thing


class KindRules(Rules[Kind]):
    model = Kind


def test_what_is_created_belongs_to_whoever_creates_it(user) -> None:
    stored = sample(Thing)
    values = {
        field.key: getattr(stored, field.key) for field in ThingRules().inputs() if not field.many
    }
    made = ThingRules().create(values | {"slug": ""}, user)
    assert (made.owner, made.title) == (user, stored.title)


def test_what_has_no_owner_is_created_all_the_same(staff) -> None:
    assert str(KindRules().create({"name": "Wide", "colour": "red"}, staff)) == "Wide"


def test_rows_are_found_changed_and_removed() -> None:
    rules, thing = ThingRules(), sample(Thing)
    rules.update(thing, {"title": "Lamp"})
    assert db.session.scalars(rules.select().where(rules.search("lamp"))).all() == [thing]
    with pytest.raises(ConflictError, match="Other rows still need"):
        KindRules().remove(thing.kind)
    rules.remove(thing)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Thing)) == 0
