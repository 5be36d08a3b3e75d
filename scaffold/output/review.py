"""What will be written and why: a summary of a few lines, and all of it."""

import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.output.console import Cell, console, styled, table
from scaffold.output.file_tree import folders
from scaffold.output.recommendation import by, question_and_answer
from scaffold.recommendation.questions import QUESTIONS
from scaffold.recommendation.recommend import left_off
from scaffold.recommendation.rules import FRAMEWORKS

if TYPE_CHECKING:
    from rich.console import Console

    from scaffold.inputs.resolve import Proposal

LABEL = 11  # columns of the labels of a summary


def summary(
    proposal: "Proposal", place: Path, files: Iterable[str], command: str, width: int
) -> list[tuple[str, str]]:
    """Return the proposal in a dozen lines that fit on a screen beside a question.

    Args:
        proposal: the recipe with its reasons.
        place: where the project will be.
        files: the paths that will be written; none where they cannot be known.
        command: the line that gives the same without questions.
        width: columns of the screen.

    Returns:
        Lines as (label, text); a label that is empty continues the line above.
    """
    recipe = proposal.recipe
    apps = [f"{app.name} ({', '.join(one.name for one in app.resources)})" for app in recipe.apps]
    notes = [("note", note, 1) for note in proposal.notes]
    rows = [
        ("project", f"{recipe.name}, in {place}/", 1),
        ("framework", framework(proposal), 1),
        ("answers", _answers(proposal), 2),
        ("features", ", ".join(recipe.features) or "none", 2),
        ("apps", ", ".join(apps) or "none", 2),
        ("files", _folded(files), 1),
        *notes[:2],
        ("command", command, 1),
    ]
    room = max(width - LABEL - 4, 20)
    return [line for label, text, most in rows if text for line in _row(label, text, room, most)]


def _row(label: str, text: str, room: int, most: int) -> Iterable[tuple[str, str]]:
    lines = textwrap.wrap(text, room, max_lines=most, placeholder=" …")
    return zip((label, *[""] * (len(lines) - 1)), lines, strict=True)


def _folded(files: Iterable[str]) -> str:
    """Return the top folders with the number of their files, or an empty text."""
    paths = list(files)
    if not paths:
        return ""
    tops = Counter(path.partition("/")[0] for path in paths if "/" in path)
    words = [f"{name}/ {number}" for name, number in tops.most_common()]
    return f"{len(paths)}: {', '.join([*words, f'{len(paths) - tops.total()} beside them'])}"


def decision(proposal: "Proposal") -> None:
    """Say which framework it is, which features, and why, on standard error."""
    out = console()
    out.print(styled(("Framework: ", "strong"), framework(proposal)))
    features(proposal)
    for note in proposal.notes:
        table(out, [[("\n→", "careful"), f"\n{note}"]], indent=0)
    out.print()


def review(proposal: "Proposal", place: Path, files: Iterable[str], command: str) -> None:
    """Show the whole proposal, on standard error.

    Args:
        proposal: the recipe with its reasons.
        place: where the project will be.
        files: the paths that will be written; none where they cannot be known.
        command: the line that gives the same without questions.
    """
    out = console()
    recipe = proposal.recipe
    out.rule(styled((f" {recipe.name} ", "strong")), align="left", style="quiet", characters="─")
    table(
        out,
        [
            [("Project", "quiet"), f"{recipe.name} ({recipe.slug})"],
            [("Folder", "quiet"), str(place.absolute())],
            [("Description", "quiet"), recipe.description],
            [("Framework", "quiet"), framework(proposal)],
            [("Answers", "quiet"), _answers(proposal)],
        ],
        indent=0,
    )
    features(proposal)
    _apps(out, proposal)
    for note in proposal.notes:
        table(out, [[("\n→", "careful"), f"\n{note}"]], indent=0)
    if paths := list(files):
        out.print(styled(("\nFiles", "strong")))
        folders(place.absolute().name, paths)
    out.print(styled(("\nThe same without questions", "strong")))
    out.print(styled("  ", (command, "name")), soft_wrap=True)
    out.print()


def framework(proposal: "Proposal") -> str:
    """Return which framework it is, and whether that was recommended."""
    found = proposal.recommendation
    if proposal.recipe.pack == found.framework:
        return f"{proposal.pack.label}, as recommended ({by(found)})"
    recommended = FRAMEWORKS[found.framework]
    owner = proposal.set_by.get("framework")
    who = f"set by {owner}" if owner else "your choice"
    return f"{proposal.pack.label}, {who}; {recommended} was recommended ({by(found)})"


def reasons(proposal: "Proposal") -> dict[str, str]:
    """Return why each feature is there, by its name."""
    from scaffold.packs.catalog import BUILT_IN

    recipe, known = proposal.recipe, proposal.pack.features
    asked = {row.feature: row for row in proposal.suggestions}
    found: dict[str, str] = {}
    for name in recipe.features:
        if name in proposal.set_by:
            found[name] = f"{known[name].label}. Set by {proposal.set_by[name]}."
        elif name in proposal.implied:
            found[name] = (
                f"{known[name].label}. Included because {proposal.implied[name]} needs it."
            )
        elif name in asked:
            advice = f" ({asked[name].advice})" if asked[name].advice else ""
            found[name] = f"{asked[name].because}{advice}"
        elif known[name].default and recipe.pack not in BUILT_IN:
            found[name] = f"{known[name].label}. On unless it is left out."
        else:
            found[name] = f"{known[name].label}. Your choice."
    return found


def features(proposal: "Proposal") -> None:
    """Show each feature with the reason it is there, and those left off with theirs."""
    out = console()
    recipe, known = proposal.recipe, proposal.pack.features
    asked = {row.feature: row for row in proposal.suggestions}
    out.print(styled(("\nFeatures", "strong")))
    rows: list[list[Cell]] = [
        [("+", "good"), (name, "name"), why] for name, why in reasons(proposal).items()
    ]
    for name, row in asked.items():
        if name not in recipe.features:
            owner = proposal.set_by.get(name)
            who = f"Not allowed by {owner}." if owner else "Left out by you."
            rows.append([("-", "careful"), (name, "name"), f"{who} {row.because}"])
    rows += [
        [("-", "careful"), (off.feature, "name"), f"Left off. {off.because}"]
        for off in left_off(recipe.answers, proposal.pack.name, tuple(known))
        if off.feature not in recipe.features
    ]
    table(out, rows or [["none"]])


def _apps(out: "Console", proposal: "Proposal") -> None:
    out.print(styled(("\nApps and their resources", "strong")))
    table(
        out,
        [
            [(app.name, "name"), resource.name, ", ".join(field.name for field in resource.fields)]
            for app in proposal.recipe.apps
            for resource in app.resources
        ],
    )


def _answers(proposal: "Proposal") -> str:
    answers = proposal.recipe.answers
    asked = [q for q in QUESTIONS if q.key in answers and q.matters(answers)]
    return "; ".join(question_and_answer(q.key, answers[q.key]) for q in asked)
