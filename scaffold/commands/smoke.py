"""`scaffold smoke`: test that generated projects work."""

import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from scaffold.errors import UsageError
from scaffold.packs.catalog import find_pack
from scaffold.project.state import read_recipe
from scaffold.smoke.config import SmokeConfig
from scaffold.smoke.config_loader import read_config
from scaffold.smoke.listener import Listener
from scaffold.smoke.planning.cases import case_of, changed_choice, features_of, space
from scaffold.smoke.planning.changed_cases import changed_cases
from scaffold.smoke.planning.matrix import coverage, everything, pairs
from scaffold.smoke.planning.sharding import github_matrix, shard
from scaffold.smoke.planning.shrink import find_causes
from scaffold.smoke.results import Case, RunResult
from scaffold.smoke.runtime.runner import RunSettings, open_run, run_cases

MAX_CASES = 5000


@dataclass(frozen=True)
class Request:
    """What to test.

    Args:
        project: an existing project.
        recipe: a recipe file.
        pack: the name or path of a pack.
        all: every allowed combination of options instead of every pair.
        changed: a git revision of the pack; only cases that render differently since.
        first: only the first cases.
        shard: only part "I/N".
        features: exactly these features instead of a matrix or those of the recipe.
        resources: this set of resources, likewise.
        only: only these steps and those they depend on.
        settings: how the run works.
    """

    project: Path | None = None
    recipe: Path | None = None
    pack: str = ""
    all: bool = False
    changed: str = ""
    first: int = 0
    shard: str = ""
    features: tuple[str, ...] | None = None
    resources: str | None = None
    only: tuple[str, ...] = ()
    settings: RunSettings = field(default_factory=RunSettings)


@dataclass(frozen=True)
class RunPlan:
    """The cases of a request.

    Args:
        cases: in the order in which they run.
        config: their steps.
        origin: the part of the command that names the pack, recipe or project.
        pairs: how many pairs of options the cases cover, and how many there are; zero outside
            a matrix.
    """

    cases: Sequence[Case]
    config: SmokeConfig
    origin: str
    pairs: tuple[int, int] = (0, 0)


def plan(request: Request) -> RunPlan:
    """Find the cases of a request; run nothing.

    Raises:
        ScaffoldError: the project, recipe or pack does not exist, or they do not fit together.
    """
    if sum(map(bool, (request.project, request.recipe, request.pack))) != 1:
        raise UsageError(
            "name one thing to test: a project, --recipe FILE or --pack PATH",
            "scaffold smoke --pack flask",
        )
    found = _plan_pack(request) if request.pack else _plan_recipe(request)
    return replace(found, config=found.config.closure(request.only)) if request.only else found


def smoke(request: Request, listener: Listener) -> RunResult:
    """Run the cases of a request and shrink failures.

    Raises:
        ScaffoldError: see `plan`; or the wanted Python is not installed.
        KeyboardInterrupt: the run was interrupted; nothing is left behind.
    """
    start = time.perf_counter()
    run_plan = plan(request)
    settings = request.settings
    listener.run_started(run_plan.cases)
    with open_run(settings, listener) as run:
        cases = run_cases(run, run_plan.cases, run_plan.config)
        shrinkable = settings.shrink and not request.project
        found = find_causes(run, cases, run_plan.config, run_plan.origin) if shrinkable else []
        kept = run.folder if settings.keep else None
    return RunResult(cases, found, run_plan.pairs, time.perf_counter() - start, kept)


def emit_matrix(request: Request, runners: int) -> dict[str, object]:
    """Return the matrix of a CI job whose runners together run the request."""
    run_plan = plan(request)
    words = shlex.split(run_plan.origin)
    words += ["--all"] if request.all else []
    words += ["--changed", request.changed] if request.changed else []
    words += ["--first", str(request.first)] if request.first else []
    words += ["--python", request.settings.python] if request.settings.python else []
    words += [word for step in request.only for word in ("--only", step)]
    return github_matrix([case.label for case in run_plan.cases], runners, words)


def _plan_pack(request: Request) -> RunPlan:
    pack = find_pack(request.pack)
    config = read_config(pack)
    origin = shlex.join(["--pack", request.pack])
    if request.features is not None or request.resources is not None:
        features = pack.defaults if request.features is None else request.features
        resources = request.resources
        if resources is None:
            resources = next(reversed(list(config.resources)), "")
        return RunPlan([case_of(pack, config, features, resources)], config, origin)
    options = space(pack, config)
    rows = list(islice(everything(options), MAX_CASES + 1)) if request.all else pairs(options)
    if request.all and len(rows) > MAX_CASES and not request.first:
        raise UsageError(
            f"there are more than {MAX_CASES} combinations", "use --pairs, or --first N"
        )
    row_of = {}
    cases = []
    for row in rows:
        case = case_of(pack, config, features_of(pack, row), row.get("resources", ""))
        if case.label not in row_of:
            cases.append(case)
        row_of[case.label] = row
    if request.changed:
        cases = changed_cases(cases, pack, request.changed)
    cases = cases[: request.first or None]
    if request.shard:
        cases = shard(cases, request.shard)
    covered = coverage((row_of[case.label] for case in cases), options)
    return RunPlan(cases, config, origin, covered)


def _plan_recipe(request: Request) -> RunPlan:
    source = request.project or request.recipe or Path()
    recipe = read_recipe(source)
    pack = find_pack(recipe.pack, recipe.pack_version)
    config = read_config(pack)
    label = f"{pack.name} {source.name or recipe.slug}"
    case = Case(label, recipe, pack, folder=request.project)
    if request.recipe and (request.features is not None or request.resources is not None):
        case = changed_choice(case, config, request.features, request.resources)
    return RunPlan([case], config, shlex.join(["--recipe", str(source)]))
