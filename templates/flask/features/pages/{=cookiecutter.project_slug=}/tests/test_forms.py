"""What all forms have in common, with a form of this module's own."""

import enum

import pytest
from flask import Flask
from sqlalchemy import select
from wtforms import StringField

from app.blueprints.accounts.models import User
from app.blueprints.accounts.tests.factories import UserFactory
from app.forms import CHOICES, RowForm, Unique, as_results, enum_choices, offer, or_none


class NameForm(RowForm):
    name = StringField("Name", [Unique(User.name, "Taken.")])


class Colour(enum.StrEnum):
    DARK_RED = "dark-red"


def send(app: Flask, row: User | None, **data: str) -> NameForm:
    with app.test_request_context(method="POST", data=data):
        form = NameForm(row)
        form.validate()
        return form


def test_a_value_that_another_row_has_is_refused(app):
    ada = UserFactory.create(name="Ada")
    assert send(app, UserFactory.create(), name="Ada").errors == {"name": ["Taken."]}
    assert send(app, ada, name="Ada").row_values() == {"name": "Ada"}


def test_a_row_that_changed_meanwhile_is_not_overwritten_unasked(app):
    user = UserFactory.create(name="Ada")
    opened = send(app, user, name="Ada").row_version.data
    user.name = "Grace"
    late = send(app, user, name="Lee", row_version=opened)
    assert "row_version" in late.errors
    assert not send(app, user, name="Lee", row_version=late.row_version.data).errors


def test_chosen_rows_are_offered_beside_the_first_that_are_found():
    last = UserFactory.create(name="Zoe")
    UserFactory.create_batch(CHOICES + 1)
    choices = offer(select(User), User.name, "", [last.id])
    assert next(iter(choices)) == str(last.id)
    assert len(choices) == CHOICES + 1
    assert as_results(offer(select(User), User.name, "zo", [])) == {
        "results": [{"id": str(last.id), "label": "Zoe"}]
    }


@pytest.mark.parametrize(("text", "value"), [("", None), ("7", 7)])
def test_an_empty_choice_stands_for_no_value(text, value):
    assert or_none(int)(text) == value


def test_the_members_of_an_enum_are_choices():
    assert enum_choices(Colour)["dark-red"] == "Dark red"
