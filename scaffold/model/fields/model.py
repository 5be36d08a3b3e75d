"""Apps, resources and fields, and their canonical text."""

from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from scaffold.errors import UsageError
from scaffold.model.fields.inflection import singular

TYPES = (
    "str",
    "text",
    "int",
    "bigint",
    "float",
    "decimal",
    "bool",
    "date",
    "time",
    "datetime",
    "uuid",
    "email",
    "url",
    "slug",
    "json",
    "enum",
    "ref",
    "m2m",
)
# Types with a value for rows whose creator gives none: 0, now, the first choice.
DEFAULTED = ("int", "bigint", "float", "decimal", "date", "datetime", "enum")
LENGTH = 200
DIGITS, PLACES = 10, 2
ON_DELETE = ("cascade", "protect", "null")
PROTECT = "protect"
TEXT_TYPES = ("str", "text", "email", "url", "slug")
FLAGS = {
    "at_least_one": "!",
    "optional": "?",
    "unique": "^",
    "index": "#",
    "owner": "@owner",
    "private": "@owner(private)",
    "readonly": "@readonly",
    "hidden": "@hidden",
}


class GrammarError(UsageError):
    """A text is not in the grammar, or apps do not fit together.

    Args:
        message: what is wrong; one line.
        text: the text.
        position: the index of the character at fault; `len(text)` if something is missing.
        hint: what to type instead; one line.
    """

    def __init__(self, message: str, text: str, position: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.text = text
        self.position = position

    def pointed(self) -> str:
        """Return the text on one line and a caret below the character at fault."""
        line = "".join(char if char.isprintable() else " " for char in self.text)
        return f"{line}\n{' ' * sum(map(_columns, line[: self.position]))}^"


def _columns(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


@dataclass(frozen=True)
class Target:
    """The target of a reference; an empty app means the same app."""

    app: str
    name: str

    def __str__(self) -> str:
        return f"{self.app}.{self.name}" if self.app else self.name


@dataclass(frozen=True)
class Field:
    """A field of a resource; missing arguments get the default of the type.

    Args:
        minimum: the least value as it is written, or empty; `maximum` likewise.
        at_least_one: an m2m must not be empty.
        optional: may be left out; every other field is required.
        owner: the reference names the owner of the row; the server sets it.
        private: only the owner and staff see the row; implies `owner`.
        readonly: clients read it, only code writes it.
        hidden: neither the API nor pages show it.
    """

    name: str
    type: str
    length: int = 0
    digits: int = 0
    places: int = 0
    minimum: str = ""
    maximum: str = ""
    choices: tuple[str, ...] = ()
    target: Target | None = None
    on_delete: str = ""
    at_least_one: bool = False
    optional: bool = False
    unique: bool = False
    index: bool = False
    owner: bool = False
    private: bool = False
    readonly: bool = False
    hidden: bool = False

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
        flags = "".join(
            mark
            for flag, mark in FLAGS.items()
            if getattr(self, flag) and not (flag == "owner" and self.private)
        )
        return f"{self.name}:{self.type}{f'({given})' if given else ''}{flags}"

    def arguments(self) -> tuple[str, ...]:
        """Return the arguments as they are written, without defaults."""
        if self.type == "str" and self.length != LENGTH:
            return (str(self.length),)
        limits = (f"{self.minimum}..{self.maximum}",) if self.minimum or self.maximum else ()
        if self.type == "decimal" and (limits or (self.digits, self.places) != (DIGITS, PLACES)):
            return (str(self.digits), str(self.places), *limits)
        if limits:
            return limits
        if self.type == "enum":
            return self.choices
        if self.target is None:
            return ()
        action = () if self.on_delete in {"", PROTECT} else (self.on_delete,)
        return (str(self.target), *action)

    @property
    def nullable(self) -> bool:
        """Whether a missing value is stored as NULL.

        Optional text is stored as empty text, except unique text: two empty ones would clash.
        """
        return self.optional and (self.type not in TEXT_TYPES or self.unique)

    @property
    def has_default(self) -> bool:
        """Whether a row can be created without a value."""
        if self.optional or self.type in {"bool", "slug", "uuid"}:
            return True
        if self.type == "m2m":
            return not self.at_least_one
        return self.type in DEFAULTED and not self.unique

    def key(self) -> str:
        """Return the key that clients write, in snake_case: `author_id`, `tag_ids`, or the name."""
        if self.type == "ref":
            return f"{self.name}_id"
        return f"{singular(self.name)}_ids" if self.type == "m2m" else self.name


@dataclass(frozen=True)
class Resource:
    """A kind of record with its fields."""

    name: str
    fields: tuple[Field, ...]

    def __str__(self) -> str:
        return f"{self.name}: {' '.join(map(str, self.fields))}"

    @property
    def owner(self) -> Field | None:
        """The field that names the owner of a row."""
        return next((field for field in self.fields if field.owner), None)

    @property
    def label_field(self) -> Field | None:
        """The field that represents a row: the first `str` that is not hidden."""
        return next((one for one in self.fields if one.type == "str" and not one.hidden), None)

    def position(self, field: Field) -> int:
        """Return where a field begins in the canonical text."""
        before = self.fields[: self.fields.index(field)]
        return len(self.name) + 2 + sum(len(str(one)) + 1 for one in before)


@dataclass(frozen=True)
class App:
    """A part of the project with its own resources."""

    name: str
    resources: tuple[Resource, ...] = ()
