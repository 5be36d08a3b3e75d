"""The questions in a terminal, with a way back, and a review before anything is written."""

import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold import output as show
from scaffold.commands.existing import Project
from scaffold.inputs.command_line import command_so_far
from scaffold.model.identifiers import check_project_name
from scaffold.wizard.change_session import ChangeSession
from scaffold.wizard.flow import S, StepList, WizardStep, walk
from scaffold.wizard.session import Session, start_session
from scaffold.wizard.steps.answers import Start, asked
from scaffold.wizard.steps.apps import (
    AppNames,
    AppsToChange,
    EditResources,
    KeepAllResources,
    KeepResources,
)
from scaffold.wizard.steps.changes import change_steps
from scaffold.wizard.steps.project import Framework, Name, Slug
from scaffold.wizard.steps.review import Review

if TYPE_CHECKING:
    from scaffold.policies import Policy

__all__ = ["ask", "ask_answers", "ask_change"]


def ask(
    values: Mapping[str, Any],
    path: Path | None = None,
    *,
    dry_run: bool = False,
    flags: Sequence[str] = (),
    policy: "Policy | None" = None,
    suggested: frozenset[str] = frozenset(),
) -> dict[str, Any] | None:
    """Ask for what is missing, show the review page, and let the user decide.

    Args:
        values: what was given already, as `validate_values` returns it; it is not asked again.
        path: where the project will be, if that was given.
        dry_run: nothing will be written, whatever the user chooses.
        flags: what else was given, for the equivalent command line.
        policy: the team's policy; what it locks is shown, and not asked.
        suggested: the keys that only a default of the policy set.

    Returns:
        Values for `resolve`, or nothing if the user quits.

    Raises:
        UsageError: a name given before is refused.
        KeyboardInterrupt: Ctrl-C.
    """
    if "name" in values:
        check_project_name(values["name"])
    session = start_session(values, path, dry_run=dry_run, policy=policy, suggested=suggested)
    review = Review(flags)
    _greet(policy)
    before = session.values()
    try:
        _hold(lambda session: _project(session, review), session)
    except KeyboardInterrupt:
        if (answered := session.values()) != before:
            line = command_so_far(answered, str(path or ""), flags)
            show.line("\nTo continue from here:\n  ", (line, "name"))
        raise
    return session.values() if session.confirmed else None


def ask_answers(answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """Ask the questions about team and needs that have no answer yet.

    Args:
        answers: what was answered already.

    Returns:
        All answers, or nothing where the user quits.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    session = start_session(answers)
    return session.complete_answers() if _hold(lambda _: asked(), session) else None


def ask_change(
    project: Project, verb: str, flags: Sequence[str] = (), policy: "Policy | None" = None
) -> list[str] | None:
    """Ask what to add to a project, to remove from it or to set in it, and show what happens.

    Args:
        project: the project.
        verb: add, remove or set.
        flags: what else was given, for the command.
        policy: the team's policy, which the project obeys.

    Returns:
        The words of the command that does it, flags included, or nothing where the user quits.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    session = ChangeSession(project, verb, policy)
    show.line("Nothing is written until you confirm.\n")
    if not _hold(change_steps, session) or not session.confirmed:
        return None
    words = [*session.words(), *flags]
    show.line("The same without questions\n  ", (shlex.join(["scaffold", *words]), "name"), "\n")
    return words


def _greet(policy: "Policy | None") -> None:
    """Say what the team set, and that nothing is written yet."""
    if policy:
        from scaffold.policies.settle import notes

        for note in notes(policy):
            show.line(note)
    show.line("Nothing is written until you confirm.\n")


def _project(session: Session, review: Review) -> list[WizardStep[Session]]:
    """Return the steps of a whole project, given the answers so far."""
    parts: list[WizardStep[Session]] = [
        step for name in session.app_names for step in (KeepResources(name), EditResources(name))
    ]
    return [
        Start(),
        Name(),
        Slug(),
        *asked(),
        AppNames(),
        KeepAllResources(),
        AppsToChange(),
        *parts,
        Framework(),
        review,
    ]


def _hold(plan: StepList[S], session: S) -> bool:
    """Ask all questions; return whether the user did not break off (Ctrl-D)."""
    with on_standard_error():
        try:
            walk(plan, session)
        except EOFError:
            return False
    return True


@contextmanager
def on_standard_error() -> Iterator[None]:
    """Keep standard output free for data, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.output import create_output

    with create_app_session(output=create_output(stdout=sys.stderr)):
        yield
