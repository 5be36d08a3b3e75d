"""Packs that are not built in are rendered by another process, which can be ended.

One process serves all renders of a run, one after another; after a fault of its own or past a
limit it is replaced. It is asked and answers in JSON, a line each.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from base64 import b64decode
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, cast

from scaffold.errors import Exit, ScaffoldError, UsageError

if TYPE_CHECKING:  # a process is started before these are needed
    from scaffold.model.recipe import Recipe
    from scaffold.model.tree import Tree
    from scaffold.packs.pack import Pack

SECONDS = 300  # of the clock, for a whole render
TOTAL_SECONDS = 120  # of computing, for a whole render
FILE_SECONDS = 10.0  # of computing, for one file
MEMORY = 1024**3  # bytes
# What renders a pack, and what answers about a cookiecutter template: loaded before any template's
# time begins, and while the command itself loads.
SANDBOX = "scaffold.rendering.sandbox"
PACK = ("scaffold.rendering.render", SANDBOX)
TEMPLATE = (
    "scaffold.rendering.template.answer",
    SANDBOX,
    "cookiecutter.extensions",
    "cookiecutter.generate",
)


class Worker:
    """A process that renders.

    Args:
        modules: what it loads at once, before it is asked.
    """

    def __init__(self, modules: tuple[str, ...]) -> None:
        # -P: the current directory may be the pack, and holds no module of ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "scaffold.rendering.worker", *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us, and we end it
        )
        self._stdin = cast("IO[bytes]", self._process.stdin)
        self._stdout = cast("IO[bytes]", self._process.stdout)

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Send a question, wait for the answer.

        Returns:
            The answer; `ended` with what it was doing where the process ended instead.
        """
        doing = "the beginning"
        timer = threading.Timer(SECONDS, self.end)
        timer.daemon = True
        timer.start()
        try:
            self._stdin.write(json.dumps(question).encode() + b"\n")
            self._stdin.flush()
            for line in self._stdout:
                answer: dict[str, Any] = json.loads(line)
                if "doing" not in answer:
                    return answer
                doing = answer["doing"]
        except (OSError, ValueError):
            pass  # it ended in the middle of a line
        finally:
            timer.cancel()
        return {"ended": doing}

    def end(self) -> None:
        """End the process, and what it started."""
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, 9)
            self._process.kill()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self.end()
        self._process.wait()
        for pipe in (self._stdin, self._stdout):
            with suppress(OSError):
                pipe.close()


_lock = threading.Lock()
_workers: list[Worker] = []


def start(modules: tuple[str, ...]) -> None:
    """Start the process that renders, so that it is ready when it is asked.

    Args:
        modules: what it will need: `PACK` or `TEMPLATE`.
    """
    with _lock:
        _worker(modules)


def render(recipe: "Recipe", pack: "Pack", *, check: bool) -> "Tree":
    """Render a recipe in another process.

    Args:
        recipe: what to render.
        pack: a pack that is not built in.
        check: also refuse contents that are malformed.

    Raises:
        UsageError: the recipe does not fit the pack.
        ScaffoldError: the pack is broken, or asks for more than a render may take.
    """
    from scaffold.model.tree import File, Tree

    question = {"recipe": recipe.as_dict(), "root": str(pack.root), "check": check}
    answer = ask(question, pack.name)
    return Tree(
        {
            path: File(b64decode(content), executable)
            for path, (executable, content) in answer["files"].items()
        }
    )


def ask(question: dict[str, Any], name: str) -> dict[str, Any]:
    """Ask the process that renders.

    Args:
        question: what it is to do, as `worker` reads it.
        name: what an error calls the pack or template.

    Raises:
        UsageError: what is asked for does not fit.
        ScaffoldError: the pack is broken, or asks for more than a render may take.
    """
    limits = {"seconds": FILE_SECONDS, "total_seconds": TOTAL_SECONDS, "memory": MEMORY}
    asked = {**question, **limits, "environment": dict(os.environ)}
    with _lock:
        try:
            answer = _worker(TEMPLATE if "template" in question else PACK).ask(asked)
        except BaseException:
            _stop()
            raise
        if not answer.get("healthy"):
            _stop()
    _raise_error(answer, name)
    return answer


def _raise_error(answer: dict[str, Any], name: str) -> None:
    """Raise the error that an answer of the worker reports, if it does."""
    if "error" in answer:
        message, hint, code = answer["error"]
        if code == Exit.USAGE:
            raise UsageError(message, hint)
        raise ScaffoldError(message, hint, Exit(code))
    if "crash" in answer:
        raise RuntimeError(answer["crash"])
    if "ended" in answer:
        raise ScaffoldError(
            f"{answer['ended']} cannot be rendered: it takes more time or memory than a template "
            "may use",
            f"this is a fault of {name}; see docs/security.md for the limits",
            Exit.BUG,
        )


def _worker(modules: tuple[str, ...]) -> Worker:
    if not (_workers and _workers[0].alive):
        _stop()
        _workers.append(Worker(modules))
    return _workers[0]


def _stop() -> None:
    while _workers:
        _workers.pop().close()


atexit.register(_stop)
