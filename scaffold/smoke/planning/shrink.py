"""From a failing case to the smallest set of options that still fails, and how to see it again."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from scaffold.errors import ScaffoldError
from scaffold.packs.pack import Pack, choose
from scaffold.smoke.config import Table
from scaffold.smoke.listener import Silent
from scaffold.smoke.planning.cases import case_of, changed_choice
from scaffold.smoke.results import Case, Finding, Outcome, Verdict
from scaffold.smoke.runtime.runner import Run, prove_all

Fails = Callable[[frozenset[str]], bool]


def findings(run: Run, verdicts: Sequence[Verdict], table: Table, origin: str) -> list[Finding]:
    """Shrink the failures of a run; those that one finding explains are not shrunk again.

    Args:
        run: where candidates are put to the proof.
        verdicts: of all cases.
        table: their steps.
        origin: the part of the command that names pack or recipe.
    """
    found: list[Finding] = []
    for verdict in sorted(verdicts, key=lambda verdict: len(verdict.case.recipe.features)):
        for outcome in verdict.failed[:1]:
            if not any(_explains(finding, verdict, outcome) for finding in found):
                small = _shrink(run, verdict.case, table, outcome)
                found.append(_finding(small, outcome, verdicts, table, origin))
    return found


def smallest(pack: Pack, features: Iterable[str], fails: Fails) -> frozenset[str]:
    """Leave features out, large parts first, as long as it still fails.

    What requires a feature that is left out goes with it.

    Returns:
        Features of which none can be left out any more.
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
    return frozenset(name for name in features if not set(choose(pack, [name])[0]) & removed)


def _shrink(run: Run, case: Case, table: Table, outcome: Outcome) -> Case:
    """The smallest case with the same failing step."""
    part = table.closure([outcome.step])
    tried: dict[tuple[frozenset[str], str], bool] = {}

    def case_with(features: frozenset[str], resources: str) -> Case:
        named = resources if resources != case.resources else None
        if not case.resources or named is None:
            return changed_choice(case, table, features, named)
        return case_of(case.pack, table, features, resources)

    def fails(features: frozenset[str], resources: str) -> bool:
        key = (features, resources)
        if key not in tried:
            run.watch.said(f"shrinking {outcome.step}: {' '.join(sorted(features)) or 'base'}")
            try:
                candidate = case_with(features, resources)
            except ScaffoldError:
                tried[key] = False
                return False
            verdict = prove_all(_silent(run), [candidate], part)[0]
            tried[key] = any(found.step == outcome.step for found in verdict.failed)
        return tried[key]

    resources = case.resources
    features = frozenset(case.recipe.features)
    names = list(table.resources)
    for name in names[: names.index(resources)] if resources in names else names:
        if fails(features, name):
            resources = name
            break
    features = smallest(case.pack, features, lambda less: fails(less, resources))
    return case_with(features, resources)


def _silent(run: Run) -> Run:
    return replace(run, watch=Silent(), settings=replace(run.settings, logs=None, keep=False))


def _finding(
    case: Case, outcome: Outcome, verdicts: Sequence[Verdict], table: Table, origin: str
) -> Finding:
    features = case.recipe.features
    holders = [v for v in verdicts if set(features) <= set(v.case.recipe.features)]
    same = [v.case.label for v in holders if any(f.step == outcome.step for f in v.failed)]
    words = [
        "scaffold", "smoke", *shlex.split(origin), "--features", ",".join(features),
        *(["--resources", case.resources] if case.resources in table.resources else []),
        "--only", outcome.step,
    ]  # fmt: skip
    return Finding(
        step=outcome.step,
        message=outcome.message,
        means=table.step(outcome.step).means,
        features=features,
        resources=case.resources,
        command=shlex.join(words),
        cases=tuple(same),
        holders=len(holders),
    )


def _explains(finding: Finding, verdict: Verdict, outcome: Outcome) -> bool:
    return finding.step == outcome.step and set(finding.features) <= set(
        verdict.case.recipe.features
    )
