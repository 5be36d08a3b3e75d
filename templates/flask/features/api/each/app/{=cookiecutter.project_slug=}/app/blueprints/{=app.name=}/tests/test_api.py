{%% from "names.jinja" import class, var, article, import_factory with context %%}
{%% from "values.jinja" import most, valid, visible with context %%}
"""The JSON API of {= app.title | lower =}."""

import pytest

from app.blueprints.accounts.tests.factories import UserFactory
# % for resource in app.resources
from app.blueprints.{= app.name =}.tests.factories import {= resource.name =}Factory
# % for field in resource.inputs if field.target
{= import_factory(field.target, app) =}
# % endfor
# % endfor

# % for resource in app.resources
{= resource.plural | upper =} = "/api/v1/{= app.kebab =}/{= resource.kebab =}/"
# % endfor
# % for resource in app.resources
# % set name = resource.name
# % set snake = resource.snake
# % set URL = resource.plural | upper
# % set writer = "staff" if resource.access == "staff" else "user"
# % set a = article(resource)
# % set required = resource.inputs | selectattr("required") | list
# % set refs = required | selectattr("target") | list
# % set plain = resource.inputs | rejectattr("target") | list
# % set needs_user = refs | selectattr("target.private") | list
# % set given = "user" if needs_user else ""
# % set own = "%sFactory.create(%s=%s)" % (name, resource.owner.name, "user") if resource.access == "owner" else visible(resource) | trim


def valid_{= snake =}({= "user, " if needs_user =}**changes):
    values = {
        # % for field in required
        # % if field.type == "ref"
        "{= field.attribute_camel =}": {= visible(field.target) | trim =}.id,
        # % elif field.type == "m2m"
        "{= field.attribute_camel =}": [{= visible(field.target) | trim =}.id],
        # % else
        "{= field.camel =}": {= valid(field) | trim =},
        # % endif
        # % endfor
    }
    return values | changes


def test_{= resource.plural =}_are_created_read_changed_and_deleted(client, {= writer =}, bearer):
    headers, values = bearer({= writer =}), valid_{= snake =}({= writer if needs_user =})
    created = client.post({= URL =}, json=values, headers=headers)
    assert created.status_code == 201, created.json
    # % set stored = required | rejectattr("target") | list
    # % if stored
    sent = {key: values[key] for key in {= stored | map(attribute="camel") | list =}}
    assert {key: created.json[key] for key in sent} == sent
    # % endif
    # % for field in refs
    # % if field.type == "ref"
    assert created.json["{= field.camel =}"]["id"] == values["{= field.attribute_camel =}"]
    # % else
    assert [row["id"] for row in created.json["{= field.camel =}"]] == values["{= field.attribute_camel =}"]
    # % endif
    # % endfor
    # % if resource.owner
    assert created.json["{= resource.owner.camel =}"]["id"] == {= writer =}.id
    # % endif
    # % if resource.slug and resource.slug.auto and resource.slug_source.required
    assert created.json["{= resource.slug.camel =}"]
    # % endif
    assert {"id", "createdAt", "updatedAt"} <= set(created.json)
    # % for field in resource.fields if field.hidden
    assert "{= field.camel =}" not in created.json
    # % endfor
    url = created.headers["Location"]
    assert client.get(url{= ", headers=headers" if resource.private =}).json == created.json
    assert client.put(url, json=values, headers=headers).status_code == 200
    # % for field in plain
    changed = client.patch(url, json={"{= field.camel =}": {= valid(field) | trim =}}, headers=headers)
    assert changed.json["{= field.camel =}"] {= "is" if field.type == "bool" else "==" =} {= valid(field) | trim =}
    # % endfor
    assert client.delete(url, headers=headers).status_code == 204
    assert client.get(url{= ", headers=headers" if resource.private =}).status_code == 404
# % for field in resource.inputs if field.target and not field.required


