"""Values as people read them, and a row that goes while it is edited."""

import datetime as dt

import pytest
import sqlalchemy as sa

from app.blueprints.specimens.models import Thing
from app.blueprints.specimens.views import ThingPages
from app.core.db import db
from app.core.formats import choice_label
from app.core.pages.cells import as_text
from app.core.samples import sample
from tests.pages_cases import Form

NOON = dt.datetime(2026, 1, 2, 12, 0, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (NOON, "2 Jan 2026, 12:00 UTC"),
        (NOON.date(), "2 Jan 2026"),
        (dt.time(10, 30), "10:30"),
        (dt.time(10, 30, 5), "10:30:05"),
        ({"a": None}, '{"a": null}'),
        ([1, "ü"], '[1, "ü"]'),
    ],
)
def test_values_as_text(value, text) -> None:
    assert as_text(value) == text


def test_choices_as_text() -> None:
    assert [choice_label(value) for value in ("draft", "in_print", "on-hold")] == [
        "Draft",
        "In print",
        "On hold",
    ]


def test_a_row_that_goes_just_after_it_is_saved_is_not_found(staff_client, monkeypatch) -> None:
    thing, update = sample(Thing), ThingPages.update

    def update_and_lose(*args):
        update(*args)
        db.session.execute(sa.text("DELETE FROM specimens_thing"))

    monkeypatch.setattr(ThingPages, "update", update_and_lose)
    where = f"/specimens/things/{thing.id}/edit/"
    sent = Form(staff_client.get(where).text).sent
    assert staff_client.post(where, data=sent).status_code == 404
