{%% from "names.jinja" import var, article, class, import_class, owned, import_parents, function, import_function with context %%}
"""What can be done with {= app.title | lower =}; other blueprints come in through here too."""

from collections.abc import Iterable
from typing import Any

from flask import abort
from slugify import slugify
from sqlalchemy import Select, or_, select

from app.blueprints.accounts.models import User
# % for resource in app.resources
from app.blueprints.{= app.name =}.models import {= resource.name =}
# % for field in resource.filters if field.type == "enum"
from app.blueprints.{= app.name =}.models import {= resource.name =}{= field.class_name =}
# % endfor
{= import_parents(resource, app) =}
# % for field in resource.m2ms if not (field.readonly or field.hidden)
# % if field.target.app != app.name
{= import_function(field.target.plural ~ "_with_ids", field.target, app, "services") =}
# % endif
# % endfor
# % endfor
from app.extensions import db
from app.pagination import Paginated, orderings, paginate

# % for resource in app.resources
{= resource.snake | upper =}_ORDERINGS = orderings({{%% for field in resource.sorted_by %%}"{= field.camel =}": {= resource.name =}.{= field.name =}, {%% endfor %%}})
# % endfor
# % for resource in app.resources
# % set name = resource.name
# % set row = var(resource)
# % set private = resource.private
# % set linked = resource.reverses | selectattr("field.type", "equalto", "m2m") | rejectattr("field.readonly") | rejectattr("field.hidden") | list
# % set inputs = resource.m2ms | rejectattr("readonly") | rejectattr("hidden") | list
# % set slug = resource.slug
# % if private


def visible_{= resource.plural =}(user: User) -> Select[{= name =}]:
    # % if resource.access == "private"
    """Select what the user may see: their own {= resource.label_plural =}; staff see all."""
    # % else
    """Select the {= resource.label_plural =} of the {= resource.parent.target.label_plural =} that the user may see."""
    # % endif
    query = select({= name =})
    return query if user.is_staff else query.where({= owned(resource, app, name) =})
# % endif


def list_{= resource.plural =}(
    # % if private
    user: User,
    # % endif
    *,
    page: int = 1,
    page_size: int = 20,
    # % if resource.searched
    search: str = "",
    # % endif
    ordering: Iterable[str] = (),
    # % for field in resource.filters
    # % if field.type == "enum"
    {= field.name =}: {= name =}{= field.class_name =} | None = None,
    # % elif field.type == "m2m"
    {= field.key[:-1] =}: int | None = None,
    # % else
    {= field.attribute =}: {= field.filter =} | None = None,
    # % endif
    # % endfor
) -> Paginated[{= name =}]:
    query = {= "visible_%s(user)" % resource.plural if private else "select(%s)" % name =}
    # % if resource.searched | length == 1
    if search:
        query = query.where({= name =}.{= resource.searched[0].name =}.icontains(search, autoescape=True))
    # % elif resource.searched
    if search:
        columns = ({%% for field in resource.searched %%}{= name =}.{= field.name =}, {%% endfor %%})
        query = query.where(or_(*(text.icontains(search, autoescape=True) for text in columns)))
    # % endif
    # % for field in resource.filters
    # % if field.type == "m2m"
    if {= field.key[:-1] =} is not None:
        query = query.where({= name =}.{= field.name =}.any(id={= field.key[:-1] =}))
    # % else
    if {= field.attribute =} is not None:
        query = query.where({= name =}.{= field.attribute =} == {= field.attribute =})
    # % endif
    # % endfor
    known = ({= resource.snake | upper =}_ORDERINGS[name] for name in ordering if name in {= resource.snake | upper =}_ORDERINGS)
    return paginate(query.order_by(*known, {= name =}.id.desc()), page, page_size)


def find_{= resource.snake =}({= resource.snake =}_id: int{= ", user: User" if private =}) -> {= name =} | None:
    # % if private
    """Return the {= resource.label =}, or None if the user may not see it."""
    return db.session.scalar(visible_{= resource.plural =}(user).where({= name =}.id == {= resource.snake =}_id))
    # % else
    return db.session.get({= name =}, {= resource.snake =}_id)
    # % endif


