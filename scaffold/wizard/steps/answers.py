"""The steps that ask about team and needs: a starting point, or question by question."""

from dataclasses import replace

from scaffold.inputs import value_sources as intake
from scaffold.recommendation.questions import QUESTIONS as ALL
from scaffold.recommendation.questions import Question
from scaffold.wizard.flow import WizardStep
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.prompts import Option, select, several
from scaffold.wizard.session import QUESTIONS, Session


class Start(WizardStep):
    """How to start: with the questions, or with a preset that answers them."""

    key = "start"
    label = "start"

    def matters(self, talk: Session) -> bool:
        """No answer was given before: otherwise a preset would give all of them."""
        return not any(question.key in talk.kept for question in ALL)

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask for a starting point."""
        page = replace(page, help="Everything can be changed later.")
        options = [Option(QUESTIONS, "Answer a few questions")]
        for name, preset in intake.built_in_presets().items():
            options.append(Option(name, f"{preset['label']:<18}  {preset['why']}"))
        return select("How do you want to start?", options, page, talk.start)

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the starting point; earlier answers wait in case the questions come back."""
        talk.start = reply.value

    def answer(self, talk: Session) -> str:
        """The label of the preset."""
        return (
            "" if talk.start == QUESTIONS else str(intake.built_in_presets()[talk.start]["label"])
        )


class Asked(WizardStep):
    """One of the questions about team and needs."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.key = question.key
        self.label = question.key.replace("_", " ")

    def matters(self, talk: Session) -> bool:
        """Earlier answers leave it open, and nothing has answered it."""
        open_ = talk.start == QUESTIONS and self.key not in talk.kept
        return open_ and talk.asks(self.question)

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask it; with its reason."""
        page = replace(page, help=self.question.why)
        before = talk.standing.get(self.key, talk.get(self.key, self.question.default))
        options = [Option(choice.value, choice.label) for choice in self.question.choices]
        if self.question.many:
            return several(self.question.text, options, page, before)
        return select(self.question.text, options, page, before)

    def answer(self, talk: Session) -> str:
        """The answer: the label of a choice, the values of several."""
        value = talk.said()[self.key]
        if isinstance(value, tuple):
            return ", ".join(value) or "none of these"
        return next(choice.label for choice in self.question.choices if choice.value == value)


def asked() -> list[Asked]:
    """A step for each question."""
    return [Asked(question) for question in ALL]
