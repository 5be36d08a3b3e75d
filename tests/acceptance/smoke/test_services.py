"""Real PostgreSQL and Redis; where they, or anything else, are absent: not run, never green."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scaffold.errors import Exit
from scaffold.smoke.results import CannotRun, Status
from scaffold.smoke.runtime import interpreters, servers
from scaffold.smoke.runtime.environments import Environments
from scaffold.smoke.runtime.interpreters import Interpreters
from tests.integration.smoke.runs import run, status
from tests.integration.smoke.tiny import only

SPEAK = """
import os, socket, sys
host, port = os.environ["QUEUE"].split(":")
with socket.create_connection((host, int(port)), 5) as line:
    line.sendall(b"PING\\r\\n")
    sys.exit(not line.recv(16).startswith(b"+PONG"))
"""


@pytest.mark.skipif(servers.postgres_binaries() is None, reason="PostgreSQL is not installed")
def test_a_recipe_that_calls_for_postgresql_gets_a_database_of_its_own(pack: Path) -> None:
    binaries = servers.postgres_binaries()
    script = (
        "import os, subprocess, sys; user, _, rest = os.environ['DATABASE'].partition('@');"
        "host, _, rest = rest.partition(':'); port, _, name = rest.partition('/');"
        f"sys.exit(subprocess.call(['{binaries}/psql', '-h', host, '-p', port, '-U', user, '-c',"
        " 'create table only_once (id int)', name]))"
    )
    path = pack / "smoke.toml"
    path.write_text(
        path.read_text().replace('"python", "manage.py", "migrate"', f'"python", "-c", "{script}"')
    )
    only(pack, "render", "lock", "install", "migrate")
    run_result = run(pack, first=8)
    asked = [v for v in run_result.cases if "postgres" in v.case.recipe.features]
    assert len(asked) > 1
    assert all(v.code == Exit.DONE for v in asked), [v.failed for v in asked]


def test_a_recipe_that_calls_for_redis_gets_one(pack: Path) -> None:
    if not (servers.shutil.which("redis-server") or servers.shutil.which("valkey-server")):
        pytest.skip("Redis is not installed")
    (pack / "{{cookiecutter.project_slug}}/speak.py").write_text(SPEAK.lstrip())
    path = pack / "smoke.toml"
    path.write_text(path.read_text().replace('"manage.py", "migrate"', '"speak.py"'))
    only(pack, "render", "lock", "install", "migrate")
    assert run(pack, features=("redis",), resources="none").code == Exit.DONE


def test_without_its_server_a_step_is_not_run(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "postgres_binaries", lambda: None)
    run_result = run(pack, features=("postgres",), resources="none")
    assert status(run_result, "migrate") is Status.NOT_RUN
    assert status(run_result, "drift") is Status.BLOCKED
    assert status(run_result, "tests") is Status.PASSED
    assert run_result.cases[0].not_run[0].message == "PostgreSQL is not installed"
    assert run_result.code == Exit.NOT_RUN


def test_a_server_that_does_not_start_is_not_run_with_its_reason(
    pack: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "bin/redis-server"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho out of memory\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(servers.shutil, "which", lambda _: str(fake))
    monkeypatch.setattr(servers, "unprivileged", lambda: None)
    run_result = run(pack, "migrate", features=("redis",), resources="none")
    assert run_result.cases[0].not_run[0].message == "redis-server does not start: out of memory"


def test_servers_do_not_run_as_root() -> None:
    user = servers.unprivileged()
    assert user is None or user > 0


def test_a_program_that_is_not_installed_is_not_run(pack: Path) -> None:
    path = pack / "smoke.toml"
    path.write_text(path.read_text().replace('"python", "-m", "unittest", "-q"', '"no-such-tool"'))
    run_result = run(pack, "tests", features=(), resources="none")
    assert run_result.cases[0].not_run[0].message == "no-such-tool is not installed"
    assert run_result.code == Exit.NOT_RUN


def test_without_a_docker_daemon_its_steps_are_not_run_in_the_count_too(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    path = pack / "smoke.toml"
    path.write_text(path.read_text().replace("seconds = 8", 'needs = ["docker"]', 1))
    run_result = run(pack, "tests", features=(), resources="none")
    assert status(run_result, "tests") is Status.NOT_RUN
    assert run_result.count(Status.NOT_RUN) == 1
    assert run_result.code == Exit.NOT_RUN


def test_without_a_network_locking_is_not_run_and_a_contradiction_is_a_failure(
    pack: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    monkeypatch.setenv("UV_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    project = pack / "{{cookiecutter.project_slug}}/pyproject.toml"
    text = project.read_text()
    project.write_text(text.replace("dependencies = []", 'dependencies = ["six"]'))
    away = run(pack, "install", features=(), resources="none")
    assert status(away, "lock") is Status.NOT_RUN
    assert status(away, "install") is Status.BLOCKED
    gone = "dependencies = ['six @ file:///nowhere/six-1.0-py3-none-any.whl']"
    project.write_text(text.replace("dependencies = []", gone))
    wrong = run(pack, "install", features=(), resources="none", shrink=False)
    assert status(wrong, "lock") is Status.FAILED


def test_projects_with_one_lock_share_one_environment(tmp_path: Path) -> None:
    made = []

    def sync(words: list[str], variables: Mapping[str, str]) -> tuple[int, str]:
        assert words[1] == "sync"
        made.append(Path(variables["UV_PROJECT_ENVIRONMENT"]))
        made[-1].mkdir(parents=True)
        return 0, ""

    environments = Environments(tmp_path / "environments", Interpreters(sys.executable))
    places = []
    for name, lock in {"first": "one", "second": "one", "third": "another"}.items():
        project = tmp_path / name
        project.mkdir()
        (project / "pyproject.toml").write_text('[project]\nname = "shop"\n')
        (project / "uv.lock").write_text(lock)
        places.append(environments.install(project, sync))
    first, second, third = places
    assert first == second != third
    assert made == [first, third]


def test_a_project_that_needs_a_newer_python_gets_it_or_is_not_run(
    pack: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project = pack / "{{cookiecutter.project_slug}}/pyproject.toml"
    text = project.read_text()
    project.write_text(text.replace('">=3.11"', '">=3.99"'))
    run_result = run(pack, "lock", features=(), resources="none")
    assert (
        run_result.cases[0].not_run[0].message == "it needs Python >=3.99, which is not installed"
    )
    assert run_result.code == Exit.NOT_RUN
    newer = tmp_path / "pyenv/versions/3.99.1/bin/python"
    newer.parent.mkdir(parents=True)
    newer.write_text("#!/bin/sh\necho Python 3.99.1\n")
    newer.chmod(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    interpreters._find.cache_clear()
    assert Interpreters("").for_project(">=3.99").path == str(newer)
    with pytest.raises(CannotRun, match="not the 3"):
        Interpreters(sys.executable).for_project(">=3.99")
    interpreters._find.cache_clear()
