"""After a merge: install what is new, write the database migration, run the quick checks.

The commands are the project's own; its pack names them in `_commands` of `cookiecutter.json`:

    migrate            brings a database up to date
    migration          a list of commands, the last of which writes a migration; {message} is what
                       it is for
    migrated           succeeds where the project's database has every migration
    migrate_back       takes it back; {app} is the app of a migration, {previous} the one before
    checks             a list of commands that succeed in a sound project, within seconds
    drop_app_keeps     files that the migrations of a removed app still need; {app} is its name
    drop_feature       drops the tables of an installed library; {app} is its name
"""

import ast
import shlex
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scaffold import process
from scaffold.commands.existing import Project
from scaffold.commands.steps import StepLog
from scaffold.errors import UsageError
from scaffold.model.tree import Tree
from scaffold.process import ProcessResult
from scaffold.project.files import read_tree
from scaffold.project.journal import extend

SYNC = "uv sync"
SILENT = "--noinput"  # of Django
RUN = ("run", "--quiet", "--no-sync")
FORWARD, BACK = "upgrade", "downgrade"  # Alembic runs the second only to go back
DROPS = {"drop_table", "drop_column", "DeleteModel", "RemoveField"}  # of Alembic and Django


def finish(
    project: Project, message: str, work: StepLog, *, migrate: bool, drop: bool
) -> list[str]:
    """Install what is new, write the database migration as a part of the last step, and check.

    Args:
        project: the project, with its new files.
        message: what the migration is for.
        work: where it is noted what could not be done.
        migrate: whether the tables may differ.
        drop: whether the migration may drop tables and columns.

    Returns:
        The migrations that were written.
    """
    root = project.root
    before = read_tree(root)
    try:
        with work.step("install"):
            _install(project, message, work, migrate=migrate)
        installed = not work.steps[-1].problem
        if installed and migrate and "migration" in commands_of(project):
            with work.step("migration"):
                _migrate(project, message, work, drop=drop)
    except KeyboardInterrupt:
        installed = False
        with work.step("install"):
            work.fail("interrupted", _line(what_is_left(project, message, migrate=migrate)))
    after = read_tree(root)
    written = [path for path in after if after[path] != before.get(path)]
    if python := [path for path in written if path.endswith(".py")]:  # as `make check` wants it
        process.run([process.uv(), *RUN, "ruff", "format", "--quiet", *python], root)
    if written:
        extend(root, before, written)
    if installed and commands_of(project).get("checks"):
        with work.step("check"):
            _check(project, work)
    return migrations_among(project, set(written) - set(before))


def migrations_among(project: Project, new: Iterable[str]) -> list[str]:
    """Return those of some new files that are database migrations."""
    python = (path for path in new if path.endswith(".py") and not path.endswith("/__init__.py"))
    seeded = project.pack.seeded
    return sorted(path for path in python if any(fnmatchcase(path, one) for one in seeded))


def how_to_migrate(project: Project, written: list[str]) -> list[str]:
    """Return what to say of migrations that were written."""
    if not written or "migrate" not in commands_of(project):
        return []
    return [f"to apply {', '.join(written)}: {_typed(commands_of(project)['migrate'])}"]


def what_is_left(project: Project, message: str, *, migrate: bool) -> list[str]:
    """Return what to type where `finish` does not run."""
    commands = commands_of(project)
    if not migrate or "migration" not in commands:
        return [SYNC]
    return [SYNC, *(_typed(command, message) for command in commands["migration"])]


def kept_for_migrations(project: Project, app: str) -> tuple[str, ...]:
    """Return the files without which the migrations of a removed app cannot run."""
    patterns = commands_of(project).get("drop_app_keeps", ())
    return tuple(pattern.replace("{app}", app) for pattern in patterns)


def check_droppable(project: Project, feature: str) -> None:
    """Refuse to drop the tables of a feature where only the feature's own library can.

    Raises:
        UsageError: they have to be dropped before the feature is removed; the hint says how.
    """
    command = commands_of(project).get("drop_feature", "")
    slots = project.pack.features[feature].slots
    apps = [str(name).rpartition(".")[2] for name in slots.get("installed_apps", ())]
    if command and apps:
        raise UsageError(
            f"the tables of {feature} are its libraries' own, which drop them only while installed",
            f"uv run {command.replace('{app}', 'APP')} for each of {', '.join(apps)} that has "
            f"tables, then scaffold remove feature {feature}",
        )


