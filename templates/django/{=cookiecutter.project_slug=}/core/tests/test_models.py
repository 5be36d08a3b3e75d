import pytest
from django.db import IntegrityError

from apps.accounts.models import User
from core.conflicts import is_conflict
from core.slugs import save_with_slug

pytestmark = pytest.mark.django_db


def rename(user, text, save=None):
    """`name` of users plays the slug."""
    user.name = ""
    save_with_slug(user, "name", text, save or user.save)
    return user.name


def test_slugs_are_numbered(user):
    assert rename(user, "The same") == "the-same"
    assert rename(user, "The same") == "the-same"  # its own
    assert rename(User(email="a@example.com"), "The same") == "the-same-2"
    assert rename(User(email="b@example.com"), "?!") == "item"


def test_a_slug_that_there_is_stays(user):
    user.name = "mine"
    save_with_slug(user, "name", "Other", user.save)
    assert user.name == "mine"


def test_a_slug_that_was_just_taken_is_made_again(monkeypatch):
    user, taken = User(email="ada@example.com"), [False, True, False]
    monkeypatch.setattr("django.db.models.QuerySet.exists", lambda rows: taken.pop(0))

    def save():
        if user.name == "text":  # somebody else is faster
            raise IntegrityError
        user.save()

    assert rename(user, "Text", save) == "text-2"


def test_other_conflicts_are_raised(user):
    with pytest.raises(IntegrityError) as caught:
        rename(User(email=user.email), "Some text")
    assert is_conflict(caught.value)
