{%% from "names.jinja" import class, import_factory with context %%}
{%% from "order.jinja" import order %%}
"""Rows of {= app.title | lower =} for tests."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

from factory import LazyFunction, Sequence, SubFactory
from factory.alchemy import SQLAlchemyModelFactory

from app.blueprints.accounts.tests.factories import UserFactory
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
# % for field in resource.fields if field.type == "enum"
from app.blueprints.{= app.name =}.models import {= resource.name =}{= field.class_name =}
# % endfor
# % for field in resource.refs + resource.m2ms if field.target.app not in (app.name, "accounts")
{= import_factory(field.target, app) =}
# % endfor
# % endfor
from app.extensions import db
# % for name in order(app).split()
# % for resource in app.resources if resource.name == name


class {= resource.name =}Factory(SQLAlchemyModelFactory):
    class Meta:
        model = {= resource.name =}
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"
        # % for field in resource.fields if field.type == "enum" and field.unique and not field.null and not field.readonly and not field.hidden
        # % if loop.first
        sqlalchemy_get_or_create = ("{= field.name =}",)  # there are only so many values
        # % endif
        # % endfor
    {= "" =}
    # % for field in resource.fields
    # % set leaf = field.type == "m2m" and field.target.app != "accounts" and field.target.name != resource.name and not field.target.m2ms and not field.target.refs | rejectattr("null") | rejectattr("target.app", "equalto", "accounts") | list
    # % set needed = not field.null and not field.blank and not field.readonly and not field.hidden
    # % if needed or leaf or resource.label_field and field.name == resource.label_field.name
    # % set low = field.minimum | float if field.minimum else 0
    # % set high = field.maximum | float if field.maximum else 0
    # % set base = (field.minimum or (field.maximum if field.maximum and high <= 1 else ""))
    # % set word = resource.label | capitalize
    # % if field.type == "str"
    # % if field.length >= word | length + 6
    {= field.name =} = Sequence(lambda number: f"{= word =} {number}")
    # % elif field.length >= 4
    {= field.name =} = Sequence(lambda number: f"{number:0{= [field.length, 6] | min =}}")
    # % else
    {= field.name =} = Sequence(lambda number: chr(ord("一") + number % 20_000))
    # % endif
    # % elif field.type == "slug"
    {= field.name =} = Sequence(lambda number: f"{= resource.snake | replace("_", "-") =}-{number}")
    # % elif field.type == "text"
    {= field.name =} = "Some text."
    # % elif field.type == "email"
    {= field.name =} = Sequence(lambda number: f"{= field.name =}{number}@example.com")
    # % elif field.type == "url"
    {= field.name =} = Sequence(lambda number: f"https://example.com/{number}")
    # % elif field.type in ("int", "bigint")
    # % if field.unique
    {= field.name =} = Sequence(lambda number: {= field.minimum ~ " + " if field.minimum else (field.maximum ~ " - ") if field.maximum =}number)
    # % else
    {= field.name =} = {= field.minimum or field.maximum or 1 =}
    # % endif
    # % elif field.type == "float"
    # % if field.unique
    {= field.name =} = Sequence(lambda number: {= field.minimum ~ " + " if field.minimum else (field.maximum ~ " - ") if field.maximum =}number / 1000)
    # % else
    {= field.name =} = {= (field.minimum or field.maximum or 1.5) | float =}
    # % endif
    # % elif field.type == "decimal"
    # % set one = "1" if field.digits > field.places else "0"
    # % set start = "%.*f" | format(field.places, (field.minimum or field.maximum or one) | float)
    # % if field.unique
    {= field.name =} = Sequence(lambda number: Decimal("{= start =}") {= "-" if field.maximum and not field.minimum else "+" =} number * Decimal("{= "%.*f" | format(field.places, 0.1 ** field.places) =}"))
    # % else
    {= field.name =} = Decimal("{= start =}")
    # % endif
    # % elif field.type == "bool"
    {= field.name =} = False
    # % elif field.type == "date"
    {= field.name =} = {= "Sequence(lambda number: dt.date(2026, 1, 2) + dt.timedelta(days=number))" if field.unique else "dt.date(2026, 1, 2)" =}
    # % elif field.type == "time"
    {= field.name =} = {= "Sequence(lambda number: dt.time(3, number // 60 % 60, number % 60))" if field.unique else "dt.time(3, 4, 5)" =}
    # % elif field.type == "datetime"
    {= field.name =} = {= "Sequence(lambda number: dt.datetime(2026, 1, 2, tzinfo=dt.UTC) + dt.timedelta(minutes=number))" if field.unique else "dt.datetime(2026, 1, 2, tzinfo=dt.UTC)" =}
    # % elif field.type == "uuid"
    {= field.name =} = LazyFunction(uuid4)
    # % elif field.type == "json"
    {= field.name =} = LazyFunction(lambda: {"colour": "green"})
    # % elif field.type == "enum"
    # % if field.unique
    {= field.name =} = Sequence(lambda number: list({= resource.name =}{= field.class_name =})[number % {= field.choices | length =}])
    # % else
    {= field.name =} = {= resource.name =}{= field.class_name =}.{= field.choices[-1] | upper | replace("-", "_") =}
    # % endif
    # % elif field.type == "ref"
    {= field.name =} = SubFactory({= class(field.target, app) | trim =}Factory)
    # % else
    {= field.name =} = LazyFunction(lambda: [{= class(field.target, app) | trim =}Factory.create()])
    # % endif
    # % endif
    # % endfor
# % endfor
# % endfor
