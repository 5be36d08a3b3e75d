"""Demo users."""

from app.blueprints.accounts.services import ensure_user, find_user

USERS = {"demo@example.com": ("Dana Demo", False), "staff@example.com": ("Sam Staff", True)}
PASSWORD = "demo-password"  # noqa: S105 - it is meant to be known


def seed() -> int:
    """Add the demo users that are missing."""
    missing = [email for email in USERS if find_user(email) is None]
    for email in missing:
        name, is_staff = USERS[email]
        ensure_user(email, PASSWORD, name=name, is_staff=is_staff)
    return len(missing)
