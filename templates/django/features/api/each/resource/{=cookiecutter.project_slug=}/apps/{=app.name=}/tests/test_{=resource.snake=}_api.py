{%% import "tests.txt" as tests %%}
{%% set path = resource.owner_path | join(".") %%}
{%% set owner_argument = resource.owner_path | join("__") %%}
{%% set columns = resource.inputs | rejectattr("target") | list %%}
{%% set required = resource.inputs | selectattr("required") | list %%}
{%% set taken = columns | selectattr("unique") | rejectattr("type", "equalto", "json") | list %%}
{%% set few = resource.columns | selectattr("unique") | selectattr("type", "eq", "enum") | list %%}
{%% set linked = [] if few else resource.refs | selectattr("null") | rejectattr("unique") | list %%}
{%% set perm = resource.name | lower %%}
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

{= tests.imports(app, resource) =}
from core.tests.problems import codes

pytestmark = pytest.mark.django_db
URL = "/api/v1/{= app.kebab =}/{= resource.kebab =}/"


def values():
    return {
{= tests.payload(resource) =}    }


def found(api, **query):
    response = api.get(URL, query)
    assert response.status_code == 200
    return [row["id"] for row in response.json()["results"]]


def test_create_replace_change_and_delete(api, staff):
    api.force_authenticate(staff)
    body = values()
    response = api.post(URL, body)
    assert response.status_code == 201, response.json()
    row = {= resource.name =}.objects.get(pk=response.json()["id"])
{%% if resource.owner %%}
    assert row.{= resource.owner.name =} == staff  # set by the server
{%% endif %%}
    address = response["Location"]
    assert address == f"{URL}{row.pk}/"
    assert api.get(address).json() == response.json()
    assert api.put(address, body).status_code == 200
    assert api.patch(address, {}).status_code == 200
    assert api.delete(address).status_code == 204
    assert api.get(address).status_code == 404
    assert not {= resource.name =}.objects.filter(pk=row.pk).exists()
{%% if resource.fields | selectattr("hidden") | list %%}


def test_hidden_fields_stay_hidden(api, staff):
    api.force_authenticate(staff)
    row = api.get(f"{URL}{{= resource.name =}Factory().pk}/").json()
    assert not {{%% for field in resource.fields if field.hidden %%}"{= field.camel =}", {%% endfor %%}} & set(row)
{%% endif %%}
{%% set fixed = resource.outputs | selectattr("readonly") | rejectattr("target") | list %%}
{%% if fixed %%}


@pytest.mark.parametrize("name", [{= fixed | map(attribute="camel") | map("tojson") | join(", ") =}])
def test_clients_do_not_set_what_they_only_read(api, staff, name):
    api.force_authenticate(staff)
    address = f"{URL}{{= resource.name =}Factory().pk}/"
    before = api.get(address).json()[name]
    assert api.patch(address, {name: 7}).json()[name] == before
{%% endif %%}
{%% if required %%}


def test_what_is_missing_is_named(api, staff):
    api.force_authenticate(staff)
    assert {
{%% for field in required %%}
        ("{= field.attribute_camel if field.target else field.camel =}", "required"),
{%% endfor %%}
    } <= codes(api.post(URL, {}))
{%% endif %%}


@pytest.mark.parametrize(
    ("name", "value"),
    [
{%% for field in columns %%}
{%% if field.type == "json" %%}
{%% elif not field.null %%}
        ("{= field.camel =}", None),
{%% endif %%}
{%% if field.required and field.type in ("str", "text", "email", "url", "slug") %%}
        ("{= field.camel =}", ""),
{%% endif %%}
{%% if field.invalid %%}
        ("{= field.camel =}", {= field.invalid =}),
{%% endif %%}
{%% if field.minimum %%}
        ("{= field.camel =}", {= (field.minimum | int if field.type in ("int", "bigint") else field.minimum | float) - 1 =}),
{%% endif %%}
{%% if field.maximum %%}
        ("{= field.camel =}", {= (field.maximum | int if field.type in ("int", "bigint") else field.maximum | float) + 1 =}),
{%% endif %%}
{%% endfor %%}
{%% for field in resource.inputs if field.target %%}
        ("{= field.attribute_camel =}", {= field.invalid =}),
{%% endfor %%}
    ],
)
def test_bad_values_are_refused(api, staff, name, value):
    api.force_authenticate(staff)
    response = api.post(URL, {**values(), name: value})
    assert name in {field.split(".")[0] for field, _ in codes(response)}
{%% if taken %%}


