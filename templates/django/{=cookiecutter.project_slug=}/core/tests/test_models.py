import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from core.conflicts import is_conflict
from core.slugs import unique_slug, with_unique_slug
from core.tests.models import Note

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


@pytest.fixture
def note(db):
    parent = Note.objects.create(title="Parent")
    note = Note.objects.create(title="Hello", parent=parent)
    note.related.set([note, parent])
    parent.related.set([note])
    return note


def test_rows_come_with_what_they_declare(note, django_assert_num_queries):
    for notes in (Note.objects.all(), note.parent.children.all(), Note.objects.iterator()):
        with django_assert_num_queries(2):  # a row that is related to itself ends there
            [found] = [one for one in notes if one.pk == note.pk]
            assert (found.parent.title, len(found.related.all())) == ("Parent", 2)
    with django_assert_num_queries(1):
        assert len(Note.objects.without_related()) == 2


def test_joins_do_not_get_in_the_way(note, django_assert_num_queries):
    for notes in (
        Note.objects.only("title"),
        Note.objects.only("title", "parent"),
        Note.objects.select_related("parent").only("title", "parent__title"),
        Note.objects.defer("title"),
        Note.objects.defer("parent"),
    ):
        assert [one.title for one in notes.order_by("id")] == ["Parent", "Hello"]
    assert list(Note.objects.values_list("parent__title").order_by("id")) == [(None,), ("Parent",)]
    assert Note.objects.update_or_create(title="Hello", defaults={"price": 1})[1] is False
    locked = Note.objects.select_for_update()
    assert locked.query.select_for_update_of == ("self",)  # not the parent
    with transaction.atomic():
        assert locked.get(pk=note.pk).parent == note.parent
