"""What a check found, for people."""

from typing import TYPE_CHECKING

from scaffold.output.console import Cell, console, counted, styled, table

if TYPE_CHECKING:
    from scaffold.checks.result import CheckResult, Finding
    from scaffold.checks.rule import Rule

STYLES = {"error": "bad", "warning": "careful", "note": "name"}  # by level
LONGEST = 120  # characters of a source line that are shown


def check(result: "CheckResult") -> None:
    """Show every violation with its line and what to do, on standard output."""
    out = console(data=True)
    for one in result.findings:
        _violation(one, result.source(one).strip())
    for missing in result.not_run:
        text = styled(("not checked: ", "careful"), f"{missing.what}: {missing.reason}")
        out.print(text, soft_wrap=True)
    if result.points:
        _points(result)
    _closing(result)


def explanation(rule: "Rule", advice: str) -> None:
    """Show what a rule says and why, on standard output.

    Args:
        rule: the rule.
        advice: the point of advice that it rests on, in words; may be empty.
    """
    out = console(data=True)
    out.print(styled((f"{rule.id} {rule.name}", "strong"), f"  {rule.level}"))
    out.print(styled(f"\n{rule.title} {rule.why}"))
    if advice:
        out.print(styled((f"\n{rule.advice}: {advice}", "quiet")))
    if rule.limit:
        out.print(styled(f"\nThe limit is {rule.limit}."))
    out.print(styled(("\nWhat to do: ", "strong"), rule.remedy))
    if rule.fix:
        flag = "--fix" if rule.fix.safe else "--unsafe-fixes"
        out.print(styled((f"\n{flag}: ", "strong"), rule.fix.what))
    for label, code in (("Not like this", rule.bad), ("But like this", rule.good)):
        if code:
            out.print(styled((f"\n{label}:", "strong")))
            for row in code.rstrip("\n").split("\n"):
                out.print(styled(f"  {row}"), soft_wrap=True)


def _points(result: "CheckResult") -> None:
    """Show how near the project is to each point of the advice."""
    from scaffold.checks.advice import Nearness

    styles = {Nearness.MET: "good", Nearness.NOT_MET: "bad", Nearness.NOT_CHECKED: "careful"}
    rows: list[list[Cell]] = []
    for point in result.points:
        count = f" ({point.violations})" if point.violations else ""
        verdict = (f"{point.nearness}{count}", styles.get(point.nearness, "quiet"))
        why = point.reason or f"by {', '.join(point.rules)}"
        rows.append([(point.id, "name"), verdict, f"{point.text} {why[:1].upper()}{why[1:]}."])
    checked = [one for one in result.points if one.rules]
    met = sum(one.nearness is Nearness.MET for one in checked)
    out = console(data=True)
    out.print(styled(("The advice, point by point", "strong")))
    table(out, rows)
    more = f"{len(result.points) - len(checked)} cannot be checked by reading"
    out.print(styled((f"{met} of {len(checked)} points met", "strong"), f"; {more}\n"))


def _violation(one: "Finding", source: str) -> None:
    out = console(data=True)
    violation = one.violation
    place = f"{violation.path}:{violation.line}" if violation.line else violation.path
    head = styled(
        (place, "strong"),
        "  ",
        (one.level.value, STYLES[one.level]),
        f"  {one.rule.id} ",
        (one.rule.name, "name"),
    )
    out.print(head, soft_wrap=True)
    if source:
        number = f"{violation.line:>6} │ "
        out.print(styled((number, "quiet"), source[:LONGEST]), soft_wrap=True)
    out.print(styled(f"  {violation.message}"), soft_wrap=True)
    out.print(styled(("  → ", "quiet"), one.hint, "\n"), soft_wrap=True)


def _closing(result: "CheckResult") -> None:
    out = console()
    from scaffold.checks.rule import Level

    counts = [counted(result.count(level), level.value) for level in Level if result.count(level)]
    read = f"{counted(result.modules, 'module')} in {result.seconds:.1f} s"
    if result.not_run:
        counts.append(f"{len(result.not_run)} not checked")
    passed = [
        f"{count} {word}"
        for word, count in (
            ("suppressed", result.suppressed),
            ("in the baseline", result.tolerated),
            (f"excepted by the policy {result.policy}", result.excepted),
        )
        if count
    ]
    head = (", ".join(counts), "strong") if counts else ("no violations", "good")
    out.print(styled(head, "; ", "; ".join([*passed, read])), soft_wrap=True)
    for path in result.fixed:
        out.print(styled(("fixed: ", "good"), path), soft_wrap=True)
    if result.gone:
        text = f"{result.gone} of the baseline are gone; take them out: "
        out.print(styled(text, ("scaffold check --update-baseline", "name")), soft_wrap=True)
    if result.policy:
        held = f"; {counted(result.exceptions, 'exception')} in force" if result.exceptions else ""
        more = f"; {result.policy_note}" if result.policy_note else ""
        out.print(styled(("policy: ", "quiet"), f"{result.policy}{held}{more}"), soft_wrap=True)
    if result.findings:
        name = result.findings[0].rule.name
        out.print(styled("why: ", (f"scaffold check --explain {name}", "name")), soft_wrap=True)
