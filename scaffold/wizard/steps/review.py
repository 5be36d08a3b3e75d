"""The last step: the whole proposal beside the question, any line of it changeable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scaffold import output as show
from scaffold.errors import ScaffoldError
from scaffold.inputs.command_line import command_line
from scaffold.inputs.resolve import Proposal
from scaffold.rendering.render import render
from scaffold.wizard.flow import WizardStep
from scaffold.wizard.frame import Page, Reply, room
from scaffold.wizard.prompts import Option, select
from scaffold.wizard.session import Session
from scaffold.wizard.steps.answers import asked
from scaffold.wizard.steps.apps import AppNames, EditResources
from scaffold.wizard.steps.features import Features
from scaffold.wizard.steps.project import Description, Framework, Name, Slug

WRITE, EDIT, TREE, WHY, QUIT = "write", "change", "tree", "why", "quit"


@dataclass(frozen=True)
class Seen:
    """What would be written, and the command that gives the same."""

    proposal: Proposal
    files: tuple[str, ...]
    command: str


class Review(WizardStep[Session]):
    """The review page and its menu.

    Args:
        flags: what the equivalent command line says beside the recipe.
    """

    key = "review"
    label = "review"

    def __init__(self, flags: Sequence[str] = ()) -> None:
        self.flags = flags
        self.rendered: dict[str, tuple[str, ...]] = {}

    def ask(self, session: Session, page: Page) -> Reply:
        """Show a summary and a menu until the user writes, quits or goes back."""
        seen = self._look(session)
        while True:
            beside = replace(page, above=self._summary(session, seen), help="")
            message = "Show what would be written?" if session.dry_run else "Write it?"
            reply = select(message, _menu(seen, dry_run=session.dry_run), beside, WRITE)
            if reply.value == WRITE and seen and not reply.back:
                show.line("The same without questions\n  ", (seen.command, "name"), "\n")
            if reply.back or reply.value in (WRITE, QUIT):
                return reply
            if reply.value == EDIT:
                if change(session):
                    seen = self._look(session)
            elif seen and reply.value == TREE:
                place = _place(session, seen.proposal).absolute()
                show.tree(place, self._files(seen.proposal), to_stderr=True)
            elif seen:
                self._details(session, seen)

    def take(self, session: Session, reply: Reply) -> None:
        """Note whether to write."""
        session.confirmed = reply.value == WRITE

    def _look(self, session: Session) -> Seen | None:
        """Find out what would be written, or show why nothing can be; no answer is lost."""
        try:
            proposal = session.proposal()
            line = command_line(session.values(), str(_place(session, proposal)), self.flags)
        except ScaffoldError as problem:
            show.error(problem)
            return None
        try:
            files = self._files(proposal)
        except ScaffoldError as problem:
            show.error(problem)
            files = ()
        return Seen(proposal, files, line)

    def _summary(self, session: Session, seen: Seen | None) -> list[tuple[str, str]]:
        if seen is None:
            return []
        place = _place(session, seen.proposal)
        return show.summary(seen.proposal, place, seen.files, seen.command, room(0))

    def _details(self, session: Session, seen: Seen) -> None:
        proposal = seen.proposal
        show.recommendation(proposal.recommendation, proposal.recipe.answers, to_stderr=True)
        show.line()
        show.review(proposal, _place(session, proposal), seen.files, seen.command)

    def _files(self, proposal: Proposal) -> tuple[str, ...]:
        recipe = repr(proposal.recipe)
        if recipe not in self.rendered:
            with show.working("Rendering in memory …"):
                self.rendered[recipe] = tuple(render(proposal.recipe, proposal.pack))
        return self.rendered[recipe]


def change(session: Session) -> bool:
    """Ask for a line of the review and for its new value; return whether anything changed."""
    steps = {step.key: step for step in lines(session) if step.key not in session.locked}
    width = max(len(step.label) for step in steps.values())
    options = [
        Option(key, f"{step.label:<{width}}  {_short(step.answer(session))}")
        for key, step in steps.items()
    ]
    picked = select("What do you want to change?", options, Page())
    if picked.back:
        return False
    reply = steps[picked.value].ask(session, Page())
    if reply.back:
        return False
    steps[picked.value].take(session, reply)
    _drop_foreign_features(session)
    return True


def lines(session: Session) -> Iterator[WizardStep[Session]]:
    """Everything that can be changed."""
    yield from (Name(), Slug(), Description())
    yield from (step for step in asked() if session.asks(step.question))
    yield from (Framework(), Features(), AppNames())
    yield from (EditResources(name) for name in session.app_names)


def _menu(seen: Seen | None, *, dry_run: bool) -> Sequence[Option]:
    stopped = "" if seen else "see the error above"
    return (
        Option(WRITE, "Show it" if dry_run else "Write it", disabled=stopped),
        Option(EDIT, "Change something"),
        Option(TREE, "Show every file", disabled=stopped),
        Option(WHY, "Show the reasons and all details", disabled=stopped),
        Option(QUIT, "Quit, and write nothing"),
    )


def _place(session: Session, proposal: Proposal) -> Path:
    return session.path or Path(proposal.recipe.slug)


def _short(answer: str, width: int = 56) -> str:
    return answer if len(answer) <= width else f"{answer[: width - 1]}…"


def _drop_foreign_features(session: Session) -> None:
    """Another framework may lack a feature that was chosen before."""
    known = session.pack().features
    for key in ("features", "with", "without"):
        if key in session.own:
            session.own[key] = tuple(name for name in session.own[key] if name in known)
