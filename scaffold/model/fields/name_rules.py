"""Rules for names and flags, each with a reason and a hint.

PostgreSQL cuts identifiers at 63 bytes. The longest name in a pack is a check constraint,
`ck_<app>_<resource>_<field>_valid`; `validation` limits its sum, this module limits each part.
The frameworks shorten longer names (foreign keys) themselves.
"""

import builtins
import re

from scaffold.model.fields.inflection import camel, pascal, plural, snake
from scaffold.model.fields.model import FLAGS, Field
from scaffold.model.fields.reserved_words import (
    ALWAYS_THERE,
    FIELD_PREFIXES,
    KEYWORDS,
    QUERY_NAMES,
    RESOURCE_WORDS,
    field_word,
)
from scaffold.model.identifiers import slug_of

NAME_LIMIT = 30
INDEX_LIMIT = 600  # characters of four bytes that fit an index row of PostgreSQL
BUILTINS = frozenset(dir(builtins)) - {"copyright", "credits", "exit", "license", "quit"}

PASCAL = re.compile(r"([A-Z][a-z0-9]+)*[A-Z][a-z0-9]*")
RENAMED = {"type": "kind"}
RESOURCE_EXAMPLE = "for example Post: title:str body:text?"

Problem = tuple[str, str]


def shown(text: str) -> str:
    """Quote typed text, short and on one line."""
    clean = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return f"'{clean}'" if len(clean) <= NAME_LIMIT + 10 else f"'{clean[:NAME_LIMIT]}…'"


def field_name_problem(name: str) -> Problem | None:
    """Return what is wrong with the name of a field and a hint, or nothing."""
    if not name:
        return "a field needs a name", "for example title:str"
    if name in ALWAYS_THERE:
        return f"every resource has {name} already", "leave it out"
    reason = _bad_shape(name) or _taken(name)
    return (reason, f"for example {_suggest(name)}") if reason else None


def _bad_shape(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return f"{shown(name)} is not a snake_case name: lowercase letters a-z, digits and _"
    if len(name) > NAME_LIMIT:
        return f"{shown(name)} is longer than {NAME_LIMIT} characters"
    if "__" in name:
        return f"{name} has two underscores in a row, which filters use"
    if name.endswith("_"):
        return f"{name} ends in an underscore"
    if (back := snake(camel(name))) != name:
        return f"{name} is {camel(name)} in the API and would come back as {back}"
    return ""


def _taken(name: str) -> str:
    if name in QUERY_NAMES:
        return f"{name} is a query parameter of every list"
    if what := field_word(name):
        return f"{name} is {what}"
    prefix = next((prefix for prefix in FIELD_PREFIXES if name.startswith(prefix)), "")
    return f"a name must not begin with {prefix}: {FIELD_PREFIXES[prefix]}" if prefix else ""


def _suggest(name: str) -> str:
    """Return an accepted name close to the typed one."""
    word = slug_of(snake(name[:NAME_LIMIT])).replace("-", "_")
    for prefix in FIELD_PREFIXES:
        word = word.removeprefix(prefix)
    word = re.sub(r"_([0-9])", r"\1", word).lstrip("_0123456789")
    candidates = (RENAMED.get(word, word), f"{word}_value")
    free = (one for one in candidates if one not in ALWAYS_THERE)
    return next((one for one in free if not _bad_shape(one) and not _taken(one)), "title")


def resource_name_problem(name: str) -> Problem | None:
    """Return what is wrong with the name of a resource and a hint, or nothing."""
    if not name:
        return "a resource needs a name", RESOURCE_EXAMPLE
    if not PASCAL.fullmatch(name):
        proposed = pascal(snake(re.sub(r"[^A-Za-z0-9]+", "_", _soften(name[:NAME_LIMIT]))))
        return (
            f"{shown(name)} is not a PascalCase name: letters a-z and digits, "
            "each word with one capital",
            f"for example {proposed}" if PASCAL.fullmatch(proposed) else RESOURCE_EXAMPLE,
        )
    if len(snake(name)) > NAME_LIMIT:
        return (
            f"{shown(name)} is longer than {NAME_LIMIT} characters in snake_case",
            "choose a shorter name",
        )
    what = _resource_word(name)
    hint = "refer to it as accounts.User" if name == "User" else f"for example {name}Entry"
    return (f"{name} is {what}", hint) if what else None


def _resource_word(name: str) -> str:
    """Return why the name of a resource is reserved, or an empty text."""
    for word in (name, snake(name), plural(snake(name))):
        if word in KEYWORDS or word in BUILTINS:
            return f"called {shown(word)} in code, which is a name of Python itself"
    return next((what for what, names in RESOURCE_WORDS.items() if name in names), "")


def _soften(name: str) -> str:
    """Lower all but the first of several capitals in a row: `APIKey` → `ApiKey`."""
    return re.sub(r"([A-Z])([A-Z]+)(?=[A-Z][a-z]|[^a-z]|$)", lambda m: m[1] + m[2].lower(), name)


def flag_problem(field: Field, flag: str) -> Problem | None:
    """Return why a flag is wrong on a field that has all its flags, or nothing."""
    if flag == "index" and field.unique:
        return "a unique column has an index already", "leave # out"
    if flag in {"owner", "private"} and str(field.target) != "accounts.User":
        return (
            "@owner goes with ref(accounts.User) only",
            "for example author:ref(accounts.User)@owner",
        )
    if field.owner and flag in {"optional", "readonly", "hidden"}:
        return "the server sets an owner, and always does", f"leave {FLAGS[flag]} out"
    if flag in {"readonly", "hidden"} and not field.has_default:
        return (
            f"no client can write {field.name}, so it needs ? or a type with a default",
            f"for example {field.name}:{field.type}{_shown_arguments(field)}?{FLAGS[flag]}",
        )
    if field.length > INDEX_LIMIT and flag in {"unique", "index"}:
        return (
            f"a str longer than {INDEX_LIMIT} characters does not fit an index",
            f"for example {field.name}:str(200)",
        )
    return SENSELESS.get((field.type, flag))


def _shown_arguments(field: Field) -> str:
    given = ",".join(field.arguments())
    return f"({given})" if given else ""


_TWO_VALUES = "a bool has two values, so it cannot be unique", "leave ^ out"
_NO_LENGTH = (
    "text and json have no length, so they cannot be indexed",
    "use str(200) for short text",
)
_A_SET = (
    "an m2m is a set with a table of its own",
    "m2m takes ! (at least one), @readonly, @hidden or no flag",
)

SENSELESS: dict[tuple[str, str], Problem] = {
    ("bool", "unique"): _TWO_VALUES,
    ("text", "unique"): _NO_LENGTH,
    ("text", "index"): _NO_LENGTH,
    ("json", "unique"): _NO_LENGTH,
    ("json", "index"): _NO_LENGTH,
    ("m2m", "unique"): _A_SET,
    ("m2m", "index"): _A_SET,
    ("m2m", "owner"): ("an owner is one user", "for example author:ref(accounts.User)@owner"),
    ("ref", "index"): ("a reference has an index already", "leave # out"),
}
