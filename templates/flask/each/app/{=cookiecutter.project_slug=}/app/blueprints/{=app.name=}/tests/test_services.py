{%% from "names.jinja" import class, var, import_class, import_factory with context %%}
{%% from "values.jinja" import most, visible with context %%}
"""What can be done with {= app.title | lower =}."""

import pytest
from werkzeug.exceptions import Forbidden, NotFound

from app.blueprints.accounts.tests.factories import UserFactory
from app.blueprints.{= app.name =} import services
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
from app.blueprints.{= app.name =}.tests.factories import {= resource.name =}Factory
# % for field in resource.filters if field.type == "enum"
from app.blueprints.{= app.name =}.models import {= resource.name =}{= field.class_name =}
# % endfor
# % for field in resource.inputs if field.target
{= import_factory(field.target, app) =}
# % endfor
# % endfor
# % for resource in app.resources
# % set name = resource.name
# % set snake = resource.snake
# % set factory = name ~ "Factory"
# % set list = "services.list_" ~ resource.plural
# % set who = "user, " if resource.private else ""
# % set label = resource.label_field


def test_{= resource.plural =}_are_found({= "user" if resource.private =}):
    row = {= visible(resource) | trim =}
    assert [found.id for found in {= list =}({= who[:-2] =}).results] == [row.id]
    # % for field in resource.searched if label and field.name == label.name
    assert {= list =}({= who =}search=row.{= field.name =}).count == 1
    # % endfor
    # % if resource.searched
    assert {= list =}({= who =}search="nothing like this").count == 0
    # % endif
    # % for field in resource.filters
    # % if field.type == "enum"
    for choice in {= name =}{= field.class_name =}:
        assert {= list =}({= who =}{= field.name =}=choice).count == (choice == row.{= field.name =})
    # % elif field.type == "bool"
    assert {= list =}({= who =}{= field.name =}=True).count == (row.{= field.name =} is True)
    # % elif field.type == "ref"
    assert {= list =}({= who =}{= field.attribute =}=10**6).count == 0
    # % if not field.null
    assert {= list =}({= who =}{= field.attribute =}=row.{= field.attribute =}).count == 1
    # % endif
    # % else
    assert {= list =}({= who =}{= field.key[:-1] =}=10**6).count == 0
    # % endif
    # % endfor
    for name in services.{= snake | upper =}_ORDERINGS:
        assert {= list =}({= who =}ordering=[name, "unknown"]).count == 1
    with pytest.raises(NotFound):
        {= list =}({= who =}page=2)


def test_the_queries_of_{= resource.plural =}_do_not_grow_with_their_number(count_queries{= ", user" if resource.private =}):
    counts = []
    for rows in ({= [5, most(resource) | int - 1] | min =}, {= most(resource) | int - [5, most(resource) | int - 1] | min =}):
        for _ in range(rows):
            {= visible(resource) | trim =}
        with count_queries() as queries:
            for row in {= list =}({= who =}page_size=100).results:
                str(row)
                # % for field in resource.refs + resource.m2ms
                str(row.{= field.name =})
                # % endfor
        counts.append(len(queries))
    assert counts[0] == counts[1], queries


def test_{= snake =}_is_saved_and_deleted({= "user" if resource.access != "staff" else "" =}{= ", staff" if resource.access != "staff" =}):
    # % if resource.access == "owner"
    row = {= factory =}.create({= resource.owner.name =}=user)
    # % else
    row = {= visible(resource) | trim =}
    # % endif
    # % if resource.access == "staff"
    row = services.get_{= snake =}_to_change(row.id)
    # % else
    assert services.get_{= snake =}_to_change(row.id, staff) is row
    row = services.get_{= snake =}_to_change(row.id, user)
    with pytest.raises({= "Forbidden" if resource.access == "owner" else "NotFound" =}):
        services.get_{= snake =}_to_change(row.id, UserFactory.create())
    # % endif
    # % for field in resource.inputs if field.type == "m2m"
    {= field.name =} = [{= visible(field.target) | trim =}]
    services.save_{= snake =}(row, {"{= field.key =}": [{= field.name =}[0].id]})
    assert row.{= field.name =} == {= field.name =}
    # % endfor
    # % if resource.slug and resource.slug.auto
    services.save_{= snake =}(row, {"{= resource.slug_source.name =}": {= "A new name"[:resource.slug_source.length] | trim | tojson =}, "{= resource.slug.name =}": ""})
    assert row.{= resource.slug.name =} == "{= "a-new-name"[:resource.slug_source.length] | trim =}"
    # % if resource.slug.unique and not resource.slug_source.unique
    other = {= visible(resource) | trim =}
    services.save_{= snake =}(other, {"{= resource.slug_source.name =}": row.{= resource.slug_source.name =}, "{= resource.slug.name =}": ""})
    assert other.{= resource.slug.name =} == f"{row.{= resource.slug.name =}}-2"
    # % endif
    # % endif
    # % set plain = resource.inputs | rejectattr("target") | list
    # % if plain
    services.save_{= snake =}(row, {"{= plain[0].name =}": row.{= plain[0].name =}})
    # % endif
    services.delete_{= snake =}(row)
    assert services.find_{= snake =}(row.id{= ", user" if resource.private =}) is None
    with pytest.raises(NotFound):
        services.get_{= snake =}(row.id{= ", user" if resource.private =})
# % if resource.private


def test_{= resource.plural =}_are_seen_by_their_owner_and_staff(user, staff):
    row = {= visible(resource) | trim =}
    assert services.find_{= snake =}(row.id, user) is row
    assert services.find_{= snake =}(row.id, staff) is row
    assert services.find_{= snake =}(row.id, UserFactory.create()) is None
    assert services.list_{= resource.plural =}(UserFactory.create()).count == 0
# % endif
# % if label and (label.null or label.blank) or not label


def test_{= snake =}_without_a_name_has_a_number():
    row = {= factory =}.create({= label.name ~ ('=None' if label.null else '=""') if label =})
    assert str(row) == f"{= resource.label | capitalize =} {row.id}"
# % endif
# % endfor
