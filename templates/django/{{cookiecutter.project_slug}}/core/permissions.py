"""Who may write: the owner of a row and staff; without an owner, staff alone."""

from typing import Any

from core.models import BaseModel


def may_create(model: type[BaseModel], user: Any) -> bool:
    """Anyone signed in creates what will be theirs."""
    return bool(user.is_authenticated and (user.is_staff or model.owner_field))


def may_change(row: BaseModel, user: Any) -> bool:
    """The owner and staff change and delete."""
    if not user.is_authenticated:
        return False
    owner = getattr(row, f"{row.owner_field}_id") if row.owner_field else None
    return bool(user.is_staff or owner == user.pk)


def owned_by(model: type[BaseModel], user: Any) -> dict[str, Any]:
    """The value that makes a user the owner of a new row."""
    return {model.owner_field: user} if model.owner_field else {}
