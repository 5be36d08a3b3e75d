"""The user."""

import hashlib

from flask import current_app
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.db import Base

EMAIL_LENGTH, NAME_LENGTH = 254, 80


class User(Base):
    """A person who can sign in by e-mail address; others see the name."""

    __tablename__ = "accounts_user"

    email: Mapped[str] = mapped_column(
        String(EMAIL_LENGTH), unique=True, info={"format": "email", "blank": False}
    )
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    password_hash: Mapped[str] = mapped_column(String(255), info={"hidden": True})
    is_staff: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)

    @validates("email")
    def _compare_in_lower_case(self, _name: str, email: str) -> str:
        return email.strip().lower()

    @property
    def staff_label(self) -> str:
        """What staff know the user by; nobody else may read it."""
        return self.email

    @property
    def session_stamp(self) -> str:
        """Changes with the password, so that a new one ends every session of the old."""
        secret = str(current_app.config["SECRET_KEY"])
        return hashlib.sha256(f"{secret}:{self.password_hash}".encode()).hexdigest()[:32]

    def __str__(self) -> str:
        return self.name or f"User {self.id}"
