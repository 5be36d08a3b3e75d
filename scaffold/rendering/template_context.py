"""Apps, resources and fields as templates see them: every name derived, every type resolved."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace as Part

from scaffold.model.fields import (
    Access,
    App,
    Field,
    Resource,
    camel,
    find_access,
    order_apps,
    pascal,
    plural,
    reverse_names,
    snake,
)
from scaffold.packs.field_types import Types, resolve_types
from scaffold.rendering import demo_rows, sample_data

USER = Part(
    name="User",
    snake="user",
    plural="users",
    kebab="users",
    label="user",
    label_plural="users",
    app="accounts",
    table="accounts_user",
    label_field=Part(name="name"),
    access="staff",
    private=False,
    parent=None,
    owner_path=[],
)


def build_context(apps: Sequence[App], types: Types) -> list[Part]:
    """Resolve the apps of a recipe for a pack.

    Args:
        apps: checked apps (`grammar.check_apps`).
        types: the content of the pack's `types.toml`.

    Returns:
        One part per app, in dependency order; `templates/README.md` lists the attributes.
    """
    parts = {(app.name, r.name): _resource(app, r) for app in apps for r in app.resources}
    reverses = reverse_names(apps)
    access = find_access(apps)
    for app in apps:
        for resource in app.resources:
            part = parts[app.name, resource.name]
            part.fields = [
                _field(app, resource, field, reverses, parts, types) for field in resource.fields
            ]
            _sort_fields(part, resource)
            _add_access(part, access[app.name, resource.name])
    for part in parts.values():
        for field in part.refs + part.m2ms:
            if field.target is not USER:
                end = Part(name=field.reverse, field=field, resource=part)
                field.target.reverses.append(end)
    for part in parts.values():
        part.children = [
            end
            for end in part.reverses
            if end.field.type == "ref" and end.field.on_delete == "cascade" and not end.field.hidden
        ]
    for app in order_apps(apps):
        demo_rows.add_demo([parts[app.name, r.name] for r in app.resources])
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


LISTED = ("enum", "ref", "datetime", "date", "bool", "int", "bigint", "decimal", "str", "m2m")
LISTED_LIMIT = 5
SORTED = ("str", "int", "bigint", "float", "decimal", "bool", "date", "time", "datetime", "enum")
SEARCHED = ("str", "text", "email", "slug")
FILTERED = ("enum", "bool", "ref", "m2m")


def _sort_fields(part: Part, resource: Resource) -> None:
    part.columns = [field for field in part.fields if field.target is None]
    part.refs = [field for field in part.fields if field.type == "ref"]
    part.m2ms = [field for field in part.fields if field.type == "m2m"]
    part.owner = next((field for field in part.fields if field.owner), None)
    part.slug = next((field for field in part.fields if field.type == "slug"), None)
    part.inputs = [f for f in part.fields if not (f.owner or f.readonly or f.hidden)]
    part.outputs = [field for field in part.fields if not field.hidden]
    label = resource.label_field.name if resource.label_field else ""
    part.label_field = next((field for field in part.fields if field.name == label), None)
    part.slug_source = part.label_field
    for field in part.fields:
        field.auto = field.type == "slug" and part.slug_source is not None
        field.required = field in part.inputs and not (
            field.auto or field.blank or field.null or field.type == "bool"
        )
        field.examples = sample_data.examples(part, field)
        field.faker = sample_data.provider(part, field)
    others = [f for f in part.outputs if f is not part.label_field and f.type in LISTED]
    others = sorted(others, key=lambda field: LISTED.index(field.type) // 3)
    chosen = others[: LISTED_LIMIT - bool(part.label_field)]
    part.listed = [f for f in part.fields if f is part.label_field]
    part.listed += [field for field in part.fields if field in chosen]
    part.searched = [field for field in part.outputs if field.type in SEARCHED]
    part.sorted_by = [field for field in part.outputs if field.type in SORTED]
    part.filters = [field for field in part.outputs if field.type in FILTERED]


def _add_access(part: Part, access: Access) -> None:
    part.access = access.kind
    part.private = access.is_private
    part.owner_path = list(access.owner_path)
    parent = access.parent.name if access.parent else ""
    part.parent = next((field for field in part.fields if field.name == parent), None)


def _field(
    app: App,
    resource: Resource,
    field: Field,
    reverses: Mapping[tuple[str, str, str], str],
    parts: Mapping[tuple[str, str], Part],
    types: Types,
) -> Part:
    part = Part(
        name=field.name,
        camel=camel(field.name),
        class_name=pascal(field.name),
        label=field.name.replace("_", " "),
        type=field.type,
        attribute=field.key() if field.type == "ref" else field.name,
        attribute_camel=camel(field.key()),
        key=field.key(),
        blank=(field.type == "m2m" and not field.at_least_one)
        or (field.optional and not field.nullable),
        null=field.nullable,
        unique=field.unique,
        index=field.index,
        owner=field.owner,
        private=field.private,
        readonly=field.readonly,
        hidden=field.hidden,
        **_arguments(field),
    )
    part.target = part.reverse = None
    if field.target:
        key = (field.target.app or app.name, field.target.name)
        part.target = USER if key == ("accounts", "User") else parts[key]
        part.reverse = reverses[app.name, resource.name, field.name]
    part.to_user = part.target is USER
    vars(part).update(resolve_types(field, part, types))
    return part


def _arguments(field: Field) -> dict[str, object]:
    """Return the attributes that follow from the arguments of a type."""
    return {
        "length": field.length or max(map(len, field.choices), default=0),
        "digits": field.digits,
        "places": field.places,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "zero": _nearest_to_zero(field),
        "choices": field.choices,
        "first_member": field.choices[0].replace("-", "_").upper() if field.choices else "",
        "on_delete": field.on_delete,
    }


def _nearest_to_zero(field: Field) -> str:
    """Return the number nearest to 0 within the limits, the default of a number."""
    if field.minimum and not field.minimum.startswith("-"):
        return field.minimum
    return field.maximum if field.maximum.startswith("-") else "0"


def _sentence(name: str) -> str:
    return name.replace("_", " ").capitalize()
