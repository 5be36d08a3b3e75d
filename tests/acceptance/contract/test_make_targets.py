"""The make targets of a fresh clone."""

import shutil
from pathlib import Path

import pytest
import requests

from tests.acceptance.contract.client import Client, data
from tests.projects import PASSWORD, check, create_user, install, is_flask, run, running


@pytest.fixture(scope="module")
def clone(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git would clone, in a folder with an awkward name, set up."""
    local = shutil.ignore_patterns(".venv", ".env", "*.sqlite3*", "__pycache__", "staticfiles")
    place = tmp_path_factory.mktemp("clones") / "c# & 100%?"
    shutil.copytree(project, place, ignore=local)
    # Variables of another project must not misdirect the targets.
    foreign = {
        "DJANGO_SETTINGS_MODULE": "other.settings",
        "FLASK_APP": "other",
        "VIRTUAL_ENV": "/x",
    }
    check(run(place, "make", "setup", **foreign))
    check(run(place, "make", "test", **foreign))
    return place


def test_seeds_a_user_and_the_site(clone: Path, tmp_path: Path) -> None:
    check(run(clone, "make", "migrate"))
    check(run(clone, "make", "seed"))
    install(clone)
    with running(clone, tmp_path / "log") as base:
        posts = data(requests.get(f"{base}/api/v1/blog/posts/", timeout=10))
        assert posts["count"] >= 5
        titles = [post["title"] for post in posts["results"]]
        assert len(set(titles)) == len(titles)
        port = base.rpartition(":")[2]
        taken = run(clone, "make", "run", f"PORT={port}")
        assert taken.returncode != 0
        assert port in taken.stdout
        assert "Traceback" not in taken.stdout


def test_a_user_is_made(clone: Path, tmp_path: Path) -> None:
    create_user(clone, "pat@example.com")
    create_user(clone, "boss@example.com", staff=True)
    with running(clone, tmp_path / "log") as base:
        for email, staff in (("pat@example.com", False), ("boss@example.com", True)):
            token = Client(base).post("/api/v1/auth/token/", {"email": email, "password": PASSWORD})
            me = data(Client(base, data(token, 201)["token"]).get("/api/v1/auth/me/"))
            assert me["isStaff"] is staff


def test_migrations(clone: Path) -> None:
    models = "app/blueprints/blog/models.py" if is_flask(clone) else "apps/blog/models.py"
    text = (clone / models).read_text()
    if is_flask(clone):
        old = "    body: Mapped[str]"
        new = "    subtitle: Mapped[str | None] = mapped_column(sa.String(80))\n" + old
    else:
        old = "    body = models.TextField("
        new = '    subtitle = models.CharField(max_length=80, blank=True, default="")\n' + old
    assert old in text
    (clone / models).write_text(text.replace(old, new))
    try:
        assert run(clone, "make", "check").returncode != 0, "models without a migration pass"
        check(run(clone, "make", "migration", "m=add_subtitle"))
        check(run(clone, "uv", "run", "--quiet", "ruff", "format", "--check", "."))
        check(run(clone, "make", "migrate"))
        check(run(clone, "make", "test"))
    finally:
        (clone / models).write_text(text)


def test_check_passes(project: Path) -> None:
    """Format, lint, types, import contracts, migrations and deployment of the project as it is."""
    done = run(project, "make", "check")
    assert done.returncode == 0, done.stdout[-4000:]
