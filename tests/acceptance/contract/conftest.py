"""The server, the people, and rows to work with."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.contract.client import Client, token
from tests.acceptance.contract.mail import Mailbox, mail_server, mail_settings
from tests.acceptance.contract.rows import Rows
from tests.projects import find_project, postgres, served


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return find_project(request.config, tmp_path_factory)


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """What the server sends."""
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server logs."""
    return tmp_path_factory.mktemp("server") / "server.log"


@pytest.fixture(scope="session")
def base(
    request: pytest.FixtureRequest, project: Path, mailbox: Mailbox, log: Path
) -> Iterator[str]:
    """The address of the server, which runs with production settings."""
    database: Any = postgres() if request.config.getoption("postgres") else nullcontext("")
    with ExitStack() as stack:
        url = stack.enter_context(database)
        settings = mail_settings(project, mailbox.port)
        yield stack.enter_context(served(project, log.parent, url, **settings))


@pytest.fixture(scope="session")
def connect(base: str) -> Iterator[Callable[[str], Client]]:
    """Return a program with a token: `connect("ada@example.com")`."""
    clients: dict[str, Client] = {}

    def connect(email: str) -> Client:
        if email not in clients:
            clients[email] = Client(base, token(base, email))
        return clients[email]

    yield connect
    for client in clients.values():
        client.session.close()


@pytest.fixture
def visitor(base: str) -> Iterator[Client]:
    """Somebody who is not signed in."""
    client = Client(base)
    yield client
    client.session.close()


@pytest.fixture(scope="session")
def ada(connect: Callable[[str], Client]) -> Client:
    """A person's program."""
    return connect("ada@example.com")


@pytest.fixture(scope="session")
def grace(connect: Callable[[str], Client]) -> Client:
    """Another person's program."""
    return connect("grace@example.com")


@pytest.fixture(scope="session")
def staff(connect: Callable[[str], Client]) -> Client:
    """A program of staff."""
    return connect("staff@example.com")


@pytest.fixture(scope="session")
def ada_at_pages(base: str) -> Iterator[Client]:
    """A person with a browser."""
    client = Client(base).sign_in("ada@example.com")
    yield client
    client.session.close()


@pytest.fixture(scope="session")
def staff_at_pages(base: str) -> Iterator[Client]:
    """Staff with a browser."""
    client = Client(base).sign_in("staff@example.com")
    yield client
    client.session.close()


@pytest.fixture(scope="session")
def rows(staff: Client) -> Rows:
    return Rows(staff)


@pytest.fixture(scope="session")
def depot(base: str) -> None:
    """Skip where a named project lacks the app with every type."""
    if Client(base).get("/api/v1/depot/shelves/").status_code == 404:
        pytest.skip("the project has no app `depot`")
