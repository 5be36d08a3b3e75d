"""The steps about what the project is about: its parts, and what each holds."""

from dataclasses import replace

from scaffold.errors import UsageError
from scaffold.grammar import TYPES
from scaffold.names import check_app_name
from scaffold.wizard.editor import edit
from scaffold.wizard.frame import Page, Reply
from scaffold.wizard.prompt import Line, Option, select, text
from scaffold.wizard.steps import Step
from scaffold.wizard.talk import Talk, resources

PARTS = """\
Each part becomes a folder of its own.
Names with commas between them, for example  catalog, orders"""
KEEP, CHANGE, OWN = "keep", "change", "own"
GRAMMAR = f"""\
One resource a line:  Name: field:type field:type …
Types: {" ".join(TYPES[:-2])} ref(Name) m2m(Name)
Every field is required; after a type: ? optional, ^ unique, # indexed, @owner who may write,
@owner(private) who may see, @readonly set by code, @hidden never shown
For example  Order: number:str(20)^ total:decimal(10,2,0..) buyer:ref(accounts.User)@owner"""
WIDTH = 60  # of a summary in a list


class Parts(Step):
    """The parts of the domain, by name."""

    key = "apps"
    label = "parts"

    def ask(self, talk: Talk, page: Page) -> Reply:
        """Ask for all names at once."""
        page = replace(page, help=PARTS)
        line = Line(
            "Which parts does it have?",
            default=talk.standing.get(self.key, ", ".join(talk.parts)),
            suggestion="blog",
            check=lambda typed: check_names(typed, talk),
            explain=lambda typed: f"Folders: {', '.join(names(typed))}",
            joint=", ",
        )
        return text(line, page)

    def take(self, talk: Talk, reply: Reply) -> None:
        """Keep the names; what was said about parts of the same name stays."""
        talk.given.pop(self.key, None)
        talk.parts = names(reply.value)

    def answer(self, talk: Talk) -> str:
        """The names."""
        return ", ".join(talk.parts)


class Holds(Step):
    """Whether to keep the resource proposed for a part."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.key = f"holds {part}"
        self.label = part

    def matters(self, talk: Talk) -> bool:
        """Nobody described it before."""
        return "apps" not in talk.kept

    def ask(self, talk: Talk, page: Page) -> Reply:
        """Ask whether to keep, change or write it."""
        lines = talk.standing_lines(self.part)
        page = replace(page, help=lines)
        options = [
            Option(KEEP, f"Keep {summary(lines)}"),
            Option(CHANGE, "Change it, or add to it"),
            Option(OWN, "Write it from the beginning"),
        ]
        return select(f"What does {self.part} hold?", options, page,
                      talk.modes.get(self.part, KEEP))  # fmt: skip

    def take(self, talk: Talk, reply: Reply) -> None:
        """Keep the way; whoever begins anew finds an empty page, but only the first time."""
        if reply.value == OWN and talk.modes.get(self.part) != OWN:
            talk.lines.pop(self.part, None)
        talk.modes[self.part] = reply.value

    def answer(self, talk: Talk) -> str:
        """The resources, unless they are about to be written."""
        return summary(talk.standing_lines(self.part)) if talk.modes[self.part] == KEEP else ""


class Lines(Step):
    """The resources of a part, a line each."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.key = f"lines {part}"
        self.label = part

    def matters(self, talk: Talk) -> bool:
        """The person wants to write them."""
        return "apps" not in talk.kept and talk.modes[self.part] != KEEP

    def ask(self, talk: Talk, page: Page) -> Reply:
        """Ask for the lines."""
        page = replace(page, help=GRAMMAR)
        begun = talk.modes.get(self.part) == OWN
        before = talk.lines.get(self.part, "") if begun else talk.standing_lines(self.part)
        return edit(f"What does {self.part} hold?", page, talk.standing.get(self.key, before),
                    lambda typed: talk.problem(self.part, typed))  # fmt: skip

    def take(self, talk: Talk, reply: Reply) -> None:
        """Keep the lines, in their canonical form."""
        talk.lines[self.part] = "\n".join(map(str, resources(reply.value)))

    def answer(self, talk: Talk) -> str:
        """The resources."""
        return summary(talk.standing_lines(self.part))


def names(typed: str) -> tuple[str, ...]:
    """Read names: "Catalog, order items" → catalog, order_items."""
    parts = (part.strip() for part in typed.split(","))
    return tuple("_".join(part.lower().replace("-", " ").split()) for part in parts if part)


def check_names(typed: str, talk: Talk) -> None:
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
            raise UsageError(f"{name} stands twice", "name each part once")


def summary(lines: str) -> str:
    """Resources and their fields without types, in one short line."""
    found = [f"{one.name} ({', '.join(field.name for field in one.fields)})"
             for one in resources(lines)]  # fmt: skip
    text_ = ", ".join(found)
    return text_ if len(text_) <= WIDTH else f"{text_[: WIDTH - 1].rstrip(', ')}…"
