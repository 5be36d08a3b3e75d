{%% from "names.jinja" import class, import_class with context %%}
{%% from "order.jinja" import order %%}
{%% macro people_of(resource) %%}{= "people" if (resource.refs + resource.m2ms) | rejectattr("hidden") | selectattr("to_user") | list =}{%% endmacro %%}
"""Demo data of {= app.title | lower =}."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import select

from app.blueprints.accounts.models import User
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
# % for field in resource.fields if field.type == "enum"
from app.blueprints.{= app.name =}.models import {= resource.name =}{= field.class_name =}
# % endfor
from app.blueprints.{= app.name =}.services import save_{= resource.snake =}
# % for field in resource.refs + resource.m2ms if field.target.app not in (app.name, "accounts")
{= import_class(field.target, app, "models") =}
# % endfor
# % endfor
from app.database import utc_now
from app.extensions import db

# % for resource in app.resources
# % for field in resource.fields if field.demo_list
{= field.demo_list[0] =} = ({= field.demo_list[1] | join(", ") =},)
# % endfor
# % endfor
# % set users = namespace(any=false)
# % for resource in app.resources if people_of(resource)
{%% set users.any = true %%}
# % endfor
{= "\n" =}
def seed({= "people" if users.any else "_people" =}: Sequence[User]) -> str:
    """Store demo data, with these people wherever rows refer to users; return what it is."""
    # % if app.resources
    counts = [
        # % for name in order(app).split()
        # % for resource in app.resources if resource.name == name
        {= "(" =}seed_{= resource.plural =}({= people_of(resource) =}), "{= resource.label_plural =}"),
        # % endfor
        # % endfor
    ]
    return ", ".join(f"{count} {label}" for count, label in counts)
    # % else
    return "nothing"
    # % endif
# % set done = namespace(names=[])
# % for name in order(app).split()
# % for resource in app.resources if resource.name == name
# % set lists = namespace(names=[])
# % set drafts = namespace(index=-1, of=0)
# % for field in resource.fields if field.type == "enum" and "draft" in field.choices and drafts.index < 0
{%% set drafts.index = field.choices.index("draft") %%}
{%% set drafts.of = field.choices | length %%}
# % endfor
# % set line = resource.demo_sum


def seed_{= resource.plural =}({= "people: Sequence[User]" if people_of(resource) =}) -> int:
    # % for field in resource.refs + resource.m2ms if field.target.app != "accounts" and not field.hidden and (field.target.app != app.name or field.target.name in done.names) and field.target.plural not in lists.names
    {= field.target.plural =} = db.session.scalars(select({= class(field.target, app) | trim =})).all()
    {%% set lists.names = lists.names + [field.target.plural] %%}
    # % endfor
    for number in range({= resource.demo_rows =}):
        values = {
            # % for field in resource.fields if not field.hidden and not field.auto
            # % set known = field.target and field.target.app != "accounts" and (field.target.app != app.name or field.target.name in done.names)
            # % if field.type == "ref" and field.to_user
            "{= field.attribute =}": people[{= "number" if field.unique else "number % 3 // 2" if field.private else "number % 3" =}].id,
            # % elif field.type == "ref" and known
            "{= field.attribute =}": {= field.target.plural =}[{= "number" if field.name == resource.refs[0].name or field.unique else "(number + 3 * (number // 8))" =} % len({= field.target.plural =})].id,
            # % elif field.type == "m2m" and field.readonly
            # % elif field.type == "m2m" and field.to_user
            "{= field.key =}": [person.id for person in people[: 1 + number % 3]],
            # % elif field.type == "m2m" and known
            "{= field.key =}": [{= field.target.plural =}[(number + step) % len({= field.target.plural =})].id for step in (0, 3)],
            # % elif field.type == "datetime" and field.null and drafts.of
            "{= field.name =}": None if number % {= drafts.of =} == {= drafts.index =} else {= field.demo | replace("NOW", "utc_now()") =},
            # % elif field.type == "uuid"
            "{= field.name =}": uuid4(),
            # % elif not field.target
            "{= field.name =}": {= field.demo | replace("NOW", "utc_now()") | replace("TODAY", "utc_now().date()") =},
            # % endif
            # % endfor
        }
        # % if line
        row = save_{= resource.snake =}({= resource.name =}(), values)
        row.{= line.parent.name =}.{= line.total.name =} += row.{= line.quantity.name =} * row.{= line.item.name =}.{= line.price.name =}
        # % else
        save_{= resource.snake =}({= resource.name =}(), values)
        # % endif
    return {= resource.demo_rows =}
{%% set done.names = done.names + [resource.name] %%}
# % endfor
# % endfor
