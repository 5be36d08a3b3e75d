"""Requests per second of a list, against an endpoint written by hand for the same query."""

import http.client
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.generated import APPS
from benchmarks.handmade import ROWS, SOURCES
from benchmarks.projects import PACKS, environment, inside, write

SERVER = (
    "gunicorn",
    "--workers",
    "1",
    "--threads",
    "4",
    "--worker-class",
    "gthread",
    "--no-control-socket",
)
CLIENTS = 4
REQUESTS = 400
ROUNDS = 7
GOAL = "≥ 0.9"
LIST = "/api/v1/blog/posts/?pageSize="
ASKED = {
    "generated: 20 rows": ("generated", f"{LIST}20"),
    "generated: 1 row": ("generated", f"{LIST}1"),
    "generated: `/health`": ("generated", "/health"),
    "same libraries: 20 rows": ("by hand", "/library?pageSize=20"),
    "same libraries: 1 row": ("by hand", "/library?pageSize=1"),
    "bare: 20 rows": ("by hand", "/bare?pageSize=20"),
    "bare: 1 row": ("by hand", "/bare?pageSize=1"),
    "bare: a constant": ("by hand", "/nothing"),
}
HEADERS = {"X-Forwarded-Proto": "https", "Accept": "application/json"}


def report(folder: Path) -> str:
    """Measure and return the section."""
    parts = [
        "## Requests per second",
        "A list of rows with their authors, counted and joined, from SQLite, under gunicorn "
        f"(one worker, four threads), asked by {CLIENTS} clients on the same machine. Same "
        "libraries: one file by hand with flask-smorest and marshmallow, or REST framework and "
        "django-filter, and the same two statements. Bare: the framework alone. Both are without "
        "sign-in, security headers, request ids and logs.",
    ]
    for pack in PACKS:
        project = write(pack, APPS, folder / f"serving-{pack}")
        inside(project, "uv", "sync", "--quiet")
        inside(project, "make", "migrate")
        inside(project, "uv", "run", "--quiet", "python", "-c", ROWS[pack])
        parts.append(_table(pack, _measure(project, pack)))
    return "\n\n".join(parts)


def _measure(project: Path, pack: str) -> dict[str, float]:
    """Return the median requests per second of each thing asked, in turn."""
    (project / "handmade.py").write_text(SOURCES[pack])
    found: dict[str, list[float]] = {name: [] for name in ASKED}
    application = "wsgi:app" if pack == "flask" else "config.wsgi:application"
    with ExitStack() as stack:
        ports = {
            "generated": stack.enter_context(_server(project, [application])),
            "by hand": stack.enter_context(_server(project, ["-c", "/dev/null", "handmade:app"])),
        }
        for _ in range(ROUNDS):
            for name, (server, path) in ASKED.items():
                found[name].append(_rate(ports[server], path))
    return {name: statistics.median(rates[1:]) for name, rates in found.items()}


def _table(pack: str, rates: Mapping[str, float]) -> str:
    lines = [
        f"| {pack} | requests/s | ms | ÷ same libraries | goal | ÷ bare |",
        "|---|---|---|---|---|---|",
    ]
    for name, rate in rates.items():
        rows = name.partition(": ")[2]
        ratios = [
            _ratio(rate, rates.get(f"{other}: {rows}")) for other in ("same libraries", "bare")
        ]
        goal = GOAL if name == "generated: 20 rows" else ""
        lines.append(
            f"| {name} | {rate:.0f} | {1000 / rate:.2f} | {ratios[0]} | {goal} | {ratios[1]} |"
        )
    return "\n".join(lines)


def _ratio(rate: float, other: float | None) -> str:
    return f"{rate / other:.2f}" if other else ""


@contextmanager
def _server(project: Path, arguments: list[str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(project / ".venv/bin" / SERVER[0]), *SERVER[1:], "-b", f"127.0.0.1:{port}"]
    log = project / f"{port}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, *arguments],
            cwd=project,
            stdout=output,
            stderr=output,
            env=environment(project),
        )
        try:
            _wait(port, server, log)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")


def _rate(port: int, path: str) -> float:
    """Requests per second of several clients that keep their connections."""
    wrong: list[str] = []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(REQUESTS // CLIENTS):
            connection.request("GET", path, headers=HEADERS)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != http.HTTPStatus.OK:
                wrong.append(f"{path}: {answer.status} {body[:300]!r}")
                break
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - start
    if wrong:
        raise RuntimeError(wrong[0])
    return REQUESTS / wall
