"""A server, a browser before it, and the checks that hold on every page."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.proofs import find_project, left_out, say_left_out

from tests.browser.chromium import Browser
from tests.browser.tunnel import tunnel
from tests.contract.live import served


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return left_out(config, collection_path)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    say_left_out(terminalreporter, "browser")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running project, over TLS."""
    project = find_project(request.config, tmp_path_factory)
    place = tmp_path_factory.mktemp("browser")
    with served(project, place) as base, tunnel(base, place) as address:
        yield address


@pytest.fixture
def open_browser(
    site: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Browser]]:
    """Open a browser; at the end no request of it went astray and its console is clean."""
    opened: list[tuple[Browser, Path]] = []

    def start() -> Browser:
        profile = tmp_path_factory.mktemp("profile")
        opened.append((Browser(site, profile), profile))
        return opened[-1][0]

    yield start
    wrong = []
    for browser, profile in opened:
        wrong += [f"another host: {address}" for address in browser.foreign()]
        wrong += [f"console: {message}" for message in browser.complaints()]
        browser.driver.quit()
        shutil.rmtree(profile, ignore_errors=True)
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def browser(open_browser: Callable[[], Browser]) -> Browser:
    """One browser."""
    return open_browser()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, fetched by npm."""
    place = tmp_path_factory.mktemp("axe")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "axe-core@4"]
    subprocess.run([*command, "--prefix", place], check=True, capture_output=True, timeout=180)
    return (place / "node_modules/axe-core/axe.min.js").read_text()
