"""Run the steps of one case in order, each timed and with its own log."""

import time
from collections.abc import Callable, Iterable

from scaffold.model.fields import find_access
from scaffold.smoke.config import Step
from scaffold.smoke.results import (
    CannotRun,
    CaseResult,
    RunCancelled,
    Status,
    StepFailed,
    StepResult,
)
from scaffold.smoke.runtime import result_cache
from scaffold.smoke.runtime.actions import RUN, unavailable
from scaffold.smoke.runtime.case_context import CaseContext

LOG_TAIL = 20_000  # characters of a log that a report shows
UNCACHED = ("render", "again", "hygiene", "lock")  # actions that give the key of cached results
OnStep = Callable[[Step], None]


def steps_of(context: CaseContext) -> tuple[Step, ...]:
    """Return the steps that apply to a case by its features and resources."""
    recipe = context.case.recipe
    features = set(recipe.features)
    resources = {access.is_private for access in find_access(recipe.apps).values()}
    return tuple(
        step
        for step in context.config.steps
        if set(step.features) <= features
        and not set(step.without) & features
        and (not step.one_of or set(step.one_of) & features)
        and step.resources <= resources
        and (not context.case.folder or step.do != "again")
    )


def run_case(context: CaseContext, on_step: OnStep, *, cache: bool) -> CaseResult:
    """Run the steps of a case.

    A step is not reached if one that it depends on did not pass; all others run, so that one
    report shows everything.

    Args:
        context: the state of the case; its servers are stopped in any event.
        on_step: called when a step begins.
        cache: whether steps that passed before are skipped.

    Raises:
        RunCancelled: the whole run is being stopped.
    """
    start = time.perf_counter()
    try:
        results = _run_steps(context, on_step, cache=cache)
    finally:
        context.close()
    return CaseResult(context.case, tuple(results.values()), time.perf_counter() - start)


def _run_steps(context: CaseContext, on_step: OnStep, *, cache: bool) -> dict[str, StepResult]:
    steps = steps_of(context)
    early = [step for step in steps if step.do in UNCACHED]
    results = _run_each(context, early, {}, on_step)
    steps = tuple(s for s in steps if not s.files or all(file in context.tree for file in s.files))
    results = {step.name: results[step.name] for step in steps if step.name in results}
    late = [step for step in steps if step not in early]
    if not all(result.status is Status.PASSED for result in results.values()):
        return _run_each(context, late, results, on_step)
    key = result_cache.key_of(context)
    cached = _cached(context, late, result_cache.load(key)) if cache else None
    if cached is not None:
        return results | cached
    results = _run_each(context, late, results, on_step)
    if not any(result.status is Status.FAILED for result in results.values()):
        passed = (name for name, result in results.items() if result.status is Status.PASSED)
        result_cache.save(key, frozenset(passed))
    return results


def _run_each(
    context: CaseContext,
    steps: Iterable[Step],
    earlier: dict[str, StepResult],
    on_step: OnStep,
) -> dict[str, StepResult]:
    results = dict(earlier)
    for step in steps:
        results[step.name] = _run_step(context, step, results, on_step)
    return results


def _cached(
    context: CaseContext, steps: Iterable[Step], passed: frozenset[str]
) -> dict[str, StepResult] | None:
    """Return cached results if every step passed before or still cannot run here."""
    results: dict[str, StepResult] = {}
    for step in steps:
        if step.name in passed:
            results[step.name] = StepResult(step.name, Status.CACHED)
        elif passed and (reason := unavailable(context, step)):
            results[step.name] = StepResult(step.name, Status.NOT_RUN, message=reason)
        elif blocked := _blocked(step, results):
            results[step.name] = blocked
        else:
            return None
    return results


def _blocked(step: Step, results: dict[str, StepResult]) -> StepResult | None:
    """Return the result of a step that depends on one that did not pass."""
    passed = (Status.PASSED, Status.CACHED)
    for name in step.after:
        if name in results and results[name].status not in passed:
            reason = f"{name}: {results[name].status}"
            return StepResult(step.name, Status.BLOCKED, message=reason)
    return None


def _run_step(
    context: CaseContext, step: Step, results: dict[str, StepResult], on_step: OnStep
) -> StepResult:
    if context.processes.closed:
        raise RunCancelled
    if blocked := _blocked(step, results):
        return blocked
    on_step(step)
    context.log = context.logs / f"{len(results) + 1:02}-{step.name.replace(' ', '-')}.log"
    start = time.perf_counter()
    status, message = Status.PASSED, ""
    try:
        if reason := unavailable(context, step):
            raise CannotRun(reason)  # noqa: TRY301 - handled like the same error of an action
        RUN[step.do](context, step)
    except StepFailed as error:
        status, message = Status.FAILED, str(error)
    except CannotRun as error:
        status, message = Status.NOT_RUN, str(error)
    if context.processes.closed:  # a step that was killed says nothing about the project
        raise RunCancelled
    log = context.log.read_text("utf-8", "replace")[-LOG_TAIL:] if context.log.exists() else ""
    return StepResult(step.name, status, time.perf_counter() - start, message, log)
