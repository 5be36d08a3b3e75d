{%% from "names.jinja" import class, import_class with context %%}
{%% from "order.jinja" import order %%}
{%% macro user_of(resource) %%}{= "user" if (resource.refs + resource.m2ms) | rejectattr("hidden") | selectattr("target.app", "equalto", "accounts") | list =}{%% endmacro %%}
"""Demo data of {= app.title | lower =}."""

import datetime as dt
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

# % set texts = namespace(lists={}, paragraphs=false)
# % for resource in app.resources
# % for field in resource.fields if field.type in ("str", "text") and not field.hidden
# % set kind = field.faker | replace('"', "") | trim
# % set word = field.name.split("_")
# % set names = field.examples or cookiecutter._samples[kind] if field.examples or kind in cookiecutter._samples else cookiecutter._samples["thing"]
# % set list = namespace(items=[])
# % for text in names if text | length <= field.length
{%% set list.items = list.items + [text] %%}
# % endfor
# % if field.type == "text"
{%% set texts.paragraphs = true %%}
# % elif list.items and not ("number" in word or "code" in word or "sku" in word or "reference" in word)
{= resource.snake | upper =}_{= field.name | upper =} = ({%% for text in list.items %%}{= text | tojson =}, {%% endfor %%})
{%% set _ = texts.lists.update({resource.name ~ "." ~ field.name: list.items | length}) %%}
# % endif
# % endfor
# % endfor
# % if texts.paragraphs
PARAGRAPHS = ({%% for text in cookiecutter._samples["paragraph"] %%}{= text | tojson =}, {%% endfor %%})
# % endif
# % set users = namespace(any=false)
# % for resource in app.resources if user_of(resource)
{%% set users.any = true %%}
# % endfor
{= "\n" =}
def seed({= "user" if users.any else "_user" =}: User) -> str:
    """Store demo data, the user's where a row has an owner; return what it is."""
    # % if app.resources
    counts = [
        # % for name in order(app).split()
        # % for resource in app.resources if resource.name == name
        {= "(" =}seed_{= resource.plural =}({= user_of(resource) =}), "{= resource.label_plural =}"),
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
# % set rows = namespace(limit=8)
# % for field in resource.refs if field.on_delete == "cascade" and field.target.app != "accounts"
{%% set rows.limit = 20 %%}
# % endfor
# % for field in resource.fields if field.unique and not field.hidden
# % if field.type == "enum"
{%% set rows.limit = [rows.limit, field.choices | length] | min %%}
# % elif field.owner or (field.type == "ref" and field.target.app == "accounts")
{%% set rows.limit = 1 %%}
# % elif field.type in ("str", "ref")
{%% set rows.limit = [rows.limit, texts.lists[resource.name ~ "." ~ field.name] | default(8)] | min %%}
# % endif
# % endfor
# % set lists = namespace(names=[])
# % set drafts = namespace(index=-1, of=0)
# % for field in resource.fields if field.type == "enum" and "draft" in field.choices and drafts.index < 0
{%% set drafts.index = field.choices.index("draft") %%}
{%% set drafts.of = field.choices | length %%}
# % endfor


def seed_{= resource.plural =}({= "user: User" if user_of(resource) =}) -> int:
    # % for field in resource.refs + resource.m2ms if field.target.app != "accounts" and not field.hidden and (field.target.app != app.name or field.target.name in done.names) and field.target.plural not in lists.names
    {= field.target.plural =} = db.session.scalars(select({= class(field.target, app) | trim =})).all()
    {%% set lists.names = lists.names + [field.target.plural] %%}
    # % endfor
    for number in range({= rows.limit =}):
        values = {
            # % for field in resource.fields if not field.hidden and not field.auto
            # % set step = "number"
            # % set known = field.target and field.target.app != "accounts" and (field.target.app != app.name or field.target.name in done.names)
            # % if field.type == "ref" and field.target.app == "accounts"
            "{= field.attribute =}": user.id,
            # % elif field.type == "ref" and known
            "{= field.attribute =}": {= field.target.plural =}[{= "number" if field.name == resource.refs[0].name else "(number + number // 8)" =} % len({= field.target.plural =})].id,
            # % elif field.type == "m2m" and field.readonly
            # % elif field.type == "m2m" and field.target.app == "accounts"
            "{= field.key =}": [user.id],
            # % elif field.type == "m2m" and known
            "{= field.key =}": [{= field.target.plural =}[(number + step) % len({= field.target.plural =})].id for step in (0, 3)],
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
            # % elif field.type == "uuid"
            "{= field.name =}": uuid4(),
            # % elif field.type == "email"
            "{= field.name =}": f"contact-{number + 1}@example.com",
            # % elif field.type == "url"
            "{= field.name =}": f"https://example.com/{= resource.kebab =}/{= "{number + 1}" =}",
            # % elif field.type == "slug"
            "{= field.name =}": f"{= resource.snake | replace("_", "-") =}-{= "{number + 1}" =}",
            # % elif field.type == "json"
            "{= field.name =}": {"colour": "green", "size": number},
            # % elif field.type == "enum"
            "{= field.name =}": list({= resource.name =}{= field.class_name =})[number % {= field.choices | length =}],
            # % endif
            # % endfor
        }
        save_{= resource.snake =}({= resource.name =}(), values)
    return {= rows.limit =}
{%% set done.names = done.names + [resource.name] %%}
# % endfor
# % endfor
