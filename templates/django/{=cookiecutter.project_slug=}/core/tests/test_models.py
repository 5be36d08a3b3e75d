import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from core.conflicts import is_conflict
from core.slugs import unique_slug, with_unique_slug

pytestmark = pytest.mark.django_db


def test_a_slug_that_was_just_taken_is_made_again(user, monkeypatch):
    """`name` of users plays the slug: the second answer is free."""
    other = User(email="x@example.com")
    answers = ["taken", "free", "free"]
    monkeypatch.setattr("core.slugs.unique_slug", lambda *args: answers.pop(0))

    def save():
        with transaction.atomic():
            other.email = user.email if other.name == "taken" else "free@example.com"
            other.save()

    with_unique_slug(other, "name", "text", save)
    assert (other.name, other.pk is None) == ("free", False)


def test_other_conflicts_are_raised(user):
    other = User(email=user.email)
    with pytest.raises(IntegrityError) as caught:
        with_unique_slug(other, "name", "Some text", other.save)
    assert is_conflict(caught.value)
    assert other.name == "some-text"


def test_slugs_are_numbered(user):
    User.objects.filter(pk=user.pk).update(name="same")
    assert unique_slug(User(), "Same", "name") == "same-2"
    assert unique_slug(User(), "", "name") == "item"
