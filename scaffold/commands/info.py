"""`scaffold info`: what a project was made of, and what was done to it when."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold import __version__, git
from scaffold.commands.existing import Project
from scaffold.project.journal import last_step
from scaffold.project.staging import STATE_FILE


@dataclass(frozen=True)
class Info:
    """What a project was made of.

    Args:
        project: the project.
        history: when its recipe changed: the day and the message of the commit, newest first.
        undoable: the operation that `undo` takes back; empty where there is none.
    """

    project: Project
    history: tuple[tuple[str, str], ...]
    undoable: str

    @property
    def root(self) -> Path:
        """The directory of the project."""
        return self.project.root

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        policy = self.project.state.policy
        return {
            "path": str(self.root),
            "recipe": self.project.recipe.as_dict(),
            "pack": {
                "name": self.project.pack.name,
                "version": self.project.recipe.pack_version,
                "available": self.project.pack.version,
            },
            "scaffold": {"version": self.project.state.tool, "available": __version__},
            "policy": policy.as_dict() if policy else {},
            "moves": dict(self.project.state.moves),
            "history": [{"date": day, "message": message} for day, message in self.history],
            "undo": self.undoable,
        }


def info(project: Project) -> Info:
    """Read what a project was made of."""
    done = git.run(project.root, "log", "--format=%as%x09%s", "--", STATE_FILE)
    rows = [row.split("\t", 1) for row in done.output.splitlines() if "\t" in row]
    step = last_step(project.root)
    history = tuple((day, message) for day, message in rows) if done.ok else ()
    return Info(project, history, step.name if step else "")
