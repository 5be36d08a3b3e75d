"""Run the rules over a project."""

import time
from collections.abc import Sequence
from datetime import date

from scaffold.checks.config import Config
from scaffold.checks.project import Project, without_collector
from scaffold.checks.result import CheckResult, Finding, NotRun, fingerprints
from scaffold.checks.rule import CannotRun, Rule, Violation
from scaffold.checks.rules import RULES
from scaffold.checks.suppressions import Suppressions

Found = list[tuple[Rule, Violation]]


@without_collector()
def run_rules(
    project: Project,
    rules: Sequence[Rule] = RULES,
    config: Config | None = None,
    prefix: str = "",
    today: date | None = None,
) -> CheckResult:
    """Run rules over a project.

    A rule that fails with an error of its own is reported as not run, never as passed.

    Args:
        project: the project.
        rules: the rules.
        config: levels and limits in place of the rules' own.
        prefix: where the project is in its repository, with a slash.
        today: the day on which suppressions hold.
    """
    config = config or Config()
    found, not_run = _run(project, rules, config)
    found, suppressed = _suppress(project, found, today or date.today())  # noqa: DTZ011 - the user's
    lines = sum(len(module.lines) for module in project.modules)
    not_run += _unreadable(project, config)
    findings = [
        Finding(rule, level, violation, name)
        for (rule, violation), name in zip(found, fingerprints(found), strict=True)
        if (level := config.level(rule, violation.path)) is not None
    ]
    return CheckResult(
        project.root,
        findings,
        not_run,
        len(project.modules),
        lines,
        time.perf_counter() - project.opened,
        prefix,
        suppressed,
    )


def _run(project: Project, rules: Sequence[Rule], config: Config) -> tuple[Found, list[NotRun]]:
    found: Found = []
    not_run = []
    for rule in rules:
        try:
            found += [(rule, one) for one in rule.check(project, config.limit(rule))]
        except CannotRun as error:
            not_run.append(NotRun(rule.name, str(error)))
        except Exception as error:  # a fault of one rule must not hide the others
            reason = f"{type(error).__name__}: {error}; this is a bug in scaffold"
            not_run.append(NotRun(rule.name, reason))
    return found, not_run


def _unreadable(project: Project, config: Config) -> list[NotRun]:
    found = sorted(project.unreadable.items())
    return [NotRun(path, reason) for path, reason in found if not config.is_excluded(path)]


def _suppress(project: Project, found: Found, today: date) -> tuple[Found, int]:
    """Leave out what comments let pass; add what is wrong with the comments."""
    suppressions = Suppressions(project, today)
    kept = [pair for pair in found if not suppressions.covers(*pair)]
    suppressed = len(found) - len(kept)
    kept += suppressions.problems()
    kept.sort(key=lambda pair: (pair[1].path, pair[1].line, pair[0].id, pair[1].symbol))
    return kept, suppressed
