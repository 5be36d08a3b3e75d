"""What a step of the conversation is, and the walk through steps, forward and back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.session import Session


class WizardStep(ABC):
    """One question of the conversation; equal keys are one question."""

    key: str
    label: str

    def matters(self, talk: Session) -> bool:
        """Whether to ask it, given the answers so far: by default, if it has no answer yet."""
        return self.key not in talk.kept

    @abstractmethod
    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask it; an earlier answer is the default."""

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the answer."""
        talk.put(self.key, reply.value)

    def answer(self, talk: Session) -> str:
        """The answer as people read it; empty where it needs no mention."""
        return str(talk.get(self.key))


StepList = Callable[[Session], Sequence[WizardStep]]


def walk(plan: StepList, talk: Session) -> None:
    """Ask every step that matters, in order; going back returns to the one asked before.

    Args:
        plan: the steps, given the answers so far; an answer may only change later steps.
        talk: the conversation, to be filled.
    """
    place = 0
    trail: list[int] = []
    while place < len(steps := plan(talk)):
        step = steps[place]
        if not step.matters(talk):
            place += 1
            continue
        reply = step.ask(talk, Page(above=above(steps, trail, talk), back=bool(trail)))
        if reply.back:
            talk.standing[step.key] = reply.value
            place = trail.pop() if trail else place
            continue
        talk.standing.pop(step.key, None)
        step.take(talk, reply)
        trail.append(place)
        place += 1


def above(
    steps: Sequence[WizardStep], trail: Sequence[int], talk: Session
) -> list[tuple[str, str]]:
    """The answers so far, for display."""
    rows = [(steps[place].label, steps[place].answer(talk)) for place in trail]
    return [(label, answer) for label, answer in rows if answer]
