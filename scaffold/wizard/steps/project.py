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


class Name(WizardStep[Session]):
    """The project's name as people write it."""

    key = "name"
    label = "name"

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for it; the folder that follows is shown while it is typed."""
        page = replace(page, help="As people read it, with capitals and spaces.")
        line = Line(
            "What is the project called?",
            default=session.typed.get(self.key, session.get("name")),
            suggestion="Acme",
            check=lambda name: self._check(session, name),
            explain=lambda name: self._explain(session, name),
        )
        return text(line, page)

    def _explain(self, session: Session, name: str) -> str:
        slug = session.get("slug") or slug_of(name)
        return (
            f"Short name: {slug}" if slug else "No short name follows from it; that is asked next."
        )

    def _check(self, session: Session, name: str) -> None:
        check_project_name(name)
        if slug_of(name) and not session.get("slug"):
            session.check_slug(slug_of(name))


class Slug(WizardStep[Session]):
    """The project's name on disk, where its name gives none."""

    key = "slug"
    label = "short name"

    def matters(self, session: Session) -> bool:
        """It was not said before, and the name makes none that will do."""
        made = slug_of(session.get("name"))
        wrong = input_error_of(lambda: session.check_slug(made))
        return self.key not in session.fixed and wrong is not None

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for it."""
        page = replace(
            page, help="For its directory and its package: lowercase letters, digits and dashes."
        )
        made = slug_of(session.get("name"))
        line = Line(
            "What is its short name?",
            default=session.typed.get(self.key, session.get("slug", made)),
            check=session.check_slug,
        )
        return text(line, page)

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the slug, unless it is the one that follows from the name."""
        session.put(self.key, reply.value)
        if reply.value == slug_of(session.get("name")):
            session.drop(self.key)

    def answer(self, session: Session) -> str:
        """Return the slug."""
        return str(session.get("slug") or slug_of(session.get("name")))


class Description(WizardStep[Session]):
    """One line about the project; asked only in the review."""

    key = "description"
    label = "description"

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for it."""
        page = replace(page, help="For the README and the package.")
        return text(Line("What is it, in one line?", default=self.answer(session)), page)

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the line."""
        session.put(self.key, reply.value or Recipe.description)

    def answer(self, session: Session) -> str:
        """Return the line."""
        return str(session.get(self.key, Recipe.description))


class Framework(WizardStep[Session]):
    """The recommendation with its reasons; the user decides."""

    key = "framework"
    label = "framework"

    def ask(self, session: Session, page: Page) -> Reply:
        """Show what is recommended and why, and ask what to take."""
        found = recommend(session.complete_answers())
        show.answers(page.above)
        show.recommendation(found, session.complete_answers(), to_stderr=True, brief=True)
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
        return select("Which framework do you want?", options, page, session.framework())

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the choice where it differs from the recommendation."""
        session.put(self.key, reply.value)
        if reply.value == recommend(session.complete_answers()).framework:
            session.drop(self.key)

    def answer(self, session: Session) -> str:
        """Return the framework's name."""
        return FRAMEWORKS.get(session.framework(), session.framework())
