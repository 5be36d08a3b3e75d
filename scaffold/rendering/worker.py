"""`python -m scaffold.rendering.worker`: render what standard input asks for, within limits.

The other side is `isolation`, which names what it will ask for, so that it can be loaded meanwhile.
"""

import gc
import json
import os
import signal
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from traceback import format_exc
from typing import IO, Any

from scaffold import GC_THRESHOLD
from scaffold.errors import Exit, ScaffoldError

CHECKS = 6  # times as long as one file may take, for the checks of all


class TooLongError(Exception):
    """A template computes for longer than it may."""


def main() -> None:
    """Answer each line of standard input with a line on standard output."""
    gc.set_threshold(GC_THRESHOLD)
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # nothing else is to stand between the answers
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, _too_long)
    for module in sys.argv[1:]:
        import_module(module)
    for line in sys.stdin:
        question = json.loads(line)
        json.dump(_answer(question, Watch(answers, question["seconds"])), answers)
        answers.write("\n")
        answers.flush()


class Watch:
    """Tells what is being rendered, and begins its time."""

    def __init__(self, answers: IO[str], seconds: float) -> None:
        self._answers = answers
        self._seconds = seconds

    def __call__(self, doing: str, times: int = 1) -> None:
        """Begin something new, which may take so many times as long as one file."""
        self._answers.write(json.dumps({"doing": doing}) + "\n")
        self._answers.flush()
        _alarm(self._seconds * times)


def _answer(question: dict[str, Any], watch: Watch) -> dict[str, Any]:
    os.environ.clear()
    os.environ.update(question["environment"])
    tempfile.tempdir = None  # found anew, as the environment says
    limited = False
    try:
        return {"healthy": True, **_done(question, watch)}
    except ScaffoldError as error:
        limited = isinstance(error.__cause__, TooLongError | MemoryError | RecursionError)
        own_code = question.get("template", {}).get("trusted")  # stays loaded
        healthy = not (limited or own_code)
        return {"error": [error.message, error.hint, error.code], "healthy": healthy}
    except (TooLongError, MemoryError) as error:
        reason = str(error) or "more memory is needed than a pack may use"
        return {"error": [f"the pack cannot be rendered: {reason}", "", Exit.BUG]}
    except Exception:  # a bug of ours; the other side reports it as one
        return {"crash": format_exc()}
    finally:
        _alarm(0)


def _done(question: dict[str, Any], watch: Watch) -> dict[str, Any]:
    if "template" not in question:
        return _render_pack(question, watch)
    from scaffold.model.template import TemplateRequest
    from scaffold.rendering.template.answer import answer_request

    with _limits(question):
        return answer_request(TemplateRequest(**question["template"]), question["stage"], watch)


def _render_pack(question: dict[str, Any], watch: Watch) -> dict[str, Any]:
    from scaffold.model.recipe import from_dict
    from scaffold.packs.pack import read_pack
    from scaffold.rendering.formatting import format_python
    from scaffold.rendering.render import assemble
    from scaffold.rendering.validate import check_contents

    recipe, root = from_dict(question["recipe"]), Path(question["root"])
    with _limits(question):
        watch(f"the manifests of {root.name}")
        tree = assemble(recipe, read_pack(root), watch)
    tree = format_python(tree)
    if question["check"]:
        with _limits(question):
            watch("what was rendered", CHECKS)
            check_contents(tree)
    files = {
        path: [file.executable, b64encode(file.content).decode()] for path, file in tree.items()
    }
    return {"files": files}


@contextmanager
def _limits(question: dict[str, Any]) -> Iterator[None]:
    """Limit memory and computing, as the question says, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the other side ends us
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_size() + question["memory"], before[1]))
    with suppress(OSError, ValueError):
        most = int(spent.ru_utime + spent.ru_stime) + question["total_seconds"]
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    try:
        yield
    finally:
        _alarm(0)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, before)


def _size() -> int:
    """Return the address space in use, in bytes; a guess where the system does not tell."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 1024**3


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # and again where a template caught it


def _too_long(*_: object) -> None:
    raise TooLongError("it takes longer than a template may; docs/security.md has the limits")


if __name__ == "__main__":
    main()
