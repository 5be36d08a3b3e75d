"""Tokens."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.blueprints.accounts.models import User
from app.core.db import Base


class Token(Base):
    """A key to an account. Only a hash of it is kept, so nobody can read it from the database."""

    __tablename__ = "auth_token"

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True, info={"hidden": True})
    stamp: Mapped[str] = mapped_column(sa.String(32), info={"hidden": True})  # of the password
    expires_at: Mapped[dt.datetime]
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("accounts_user.id", ondelete="CASCADE"), index=True
    )
    user: Mapped[User] = relationship(lambda: User, lazy="joined", innerjoin=True)

    def __str__(self) -> str:
        return f"token of {self.user.email}"
