"""After each piece of ordinary work the project's own tests, checks and document hold."""

import json
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from tests.acceptance.ordinary_work.work import Work, do, read
from tests.projects import check, copy, find_project, is_flask, postgres, rendered, run
from tests.recipes import BOOKSTALL

DOCUMENT = {
    True: "from app import create_app; "
    "print(create_app().test_client().get('/api/openapi.json', base_url='http://localhost').text)",
    False: "import django; django.setup(); from django.test import Client; "
    "print(Client(headers={'host': 'localhost'}).get('/api/openapi.json').content.decode())",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every piece for the pack that was named."""
    named = metafunc.config.getoption("project")
    pack = metafunc.config.getoption("pack") or ("flask" if is_flask(Path(named)) else "django")
    if "work" in metafunc.fixturenames:
        metafunc.parametrize("work", read(pack), ids=lambda work: work.name)


@pytest.fixture
def project(
    work: Work,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """A fresh project for one piece of work."""
    if request.config.getoption("project"):
        if work.features:
            pytest.skip(f"needs a project with {', '.join(work.features)}")
        original = find_project(request.config, tmp_path_factory)
    else:
        pack = request.config.getoption("pack")
        features = (*work.features, *(["postgres"] if work.postgres else []))
        original = rendered(pack, tmp_path_factory, BOOKSTALL, features)
    fresh = copy(original, tmp_path)
    if work.installs:
        (fresh / ".venv").unlink()
    check(run(fresh, "make", "setup"))
    yield fresh
    shutil.rmtree(fresh)


def test_ordinary_work(work: Work, project: Path) -> None:
    database: Any = postgres() if work.postgres else nullcontext("")
    with database as url:
        variables = {"DATABASE_URL": url, "TEST_DATABASE_URL": url} if url else {}
        if url:
            check(run(project, "make", "migrate", **variables))
        do(work, project, variables)
        for tidy in (["check", "--fix", "--select=I"], ["format"]):
            check(run(project, "uv", "run", "--quiet", "ruff", *tidy))
        check(run(project, "make", "test", **variables))
        check(run(project, "make", "check", **variables))
        document = check(run(project, *_document(project), **variables))
    validate(json.loads(document[document.index("{") :]))


def _document(project: Path) -> tuple[str, ...]:
    settings = () if is_flask(project) else ("DJANGO_SETTINGS_MODULE=config.settings.development",)
    debug = ("FLASK_DEBUG=1",) if is_flask(project) else ()
    python = ("uv", "run", "--quiet", "python", "-c", DOCUMENT[is_flask(project)])
    return ("env", *settings, *debug, *python)
