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

from benchmarks.projects import PACKS, environment, inside, write
from benchmarks.handmade import SOURCES
from scaffold.inputs.resolve import DEFAULT_APPS

SERVER = ("gunicorn", "--workers", "1", "--threads", "4", "--worker-class", "gthread",
          "--no-control-socket")  # fmt: skip
CLIENTS = 4
REQUESTS = 400
ROUNDS = 7
GOAL = "≥ 0.7"
LIST = "/api/v1/blog/posts/?pageSize=20"
ASKED = {
    "generated: the list": ("generated", LIST, GOAL),
    "generated: one row of it": ("generated", "/api/v1/blog/posts/?pageSize=1", ""),
    "generated: /health": ("generated", "/health", ""),
    "by hand: the list": ("by hand", "/posts?size=20", ""),
    "by hand: one row of it": ("by hand", "/posts?size=1", ""),
    "by hand: a constant": ("by hand", "/nothing", ""),
}
LIBRARY = {"by hand, with REST framework": ("by hand", "/library", "")}  # what DRF alone costs
HEADERS = {"X-Forwarded-Proto": "https", "Accept": "application/json"}


def report(folder: Path) -> str:
    """Measure and return the section."""
    parts = [
        "## Requests per second",
        "The list of 20 rows with their authors, counted and joined, from SQLite, under gunicorn "
        f"(one worker, four threads), asked by {CLIENTS} clients on the same machine. By hand: one "
        "file with the same framework and the same two queries, for Django with the middleware "
        "that `startproject` writes; without permissions, tokens, filters, search, ordering, "
        "request ids, security headers, logs. The other rows "
        "show where the time goes: `/health` is what every request costs, one row what a list "
        "costs before its rows.",
    ]
    for pack in PACKS:
        project = write(pack, DEFAULT_APPS, folder / f"serving-{pack}")
        inside(project, "uv", "sync", "--quiet")
        inside(project, "make", "migrate")
        inside(project, "env", "FLASK_DEBUG=1", "make", "seed")  # its accounts are for development
        parts.append(_table(pack, _measure(project, pack)))
    return "\n\n".join(parts)


def _measure(project: Path, pack: str) -> dict[str, float]:
    """Median requests per second of each thing asked, in turn."""
    (project / "handmade.py").write_text(SOURCES[pack])
    asked = ASKED | (LIBRARY if pack == "django" else {})
    found: dict[str, list[float]] = {name: [] for name in asked}
    with ExitStack() as stack:
        ports = {
            "generated": stack.enter_context(_server(project, [])),
            "by hand": stack.enter_context(_server(project, ["-c", "/dev/null", "handmade:app"])),
        }
        for _ in range(ROUNDS):
            for name, (server, path, _goal) in asked.items():
                found[name].append(_rate(ports[server], path))
    return {name: statistics.median(rates[1:]) for name, rates in found.items()}


def _table(pack: str, rates: Mapping[str, float]) -> str:
    lines = [f"| {pack} | requests/s | ms | ÷ by hand | goal |", "|---|---|---|---|---|"]
    for name, rate in rates.items():
        own = name.replace("generated", "by hand").replace("/health", "a constant")
        same = rates["by hand: the list" if name in LIBRARY else own]
        goal = ASKED[name][2] if name in ASKED else ""
        lines.append(f"| {name} | {rate:.0f} | {1000 / rate:.2f} | {rate / same:.2f} | {goal} |")
    return "\n".join(lines)


@contextmanager
def _server(project: Path, arguments: list[str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(project / ".venv/bin" / SERVER[0]), *SERVER[1:], "-b", f"127.0.0.1:{port}"]
    log = project / f"{port}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, *arguments], cwd=project, stdout=output, stderr=output,
            env=environment(project, API_RATE="100000000/min"),
        )  # fmt: skip
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
