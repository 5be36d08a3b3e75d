"""What a step of the conversation is, and the walk through steps, forward and back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.session import Session


class WizardStep(ABC):
    """One question of the conversation; equal keys are one question."""

    key: str
    label: str

    def matters(self, session: Session) -> bool:
        """Tell whether to ask it, given the answers so far: by default, if it has no answer yet."""
        return self.key not in session.fixed

    @abstractmethod
    def ask(self, session: Session, page: Page) -> Reply:
        """Ask it; an earlier answer is the default."""

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the answer."""
        session.put(self.key, reply.value)

    def answer(self, session: Session) -> str:
        """Return the answer as people read it, if any."""
        return str(session.get(self.key))


StepList = Callable[[Session], Sequence[WizardStep]]


def walk(plan: StepList, session: Session) -> None:
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
    steps: Sequence[WizardStep], trail: Sequence[int], session: Session
) -> list[tuple[str, str]]:
    """Return the answers so far, for display."""
    rows = [(steps[place].label, steps[place].answer(session)) for place in trail]
    return [(label, answer) for label, answer in rows if answer]
