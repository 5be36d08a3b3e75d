"""Run the rules over a project."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from scaffold.checks.project import Project
from scaffold.checks.result import CheckResult, Finding, NotRun, fingerprints
from scaffold.checks.rule import Rule, Violation
from scaffold.checks.rules import RULES


def run_rules(project: Project, rules: Sequence[Rule] = RULES, prefix: str = "") -> CheckResult:
    """Run rules over a project.

    A rule that fails with an error of its own is reported as not run, never as passed.

    Args:
        project: the project.
        rules: the rules.
        prefix: where the project is in its repository, with a slash.
    """
    start = time.perf_counter()
    found: list[tuple[Rule, Violation]] = []
    not_run = []
    with _without_collector():
        for rule in rules:
            try:
                found += [(rule, one) for one in rule.check(project, rule.limit)]
            except Exception as error:  # a fault of one rule must not hide the others
                reason = f"{type(error).__name__}: {error}"
                not_run.append(NotRun(rule.name, f"{reason}; this is a bug in scaffold"))
    not_run += [NotRun(path, reason) for path, reason in sorted(project.unreadable.items())]
    found.sort(key=lambda pair: (pair[1].path, pair[1].line, pair[0].id, pair[1].symbol))
    findings = [
        Finding(rule, rule.level, violation, name)
        for (rule, violation), name in zip(found, fingerprints(found), strict=True)
    ]
    lines = sum(len(module.lines) for module in project.modules)
    seconds = time.perf_counter() - start
    return CheckResult(
        project.root, findings, not_run, len(project.modules), lines, seconds, prefix
    )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hold the garbage collector back: syntax trees are many objects, and none is garbage yet."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
