"""What can be done with accounts beyond Flask-Security's own pages."""

from collections.abc import Iterable

from flask_security import hash_password
from sqlalchemy import select

from app.blueprints.accounts.models import STAFF, User
from app.database import utc_now
from app.extensions import db, security


def create_user(*, email: str, name: str, password: str, staff: bool = False) -> User:
    """Store a user whose address needs no confirmation."""
    roles = [security.datastore.find_or_create_role(STAFF)] if staff else []
    password = hash_password(password)
    user: User = security.datastore.create_user(
        email=email, name=name, password=password, roles=roles, confirmed_at=utc_now()
    )
    db.session.flush()
    return user
{%% set users = namespace(refs=false, m2ms=false) %%}
# % for app in cookiecutter._apps
# % for resource in app.resources
# % for field in resource.inputs if field.target and field.target.app == "accounts"
{%% if field.type == "ref" %%}{%% set users.refs = true %%}{%% else %%}{%% set users.m2ms = true %%}{%% endif %%}
# % endfor
# % endfor
# % endfor
# % if users.refs


def find_user(user_id: int) -> User | None:
    return db.session.get(User, user_id)
# % endif
# % if users.m2ms


def users_with_ids(user_ids: Iterable[int]) -> list[User]:
    """Return the users with these ids, as many of them as exist."""
    return list(db.session.scalars(select(User).where(User.id.in_(user_ids)).order_by(User.id)))
# % endif
