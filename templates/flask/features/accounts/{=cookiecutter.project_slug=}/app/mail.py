"""Mail: how it leaves."""

from threading import Thread
from typing import Any

from flask import Flask, copy_current_request_context, current_app
from flask_mailman import Mail
from flask_security import MailUtil


class BackgroundMail(MailUtil):
    """Sends in the background: a wait or an error would tell who has an account."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        deliver = copy_current_request_context(self.deliver)
        Thread(target=deliver, args=args, kwargs=kwargs, name="mail").start()

    def deliver(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().send_mail(*args, **kwargs)
        except OSError:  # smtplib's errors too
            current_app.logger.exception("A message could not be sent")


def init_app(app: Flask) -> None:
    Mail(app)