def test_{= field.name =}_of_{= a =}_{= snake =}_can_be_changed(client, {= "user, " if writer != "user" and field.target.private =}{= writer =}, bearer):
    # % if writer == "staff"
    row, other = {= name =}Factory.create(), {= visible(field.target, "staff") | trim =}
    # % else
    row, other = {= own =}, {= visible(field.target) | trim =}
    # % endif
    url, headers = f"{{= URL =}}{row.id}/", bearer({= writer =})
    # % if field.type == "ref"
    changed = client.patch(url, json={"{= field.attribute_camel =}": other.id}, headers=headers)
    assert changed.json["{= field.camel =}"] == {"id": other.id, "label": str(other)}
    changed = client.patch(url, json={"{= field.attribute_camel =}": None}, headers=headers)
    assert changed.json["{= field.camel =}"] is None
    # % else
    changed = client.patch(url, json={"{= field.attribute_camel =}": [other.id]}, headers=headers)
    assert changed.json["{= field.camel =}"] == [{"id": other.id, "label": str(other)}]
    # % endif
# % endfor


def test_the_list_of_{= resource.plural =}_has_its_envelope_and_its_filters(client, {= "user, bearer" if resource.private =}):
    row = {= visible(resource) | trim =}
    headers = {= "bearer(user)" if resource.private else "{}" =}
    body = client.get({= URL =}, headers=headers).json
    assert (body["count"], body["page"], body["pageSize"], body["pages"]) == (1, 1, 20, 1)
    assert [found["id"] for found in body["results"]] == [row.id]
    # % for field in resource.filters if field.type in ("enum", "bool") or (field.type == "ref" and not field.null)
    # % set key = field.attribute_camel if field.type == "ref" else field.camel
    # % if field.null
    assert client.get({= URL =}, query_string={"{= key =}": {= '"true"' if field.type == "bool" else '"%s"' % field.choices[0] =}}, headers=headers).status_code == 200
    # % else
    assert client.get({= URL =}, query_string={"{= key =}": row.{= field.attribute =}}, headers=headers).json["count"] == 1
    # % endif
    # % endfor
    # % if resource.sorted_by
    for ordering in ("{= resource.sorted_by[0].camel =}", "-{= resource.sorted_by[-1].camel =}"):
        assert client.get({= URL =}, query_string={"ordering": ordering}, headers=headers).json["count"] == 1
    # % endif
    for query, status in (("ordering=nothing", 400), ("pageSize=101", 400), ("page=2", 404){%% for field in resource.filters if field.type in ("enum", "ref") %%}, ("{= field.attribute_camel if field.type == "ref" else field.camel =}=nothing", 400){%% endfor %%}):
        response = client.get(f"{{= URL =}}?{query}", headers=headers)
        assert (response.status_code, response.content_type) == (status, "application/problem+json")


def test_the_queries_for_{= resource.plural =}_do_not_grow_with_their_number(client, {= "user, bearer, " if resource.private =}count_queries):
    # % if resource.private
    headers = bearer(user)
    # % endif
    counts = []
    for rows in ({= [5, most(resource) | int - 1] | min =}, {= most(resource) | int - [5, most(resource) | int - 1] | min =}):
        for _ in range(rows):
            {= visible(resource) | trim =}
        with count_queries() as queries:
            client.get({= URL =}{= ", headers=headers" if resource.private =})
        counts.append(len(queries))
    assert counts[0] == counts[1], queries


def test_who_writes_{= resource.plural =}(client, user, staff, bearer):
    # % if resource.access == "staff"
    row = {= name =}Factory.create()
    # % else
    row = {= own =}
    # % endif
    url, values = f"{{= URL =}}{row.id}/", valid_{= snake =}({= "user" if needs_user =})
    assert client.post({= URL =}, json=values).headers["WWW-Authenticate"] == "Bearer"
    # % if resource.private
    for address in ({= URL =}, url):
        assert client.get(address).status_code == 401
    # % endif
    other = bearer(UserFactory.create())
    # % set refused = 404 if resource.private else 403
    # % if resource.access == "staff"
    assert client.post({= URL =}, json=values, headers=bearer(user)).status_code == 403
    # % endif
    # % if resource.private
    assert client.get(url, headers=other).status_code == 404
    assert client.get({= URL =}, headers=other).json["count"] == 0
    # % endif
    assert client.patch(url, json={}, headers=other).status_code == {= refused =}
    assert client.delete(url, headers=other).status_code == {= refused =}
    assert client.patch(url, json={}, headers=bearer(staff)).status_code == 200
