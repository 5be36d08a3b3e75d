"""Run git: no prompts, untranslated messages, nothing left running."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold import process
from scaffold.process import ProcessResult

TIMEOUT = 60  # seconds
COMMIT_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg")


@dataclass(frozen=True)
class MergedFile:
    """The result of `git merge-file`; its exit status is the number of conflicts, at most 127."""

    result: ProcessResult
    content: bytes


def run(
    folder: Path,
    *arguments: str,
    settings: Sequence[str] = (),
    text: str | None = None,
    timeout: float = TIMEOUT,
) -> ProcessResult:
    """Run a git command.

    Args:
        folder: the working directory.
        arguments: the command and its arguments.
        settings: settings that replace the user's, such as `core.autocrlf=false`.
        text: what the command reads on its standard input.
        timeout: seconds after which it is killed.
    """
    chosen = ("gc.auto=0", "maintenance.auto=false", *settings)
    options = [word for setting in chosen for word in ("-c", setting)]
    variables = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    return process.run(["git", *options, *arguments], folder, variables, timeout, text)


def work_tree_of(folder: Path) -> Path | None:
    """Return the root of the repository around a directory, even if git distrusts its owner."""
    done = run(folder, "rev-parse", "--show-toplevel")
    if "dubious ownership" in done.output:
        parents = (folder, *folder.parents)
        return next((parent for parent in parents if (parent / ".git").exists()), folder)
    return Path(done.output.strip()) if done.ok and done.output.strip() else None


def store(folder: Path, path: str, content: bytes) -> str:
    """Store the content of a file as git would, and return its name; empty where that fails."""
    with TemporaryDirectory(prefix="scaffold-") as place:
        draft = Path(place, "content")
        draft.write_bytes(content)
        done = run(folder, "hash-object", "-w", f"--path={path}", str(draft))
    return done.output.strip().rpartition("\n")[2] if done.ok else ""


def merge_file(contents: Sequence[bytes], labels: Sequence[str]) -> MergedFile:
    """Merge three versions of a file by line, with diff3 markers where they conflict.

    Args:
        contents: yours, the version that both come from, theirs.
        labels: their names in the markers.
    """
    names = ("yours", "base", "theirs")
    options = [word for label in labels for word in ("-L", label)]
    with TemporaryDirectory(prefix="scaffold-") as place:
        for name, content in zip(names, contents, strict=True):
            Path(place, name).write_bytes(content)
        done = run(Path(place), "merge-file", "--quiet", "--diff3", *options, *names)
        return MergedFile(done, Path(place, names[0]).read_bytes())


def commit_hooks(folder: Path) -> list[str]:
    """Return the names of the hooks that run on a commit."""
    path = run(folder, "rev-parse", "--git-path", "hooks").output.strip()
    if not path:
        return []
    return [name for name in COMMIT_HOOKS if os.access(folder / path / name, os.X_OK)]
