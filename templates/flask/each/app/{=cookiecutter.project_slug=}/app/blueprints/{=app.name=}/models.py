{%% from "order.jinja" import order %%}
"""The tables of {= app.title | lower =}."""

import datetime as dt
import enum
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

# % for other in cookiecutter._apps if other.name in app.depends
# % for resource in other.resources
from app.blueprints.{= other.name =}.models import {= resource.name =}{%% if cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="name") | select("equalto", resource.name) | list | length > 1 %%} as {= other.class_name ~ resource.name =}{%% endif %%}

# % endfor
# % endfor
from app.blueprints.accounts.models import User
from app.database import Base, Timestamps, utc_now
# % set names = cookiecutter._apps | map(attribute="resources") | sum(start=[]) | map(attribute="name") | list
# % set known = namespace(names=[])
# % for name in order(app).split()
# % for resource in app.resources if resource.name == name
# % for field in resource.fields if field.type == "enum"


class {= resource.name =}{= field.class_name =}(enum.StrEnum):
    # % for choice in field.choices
    {= choice | upper | replace("-", "_") =} = "{= choice =}"
    # % endfor
# % endfor
# % for field in resource.m2ms
# % set own = resource.snake ~ "_id"
# % set other = field.target.snake ~ "_id" if field.target.snake != resource.snake else field.key[:-1]
# % set other = "to_" ~ own if other == own else other


{= resource.snake =}_{= field.name =} = sa.Table(
    "{= resource.table =}_{= field.name =}",
    Base.metadata,
    sa.Column("{= own =}", sa.ForeignKey("{= resource.table =}.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("{= other =}", sa.ForeignKey("{= field.target.table =}.id", ondelete="CASCADE"), primary_key=True, index=True),
)
# % endfor
# % set article = "An" if resource.label[0] in "aeio" else "A"


class {= resource.name =}(Timestamps, Base):
    # % if resource.access == "staff"
    """{= article =} {= resource.label =}; staff may change it."""
    # % elif resource.access == "owner"
    """{= article =} {= resource.label =}; its {= resource.owner.label =} and staff may change it."""
    # % elif resource.access == "private"
    """{= article =} {= resource.label =}; only its {= resource.owner.label =} and staff see it."""
    # % else
    """{= article =} {= resource.label =}; whoever sees the {= resource.parent.target.label =} sees and changes it."""
    # % endif
    {= "" =}
    __tablename__ = "{= resource.table =}"
    # % set checks = namespace(lines=[])
    # % for field in resource.fields if field.minimum or field.maximum
    # % set column = '"%s"' % field.name if field.name in cookiecutter._sql_words else field.name
    # % for limit, sign, kind in [(field.minimum, ">=", "min"), (field.maximum, "<=", "max")] if limit
    {%% set checks.lines = checks.lines + ["sa.CheckConstraint('%s %s %s', name=\"%s_%s\")" % (column, sign, limit, field.name, kind)] %%}
    # % endfor
    # % endfor
    # % if checks.lines
    __table_args__ = ({= checks.lines | join(", ") =},)
    # % endif
    {= "" =}
    id: Mapped[int] = mapped_column(primary_key=True)
    # % for field in resource.fields if field.type != "m2m"
    # % if field.type == "ref"
    # % set later = field.target.app == app.name and field.target.name not in known.names + [resource.name]
    {= field.attribute =}: Mapped[{= field.python =}] = mapped_column(
        sa.ForeignKey("{= field.target.table =}.id"{= ', ondelete="%s"' % field.action if field.action =}{= ", use_alter=True" if later =}), {= "unique=True" if field.unique else "index=True" =}
    )
    # % else
    # % set python = (resource.name ~ field.class_name ~ (" | None" if field.null else "")) if field.type == "enum" else field.python
    # % set given = ["default=%s%s.%s" % (resource.name, field.class_name, field.first_member), 'server_default="%s"' % field.choices[0]] if field.type == "enum" and (field.readonly or field.hidden) and not field.null else []
    # % set arguments = field.column + given
    {= field.name =}: Mapped[{= python =}]{%% if arguments %%} = mapped_column({= arguments | join(", ") =}){%% endif %%}

    # % endif
    # % endfor
    {= "" =}
    # % for field in resource.refs + resource.m2ms
    # % set later = field.target.app == app.name and field.target.name not in known.names
    # % set doubled = names | select("equalto", field.target.name) | list | length > 1
    # % set class = (field.target.app | replace("_", " ") | title | replace(" ", "") ~ field.target.name) if doubled and field.target.app != app.name else field.target.name
    # % if field.type == "ref"
    # % set back = field.target.refs | selectattr("target.table", "equalto", resource.table) | list if field.target.app != "accounts" and field.target.table != resource.table else []
    # % set same = back or resource.refs | selectattr("target.table", "equalto", field.target.table) | list | length > 1
    # % set type = class ~ (" | None" if field.null else "")
    # % set arguments = (["foreign_keys=[%s]" % field.attribute] if same else []) + (["remote_side=[id]", "join_depth=1", "post_update=True"] if field.target.table == resource.table else []) + ['lazy="joined"'] + (["innerjoin=True"] if not field.null else [])
    {= field.name =}: Mapped[{= '"%s"' % type if later else type =}] = relationship({= arguments | join(", ") =})
    # % else
    # % set own = resource.snake ~ "_id"
    # % set other = field.target.snake ~ "_id" if field.target.snake != resource.snake else field.key[:-1]
    # % set other = "to_" ~ own if other == own else other
    # % set table = resource.snake ~ "_" ~ field.name
    # % set sorting = class ~ "." ~ (field.target.label_field.name if field.target.label_field and field.target.app != "accounts" else "id")
    # % set joins = ["primaryjoin=lambda: %s.id == %s.c.%s" % (resource.name, table, own), "secondaryjoin=lambda: %s.id == %s.c.%s" % (resource.name, table, other), "join_depth=1"] if field.target.table == resource.table else []
    # % set arguments = ["secondary=" ~ table] + joins + ['lazy="selectin"', "order_by=" ~ ("lambda: " if later else "") ~ sorting]
    {= field.name =}: Mapped[list[{= '"%s"' % class if later else class =}]] = relationship({= arguments | join(", ") =})
    # % endif
    # % endfor
    {= "" =}
    def __str__(self) -> str:
        # % set label = resource.label_field
        # % if not label
        return f"{= resource.label | capitalize =} {self.id}"
        # % elif label.blank or label.null
        return self.{= label.name =} or f"{= resource.label | capitalize =} {self.id}"
        # % else
        return self.{= label.name =}
        # % endif
{%% set known.names = known.names + [resource.name] %%}
# % endfor
# % endfor
