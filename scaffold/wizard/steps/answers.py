"""The steps that ask about team and needs: a starting point, or question by question."""

from dataclasses import replace

from scaffold.inputs.value_sources import built_in_presets
from scaffold.recommendation.questions import QUESTIONS as ALL
from scaffold.recommendation.questions import Question
from scaffold.wizard.flow import WizardStep
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.prompts import Option, select, several
from scaffold.wizard.session import QUESTIONS, Session


class Start(WizardStep[Session]):
    """How to start: with the questions, or with a preset that answers them."""

    key = "start"
    label = "start"

    def matters(self, session: Session) -> bool:
        """No answer was given before: otherwise a preset would give all of them."""
        given = session.fixed | session.suggested
        return not any(question.key in given for question in ALL)

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for a starting point."""
        page = replace(page, help="Everything can be changed later.")
        options = [Option(QUESTIONS, "Answer a few questions")]
        for name, preset in built_in_presets().items():
            options.append(Option(name, f"{preset['label']:<18}  {preset['why']}"))
        return select("How do you want to start?", options, page, session.start)

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the starting point; earlier answers wait in case the questions come back."""
        session.start = reply.value

    def answer(self, session: Session) -> str:
        """Return the label of the preset."""
        return "" if session.start == QUESTIONS else str(built_in_presets()[session.start]["label"])


class Asked(WizardStep[Session]):
    """One of the questions about team and needs."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.key = question.key
        self.label = question.key.replace("_", " ")

    def matters(self, session: Session) -> bool:
        """Earlier answers leave it open, and nothing has answered it."""
        open_ = session.start == QUESTIONS and self.key not in session.fixed
        return open_ and session.asks(self.question)

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask it; with its reason."""
        page = replace(page, help=self.question.why)
        before = session.typed.get(self.key, session.get(self.key, self.question.default))
        options = [Option(choice.value, choice.label) for choice in self.question.choices]
        if self.question.many:
            return several(self.question.text, options, page, before)
        return select(self.question.text, options, page, before)

    def answer(self, session: Session) -> str:
        """Return the answer: the label of a choice, the values of several."""
        value = session.complete_answers()[self.key]
        if isinstance(value, tuple):
            return ", ".join(value) or "none of these"
        return next(choice.label for choice in self.question.choices if choice.value == value)


def asked() -> list[Asked]:
    """Return a step for each question."""
    return [Asked(question) for question in ALL]