# % set wrong = namespace(lines=[])
# % for field in plain
# % if field.type != "json"
{%% set wrong.lines = wrong.lines + ['({"%s": %s}, "%s")' % (field.camel, field.invalid, field.camel)] %%}
# % endif
# % if not field.null
{%% set wrong.lines = wrong.lines + ['({"%s": None}, "%s")' % (field.camel, field.camel)] %%}
# % endif
# % if field.required and field.type in ("str", "text", "email", "url", "slug")
{%% set wrong.lines = wrong.lines + ['({"%s": ""}, "%s")' % (field.camel, field.camel)] %%}
# % endif
# % endfor
# % for field in resource.inputs if field.target
{%% set wrong.lines = wrong.lines + ['({"%s": %s}, "%s")' % (field.attribute_camel, field.invalid, field.attribute_camel)] %%}
# % endfor
# % for field in resource.fields if field.owner or field.readonly or field.hidden
{%% set wrong.lines = wrong.lines + ['({"%s": 1}, "%s")' % (field.attribute_camel, field.attribute_camel)] %%}
# % endfor


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"surprise": 1}, "surprise"),
        # % for line in wrong.lines
        {= line =},
        # % endfor
    ],
    ids=lambda value: str(value)[:40],
)
def test_{= a =}_{= snake =}_names_what_is_wrong(client, {= writer =}, bearer, change, field):
    values = valid_{= snake =}({= writer ~ ", " if needs_user =}**change)
    response = client.post({= URL =}, json=values, headers=bearer({= writer =}))
    assert response.status_code == 422
    assert [error["field"] for error in response.json["errors"]] == [field]
# % for field in plain if field.type == "datetime"
# % if loop.first


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_{= a =}_{= snake =}_refuses_moments_that_no_column_holds(client, {= writer =}, bearer, moment):
    values = valid_{= snake =}({= writer ~ ", " if needs_user =}{= field.camel =}=moment)
    assert client.post({= URL =}, json=values, headers=bearer({= writer =})).status_code == 400
# % endif
# % endfor
# % for field in plain if field.unique and field.type not in ("json", "uuid", "float", "date", "time", "datetime", "decimal")
# % if loop.first


def test_a_duplicate_{= snake =}_conflicts(client, {= writer =}, bearer):
    taken = {= name =}Factory.create({= '%s="taken"' % field.name if field.type == "slug" or (field.type == "str" and field.length > 4) =})
    values = valid_{= snake =}({= writer ~ ", " if needs_user =}{= field.camel =}=taken.{= field.name =})
    assert client.post({= URL =}, json=values, headers=bearer({= writer =})).status_code == 409
# % endif
# % endfor
# % for field in resource.inputs if field.target and field.target.private


def test_{= a =}_{= snake =}_refers_to_{= "a_" if field.type == "ref" =}visible_{= field.name =}_only(client, user, bearer):
    hidden = {= class(field.target, app) | trim =}Factory.create()
    values = valid_{= snake =}({= "user, " if needs_user =}{= field.attribute_camel =}={= "[hidden.id]" if field.type == "m2m" else "hidden.id" =})
    response = client.post({= URL =}, json=values, headers=bearer(user))
    assert response.status_code == 422
    assert response.json["errors"] == [
        {"field": "{= field.attribute_camel =}", "message": f"There is no {= field.target.label =} {hidden.id}."}
    ]
# % endfor


def test_entity_tags_of_{= resource.plural =}(client, {= writer =}, bearer):
    # % if resource.access == "staff"
    row = {= name =}Factory.create()
    # % else
    row = {= own =}
    # % endif
    url, headers = f"{{= URL =}}{row.id}/", bearer({= writer =})
    etag = client.get(url, headers=headers).headers["ETag"]
    assert client.get(url, headers=headers | {"If-None-Match": etag}).status_code == 304
    change = {"json": {}, "headers": headers | {"If-Match": etag}}
    assert client.patch(url, **change).status_code == 200
    outdated = headers | {"If-Match": '"another"'}
    assert client.patch(url, json={}, headers=outdated).status_code == 412
    assert client.delete(url, headers=outdated).status_code == 412
# % endfor
