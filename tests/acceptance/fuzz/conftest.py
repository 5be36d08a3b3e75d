"""A running project."""

from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from typing import Any

import pytest

from tests.projects import find_project, postgres, served


@pytest.fixture(scope="session")
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    project = find_project(request.config, tmp_path_factory)
    database: Any = postgres() if request.config.getoption("postgres") else nullcontext("")
    with ExitStack() as stack:
        url = stack.enter_context(database)
        yield stack.enter_context(served(project, tmp_path_factory.mktemp("fuzz"), url))
