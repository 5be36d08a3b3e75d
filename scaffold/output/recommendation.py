"""The recommendation with its reasons."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scaffold.output.console import Cell, console, counted, styled, table
from scaffold.recommendation.questions import Answer, Answers, implied
from scaffold.recommendation.recommend import Flip, Recommendation
from scaffold.recommendation.rules import FRAMEWORKS, Rule

if TYPE_CHECKING:
    from rich.console import Console

LEGEND = "\n(A1 …): the point of advice behind it, explained in docs/adr/0001-framework.md."


def answers(rows: Sequence[tuple[str, str]]) -> None:
    """Show the answers on standard error."""
    out = console()
    table(out, [[(label, "quiet"), answer] for label, answer in rows])
    if rows:
        out.print()


def question_and_answer(question: str, answer: Answer) -> str:
    """Return a question and an answer in the words of the flags: "team size: solo"."""
    text = answer if isinstance(answer, str) else ", ".join(answer) or "nothing"
    return f"{question.replace('_', ' ')}: {text}"


def verdict(found: Recommendation) -> str:
    """Return the recommendation in one line."""
    return f"{FRAMEWORKS[found.framework]}, {by(found)}"


def by(found: Recommendation) -> str:
    """By how much a framework is recommended."""
    if found.tie:
        return f"a tie, {counted(found.points, 'point')} each"
    return f"by {counted(found.margin, 'point')}{', a close call' if found.close_call else ''}"


def recommendation(
    found: Recommendation,
    answers: Answers | None = None,
    *,
    to_stderr: bool = False,
    brief: bool = False,
) -> None:
    """Show the verdict, what each answer adds, what would change it, and warnings.

    Args:
        found: the recommendation.
        answers: the answers given, to name those that follow from others.
        to_stderr: print it on standard error, during a conversation.
        brief: only the verdict, the warnings and what counts.
    """
    out = console(data=not to_stderr)
    name, other = FRAMEWORKS[found.framework], FRAMEWORKS[_other(found.framework)]
    out.print(styled("Recommended: ", (verdict(found), "strong")))
    for warning in filter(None, (found.tie, _close(found), found.caution)):
        table(out, [[("!", "careful"), warning]], indent=0)
    _section(out, f"For {name}", found, found.framework)
    _section(out, f"For {other}", found, _other(found.framework))
    if brief:
        return
    _details(out, found, answers or {})


def _details(out: "Console", found: Recommendation, answers: Answers) -> None:
    """Print what counts for neither, what would change the verdict, and what was not asked."""
    follows = implied(answers)
    asked = [row for row in found.neutral if row.question not in {one.question for one in follows}]
    if asked:
        out.print(styled("\nFor neither"))
        table(
            out,
            [["  ", question_and_answer(row.question, row.answer), row.because] for row in asked],
        )
    other = FRAMEWORKS[_other(found.framework)]
    _changes(out, f"What would change it to {other}, each alone", found.flips)
    _changes(out, "When to reconsider it", found.reconsider)
    if not found.flips and not found.reconsider:
        out.print("\nNo other single answer would change it.")
    for note in found.notes:
        table(out, [[("\n→ ", "careful"), f"\n{note.text}"]], indent=0)
    if follows:
        out.print(styled("\nNot asked, because it follows from other answers"))
        table(
            out, [[question_and_answer(row.question, row.answer), row.because] for row in follows]
        )
    if found.contributions:
        out.print(styled((LEGEND, "quiet")))


def _close(found: Recommendation) -> str:
    if not found.close_call or found.tie:
        return ""
    return "A close call: both would do. Take the one that you prefer to work with."


def _section(out: "Console", title: str, found: Recommendation, framework: str) -> None:
    rows = [row for row in found.contributions if row.framework == framework]
    if not rows:
        return
    out.print(styled(f"\n{title}: ", (counted(sum(row.weight for row in rows), "point"), "strong")))
    table(out, [_row(row, found.framework) for row in rows])


def _row(row: Rule, winner: str) -> list[Cell]:
    style = "good" if row.framework == winner else "careful"
    advice = f" ({row.advice})" if row.advice else ""
    return [
        (f"+{row.weight}", style),
        question_and_answer(row.question, row.answer),
        row.because + advice,
    ]


def _changes(out: "Console", title: str, changes: Sequence[Flip]) -> None:
    if not changes:
        return
    out.print(styled(f"\n{title}"))
    grouped: dict[str, list[str]] = {}
    for flip in changes:
        grouped.setdefault(flip.question, []).append(flip.change)
    table(out, [[f"{key.replace('_', ' ')}:", " or ".join(all_)] for key, all_ in grouped.items()])


def _other(framework: str) -> str:
    return "flask" if framework == "django" else "django"
