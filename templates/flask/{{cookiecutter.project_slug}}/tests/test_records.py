"""What may be written on a model, and how it is saved."""

import pytest
import sqlalchemy as sa

from app.blueprints.accounts.models import User
from app.blueprints.specimens.models import Kind, Thing
from app.core import records
from app.core.db import db
from app.core.fields import Field, automatic, fields, inputs, visible
from app.core.permissions import Policy, owner_id, owner_key
from app.core.records import ConflictError, InvalidError, delete, save
from app.core.samples import capacity, count, fill, next_number, sample
from app.core.search import matches
from tests.rows import taken_together

FIELDS = {field.name: field for field in fields(Thing)}


def test_fields_are_read_off_the_model() -> None:
    needed = {"title", "text", "number", "ratio", "price", "state", "kind", "owner"}
    assert {field.name for field in FIELDS.values() if field.required} == needed
    assert {field.name for field in FIELDS.values()} - {f.name for f in inputs(Thing)} == {"owner"}
    assert FIELDS["tags"].key == "tag_ids"
    assert FIELDS["part_of"].label == "Part of"
    assert [FIELDS[name].default for name in ("tags", "slug", "open", "title")] == [
        [],
        "",
        False,
        None,
    ]
    assert FIELDS["state"].choices == ("draft", "on_sale")
    assert FIELDS["title"].searchable
    assert not FIELDS["state"].searchable
    assert not FIELDS["title"].hidden
    assert automatic(Thing, "created_at").key == "created_at"


def test_defaults_may_be_made() -> None:
    columns = {
        None: sa.Column(sa.Integer, server_default="3", nullable=False),
        5: sa.Column(sa.Integer, default=5, nullable=False),
        6: sa.Column(sa.Integer, default=lambda: 6, nullable=False),
    }
    assert [Field("it", "it", column).default for column in columns.values()] == [*columns]
    assert not any(Field("it", "it", column).required for column in columns.values())


def test_hidden_fields_are_neither_read_nor_written() -> None:
    assert "password_hash" in {field.name for field in fields(User)}
    for known in (visible(User), inputs(User)):
        assert "password_hash" not in {field.name for field in known}


def test_rows_are_filled_up_as_far_as_unique_values_reach() -> None:
    assert (fill(Kind, 5), fill(Kind, 5), capacity(Kind)) == (2, 0, 2)
    assert fill(Thing, 3, open=True) == 3
    assert (count(Thing), count(Kind)) == (3, 2)
    assert all(thing.open and thing.kind for thing in db.session.scalars(sa.select(Thing)))
    assert sample(Thing, 123).initials == "23"
    assert next_number(Thing) > 3


def test_a_missing_slug_is_made_and_numbered() -> None:
    assert sample(Kind, name="Kind" * 9).place == "kindkindkind"
    slugs = [sample(Thing, title="A  Title!").slug for _ in range(3)]
    assert slugs == ["a-title", "a-title-2", "a-title-3"]
    assert sample(Thing, title="日本").slug == "thing"


def test_a_slug_made_anew_stays_as_it_was() -> None:
    sample(Thing, title="Lamp")
    record = sample(Thing, title="Lamp")
    for _ in range(2):
        save(record, {"slug": ""})
        assert record.slug == "lamp-2"


def test_a_slug_that_another_request_has_just_taken_is_made_anew(monkeypatch) -> None:
    taken = sample(Thing).slug
    monkeypatch.setattr(records, "_free_slug", lambda *_: taken)
    assert sample(Thing).slug not in {taken, ""}


def test_a_slug_is_made_for_a_row_whose_reference_is_just_deleted(monkeypatch) -> None:
    thing = sample(Thing, title="Lamp")
    kept = [field.key for field in fields(Thing) if not field.many and field.key != "slug"]
    values = {key: getattr(thing, key) for key in kept}
    delete(thing)

    def delete_meanwhile(*_):
        db.session.execute(sa.text("DELETE FROM specimens_kind"))
        return "lamp"

    monkeypatch.setattr(records, "_free_slug", delete_meanwhile)
    monkeypatch.setattr(records.secrets, "token_hex", delete_meanwhile)
    with pytest.raises(ConflictError):
        save(Thing(), values)


def test_a_reference_to_nothing_is_named() -> None:
    thing = sample(Thing)
    for values in ({"kind_id": 999}, {"kind_id": 2**40}, {"tag_ids": [999]}):
        with pytest.raises(InvalidError, match="There is no ") as caught:
            save(thing, values)
        assert (caught.value.code, caught.value.field.key) == ("does_not_exist", *values)


def test_a_taken_value_is_named() -> None:
    first, second = sample(Thing), sample(Thing)
    with pytest.raises(InvalidError, match="Slug is taken"):
        save(second, {"slug": first.slug})
    db.session.rollback()
    save(second, {"slug": second.slug, "part_of_id": None, "tag_ids": []})
    assert second.tags == []


def test_values_that_are_taken_together_conflict() -> None:
    first, asked = sample(Thing), fields(Thing)
    second = sample(Thing, owner_id=first.owner_id)
    assert taken_together(first, asked)
    assert not taken_together(first, [field for field in asked if not field.owner])
    with pytest.raises(ConflictError):
        save(second, {"code": first.code, "moment": first.moment})
    save(second, {"code": first.code, "moment": None})
    assert not taken_together(second, asked)


def test_what_other_rows_need_cannot_be_deleted() -> None:
    thing = sample(Thing)
    with pytest.raises(ConflictError):
        delete(thing.kind)
    with pytest.raises(ConflictError):
        save(thing, {"title": None})
    delete(thing)
    assert count(Thing) == 0


def test_who_may_write(user, staff) -> None:
    thing, policy = sample(Thing, owner_id=user.id), Policy()
    kind = thing.kind
    assert [owner_key(Thing), owner_key(Kind)] == ["owner_id", None]
    assert [owner_id(thing), owner_id(kind)] == [user.id, None]
    assert [policy.may_create(model, user) for model in (Thing, Kind)] == [True, False]
    assert [policy.may_change(row, user) for row in (thing, kind)] == [True, False]
    assert policy.may_create(Kind, staff)
    assert policy.may_change(kind, staff)
    assert str(kind.id) in repr(kind)


def test_references_may_be_many(monkeypatch) -> None:
    monkeypatch.setattr(records, "AT_ONCE", 1)
    ids = [sample(Kind, colour=colour).id for colour in ("red", "blue")]
    thing = sample(Thing, tag_ids=ids)
    assert sorted(tag.id for tag in thing.tags) == ids
    with pytest.raises(InvalidError, match="999"):
        save(thing, {"tag_ids": [*ids, 999]})


def test_of_a_long_search_the_first_words_count() -> None:
    thing = sample(Thing, title="one two")
    found = sa.select(Thing.id).where(matches(Thing, "one two " + "one " * 5000))
    assert db.session.scalars(found).all() == [thing.id]
    long = " ".join(f"word{number}" for number in range(5000))
    assert not db.session.scalars(sa.select(Thing.id).where(matches(Thing, long))).all()
