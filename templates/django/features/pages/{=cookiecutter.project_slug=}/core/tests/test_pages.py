"""The parts of pages together, on a model of their own."""

import pytest
from django import forms
from django.db import IntegrityError
from django.test import RequestFactory
from django.urls import path
from django.views.generic import DeleteView, UpdateView
from django_filters import CharFilter, FilterSet

from core.forms import DateTimeField
from core.tests.models import Note
from core.views import ChoicesView, ConflictMixin, EditMixin, FilteredListView, RowPermissionMixin
from core.widgets import SearchBoxes, SearchSelect

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["title", "due_at", "parent", "related"]
        field_classes = {"due_at": DateTimeField}
        widgets = {"parent": SearchSelect("note-choices"), "related": SearchBoxes("note-choices")}


class NoteFilter(FilterSet):
    search = CharFilter("title", "icontains")

    class Meta:
        model = Note
        fields: list[str] = []


class NoteListView(FilteredListView):
    queryset = Note.objects.all()
    filterset_class = NoteFilter
    sortable = ("title",)


class NoteUpdateView(RowPermissionMixin, EditMixin, UpdateView):
    model = Note
    form_class = NoteForm
    template_name = "home.html"
    success_url = "/"


class NoteDeleteView(RowPermissionMixin, ConflictMixin, DeleteView):
    model = Note
    template_name = "home.html"
    success_url = "/"


urlpatterns = [
    path("choices/", ChoicesView.as_view(model=Note, filterset_class=NoteFilter), name="note-choices"),
]


@pytest.fixture
def note(db):
    return Note.objects.create(title="Hello")


def call(view, user, data=None, **kwargs):
    request = RequestFactory().get("/") if data is None else RequestFactory().post("/", data)
    request.user = user
    return view.as_view()(request, **kwargs)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("ordering=-title", ["World", "Hello"]),
        ("ordering=nonsense", ["Hello", "World"]),
        ("search=wor", ["World"]),
        ("search=%00", ["Hello", "World"]),
    ],
)
def test_lists_are_sorted_and_searched(note, query, titles):
    Note.objects.create(title="World")
    response = NoteListView.as_view()(RequestFactory().get(f"/?{query}"))
    assert [one.title for one in response.context_data["note_list"]] == titles


def test_choices(client, note):
    Note.objects.create(title="World")
    body = client.get("/choices/", {"search": "hell"}).json()
    assert body == {"results": [{"id": note.pk, "label": "Hello"}]}


def test_forms_with_many_rows_stay_small(note, django_assert_num_queries):
    notes = Note.objects.bulk_create(Note(title=f"Note {number}") for number in range(60))
    form = NoteForm(initial={"parent": notes[-1].pk, "related": [notes[-2].pk]})
    with django_assert_num_queries(4):
        page = form.as_p()
    assert page.count("<option") == 52  # the empty one, 50, the chosen one
    assert page.count("<label") == 4 + 51
    assert "Note 59" in page
    assert not NoteForm({"title": "x", "parent": "x", "related": ["9" * 30]}).is_valid()


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "x"])
def test_odd_dates_are_refused(value):
    assert "due_at" in NoteForm({"title": "New", "due_at": value}).errors


def test_only_who_may_edits_and_deletes(note, user, staff, admin_user):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        call(NoteUpdateView, user, pk=note.pk)
    with pytest.raises(PermissionDenied):
        call(NoteDeleteView, staff, pk=note.pk)
    assert call(NoteDeleteView, admin_user, {}, pk=note.pk).status_code == 302


def test_a_second_edit_page_does_not_win_silently(note, staff):
    version = call(NoteUpdateView, staff, pk=note.pk).context_data["version"]
    values = {"title": "New", "version": version}
    assert call(NoteUpdateView, staff, values, pk=note.pk).status_code == 302
    form = call(NoteUpdateView, staff, values, pk=note.pk).context_data["form"]
    assert "Somebody else has changed this" in form.non_field_errors()[0]


def test_conflicts_are_shown_and_bugs_are_not(note, staff, admin_user, monkeypatch):
    Note.objects.create(title="Child", parent=note)
    form = call(NoteDeleteView, admin_user, {}, pk=note.pk).context_data["form"]
    assert form.non_field_errors() == ["This is still in use."]
    for code in ("23505", "23514"):
        cause = Exception()
        cause.sqlstate = code

        def broken(*args, cause=cause, **kwargs):
            raise IntegrityError from cause

        monkeypatch.setattr(Note, "save", broken)
        if code == "23505":
            form = call(NoteUpdateView, staff, {"title": "x"}, pk=note.pk).context_data["form"]
            assert "Somebody else has just used" in form.non_field_errors()[0]
        else:
            with pytest.raises(IntegrityError):
                call(NoteUpdateView, staff, {"title": "x"}, pk=note.pk)
