{%% from "names.jinja" import class, var, article, import_factory with context %%}
{%% from "values.jinja" import most, entered, visible with context %%}
"""The pages of {= app.title | lower =}."""

import re

from app.blueprints.accounts.tests.factories import UserFactory
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
from app.blueprints.{= app.name =}.tests.factories import {= resource.name =}Factory
# % for field in resource.inputs if field.target
{= import_factory(field.target, app) =}
# % endfor
# % for end in resource.children if end.resource.app == app.name
from app.blueprints.{= app.name =}.tests.factories import {= end.resource.name =}Factory
# % endfor
# % endfor
from app.extensions import db

# % for resource in app.resources
{= resource.plural | upper =} = "/{= app.kebab =}/{= resource.kebab =}/"
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
# % set own = "%sFactory.create(%s=%s)" % (name, resource.owner.name, "user") if resource.access == "owner" else visible(resource) | trim
# % set mine = own if writer == "user" else name ~ "Factory.create()"


def entered_{= snake =}({= "user, " if needs_user =}**changes):
    data = {
        # % for field in required
        # % if field.type == "ref"
        "{= field.attribute =}": {= visible(field.target) | trim =}.id,
        # % elif field.type == "m2m"
        "{= field.key =}": [{= visible(field.target) | trim =}.id],
        # % else
        "{= field.name =}": {= entered(field) | trim =},
        # % endif
        # % endfor
    }
    return data | changes


def test_the_list_of_{= resource.plural =}_shows_sorts_and_filters(client{= ", login, user" if resource.private =}):
    # % if resource.private
    login(user)
    # % endif
    row = {= visible(resource) | trim =}
    assert f'href="{{= URL =}}{row.id}/"' in client.get({= URL =}).text
    # % for field in resource.filters
    # % if field.type == "enum" and not field.null
    page = client.get({= URL =}, query_string={"{= field.camel =}": row.{= field.name =}})
    assert f'href="{{= URL =}}{row.id}/"' in page.text
    # % elif field.type == "bool"
    assert client.get({= URL =}, query_string={"{= field.camel =}": "true"}).status_code == 200
    # % elif field.type == "ref" and not field.null
    page = client.get({= URL =}, query_string={"{= field.attribute_camel =}": row.{= field.attribute =}})
    assert f'href="{{= URL =}}{row.id}/"' in page.text
    # % elif field.type == "m2m"
    assert client.get({= URL =}, query_string={"{= field.attribute_camel[:-1] =}": 10**6}).status_code == 200
    # % endif
    # % endfor
    # % if resource.searched
    assert "No {= resource.label_plural =} found." in client.get({= URL =}, query_string={"search": "nothing like this"}).text
    # % endif
    # % if resource.sorted_by
    # % set first = resource.listed | selectattr("name", "in", resource.sorted_by | map(attribute="name") | list) | list
    # % if first
    assert 'aria-sort="ascending"' in client.get({= URL =}, query_string={"ordering": "{= first[0].camel =}"}).text
    # % endif
    # % endif
    assert client.get({= URL =}, query_string={"page": 2, "endpoint": "x"}).status_code == 404
    assert client.get({= URL =}, query_string={"page": 10**30}).status_code in {400, 404}


def test_the_queries_of_pages_of_{= resource.plural =}_do_not_grow_with_their_number(client, {= "login, user, " if resource.private =}count_queries):
    # % if resource.private
    login(user)
    # % endif
    counts = []
    for rows in ({= [5, most(resource) | int - 1] | min =}, {= most(resource) | int - [5, most(resource) | int - 1] | min =}):
        for _ in range(rows):
            {= visible(resource) | trim =}
        with count_queries() as queries:
            client.get({= URL =})
        counts.append(len(queries))
    assert counts[0] == counts[1], queries


def test_{= resource.plural =}_are_created_changed_and_deleted(login, {= writer =}):
    client = login({= writer =})
    assert client.get(f"{{= URL =}}new/").status_code == 200
    response = client.post(f"{{= URL =}}new/", data=entered_{= snake =}({= writer if needs_user =}))
    assert response.status_code == 302, response.text
    url = response.location
    assert "The {= resource.label =} was created." in client.get(url).text
    data = entered_{= snake =}({= writer if needs_user =})
    # % for field in plain if not field.required and not field.auto
    data["{= field.name =}"] = {= entered(field) | trim =}
    # % endfor
    assert client.get(f"{url}edit/").status_code == 200
    response = client.post(f"{url}edit/", data=data)
    assert response.status_code == 302, response.text
    assert "The {= resource.label =} was changed." in client.get(url).text
    # % set exact = plain | selectattr("type", "in", ["str", "email", "url", "int", "bigint"]) | list
    # % for field in exact
    assert str(db.session.query({= name =}).one().{= field.name =}) == str(data["{= field.name =}"])
    # % endfor
    assert client.get(f"{url}delete/").status_code == 200
    assert client.post(f"{url}delete/").location == {= URL =}
    assert client.get(url).status_code == 404
