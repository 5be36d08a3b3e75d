"""The actions of steps; each passes, or raises `StepFailed` or `CannotRun` with one line."""

import re
import shutil
import signal
import time
from collections.abc import Callable, Mapping

from scaffold import process
from scaffold.errors import ScaffoldError
from scaffold.project.files import read_tree, write_tree
from scaffold.rendering.render import render_unchecked
from scaffold.rendering.validate import check_contents, check_paths
from scaffold.smoke.config import Step
from scaffold.smoke.results import CannotRun, StepFailed
from scaffold.smoke.runtime import probes
from scaffold.smoke.runtime.case_context import CaseContext
from scaffold.smoke.runtime.reproducibility import digests, render_in_new_process
from scaffold.smoke.runtime.servers import free_port

Action = Callable[[CaseContext, Step], None]
SUMMARY_LINES = 3
FAILURE = re.compile("fail|error", re.IGNORECASE)
STOPPED = (0, -signal.SIGTERM, 128 + signal.SIGTERM)


def render(context: CaseContext, step: Step) -> None:
    """Render the recipe, or copy the existing project."""
    del step
    case = context.case
    if case.folder:
        context.tree = read_tree(case.folder)
    else:
        try:
            context.tree = render_unchecked(case.recipe, case.pack)
        except ScaffoldError as error:
            raise StepFailed(error.message) from None
    write_tree(context.tree, context.project)


def render_again(context: CaseContext, step: Step) -> None:
    """Render in another process with a new cache and compare every byte."""
    second = render_in_new_process(context, step)
    first = digests(context.tree)
    if differing := sorted(p for p in first | second if first.get(p) != second.get(p)):
        raise StepFailed(f"two renders differ: {', '.join(differing)}")


def check_hygiene(context: CaseContext, step: Step) -> None:
    """Look for files that are malformed, misnamed or not fully rendered."""
    del step
    try:
        check_paths(context.tree)
        check_contents(context.tree)
    except ScaffoldError as error:
        raise StepFailed(error.message) from None


def lock(context: CaseContext, step: Step) -> None:
    """Lock the dependencies."""
    context.environments.lock(
        context.project, lambda command, extra: context.run(step, command, extra)
    )


def install(context: CaseContext, step: Step) -> None:
    """Install the locked dependencies."""
    context.environment = context.environments.install(
        context.project, lambda command, extra: context.run(step, command, extra)
    )


def run_command(context: CaseContext, step: Step) -> None:
    """Run a command; with `fails`, it must fail and print that text."""
    code, output = context.run(step, step.command)
    wanted = step.options.get("fails")
    if wanted is not None and (not code or wanted not in output):
        raise StepFailed(f"ended with {code}, but should fail and print: {wanted}")
    if code and wanted is None:
        raise StepFailed(f"ended with {code}: {_failure_line(output)}")


def serve(context: CaseContext, step: Step) -> None:
    """Start a server and wait until it answers at `ready`, or has printed `prints`."""
    ready, text = step.options.get("ready", ""), step.options.get("prints", "")
    if ready:
        context.port = free_port()
    words = [context.fill(word) for word in step.command]
    process = context.processes.start(words, context.project, context.variables(step), context.log)
    context.running[step.name] = process
    deadline = time.monotonic() + step.seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StepFailed(f"the server ended with {process.returncode}: {_last_line(context)}")
        if (
            probes.is_ready(context, ready)
            if ready
            else text in context.log.read_text(errors="replace")
        ):
            return
        time.sleep(0.05)
    missing = "no answer" if ready else f"did not print “{text}”"
    raise StepFailed(f"{missing} within {step.seconds:g} seconds")


def stop(context: CaseContext, step: Step) -> None:
    """Ask every server to stop and check that all do."""
    while context.running:
        name, process = context.running.popitem()
        if not context.processes.stop(process, step.seconds):
            raise StepFailed(f"{name} had to be killed, or left a process running")
        if process.returncode not in STOPPED:
            raise StepFailed(f"{name} ended with {process.returncode} when asked to stop")


def unavailable(context: CaseContext, step: Step) -> str:
    """Return why this machine cannot run a step, or an empty text."""
    if "docker" in step.needs and (reason := _docker_problem(context)):
        return reason
    try:
        context.variables(step)
    except CannotRun as error:
        return str(error)
    return ""


def _docker_problem(context: CaseContext) -> str:
    if not shutil.which("docker"):
        return "Docker is not installed"
    command = ["docker", "version", "--format", "{{.Server.Version}}"]
    done = process.run(command, context.folder, timeout=20)
    return "" if done.ok else "no Docker daemon is running"


def _failure_line(output: str) -> str:
    """Return the last line that mentions a failure: a summary may follow it."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no output"]
    failures = [line for line in lines[-SUMMARY_LINES:] if FAILURE.search(line)]
    return failures[-1] if failures else lines[-1]


def _last_line(context: CaseContext) -> str:
    lines = [
        line for line in context.log.read_text("utf-8", "replace").splitlines() if line.strip()
    ]
    return lines[-1].strip() if lines else "no output"


RUN: Mapping[str, Action] = {
    "render": render,
    "again": render_again,
    "hygiene": check_hygiene,
    "lock": lock,
    "install": install,
    "command": run_command,
    "serve": serve,
    "get": probes.get,
    "openapi": probes.openapi,
    "login": probes.login,
    "stop": stop,
}
