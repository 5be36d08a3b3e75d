"""Shrink a failing case to the smallest set of options that still fails."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from scaffold.errors import ScaffoldError
from scaffold.packs.pack import Pack, choose_features
from scaffold.smoke.config import SmokeConfig
from scaffold.smoke.listener import SilentListener
from scaffold.smoke.planning.cases import case_of, changed_choice
from scaffold.smoke.results import Case, CaseResult, Finding, StepResult
from scaffold.smoke.runtime.runner import RunContext, run_cases

Fails = Callable[[frozenset[str]], bool]


def find_causes(
    run: RunContext, results: Sequence[CaseResult], config: SmokeConfig, origin: str
) -> list[Finding]:
    """Shrink the failures of a run; skip those that an earlier finding explains.

    Args:
        run: runs the candidates.
        results: the results of all cases.
        config: the steps of the cases.
        origin: the part of the command that names the pack or the recipe.
    """
    found: list[Finding] = []
    for result in sorted(results, key=lambda result: len(result.case.recipe.features)):
        for failure in result.failed[:1]:
            if not any(_explains(finding, result, failure) for finding in found):
                small = _shrink(run, result.case, config, failure)
                found.append(_finding(small, failure, results, config, origin))
    return found


def smallest(pack: Pack, features: Iterable[str], fails: Fails) -> frozenset[str]:
    """Leave features out, large parts first, as long as the rest still fails.

    Features that require one that is left out are left out too.

    Returns:
        A set of features of which none can be left out.
    """
    kept = frozenset(features)
    size = max(1, len(kept) // 2)
    while True:
        for part in _parts(sorted(kept), size):
            less = _without(pack, kept, part)
            if less < kept and fails(less):
                kept = less
                break
        else:
            if size == 1:
                return kept
            size //= 2
            continue
        size = max(1, min(size, len(kept) // 2))


def _parts(names: Sequence[str], size: int) -> list[Sequence[str]]:
    return [names[start : start + size] for start in range(0, len(names), size)]


def _without(pack: Pack, features: frozenset[str], gone: Iterable[str]) -> frozenset[str]:
    removed = set(gone)
    return frozenset(
        name for name in features if not set(choose_features(pack, [name])[0]) & removed
    )


def _shrink(run: RunContext, case: Case, config: SmokeConfig, failure: StepResult) -> Case:
    """Return the smallest case with the same failing step."""
    part = config.closure([failure.step])
    tried: dict[tuple[frozenset[str], str], bool] = {}

    def case_with(features: frozenset[str], resources: str) -> Case:
        named = resources if resources != case.resources else None
        if not case.resources or named is None:
            return changed_choice(case, config, features, named)
        return case_of(case.pack, config, features, resources)

    def fails(features: frozenset[str], resources: str) -> bool:
        key = (features, resources)
        if key not in tried:
            run.listener.note(f"shrinking {failure.step}: {' '.join(sorted(features)) or 'base'}")
            try:
                candidate = case_with(features, resources)
            except ScaffoldError:
                tried[key] = False
                return False
            result = run_cases(_silent(run), [candidate], part)[0]
            tried[key] = any(step.step == failure.step for step in result.failed)
        return tried[key]

    resources = case.resources
    features = frozenset(case.recipe.features)
    names = list(config.resources)
    for name in names[: names.index(resources)] if resources in names else names:
        if fails(features, name):
            resources = name
            break
    features = smallest(case.pack, features, lambda less: fails(less, resources))
    return case_with(features, resources)


def _silent(run: RunContext) -> RunContext:
    settings = replace(run.settings, logs=None, keep=False)
    return replace(run, listener=SilentListener(), settings=settings)


def _finding(
    case: Case,
    failure: StepResult,
    results: Sequence[CaseResult],
    config: SmokeConfig,
    origin: str,
) -> Finding:
    features = case.recipe.features
    holders = [one for one in results if set(features) <= set(one.case.recipe.features)]
    same = [one for one in holders if any(step.step == failure.step for step in one.failed)]
    words = ["scaffold", "smoke", *shlex.split(origin), "--features", ",".join(features)]
    if case.resources in config.resources:
        words += ["--resources", case.resources]
    words += ["--only", failure.step]
    return Finding(
        step=failure.step,
        message=failure.message,
        means=config.step(failure.step).means,
        features=features,
        resources=case.resources,
        command=shlex.join(words),
        cases=tuple(one.case.label for one in same),
        log=failure.log,
        holders=len(holders),
    )


def _explains(finding: Finding, result: CaseResult, failure: StepResult) -> bool:
    features = set(result.case.recipe.features)
    return finding.step == failure.step and set(finding.features) <= features
