"""A forgotten password: a link that works once, and not for long."""

import logging
from threading import Thread

from flask import Flask, current_app, g, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.blueprints.accounts.models import User
from app.blueprints.accounts.services import find_user, user_of_session
from app.core.mail import send_mail

log = logging.getLogger(__name__)
MAIL = """Somebody, hopefully you, asked for a new password.

Choose it here within {minutes} minutes:
{link}

If it was not you, there is nothing to do.
"""


def send_reset(email: str) -> None:
    """Send a link to whoever has an account with this address; nobody learns whether one exists.

    The answer does not wait for the mail server: how slow it is would tell.
    """
    user = find_user(email)
    if user and user.is_active:
        token = _serializer().dumps([user.id, user.session_stamp, user.email])
        link = url_for("registration.choose_password", token=token, _external=True)
        minutes = current_app.config["PASSWORD_RESET_TIMEOUT"] // 60
        text = MAIL.format(link=link, minutes=minutes)
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # as Flask documents
        Thread(target=_deliver, args=(app, g.request_id, user.id, user.email, text)).start()


def _deliver(app: Flask, request_id: str, user_id: int, email: str, text: str) -> None:
    with app.app_context():
        g.request_id = request_id
        try:
            send_mail(email, "Your new password", text)
        except OSError:
            log.exception("the link for user %s could not be sent", user_id)


def user_of_reset(token: str) -> User | None:
    """The user a link belongs to; a changed password or address makes it worthless."""
    try:
        user_id, stamp, email = _serializer().loads(
            token, max_age=current_app.config["PASSWORD_RESET_TIMEOUT"]
        )
    except BadSignature:
        return None
    user = user_of_session(user_id, stamp)
    return user if user and user.email == email else None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="password-reset")
