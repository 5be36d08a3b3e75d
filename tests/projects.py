"""Projects for the suites that need one: rendered or named, installed, served, stopped."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import requests
from uv import find_uv_bin

from tests.recipes import SHOP

SUITES = ("browser", "contract", "fuzz", "life", "mutation", "ordinary_work", "security")
BOOT_SECONDS = 60
FORWARDED = {  # as behind a proxy that ends TLS
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Proto": "https",
}
PASSWORD = "quiet-harbour-lantern-42"
PEOPLE = {  # address: name
    "ada@example.com": "Ada Person",
    "grace@example.com": "Grace Person",
    "lee@example.com": "Lee Person",
    "staff@example.com": "Sam Staff",
}
# The variables of other projects, and of the virtual environment that runs the suite; and what
# would make every process compile all of Django anew.
FOREIGN = (
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "FLASK_APP",
    "FLASK_DEBUG",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "SECRET_KEY",
    "UV_PROJECT_ENVIRONMENT",
    "VIRTUAL_ENV",
)
# Read before the tests move the cache of the tool.
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "uv"

FLASK_PEOPLE = """
from datetime import UTC, datetime
from flask_security import hash_password
from app import create_app

app = create_app()
with app.app_context():
    store = app.extensions["security"].datastore
    for email, name in {people}.items():
        roles = [store.find_or_create_role("staff")] if email.startswith("staff") else []
        store.create_user(
            email=email, name=name, password=hash_password({password!r}), roles=roles,
            confirmed_at=datetime.now(UTC),
        )
    store.commit()
"""
DJANGO_PEOPLE = """
import django
django.setup()
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

for email, name in {people}.items():
    staff = email.startswith("staff")
    user = get_user_model().objects.create_user(email, {password!r}, name=name, is_staff=staff)
    address = {{"email": email, "verified": True, "primary": True}}
    EmailAddress.objects.update_or_create(user=user, defaults=address)
    if staff:
        user.user_permissions.set(Permission.objects.all())
"""

_rendered: dict[tuple[str, ...], Path] = {}


def add_options(parser: pytest.Parser) -> None:
    """Add the options that name a project."""
    group = parser.getgroup("generated projects")
    group.addoption("--pack", help="render, install and use a project of this pack")
    group.addoption("--project", help="use this project, which has the apps of tests/recipes.py")
    group.addoption("--features", default="", help="with --pack: more features, comma-separated")
    group.addoption("--python", default="", help="with --pack: the Python of the project")
    group.addoption("--postgres", action="store_true", help="start PostgreSQL and serve on it")


def is_named(config: pytest.Config) -> bool:
    """Return whether there is a project to run on."""
    return bool(config.getoption("pack") or config.getoption("project"))


def find_project(config: pytest.Config, factory: pytest.TempPathFactory) -> Path:
    """Return the project that was named, or one rendered and installed once per run."""
    if named := config.getoption("project"):
        project = Path(str(named)).resolve()
        install(project)
        return project
    features = tuple(filter(None, str(config.getoption("features")).split(",")))
    python = str(config.getoption("python"))
    return rendered(str(config.getoption("pack")), factory, SHOP, features, python)


def rendered(
    pack: str,
    factory: pytest.TempPathFactory,
    apps: Mapping[str, list[str]],
    features: tuple[str, ...] = (),
    python: str = "",
) -> Path:
    """Render and install a project, once per run for the same arguments."""
    key = (pack, *apps, *features, python)
    if key not in _rendered:
        project = factory.mktemp("projects") / pack
        render_into(project, pack, apps, features)
        if python:
            (project / ".python-version").write_text(f"{python}\n")
        install(project)
        _rendered[key] = project
    return _rendered[key]


def render_into(
    project: Path, pack: str, apps: Mapping[str, list[str]], features: tuple[str, ...] = ()
) -> None:
    """Write a rendered project into a folder.

    Args:
        project: the folder.
        pack: name of the pack.
        apps: the resources of each app, in the field grammar.
        features: those beside the defaults.
    """
    from scaffold.model.recipe import Recipe, parse_apps
    from scaffold.packs.catalog import find_pack
    from scaffold.packs.pack import choose_features
    from scaffold.rendering.render import render

    found = find_pack(pack)
    chosen, _ = choose_features(found, (*found.defaults, *features))
    recipe = Recipe(
        pack=pack,
        name="Bookstall",
        slug="bookstall",
        features=chosen,
        apps=parse_apps(apps),
        pack_version=found.version,
    )
    for path, file in render(recipe).items():
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        if file.executable:
            target.chmod(0o755)


def install(project: Path) -> None:
    """Create the project's virtual environment where it has none."""
    if not (project / ".venv").is_dir():
        check(run(project, "uv", "sync", "--quiet"))


def copy(project: Path, place: Path) -> Path:
    """Copy what git keeps of a project; the copy shares the environment of the original."""
    local = shutil.ignore_patterns(".venv", ".env", "*.sqlite3*", "__pycache__", "staticfiles")
    target = Path(shutil.copytree(project, place / project.name, ignore=local))
    (target / ".venv").symlink_to((project / ".venv").resolve())
    return target


