"""Apps, resources and fields as templates see them: every name derived, every type resolved."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace as Part

from scaffold.grammar import App, Field, Resource, camel, order_apps, plural, reverse_names, snake
from scaffold.meaning import Types, resolve

USER = Part(
    name="User", snake="user", plural="users", kebab="users", label="user", label_plural="users",
    app="accounts", table="accounts_user", label_field=Part(name="name"),
)  # fmt: skip


def describe(apps: Sequence[App], types: Types) -> list[Part]:
    """Resolve the apps of a recipe for a pack.

    Args:
        apps: checked apps (`grammar.check_apps`).
        types: the content of the pack's `types.toml`.

    Returns:
        One part per app, in dependency order; `templates/README.md` lists the attributes.
    """
    parts = {(app.name, r.name): _resource(app, r) for app in apps for r in app.resources}
    reverses = reverse_names(apps)
    for app in apps:
        for resource in app.resources:
            part = parts[app.name, resource.name]
            part.fields = [
                _field(app, resource, field, reverses, parts, types) for field in resource.fields
            ]
            _sort_fields(part)
    for part in parts.values():
        for field in part.refs + part.m2ms:
            if field.target is not USER:
                end = Part(name=field.reverse, field=field, resource=part)
                field.target.reverses.append(end)
    return [_app(app, [parts[app.name, r.name] for r in app.resources]) for app in order_apps(apps)]


def _app(app: App, resources: list[Part]) -> Part:
    targets = {field.target.app for r in resources for field in r.refs + r.m2ms}
    return Part(
        name=app.name,
        kebab=app.name.replace("_", "-"),
        title=_sentence(app.name),
        class_name="".join(word.capitalize() for word in app.name.split("_")),
        resources=resources,
        depends=sorted(targets - {app.name, "accounts"}),
    )


def _resource(app: App, resource: Resource) -> Part:
    name = snake(resource.name)
    many = plural(name)
    return Part(
        name=resource.name,
        snake=name,
        plural=many,
        kebab=many.replace("_", "-"),
        label=name.replace("_", " "),
        label_plural=many.replace("_", " "),
        app=app.name,
        table=f"{app.name}_{name}",
        reverses=[],
    )


def _sort_fields(part: Part) -> None:
    part.columns = [field for field in part.fields if field.target is None]
    part.refs = [field for field in part.fields if field.type == "ref"]
    part.m2ms = [field for field in part.fields if field.type == "m2m"]
    part.owner = next((field for field in part.fields if field.owner), None)
    part.inputs = [field for field in part.fields if not field.owner]
    part.label_field = next((field for field in part.fields if field.type == "str"), None)
    part.slug_source = part.label_field


def _field(
    app: App,
    resource: Resource,
    field: Field,
    reverses: Mapping[tuple[str, str, str], str],
    parts: Mapping[tuple[str, str], Part],
    types: Types,
) -> Part:
    target = reverse = None
    if field.target:
        place = (field.target.app or app.name, field.target.name)
        target = USER if place == ("accounts", "User") else parts[place]
        reverse = reverses[app.name, resource.name, field.name]
    part = Part(
        name=field.name,
        camel=camel(field.name),
        label=field.name.replace("_", " "),
        type=field.type,
        attribute=field.key() if field.type == "ref" else field.name,
        attribute_camel=camel(field.key()),
        key=field.key(),
        required=field.required,
        null=field.null,
        unique=field.unique,
        index=field.index,
        owner=field.owner,
        length=field.length,
        digits=field.digits,
        places=field.places,
        choices=field.choices,
        target=target,
        on_delete=field.on_delete,
        reverse=reverse,
    )
    for name, value in resolve(field, part, types).items():
        setattr(part, name, value)
    return part


def _sentence(name: str) -> str:
    return name.replace("_", " ").capitalize()
