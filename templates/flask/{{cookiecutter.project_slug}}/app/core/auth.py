"""Who is behind a request: a session cookie, or an `Authorization` header."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NoReturn, ParamSpec, Protocol, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, Unauthorized

P = ParamSpec("P")


class Account(Protocol):
    """A user, as much of it as shared code may know."""

    @property
    def id(self) -> int: ...

    @property
    def email(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def is_staff(self) -> bool: ...

    @property
    def session_stamp(self) -> str: ...


@dataclass
class Authentication:
    """How accounts are found.

    Args:
        by_session: from the id and the stamp in a session.
        by_header: from the credentials of an `Authorization` header, by its scheme.
    """

    by_session: Callable[[int, str], Account | None] = lambda _id, _stamp: None
    by_header: dict[str, Callable[[str], Account | None]] = field(default_factory=dict)


def authentication(app: Flask) -> Authentication:
    """The application's way of finding accounts; whoever owns the accounts fills it."""
    return cast(Authentication, app.extensions["authentication"])


def current_user() -> Account | None:
    """The account behind this request.

    Raises:
        Unauthorized: the `Authorization` header names nobody.
    """
    if "user" not in g:
        g.user = _identify()
    return cast(Account | None, g.user)


def _identify() -> Account | None:
    found = authentication(current_app)
    header = request.authorization
    if header and header_counts():  # then the cookie counts for nothing
        user = found.by_header[header.type](header.token or "")
        if user is None:
            g.user = None  # the error page asks again
            raise Unauthorized("The credentials are not valid, or not valid any more.")
        return user
    if "user_id" in session:
        return found.by_session(session["user_id"], session.get("stamp", ""))
    return None


def header_counts() -> bool:
    """Tell whether the `Authorization` header is of a kind that leads to accounts."""
    header = request.authorization
    return header is not None and header.type in authentication(current_app).by_header


def sign_in(user: Account) -> None:
    """Start a fresh session for a user."""
    session.clear()
    session.permanent = True
    session["user_id"] = user.id
    session["stamp"] = user.session_stamp
    g.user = user


def sign_out() -> None:
    """End the session."""
    session.clear()
    g.user = None


def refuse() -> NoReturn:
    """Refuse the request: sign in first, or not allowed."""
    raise Forbidden if current_user() else Unauthorized


def login_required(
    view: Callable[P, ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Send visitors of a page to the login, and back afterwards."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if current_user() else to_login()

    return guarded


def to_login() -> ResponseReturnValue:
    """Redirect to the login, which leads back here."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(current_app.config["LOGIN_ENDPOINT"], next=back))


def safe_target(target: str | None, default: str) -> str:
    """A place on this site to go to after the login; never another site."""
    if not target or not target.isprintable():
        return default
    if not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target


def init_app(app: Flask) -> None:
    """Prepare the application and tell templates who is signed in."""
    app.extensions["authentication"] = Authentication()

    @app.context_processor
    def tell_templates() -> dict[str, Any]:
        return {"current_user": current_user() if request else None}
