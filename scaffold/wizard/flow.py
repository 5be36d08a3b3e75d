"""What a step of the conversation is, and the walk through steps, forward and back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from scaffold.wizard.frame import Page, Reply


class Conversation(Protocol):
    """What is known so far.

    Args:
        typed: what was typed at each question that was left without an answer.
    """

    typed: dict[str, Any]

    @property
    def fixed(self) -> frozenset[str]:
        """The keys that were given before it began."""

    def get(self, key: str) -> Any:  # noqa: ANN401 - values of any key
        """Return the current value of a key."""

    def put(self, key: str, value: object) -> None:
        """Take an answer; it replaces an earlier value."""


S = TypeVar("S", bound=Conversation)


class WizardStep(ABC, Generic[S]):
    """One question of the conversation; equal keys are one question."""

    key: str
    label: str

    def matters(self, session: S) -> bool:
        """Tell whether to ask it, given the answers so far: by default, if it has no answer yet."""
        return self.key not in session.fixed

    @abstractmethod
    def ask(self, session: S, page: Page) -> Reply:
        """Ask it; an earlier answer is the default."""

    def take(self, session: S, reply: Reply) -> None:
        """Keep the answer."""
        session.put(self.key, reply.value)

    def answer(self, session: S) -> str:
        """Return the answer as people read it, if any."""
        return str(session.get(self.key))


StepList = Callable[[S], Sequence[WizardStep[S]]]


def walk(plan: StepList[S], session: S) -> None:
    """Ask every step that matters, in order; going back returns to the one asked before.

    Args:
        plan: the steps, given the answers so far; an answer may only change later steps.
        session: the conversation, to be filled.
    """
    place = 0
    trail: list[int] = []
    while place < len(steps := plan(session)):
        step = steps[place]
        if not step.matters(session):
            place += 1
            continue
        reply = step.ask(session, Page(above=above(steps, trail, session), back=bool(trail)))
        if reply.back:
            session.typed[step.key] = reply.value
            place = trail.pop() if trail else place
            continue
        session.typed.pop(step.key, None)
        step.take(session, reply)
        trail.append(place)
        place += 1


def above(
    steps: Sequence[WizardStep[S]], trail: Sequence[int], session: S
) -> list[tuple[str, str]]:
    """Return the answers so far, for display."""
    rows = [(steps[place].label, steps[place].answer(session)) for place in trail]
    return [(label, answer) for label, answer in rows if answer]
