"""A recipe and a pack become layers in order, with their contexts and slots filled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.model.fields import check_apps
from scaffold.model.recipe import Recipe
from scaffold.packs.features import Feature, Joint, Row, slot_key
from scaffold.packs.manifest import faults_of
from scaffold.packs.pack import TYPES, Pack, choose_features
from scaffold.recommendation.decision_record import decision_record
from scaffold.rendering.layer import Layer
from scaffold.rendering.template_context import build_context

Source = Feature | Joint
TOUR = "learn"  # the feature that asks the others for their part of the tour
TOUR_FILE = "tour.md"


def build_layers(pack: Pack, recipe: Recipe) -> tuple[Layer, ...]:
    """List the layers of a recipe: base, features, joints, then each app and resource.

    Raises:
        UsageError: the recipe asks for features or fields that do not go together.
        ScaffoldError: two features fill a slot with different values for one key.
    """
    names, implied = choose_features(pack, recipe.features)
    if implied:
        raise UsageError(
            f"the recipe lacks features that its own require: {', '.join(sorted(implied))}",
            "add them to the features",
        )
    check_apps(recipe.apps)
    features = [pack.features[name] for name in names]
    joints = [joint for joint in pack.joints if set(joint.features) <= set(names)]
    context = _context(pack, recipe, merge_slots(pack, [*features, *joints]))
    tours = [feature for feature in features if feature.tour] if TOUR in names else []
    # Names and labels alone: a feature holds paths, whose methods read and write files.
    context["cookiecutter"]["_tours"] = [{"name": f.name, "label": f.label} for f in tours]
    return (
        *_layers(pack, context, features, joints),
        *(_tour(feature, context) for feature in tours),
    )


def merge_slots(pack: Pack, sources: Iterable[Source]) -> dict[str, list[str | Row]]:
    """Unite what features and joints put into the slots.

    Returns:
        Each declared slot with its values sorted; tables are united by their `key`.

    Raises:
        ScaffoldError: two sources give one key different tables.
    """
    filled = [("the base", pack.context.get("_slots", {}))]
    filled += [(_title(source), source.slots) for source in sources]
    slots: dict[str, dict[str, str | Row]] = {name: {} for name in filled[0][1]}
    owners: dict[tuple[str, str], str] = {}
    for title, slot, value in (
        (title, slot, value)
        for title, given in filled
        for slot, values in given.items()
        for value in values
    ):
        key = slot_key(value)
        owner = owners.setdefault((slot, key), title)
        if slots[slot].setdefault(key, value) != value:
            raise ScaffoldError(
                f"{owner} and {title} give {key} of slot {slot} different values",
                "give the key the same table in both",
                Exit.BUG,
            )
    return {name: [values[key] for key in sorted(values)] for name, values in slots.items()}


def _title(source: Source) -> str:
    return f"{'joint' if isinstance(source, Joint) else 'feature'} {source.name}"


def _context(
    pack: Pack, recipe: Recipe, slots: Mapping[str, list[str | Row]]
) -> dict[str, dict[str, Any]]:
    values = {
        **pack.context,
        "project_name": recipe.name,
        "project_slug": recipe.slug,
        "description": recipe.description,
        "_slots": slots,
    }
    with faults_of(pack.root / TYPES):
        values["_apps"] = build_context(recipe.apps, pack.types)
    if recipe.answers and "_decision" in values:
        values["_decision"] = decision_record(recipe, pack.label)
    return {"cookiecutter": values}


def _tour(feature: Feature, context: Mapping[str, Any]) -> Layer:
    folder = next(folder for folder in feature.folders if (folder / TOUR_FILE).is_file())
    return Layer(
        f"{_title(feature)}, tour",
        folder,
        context,
        only=(TOUR_FILE, f"docs/tour/{feature.name}.md"),
    )


def _layers(
    pack: Pack,
    context: Mapping[str, Any],
    features: list[Feature],
    joints: list[Joint],
) -> Iterator[Layer]:
    sources = list(zip(("base", "shared base"), pack.bases, strict=False))
    sources += [(_title(f), folder) for f in features for folder in f.folders]
    sources += [(_title(joint), joint.folder) for joint in joints]
    for name, folder in sources:
        if (folder / pack.template).is_dir():
            yield Layer(name, folder / pack.template, context)
    for name, folder in sources:
        prefix = f"{name}, " if name != "base" else ""
        apps, resources = (folder / "each" / kind / pack.template for kind in ("app", "resource"))
        for app in context["cookiecutter"]["_apps"]:
            inside = {**context, "app": app}
            if apps.is_dir():
                yield Layer(f"{prefix}app {app.name}", apps, inside)
            if resources.is_dir():
                for resource in app.resources:
                    yield Layer(
                        f"{prefix}resource {app.name}.{resource.name}",
                        resources,
                        {**inside, "resource": resource},
                    )
