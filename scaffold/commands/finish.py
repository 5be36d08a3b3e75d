"""After a merge: install what is new; let the project's own tool write the database migration."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold import process
from scaffold.commands.existing import Project
from scaffold.commands.new import StepLog
from scaffold.process import ProcessResult
from scaffold.project.files import read_tree
from scaffold.project.journal import extend

SYNC = "uv sync"
RUN = ("run", "--quiet", "--no-sync")
# What a pack says in `_commands` of its cookiecutter.json; these are for packs that do not.
COMMANDS: Mapping[str, Mapping[str, str]] = {
    "flask": {
        "migrate": "alembic upgrade head",
        "migration_check": "alembic check",
        "migration": "alembic revision --autogenerate -m {message}",
    },
    "django": {"migration": "python manage.py makemigrations --noinput"},
}


def finish(project: Project, message: str, work: StepLog, *, migrate: bool) -> None:
    """Install what is new and write the database migration, as a part of the last step.

    Args:
        project: the project, with its new files.
        message: what the migration is for.
        work: where it is noted what could not be done.
        migrate: whether the tables may differ.
    """
    root = project.root
    before = read_tree(root)
    try:
        with work.step("install"):
            _install(project, message, work, migrate=migrate)
        if migrate and not work.steps[-1].problem and "migration" in commands_of(project):
            with work.step("migration"):
                _migrate(project, message, work)
    except KeyboardInterrupt:
        with work.step("install"):
            work.fail("interrupted", _line(what_is_left(project, message, migrate=migrate)))
    after = read_tree(root)
    written = [path for path in after if after[path] != before.get(path)]
    if python := [path for path in written if path.endswith(".py")]:  # as `make check` wants it
        process.run([process.uv(), *RUN, "ruff", "format", "--quiet", *python], root)
    if written:
        extend(root, before, written)


def what_is_left(project: Project, message: str, *, migrate: bool) -> list[str]:
    """Return what to type where `finish` does not run."""
    commands = commands_of(project)
    if not migrate or "migration" not in commands:
        return [SYNC]
    needed = ["migrate"] if "migration_check" in commands else []
    lines = [_words(commands[name], message) for name in (*needed, "migration")]
    return [SYNC, *(shlex.join(["uv", "run", *words]) for words in lines)]


def commands_of(project: Project) -> dict[str, str]:
    """Return the commands of a project's tools by name."""
    pack = project.pack
    return {**COMMANDS.get(pack.name, {}), **pack.context.get("_commands", {})}


def _install(project: Project, message: str, work: StepLog, *, migrate: bool) -> None:
    done = process.run([process.uv(), "sync", "--quiet"], project.root)
    if not done.ok:
        left = _line(what_is_left(project, message, migrate=migrate))
        work.fail(f"the dependencies could not be installed: {done.last}", left)


def _migrate(project: Project, message: str, work: StepLog) -> None:
    with TemporaryDirectory(prefix="scaffold-") as folder:
        done = _write_migration(project, message, folder)
    if not done.ok:
        left = what_is_left(project, message, migrate=True)[1:]
        work.fail(f"the database migration could not be written: {done.last}", _line(left))


def _write_migration(project: Project, message: str, folder: str) -> ProcessResult:
    """Write a migration where the tables are not as the others make them."""
    commands = commands_of(project)
    if check := commands.get("migration_check"):
        done = _run(project, commands["migrate"], folder)
        if not done.ok or (done := _run(project, check, folder)).ok:
            return done
    return _run(project, commands["migration"], folder, message)


def _run(project: Project, command: str, folder: str, message: str = "") -> ProcessResult:
    """Run a command of the project on a database of its own, wherever the user's is."""
    words = [process.uv(), *RUN, *_words(command, message)]
    database = f"sqlite:///{Path(folder, 'scratch.sqlite').as_posix()}"
    return process.run(words, project.root, {"DATABASE_URL": database})


def _words(command: str, message: str) -> list[str]:
    return [word.replace("{message}", message) for word in shlex.split(command)]


def _line(commands: list[str]) -> str:
    return " && ".join(commands)
