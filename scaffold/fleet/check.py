"""`scaffold check --fleet`: the same check of many repositories, a row for each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from scaffold.checks import CheckResult
from scaffold.checks.reports import json
from scaffold.commands.check import CheckOptions, check
from scaffold.commands.diff import compare
from scaffold.errors import Exit, ScaffoldError
from scaffold.fleet.clones import find_clone, folder_of, place_of, work_tree
from scaffold.fleet.fleet_file import Fleet, Repository
from scaffold.fleet.parallel import run_parallel
from scaffold.packs.sources import GIT
from scaffold.policies import Policy
from scaffold.project.staging import STATE_FILE
from scaffold.project.state import read_base, read_state
from scaffold.project.template_state import (
    is_template_project,
    read_template_base,
    read_template_state,
)

BEHIND = "template-behind"  # the rule that knows of a newer version
UNKNOWN = -1
STATUSES = {
    "ok": "ok",
    "violations": "with violations",
    "incomplete": "not wholly checked",
    "broken": "broken",
}


@dataclass(frozen=True)
class TemplateFacts:
    """What a project was made from.

    Args:
        name: the pack or template; empty for a project that scaffold does not know.
        version: its version, or the commit of a template.
        drift: how many of its files the project changed or removed; `UNKNOWN` without a base.
    """

    name: str = ""
    version: str = ""
    drift: int = 0


@dataclass(frozen=True)
class RepositoryCheck:
    """What a check found in one repository.

    Args:
        name: what the fleet file calls it.
        source: where it is.
        frameworks: which of flask and django it uses.
        template: what it was made from.
        behind: whether the template has a newer version.
        violations: how many are more than a note.
        exceptions: how many exceptions of the policy hold for it.
        tolerated: how many violations the baseline lets pass.
        not_run: how many rules or files could not be checked.
        report: the whole report, as `scaffold check --json` gives it.
        problem: why it could not be checked at all; empty where it could.
        hint: what to do about that.
        note: what the user should know about how current it is.
    """

    name: str
    source: str
    frameworks: tuple[str, ...] = ()
    template: TemplateFacts = field(default_factory=TemplateFacts)
    behind: bool = False
    violations: int = 0
    exceptions: int = 0
    tolerated: int = 0
    not_run: int = 0
    report: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    hint: str = ""
    note: str = ""

    @property
    def code(self) -> Exit:
        """The exit code of its check."""
        if self.violations:
            return Exit.VIOLATIONS
        return Exit.NOT_RUN if self.problem or self.not_run else Exit.DONE

    @property
    def status(self) -> str:
        """One word: ok, violations, incomplete or broken."""
        if self.problem:
            return "broken"
        return {Exit.DONE: "ok", Exit.VIOLATIONS: "violations"}.get(self.code, "incomplete")


@dataclass(frozen=True)
class FleetCheck:
    """What a check of a fleet found, in the order of the fleet file."""

    fleet: Fleet
    rows: tuple[RepositoryCheck, ...]
    policy: str = ""

    @property
    def code(self) -> Exit:
        """The exit code: violations, else what could not be checked."""
        codes = {row.code for row in self.rows}
        return next((code for code in (Exit.VIOLATIONS, Exit.NOT_RUN) if code in codes), Exit.DONE)

    def count(self, status: str) -> int:
        """Return how many repositories have a status."""
        return sum(row.status == status for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many repositories have each status, in words."""
        return {label: self.count(status) for status, label in STATUSES.items()}


def check_fleet(
    fleet: Fleet,
    policy: Policy | None,
    *,
    workers: int = 0,
    offline: bool = False,
    watch: Callable[[str], None] = lambda _: None,
) -> FleetCheck:
    """Check every repository of a fleet; one that cannot be fetched or read is a row that says why.

    Args:
        fleet: the fleet.
        policy: what binds all of them, whatever they record; None for none.
        workers: how many at a time; 0 for one a core.
        offline: use what was fetched before.
        watch: called with a line as each repository is done.
    """
    numbers = count(1)
    work = partial(check_repository, policy=policy, offline=offline)
    total = len(fleet.repositories)
    rows = run_parallel(
        work,
        fleet.repositories,
        workers,
        lambda row: watch(f"{next(numbers)} of {total} checked, {row.name}"),
    )
    return FleetCheck(fleet, tuple(rows), policy.name if policy else "")


def check_repository(
    repository: Repository, *, policy: Policy | None, offline: bool
) -> RepositoryCheck:
    """Check one repository of a fleet; whatever goes wrong with it is in the result."""
    try:
        with _files_of(repository, offline=offline) as (root, note):
            options = CheckOptions(policy=policy, repository=repository.source.public)
            return _row(repository, check(root, options), template_facts(root), note)
    except ScaffoldError as error:
        problem, hint = error.message, error.hint
    except Exception as error:  # a fault with one repository must not hide the others
        problem = f"{type(error).__name__}: {error}; this is a bug in scaffold"
        hint = "check it alone with --debug and report what that prints"
    return RepositoryCheck(repository.name, repository.address, problem=problem, hint=hint)


def template_facts(root: Path) -> TemplateFacts:
    """Return what a project was made from, and how far it is from that; nothing is rendered.

    Raises:
        ScaffoldError: its state cannot be read.
    """
    if not (root / STATE_FILE).is_file():
        return TemplateFacts()
    if is_template_project(root):
        made = read_template_state(root)
        commit = made.origin.commit[:7] if made.origin else ""
        drift = compare(root, read_template_base(root, made), made.moves)
        return TemplateFacts(made.name, commit, len(drift))
    state = read_state(root)
    base = read_base(root)
    drifted = len(compare(root, base[0], state.moves)) if base else UNKNOWN
    return TemplateFacts(state.recipe.pack, state.recipe.pack_version, drifted)


@contextmanager
def _files_of(repository: Repository, *, offline: bool) -> Iterator[tuple[Path, str]]:
    """Yield the directory of a project that is only read, and a note about how current it is."""
    if repository.source.kind != GIT:
        yield folder_of(repository.source), ""
        return
    clone = find_clone(repository, offline=offline)
    with place_of(repository, "check") as place, work_tree(clone, place) as root:
        yield root, clone.note


def _row(
    repository: Repository, result: CheckResult, template: TemplateFacts, note: str
) -> RepositoryCheck:
    return RepositoryCheck(
        repository.name,
        repository.address,
        tuple(result.frameworks),
        template,
        behind=any(one.rule.name == BEHIND for one in result.findings),
        violations=len(result.failing),
        exceptions=result.exceptions,
        tolerated=result.tolerated,
        not_run=len(result.not_run),
        report=json.as_dict(result),
        note=note,
    )
