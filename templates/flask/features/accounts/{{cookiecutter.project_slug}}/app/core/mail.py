"""Sends mail: over SMTP, onto the console, or into memory for tests."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import click
from flask import current_app

log = logging.getLogger(__name__)


def send_mail(to: str, subject: str, text: str) -> None:
    """Send a plain text mail, to where `EMAIL_URL` says; without one nothing leaves."""
    message = EmailMessage()
    message["From"] = current_app.config["DEFAULT_FROM_EMAIL"]
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    url = urlsplit(current_app.config["EMAIL_URL"])
    if url.scheme.startswith("smtp"):
        _send(url, message)
    elif url.scheme == "consolemail":
        # as a person reads it: encoded for transport, a long link is broken over two lines
        head = "".join(f"{name}: {message[name]}\n" for name in ("From", "To", "Subject"))
        click.echo(f"{head}\n{text}")
    elif url.scheme == "memorymail":
        current_app.extensions.setdefault("outbox", []).append(message)
    else:
        log.warning("a mail was not sent: EMAIL_URL is not set")


def _send(url: SplitResult, message: EmailMessage) -> None:
    host = url.hostname or "localhost"
    secure = url.scheme == "smtp+ssl"
    server = (
        smtplib.SMTP_SSL(host, url.port or 465, timeout=10, context=ssl.create_default_context())
        if secure
        else smtplib.SMTP(host, url.port or 25, timeout=10)
    )
    with server:
        if not secure and (url.password or url.scheme == "smtp+tls"):
            # no password goes over the wire in the clear
            server.starttls(context=ssl.create_default_context())
        if url.username and url.password:
            server.login(unquote(url.username), unquote(url.password))
        server.send_message(message)
