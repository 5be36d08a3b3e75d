{%% import "tests.txt" as tests %%}
{%% set path = resource.owner_path | join(".") %%}
{%% set owner_argument = resource.owner_path | join("__") %%}
{%% set few = resource.columns | selectattr("unique") | selectattr("type", "eq", "enum") | list %%}
{%% set linked = [] if few else resource.refs | selectattr("null") | rejectattr("unique") | list %%}
{%% set required = resource.inputs | selectattr("required") | list %%}
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

{= tests.imports(app, resource) =}

pytestmark = pytest.mark.django_db
LIST = "/{= app.kebab =}/{= resource.kebab =}/"


def values():
    return {
{= tests.payload(resource) =}    }


def filled(client, address):
    """What the form on a page sends, with the values above."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value is not None} | values()


def test_list_sort_and_filter(client, staff):
    client.force_login(staff)
    row = {= resource.name =}Factory()
    link = f'href="{LIST}{row.pk}/"'
    assert link in client.get(LIST).text
{%% for field in resource.sorted_by %%}
    assert link in client.get(LIST, {"ordering": "-{= field.name =}"}).text
{%% endfor %%}
{%% for field in resource.filters if field.type in ("enum", "bool") %%}
    assert link in client.get(LIST, {"{= field.name =}": {= "row." ~ field.name ~ ' or ""' if field.type == "enum" else "str(row." ~ field.name ~ ")" =}}).text
{%% endfor %%}
{%% if resource.searched %%}
    assert link in client.get(LIST, {"search": str(row.{= resource.searched[0].name =})[:10]}).text
    assert link not in client.get(LIST, {"search": "no such words"}).text
{%% endif %%}
    assert client.get(LIST, {"ordering": "nonsense", "search": "\0", "page": "1"}).status_code == 200


def test_lists_need_as_many_queries_for_many_rows_as_for_one(client, staff):
    client.force_login(staff)
{%% if linked %%}
    linked = {{%% for field in linked %%}"{= field.name =}": {= tests.row(field.target) | trim =}, {%% endfor %%}}
{%% endif %%}
    counts = []
    for number in (1, {= 1 if few else 9 =}):
        for _ in range(number):
            {= resource.name =}Factory({%% for field in resource.m2ms if field.target is not sameas resource %%}{= field.name =}=[{= tests.row(field.target) | trim =}],{%% endfor %%}{= "**linked" if linked =})
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST)
        assert len(page.context["object_list"]) == {= resource.name =}.objects.count()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_create_edit_and_delete(client, staff):
    client.force_login(staff)
    body = filled(client, f"{LIST}new/")
    response = client.post(f"{LIST}new/", body)
    assert response.status_code == 302, response.context["form"].errors
    address = response["Location"]
    row = {= resource.name =}.objects.latest("pk")
    assert address == f"{LIST}{row.pk}/"
{%% if resource.owner %%}
    assert row.{= resource.owner.name =} == staff
{%% endif %%}
    page = client.get(address).text
    assert f"{address}edit/" in page
    assert f"{address}delete/" in page
    assert client.get(f"{address}edit/").status_code == 200
    assert client.post(f"{address}edit/", body)["Location"] == address
    assert client.get(f"{address}delete/").status_code == 200
    assert client.post(f"{address}delete/")["Location"] == LIST
    assert not {= resource.name =}.objects.filter(pk=row.pk).exists()


def test_a_second_edit_page_does_not_win_silently(client, staff):
    client.force_login(staff)
    address = f"{LIST}{{= resource.name =}Factory().pk}/edit/"
    body = {**filled(client, address), "version": client.get(address).context["version"]}
    assert client.post(address, body).status_code == 302
    response = client.post(address, body)
    assert "Somebody else has changed this" in response.text
{%% if required %%}


def test_a_form_with_errors_is_shown_again(client, staff):
    client.force_login(staff)
    response = client.post(f"{LIST}new/", {})
    assert {{%% for field in required %%}"{= field.name =}", {%% endfor %%}} <= set(response.context["form"].errors)
{%% endif %%}
{%% if resource.inputs | selectattr("type", "equalto", "datetime") | list %%}
{%% set field = resource.inputs | selectattr("type", "equalto", "datetime") | first %%}


@pytest.mark.parametrize(
    ("value", "status"),
    [("2026-01-01T00:00:00-19:13", 302), ("0001-01-01T00:00:00+14:00", 200), ("x", 200)],
)
def test_odd_dates_do_no_harm(client, staff, value, status):
    client.force_login(staff)
    body = filled(client, f"{LIST}new/")
    response = client.post(f"{LIST}new/", {**body, "{= field.name =}": value})
    assert response.status_code == status
{%% endif %%}
{%% if resource.access == "staff" %%}


@pytest.mark.parametrize("path", ["new/", "{pk}/edit/", "{pk}/delete/"])
def test_others_do_not_write(client, user, staff_without_permission, path):
    address = LIST + path.format(pk={= resource.name =}Factory().pk)
    assert client.get(address).status_code == 302
    for person in (user, staff_without_permission):
        client.force_login(person)
        assert client.get(address).status_code == 403
{%% elif resource.access == "owner" %%}


@pytest.mark.parametrize("path", ["edit/", "delete/"])
def test_others_do_not_write(client, user, staff_without_permission, path):
    row = {= resource.name =}Factory()
    assert client.get(f"{LIST}{row.pk}/{path}").status_code == 302
    for person in (user, staff_without_permission):
        client.force_login(person)
        assert path not in client.get(f"{LIST}{row.pk}/").text
        assert client.post(f"{LIST}{row.pk}/{path}", values()).status_code == 403
    client.force_login(row.{= path =})
    assert client.get(f"{LIST}{row.pk}/{path}").status_code == 200
{%% else %%}


@pytest.mark.parametrize("path", ["", "new/", "{pk}/", "{pk}/edit/", "{pk}/delete/"])
def test_the_owner_and_staff_see_and_write(client, user, staff, staff_without_permission, path):
    own, other = {= resource.name =}Factory({= owner_argument =}=user), {= resource.name =}Factory()
    own_address, address = (LIST + path.format(pk=row.pk) for row in (own, other))
    assert client.get(own_address)["Location"].startswith("/accounts/login/")
    client.force_login(user)
    assert client.get(own_address).status_code == 200
    if "pk" in path:
        assert client.get(address).status_code == 404
        client.force_login(staff_without_permission)
        assert client.get(address).status_code == 404
    client.force_login(staff)
    assert client.get(address).status_code == 200


def test_lists_show_what_the_person_may_see(client, user):
    own, other = {= resource.name =}Factory({= owner_argument =}=user), {= resource.name =}Factory()
    client.force_login(user)
    page = client.get(LIST).text
    assert f"{LIST}{own.pk}/" in page
    assert f"{LIST}{other.pk}/" not in page


def test_who_may_only_look_does_not_write(client, staff, staff_without_permission):
    person = staff_without_permission
    permissions = staff.user_permissions.filter(codename__startswith="view_")
    person.user_permissions.set(permissions)
    row = {= resource.name =}Factory()
    client.force_login(person)
    page = client.get(f"{LIST}{row.pk}/").text
    assert f"{LIST}{row.pk}/edit/" not in page
    assert client.post(f"{LIST}{row.pk}/edit/", values()).status_code == 403
    assert client.post(f"{LIST}{row.pk}/delete/").status_code == 403
{%% if resource.access == "follows" %%}
    own = {= resource.name =}Factory({= owner_argument =}=person)
    for address in (f"{LIST}new/", f"{LIST}{own.pk}/edit/"):
        assert client.post(address, filled(client, address)).status_code == 403
{%% endif %%}
{%% endif %%}
{%% set scoped = resource.inputs | selectattr("type", "equalto", "ref") | selectattr("target.private") | list %%}
{%% if scoped %%}


def test_forms_offer_only_rows_that_the_person_sees(client, user):
    client.force_login(user)
    row = {= resource.name =}Factory({= owner_argument =}=user)
    others = {{%% for field in scoped %%}"{= field.name =}": {= tests.row(field.target) | trim =}.pk, {%% endfor %%}}
    for path in ("new/", f"{row.pk}/edit/"):
        response = client.post(f"{LIST}{path}", values() | others)
        assert set(others) <= set(response.context["form"].errors)
{%% endif %%}
{%% if resource.reverses | rejectattr("field.hidden") | list %%}


def test_choices_of_forms(client, staff):
    row = {= resource.name =}Factory()
{%% if resource.private %%}
    assert client.get(f"{LIST}choices/").status_code == 302
{%% endif %%}
    client.force_login(staff)
    body = client.get(f"{LIST}choices/", {"search": {= "str(row." ~ resource.searched[0].name ~ ")[:10]" if resource.searched else '""' =}}).json()
    assert {"id": row.pk, "label": str(row)} in body["results"]
{%% endif %%}
{%% set users = resource.reverses | selectattr("field.on_delete", "equalto", "protect") | rejectattr("field.readonly") | rejectattr("field.hidden") | list %%}
{%% if users %%}


def test_a_row_in_use_is_not_deleted(client, staff):
    client.force_login(staff)
    row = {= users[0].resource.name =}Factory({= users[0].field.name =}={= resource.name =}Factory()).{= users[0].field.name =}
    assert "still in use" in client.post(f"{LIST}{row.pk}/delete/").text
    assert {= resource.name =}.objects.filter(pk=row.pk).exists()
{%% endif %%}
{%% for child in resource.children if not child.field.readonly %%}


def test_the_page_shows_{= child.name =}(client, staff):
    client.force_login(staff)
    child = {= child.resource.name =}Factory({= child.field.name =}={= resource.name =}Factory())
{%% if not child.field.unique and not child.resource.columns | selectattr("unique") | selectattr("type", "eq", "enum") | list %%}
    {= child.resource.name =}Factory({= child.field.name =}=child.{= child.field.name =})
{%% endif %%}
    page = client.get(f"{LIST}{child.{= child.field.attribute =}}/").text
    assert f'href="{child.get_absolute_url()}"' in page
{%% endfor %%}
