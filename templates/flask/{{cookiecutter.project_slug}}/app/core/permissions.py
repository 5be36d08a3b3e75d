"""Who may write: the owner of a row and staff; without an owner, staff alone."""

from app.core.auth import Account
from app.core.db import Base


class Policy:
    """The rule of the whole project; a resource may be given a subclass of it."""

    def may_create(self, model: type[Base], user: Account) -> bool:
        """Anyone signed in creates what will be theirs."""
        return user.is_staff or model.__owner__ is not None

    def may_change(self, record: Base, user: Account) -> bool:
        """The owner and staff change and delete."""
        return user.is_staff or owner_id(record) == user.id


def owner_key(model: type[Base]) -> str | None:
    """The attribute that holds the owner's id."""
    return f"{model.__owner__}_id" if model.__owner__ else None


def owner_id(record: Base) -> int | None:
    """The id of the record's owner."""
    key = owner_key(type(record))
    return getattr(record, key) if key else None
