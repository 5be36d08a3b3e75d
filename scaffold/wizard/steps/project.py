"""The steps about the project itself: its names and its framework."""

from dataclasses import replace

from scaffold import output as show
from scaffold.model.identifiers import check_project_name, slug_of
from scaffold.model.recipe import Recipe
from scaffold.packs.catalog import BUILT_IN
from scaffold.recommendation.recommend import recommend
from scaffold.recommendation.rules import FRAMEWORKS
from scaffold.wizard.flow import WizardStep
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.input_error import input_error_of
from scaffold.wizard.prompts import Line, Option, select, text
from scaffold.wizard.session import Session


class Name(WizardStep):
    """The project's name as people write it."""

    key = "name"
    label = "name"

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask for it; the folder that follows is shown while it is typed."""
        page = replace(page, help="As people read it, with capitals and spaces.")
        line = Line(
            "What is the project called?",
            default=talk.standing.get(self.key, talk.get("name")),
            suggestion="Acme",
            check=lambda name: self._check(talk, name),
            explain=lambda name: self._explain(talk, name),
        )
        return text(line, page)

    def _explain(self, talk: Session, name: str) -> str:
        slug = talk.get("slug") or slug_of(name)
        return (
            f"Short name: {slug}" if slug else "No short name follows from it; that is asked next."
        )

    def _check(self, talk: Session, name: str) -> None:
        check_project_name(name)
        if slug_of(name) and not talk.get("slug"):
            talk.check_slug(slug_of(name))


class Slug(WizardStep):
    """The project's name on disk, where its name gives none."""

    key = "slug"
    label = "short name"

    def matters(self, talk: Session) -> bool:
        """It was not said before, and the name makes none that will do."""
        made = slug_of(talk.get("name"))
        wrong = input_error_of(lambda: talk.check_slug(made))
        return self.key not in talk.kept and wrong is not None

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask for it."""
        page = replace(
            page, help="For its directory and its package: lower-case letters, digits and dashes."
        )
        made = slug_of(talk.get("name"))
        line = Line(
            "What is its short name?",
            default=talk.standing.get(self.key, talk.get("slug", made)),
            check=talk.check_slug,
        )
        return text(line, page)

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the slug, unless it is the one that follows from the name."""
        talk.put(self.key, reply.value)
        if reply.value == slug_of(talk.get("name")):
            talk.drop(self.key)

    def answer(self, talk: Session) -> str:
        """The slug."""
        return str(talk.get("slug") or slug_of(talk.get("name")))


class Description(WizardStep):
    """One line about the project; asked only in the review."""

    key = "description"
    label = "description"

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask for it."""
        page = replace(page, help="For the README and the package.")
        return text(Line("What is it, in one line?", default=self.answer(talk)), page)

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the line."""
        talk.put(self.key, reply.value or Recipe.description)

    def answer(self, talk: Session) -> str:
        """The line."""
        return str(talk.get(self.key, Recipe.description))


class Framework(WizardStep):
    """The recommendation with its reasons; the person decides."""

    key = "framework"
    label = "framework"

    def ask(self, talk: Session, page: Page) -> Reply:
        """Show what is recommended and why, and ask what to take."""
        found = recommend(talk.said())
        show.answers(page.above)
        show.recommendation(found, talk.said(), talk=True, brief=True)
        show.line()
        options = [
            Option(
                name,
                f"{FRAMEWORKS[name]}, as recommended"
                if name == found.framework
                else f"{FRAMEWORKS[name]} instead",
            )
            for name in sorted(BUILT_IN, key=lambda name: name != found.framework)
        ]
        page = replace(page, above=(), help="Both give the same pages, API and commands.")
        return select("Which framework do you want?", options, page, talk.framework())

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the choice where it differs from the recommendation."""
        talk.put(self.key, reply.value)
        if reply.value == recommend(talk.said()).framework:
            talk.drop(self.key)

    def answer(self, talk: Session) -> str:
        """The framework's name."""
        return FRAMEWORKS.get(talk.framework(), talk.framework())
