"""The steps about the domain: the apps, and the resources of each."""

from dataclasses import replace

from scaffold.errors import ScaffoldError, UsageError
from scaffold.inputs.resolve import too_large
from scaffold.model.fields import TYPES, App
from scaffold.model.identifiers import check_app_name
from scaffold.wizard.editor import edit
from scaffold.wizard.flow import WizardStep
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.prompts import Line, Option, select, several, text
from scaffold.wizard.session import Session, resources

APP_NAMES = """\
Each app becomes a directory of its own.
Names with commas between them, for example  catalog, orders"""
KEEP, CHANGE, OWN = "keep", "change", "own"
GRAMMAR = f"""\
One resource a line:  Name: field:type field:type …
Types: {" ".join(TYPES[:-2])} ref(Name) m2m(Name)
Every field is required; after a type: ? optional, ^ unique, # indexed, @owner who may write,
@owner(private) who may see, @readonly set by code, @hidden never shown
For example  Order: number:str(20)^ total:decimal(10,2,0..) buyer:ref(accounts.User)@owner"""
WIDTH = 60  # of a summary in a list
SHOWN = 6  # apps whose resources are shown at once


class AppNames(WizardStep[Session]):
    """The apps, by name."""

    key = "apps"
    label = "apps"

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for all names at once."""
        page = replace(page, help=APP_NAMES)
        line = Line(
            "Which apps does it have?",
            default=session.typed.get(self.key, ", ".join(session.app_names)),
            suggestion="blog",
            check=lambda typed: check_names(typed, session),
            explain=lambda typed: f"Directories: {', '.join(names(typed))}",
            joint=", ",
        )
        return text(line, page)

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the names; the resources of apps of the same name stay."""
        session.given.pop(self.key, None)
        session.app_names = names(reply.value)

    def answer(self, session: Session) -> str:
        """Return the names."""
        return ", ".join(session.app_names)


class KeepResources(WizardStep[Session]):
    """Whether to keep the resource proposed for the only app."""

    def __init__(self, app: str) -> None:
        self.app = app
        self.key = f"keep {app}"
        self.label = app

    def matters(self, session: Session) -> bool:
        """It is the only one, and was not described before."""
        return "apps" not in session.fixed and len(session.app_names) == 1

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask whether to keep, change or write it."""
        lines = session.lines_of(self.app)
        page = replace(page, help=lines)
        options = [
            Option(KEEP, f"Keep {summary(lines)}"),
            Option(CHANGE, "Change it, or add to it"),
            Option(OWN, "Start with an empty page"),
        ]
        return select(
            f"What does {self.app} store?", options, page, session.modes.get(self.app, KEEP)
        )

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the way; a new start gives an empty page, but only the first time."""
        if reply.value == OWN and session.modes.get(self.app) != OWN:
            session.lines.pop(self.app, None)
        session.modes[self.app] = reply.value

    def answer(self, session: Session) -> str:
        """Return the resources, unless they are about to be written."""
        return summary(session.lines_of(self.app)) if session.modes[self.app] == KEEP else ""


class KeepAllResources(WizardStep[Session]):
    """Whether to keep the resources proposed for several apps: one question for all."""

    key = "keep"
    label = "resources"

    def matters(self, session: Session) -> bool:
        """There are several, and nobody described them before."""
        return "apps" not in session.fixed and len(session.app_names) > 1

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask whether to keep all."""
        rows = [f"{app}: {summary(session.lines_of(app))}" for app in session.app_names[:SHOWN]]
        if more := len(session.app_names) - SHOWN > 0:
            rows.append(f"and {len(session.app_names) - SHOWN} more like these")
        page = replace(page, help="\n".join(rows), above=page.above if not more else ())
        options = [Option(KEEP, "Keep all"), Option(CHANGE, "Change some")]
        before = CHANGE if self._changed(session) else KEEP
        return select("Each app gets a first resource. Keep them?", options, page, before)

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the way of each app."""
        if reply.value == KEEP:
            session.modes = dict.fromkeys(session.app_names, KEEP)
        elif not self._changed(session):
            session.modes = dict.fromkeys(session.app_names, CHANGE)

    def answer(self, session: Session) -> str:  # noqa: ARG002 - a step without an answer of its own
        """Return nothing: the apps are named above."""
        return ""

    def _changed(self, session: Session) -> bool:
        return any(session.modes.get(app, KEEP) != KEEP for app in session.app_names)


