"""One case put to the proof: its steps in order, each timed, each with its own log."""

import time
from collections.abc import Callable, Iterable

from scaffold.grammar import find_access
from scaffold.smoke import proven
from scaffold.smoke.actions import ACTIONS, unavailable
from scaffold.smoke.bench import Bench
from scaffold.smoke.table import Step
from scaffold.smoke.verdict import CannotRun, Halted, Outcome, Status, StepFailed, Verdict

TAIL = 20_000  # characters of a log that a report shows
EARLY = ("render", "again", "hygiene", "lock")  # what must run before one can tell by content


def steps_of(bench: Bench) -> tuple[Step, ...]:
    """The steps that belong to a case: by its features, files and resources."""
    recipe = bench.case.recipe
    features = set(recipe.features)
    resources = {access.is_private for access in find_access(recipe.apps).values()}
    return tuple(
        step
        for step in bench.table.steps
        if set(step.features) <= features
        and not set(step.without) & features
        and (not step.one_of or set(step.one_of) & features)
        and step.resources <= resources
        and (not bench.case.folder or step.do != "again")
    )


def prove(bench: Bench, watch: Callable[[Step], None], *, cache: bool) -> Verdict:
    """Run the steps of a case.

    A step whose predecessor did not pass is not reached; the others run, so that one report
    tells all there is to tell.

    Args:
        bench: where; its servers are ended whatever happens.
        watch: told of each step as it begins.
        cache: whether what passed before is taken as proven.

    Raises:
        Halted: the whole run is being stopped.
    """
    start = time.perf_counter()
    try:
        outcomes = _outcomes(bench, watch, cache=cache)
    finally:
        bench.close()
    return Verdict(bench.case, tuple(outcomes.values()), time.perf_counter() - start)


def _outcomes(bench: Bench, watch: Callable[[Step], None], *, cache: bool) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    steps = steps_of(bench)
    early = [step for step in steps if step.do in EARLY]
    for step in early:
        outcomes[step.name] = _outcome(bench, step, outcomes, watch)
    steps = tuple(s for s in steps if not s.files or all(f in bench.tree for f in s.files))
    outcomes = {s.name: outcomes[s.name] for s in steps if s.name in outcomes}
    late = [step for step in steps if step not in early]
    if not all(found.status is Status.PASSED for found in outcomes.values()):
        return _run(bench, late, outcomes, watch)
    mark = proven.key(bench)
    known = _recalled(bench, late, proven.recall(mark)) if cache else None
    if known is not None:
        return outcomes | known
    _run(bench, late, outcomes, watch)
    if not any(found.status is Status.FAILED for found in outcomes.values()):
        passed = (name for name, found in outcomes.items() if found.status is Status.PASSED)
        proven.remember(mark, frozenset(passed))
    return outcomes


def _run(
    bench: Bench, steps: Iterable[Step], outcomes: dict[str, Outcome], watch: Callable[[Step], None]
) -> dict[str, Outcome]:
    for step in steps:
        outcomes[step.name] = _outcome(bench, step, outcomes, watch)
    return outcomes


def _recalled(
    bench: Bench, steps: Iterable[Step], known: frozenset[str]
) -> dict[str, Outcome] | None:
    """Outcomes from memory, where every step passed before or still cannot run here."""
    outcomes: dict[str, Outcome] = {}
    for step in steps:
        if step.name in known:
            outcomes[step.name] = Outcome(step.name, Status.PROVEN)
        elif known and (reason := unavailable(bench, step)):
            outcomes[step.name] = Outcome(step.name, Status.NOT_RUN, message=reason)
        elif blocked := _blocked(step, outcomes):
            outcomes[step.name] = blocked
        else:
            return None
    return outcomes


def _blocked(step: Step, outcomes: dict[str, Outcome]) -> Outcome | None:
    """The outcome of a step that builds on one that did not pass."""
    good = (Status.PASSED, Status.PROVEN)
    for name in step.after:
        if name in outcomes and outcomes[name].status not in good:
            reason = f"{name}: {outcomes[name].status}"
            return Outcome(step.name, Status.BLOCKED, message=reason)
    return None


def _outcome(
    bench: Bench, step: Step, outcomes: dict[str, Outcome], watch: Callable[[Step], None]
) -> Outcome:
    if bench.processes.closed:
        raise Halted
    if blocked := _blocked(step, outcomes):
        return blocked
    watch(step)
    bench.log = bench.logs / f"{len(outcomes) + 1:02}-{step.name.replace(' ', '-')}.log"
    start = time.perf_counter()
    status, message = Status.PASSED, ""
    try:
        _act(bench, step)
    except StepFailed as problem:
        status, message = Status.FAILED, str(problem)
    except CannotRun as problem:
        status, message = Status.NOT_RUN, str(problem)
    if bench.processes.closed:  # what was ended by force says nothing about the project
        raise Halted
    log = bench.log.read_text("utf-8", "replace")[-TAIL:] if bench.log.exists() else ""
    return Outcome(step.name, status, time.perf_counter() - start, message, log)


def _act(bench: Bench, step: Step) -> None:
    if reason := unavailable(bench, step):
        raise CannotRun(reason)
    ACTIONS[step.do](bench, step)
