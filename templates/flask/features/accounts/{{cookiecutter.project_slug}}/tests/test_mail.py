"""Mail goes where EMAIL_URL says."""

import runpy
import smtplib
import ssl

import pytest
from environs import EnvError

from app.core.mail import send_mail
from app.settings import accounts


def test_the_console(app, monkeypatch, capsys) -> None:
    monkeypatch.setitem(app.config, "EMAIL_URL", "consolemail://")
    send_mail("ana@example.com", "Hello", "text")
    assert "Subject: Hello" in capsys.readouterr().out


def test_a_link_on_the_console_is_whole(app, monkeypatch, capsys) -> None:
    link = f"https://example.com/{'a=b' * 60}/"
    monkeypatch.setitem(app.config, "EMAIL_URL", "consolemail://")
    send_mail("ana@example.com", "Hello", f"Follow {link}, café.\n")
    assert f"Follow {link}, café." in capsys.readouterr().out


def test_an_address_of_an_unknown_kind_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "pigeon://loft.example")
    with pytest.raises(EnvError, match=r"EMAIL_URL.*smtp"):
        runpy.run_path(accounts.__file__)


def test_nowhere(app, monkeypatch, capsys, caplog) -> None:
    monkeypatch.setitem(app.config, "EMAIL_URL", "")
    send_mail("ana@example.com", "Hello", "secret")
    assert "EMAIL_URL is not set" in caplog.text
    assert "secret" not in caplog.text + capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ["connect mail.example:25", "send"]),
        (
            "smtp://ana:p%40ss@mail.example:587",
            ["connect mail.example:587", "starttls checked", "login ana p@ss", "send"],
        ),
        ("smtp+tls://mail.example", ["connect mail.example:25", "starttls checked", "send"]),
        ("smtp+ssl://ana:x@mail.example", ["connect mail.example:465 checked", "login ana x", "send"]),
    ],
)
def test_smtp(app, monkeypatch, url, expected) -> None:
    steps = []

    class Server:
        def __init__(self, host, port, context=None, **_options):
            steps.append(f"connect {host}:{port} {context or ''}".strip())

        def __enter__(self):
            return self

        def __exit__(self, *_details):
            return None

        def starttls(self, context):
            steps.append(f"starttls {context}")

        def login(self, user, password):
            steps.append(f"login {user} {password}")

        def send_message(self, _message):
            steps.append("send")

    monkeypatch.setattr(ssl, "create_default_context", lambda: "checked")
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server)
    monkeypatch.setitem(app.config, "EMAIL_URL", url)
    send_mail("ana@example.com", "Hello", "text")
    assert steps == expected
