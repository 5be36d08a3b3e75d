"""What the five pages of every resource promise, whichever app it is from."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.forms import CheckboxInput
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.accounts.models import User
from core.pages.cells import NOTHING, as_text
from core.pages.views import ListPage, address
from core.permissions import owned_by
from core.samples import sample
from tests.specimens.models import Thing

pytestmark = pytest.mark.django_db


def resources(resolver: URLResolver, *namespaces: str) -> Iterator[tuple[str, Any]]:
    """Every list page of the URLconf: its path and its model."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from resources(pattern, *namespaces, *filter(None, [pattern.namespace]))
        elif isinstance(pattern, URLPattern) and pattern.name:
            view = getattr(pattern.callback, "view_class", None)
            if isinstance(view, type) and issubclass(view, ListPage):
                yield reverse(":".join([*namespaces, pattern.name])), view.model


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send back if nobody touched the form."""
    form = client.get(path).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        text = bound.field.widget.format_value(value) if value is not None else ""
        if isinstance(bound.field.widget, CheckboxInput):
            text = "on" if value else ""
        if isinstance(value, list):
            text = [str(getattr(item, "pk", item)) for item in value]
        if text not in ("", None, []):
            sent[bound.html_name] = (
                text[0] if isinstance(text, list) and not isinstance(value, list) else text
            )
    return sent


def test_lists_cost_the_same_with_more_rows(constant_queries: Callable[..., int]) -> None:
    client, sizes = Client(), []
    for path, model in resources(get_resolver()):

        def act(path: str = path) -> None:
            sizes.append(len(client.get(path).context["rows"]))

        constant_queries(model, act)
        assert sizes[-1] > sizes[-3], f"{path} does not show its rows: this test proves nothing"


def test_a_list_says_when_it_is_empty(client: Client) -> None:
    for path, model in resources(get_resolver()):
        model.objects.all().delete()
        assert "empty" in client.get(path).content.decode()
        assert client.get(path, {"page": "2"}).status_code == 404


def test_a_row_is_shown_edited_and_deleted(client: Client, staff: User) -> None:
    client.force_login(staff)
    for path, model in resources(get_resolver()):
        row = sample(model)
        assert str(row) in client.get(path, {"search": ""}).content.decode()
        detail = address(model, "detail", row.pk)
        assert f"{detail}edit/" in client.get(detail).content.decode()
        edit = address(model, "edit", row.pk)
        answer = client.post(edit, form_of(client, edit))
        assert answer.status_code == 302, answer.context["form"].errors
        assert answer.headers["Location"] == detail
        before = {f.name: getattr(row, f.attname) for f in model._meta.fields if f.editable}
        row.refresh_from_db()
        after = {f.name: getattr(row, f.attname) for f in model._meta.fields if f.editable}
        assert after == before, "an edit must not lose what it does not change"
        answer = client.post(address(model, "delete", row.pk))
        assert answer.headers["Location"] == path
        assert not model.objects.filter(pk=row.pk).exists()


def test_a_row_is_made(client: Client, staff: User) -> None:
    client.force_login(staff)
    for _, model in resources(get_resolver()):
        row = sample(model)
        form = form_of(client, address(model, "edit", row.pk))
        row.delete()
        answer = client.post(address(model, "create"), form)
        assert answer.status_code == 302, answer.context["form"].errors
        made = model.objects.latest("pk")
        assert answer.headers["Location"] == address(model, "detail", made.pk)
        if model.owner_field:
            assert getattr(made, model.owner_field) == staff


def test_who_gets_at_the_forms(client: Client, user: User) -> None:
    for _, model in resources(get_resolver()):
        row = sample(model, None, **owned_by(model, sample(User)))
        pages = [address(model, action, row.pk) for action in ("edit", "delete")]
        client.logout()
        for page in (*pages, address(model, "create")):
            assert client.get(page).headers["Location"] == f"/accounts/login/?next={page}"
        client.force_login(user)
        for page in pages:
            assert client.get(page).status_code == 403
        expected = 200 if model.owner_field else 403
        assert client.get(address(model, "create")).status_code == expected
        assert pages[0] not in client.get(address(model, "detail", row.pk)).content.decode()


def test_a_wrong_form_is_shown_again(client: Client, staff: User) -> None:
    client.force_login(staff)
    for _, model in resources(get_resolver()):
        page = client.get(address(model, "create"))
        required = [name for name, field in page.context["form"].fields.items() if field.required]
        if required:
            answer = client.post(address(model, "create"), {})
            assert answer.status_code == 422
            assert set(answer.context["form"].errors) == set(required)
            assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, NOTHING),
        ("", NOTHING),
        (0, "0"),
        (True, "yes"),
        (False, "no"),
        (dt.datetime(2024, 1, 1, 10, tzinfo=dt.UTC), "1 Jan 2024, 10:00 UTC"),
        (dt.date(2024, 1, 1), "1 Jan 2024"),
        (dt.time(10, 30), "10:30"),
    ],
)
def test_values_as_people_read_them(value: Any, expected: str) -> None:
    assert as_text(value) == expected


def test_json_is_shown_as_json() -> None:
    assert as_text({"größe": [True, None]}, is_json=True) == '{"größe": [true, null]}'


@pytest.mark.parametrize("text", ["[" * 100_000, "[NaN]", '{"a": "\\ud800"}', "9" * 400])
def test_json_that_no_database_keeps_is_an_error_of_the_form(
    text: str, client: Client, staff: User
) -> None:
    client.force_login(staff)
    edit = address(Thing, "edit", sample(Thing).pk)
    answer = client.post(edit, {**form_of(client, edit), "more": text})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"more"}
