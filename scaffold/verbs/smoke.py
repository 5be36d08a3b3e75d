"""`scaffold smoke`: prove that generated projects work."""

import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from scaffold.catalog import find
from scaffold.errors import UsageError
from scaffold.smoke.cases import case_of, changed_choice, features_of, space
from scaffold.smoke.changed import changed
from scaffold.smoke.ci import github, shard
from scaffold.smoke.matrix import coverage, everything, pairs
from scaffold.smoke.runner import Settings, prove_all, running
from scaffold.smoke.shrink import findings
from scaffold.smoke.sources import read_recipe
from scaffold.smoke.steps import read
from scaffold.smoke.table import Table
from scaffold.smoke.verdict import Case, Summary
from scaffold.smoke.watch import Watch

TOO_MANY = 5000  # recipes; more than this is a mistake, not a plan


@dataclass(frozen=True)
class Request:
    """What is to be proven.

    Args:
        project: an existing project.
        recipe: a recipe file.
        pack: a pack's name or path.
        all: every allowed combination instead of every pair.
        changed: a git revision of the pack; only what renders otherwise since.
        first: only so many recipes.
        shard: only part "I/N".
        features: exactly these, in place of a matrix or of the recipe's own.
        resources: this set of resources, likewise.
        only: only these steps and what they build on.
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
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True)
class Plan:
    """What a request comes to.

    Args:
        cases: in the order in which they run.
        table: their steps.
        pairs: pairs of options that they hold, and pairs there are; zero outside a matrix.
        origin: the words of the command that name pack, recipe or project.
    """

    cases: Sequence[Case]
    table: Table
    origin: str
    pairs: tuple[int, int] = (0, 0)


def plan(request: Request) -> Plan:
    """Find out what is to be proven; runs nothing.

    Raises:
        ScaffoldError: project, recipe or pack do not exist or do not fit each other.
    """
    if sum(map(bool, (request.project, request.recipe, request.pack))) != 1:
        raise UsageError("name one thing to prove: a project, --recipe FILE or --pack PATH",
                         "scaffold smoke --pack flask")  # fmt: skip
    found = _of_pack(request) if request.pack else _of_recipe(request)
    return replace(found, table=found.table.closure(request.only)) if request.only else found


def smoke(request: Request, watch: Watch) -> Summary:
    """Prove projects.

    Raises:
        ScaffoldError: see `plan`; or the Python asked for is not here.
        KeyboardInterrupt: the person ended it; nothing is left behind.
    """
    start = time.perf_counter()
    made = plan(request)
    settings = request.settings
    watch.planned(made.cases)
    with running(settings, watch) as run:
        verdicts = prove_all(run, made.cases, made.table)
        shrinkable = settings.shrink and not request.project
        small = findings(run, verdicts, made.table, made.origin) if shrinkable else []
        kept = run.place if settings.keep else None
    return Summary(verdicts, small, made.pairs, time.perf_counter() - start, kept)


def emit_matrix(request: Request, runners: int) -> dict[str, object]:
    """The matrix of a CI job whose runners together prove what is requested."""
    made = plan(request)
    words = shlex.split(made.origin)
    words += ["--all"] if request.all else []
    words += ["--changed", request.changed] if request.changed else []
    words += ["--first", str(request.first)] if request.first else []
    words += ["--python", request.settings.python] if request.settings.python else []
    words += [word for step in request.only for word in ("--only", step)]
    return github([case.label for case in made.cases], runners, words)


def _of_pack(request: Request) -> Plan:
    pack = find(request.pack)
    table = read(pack)
    origin = shlex.join(["--pack", request.pack])
    if request.features is not None or request.resources is not None:
        features = pack.defaults if request.features is None else request.features
        usual = next(reversed(list(table.resources)), "")
        case = case_of(pack, table, features,
                       usual if request.resources is None else request.resources)  # fmt: skip
        return Plan([case], table, origin)
    options = space(pack, table)
    rows = list(islice(everything(options), TOO_MANY + 1)) if request.all else pairs(options)
    if request.all and len(rows) > TOO_MANY and not request.first:
        raise UsageError(f"there are more than {TOO_MANY} combinations",
                         "take --pairs, or --first N")  # fmt: skip
    held = {
        case.label: (case, row)
        for row in rows
        for case in [case_of(pack, table, features_of(pack, row), row.get("resources", ""))]
    }
    cases = [case for case, _ in held.values()]
    if request.changed:
        cases = changed(cases, pack, request.changed)
    cases = cases[: request.first or None]
    if request.shard:
        cases = shard(cases, request.shard)
    return Plan(cases, table, origin, coverage((held[c.label][1] for c in cases), options))


def _of_recipe(request: Request) -> Plan:
    source = request.project or request.recipe or Path()
    recipe = read_recipe(source)
    pack = find(recipe.pack, recipe.pack_version)
    table = read(pack)
    case = Case(f"{pack.name} {source.name or recipe.slug}", recipe, pack, folder=request.project)
    if request.recipe and (request.features is not None or request.resources is not None):
        case = changed_choice(case, table, request.features, request.resources)
    return Plan([case], table, shlex.join(["--recipe", str(source)]))
