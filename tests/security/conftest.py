"""The project that is looked into."""

from pathlib import Path

import pytest
from tests.proofs import find_project, left_out, say_left_out


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return left_out(config, collection_path)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    say_left_out(terminalreporter, "security")


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated project, installed."""
    return find_project(request.config, tmp_path_factory)
