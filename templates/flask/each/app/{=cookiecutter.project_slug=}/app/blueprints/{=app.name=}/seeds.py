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
<<<<<<< HEAD
            # % elif field.type == "str"
            # % set key = resource.name ~ "." ~ field.name
            # % if key in texts.lists
            "{= field.name =}": {= resource.snake | upper =}_{= field.name | upper =}[number{= " % " ~ texts.lists[key] if texts.lists[key] < rows.limit =}],
            # % elif field.length >= 9
            "{= field.name =}": f"{= resource.label[:2] | upper =}-{= "{1001 + number}" =}",
            # % else
            "{= field.name =}": str(number + 1)[-{= field.length =}:],
            # % endif
            # % elif field.type == "text"
            "{= field.name =}": PARAGRAPHS[number % 4],
            # % elif field.type in ("int", "bigint")
            # % if field.minimum and field.maximum
            "{= field.name =}": {= field.minimum =} + number % {= field.maximum | int - field.minimum | int + 1 =},
            # % elif field.maximum
            "{= field.name =}": {= field.maximum =} - number,
            # % elif "year" in field.name
            "{= field.name =}": 2018 + number,
            # % elif field.unique
            "{= field.name =}": {= field.minimum or 101 =} + number,
            # % else
            "{= field.name =}": {= field.minimum or 1 =} + 7 * number % 5,
            # % endif
            # % elif field.type == "float"
            "{= field.name =}": {= field.minimum ~ " + number / 10" if field.minimum else field.maximum ~ " - number / 10" if field.maximum else "1.5 + number / 2" =},
            # % elif field.type == "decimal"
            # % set scale = "%.*f" | format(field.places, 0.1 ** field.places)
            # % if field.maximum
            "{= field.name =}": Decimal("{= field.minimum or field.maximum =}") {= "+" if field.minimum else "-" =} number * Decimal("{= scale =}"),
            # % elif field.digits - field.places >= 3
            "{= field.name =}": Decimal("{= field.minimum or "%.*f" | format([field.places, 2] | min, 12.9) =}") + {= "number" if field.unique else "17 * number % 60" =},
            # % else
            "{= field.name =}": Decimal("{= field.minimum or "0" =}") + number * Decimal("{= scale =}"),
            # % endif
            # % elif field.type == "bool"
            "{= field.name =}": number % 3 == 0,
            # % elif field.type == "date"
            "{= field.name =}": utc_now().date() - dt.timedelta(days=3 * number),
            # % elif field.type == "time"
            "{= field.name =}": dt.time((9 + number) % 24, 30),
            # % elif field.type == "datetime"
            # % if field.null and drafts.of
            "{= field.name =}": None if number % {= drafts.of =} == {= drafts.index =} else utc_now() - dt.timedelta(days=number, hours=3),
            # % else
            "{= field.name =}": utc_now() - dt.timedelta(days=number, hours=3),
            # % endif
=======
            # % elif field.type == "datetime" and field.null and drafts.of
            "{= field.name =}": None if number % {= drafts.of =} == {= drafts.index =} else {= field.demo | replace("NOW", "utc_now()") =},
>>>>>>> pages
            # % elif field.type == "uuid"
            "{= field.name =}": uuid4(),
            # % elif not field.target
            "{= field.name =}": {= field.demo | replace("NOW", "utc_now()") | replace("TODAY", "utc_today()") =},
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