# % if required


def test_the_form_of_{= a =}_{= snake =}_is_shown_again_with_its_errors(login, {= writer =}):
    client = login({= writer =})
    response = client.post(f"{{= URL =}}new/", data={})
    assert response.status_code == 422
    assert response.text.count("This field is required.") == {= required | length =}
    assert db.session.query({= name =}).count() == 0
# % endif
# % for field in plain if field.unique and field.type in ("str", "slug", "email", "url", "int", "bigint", "enum")
# % if loop.first


def test_a_duplicate_{= snake =}_is_refused(login, {= writer =}):
    taken = {= name =}Factory.create({= '%s="taken"' % field.name if field.type == "slug" or (field.type == "str" and field.length > 4) =})
    data = entered_{= snake =}({= writer ~ ", " if needs_user =}{= field.name =}=taken.{= field.name =})
    response = login({= writer =}).post(f"{{= URL =}}new/", data=data)
    assert response.status_code == 422
    assert "Another {= resource.label =} has this {= field.label =}." in response.text
# % endif
# % endfor


def test_of_two_people_who_edit_{= a =}_{= snake =}_the_second_is_told(login, {= writer =}):
    row = {= mine =}
    client, url = login({= writer =}), f"{{= URL =}}{row.id}/edit/"
    page = client.get(url).text
    opened = re.search(r'name="row_version"[^>]*value="(\w+)"', page)[1]
    data = entered_{= snake =}({= writer if needs_user =})
    # % for field in plain if not field.required and not field.auto
    data["{= field.name =}"] = {= entered(field) | trim =}
    # % endfor
    assert client.post(url, data=data | {"row_version": opened}).status_code == 302
    # % if plain or refs
    refused = client.post(url, data=data | {"row_version": opened})
    assert refused.status_code == 422
    assert "Somebody else changed this" in refused.text
    present = re.search(r'name="row_version"[^>]*value="(\w+)"', refused.text)[1]
    assert client.post(url, data=data | {"row_version": present}).status_code == 302
    # % endif


def test_who_changes_{= resource.plural =}_in_pages(client, login, {= "user, " if writer == "user" =}staff):
    row = {= own if writer == "user" else mine =}
    new, url = f"{{= URL =}}new/", f"{{= URL =}}{row.id}/"
    assert client.get(new).location == f"/accounts/login/?next={new}"
    # % if resource.private
    for address in ({= URL =}, url{= ", %s + \"choices/\"" % URL if resource.reverses =}):
        assert client.get(address).status_code == 302
    # % else
    assert "edit/" not in client.get(url).text
    # % endif
    login(UserFactory.create())
    # % if resource.access == "staff"
    assert client.get(new).status_code == 403
    # % endif
    # % if resource.private
    assert f'href="{url}"' not in client.get({= URL =}).text
    for page in ("", "edit/", "delete/"):
        assert client.get(url + page).status_code == 404
    # % else
    assert "edit/" not in client.get(url).text
    for page in ("edit/", "delete/"):
        assert client.get(url + page).status_code == 403
        assert client.post(url + page).status_code == 403
    # % endif
    # % if resource.access != "staff"
    login(user)
    assert "edit/" in client.get(url).text
    # % endif
    login(staff)
    assert "edit/" in client.get(url).text
# % if resource.reverses


def test_{= resource.plural =}_can_be_searched_for_a_form(login, user):
    row = {= visible(resource) | trim =}
    client = login(user)
    found = client.get(f"{{= URL =}}choices/").json
    assert found == {"results": [{"id": str(row.id), "label": str(row)}]}
    # % if resource.label_field
    assert client.get(f"{{= URL =}}choices/?search=nothing").json == {"results": []}
    # % endif
    # % if resource.private
    assert login(UserFactory.create()).get(f"{{= URL =}}choices/").json == {"results": []}
    # % endif
# % endif
# % for end in resource.children if end.resource.app == app.name and end.resource.access != "private"
# % if loop.first


def test_the_page_of_{= a =}_{= snake =}_shows_its_{= end.resource.plural =}(login, user):
    row = {= visible(resource) | trim =}
    child = {= end.resource.name =}Factory.create({= end.field.name =}=row)
    client = login(user)
    assert f'href="{{= end.resource.plural | upper =}}{child.id}/"' in client.get(f"{{= URL =}}{row.id}/").text
# % endif
# % endfor
# % endfor
# % set people = namespace(any=false)
# % for resource in app.resources
# % for field in resource.inputs if field.target and field.target.app == "accounts"
{%% set people.any = true %%}
# % endfor
# % endfor
# % if people.any


def test_people_can_be_searched_for_a_form(client, login, user):
    url = "/{= app.kebab =}/users/choices/"
    assert client.get(url).status_code == 302
    assert login(user).get(url).json == {"results": [{"id": str(user.id), "label": user.name}]}
# % endif
