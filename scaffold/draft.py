"""What was said so far, wherever it was said, and the recipe that follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scaffold import questions
from scaffold.catalog import BUILT_IN, find
from scaffold.errors import UsageError
from scaffold.grammar import App, check_apps, parse_resource, plural
from scaffold.names import check_app_name, check_project_name, check_slug, slug_of
from scaffold.pack import Pack, choose
from scaffold.recipe import Recipe, parse_apps
from scaffold.recommend import Recommendation, Suggestion, recommend, suggest_features
from scaffold.suggest import nearest

PROJECT_KEYS = ("name", "slug", "description", "framework", "features", "with", "without", "apps")
DEFAULT_APPS = {
    "blog": [
        "Post: title:str(200)! slug:slug^ body:text status:enum(draft,published)!"
        " author:ref(accounts.User)@owner published_at:datetime?"
    ]
}
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Proposal:
    """A recipe ready to be rendered, with every reason behind it.

    Args:
        recipe: complete and checked.
        pack: the pack it is rendered with.
        recommendation: the verdict of the rules, whatever was chosen.
        suggestions: the features that the answers call for, each with its reason.
        implied: features no one named, with the name of the feature that requires each.
    """

    recipe: Recipe
    pack: Pack
    recommendation: Recommendation
    suggestions: tuple[Suggestion, ...] = ()
    implied: Mapping[str, str] = field(default_factory=dict)


def keys() -> tuple[str, ...]:
    """Every key that flags, data, files, presets and the environment may set."""
    return PROJECT_KEYS + tuple(question.key for question in questions.QUESTIONS)


def accept(values: Values, origin: str) -> dict[str, Any]:
    """Check the keys and shapes of what was said in one place.

    Args:
        values: plain values by key; lists may also be written "a,b".
        origin: where they were said, for the message: "-d", "data.toml", "the environment".

    Raises:
        UsageError: a key is unknown, or an answer is none of the choices.
    """
    accepted: dict[str, Any] = {}
    for key, value in values.items():
        if key not in keys():
            raise UsageError(f"unknown key {key} in {origin}", nearest(key, keys()))
        if key == "apps":
            accepted[key] = _apps(value)
        elif key in ("features", "with", "without"):
            accepted[key] = _words(key, value)
        elif key in PROJECT_KEYS:
            accepted[key] = _line(key, value)
        else:
            raw = ",".join(value) if isinstance(value, list | tuple) else str(value)
            accepted[key] = questions.parse_answer(questions.question(key), raw)
    return accepted


def merge(*drafts: Values) -> dict[str, Any]:
    """Unite what was said in several places; later places win."""
    merged: dict[str, Any] = {}
    for draft in drafts:
        merged |= draft
    return merged


def settle(values: Values) -> Proposal:
    """Turn what was said, and defaults for the rest, into a checked recipe with its reasons.

    Args:
        values: accepted values; `name` must be among them.

    Raises:
        UsageError: a name, feature or field does not fit.
    """
    answers = questions.complete(
        {key: value for key, value in values.items() if key not in PROJECT_KEYS}
    )
    verdict = recommend(answers)
    framework = values.get("framework", verdict.framework)
    if framework not in BUILT_IN and "/" not in framework:
        raise UsageError(f"there is no framework {framework}", nearest(framework, BUILT_IN))
    pack = find(framework)
    suggestions = suggest_features(answers, pack.name, tuple(pack.features))
    features, implied = _features(pack, values, suggestions)
    name = values["name"]
    check_project_name(name)
    slug = values.get("slug", slug_of(name))
    check_slug(slug, pack.reserved)
    apps = values.get("apps", parse_apps(DEFAULT_APPS))
    for app in apps:
        check_app_name(app.name, pack.reserved)
    check_apps(apps)
    recipe = Recipe(
        pack=framework,
        name=name,
        slug=slug,
        description=values.get("description", "A web application."),
        features=features,
        apps=tuple(apps),
        answers=answers,
        pack_version=pack.version,
    )
    return Proposal(recipe, pack, verdict, suggestions, implied)


def starter(app: str) -> str:
    """A first resource for an app that was given by its name alone.

    >>> starter("orders")
    'Order: name:str(200)! notes:text'
    """
    singular = next((app[:-cut] + end for cut, end in ((3, "y"), (2, ""), (1, ""))
                     if plural(app[:-cut] + end) == app), f"{app}_item")  # fmt: skip
    name = "".join(word.capitalize() for word in singular.split("_"))
    return f"{name}: name:str(200)! notes:text"


def _features(
    pack: Pack, values: Values, suggestions: Sequence[Suggestion]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The features listed, or else those the answers call for; with and without what was said."""
    without = set(values.get("without", ()))
    if unknown := sorted(without - set(pack.features)):
        raise UsageError(f"{pack.label} has no feature {unknown[0]}",
                         nearest(unknown[0], pack.features))  # fmt: skip
    listed = values.get("features", tuple(s.feature for s in suggestions))
    wanted = (set(listed) | set(values.get("with", ()))) - without
    features, implied = choose(pack, wanted)
    if back := sorted(without & set(features)):
        raise UsageError(
            f"{back[0]} cannot be left out: {implied.get(back[0], 'the list of features')} needs it",
            f"leave out {implied.get(back[0], back[0])} too",
        )
    return features, implied


def _apps(value: object) -> tuple[App, ...]:
    """Read apps from "catalog,orders", from a table of lines, or pass them through."""
    if isinstance(value, str):
        names = [name.strip() for name in value.split(",") if name.strip()]
        return tuple(App(name, (parse_resource(starter(name)),)) for name in names)
    if isinstance(value, Mapping):
        return parse_apps({name: list(lines) or [starter(name)] for name, lines in value.items()})
    if isinstance(value, Sequence) and all(isinstance(app, App) for app in value):
        return tuple(value)
    raise UsageError("apps must be names, or a table of names and lines of fields",
                     'for example apps = { blog = ["Post: title:str!"] }')  # fmt: skip


def _words(key: str, value: object) -> tuple[str, ...]:
    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, Iterable):
        raise UsageError(f"{key} must be a list of names", f"for example {key}=docker,postgres")
    return tuple(word for word in (str(word).strip() for word in words) if word)


def _line(key: str, value: object) -> str:
    if not isinstance(value, str) or "\n" in value:
        raise UsageError(f"{key} must be one line of text")
    return value
