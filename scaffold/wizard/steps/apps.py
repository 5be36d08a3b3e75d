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

PARTS = """\
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


class Parts(WizardStep):
    """The apps, by name."""

    key = "apps"
    label = "apps"

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask for all names at once."""
        page = replace(page, help=PARTS)
        line = Line(
            "Which apps does it have?",
            default=talk.standing.get(self.key, ", ".join(talk.parts)),
            suggestion="blog",
            check=lambda typed: check_names(typed, talk),
            explain=lambda typed: f"Directories: {', '.join(names(typed))}",
            joint=", ",
        )
        return text(line, page)

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the names; the resources of apps of the same name stay."""
        talk.given.pop(self.key, None)
        talk.parts = names(reply.value)

    def answer(self, talk: Session) -> str:
        """The names."""
        return ", ".join(talk.parts)


class Holds(WizardStep):
    """Whether to keep the resource proposed for the only app."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.key = f"holds {part}"
        self.label = part

    def matters(self, talk: Session) -> bool:
        """It is the only one, and was not described before."""
        return "apps" not in talk.kept and len(talk.parts) == 1

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask whether to keep, change or write it."""
        lines = talk.standing_lines(self.part)
        page = replace(page, help=lines)
        options = [
            Option(KEEP, f"Keep {summary(lines)}"),
            Option(CHANGE, "Change it, or add to it"),
            Option(OWN, "Start with an empty page"),
        ]
        return select(
            f"What does {self.part} store?", options, page, talk.modes.get(self.part, KEEP)
        )

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the way; a new start gives an empty page, but only the first time."""
        if reply.value == OWN and talk.modes.get(self.part) != OWN:
            talk.lines.pop(self.part, None)
        talk.modes[self.part] = reply.value

    def answer(self, talk: Session) -> str:
        """The resources, unless they are about to be written."""
        return summary(talk.standing_lines(self.part)) if talk.modes[self.part] == KEEP else ""


class HoldsAll(WizardStep):
    """Whether to keep the resources proposed for several apps: one question for all."""

    key = "holds"
    label = "resources"

    def matters(self, talk: Session) -> bool:
        """There are several, and nobody described them before."""
        return "apps" not in talk.kept and len(talk.parts) > 1

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask whether to keep all."""
        rows = [f"{part}: {summary(talk.standing_lines(part))}" for part in talk.parts[:SHOWN]]
        if more := len(talk.parts) - SHOWN > 0:
            rows.append(f"and {len(talk.parts) - SHOWN} more like these")
        page = replace(page, help="\n".join(rows), above=page.above if not more else ())
        options = [Option(KEEP, "Keep all"), Option(CHANGE, "Change some")]
        before = CHANGE if self._changed(talk) else KEEP
        return select("Each app gets a first resource. Keep them?", options, page, before)

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the way of each app."""
        if reply.value == KEEP:
            talk.modes = dict.fromkeys(talk.parts, KEEP)
        elif not self._changed(talk):
            talk.modes = dict.fromkeys(talk.parts, CHANGE)

    def answer(self, talk: Session) -> str:  # noqa: ARG002 - a step without an answer of its own
        """Return nothing: the apps are named above."""
        return ""

    def _changed(self, talk: Session) -> bool:
        return any(talk.modes.get(part, KEEP) != KEEP for part in talk.parts)


class Which(WizardStep):
    """Which of several apps get other resources than those proposed."""

    key = "which"
    label = "changed"

    def matters(self, talk: Session) -> bool:
        """Some are to be changed."""
        several_ = "apps" not in talk.kept and len(talk.parts) > 1
        return several_ and any(talk.modes.get(part, KEEP) != KEEP for part in talk.parts)

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask for the apps."""
        options = [
            Option(part, f"{part:<20}  {summary(talk.standing_lines(part))}") for part in talk.parts
        ]
        changed = [part for part in talk.parts if talk.modes.get(part, KEEP) != KEEP]
        before = () if len(changed) == len(talk.parts) else changed
        return several(
            "Which of them do you want to change?", options, replace(page, help=""), before
        )

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the way of each app."""
        talk.modes = {part: CHANGE if part in reply.value else KEEP for part in talk.parts}

    def answer(self, talk: Session) -> str:
        """The names."""
        return ", ".join(part for part in talk.parts if talk.modes.get(part, KEEP) != KEEP)


class Lines(WizardStep):
    """The resources of a part, a line each."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.key = f"lines {part}"
        self.label = part

    def matters(self, talk: Session) -> bool:
        """The person wants to write them."""
        return "apps" not in talk.kept and talk.modes.get(self.part, KEEP) != KEEP

    def ask(self, talk: Session, page: Page) -> Reply:
        """Ask for the lines."""
        page = replace(page, help=GRAMMAR)
        begun = talk.modes.get(self.part) == OWN
        before = talk.lines.get(self.part, "") if begun else talk.standing_lines(self.part)
        return edit(
            f"What does {self.part} store?",
            page,
            talk.standing.get(self.key, before),
            lambda typed: talk.problem(self.part, typed),
            self._advice,
        )

    def _advice(self, typed: str) -> str:
        try:
            return too_large(App(self.part, resources(typed)))
        except ScaffoldError:
            return ""  # said as a problem

    def take(self, talk: Session, reply: Reply) -> None:
        """Keep the lines, in their canonical form."""
        talk.lines[self.part] = "\n".join(map(str, resources(reply.value)))

    def answer(self, talk: Session) -> str:
        """The resources."""
        return summary(talk.standing_lines(self.part))


def names(typed: str) -> tuple[str, ...]:
    """Read names: "Catalog, order items" → catalog, order_items."""
    parts = (part.strip() for part in typed.split(","))
    return tuple("_".join(part.lower().replace("-", " ").split()) for part in parts if part)


def check_names(typed: str, talk: Session) -> None:
    """Check the names of parts.

    Raises:
        UsageError: one is refused, or stands twice.
    """
    found = names(typed)
    if not found:
        raise UsageError("a name is missing", "for example blog")
    for place, name in enumerate(found):
        check_app_name(name, talk.reserved())
        if name in found[:place]:
            raise UsageError(f"{name} is named twice", "name each app once")


def summary(lines: str) -> str:
    """Resources and their fields without types, in one short line."""
    found = [
        f"{one.name} ({', '.join(field.name for field in one.fields)})" for one in resources(lines)
    ]
    text_ = ", ".join(found)
    return text_ if len(text_) <= WIDTH else f"{text_[: WIDTH - 1].rstrip(', ')}…"