def get_{= resource.snake =}({= resource.snake =}_id: int{= ", user: User" if private =}) -> {= name =}:
    return find_{= resource.snake =}({= resource.snake =}_id{= ", user" if private =}) or abort(404)


# % if private
def get_{= resource.snake =}_to_change({= resource.snake =}_id: int, user: User) -> {= name =}:
    """Return the {= resource.label =}, locked until the commit: of two edits, one waits."""
    query = visible_{= resource.plural =}(user).where({= name =}.id == {= resource.snake =}_id)
    return db.session.scalar(query.with_for_update(of={= name =})) or abort(404)
# % elif resource.access == "owner"
def get_{= resource.snake =}_to_change({= resource.snake =}_id: int, user: User) -> {= name =}:
    """Return the {= resource.label =}, locked until the commit: of two edits, one waits."""
    {= row =} = db.get_or_abort({= name =}, {= resource.snake =}_id, get_kwargs={"with_for_update": {"of": {= name =}}})
    if not may_change_{= resource.snake =}(user, {= row =}):
        abort(403)
    return {= row =}


def may_change_{= resource.snake =}(user: User, {= row =}: {= name =}) -> bool:
    """Allow the {= resource.owner.label =} and staff."""
    return user.is_authenticated and (user.id == {= row =}.{= resource.owner.attribute =} or user.is_staff)
# % else
def get_{= resource.snake =}_to_change({= resource.snake =}_id: int) -> {= name =}:
    """Return the {= resource.label =}, locked until the commit: of two edits, one waits."""
    return db.get_or_abort({= name =}, {= resource.snake =}_id, get_kwargs={"with_for_update": {"of": {= name =}}})
# % endif


def save_{= resource.snake =}({= row =}: {= name =}, values: dict[str, Any]) -> {= name =}:
    # % if slug and slug.auto
    """Store a new or changed {= resource.label =}; make an empty slug from the {= resource.slug_source.label =}."""
    # % elif inputs
    """Store a new or changed {= resource.label =}{= "; `%s` become its %s" % (inputs[0].key, inputs[0].label) =}."""
    # % endif
    for name, value in values.items():
        # % if inputs
        # % for field in inputs
        {= "if" if loop.first else "elif" =} name == "{= field.key =}":
            {= row =}.{= field.name =} = {= function(field.target.plural ~ "_with_ids", field.target, app) | trim =}(value)
        # % endfor
        else:
            setattr({= row =}, name, value)
        # % else
        setattr({= row =}, name, value)
        # % endif
    # % if slug and slug.auto
    if not {= row =}.{= slug.name =}:
        # % set text = row ~ "." ~ resource.slug_source.name ~ (' or ""' if resource.slug_source.null else "")
        # % if slug.unique
        {= row =}.{= slug.name =} = free_{= resource.snake =}_slug({= text =})
        # % else
        {= row =}.{= slug.name =} = slugify({= text =}, max_length=200) or "{= resource.kebab =}"
        # % endif
    # % endif
    db.session.add({= row =})
    db.session.flush()
    return {= row =}


def delete_{= resource.snake =}({= row =}: {= name =}) -> None:
    # % if resource.children
    """Delete the {= resource.label =}; the database deletes its {= resource.children | map(attribute="resource.label_plural") | unique | join(" and ") =}."""
    # % endif
    db.session.delete({= row =})
    db.session.flush()
# % if linked


def {= resource.plural =}_with_ids({= resource.snake =}_ids: Iterable[int]) -> list[{= name =}]:
    """Return the {= resource.label_plural =} with these ids, as many of them as exist."""
    query = select({= name =}).where({= name =}.id.in_({= resource.snake =}_ids))
    return list(db.session.scalars(query.order_by({= name =}.id)))
# % endif
# % if slug and slug.auto and slug.unique


def free_{= resource.snake =}_slug(text: str) -> str:
    """Return a text as a slug that no {= resource.label =} has yet."""
    slug = base = slugify(text, max_length=190) or "{= resource.snake | replace("_", "-") =}"
    number = 2
    while db.session.scalar(select({= name =}.id).where({= name =}.{= slug.name =} == slug)) is not None:
        slug, number = f"{base}-{number}", number + 1
    return slug
# % endif
# % endfor
