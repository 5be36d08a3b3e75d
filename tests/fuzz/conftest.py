"""A running project whose rate limits do not end the fuzzing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.proofs import find_project, left_out, say_left_out

from tests.contract.live import served


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return left_out(config, collection_path)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    say_left_out(terminalreporter, "fuzz")


@pytest.fixture(scope="module")
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the project, with rows of its own."""
    project = find_project(request.config, tmp_path_factory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("API_RATE", "1000000/min")  # of the Django pack; Flask's API has no limit
        with served(project, tmp_path_factory.mktemp("fuzz")) as address:
            yield address