@pytest.mark.parametrize("name", [{= taken | map(attribute="camel") | map("tojson") | join(", ") =}])
def test_a_value_that_is_taken_is_refused(api, staff, name):
    api.force_authenticate(staff)
    row = api.get(f"{URL}{{= resource.name =}Factory().pk}/").json()
    assert (name, "unique") in codes(api.post(URL, {**values(), name: row[name]}))
{%% endif %%}
{%% if resource.access == "staff" %%}


def test_anyone_reads_and_staff_write(api, user, staff, staff_without_permission):
    row = {= resource.name =}Factory()
    address = f"{URL}{row.pk}/"
    assert found(api) == [row.pk]
    assert api.get(address).status_code == 200
    assert api.post(URL, {}).status_code == 401
    assert api.delete(address).status_code == 401
    for person in (user, staff_without_permission):
        api.force_authenticate(person)
        assert api.post(URL, values()).status_code == 403
        assert api.patch(address, {}).status_code == 403
        assert api.delete(address).status_code == 403
    assert {= resource.name =}.objects.filter(pk=row.pk).exists()
{%% elif resource.access == "owner" %%}


def test_anyone_reads_and_the_owner_and_staff_write(api, user, staff, staff_without_permission):
    row = {= resource.name =}Factory()
    address = f"{URL}{row.pk}/"
    assert found(api) == [row.pk]
    assert api.get(address).status_code == 200
    assert api.post(URL, {}).status_code == 401
    assert api.delete(address).status_code == 401
    for other in (user, staff_without_permission):
        api.force_authenticate(other)
        assert api.patch(address, {}).status_code == 403
        assert api.delete(address).status_code == 403
    for writer in (row.{= path =}, staff):
        api.force_authenticate(writer)
        assert api.patch(address, {}).status_code == 200
    assert api.delete(address).status_code == 204
{%% else %%}


def test_the_owner_and_staff_see_and_write(api, user, staff, staff_without_permission):
    own, other = {= resource.name =}Factory({= owner_argument =}=user), {= resource.name =}Factory()
    assert api.get(URL).status_code == 401
    assert api.get(f"{URL}{own.pk}/").status_code == 401
    api.force_authenticate(user)
    assert found(api) == [own.pk]
    assert api.patch(f"{URL}{own.pk}/", {}).status_code == 200
    for method in ("get", "put", "patch", "delete"):
        assert getattr(api, method)(f"{URL}{other.pk}/").status_code == 404
    api.force_authenticate(staff)
    assert set(found(api)) == {own.pk, other.pk}
    api.force_authenticate(staff_without_permission)
    assert found(api) == []
    api.force_authenticate(user)
    assert api.delete(f"{URL}{own.pk}/").status_code == 204
    assert {= resource.name =}.objects.get() == other


def test_who_may_only_look_does_not_write(api, staff, staff_without_permission):
    person = staff_without_permission
    permissions = staff.user_permissions.filter(codename__startswith="view_")
    person.user_permissions.set(permissions)
    row = {= resource.name =}Factory()
    address = f"{URL}{row.pk}/"
    api.force_authenticate(person)
    assert api.get(address).status_code == 200
    assert api.patch(address, {}).status_code == 403
    assert api.delete(address).status_code == 403
{%% if resource.access == "follows" %%}
    assert api.post(URL, values()).status_code == 403
    own = {= resource.name =}Factory({= owner_argument =}=person)
    moved = api.patch(f"{URL}{own.pk}/", {"{= resource.parent.attribute_camel =}": row.{= resource.parent.attribute =}})
    assert moved.status_code == 403


def test_the_owner_adds_to_own_rows_only(api, user):
    api.force_authenticate(user)
    body = values()
    assert ("{= resource.parent.attribute_camel =}", "does_not_exist") in codes(api.post(URL, body))
    own = {= resource.parent.target.name =}Factory({= resource.owner_path[1:] | join("__") =}=user)
{%% for field in resource.inputs if field.type == "ref" and not field.null and field.target.private and field is not sameas resource.parent %%}
    body["{= field.attribute_camel =}"] = {= field.target.name =}Factory({= field.target.owner_path | join("__") =}=user).pk
{%% endfor %%}
{%% for field in resource.inputs if field.type == "m2m" and field.target.private and field.target is not sameas resource %%}
    body["{= field.attribute_camel =}"] = [{= field.target.name =}Factory({= field.target.owner_path | join("__") =}=user).pk]
{%% endfor %%}
    assert api.post(URL, {**body, "{= resource.parent.attribute_camel =}": own.pk}).status_code == 201
{%% endif %%}
{%% endif %%}


