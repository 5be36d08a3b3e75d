"""What in a project breaks a policy: its state files are read, and nothing in it can undo that."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from scaffold.checks.project import Project
from scaffold.checks.result import CheckResult, Finding, NotRun, fingerprints
from scaffold.checks.rule import Rule, Violation
from scaffold.checks.rules.policy import EXPIRED, LOCK, MINIMUM, NOT_RECORDED
from scaffold.errors import ScaffoldError
from scaffold.model.versions import numbers
from scaffold.packs.catalog import BUILT_IN, find_pack, pack_of
from scaffold.packs.checkout import fetched
from scaffold.packs.pack import Pack
from scaffold.policies.breaches import Breach, breaches
from scaffold.policies.policy import RECIPE, Policy, Setting
from scaffold.project.base import BASE
from scaffold.project.staging import STATE_FILE
from scaffold.project.state import State, read_base, read_state
from scaffold.project.template_state import is_template_project

PYPROJECT = "pyproject.toml"
LOWEST = re.compile(r"(?:>=|~=|==|\^)\s*(\d+(?:\.\d+)*)")
Verdict = tuple[list[tuple[Rule, Violation]], list[NotRun]]


def judge(
    policy: Policy, project: Project, result: CheckResult, repository: str, today: date
) -> CheckResult:
    """Add to the result of the other rules what breaks a policy.

    It comes after suppressions and the baseline, so that neither lets anything of it pass.

    Args:
        policy: the whole policy.
        project: the project.
        result: what the other rules found.
        repository: the plain address of the project's repository; empty without one.
        today: the day on which exceptions hold.
    """
    held = policy.for_repository(repository, today)
    kept = [one for one in result.findings if not _is_excepted(held, one)]
    found, unknown = _verdict(held, project)
    found += _expired(policy, repository, today)
    if policy.governs_recipe:
        found += _not_recorded(policy, project)
    names = fingerprints(found)
    added = [
        Finding(rule, rule.level, violation, name)
        for (rule, violation), name in zip(found, names, strict=True)
    ]
    return replace(
        result,
        findings=[*added, *kept],
        not_run=[*unknown, *result.not_run],
        policy=policy.name,
        policy_note=policy.note,
        excepted=len(result.findings) - len(kept),
        exceptions=len(held.exceptions),
    )


def _is_excepted(policy: Policy, finding: Finding) -> bool:
    where = finding.violation.path
    return any(one.covers(finding.rule.name, where) for one in policy.exceptions)


def _verdict(policy: Policy, project: Project) -> Verdict:
    found = list(_python(policy, project))
    unknown: list[NotRun] = []
    wanted = [key for key in policy.settings if key.startswith(RECIPE)]
    if not wanted:
        return found, unknown
    try:
        state = _state(project)
    except ScaffoldError as error:
        return found, [NotRun(LOCK.name, f"{error.message}; {error.hint}")]
    if state is None:
        return _without_recipe(policy, project, wanted, found)
    for one in _all_breaches(policy, project, state):
        if one.known:
            found.append(
                (one.rule, Violation(STATE_FILE, one.message, symbol=one.key, hint=one.hint))
            )
        else:
            unknown.append(NotRun(one.rule.name, f"{one.key}: {one.message}; {one.hint}"))
    if read_base(project.root) is None:
        reason = f"{BASE} is gone or damaged, so {STATE_FILE} alone says what the project is"
        unknown.append(NotRun(LOCK.name, f"{reason}; scaffold update writes it anew"))
    return found, unknown


def _all_breaches(policy: Policy, project: Project, state: State) -> Iterator[Breach]:
    """Yield the breaches of what the project says it is, and of what it was rendered from.

    Whoever edits the one file has not edited the other.
    """
    seen = set()
    base = read_base(project.root)
    for one in (state, *((base[1],) if base else ())):
        for breach in breaches(policy, one.recipe, _pack_of(one), one.origin):
            if breach.key not in seen:
                seen.add(breach.key)
                rendered = (
                    "" if one is state else f"; {STATE_FILE} was edited since: scaffold update"
                )
                yield replace(breach, message=f"{breach.message}{rendered}")


def _without_recipe(
    policy: Policy, project: Project, wanted: Iterable[str], found: list[tuple[Rule, Violation]]
) -> Verdict:
    """Judge a project that scaffold does not know: its framework shows, the rest does not."""
    left = list(wanted)
    framework = policy.settings.get("locks.framework")
    if framework and any(project.uses(name) for name in BUILT_IN):
        left.remove("locks.framework")
        if not project.uses(framework.text):
            others = [name for name in BUILT_IN if project.uses(name)]
            message = (
                f"the project uses {', '.join(others)}, but locks.framework is {framework.set_by}"
            )
            found.append((LOCK, Violation("", message, symbol="locks.framework")))
    if not left:
        return found, []
    reason = f"the project has no {STATE_FILE}, so nobody knows about {', '.join(left)}"
    return found, [NotRun(LOCK.name, f"{reason}; scaffold adopt writes one")]


def _python(policy: Policy, project: Project) -> Iterator[tuple[Rule, Violation]]:
    """Find a project that also runs on a Python below the minimum."""
    setting: Setting | None = policy.settings.get("minimums.python")
    if setting is None:
        return
    declared = str(project.pyproject.get("project", {}).get("requires-python", ""))
    lowest = [numbers(version) for version in LOWEST.findall(declared)]
    if lowest and max(lowest) >= numbers(setting.text):
        return
    now = f"requires-python is {declared}" if declared else "nothing says which Python it needs"
    message = f"{now}, but minimums.python is {setting.set_by} or newer"
    hint = f'write requires-python = ">={setting.text}" in {PYPROJECT}'
    yield MINIMUM, Violation(PYPROJECT, message, symbol="minimums.python", hint=hint)


def _expired(policy: Policy, repository: str, today: date) -> Iterator[tuple[Rule, Violation]]:
    for one in policy.exceptions_for(repository):
        if one.repository and not one.holds(today):
            message = f"the exception of {policy.name} for {one.about} expired on {one.until}"
            yield EXPIRED, Violation("", message, symbol=one.about, hint=f"ask {one.owner}")


def _not_recorded(policy: Policy, project: Project) -> Iterator[tuple[Rule, Violation]]:
    record = policy.record
    with suppress(ScaffoldError):
        state = _state(project)
        if record is None or state is None:
            return
        if state.policy is None or state.policy.source != record.source:
            now = f"it records {state.policy.source}" if state.policy else "it records none"
            message = f"the project is bound by {record.source}; {now}"
            hint = f"scaffold update --policy {record.source}"
            yield NOT_RECORDED, Violation(STATE_FILE, message, symbol=policy.name, hint=hint)


def _state(project: Project) -> State | None:
    """Return the state of a project of a pack; None for others."""
    if not project.exists(STATE_FILE) or is_template_project(project.root):
        return None
    return read_state(project.root)


def _pack_of(state: State) -> Pack | None:
    """Return the pack of a project where it is at hand, without the network."""
    with suppress(ScaffoldError):
        if state.origin:
            found = fetched(state.origin.source(state.origin.commit))
            return pack_of(found) if found else None
        if state.recipe.pack in BUILT_IN:
            return find_pack(state.recipe.pack)
    return None
