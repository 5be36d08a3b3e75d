{%% from "names.jinja" import class with context %%}
{%% set users = namespace(any=false) %%}
# % for resource in app.resources
# % for field in resource.inputs if field.target and field.target.app == "accounts"
{%% set users.any = true %%}
# % endfor
# % endfor
"""Rows that forms and filters offer: those chosen, and the first that a search finds."""

from collections.abc import Collection

from sqlalchemy import String, cast, select

from app.blueprints.accounts.models import User
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
from app.blueprints.{= app.name =}.services import visible_{= resource.plural =}
# % endfor
from app.forms import offer
# % for resource in app.resources if resource.reverses
# % set label = resource.name ~ "." ~ resource.label_field.name if resource.label_field else resource.name ~ "." ~ resource.searched[0].name if resource.searched else "cast(%s.id, String)" % resource.name
# % set query = "visible_%s(user)" % resource.plural if resource.private else "select(%s)" % resource.name


def offer_{= resource.plural =}({= "user: User, " if resource.private =}search: str = "", chosen: Collection[int | None] = ()) -> dict[str, str]:
    return offer({= query =}, {= label =}, search, chosen)
# % endfor
# % if users.any


def offer_users(search: str = "", chosen: Collection[int | None] = ()) -> dict[str, str]:
    return offer(select(User), User.name, search, chosen)
# % endif
