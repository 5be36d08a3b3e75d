"""Values given so far, wherever they came from, and the recipe that follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category

from scaffold.errors import UsageError, did_you_mean
from scaffold.model.fields import App, check_apps, pascal, resource_name_problem, singular
from scaffold.model.identifiers import (
    check_app_name,
    check_description,
    check_project_name,
    check_slug,
    slug_of,
)
from scaffold.model.recipe import Recipe, parse_apps, point_at_error
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.pack import Pack, choose_features, rivals_of
from scaffold.recommendation import questions
from scaffold.recommendation.recommend import (
    Recommendation,
    Suggestion,
    recommend,
    suggest_features,
)

PROJECT_KEYS = ("name", "slug", "description", "framework", "features", "with", "without", "apps")
DEFAULT_APPS = {
    "blog": [
        "Post: title:str slug:slug^ body:text? status:enum(draft,published)"
        " author:ref(accounts.User)@owner published_at:datetime?"
    ]
}
Values = Mapping[str, Any]
RESOURCES_PER_APP = 6
UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, halves, line separators


@dataclass(frozen=True)
class Proposal:
    """A recipe ready to be rendered, with every reason behind it.

    Args:
        recipe: complete and checked.
        pack: the pack it is rendered with.
        recommendation: the verdict of the rules, whatever was chosen.
        suggestions: the features that the answers call for, each with its reason.
        implied: features that nobody named, with the name of the feature that requires each.
        notes: what a user should know before it is written.
        set_by: who decided the framework or a feature for the user, by its key or name.
    """

    recipe: Recipe
    pack: Pack
    recommendation: Recommendation
    suggestions: tuple[Suggestion, ...] = ()
    implied: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    set_by: Mapping[str, str] = field(default_factory=dict)


def known_keys() -> tuple[str, ...]:
    """Return every key that flags, data, files, presets and the environment may set."""
    return PROJECT_KEYS + tuple(question.key for question in questions.QUESTIONS)


def validate_values(values: Values, origin: str) -> dict[str, Any]:
    """Check the keys and types of values from one source.

    Args:
        values: plain values by key; lists may also be written "a,b".
        origin: the source, for the message: "-d", "data.toml", "the environment".

    Raises:
        UsageError: a key is unknown, an answer is none of the choices, or values contradict.
    """
    accepted: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known_keys():
            raise UsageError(f"unknown key {key} in {origin}", did_you_mean(key, known_keys()))
        if key == "apps":
            accepted[key] = _apps(value)
        elif key in ("features", "with", "without"):
            accepted[key] = _words(key, value)
        elif key in PROJECT_KEYS:
            accepted[key] = _line(key, value)
        else:
            accepted[key] = _answer(key, value)
    if both := sorted(_added(accepted) & set(accepted.get("without", ()))):
        raise UsageError(f"{both[0]} is both added and left out in {origin}", "keep one of them")
    return accepted


def merge_values(*drafts: Values) -> dict[str, Any]:
    """Unite values from several sources; later sources win."""
    merged: dict[str, Any] = {}
    for draft in drafts:
        for key, other in (("with", _added(draft)), ("without", set(draft.get("without", ())))):
            against = "without" if key == "with" else "with"
            if other and against in merged:
                merged[against] = tuple(name for name in merged[against] if name not in other)
        merged |= draft
    return merged


def _added(values: Values) -> set[str]:
    return {*values.get("with", ()), *values.get("features", ())}


def resolve(values: Values) -> Proposal:
    """Turn the values given, and defaults for the rest, into a checked recipe with its reasons.

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
    pack = find_pack(framework)
    place = framework if framework in BUILT_IN or pack.origin else str(pack.root)
    suggestions = suggest_features(answers, pack.name, tuple(pack.features))
    features, implied = _features(pack, values, suggestions)
    name = values["name"]
    check_project_name(name)
    slug = values.get("slug", slug_of(name))
    check_slug(slug, pack.reserved)
    apps = values.get("apps", parse_apps(DEFAULT_APPS))
    for app in apps:
        check_app_name(app.name, pack.reserved)
    with point_at_error():
        check_apps(apps)
    recipe = Recipe(
        pack=place,
        name=name,
        slug=slug,
        description=values.get("description", "A web application."),
        features=features,
        apps=tuple(apps),
        answers=answers,
        pack_version=pack.version,
    )
    notes = [note.text for note in verdict.notes if note.framework == pack.name]
    notes += [large for app in apps if (large := too_large(app))]
    return Proposal(recipe, pack, verdict, suggestions, implied, tuple(notes))


def too_large(app: App) -> str:
    """Return advice for an app with more resources than one should have; empty for others."""
    if len(app.resources) <= RESOURCES_PER_APP:
        return ""
    return (
        f"{app.name} has {len(app.resources)} resources. More than {RESOURCES_PER_APP} in one app"
        " are hard to keep track of: consider two apps."
    )


def default_resource(app: str) -> str:
    """Return a first resource for an app that was given by its name alone.

    >>> default_resource("orders")
    'Order: name:str notes:text?'
    """
    if app in DEFAULT_APPS:
        return DEFAULT_APPS[app][0]
    one = singular(app)
    names = map(pascal, (one, f"{one}_item", "item")[one == app :])
    free = next(name for name in names if not resource_name_problem(name))
    return f"{free}: name:str notes:text?"


def _features(
    pack: Pack, values: Values, suggestions: Sequence[Suggestion]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the listed features, or those of the answers, plus `with` minus `without`."""
    added, without = set(values.get("with", ())), set(values.get("without", ()))
    if unknown := sorted(without - set(pack.features)):
        raise UsageError(
            f"{pack.label} has no feature {unknown[0]}", did_you_mean(unknown[0], pack.features)
        )
    suggested = {s.feature for s in suggestions}
    if pack.name not in BUILT_IN:  # the rules know nothing of it
        suggested |= set(pack.defaults)
    suggested -= rivals_of(pack, added)
    wanted = (set(values.get("features", suggested)) | added) - without
    features, implied = choose_features(pack, wanted)
    if back := sorted(without & set(features)):
        raise UsageError(
            f"{back[0]} cannot be left out: {implied[back[0]]} needs it",
            f"leave out {implied[back[0]]} too",
        )
    return features, implied


def _apps(value: object) -> tuple[App, ...]:
    """Read apps from "catalog,orders", from a table of lines, or pass them through."""
    if isinstance(value, str):
        value = {name.strip(): [] for name in value.split(",") if name.strip()}
    if value and isinstance(value, list) and all(isinstance(name, str) for name in value):
        value = {name.strip(): [] for name in value}
    if isinstance(value, Mapping):
        for name in value:
            check_app_name(name)
        return parse_apps(
            {name: lines or [default_resource(name)] for name, lines in value.items()}
        )
    if isinstance(value, Sequence) and all(isinstance(app, App) for app in value):
        return tuple(value)
    raise UsageError(
        "apps must be names, or a table of names and their resources",
        'for example apps = { blog = ["Post: title:str"] }',
    )


def _words(key: str, value: object) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise UsageError(f"{key} must be a list of names", f"for example {key}=docker,postgres")
    words = (word.strip() for text in texts for word in text.split(","))
    return tuple(filter(None, words))


def _answer(key: str, value: object) -> str | tuple[str, ...]:
    texts = map(str, value if isinstance(value, list | tuple) else [value])
    return questions.parse_answer(questions.question(key), ",".join(texts))


def _line(key: str, value: object) -> str:
    if not isinstance(value, str) or any(category(char) in UNWRITABLE for char in value):
        raise UsageError(f"{key} must be one line of text")
    if key == "description":
        check_description(value)
    return value
