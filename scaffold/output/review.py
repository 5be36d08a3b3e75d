"""The page that shows a whole proposal before anything is written."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.inputs.resolve import Proposal
from scaffold.output.console import Cell, console, counted, styled, table
from scaffold.output.file_tree import folders
from scaffold.output.recommendation import said
from scaffold.packs.catalog import BUILT_IN
from scaffold.recommendation.questions import QUESTIONS
from scaffold.recommendation.recommend import left_off
from scaffold.recommendation.rules import FRAMEWORKS

if TYPE_CHECKING:
    from rich.console import Console


def review(proposal: Proposal, place: Path, files: Iterable[str], command: str) -> None:
    """Show all that was settled, on standard error.

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
    if paths := list(files):
        out.print(styled(("\nFiles", "strong")))
        folders(place.absolute().name, paths)
    out.print(styled(("\nThe same without questions", "strong")))
    out.print(styled("  ", (command, "name")), soft_wrap=True)
    out.print()


def framework(proposal: Proposal) -> str:
    """Which framework it is, and whether that was recommended."""
    found = proposal.recommendation
    by = counted(found.margin, "point") + (", a close call" if found.close_call else "")
    if proposal.recipe.pack == found.framework:
        return f"{proposal.pack.label}, as recommended (by {by})"
    recommended = FRAMEWORKS[found.framework]
    return f"{proposal.pack.label}, your choice; {recommended} was recommended (by {by})"


def features(proposal: Proposal) -> None:
    """Show each feature with the reason it is there, and those left off with theirs."""
    out = console()
    recipe, known = proposal.recipe, proposal.pack.features
    asked = {row.feature: row for row in proposal.suggestions}
    out.print(styled(("\nFeatures", "strong")))
    rows: list[list[Cell]] = []
    for name in recipe.features:
        if name in proposal.implied:
            why = f"{known[name].label}. Comes along: {proposal.implied[name]} needs it."
        elif name in asked:
            advice = f" ({asked[name].advice})" if asked[name].advice else ""
            why = f"{asked[name].because}{advice}"
        elif known[name].default and recipe.pack not in BUILT_IN:
            why = f"{known[name].label}. On unless it is left out."
        else:
            why = f"{known[name].label}. Your choice."
        rows.append([("+", "good"), (name, "name"), why])
    for name, row in asked.items():
        if name not in recipe.features:
            rows.append([("-", "careful"), (name, "name"), f"Left out by you. {row.because}"])
    rows += [
        [("-", "careful"), (off.feature, "name"), f"Left off. {off.because}"]
        for off in left_off(recipe.answers, proposal.pack.name, tuple(known))
        if off.feature not in recipe.features
    ]
    table(out, rows or [["none"]])


def _apps(out: "Console", proposal: Proposal) -> None:
    out.print(styled(("\nParts and what they hold", "strong")))
    table(
        out,
        [
            [(app.name, "name"), resource.name, ", ".join(field.name for field in resource.fields)]
            for app in proposal.recipe.apps
            for resource in app.resources
        ],
    )


def _answers(proposal: Proposal) -> str:
    answers = proposal.recipe.answers
    return "; ".join(said(q.key, answers[q.key]) for q in QUESTIONS if q.key in answers)