class AppsToChange(WizardStep[Session]):
    """Which of several apps get other resources than those proposed."""

    key = "apps to change"
    label = "changed"

    def matters(self, session: Session) -> bool:
        """Some are to be changed."""
        several_ = "apps" not in session.fixed and len(session.app_names) > 1
        return several_ and any(session.modes.get(app, KEEP) != KEEP for app in session.app_names)

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for the apps."""
        options = [
            Option(app, f"{app:<20}  {summary(session.lines_of(app))}") for app in session.app_names
        ]
        changed = [app for app in session.app_names if session.modes.get(app, KEEP) != KEEP]
        before = () if len(changed) == len(session.app_names) else changed
        return several(
            "Which of them do you want to change?", options, replace(page, help=""), before
        )

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the way of each app."""
        session.modes = {app: CHANGE if app in reply.value else KEEP for app in session.app_names}

    def answer(self, session: Session) -> str:
        """Return the names."""
        return ", ".join(app for app in session.app_names if session.modes.get(app, KEEP) != KEEP)


class EditResources(WizardStep[Session]):
    """The resources of an app, a line each."""

    def __init__(self, app: str) -> None:
        self.app = app
        self.key = f"resources {app}"
        self.label = app

    def matters(self, session: Session) -> bool:
        """Tell whether the user wants to write them."""
        return "apps" not in session.fixed and session.modes.get(self.app, KEEP) != KEEP

    def ask(self, session: Session, page: Page) -> Reply:
        """Ask for the lines."""
        page = replace(page, help=GRAMMAR)
        begun = session.modes.get(self.app) == OWN
        before = session.lines.get(self.app, "") if begun else session.lines_of(self.app)
        return edit(
            f"What does {self.app} store?",
            page,
            session.typed.get(self.key, before),
            lambda typed: session.problem(self.app, typed),
            self._advice,
        )

    def _advice(self, typed: str) -> str:
        try:
            return too_large(App(self.app, resources(typed)))
        except ScaffoldError:
            return ""  # said as a problem

    def take(self, session: Session, reply: Reply) -> None:
        """Keep the lines, in their canonical form."""
        session.lines[self.app] = "\n".join(map(str, resources(reply.value)))

    def answer(self, session: Session) -> str:
        """Return the resources."""
        return summary(session.lines_of(self.app))


def names(typed: str) -> tuple[str, ...]:
    """Read names: "Catalog, order items" → catalog, order_items."""
    parts = (part.strip() for part in typed.split(","))
    return tuple("_".join(part.lower().replace("-", " ").split()) for part in parts if part)


def check_names(typed: str, session: Session) -> None:
    """Check the names of apps.

    Raises:
        UsageError: one is refused, or is listed twice.
    """
    found = names(typed)
    if not found:
        raise UsageError("a name is missing", "for example blog")
    for place, name in enumerate(found):
        check_app_name(name, session.reserved())
        if name in found[:place]:
            raise UsageError(f"{name} is named twice", "name each app once")


def summary(lines: str) -> str:
    """Resources and their fields without types, in one short line."""
    found = [
        f"{one.name} ({', '.join(field.name for field in one.fields)})" for one in resources(lines)
    ]
    text_ = ", ".join(found)
    return text_ if len(text_) <= WIDTH else f"{text_[: WIDTH - 1].rstrip(', ')}…"
