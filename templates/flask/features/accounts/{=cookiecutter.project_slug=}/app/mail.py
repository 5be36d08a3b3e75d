"""Mail: how it leaves."""

from threading import Thread
from typing import Any

from flask import Flask, current_app
from flask_mailman import Mail
from flask_security import MailUtil

mail = Mail()


class BackgroundMail(MailUtil):
    """Sends in the background: a wait or an error would tell who has an account."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        Thread(target=self.deliver, args=(app, args, kwargs), name="mail").start()

    def deliver(self, app: Flask, args: Any, kwargs: Any) -> None:
        with app.app_context():
            try:
                super().send_mail(*args, **kwargs)
            except OSError:  # smtplib's errors too
                app.logger.exception("A message could not be sent")


def init_app(app: Flask) -> None:
    mail.init_app(app)
