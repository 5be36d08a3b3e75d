{%% from "names.jinja" import class with context %%}
{%% set users = namespace(any=false) %%}
# % for resource in app.resources
# % for field in resource.inputs if field.target and field.target.app == "accounts"
{%% set users.any = true %%}
# % endfor
# % endfor
"""Rows that forms and filters offer: those chosen, and the first that a search finds."""

from collections.abc import Collection

from sqlalchemy import String, cast, or_, select

from app.blueprints.accounts.models import User
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
from app.blueprints.{= app.name =}.services import visible_{= resource.plural =}
# % endfor
from sqlalchemy.orm import lazyload

from app.extensions import db
from app.forms import CHOICES, as_choices
# % for resource in app.resources if resource.reverses
# % set label = resource.label_field
# % set name = resource.name


def offer_{= resource.plural =}(
    {= "user: User, " if resource.private =}search: str = "", chosen: Collection[int | None] = ()
) -> dict[str, str]:
    # % if label
    is_chosen, found = {= name =}.id.in_(chosen), {= name =}.{= label.name =}.icontains(search, autoescape=True)
    # % elif resource.searched
    is_chosen, found = {= name =}.id.in_(chosen), {= name =}.{= resource.searched[0].name =}.icontains(search, autoescape=True)
    # % else
    is_chosen, found = {= name =}.id.in_(chosen), cast({= name =}.id, String).contains(search, autoescape=True)
    # % endif
    query = {= "visible_%s(user)" % resource.plural if resource.private else "select(%s)" % name =}.where(or_(is_chosen, found))
    query = query.order_by(is_chosen.desc(), {= name =}.{= label.name if label else "id" =}).limit(CHOICES + len(chosen)).options(lazyload("*"))
    return as_choices(db.session.scalars(query))
# % endfor
# % if users.any


def offer_users(search: str = "", chosen: Collection[int | None] = ()) -> dict[str, str]:
    is_chosen, found = User.id.in_(chosen), User.name.icontains(search, autoescape=True)
    query = select(User).where(or_(is_chosen, found)).order_by(is_chosen.desc(), User.name)
    return as_choices(db.session.scalars(query.limit(CHOICES + len(chosen)).options(lazyload("*"))))
# % endif
