"""An SMTP server that keeps what it is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from queue import Empty, Queue

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.projects import free_port, is_flask


class Mailbox:
    """The mails that an SMTP server has accepted."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._mails: Queue[EmailMessage] = Queue()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail; aiosmtpd calls this."""
        mail = message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        assert isinstance(mail, EmailMessage)
        self._mails.put(mail)
        return "250 OK"

    def wait_for(self, address: str) -> str:
        """Return the text of the next mail to an address."""
        while True:
            mail = self._mails.get(timeout=10)
            if str(mail["To"]).lower() == address:
                text = mail.get_body(("plain", "html"))
                assert text
                return str(text.get_content())

    def is_empty(self, seconds: float) -> bool:
        """Return whether nothing comes for some seconds."""
        try:
            self._mails.get(timeout=seconds)
        except Empty:
            return True
        return False


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run an SMTP server; yield its mailbox."""
    mailbox = Mailbox(free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def mail_settings(project: Path, port: int) -> dict[str, str]:
    """Return the variables that name an SMTP server."""
    if is_flask(project):
        return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(port), "MAIL_USE_TLS": "0"}
    return {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
