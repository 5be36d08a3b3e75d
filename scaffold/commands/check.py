"""`scaffold check`: the layout of a project, whoever made it."""

from pathlib import Path

from scaffold import git
from scaffold.checks import CheckResult, Project, run_rules
from scaffold.errors import Exit, ScaffoldError
from scaffold.project.staging import STATE_FILE

FRAMEWORKS = ("flask", "django")


def check(path: Path | None) -> CheckResult:
    """Check the layout of a project of Flask or Django; read its source and run nothing.

    Args:
        path: its directory; without one, the scaffold project around the current directory, or
            the current directory itself.

    Raises:
        ScaffoldError: there is no such directory, or nothing in it to check (exit code 8).
    """
    root = path or project_around(Path.cwd())
    project = Project(root)
    if not any(project.uses(name) for name in FRAMEWORKS) and not project.unreadable:
        raise ScaffoldError(
            f"nothing in {root} imports Flask or Django, so nothing was checked",
            "name the directory of the project: scaffold check path/to/project",
            Exit.NOT_RUN,
        )
    return run_rules(project, prefix=prefix_of(root))


def project_around(start: Path) -> Path:
    """Return the scaffold project that a directory belongs to, else the directory itself."""
    folders = (start, *start.parents)
    return next((folder for folder in folders if (folder / STATE_FILE).is_file()), start)


def prefix_of(root: Path) -> str:
    """Return where a directory is in its repository, with a slash; empty at its root."""
    done = git.run(root, "rev-parse", "--show-prefix")
    return done.output.strip() if done.ok else ""