def is_flask(project: Path) -> bool:
    """Return which of the two frameworks a project uses."""
    return not (project / "manage.py").exists()


def environment(**variables: str) -> dict[str, str]:
    """Return our environment without what belongs to other projects, with uv on the path."""
    own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    own["PATH"] = os.pathsep.join([str(Path(find_uv_bin()).parent), own.get("PATH", os.defpath)])
    own.setdefault("UV_CACHE_DIR", str(CACHE))
    return own | variables


def run(project: Path, *command: str, **variables: str) -> CompletedProcess[str]:
    """Run a command in a project, with its output kept as one text."""
    return subprocess.run(
        command,
        cwd=project,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def check(done: CompletedProcess[str]) -> str:
    """Return the output of a command that succeeded.

    Raises:
        AssertionError: it failed; the message ends with its output.
    """
    command = " ".join(done.args)[:200]
    assert done.returncode == 0, f"`{command}` gave {done.returncode}:\n{done.stdout[-6000:]}"
    return done.stdout


def production(project: Path, database: str, **variables: str) -> dict[str, str]:
    """Return the variables of a production server."""
    own = {
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "TRUSTED_PROXIES": "1",
        "WEB_CONCURRENCY": "1",
    }
    if is_flask(project):
        # The suites sign in often, from one address.
        own |= {"FLASK_DEBUG": "0", "LOGIN_LIMIT": "1000 per minute"}
    else:
        own |= {
            "API_RATE": "1000000/min",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "EMAIL_URL": "consolemail://",
        }
    return own | variables


def prepare(project: Path, variables: Mapping[str, str]) -> None:
    """Migrate an empty database, collect static files and create the people of the suites."""
    check(run(project, "make", "migrate", **variables))
    if not is_flask(project):
        collect = ("uv", "run", "--quiet", "python", "manage.py", "collectstatic", "--noinput")
        check(run(project, *collect, **variables))
    script = FLASK_PEOPLE if is_flask(project) else DJANGO_PEOPLE
    script = script.format(people=PEOPLE, password=PASSWORD)
    check(run(project, "uv", "run", "--quiet", "python", "-c", script, **variables))


@contextmanager
def served(project: Path, place: Path, database: str = "", **variables: str) -> Iterator[str]:
    """Serve a project with gunicorn and production settings; yield its address.

    Args:
        project: an installed project.
        place: a folder for the database and the log.
        database: URL of an empty database; an SQLite file in `place` where none is given.
        variables: more settings.
    """
    own = production(project, database or f"sqlite:///{place / 'served.sqlite3'}", **variables)
    prepare(project, own)
    with listening(project, place / "server.log", own) as address:
        yield address


@contextmanager
def listening(project: Path, log: Path, variables: Mapping[str, str]) -> Iterator[str]:
    """Serve a prepared project; yield its address."""
    port = free_port()
    application = "wsgi:app" if is_flask(project) else "config.wsgi:application"
    gunicorn = [str(project / ".venv/bin/gunicorn"), application, "--bind", f"127.0.0.1:{port}"]
    with started(gunicorn, project, log, variables) as server:
        wait(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(project: Path, log: Path) -> Iterator[str]:
    """Run `make run`; yield the address."""
    port = free_port()
    with started(["make", "run", f"PORT={port}"], project, log, {}) as server:
        wait(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def started(
    command: list[str], project: Path, log: Path, variables: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server; in the end neither it nor a worker of it runs."""
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=project,
            env=environment(**variables),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield server
        finally:
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(server.pid, signal.SIGTERM)
                server.wait(timeout=15)
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def create_user(project: Path, email: str, *, staff: bool = False) -> None:
    """Create a user by `make user`, with the password of the suites."""
    words = ["make", "user", f"email={email}", "name=Pat", *(["staff=1"] if staff else [])]
    done = subprocess.run(
        words,
        cwd=project,
        env=environment(),
        text=True,
        input=f"{PASSWORD}\n{PASSWORD}\n",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    check(done)


def wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers.

    Raises:
        RuntimeError: it ended or does not answer; the message holds its log.
    """
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if requests.get(f"{address}/health", timeout=2, headers=FORWARDED).ok:
                return
        except (requests.ConnectionError, requests.Timeout):
            pass
        time.sleep(0.1)
    raise RuntimeError(f"no answer from {address}/health:\n{log.read_text()[-4000:]}")


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def postgres() -> Iterator[str]:
    """Start PostgreSQL with an empty database; yield its URL."""
    from scaffold.smoke.runtime.servers import Servers
    from scaffold.smoke.runtime.workdir import run_directory

    with run_directory(keep=False) as (place, token):
        (place / "servers").mkdir()
        servers = Servers(place / "servers", token)
        try:
            url = "postgresql://{user}:{password}@{host}:{port}/{database}"
            yield url.format(**servers.lease("postgres"))
        finally:
            servers.close()
