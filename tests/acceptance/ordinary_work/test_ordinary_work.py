"""After each piece of ordinary work the project's own tests, checks and document hold."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from tests.acceptance.contract.client import Client, data, token
from tests.acceptance.contract.rows import Rows, path
from tests.acceptance.ordinary_work.work import Work, do, read
from tests.projects import (
    check,
    copy,
    find_project,
    is_flask,
    postgres,
    rendered,
    run,
    served,
)
from tests.recipes import BOOKSTALL

PAID_AT_ONCE = 6
DOCUMENT = {
    True: "from app import create_app; "
    "print(create_app().test_client().get('/api/openapi.json', base_url='http://localhost').text)",
    False: "import django; django.setup(); from django.test import Client; "
    "print(Client(headers={'host': 'localhost'}).get('/api/openapi.json').content.decode())",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every piece for the pack that was named."""
    named = metafunc.config.getoption("project")
    pack = metafunc.config.getoption("pack") or _pack(Path(named))
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


def test_an_order_is_paid_once_at_once(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On PostgreSQL one of several payments at the same moment succeeds."""
    if request.config.getoption("project"):
        original = find_project(request.config, tmp_path_factory)
    else:
        pack = str(request.config.getoption("pack"))
        original = rendered(pack, tmp_path_factory, BOOKSTALL, ("postgres",))
    project = copy(original, tmp_path)
    (work,) = [work for work in read(_pack(project)) if work.name == "pay"]
    do(work, project, {})
    with postgres() as url, served(project, tmp_path, url, WEB_THREADS="8") as base:
        staff, ada = (Client(base, token(base, f"{name}@example.com")) for name in ("staff", "ada"))
        rows = Rows(staff)
        order, product = rows.create("orders/orders", ada), rows.create("catalog/products")
        line = {"orderId": order["id"], "productId": product["id"], "quantity": 2}
        data(ada.post("/api/v1/orders/order-lines/", line), 201)

        def pay(_number: int) -> int:
            return Client(base, ada.token).post(f"{path('orders/orders', order)}pay/").status_code

        with ThreadPoolExecutor(PAID_AT_ONCE) as pool:
            statuses = list(pool.map(pay, range(PAID_AT_ONCE)))
        assert statuses.count(200) == 1
        assert set(statuses) <= {200, 400, 422}
        paid = data(ada.get(path("orders/orders", order)))
        assert (paid["status"], paid["total"]) == ("paid", "19.00")


def _pack(project: Path) -> str:
    return "flask" if is_flask(project) else "django"
