"""What happens once people have confirmed their address."""

from typing import Any

from flask import Flask
from flask_security import user_confirmed

from app.blueprints.accounts.models import User
from app.blueprints.accounts.tasks import send_welcome
from app.jobs import start_after_commit


@user_confirmed.connect
def welcome(_app: Flask, user: User, **_details: Any) -> None:
    start_after_commit(send_welcome, user.id)


def init_app(_app: Flask) -> None:
    """Nothing to do: importing this module connects the signal."""
