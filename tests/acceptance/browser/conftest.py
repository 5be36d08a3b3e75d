"""A server, a browser before it, and what holds on every page."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.browser.chromium import Browser
from tests.acceptance.browser.tunnel import tunnel
from tests.acceptance.contract.client import Client, data, token
from tests.acceptance.contract.rows import Rows
from tests.projects import find_project, served


@pytest.fixture(scope="session")
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running project."""
    project = find_project(request.config, tmp_path_factory)
    with served(project, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def shown(base: str) -> dict[str, int]:
    """The ids of rows to look at; lists have a second page."""
    ada = Client(base, token(base, "ada@example.com"))
    rows = Rows(Client(base, token(base, "staff@example.com")))
    for number in range(25):
        status = "published" if number % 2 else "draft"
        post = rows.create("blog/posts", ada, title=f"Lighthouse {number}", status=status)
    tags = [rows.create("catalog/tags", name=name) for name in ("Home", "Paper")]
    product = rows.create("catalog/products", name="Lamp", tagIds=[tag["id"] for tag in tags])
    order = rows.create("orders/orders", ada)
    body = {"orderId": order["id"], "productId": product["id"], "quantity": 2}
    data(ada.post("/api/v1/orders/order-lines/", body), 201)
    ids = {"post": post, "product": product, "tag": tags[0], "order": order}
    return {name: row["id"] for name, row in ids.items()}


@pytest.fixture(scope="session")
def site(base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running project, over TLS."""
    with tunnel(base, tmp_path_factory.mktemp("tunnel")) as address:
        yield address


@pytest.fixture
def open_browser(
    site: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Browser]]:
    """Open a browser; in the end no request went to another host and the console is clean."""
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
    return open_browser()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, fetched by npm."""
    place = tmp_path_factory.mktemp("axe")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "axe-core@4"]
    subprocess.run([*command, "--prefix", place], check=True, capture_output=True, timeout=180)
    return (place / "node_modules/axe-core/axe.min.js").read_text()