def commands_of(project: Project) -> dict[str, Any]:
    """Return the commands of a project's tools by name."""
    return dict(project.pack.context.get("_commands", {}))


def _install(project: Project, message: str, work: StepLog, *, migrate: bool) -> None:
    done = process.run([process.uv(), "sync", "--quiet"], project.root)
    if not done.ok:
        left = _line(what_is_left(project, message, migrate=migrate))
        work.fail(f"the dependencies could not be installed: {done.last}", left)


def _migrate(project: Project, message: str, work: StepLog, *, drop: bool) -> None:
    before = read_tree(project.root)
    with TemporaryDirectory(prefix="scaffold-") as folder:
        done = _write_migration(project, message, folder)
    left = _line(what_is_left(project, message, migrate=True)[1:])
    if not done.ok:
        work.fail(f"the database migration could not be written: {done.last}", left)
        return
    after = read_tree(project.root)
    written = [path for path in after if path not in before]
    if written and all(_is_empty(after[path].content) for path in written):
        _take_back(project.root, before, after)  # the tables are as the others make them
    elif not drop and (dropped := sorted(_dropped(after[path].content for path in written))):
        _take_back(project.root, before, after)
        named = ", ".join(dropped)
        work.fail(f"no migration was written, because it would also drop {named}", left)


def _write_migration(project: Project, message: str, folder: str) -> ProcessResult:
    """Run the commands that write a migration, up to the first that fails."""
    for command in commands_of(project)["migration"]:
        done = _run(project, command, folder, message)
        if not done.ok:
            break
    return done


def _is_empty(source: bytes) -> bool:
    """Return whether a migration does nothing on the way forward: Alembic writes such ones, too."""
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    forward = [node for node in module.body if getattr(node, "name", "") == FORWARD]
    rows = [row for node in forward for row in getattr(node, "body", [])]
    return bool(rows) and all(
        isinstance(row, ast.Pass)
        or (isinstance(row, ast.Expr) and isinstance(row.value, ast.Constant))
        for row in rows
    )


def _dropped(sources: Iterable[bytes]) -> Iterator[str]:
    """Yield what migrations drop on the way forward: the texts of each call that drops."""
    for source in sources:
        try:
            module = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        forward = [node for node in module.body if getattr(node, "name", "") != BACK]
        for node in (child for part in forward for child in ast.walk(part)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in DROPS:
                values = [*node.args, *(word.value for word in node.keywords)]
                texts = [str(one.value) for one in values if isinstance(one, ast.Constant)]
                yield ".".join(texts)


def _take_back(root: Path, before: Tree, after: Tree) -> None:
    for path in after:
        if path not in before:
            (root / path).unlink()
        elif after[path] != before[path]:
            (root / path).write_bytes(before[path].content)


def _check(project: Project, work: StepLog) -> None:
    """Run the quick checks of the project; its own database is not touched."""
    with TemporaryDirectory(prefix="scaffold-") as folder:
        for command in commands_of(project)["checks"]:
            done = _run(project, command, folder)
            if not done.ok:
                problem = f"a check of the project fails: {command}: {done.last}"
                work.fail(problem, _typed(command), failed=True)
                return


def _run(project: Project, command: str, folder: str, message: str = "") -> ProcessResult:
    """Run a command of the project on a database of its own, wherever the user's is."""
    words = [process.uv(), *RUN, *_words(command, message)]
    database = f"sqlite:///{Path(folder, 'scratch.sqlite').as_posix()}"
    return process.run(words, project.root, {"DATABASE_URL": database})


def _typed(command: str, message: str = "") -> str:
    """Return a command as a person types it, who can answer what it asks."""
    words = [word for word in _words(command, message) if word != SILENT]
    return shlex.join(["uv", "run", *words])


def _words(command: str, message: str = "") -> list[str]:
    return [word.replace("{message}", message) for word in shlex.split(command)]


def _line(commands: list[str]) -> str:
    return " && ".join(commands)
