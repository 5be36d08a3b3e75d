"""The server, the people, and rows to work with."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.proofs import find_project

from .client import PASSWORD, Client, data
from .live import generate, served
from .rows import Rows, word

OPTIONS = ("base_url", "project", "pack")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "last: locks somebody out, so it runs after all others")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Without a server to ask there is no contract to test; the summary says so."""
    compared = config.getoption("against", default=None)
    wanted = _chosen(config) and (compared or "parity" not in collection_path.name)
    if "shutdown" in collection_path.name and config.getoption("base_url", default=None):
        return True  # somebody else's server is not ours to stop
    return None if wanted or not collection_path.name.startswith("test_") else True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it where the suite was left out."""
    if not _chosen(terminalreporter.config):
        terminalreporter.write_line(
            "contract suite: not run; give --pack=NAME, --project=DIR or --base-url=URL"
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What locks the people out comes last."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def _chosen(config: pytest.Config) -> tuple[str, str] | None:
    given = [(name, config.getoption(name, default=None)) for name in OPTIONS]
    return next(((name, str(value)) for name, value in given if value), None)


@pytest.fixture(scope="session")
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chosen = _chosen(request.config)
    assert chosen, "name a server: --base-url, --project or --pack"
    database = str(request.config.getoption("database_url") or "")
    kind, value = chosen
    if kind == "pack":
        kind, value = "project", str(find_project(request.config, tmp_path_factory))
    with _server(kind, value, tmp_path_factory.mktemp("contract"), database) as address:
        yield address


@pytest.fixture(scope="session")
def other_base(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The server to compare with."""
    value = str(request.config.getoption("against"))
    kind = "base_url" if "://" in value else "project" if Path(value).is_dir() else "pack"
    with _server(kind, value, tmp_path_factory.mktemp("against")) as address:
        yield address


@contextmanager
def _server(kind: str, value: str, place: Path, database: str = "") -> Iterator[str]:
    if kind == "base_url":
        yield value
        return
    project = generate(value, place) if kind == "pack" else Path(value).resolve()
    with served(project, place, database) as address:
        yield address


@pytest.fixture
def visitor(base: str) -> Iterator[Client]:
    """Nobody in particular, without cookies."""
    client = Client(base)
    yield client
    client.close()


def _token(base: str, email: str) -> Client:
    client = Client(base)
    answer = client.post("/api/v1/auth/token/", {"email": email, "password": PASSWORD})
    client.token = data(answer, 201)["token"]
    client.session.cookies.clear()
    return client


def _person(base: str, email: str) -> Iterator[Client]:
    client = _token(base, email)
    yield client
    client.close()


@pytest.fixture(scope="session")
def demo(base: str) -> Iterator[Client]:
    """A program of an ordinary person, with a token."""
    yield from _person(base, "demo@example.com")


@pytest.fixture(scope="session")
def staff(base: str) -> Iterator[Client]:
    """A program of a member of staff, with a token."""
    yield from _person(base, "staff@example.com")


def _signed_in(base: str, email: str) -> Iterator[Client]:
    client = Client(base).sign_in(email)
    yield client
    client.close()


@pytest.fixture(scope="session")
def demo_browser(base: str) -> Iterator[Client]:
    """An ordinary person at the pages."""
    yield from _signed_in(base, "demo@example.com")


@pytest.fixture(scope="session")
def staff_browser(base: str) -> Iterator[Client]:
    """A member of staff at the pages."""
    yield from _signed_in(base, "staff@example.com")


@pytest.fixture(scope="session")
def rows(staff: Client) -> Rows:
    """Makes rows to work with."""
    return Rows(staff)


@pytest.fixture(scope="session")
def mark(rows: Rows) -> str:
    """A word in the titles of exactly five posts, numbered 0 to 4, of which two are published."""
    mark = word()
    for number in range(5):
        status = "published" if number >= 3 else "draft"
        when = f"2026-01-0{number + 1}T12:00:00Z" if number else None
        title = f"{mark} {number}"
        rows.make("blog/posts", title=title, status=status, publishedAt=when)
    return mark
