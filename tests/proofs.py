"""What the suites that prove generated projects share: which project, and saying so without one."""

import os
from pathlib import Path
from subprocess import CompletedProcess, run

import pytest

OPTIONS = {
    "pack": "render, install and run the recipe of the contract suite on this pack",
    "project": "run on this generated project, which has the apps of that recipe",
}
_rendered: dict[str, Path] = {}


def add_options(parser: pytest.Parser) -> None:
    """The options of every suite that runs on a generated project."""
    group = parser.getgroup("generated projects")
    for name, text in OPTIONS.items():
        group.addoption(f"--{name}", help=text)
    group.addoption("--features", default="", help="with --pack: further ones, with commas between")
    group.addoption("--python", default="", help="with --pack: the Python of the project")
    group.addoption("--base-url", help="run the contract against this server")
    group.addoption("--against", help="compare with this server, project or pack (parity tests)")
    group.addoption("--database-url", help="use this empty database instead of an SQLite file")


def chosen(config: pytest.Config) -> bool:
    """Whether there is a project to run on."""
    return any(config.getoption(name, default=None) for name in OPTIONS)


def left_out(config: pytest.Config, path: Path) -> bool | None:
    """Whether pytest shall pass a test file over; its summary says so."""
    return None if chosen(config) or not path.name.startswith("test_") else True


def say_left_out(reporter: pytest.TerminalReporter, suite: str) -> None:
    """Say that a suite did not run."""
    if not chosen(reporter.config):
        reporter.write_line(f"{suite} suite: not run; give --pack=NAME or --project=DIR")


def find_project(config: pytest.Config, factory: pytest.TempPathFactory) -> Path:
    """The project that was named, or the recipe of the contract suite rendered once a run."""
    from tests.contract.live import generate
    from tests.contract.recipes import Variant

    named = config.getoption("project", default=None)
    if named:
        return Path(str(named)).resolve()
    pack = str(config.getoption("pack"))
    if pack not in _rendered:
        features = tuple(filter(None, str(config.getoption("features")).split(",")))
        variant = Variant(features, str(config.getoption("python")))
        _rendered[pack] = generate(pack, factory.mktemp("proofs"), variant)
    return _rendered[pack]


def is_flask(project: Path) -> bool:
    """Which of the two a project is."""
    return not (project / "manage.py").exists()


def inside(project: Path, command: list[str], **variables: str) -> CompletedProcess[str]:
    """Run a command with a project's own environment, in its folder, and keep what it says."""
    from uv import find_uv_bin

    hidden = ("VIRTUAL_ENV", "PYTHONPATH", "DATABASE_URL", "SECRET_KEY")
    env = {key: value for key, value in os.environ.items() if key not in hidden}
    env |= {"PATH": os.pathsep.join([str(Path(find_uv_bin()).parent), env["PATH"]]), **variables}
    line = [find_uv_bin(), "run", "--quiet", *command]
    return run(line, cwd=project, env=env, capture_output=True, text=True, check=False)
