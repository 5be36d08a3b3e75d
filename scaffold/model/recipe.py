"""The complete, saveable description of a project, and its form in TOML."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from scaffold.errors import UsageError, did_you_mean
from scaffold.model.fields import App, GrammarError, parse_resource

FORMAT = 1
WORDS = {int: "a number", str: "text", list: "a list", dict: "a table"}
Answers = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what a project's files are.

    Args:
        pack: a pack's name, or its path; in a project's `.scaffold.toml` always the name.
        name: the project's name as people write it, "Acme Shop".
        slug: its name on disk and in paths, "acme-shop".
        description: one line.
        features: names of the chosen features, sorted.
        apps: the apps in the order the user gave them.
        answers: what the user said about team and needs; complete or empty.
        pack_version: the version of the pack that rendered it; empty before the first render.
    """

    pack: str
    name: str
    slug: str
    description: str = "A web application."
    features: tuple[str, ...] = ()
    apps: tuple[App, ...] = ()
    answers: Answers = field(default_factory=dict)
    pack_version: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, in the shape that TOML and JSON hold."""
        answers = {k: list(v) if isinstance(v, tuple) else v for k, v in self.answers.items()}
        apps = {app.name: [str(resource) for resource in app.resources] for app in self.apps}
        return {
            "format": FORMAT,
            "pack": self.pack,
            "pack_version": self.pack_version,
            "name": self.name,
            "slug": self.slug,
            "description": self.description,
            "features": list(self.features),
            "answers": answers,
            "apps": apps,
        }


def to_toml(recipe: Recipe) -> str:
    """Write a recipe as TOML; `from_toml` reads it back unchanged."""
    import tomli_w

    return tomli_w.dumps(recipe.as_dict())


def from_toml(text: str) -> Recipe:
    """Read a recipe from TOML.

    Raises:
        UsageError: the text is no TOML, or no recipe.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the recipe is not valid TOML: {error}") from None
    return from_dict(values)


def from_dict(values: Mapping[str, Any]) -> Recipe:
    """Read a recipe from plain values.

    Raises:
        UsageError: a key is unknown or missing, or a value has the wrong type.
    """
    shape: dict[str, type] = {
        "format": int,
        "pack": str,
        "pack_version": str,
        "name": str,
        "slug": str,
        "description": str,
        "features": list,
        "answers": dict,
        "apps": dict,
    }
    for key, value in values.items():
        if key not in shape:
            raise UsageError(f"unknown key in the recipe: {key}", did_you_mean(key, shape))
        if not isinstance(value, shape[key]) or isinstance(value, bool):
            raise UsageError(f"the recipe's {key} must be {WORDS[shape[key]]}")
    if missing := [key for key in ("pack", "name", "slug") if key not in values]:
        raise UsageError(f"the recipe lacks {', '.join(missing)}")
    if values.get("format", FORMAT) != FORMAT:
        raise UsageError(
            f"the recipe has format {values['format']}, this scaffold reads {FORMAT}",
            "install a newer scaffold",
        )
    rest = {
        k: values[k] for k in ("pack", "pack_version", "name", "slug", "description") if k in values
    }
    features, answers, apps = (values.get(k) for k in ("features", "answers", "apps"))
    return Recipe(
        **rest,
        features=tuple(sorted(_strings("features", features or []))),
        answers={key: _answer(key, value) for key, value in (answers or {}).items()},
        apps=parse_apps(apps or {}),
    )


def parse_apps(apps: Mapping[str, list[str]]) -> tuple[App, ...]:
    """Read apps from their names and the lines of their resources.

    Raises:
        UsageError: a line is not in the grammar; the message names the app.
    """
    parsed = []
    for name, lines in apps.items():
        with point_at_error(f"app {name}: "):
            resources = tuple(parse_resource(line) for line in _strings(name, lines))
        parsed.append(App(name, resources))
    return tuple(parsed)


@contextmanager
def point_at_error(where: str = "") -> Iterator[None]:
    """Let an error in the grammar show its line and the character at fault.

    Args:
        where: what the message begins with.
    """
    try:
        yield
    except GrammarError as error:
        message = f"{where}{error.message}\n{error.pointed()}"
        raise UsageError(message, error.hint) from None


def _strings(key: str, values: object) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise UsageError(f"{key} must be a list of strings")
    return values


def _answer(key: str, value: object) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    return tuple(_strings(f"the answer to {key}", value))
