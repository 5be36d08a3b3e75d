"""What every app shares, tried on tables of the tests' own."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.accounts.models import User
from core.forms import JSONField
from core.permissions import may_change, may_create, owned_by
from core.queries import search
from core.samples import fill, sample
from tests.specimens.models import Kind, Thing

pytestmark = pytest.mark.django_db


def test_rows_are_filled_up_as_far_as_unique_values_reach() -> None:
    assert (fill(Kind, 5), fill(Kind, 5)) == (2, 0)
    assert fill(Thing, 3, open=True) == 3
    assert list(Thing.objects.values_list("open", flat=True)) == [True] * 3
    assert sample(Thing, 123).initials == "23"


def test_a_missing_slug_is_made_and_numbered() -> None:
    made = [sample(Thing, title=title, slug="").slug for title in ["A  Title!"] * 3 + ["東京"]]
    assert made == ["a-title", "a-title-2", "a-title-3", "thing"]
    assert sample(Kind, name="Kind" * 9, place="", colour=Kind.Colour.RED).place == "kind" * 5


def test_who_may_write(user: User, staff: User) -> None:
    own = sample(Thing, **owned_by(Thing, user))
    foreign = sample(Thing, **owned_by(Thing, staff))
    assert owned_by(Kind, user) == {}
    assert [may_create(model, user) for model in (Thing, Kind)] == [True, False]
    assert [may_change(row, user) for row in (own, foreign, own.kind)] == [True, False, False]
    assert all(may_change(row, staff) for row in (own, foreign, own.kind))
    visitor = AnonymousUser()
    assert not may_create(Thing, visitor)
    assert not may_change(own, visitor)


def test_the_database_itself_refuses_what_is_no_choice() -> None:
    rows = Thing.objects.filter(pk=sample(Thing).pk)
    with pytest.raises(IntegrityError, match="ck_specimens_thing_state_valid"):
        rows.update(state="nowhere")


def test_search_finds_rows_with_every_word() -> None:
    first, second = (sample(Thing, title=title, text="Tea") for title in ("Red pot", "Blue pot"))
    fields = ["title", "text"]
    assert list(search(Thing.objects.all(), fields, "POT tea\0 red")) == [first]
    assert list(search(Thing.objects.all(), fields, "")) == [first, second]
    assert not search(Thing.objects.all(), fields, "green").exists()
    many = " ".join(f"word{number}" for number in range(5000))
    assert not search(Thing.objects.all(), fields, many).exists()  # nor too much for the database


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "9" * 5000, "9" * 400, "1e999", "[NaN]", '{"a": "\\ud800"}', '["\\u0000"]'],
)
def test_json_that_nobody_reads_or_keeps_is_refused_and_shown_again(text: str) -> None:
    field = JSONField()
    with pytest.raises(ValidationError):
        field.clean(text)
    assert field.prepare_value(field.bound_data(text, None)) == text


def test_json_that_is_taken() -> None:
    text = '{"a": [9223372036854775807, 2.5, null, true, "ü"]}'
    assert JSONField().clean(text) == {"a": [2**63 - 1, 2.5, None, True, "ü"]}
