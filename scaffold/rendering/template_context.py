"""Apps, resources and fields as templates see them: every name derived, every type resolved."""

from collections.abc import Mapping, Sequence
from typing import Any

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
from scaffold.rendering.contexts import AppContext, FieldContext, ResourceContext, ReverseContext

USER = ResourceContext(
    name="User",
    snake="user",
    plural="users",
    kebab="users",
    label="user",
    label_plural="users",
    app="accounts",
    table="accounts_user",
    label_field=FieldContext("name"),
)


def build_context(apps: Sequence[App], types: Types) -> list[AppContext]:
    """Resolve the apps of a recipe for a pack.

    Args:
        apps: checked apps (`model.fields.check_apps`).
        types: the content of the pack's `types.toml`.

    Returns:
        The apps in dependency order; `templates/README.md` describes the attributes.
    """
    resources = {(app.name, r.name): _resource(app, r) for app in apps for r in app.resources}
    reverses = reverse_names(apps)
    access = find_access(apps)
    for app in apps:
        for resource in app.resources:
            found = resources[app.name, resource.name]
            found.fields = [
                _field(app, resource, field, reverses, resources, types)
                for field in resource.fields
            ]
            _sort_fields(found, resource)
            _add_access(found, access[app.name, resource.name])
    _add_reverses(list(resources.values()))
    built = [
        _app(app, [resources[app.name, r.name] for r in app.resources]) for app in order_apps(apps)
    ]
    for one in built:
        demo_rows.add_demo(one.resources)
    return built


def _add_reverses(resources: Sequence[ResourceContext]) -> None:
    for resource in resources:
        for field in resource.refs + resource.m2ms:
            if field.target and not field.to_user:
                field.target.reverses.append(ReverseContext(field.reverse, field, resource))
    for resource in resources:
        resource.children = [
            end
            for end in resource.reverses
            if end.field.type == "ref" and end.field.on_delete == "cascade" and not end.field.hidden
        ]


def _app(app: App, resources: list[ResourceContext]) -> AppContext:
    targets = {field.target.app for r in resources for field in r.fields if field.target}
    return AppContext(
        name=app.name,
        kebab=app.name.replace("_", "-"),
        title=_sentence(app.name),
        class_name="".join(word.capitalize() for word in app.name.split("_")),
        resources=resources,
        depends=sorted(targets - {app.name, "accounts"}),
    )


def _resource(app: App, resource: Resource) -> ResourceContext:
    name = snake(resource.name)
    many = plural(name)
    return ResourceContext(
        name=resource.name,
        snake=name,
        plural=many,
        kebab=many.replace("_", "-"),
        label=name.replace("_", " "),
        label_plural=many.replace("_", " "),
        app=app.name,
        table=f"{app.name}_{name}",
    )


LISTED = ("enum", "ref", "datetime", "date", "bool", "int", "bigint", "decimal", "str", "m2m")
LISTED_LIMIT = 5
SORTED = ("str", "int", "bigint", "float", "decimal", "bool", "date", "time", "datetime", "enum")
SEARCHED = ("str", "text", "email", "slug")
FILTERED = ("enum", "bool", "ref", "m2m")


def _sort_fields(context: ResourceContext, resource: Resource) -> None:
    fields = context.fields
    context.columns = [field for field in fields if field.target is None]
    context.refs = [field for field in fields if field.type == "ref"]
    context.m2ms = [field for field in fields if field.type == "m2m"]
    context.owner = next((field for field in fields if field.owner), None)
    context.slug = next((field for field in fields if field.type == "slug"), None)
    context.inputs = [f for f in fields if not (f.owner or f.readonly or f.hidden)]
    context.outputs = [field for field in fields if not field.hidden]
    label = resource.label_field.name if resource.label_field else ""
    context.label_field = next((field for field in fields if field.name == label), None)
    context.slug_source = context.label_field
    for field in fields:
        field.auto = field.type == "slug" and context.slug_source is not None
        field.required = field in context.inputs and not (
            field.auto or field.blank or field.null or field.type == "bool"
        )
        field.examples = sample_data.examples(context, field)
        field.faker = sample_data.provider(context, field)
    _choose_list_columns(context)


def _choose_list_columns(context: ResourceContext) -> None:
    """Choose what the list page shows, searches, sorts and filters by."""
    label, outputs = context.label_field, context.outputs
    others = [field for field in outputs if field is not label and field.type in LISTED]
    others = sorted(others, key=lambda field: LISTED.index(field.type) // 3)
    chosen = others[: LISTED_LIMIT - bool(label)]
    context.listed = [label] if label else []
    context.listed += [field for field in context.fields if field in chosen]
    context.searched = [field for field in outputs if field.type in SEARCHED]
    context.sorted_by = [field for field in outputs if field.type in SORTED]
    context.filters = [field for field in outputs if field.type in FILTERED]


def _add_access(context: ResourceContext, access: Access) -> None:
    context.access = access.kind
    context.private = access.is_private
    context.owner_path = list(access.owner_path)
    parent = access.parent.name if access.parent else ""
    context.parent = next((field for field in context.fields if field.name == parent), None)


def _field(
    app: App,
    resource: Resource,
    field: Field,
    reverses: Mapping[tuple[str, str, str], str],
    resources: Mapping[tuple[str, str], ResourceContext],
    types: Types,
) -> FieldContext:
    target, reverse = None, ""
    if field.target:
        key = (field.target.app or app.name, field.target.name)
        target = USER if key == ("accounts", "User") else resources[key]
        reverse = reverses[app.name, resource.name, field.name]
    names = {**_names(field), **_arguments(field), "reverse": reverse, "to_user": target is USER}
    context = FieldContext(**names, target=target)
    targets = {f"target_{k}": v for k, v in vars(target).items()} if target else {}
    texts = {k: v for k, v in targets.items() if isinstance(v, str)}
    vars(context).update(resolve_types(field, {**names, **texts}, types))
    return context


def _names(field: Field) -> dict[str, Any]:
    """Return the attributes that follow from the name and the flags."""
    return {
        "name": field.name,
        "camel": camel(field.name),
        "class_name": pascal(field.name),
        "label": field.name.replace("_", " "),
        "type": field.type,
        "attribute": field.key() if field.type == "ref" else field.name,
        "attribute_camel": camel(field.key()),
        "key": field.key(),
        "blank": (field.type == "m2m" and not field.at_least_one)
        or (field.optional and not field.nullable),
        "null": field.nullable,
        "unique": field.unique,
        "index": field.index,
        "owner": field.owner,
        "private": field.private,
        "readonly": field.readonly,
        "hidden": field.hidden,
    }


def _arguments(field: Field) -> dict[str, Any]:
    """Return the attributes that follow from the arguments of a type."""
    length = field.length or max(map(len, field.choices), default=0)
    return {
        "length": length,
        "too_long": length + 1,
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
