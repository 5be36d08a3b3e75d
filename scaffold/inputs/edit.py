"""Changes of a recipe: what `add`, `remove` and `set` were asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from scaffold.errors import UsageError, did_you_mean
from scaffold.inputs.resolve import default_resource
from scaffold.model.fields import App, Resource, check_apps, parse_resource
from scaffold.model.identifiers import check_app_name, check_description, check_project_name
from scaffold.model.recipe import Recipe, point_at_error
from scaffold.packs.pack import Pack, choose_features, rivals_of

DATABASE = "database"  # the group of the features that bring a database
PLAIN_DATABASE = "sqlite"  # what a project has without one of them
Edit = Callable[[Recipe, Pack], Recipe]


def add_app(recipe: Recipe, pack: Pack, name: str, resources: Sequence[str] = ()) -> Recipe:
    """Add an app, by default with one resource.

    Raises:
        UsageError: its name or a resource does not fit, or it exists.
    """
    check_app_name(name, pack.reserved)
    if name in _names(recipe.apps):
        raise UsageError(f"the app {name} exists", f"scaffold add resource {name}.…")
    with point_at_error():
        parsed = tuple(parse_resource(line) for line in resources or [default_resource(name)])
    return _with_apps(recipe, (*recipe.apps, App(name, parsed)))


def remove_app(recipe: Recipe, name: str) -> Recipe:
    """Remove an app.

    Raises:
        UsageError: there is none of this name, or another app refers to it.
    """
    gone = _app(recipe, name)
    return _with_apps(recipe, tuple(app for app in recipe.apps if app is not gone))


def add_resource(recipe: Recipe, where: str, fields: str) -> Recipe:
    """Add a resource: `orders.Invoice` and its fields.

    Raises:
        UsageError: the app does not exist, the resource does, or a field does not fit.
    """
    app, name = _split(recipe, where)
    if name in [one.name for one in app.resources]:
        raise UsageError(f"{where} exists", f"scaffold add field {where} 'name:type'")
    with point_at_error():
        added = parse_resource(f"{name}: {fields}")
    return _with_resources(recipe, app, (*app.resources, added))


def remove_resource(recipe: Recipe, where: str) -> Recipe:
    """Remove a resource.

    Raises:
        UsageError: there is none of this name, or another resource refers to it.
    """
    app, gone = _resource(recipe, where)
    if len(app.resources) == 1:
        raise UsageError(
            f"{where} is the only resource of its app", f"scaffold remove app {app.name}"
        )
    return _with_resources(recipe, app, tuple(one for one in app.resources if one is not gone))


def add_fields(recipe: Recipe, where: str, fields: str) -> Recipe:
    """Add fields to a resource.

    Raises:
        UsageError: the resource does not exist, or a field does not fit.
    """
    app, resource = _resource(recipe, where)
    with point_at_error():
        longer = parse_resource(f"{resource} {fields}")
    return _with_resource(recipe, app, resource, longer)


def remove_field(recipe: Recipe, where: str, name: str) -> Recipe:
    """Remove a field of a resource.

    Raises:
        UsageError: there is none of this name, or it is the last one.
    """
    app, resource = _resource(recipe, where)
    known = [field.name for field in resource.fields]
    if name not in known:
        raise UsageError(f"{where} has no field {name}", did_you_mean(name, known))
    if len(known) == 1:
        raise UsageError(
            f"{name} is the only field of {where}", f"scaffold remove resource {where}"
        )
    kept = tuple(field for field in resource.fields if field.name != name)
    return _with_resource(recipe, app, resource, Resource(resource.name, kept))


def add_feature(recipe: Recipe, pack: Pack, name: str) -> Recipe:
    """Add a feature with all that it requires.

    Raises:
        UsageError: there is none of this name, it is there, or others do not go with it.
    """
    _known_feature(pack, name)
    if name in recipe.features:
        raise UsageError(
            f"the feature {name} is there already", "scaffold info lists what there is"
        )
    return _with_features(recipe, pack, {*recipe.features, name})


def remove_feature(recipe: Recipe, pack: Pack, name: str) -> Recipe:
    """Remove a feature.

    Raises:
        UsageError: it is not there, or another feature requires it.
    """
    _known_feature(pack, name)
    if name not in recipe.features:
        raise UsageError(f"the project has no feature {name}", did_you_mean(name, recipe.features))
    kept = set(recipe.features) - {name}
    for other in sorted(kept):
        if name in pack.features[other].requires:
            raise UsageError(f"{other} needs {name}", f"scaffold remove feature {other}")
    return _with_features(recipe, pack, kept)


def set_values(recipe: Recipe, pack: Pack, values: Mapping[str, str]) -> Recipe:
    """Change what a project is called, what it has, which database it uses.

    Raises:
        UsageError: a key is unknown, or a value does not fit.
    """
    changes: Mapping[str, Callable[[Recipe, str], Recipe]] = {
        "name": _set_name,
        "description": _set_description,
        "features": lambda old, text: _with_features(old, pack, _words(text)),
        DATABASE: lambda old, text: _set_database(old, pack, text),
    }
    for key, value in values.items():
        if key not in changes:
            raise UsageError(f"cannot set {key}", did_you_mean(key, changes))
        recipe = changes[key](recipe, value)
    return recipe


def _set_name(recipe: Recipe, name: str) -> Recipe:
    check_project_name(name)
    return replace(recipe, name=name)


def _set_description(recipe: Recipe, text: str) -> Recipe:
    check_description(text)
    return replace(recipe, description=text)


def _set_database(recipe: Recipe, pack: Pack, name: str) -> Recipe:
    choices = {one.name for one in pack.features.values() if one.group == DATABASE}
    if name not in {*choices, PLAIN_DATABASE}:
        raise UsageError(
            f"{pack.label} has no database {name}", did_you_mean(name, {*choices, PLAIN_DATABASE})
        )
    wanted = {*recipe.features} - choices
    return _with_features(recipe, pack, wanted | ({name} & choices))


def _words(text: str) -> set[str]:
    return {word.strip() for word in text.split(",") if word.strip()}


def _known_feature(pack: Pack, name: str) -> None:
    if name not in pack.features:
        raise UsageError(f"{pack.label} has no feature {name}", did_you_mean(name, pack.features))


def _with_features(recipe: Recipe, pack: Pack, wanted: Iterable[str]) -> Recipe:
    added = set(wanted) - set(recipe.features)
    if rivals := sorted(rivals_of(pack, added) & set(wanted) - added):
        raise UsageError(
            f"{rivals[0]} does not go with {', '.join(sorted(added))}",
            f"scaffold remove feature {rivals[0]}",
        )
    return replace(recipe, features=choose_features(pack, wanted)[0])


def _with_apps(recipe: Recipe, apps: tuple[App, ...]) -> Recipe:
    with point_at_error():
        check_apps(apps)
    return replace(recipe, apps=apps)


def _with_resources(recipe: Recipe, app: App, resources: tuple[Resource, ...]) -> Recipe:
    changed = App(app.name, resources)
    return _with_apps(recipe, tuple(changed if one is app else one for one in recipe.apps))


def _with_resource(recipe: Recipe, app: App, old: Resource, new: Resource) -> Recipe:
    return _with_resources(recipe, app, tuple(new if one is old else one for one in app.resources))


def _split(recipe: Recipe, where: str) -> tuple[App, str]:
    app, dot, name = where.partition(".")
    if not dot or not app or not name:
        raise UsageError(
            f"{where} does not name an app and a resource", "for example orders.Invoice"
        )
    return _app(recipe, app), name


def _resource(recipe: Recipe, where: str) -> tuple[App, Resource]:
    app, name = _split(recipe, where)
    for one in app.resources:
        if one.name == name:
            return app, one
    known = [f"{app.name}.{one.name}" for one in app.resources]
    raise UsageError(f"there is no resource {where}", did_you_mean(where, known))


def _app(recipe: Recipe, name: str) -> App:
    for app in recipe.apps:
        if app.name == name:
            return app
    known = _names(recipe.apps)
    hint = did_you_mean(name, known) if known else f"scaffold add app {name}"
    raise UsageError(f"there is no app {name}", hint)


def _names(apps: Sequence[App]) -> list[str]:
    return [app.name for app in apps]


def as_values(words: Sequence[str]) -> dict[str, str]:
    """Read `key=value` words.

    Raises:
        UsageError: one has no `=`.
    """
    values: dict[str, str] = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign:
            raise UsageError(f"{word} has no value", f"write {word}=VALUE")
        values[key.strip()] = value.strip()
    return values
