"""The admin shows every model to staff, and no list of it asks a question per row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.accounts.models import User
from core.admin.resource import ResourceAdmin
from core.discovery import project_apps
from core.forms import JSONField
from core.samples import sample
from tests.specimens.models import Thing

pytestmark = pytest.mark.django_db
MODELS: list[Any] = [model for app in project_apps() for model in app.get_models()]
OF_USERS = [model for model in MODELS if model._meta.app_label == User._meta.app_label]


def address(model: Any, action: str, *arguments: object) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{action}", args=arguments)


def test_visitors_are_sent_to_the_login_and_others_refused(client: Client, user: User) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"
    client.force_login(user)
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_first_page_shows_staff_the_way(client: Client, user: User, staff: User) -> None:
    for person, shown in ((user, False), (staff, True)):
        client.force_login(person)
        assert ('href="/admin/"' in client.get("/").content.decode()) is shown


def test_the_index_names_models_and_environment(client: Client, staff: User) -> None:
    client.force_login(staff)
    page = client.get("/admin/").content.decode()
    assert "environment-test" in page
    for model in MODELS:
        assert address(model, "changelist") in page


def test_a_page_lists_all_models_or_where_they_are_many_those_of_its_app(
    client: Client, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(staff)
    for most, seen in ((1_000, set(MODELS)), (0, set(OF_USERS))):
        monkeypatch.setattr("core.admin.site.IN_SIDEBAR", most)
        apps = client.get(address(User, "changelist")).context["available_apps"]
        assert {row["model"] for app in apps for row in app["models"]} & set(MODELS) == seen
        apps = client.get("/admin/").context["app_list"]
        assert {row["model"] for app in apps for row in app["models"]} >= set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_lists_cost_the_same_with_more_rows(
    model: Any, client: Client, staff: User, constant_queries: Callable[..., int]
) -> None:
    client.force_login(staff)
    sizes = []

    def act() -> None:
        answer = client.get(address(model, "changelist"))
        assert answer.status_code == 200
        sizes.append(len(answer.content))

    constant_queries(model, act)
    assert sizes[-1] > sizes[0], "the list does not show its rows: this test proves nothing"


@pytest.mark.parametrize("model", MODELS)
def test_a_row_can_be_found_and_opened(model: Any, client: Client, staff: User) -> None:
    client.force_login(staff)
    row = sample(model)
    assert client.get(address(model, "changelist"), {"q": "x"}).status_code == 200
    assert client.get(address(model, "change", row.pk)).status_code == 200
    request = client.get("/admin/").wsgi_request
    may_add = admin.site.get_model_admin(model).has_add_permission(request)
    assert client.get(address(model, "add")).status_code == (200 if may_add else 403)


def test_staff_find_users_by_name_and_by_address(client: Client, staff: User, user: User) -> None:
    client.force_login(staff)
    for term in (user.name, user.email):
        page = client.get(address(User, "changelist"), {"q": term}).content.decode()
        rows = page.partition("<tbody>")[2]
        assert user.email in rows
        assert staff.email not in rows


def test_a_filter_keeps_what_it_asks_for(client: Client, staff: User, user: User) -> None:
    client.force_login(staff)
    page = client.get(address(User, "changelist"), {"is_staff__exact": "0"}).content.decode()
    rows = page.partition("<tbody>")[2]
    assert user.email in rows
    assert staff.email not in rows


@pytest.mark.parametrize("model", MODELS)
def test_staff_know_users_by_their_address(
    model: Any, client: Client, staff: User, user: User
) -> None:
    client.force_login(staff)
    options = admin.site.get_model_admin(model)
    columns = {getattr(column, "short_description", "") for column in options.list_display}
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if field.related_model is User and field.name in options.autocomplete_fields:
            given: dict[str, Any] = {field.name: [user] if field.many_to_many else user}
            row = sample(model, **given)
            names = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
            query = {**names, "field_name": field.name, "term": user.name}
            found = client.get(reverse("admin:autocomplete"), query).json()["results"]
            assert found == [{"id": str(user.pk), "text": user.email}]
            pages = [address(model, "change", row.pk)]
            pages += [address(model, "changelist")] if field.verbose_name in columns else []
            for page in pages:
                assert user.email in client.get(page).content.decode()


def test_staff_add_and_change_users(client: Client, staff: User) -> None:
    client.force_login(staff)
    password = {"password1": "correct-horse-1", "password2": "correct-horse-1"}
    form = {"email": "New@Example.com", "name": "Neo", "usable_password": "true", **password}
    assert client.post(address(User, "add"), form).status_code == 302
    user = User.objects.get(email="new@example.com")
    assert user.check_password("correct-horse-1")
    assert user.name == "Neo"
    answer = client.post(address(User, "change", user.pk), {"email": user.email, "is_staff": "on"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.is_staff


def test_json_is_checked_as_the_pages_check_it(rf: RequestFactory) -> None:
    column = Thing._meta.get_field("more")
    things = ResourceAdmin(Thing, admin.site)
    assert isinstance(things.formfield_for_dbfield(column, rf.get("/")), JSONField)
