"""Tables with every kind of column; no migration knows them, for only tests make them.

Relationships name classes by a function: an app may have a model of the same name.
"""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.core.columns import Exact, Json
from app.core.db import Base

TABLES = sa.MetaData(naming_convention=Base.metadata.naming_convention)
thing_tags = sa.Table(
    "specimens_thing_tags",
    TABLES,
    sa.Column(
        "thing_id", sa.ForeignKey("specimens_thing.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column(
        "kind_id",
        sa.ForeignKey("specimens_kind.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Kind(Base):
    """There are two, for there are two colours."""

    __tablename__ = "specimens_kind"
    metadata = TABLES

    name: Mapped[str] = mapped_column(sa.String(80), info={"blank": False})
    place: Mapped[str] = mapped_column(sa.String(20), info={"format": "slug", "source": "name"})
    colour: Mapped[str] = mapped_column(
        sa.Enum("red", "blue", name="colour", native_enum=False, create_constraint=True),
        unique=True,
    )

    def __str__(self) -> str:
        return self.name


class Thing(Base):
    """One value of every type, and references of every kind."""

    __tablename__ = "specimens_thing"
    __owner__ = "owner"
    __table_args__ = (sa.UniqueConstraint("owner_id", "code", "moment"),)
    metadata = TABLES

    title: Mapped[str] = mapped_column(sa.String(40), index=True, info={"blank": False})
    slug: Mapped[str] = mapped_column(
        sa.String(200), unique=True, info={"format": "slug", "source": "title"}
    )
    text: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str | None] = mapped_column(sa.Text)
    initials: Mapped[str | None] = mapped_column(sa.String(2))
    number: Mapped[int] = mapped_column(info={"blank": False})
    big: Mapped[int | None] = mapped_column(sa.BigInteger)
    ratio: Mapped[float] = mapped_column(sa.Double)
    price: Mapped[Decimal] = mapped_column(Exact(8, 2))
    open: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[bool | None] = mapped_column()
    day: Mapped[dt.date | None] = mapped_column()
    at: Mapped[dt.time | None] = mapped_column()
    moment: Mapped[dt.datetime | None] = mapped_column()
    code: Mapped[uuid.UUID | None] = mapped_column()
    mail: Mapped[str | None] = mapped_column(
        sa.String(254), info={"format": "email", "blank": False}
    )
    link: Mapped[str | None] = mapped_column(sa.String(500), info={"format": "url", "blank": False})
    more: Mapped[Any] = mapped_column(Json, nullable=True)
    state: Mapped[str] = mapped_column(
        sa.Enum("draft", "on_sale", name="state", native_enum=False, create_constraint=True),
    )
    kind_id: Mapped[int] = mapped_column(
        sa.ForeignKey("specimens_kind.id", ondelete="RESTRICT"), index=True
    )
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id, ondelete="RESTRICT"), index=True)
    part_of_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("specimens_thing.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[Kind] = relationship(
        lambda: Kind, foreign_keys=kind_id, innerjoin=True, lazy="joined"
    )
    owner: Mapped[User] = relationship(
        lambda: User, foreign_keys=owner_id, innerjoin=True, lazy="joined"
    )
    part_of: Mapped[Thing | None] = relationship(
        lambda: Thing,
        foreign_keys=part_of_id,
        remote_side=lambda: Thing.id,
        join_depth=1,
        post_update=True,  # a row may refer to itself
        lazy="joined",
    )
    tags: Mapped[list[Kind]] = relationship(
        lambda: Kind,
        secondary=thing_tags,
        order_by=lambda: Kind.id,
        lazy="selectin",
        info={"ids": "tag_ids"},
    )

    @property
    def initial(self) -> str:
        """The first letter of the title: worked out, not stored."""
        return self.title[:1]

    def __str__(self) -> str:
        return self.title


@event.listens_for(Base.metadata, "after_create")
def _create(_tables: sa.MetaData, connection: sa.Connection, **_: Any) -> None:
    TABLES.create_all(connection)
