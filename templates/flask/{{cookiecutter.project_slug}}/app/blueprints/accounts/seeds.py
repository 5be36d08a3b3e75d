"""Demo users."""

from app.blueprints.accounts.services import ensure_user, find_user

USERS = {"demo@example.com": False, "staff@example.com": True}
PASSWORD = "demo-password"  # noqa: S105 - it is meant to be known


def seed() -> int:
    """Add the demo users that are missing."""
    missing = [email for email in USERS if find_user(email) is None]
    for email in missing:
        ensure_user(email, PASSWORD, is_staff=USERS[email])
    return len(missing)
