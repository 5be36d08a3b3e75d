"""The recommendation with everything it rests on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scaffold.output.console import Cell, console, counted, styled, table
from scaffold.recommendation.questions import Answer, Answers, implied
from scaffold.recommendation.recommend import Recommendation
from scaffold.recommendation.rules import FRAMEWORKS, Rule

if TYPE_CHECKING:
    from rich.console import Console

LEGEND = "\n(A1 …) is the point of advice behind it; docs/adr/0001-framework.md says each."


def answers(rows: Sequence[tuple[str, str]]) -> None:
    """Show what was answered, on standard error."""
    out = console()
    table(out, [[(label, "quiet"), answer] for label, answer in rows])
    if rows:
        out.print()


def said(question: str, answer: Answer) -> str:
    """A question and an answer in the words of the flags: "team size: solo"."""
    text = answer if isinstance(answer, str) else ", ".join(answer) or "nothing"
    return f"{question.replace('_', ' ')}: {text}"


def verdict(found: Recommendation) -> str:
    """The recommendation in one line."""
    name = FRAMEWORKS[found.framework]
    if not found.margin:
        return f"{name}, with as many points for as against"
    close = ", a close call" if found.close_call else ""
    return f"{name}, by {counted(found.margin, 'point')}{close}"


def recommendation(
    found: Recommendation, answers: Answers | None = None, *, talk: bool = False
) -> None:
    """Show the verdict, what each answer adds, what would turn it, and honest warnings.

    Args:
        found: the recommendation.
        answers: what was said, to name the answers that follow from others.
        talk: show it on standard error, amid a conversation.
    """
    out = console(data=not talk)
    name, other = FRAMEWORKS[found.framework], FRAMEWORKS[_other(found.framework)]
    out.print(styled("Recommended: ", (verdict(found), "strong")))
    for warning in filter(None, (found.tie, _close(found), found.caution)):
        table(out, [[("!", "careful"), warning]], indent=0)
    _section(out, f"For {name}", found, found.framework)
    _section(out, f"For {other}", found, _other(found.framework))
    follows = implied(answers or {})
    asked = [row for row in found.neutral if row.question not in {one.question for one in follows}]
    if asked:
        out.print(styled("\nFor neither"))
        table(out, [["  ", said(row.question, row.answer), row.because] for row in asked])
    _flips(out, found, other)
    if follows:
        out.print(styled("\nNot asked, because it follows"))
        table(out, [[said(row.question, row.answer), row.because] for row in follows])
    if found.contributions:
        out.print(styled((LEGEND, "quiet")))


def _close(found: Recommendation) -> str:
    if not found.close_call or found.tie:
        return ""
    return "A close call: both would serve you. Take the one that you would rather work with."


def _section(out: "Console", title: str, found: Recommendation, framework: str) -> None:
    rows = [row for row in found.contributions if row.framework == framework]
    if not rows:
        return
    out.print(styled(f"\n{title}: ", (counted(sum(row.weight for row in rows), "point"), "strong")))
    table(out, [_row(row, found.framework) for row in rows])


def _row(row: Rule, winner: str) -> list[Cell]:
    sign, style = ("+", "good") if row.framework == winner else ("-", "careful")
    advice = f" ({row.advice})" if row.advice else ""
    return [(f"{sign}{row.weight}", style), said(row.question, row.answer), row.because + advice]


def _flips(out: "Console", found: Recommendation, other: str) -> None:
    if not found.flips:
        out.print("\nNo other single answer would turn it.")
        return
    out.print(styled(f"\nWhat would turn it to {other}, each alone"))
    grouped: dict[str, list[str]] = {}
    for flip in found.flips:
        grouped.setdefault(flip.question, []).append(flip.change)
    table(
        out,
        [[f"{key.replace('_', ' ')}:", ", or ".join(changes)] for key, changes in grouped.items()],
    )


def _other(framework: str) -> str:
    return "flask" if framework == "django" else "django"
