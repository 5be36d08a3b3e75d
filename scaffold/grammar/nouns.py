"""The nouns of the grammar and their canonical text."""

from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from scaffold.errors import UsageError
from scaffold.grammar.spelling import singular

TYPES = (
    "str", "text", "int", "bigint", "float", "decimal", "bool", "date", "time", "datetime",
    "uuid", "email", "url", "slug", "json", "enum", "ref", "m2m",
)  # fmt: skip
LENGTH = 200
DIGITS, PLACES = 10, 2
ON_DELETE = ("cascade", "protect", "null")
PROTECT = "protect"
FLAGS = {"required": "!", "null": "?", "unique": "^", "index": "#", "owner": "@owner"}


class GrammarError(UsageError):
    """A text is not in the grammar, or apps do not fit together.

    Args:
        message: one line saying what is wrong.
        text: what was read.
        position: the index of the character at fault; `len(text)` where something is missing.
        hint: one line naming what to type instead.
    """

    def __init__(self, message: str, text: str, position: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.text = text
        self.position = position

    def pointed(self) -> str:
        """Show the text on one line, and below it a caret under the character at fault."""
        line = "".join(char if char.isprintable() else " " for char in self.text)
        return f"{line}\n{' ' * sum(map(_columns, line[: self.position]))}^"


def _columns(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


@dataclass(frozen=True)
class Target:
    """The resource a reference points at; an empty app means the same app."""

    app: str
    name: str

    def __str__(self) -> str:
        return f"{self.app}.{self.name}" if self.app else self.name


@dataclass(frozen=True)
class Field:
    """One field of a resource; arguments left out get the default of the type."""

    name: str
    type: str
    length: int = 0
    digits: int = 0
    places: int = 0
    choices: tuple[str, ...] = ()
    target: Target | None = None
    on_delete: str = ""
    required: bool = False
    null: bool = False
    unique: bool = False
    index: bool = False
    owner: bool = False

    def __post_init__(self) -> None:
        if self.type == "str" and not self.length:
            object.__setattr__(self, "length", LENGTH)
        elif self.type == "decimal" and not self.digits:
            object.__setattr__(self, "digits", DIGITS)
            object.__setattr__(self, "places", PLACES)
        elif self.type == "ref" and not self.on_delete:
            object.__setattr__(self, "on_delete", PROTECT)

    def __str__(self) -> str:
        given = ",".join(self.arguments())
        flags = "".join(mark for flag, mark in FLAGS.items() if getattr(self, flag))
        return f"{self.name}:{self.type}{f'({given})' if given else ''}{flags}"

    def arguments(self) -> tuple[str, ...]:
        """List the arguments as they are written, without those that equal the default."""
        if self.type == "str" and self.length != LENGTH:
            return (str(self.length),)
        if self.type == "decimal" and (self.digits, self.places) != (DIGITS, PLACES):
            return (str(self.digits), str(self.places))
        if self.type == "enum":
            return self.choices
        if self.target is None:
            return ()
        action = () if self.on_delete in {"", PROTECT} else (self.on_delete,)
        return (str(self.target), *action)

    def key(self) -> str:
        """Name what a client writes, in snake_case: `author_id`, `tag_ids`, else the name."""
        if self.type == "ref":
            return f"{self.name}_id"
        return f"{singular(self.name)}_ids" if self.type == "m2m" else self.name


@dataclass(frozen=True)
class Resource:
    """A named kind of record."""

    name: str
    fields: tuple[Field, ...]

    def __str__(self) -> str:
        return f"{self.name}: {' '.join(map(str, self.fields))}"

    def position(self, field: Field) -> int:
        """Where a field begins in the canonical text."""
        before = self.fields[: self.fields.index(field)]
        return len(self.name) + 2 + sum(len(str(one)) + 1 for one in before)


@dataclass(frozen=True)
class App:
    """A part of the project with resources of its own."""

    name: str
    resources: tuple[Resource, ...] = ()
