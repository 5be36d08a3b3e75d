"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
# % if cookiecutter._apps
from sqlalchemy.dialects import postgresql
# % endif
{{ "" }}
revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = ("default",)  # what `flask db revision` goes on from
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_user")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_user_email")),
    )
    # % for app in cookiecutter._apps
    # % for resource in app.resources
    op.create_table(
        "{{ resource.table }}",
        sa.Column("id", sa.Integer(), nullable=False),
        # % for field in resource.fields
        # % if field.type == "enum"
        sa.Column("{{ field.name }}", sa.String(length={{ field.choices | map("length") | max }}), nullable={{ field.null }}),
        # % elif field.type != "m2m"
        sa.Column("{{ field.attribute }}", {{ field.migration }}, nullable={{ field.null }}),
        # % endif
        # % endfor
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_{{ resource.table }}")),
        # % for field in resource.fields
        # % if field.type == "enum"
        sa.CheckConstraint(
            "{{ field.name }} IN ('{{ field.choices | join("', '") }}')",
            name=op.f("ck_{{ resource.table }}_{{ field.name }}"),
        ),
        # % endif
        # % if field.type == "ref"
        sa.ForeignKeyConstraint(
            ["{{ field.attribute }}"],
            ["{{ field.target.table }}.id"],
            name=op.f("fk_{{ resource.table }}_{{ field.attribute }}"),
            ondelete="{{ field.action }}",
            # % if field.target.app == app.name and app.resources.index(field.target) > app.resources.index(resource)
            use_alter=True,
            # % endif
        ),
        # % endif
        # % if field.unique
        sa.UniqueConstraint(
            "{{ field.attribute }}", name=op.f("uq_{{ resource.table }}_{{ field.attribute }}")
        ),
        # % endif
        # % endfor
    )
    # % for field in resource.fields if field.index or field.type == "ref" and not field.unique
    op.create_index(
        op.f("ix_{{ resource.table }}_{{ field.attribute }}"),
        "{{ resource.table }}",
        ["{{ field.attribute }}"],
    )
    # % endfor
    # % endfor
    # % endfor
    # % for app in cookiecutter._apps
    # % for resource in app.resources
    # % for field in resource.m2ms
    op.create_table(
        "{{ resource.table }}_{{ field.name }}",
        sa.Column("{{ resource.snake }}_id", sa.Integer(), nullable=False),
        sa.Column("{{ 'to_' if field.target == resource }}{{ field.target.snake }}_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["{{ resource.snake }}_id"], ["{{ resource.table }}.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["{{ 'to_' if field.target == resource }}{{ field.target.snake }}_id"],
            ["{{ field.target.table }}.id"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("{{ resource.snake }}_id", "{{ 'to_' if field.target == resource }}{{ field.target.snake }}_id"),
    )
    op.create_index(
        None,
        "{{ resource.table }}_{{ field.name }}",
        ["{{ 'to_' if field.target == resource }}{{ field.target.snake }}_id"],
    )
    # % endfor
    # % endfor
    # % endfor
    # % for app in cookiecutter._apps
    # % for resource in app.resources
    # % for field in resource.refs
    # % if field.target.app == app.name and app.resources.index(field.target) > app.resources.index(resource)
    if op.get_context().dialect.supports_alter:
        op.create_foreign_key(
            op.f("fk_{{ resource.table }}_{{ field.attribute }}"),
            "{{ resource.table }}",
            "{{ field.target.table }}",
            ["{{ field.attribute }}"],
            ["id"],
            ondelete="{{ field.action }}",
        )
    # % endif
    # % endfor
    # % endfor
    # % endfor
{{ "\n" }}
def downgrade() -> None:
    """Drop the tables."""
    # % for app in cookiecutter._apps | reverse
    # % for resource in app.resources | reverse
    # % for field in resource.refs
    # % if field.target.app == app.name and app.resources.index(field.target) > app.resources.index(resource)
    if op.get_context().dialect.supports_alter:
        op.drop_constraint(
            op.f("fk_{{ resource.table }}_{{ field.attribute }}"), "{{ resource.table }}"
        )
    # % endif
    # % endfor
    # % endfor
    # % endfor
    # % for app in cookiecutter._apps | reverse
    # % for resource in app.resources | reverse
    # % for field in resource.m2ms
    op.drop_table("{{ resource.table }}_{{ field.name }}")
    # % endfor
    # % endfor
    # % endfor
    # % for app in cookiecutter._apps | reverse
    # % for resource in app.resources | reverse
    op.drop_table("{{ resource.table }}")
    # % endfor
    # % endfor
    op.drop_table("accounts_user")
