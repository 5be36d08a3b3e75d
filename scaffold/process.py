"""git and uv as programs: quiet, without a terminal, never waiting for input."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 600  # seconds that a program may take: a cold download of every dependency included
CALLED = re.compile(r"^(error|fatal|cause|Caused by|hint): +")  # by git and uv
COMMIT_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg")
NOT_INSTALLED = 127  # what a shell says of a missing program
# An active environment, the settings of another project, or a repository whose hook runs us.
FOREIGN = frozenset({
    "UV_EXTRA", "UV_FROZEN", "UV_ISOLATED", "UV_LOCKED", "UV_NO_DEFAULT_GROUPS", "UV_NO_DEV",
    "UV_NO_EDITABLE", "UV_NO_GROUP", "UV_NO_INSTALL_LOCAL", "UV_NO_INSTALL_PROJECT",
    "UV_NO_INSTALL_WORKSPACE", "UV_NO_SYNC", "UV_PROJECT", "UV_PROJECT_ENVIRONMENT",
    "UV_WORKING_DIR", "UV_WORKING_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE",
    "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_WORK_TREE", "PYTHONPATH",
    "VIRTUAL_ENV",
})  # fmt: skip


@dataclass(frozen=True)
class ProcessResult:
    """What a program answered.

    Args:
        code: its exit status; 127 where it is not installed, 126 where it cannot be run, 124
            where its time ran out.
        output: what it printed, both streams.
    """

    code: int
    output: str = ""

    @property
    def ok(self) -> bool:
        """Whether the program ended well."""
        return self.code == 0

    @property
    def last(self) -> str:
        """The last line it printed: usually the reason of a failure, whatever it is called."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return CALLED.sub("", lines[-1]) if lines else f"exit status {self.code}"


def run(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    patience: float = TIMEOUT,
) -> ProcessResult:
    """Run a program to its end.

    Args:
        command: the program and its arguments.
        folder: the working directory.
        variables: environment variables beside the inherited ones.
        patience: seconds after which it is ended.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    try:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**inherited, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except (FileNotFoundError, NotADirectoryError):
        return ProcessResult(NOT_INSTALLED, f"{command[0]} is not installed")
    except OSError as error:
        return ProcessResult(126, f"{command[0]} cannot be run: {error.strerror}")
    with process:
        try:
            output, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            _kill(process)
            return ProcessResult(124, f"{command[0]} took longer than {patience:g} seconds")
        except BaseException:
            _kill(process)
            raise
    return ProcessResult(process.returncode, output)


def _kill(process: subprocess.Popen[str]) -> None:
    """Kill a program and wait for its end: it must not go on writing where we clear up."""
    process.kill()
    process.wait()


def uv() -> str:
    """The path of uv: the one that scaffold depends on, else the one on the PATH."""
    try:
        from uv import find_uv_bin

        return find_uv_bin()
    except (ImportError, FileNotFoundError):
        return shutil.which("uv") or "uv"


def git(folder: Path, *arguments: str, settings: Sequence[str] = ()) -> ProcessResult:
    """Run git so that its messages can be recognized and nothing of it goes on behind.

    Args:
        folder: the working directory.
        arguments: the command and what it takes.
        settings: as in `core.autocrlf=false`, instead of the person's.
    """
    chosen = [word for one in ("gc.auto=0", "maintenance.auto=false", *settings)
              for word in ("-c", one)]  # fmt: skip
    return run(["git", *chosen, *arguments], folder, {"LC_ALL": "C"}, patience=60)


def workspace_above(folder: Path) -> Path | None:
    """The folder of a uv workspace above a folder, whether or not it includes it."""
    for above in folder.absolute().parents:
        place = above / "pyproject.toml"
        with suppress(OSError, ValueError):
            if "workspace" in tomllib.loads(place.read_text("utf-8")).get("tool", {}).get("uv", {}):
                return above
    return None


def workspace_of(project: Path) -> Path:
    """The folder of the uv workspace that a project belongs to: its own, unless one includes it."""
    done = run([uv(), "workspace", "dir"], project)
    places = [Path(line) for line in done.output.splitlines() if Path(line).is_absolute()]
    return places[-1] if done.ok and places else project


def hooks(folder: Path) -> list[str]:
    """The names of the git hooks that a commit in a repository runs."""
    named = git(folder, "rev-parse", "--git-path", "hooks").output.strip()
    place = folder / named
    found = [name for name in COMMIT_HOOKS if os.access(place / name, os.X_OK)]
    return found if named else []


def inside_work_tree(folder: Path) -> bool:
    """Whether a folder lies in somebody's git repository, one that git distrusts included."""
    return work_tree_of(folder) is not None


def work_tree_of(folder: Path) -> Path | None:
    """The root of the git repository that a folder lies in, one that git distrusts included."""
    done = git(folder, "rev-parse", "--show-toplevel")
    if "dubious ownership" in done.output:
        return next((above for above in (folder, *folder.parents) if (above / ".git").exists()),
                    folder)  # fmt: skip
    return Path(done.output.strip()) if done.ok and done.output.strip() else None