def test_the_list_has_pages_and_an_order(api, staff):
    api.force_authenticate(staff)
    for _ in range(2):
        {= resource.name =}Factory()
    body = api.get(URL, {"page": 2, "pageSize": 1, "search": ""}).json()
    assert {name: body[name] for name in body if name != "results"} == {
        "count": 2,
        "page": 2,
        "pageSize": 1,
        "pages": 2,
    }
    assert api.get(URL, {"page": 3, "pageSize": 1}).status_code == 404
    newest_first = found(api, ordering="-id")
    assert newest_first == sorted(newest_first, reverse=True)
{%% for field in resource.sorted_by %%}
    assert len(found(api, ordering="-{= field.camel =}")) == 2
{%% endfor %%}
    assert api.get(URL, {"ordering": "nonsense"}).status_code == 400
{%% set exact = resource.outputs | rejectattr("target") | selectattr("lookups") | list %%}
{%% set exact = exact | rejectattr("type", "in", ["text", "float", "decimal"]) | list %%}
{%% if exact %%}


@pytest.mark.parametrize("name", [{= exact | map(attribute="camel") | map("tojson") | join(", ") =}])
def test_filters(api, staff, name):
    api.force_authenticate(staff)
    row = {= resource.name =}Factory()
    value = api.get(f"{URL}{row.pk}/").json()[name]
    assert found(api, **{name: "" if value is None else value}) == [row.pk]
{%% endif %%}
{%% set related = resource.outputs | selectattr("target") | list %%}
{%% if related %%}


def test_filters_by_reference(api, staff):
    api.force_authenticate(staff)
    {= resource.name =}Factory()
{%% for field in related %%}
    assert found(api, {= field.attribute_camel =}=10**9) == []
    assert api.get(URL, {"{= field.attribute_camel =}": "-1e9999999"}).status_code == 400
{%% endfor %%}
{%% endif %%}
{%% if resource.searched %%}


def test_search(api, staff):
    api.force_authenticate(staff)
    row = {= resource.name =}Factory()
    assert found(api, search=str(row.{= resource.searched[0].name =})[:10]) == [row.pk]
    assert found(api, search="zz9 " * 1500) == []
    assert api.get(URL, {"search": "\0"}).status_code == 400
{%% endif %%}


def test_the_list_needs_as_many_queries_for_many_rows_as_for_one(api, staff):
    api.force_authenticate(staff)
{%% if linked %%}
    linked = {{%% for field in linked %%}"{= field.name =}": {= tests.row(field.target) | trim =}, {%% endfor %%}}
{%% endif %%}
    counts = []
    for number in (1, {= 1 if few else 9 =}):
        for _ in range(number):
            {= resource.name =}Factory({%% for field in resource.m2ms if field.target is not sameas resource %%}{= field.name =}=[{= tests.row(field.target) | trim =}],{%% endfor %%}{= "**linked" if linked =})
        api.get(URL)
        with CaptureQueriesContext(connection, ) as queries:
            assert len(found(api)) == {= resource.name =}.objects.count()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_stale_if_match_is_refused(api, staff):
    row = {= resource.name =}Factory()
    address = f"{URL}{row.pk}/"
    api.force_authenticate(staff)
    headers = {"If-Match": api.get(address)["ETag"]}
    assert api.patch(address, {}, headers=headers).status_code == 200
    assert api.patch(address, {}, headers=headers).status_code == 412
    assert api.delete(address, headers=headers).status_code == 412
    assert api.delete(address, headers={"If-Match": "*"}).status_code == 204
{%% set users = resource.reverses | selectattr("field.on_delete", "equalto", "protect") | rejectattr("field.readonly") | rejectattr("field.hidden") | list %%}
{%% if users %%}


def test_a_row_in_use_is_not_deleted(api, staff):
    api.force_authenticate(staff)
    row = {= users[0].resource.name =}Factory({= users[0].field.name =}={= resource.name =}Factory()).{= users[0].field.name =}
    assert api.delete(f"{URL}{row.pk}/").status_code == 409
    assert {= resource.name =}.objects.filter(pk=row.pk).exists()
{%% endif %%}
