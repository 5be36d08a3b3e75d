"""A pack's manifests, read from disk and checked; renders nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.packs.features import Feature, Joint, Row, read_features, slot_key
from scaffold.packs.field_types import check_types
from scaffold.packs.manifest import expect, read_json, read_toml
from scaffold.suggest import nearest

__all__ = ["Feature", "Joint", "Pack", "Row", "choose", "read", "rivals"]

BASE = "base"  # in `shared`: the folder of files that all packs beside it have in common
SHAPE = {
    "name": str,
    "label": str,
    "version": str,
    "shared": list,
    "reserved": list,
    "seeded": list,
}


@dataclass(frozen=True)
class Pack:
    """A template on disk with its manifests.

    Args:
        root: the folder that holds `cookiecutter.json`.
        context: the content of `cookiecutter.json`.
        types: the content of `types.toml`.
        reserved: import names that a project or app of this pack must not take.
        seeded: patterns of files that are written once and then belong to the person.
        bases: the folders whose content every project gets: the pack, and what it shares.
    """

    root: Path
    name: str
    label: str
    version: str
    context: Mapping[str, Any]
    types: Mapping[str, Any]
    features: Mapping[str, Feature]
    joints: tuple[Joint, ...]
    reserved: frozenset[str] = frozenset()
    seeded: tuple[str, ...] = ()
    bases: tuple[Path, ...] = ()

    @property
    def template(self) -> str:
        """The name of the folders that are rendered, `{{cookiecutter.project_slug}}`."""
        return template_name(self.context)

    @property
    def defaults(self) -> tuple[str, ...]:
        """Names of the features that are on unless left out."""
        return tuple(name for name, feature in self.features.items() if feature.default)


def read(root: Path) -> Pack:
    """Read a pack's manifests.

    Raises:
        ScaffoldError: a manifest is missing, malformed or contradicts itself; or the template
            brings code of its own (exit code 4).
    """
    manifest_path = root / "cookiecutter.json"
    context = read_json(manifest_path) if manifest_path.is_file() else {}
    template = template_name(context)
    if not context or not (root / template).is_dir():
        raise ScaffoldError(
            f"there is no pack in {root}", f"a pack holds cookiecutter.json and {template}/"
        )
    _check_trust(root, context)
    manifest = read_toml(root / "pack.toml")
    expect(manifest, SHAPE, "pack.toml")
    shared_root = root.parent / "shared"
    names = manifest.get("shared", [])
    shared = [shared_root / "features" / name for name in names if name != BASE]
    features, joints = read_features(root / "features", shared)
    pack = Pack(
        root=root,
        name=manifest.get("name", root.name),
        label=manifest.get("label", root.name),
        version=manifest.get("version", "0"),
        context=context,
        types=read_toml(root / "types.toml"),
        features=features,
        joints=joints,
        reserved=frozenset(manifest.get("reserved", [])),
        seeded=tuple(manifest.get("seeded", [])),
        bases=(root, shared_root / BASE) if BASE in names else (root,),
    )
    check_types(pack.types)
    _check_slots(pack)
    _check_names(pack)
    return pack


def template_name(context: Mapping[str, Any]) -> str:
    """Return the name of the folder that a template renders, in its own delimiters."""
    own = context.get("_jinja2_env_vars", {})
    start, end = own.get("variable_start_string", "{{"), own.get("variable_end_string", "}}")
    return f"{start}cookiecutter.project_slug{end}"


def choose(pack: Pack, wanted: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Complete a choice of features with what they require.

    Returns:
        The names, sorted, and for each implied one the name of a feature that requires it.

    Raises:
        UsageError: a feature is unknown, two conflict, or two are of one exclusive group.
    """
    named = sorted(set(wanted))
    if unknown := [name for name in named if name not in pack.features]:
        raise UsageError(f"{pack.label} has no feature {unknown[0]}",
                         nearest(unknown[0], pack.features))  # fmt: skip
    chosen: dict[str, str] = {}
    queue = [(name, "") for name in named]
    while queue:
        name, because = queue.pop(0)
        if name not in chosen:
            chosen[name] = because
            queue += [(other, name) for other in pack.features[name].requires]
    _check_together(pack, sorted(chosen))
    return tuple(sorted(chosen)), {name: why for name, why in chosen.items() if why}


def rivals(pack: Pack, named: Iterable[str]) -> set[str]:
    """The features that cannot be chosen beside those named: same group, or in conflict."""
    asked = [pack.features[name] for name in named if name in pack.features]
    return {
        other.name
        for other in pack.features.values()
        for one in asked
        if other is not one
        and (
            (other.group and other.group == one.group)
            or other.name in one.conflicts
            or one.name in other.conflicts
        )
    }


def _check_together(pack: Pack, chosen: list[str]) -> None:
    groups: dict[str, str] = {}
    for name in chosen:
        feature = pack.features[name]
        for other in feature.conflicts:
            if other in chosen:
                raise UsageError(f"{name} and {other} do not go together", f"leave out {other}")
        if feature.group and groups.setdefault(feature.group, name) != name:
            other = groups[feature.group]
            raise UsageError(
                f"{other} and {name} are both a choice of {feature.group}", f"leave out {other}"
            )


def _check_trust(root: Path, context: Mapping[str, Any]) -> None:
    """Refuse a template that would have its own code run."""
    known = ("jinja2.", "cookiecutter.")
    foreign = [name for name in context.get("_extensions", []) if not str(name).startswith(known)]
    if (root / "hooks").is_dir() or foreign:
        code = ", ".join(map(str, foreign)) or "hooks/"
        raise ScaffoldError(
            f"{root.name} wants to run code of its own: {code}",
            "scaffold runs no template's code; use a pack without it",
            Exit.UNTRUSTED,
        )


def _check_slots(pack: Pack) -> None:
    """Refuse slots that a template could not read as they are meant."""
    slots = pack.context.get("_slots", {})
    if not isinstance(slots, dict) or not all(isinstance(v, list) for v in slots.values()):
        raise ScaffoldError(f"{pack.name}: _slots must be a table of lists", code=Exit.BUG)
    if hidden := sorted(set(slots) & set(dir(dict))):
        raise ScaffoldError(f"{pack.name}: a slot must not have the name of a dict method: "
                            f"{hidden[0]}", code=Exit.BUG)  # fmt: skip
    try:
        for value in (value for values in slots.values() for value in values):
            slot_key(value)
    except ValueError as error:
        raise ScaffoldError(f"{pack.name}: _slots: {error}", code=Exit.BUG) from None


def _check_names(pack: Pack) -> None:
    """Refuse a pack whose manifests name what does not exist."""
    slots = pack.context.get("_slots", {})
    named = [(f"feature {f.name}", (*f.requires, *f.conflicts), f.slots)
             for f in pack.features.values()]  # fmt: skip
    named += [(f"joint {j.name}", j.features, j.slots) for j in pack.joints]
    for who, features, filled in named:
        if unknown := [name for name in features if name not in pack.features]:
            raise ScaffoldError(f"{who} of {pack.name} names unknown features: "
                                f"{', '.join(unknown)}", code=Exit.BUG)  # fmt: skip
        if unknown := sorted(set(filled) - set(slots)):
            raise ScaffoldError(f"{who} of {pack.name} fills undeclared slots: "
                                f"{', '.join(unknown)}", code=Exit.BUG)  # fmt: skip
