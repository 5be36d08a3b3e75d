"""The tables of {{ app.title | lower }}."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

# % for name in app.depends
from app.blueprints.{{ name }} import models as {{ name }}_models
# % endfor
from app.blueprints.accounts.models import User
from app.core.columns import Exact, Json
from app.core.db import Base
# % for resource in app.resources
# % for field in resource.m2ms
# % set other = ("to_" if field.target == resource else "") ~ field.target.snake

{{ resource.snake }}_{{ field.name }} = sa.Table(
    "{{ resource.table }}_{{ field.name }}",
    Base.metadata,
    sa.Column(
        "{{ resource.snake }}_id",
        sa.ForeignKey("{{ resource.table }}.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "{{ other }}_id",
        sa.ForeignKey("{{ field.target.table }}.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
# % endfor
# % endfor
# % for resource in app.resources


class {{ resource.name }}(Base):
    """{{ resource.label | capitalize }}."""

    __tablename__ = "{{ resource.table }}"
    # % if resource.owner
    __owner__ = "{{ resource.owner.name }}"
    # % endif
    {{ "" }}
    # % for field in resource.fields
    # % set info = field.info + (['"source": "%s"' % resource.slug_source.name] if field.type == "slug" and resource.slug_source and not field.required else [])
    # % set info = ["info={%s}" % info | join(", ")] if info else []
    # % if field.type == "ref"
    # % set later = field.target.app == app.name and app.resources.index(field.target) > app.resources.index(resource)
    {{ field.attribute }}: Mapped[{{ field.python }}] = mapped_column(
        sa.ForeignKey("{{ field.target.table }}.id", ondelete="{{ field.action }}"{{ ", use_alter=True" if later }}),
        {{ "unique=True" if field.unique else "index=True" }},
    )
    # % elif field.type == "enum"
    {{ field.name }}: Mapped[{{ field.python }}] = mapped_column(
        sa.Enum({{ field.choices | map("tojson") | join(", ") }}, name="{{ field.name }}", native_enum=False, create_constraint=True),
        {{ field.column | join(", ") }}
    )
    # % elif field.type != "m2m"
    {{ field.name }}: Mapped[{{ field.python }}] = mapped_column({{ (field.column + info) | join(", ") }})
    # % endif
    # % endfor
    # % for field in resource.refs
    # % set prefix = "" if field.target.app in (app.name, "accounts") else field.target.app ~ "_models."
    # % set inside = field.target.app == app.name
    {{ field.name }}: Mapped[{{ prefix }}{{ field.target.name }}{{ " | None" if field.null }}] = relationship(
        lambda: {{ prefix }}{{ field.target.name }},
        foreign_keys={{ field.attribute }},
        # % if field.target == resource
        remote_side=lambda: {{ resource.name }}.id,
        join_depth=1,
        post_update=True,  # a row may refer to itself
        # % endif
        # % if inside
        back_populates="{{ field.reverse }}",
        # % endif
        # % if not field.null and field.target != resource
        innerjoin=True,
        # % endif
        lazy="joined",
    )
    # % endfor
    # % for field in resource.m2ms
    # % set prefix = "" if field.target.app in (app.name, "accounts") else field.target.app ~ "_models."
    # % set other = ("to_" if field.target == resource else "") ~ field.target.snake
    {{ field.name }}: Mapped[list[{{ prefix }}{{ field.target.name }}]] = relationship(
        lambda: {{ prefix }}{{ field.target.name }},
        secondary={{ resource.snake }}_{{ field.name }},
        # % if field.target == resource
        primaryjoin=lambda: {{ resource.name }}.id == {{ resource.snake }}_{{ field.name }}.c.{{ resource.snake }}_id,
        secondaryjoin=lambda: {{ resource.name }}.id == {{ resource.snake }}_{{ field.name }}.c.{{ other }}_id,
        # % endif
        # % if field.target.app == app.name
        back_populates="{{ field.reverse }}",
        # % endif
        # % if field.target == resource
        join_depth=1,
        # % endif
        order_by=lambda: {{ prefix }}{{ field.target.name }}.id,
        lazy="selectin",
        info={"ids": "{{ field.key }}"{{ ', "blank": False' if field.required }}},
    )
    # % endfor
    # % for end in resource.reverses if end.resource.app == app.name
    {{ end.name }}: Mapped[list[{{ end.resource.name }}]] = relationship(
        lambda: {{ end.resource.name }},
        # % if end.field.type == "ref"
        foreign_keys=lambda: {{ end.resource.name }}.{{ end.field.attribute }},
        # % else
        secondary={{ end.resource.snake }}_{{ end.field.name }},
        # % if end.resource == resource
        primaryjoin=lambda: {{ resource.name }}.id == {{ resource.snake }}_{{ end.field.name }}.c.to_{{ resource.snake }}_id,
        secondaryjoin=lambda: {{ resource.name }}.id == {{ resource.snake }}_{{ end.field.name }}.c.{{ resource.snake }}_id,
        # % endif
        # % endif
        back_populates="{{ end.field.name }}",
        lazy="raise_on_sql",
        passive_deletes={{ '"all"' if end.field.type == "ref" else "True" }},
    )
    # % endfor

    def __str__(self) -> str:
        # % if not resource.label_field
        return f"{{ resource.label | capitalize }} {self.id}"
        # % elif resource.label_field.required
        return self.{{ resource.label_field.name }}
        # % else
        return self.{{ resource.label_field.name }} or f"{{ resource.label | capitalize }} {self.id}"
        # % endif
# % endfor
