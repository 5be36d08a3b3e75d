"""What accounts do for the rest of the project, free of HTTP."""

import hmac

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.blueprints.accounts.models import EMAIL_LENGTH, NAME_LENGTH, User
from app.core.db import db
from app.core.formats import is_email

TAKEN = "There is an account with this e-mail address."


class AccountError(ValueError):
    """An account cannot be made or changed like this; the message is for people."""


def hash_password(password: str) -> str:
    """Hash a password with argon2."""
    return _hasher().hash(password)


def find_user(email: str) -> User | None:
    """The user with an e-mail address, however it is capitalised."""
    email = email.strip().lower()
    if not is_email(email):  # some text that is none, no database takes
        return None
    return db.session.scalar(select(User).where(User.email == email))


def create_user(email: str, password: str, *, name: str = "", is_staff: bool = False) -> User:
    """Store a new user.

    Raises:
        AccountError: the address is no address, or taken; the name is too long or the password
            too weak.
    """
    if not is_email(email.strip()) or len(email.strip()) > EMAIL_LENGTH:
        raise AccountError("This is not an e-mail address.")
    if find_user(email):
        raise AccountError(TAKEN)
    user = User(email=email, name=_name(name), is_staff=is_staff)
    try:
        set_password(user, password)
    except IntegrityError as error:  # another request was faster
        db.session.rollback()
        raise AccountError(TAKEN) from error
    return user


def ensure_user(email: str, password: str, *, name: str = "", is_staff: bool = False) -> User:
    """The user with an e-mail address, made where there is none."""
    return find_user(email) or create_user(email, password, name=name, is_staff=is_staff)


def rename(user: User, name: str) -> None:
    """Give a user another name, for others to see.

    Raises:
        AccountError: it is too long.
    """
    user.name = _name(name)
    db.session.commit()


def _name(text: str) -> str:
    name = text.strip()
    if len(name) > NAME_LENGTH:
        raise AccountError(f"A name has at most {NAME_LENGTH} characters.")
    return name


def set_password(user: User, password: str) -> None:
    """Give a user another password; it ends every session of the old one.

    Raises:
        AccountError: the password is too weak.
    """
    shortest = current_app.config["PASSWORD_MIN_LENGTH"]
    if len(password) < shortest:
        raise AccountError(f"A password has at least {shortest} characters.")
    if password.isdigit():
        raise AccountError("A password is more than digits.")
    if password.strip().lower() in {user.email, user.email.partition("@")[0], user.name.lower()}:
        raise AccountError("A password is neither the name nor the e-mail address.")
    user.password_hash = hash_password(password)
    db.session.add(user)
    db.session.commit()


def authenticate(email: str, password: str) -> User | None:
    """The active user these credentials belong to, if any."""
    user = find_user(email)
    if user is None:
        hash_password(password)  # takes as long as a wrong password does
        return None
    return user if is_password(user, password) and user.is_active else None


def is_password(user: User, password: str) -> bool:
    """Tell whether this is the user's password."""
    try:
        return _hasher().verify(user.password_hash, password)
    except (InvalidHashError, VerificationError):
        return False


def user_of_session(user_id: int, stamp: str) -> User | None:
    """The active user a session belongs to, unless the password has changed since."""
    user = db.session.get(User, user_id)
    if user is None or not user.is_active:
        return None
    return user if hmac.compare_digest(user.session_stamp, stamp) else None


def _hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["PASSWORD_HASHER"])
