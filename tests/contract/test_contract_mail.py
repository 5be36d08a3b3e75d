"""A forgotten password, over a real SMTP server: in the clear, over TLS with a login, and away."""

import re
import socket
import ssl
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from queue import Queue

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from tests.proofs import find_project

from .client import Client, html, redirect
from .live import free_port, served

RESET = "/accounts/password/reset/"
NEW_PASSWORD = "an-other-password"
PATIENCE = 4  # seconds; mail servers are given ten
ACCOUNT = LoginPassword(b"shop", b"p@ss")


class Mailbox:
    """What an SMTP server has taken."""

    def __init__(self) -> None:
        self.mails: Queue[EmailMessage] = Queue()
        self.encrypted = False

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, aiosmtpd's name
        """Keep a mail."""
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.put(mail)
        self.encrypted = session.ssl is not None
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def plain(mailbox: Mailbox) -> Iterator[dict[str, str]]:
    """A server next door, and the settings to reach it."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield {"EMAIL_URL": f"smtp://127.0.0.1:{controller.port}"}
    controller.stop()


@pytest.fixture
def encrypted(mailbox: Mailbox, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A server that wants TLS and a password, with a certificate that the project trusts."""
    authority, trusted = trustme.CA(), tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True,
        auth_required=True, authenticator=lambda *given: AuthResult(success=given[-1] == ACCOUNT),
    )  # fmt: skip
    controller.start()
    account = "shop:p%40ss"
    url = f"smtp+tls://{account}@localhost:{controller.port}"
    yield {"EMAIL_URL": url, "SSL_CERT_FILE": str(trusted)}
    controller.stop()


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_a_link_comes_by_mail_and_gives_a_new_password(
    kind: str, mailbox: Mailbox, request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path,
) -> None:  # fmt: skip
    project = find_project(request.config, tmp_path_factory)
    settings = request.getfixturevalue(kind)
    with served(project, tmp_path, DEFAULT_FROM_EMAIL="shop@example.com", **settings) as base:
        client = Client(base)
        for name in ("nobody", "demo"):
            redirect(client.submit_types(RESET, email=f"{name}@example.com"), "/accounts/")
        mail = mailbox.mails.get(timeout=10)  # it is sent beside the answer
        assert (mail["From"], mail["To"]) == ("shop@example.com", "demo@example.com")
        assert mailbox.encrypted is (kind == "encrypted")
        [link] = re.findall(rf"https://{base.removeprefix('http://')}(/\S+)", mail.get_content())
        path = client.get(link).headers.get(
            "Location", link
        )  # Django takes the token out of the address
        redirect(client.submit_types(path, password=NEW_PASSWORD), "/accounts/")
        Client(base).sign_in("demo@example.com", NEW_PASSWORD)
        html(Client(base).get(link), 404)
        assert mailbox.mails.empty()


def test_a_server_that_is_away_tells_nobody_of_an_account(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    project = find_project(request.config, tmp_path_factory)
    with served(project, tmp_path, EMAIL_URL="smtp://127.0.0.1:1") as base:
        known, unknown = (
            redirect(Client(base).submit_types(RESET, email=f"{name}@example.com"), "/accounts/")
            for name in ("demo", "nobody")
        )
    assert known == unknown


def test_a_server_that_says_nothing_holds_up_no_answer(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    project = find_project(request.config, tmp_path_factory)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        served(project, tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{silent.getsockname()[1]}") as base,
    ):
        client = Client(base)
        started = time.monotonic()
        redirect(client.submit_types(RESET, email="demo@example.com"), "/accounts/")
        assert time.monotonic() - started < PATIENCE
        silent.settimeout(10)
        silent.accept()[0].close()  # it was asked
