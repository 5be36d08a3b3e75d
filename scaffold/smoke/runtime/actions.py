"""What each kind of step does; each raises `StepFailed` or `CannotRun` with one line, or passes."""

import re
import shutil
import signal
import time
from collections.abc import Callable, Mapping

from scaffold import process as programs
from scaffold.errors import ScaffoldError
from scaffold.project import state as project
from scaffold.rendering.render import draw
from scaffold.rendering.validate import check_contents, check_paths
from scaffold.smoke.config import Step
from scaffold.smoke.results import CannotRun, StepFailed
from scaffold.smoke.runtime import probes
from scaffold.smoke.runtime.case_context import Bench
from scaffold.smoke.runtime.existing_project import read_project
from scaffold.smoke.runtime.reproducibility import digests, render_elsewhere
from scaffold.smoke.runtime.servers import free_port

Action = Callable[[Bench, Step], None]
SUMMARY = 3  # lines
TELLING = re.compile("fail|error", re.IGNORECASE)
STOPPED = (0, -signal.SIGTERM, 128 + signal.SIGTERM)


def render(bench: Bench, step: Step) -> None:
    """Put the files in place: rendered from the recipe, or copied from the existing project."""
    del step
    case = bench.case
    if case.folder:
        bench.tree = read_project(case.folder)
    else:
        try:
            bench.tree = draw(case.recipe, case.pack)
        except ScaffoldError as error:
            raise StepFailed(error.message) from None
    project.write(bench.tree, bench.project)


def again(bench: Bench, step: Step) -> None:
    """Render in another process, with another order of hashes and nothing remembered; compare."""
    theirs = render_elsewhere(bench, step)
    ours = digests(bench.tree)
    if differing := sorted(p for p in ours | theirs if ours.get(p) != theirs.get(p)):
        raise StepFailed(f"not the same bytes twice: {', '.join(differing)}")


def hygiene(bench: Bench, step: Step) -> None:
    """Look for what is malformed, misnamed or not fully rendered."""
    del step
    try:
        check_paths(bench.tree)
        check_contents(bench.tree)
    except ScaffoldError as error:
        raise StepFailed(error.message.removeprefix("the render is not fit to be written: ")
                         ) from None  # fmt: skip


def lock(bench: Bench, step: Step) -> None:
    """Lock the dependencies."""
    bench.environments.lock(bench.project, lambda command, extra: bench.run(step, command, extra))


def install(bench: Bench, step: Step) -> None:
    """Have an environment with what the lock names."""
    bench.environment = bench.environments.install(
        bench.project, lambda command, extra: bench.run(step, command, extra)
    )


def command(bench: Bench, step: Step) -> None:
    """Run a program of the pack's choice; where `fails` says so, it must fail with those words."""
    code, output = bench.run(step, step.command)
    wanted = step.options.get("fails")
    if wanted is not None and (not code or wanted not in output):
        raise StepFailed(f"ended with {code}, and should have failed saying {wanted}")
    if code and wanted is None:
        raise StepFailed(f"ended with {code}: {_said(output)}")


def serve(bench: Bench, step: Step) -> None:
    """Start a server, and wait until it answers where the step says how to tell."""
    ready = step.options.get("ready", "")
    if ready:
        bench.port = free_port()
    words = [bench.filled(word) for word in step.command]
    process = bench.processes.start(words, bench.project, bench.variables(step), bench.log)
    bench.running[step.name] = process
    deadline = time.monotonic() + step.seconds
    settled = time.monotonic() + float(step.options.get("settle", 1))
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StepFailed(f"the server ended with {process.returncode}: {_last(bench)}")
        if probes.answers(bench, ready) if ready else time.monotonic() > settled:
            return
        time.sleep(0.05)
    raise StepFailed(f"no answer within {step.seconds:g} seconds")


def stop(bench: Bench, step: Step) -> None:
    """Ask every server to end, and see that all do."""
    while bench.running:
        name, process = bench.running.popitem()
        gentle = bench.processes.stop(process, step.seconds)
        if not gentle:
            raise StepFailed(f"{name} had to be ended by force, or left something running")
        if process.returncode not in STOPPED:
            raise StepFailed(f"{name} ended with {process.returncode} when asked to stop")


def unavailable(bench: Bench, step: Step) -> str:
    """Why this machine cannot run a step; empty where it can, as far as one sees beforehand."""
    if "docker" in step.needs and (reason := _docker(bench)):
        return reason
    try:
        bench.variables(step)
    except CannotRun as problem:
        return str(problem)
    return ""


def _docker(bench: Bench) -> str:
    if not shutil.which("docker"):
        return "Docker is not installed"
    asked = programs.run(["docker", "version", "--format", "{{.Server.Version}}"],
                         bench.place, patience=20)  # fmt: skip
    return "" if asked.ok else "no Docker daemon runs here"


def _said(output: str) -> str:
    """The last of the last lines that tells of a failure: a summary may follow it."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["and said nothing"]
    telling = [line for line in lines[-SUMMARY:] if TELLING.search(line)]
    return telling[-1] if telling else lines[-1]


def _last(bench: Bench) -> str:
    lines = [line for line in bench.log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"


ACTIONS: Mapping[str, Action] = {
    "render": render,
    "again": again,
    "hygiene": hygiene,
    "lock": lock,
    "install": install,
    "command": command,
    "serve": serve,
    "get": probes.get,
    "openapi": probes.openapi,
    "login": probes.login,
    "stop": stop,
}
