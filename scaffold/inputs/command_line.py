"""The command line that gives the same recipe again."""

import shlex
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from scaffold.errors import UsageError
from scaffold.inputs.resolve import DEFAULT_APPS, default_resource, resolve
from scaffold.model.fields import App
from scaffold.model.identifiers import slug_of
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.recommendation.questions import QUESTIONS, Answer, Answers, complete

FEATURE_FLAGS = {"with": "--feature", "without": "--without"}
FEATURE_KEYS = ("features", *FEATURE_FLAGS)


def command_line(values: Mapping[str, Any], path: str, flags: Sequence[str] = ()) -> str:
    """Write the shortest `scaffold new` or `init` line that gives the same recipe.

    Args:
        values: the values, as `resolve` takes them.
        path: where the project will be.
        flags: other flags, such as `--no-install`.

    Raises:
        UsageError: the values give no recipe.
    """
    proposal = resolve(values)
    verb = ["init"] if Path(path).absolute() == Path.cwd() else ["new", path]
    words = ["scaffold", *verb, *_project(proposal.recipe, path)]
    words += _answers(proposal.recipe.answers)
    if proposal.recipe.pack != proposal.recommendation.framework:
        words += ["--framework", proposal.recipe.pack]
    for key, names in feature_differences(values, set(proposal.recipe.features)).items():
        words += [word for name in names for word in (FEATURE_FLAGS[key], name)]
    words += _apps(proposal.recipe.apps)
    return shlex.join([*words, *flags, "--defaults"])


def command_so_far(values: Mapping[str, Any], path: str = "", flags: Sequence[str] = ()) -> str:
    """Write the command that continues where a session was interrupted.

    Args:
        values: the answers so far, as `resolve` takes them.
        path: where the project will be, or empty.
        flags: other flags.
    """
    place = path or values.get("slug") or slug_of(values.get("name", ""))
    here = bool(path) and Path(path).absolute() == Path.cwd()
    words = ["scaffold", *(["init"] if here else ["new", *([place] if place else [])])]
    for key in ("name", "slug", "description", "framework"):
        if key in values and not (
            key == "name" and place and name_from_path(Path(place)) == values[key]
        ):
            words += [f"--{key}", values[key]]
    for question in QUESTIONS:
        if question.key in values:
            words += [f"--{question.key.replace('_', '-')}", _typed(values[question.key])]
    if "features" in values:
        words += ["--features", ",".join(values["features"])]
    for key, flag in FEATURE_FLAGS.items():
        words += [word for name in values.get(key, ()) for word in (flag, name)]
    if "apps" in values:
        words += _apps(values["apps"])
    return shlex.join([*words, *flags])


def feature_differences(values: Mapping[str, Any], wanted: Set[str]) -> dict[str, tuple[str, ...]]:
    """How features differ from what the answers call for, in the fewest words.

    Args:
        values: the values, as `resolve` takes them; `features`, `with` and `without` are ignored.
        wanted: the features, with all that they require.

    Returns:
        What to say for `with` and `without`; nothing where the answers call for just these.

    Raises:
        UsageError: the values give no recipe, or no words give these features.
    """
    plain = {key: value for key, value in values.items() if key not in FEATURE_KEYS}
    base = set(resolve(plain).recipe.features)
    if base == wanted:
        return {}
    flags = [("with", name) for name in sorted(wanted)]
    flags += [("without", name) for name in sorted(base - wanted)]
    resolve({**plain, **_feature_values(flags)})
    for flag in tuple(flags):
        fewer = [other for other in flags if other != flag]
        if _gives({**plain, **_feature_values(fewer)}, wanted):
            flags = fewer
    return {key: names for key, names in _feature_values(flags).items() if names}


def name_from_path(path: Path) -> str:
    """Return the project's name where only its path is given: `acme-shop` → "Acme Shop"."""
    words = path.absolute().name.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _project(recipe: Recipe, path: str) -> Iterator[str]:
    if recipe.name != name_from_path(Path(path)):
        yield from ("--name", recipe.name)
    if recipe.slug != slug_of(recipe.name):
        yield from ("--slug", recipe.slug)
    if recipe.description != Recipe.description:
        yield from ("--description", recipe.description)


def _answers(answers: Answers) -> Iterator[str]:
    needed = dict(answers)
    for question in QUESTIONS:
        rest = {key: value for key, value in needed.items() if key != question.key}
        if complete(rest) == complete(needed):
            needed = rest
    for key, value in needed.items():
        yield from (f"--{key.replace('_', '-')}", _typed(value))


def _typed(answer: Answer) -> str:
    return answer if isinstance(answer, str) else ",".join(answer)


def _feature_values(flags: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(name for other, name in flags if other == key) for key in FEATURE_FLAGS}


def _gives(values: Mapping[str, Any], wanted: Set[str]) -> bool:
    try:
        return set(resolve(values).recipe.features) == wanted
    except UsageError:
        return False


def _apps(apps: tuple[App, ...]) -> Iterator[str]:
    if apps == parse_apps(DEFAULT_APPS):
        return
    if not apps:
        yield from ("--data", "apps=")
    bare = [app for app in apps if [str(one) for one in app.resources] == [_canonical(app.name)]]
    filled = [app for app in apps if app not in bare]
    # The command line takes the parts named by --app first, then those of --resource.
    for app in bare if (*bare, *filled) == apps else apps:
        yield from ("--app", app.name)
    for app in filled:
        for resource in app.resources:
            yield from ("--resource", f"{app.name}.{resource}")


def _canonical(app: str) -> str:
    return str(parse_apps({app: [default_resource(app)]})[0].resources[0])
