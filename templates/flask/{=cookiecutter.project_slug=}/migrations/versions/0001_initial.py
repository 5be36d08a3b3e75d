{%% from "order.jinja" import order %%}
"""initial

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

import app.database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_role")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_role_name")),
    )
    op.create_table(
        "accounts_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", app.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("fs_token_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", app.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", app.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_user")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_user_email")),
        sa.UniqueConstraint("fs_token_uniquifier", name=op.f("uq_accounts_user_fs_token_uniquifier")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_accounts_user_fs_uniquifier")),
    )
    op.create_table(
        "accounts_user_roles",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["accounts_role.id"], name=op.f("fk_accounts_user_roles_role_id_accounts_role"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["accounts_user.id"], name=op.f("fk_accounts_user_roles_user_id_accounts_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_accounts_user_roles")),
    )
    # % set late = namespace(keys=[])
    # % for app in cookiecutter._apps
    # % set known = namespace(names=[])
    # % for name in order(app).split()
    # % for resource in app.resources if resource.name == name
    op.create_table(
        "{= resource.table =}",
        sa.Column("id", sa.Integer(), nullable=False),
        # % for field in resource.fields
        # % if field.type == "enum"
        sa.Column("{= field.name =}", sa.Enum({= field.choices | map("tojson") | join(", ") =}, name="{= (resource.name ~ field.class_name) | lower =}", native_enum=False, create_constraint=True), {= 'server_default="%s", ' % field.choices[0] if (field.readonly or field.hidden) and not field.null =}nullable={= field.null =}),
        # % elif field.type != "m2m"
        sa.Column("{= field.attribute =}", {= field.migration =}{= field.server =}, nullable={= field.null =}),
        # % endif
        # % endfor
        sa.Column("created_at", app.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", app.database.UtcDateTime(timezone=True), nullable=False),
        # % for field in resource.fields
        # % set column = '"%s"' % field.name if field.name in cookiecutter._sql_words else field.name
        # % for limit, sign, kind in [(field.minimum, ">=", "min"), (field.maximum, "<=", "max")] if limit
        sa.CheckConstraint('{= column =} {= sign =} {= limit =}', name=op.f("ck_{= resource.table =}_{= field.name =}_{= kind =}")),
        # % endfor
        # % endfor
        # % for field in resource.refs
        # % set later = field.target.app == app.name and field.target.name not in known.names + [resource.name]
        sa.ForeignKeyConstraint(["{= field.attribute =}"], ["{= field.target.table =}.id"], name=op.f("fk_{= resource.table =}_{= field.attribute =}_{= field.target.table =}"){= ', ondelete="%s"' % field.action if field.action =}{= ", use_alter=True" if later =}),
        # % if later
        {%% set late.keys = late.keys + [(resource.table, field.attribute, field.target.table, field.action)] %%}
        # % endif
        # % endfor
        sa.PrimaryKeyConstraint("id", name=op.f("pk_{= resource.table =}")),
        # % for field in resource.fields if field.unique
        sa.UniqueConstraint("{= field.attribute =}", name=op.f("uq_{= resource.table =}_{= field.attribute =}")),
        # % endfor
    )
    # % for field in resource.fields if field.index or field.type == "ref" and not field.unique
    op.create_index(op.f("ix_{= resource.table =}_{= field.attribute =}"), "{= resource.table =}", ["{= field.attribute =}"])
    # % endfor
    {%% set known.names = known.names + [resource.name] %%}
    # % endfor
    # % endfor
    # % endfor
    # % for app in cookiecutter._apps
    # % for resource in app.resources
    # % for field in resource.m2ms
    # % set own = resource.snake ~ "_id"
    # % set other = field.target.snake ~ "_id" if field.target.snake != resource.snake else field.key[:-1]
    # % set other = "to_" ~ own if other == own else other
    # % set table = resource.table ~ "_" ~ field.name
    op.create_table(
        "{= table =}",
        sa.Column("{= own =}", sa.Integer(), nullable=False),
        sa.Column("{= other =}", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["{= own =}"], ["{= resource.table =}.id"], name=op.f("fk_{= table =}_{= own =}_{= resource.table =}"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["{= other =}"], ["{= field.target.table =}.id"], name=op.f("fk_{= table =}_{= other =}_{= field.target.table =}"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("{= own =}", "{= other =}", name=op.f("pk_{= table =}")),
    )
    op.create_index(op.f("ix_{= table =}_{= other =}"), "{= table =}", ["{= other =}"])
    # % endfor
    # % endfor
    # % endfor
    # % if late.keys
    if op.get_context().dialect.supports_alter:  # SQLite made them with their tables
        # % for table, column, target, action in late.keys
        op.create_foreign_key(op.f("fk_{= table =}_{= column =}_{= target =}"), "{= table =}", "{= target =}", ["{= column =}"], ["id"]{= ', ondelete="%s"' % action if action =})
        # % endfor
    # % endif
{= "\n" =}
def downgrade() -> None:
    # % if late.keys
    if op.get_context().dialect.supports_alter:
        # % for table, column, target, action in late.keys
        op.drop_constraint(op.f("fk_{= table =}_{= column =}_{= target =}"), "{= table =}")
        # % endfor
    # % endif
    # % for app in cookiecutter._apps | reverse
    # % for resource in app.resources | reverse
    # % for field in resource.m2ms | reverse
    op.drop_table("{= resource.table =}_{= field.name =}")
    # % endfor
    # % endfor
    # % endfor
    # % for app in cookiecutter._apps | reverse
    # % for name in order(app).split() | reverse
    # % for resource in app.resources if resource.name == name
    op.drop_table("{= resource.table =}")
    # % endfor
    # % endfor
    # % endfor
    op.drop_table("accounts_user_roles")
    op.drop_table("accounts_user")
    op.drop_table("accounts_role")
