"""A pack's manifests, read from disk and checked; renders nothing."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.suggest import nearest

Row = Mapping[str, str | int | bool]  # a flat table in a slot
TEMPLATE = "{{cookiecutter.project_slug}}"


@dataclass(frozen=True)
class Feature:
    """Something optional a pack can add: one folder, or one in the pack and one in `shared`."""

    name: str
    folders: tuple[Path, ...]
    label: str = ""
    why: str = ""
    default: bool = False
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    group: str = ""
    advice: tuple[str, ...] = ()
    slots: Mapping[str, tuple[str | Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Joint:
    """What is added only where all of the named features meet."""

    features: tuple[str, ...]
    folder: Path
    slots: Mapping[str, tuple[str | Row, ...]]

    @property
    def name(self) -> str:
        """The folder's name: the features joined by a plus sign."""
        return "+".join(self.features)


@dataclass(frozen=True)
class Pack:
    """A template on disk with its manifests.

    Args:
        root: the folder that holds `cookiecutter.json`.
        context: the content of `cookiecutter.json`.
        types: the content of `types.toml`.
        reserved: import names that a project or app of this pack must not take.
        seeded: patterns of files that are written once and then belong to the person.
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

    @property
    def defaults(self) -> tuple[str, ...]:
        """Names of the features that are on unless left out."""
        return tuple(name for name, feature in self.features.items() if feature.default)


def read(root: Path) -> Pack:
    """Read a pack's manifests.

    Raises:
        ScaffoldError: a manifest is missing, malformed or contradicts itself; or the template
            brings hooks, which are code (exit code 4).
    """
    context = _json(root / "cookiecutter.json")
    if (root / "hooks").is_dir():
        raise ScaffoldError(
            f"{root.name} wants to run code of its own (hooks/)",
            "scaffold runs no template's code; use a pack without hooks",
            Exit.UNTRUSTED,
        )
    manifest = _toml(root / "pack.toml") if (root / "pack.toml").exists() else {}
    folders = [root / "features", *(root.parent / "shared/features" / name
                                    for name in manifest.get("shared", []))]  # fmt: skip
    features, joints = _features(folders[0], folders[1:])
    types = root / "types.toml"
    pack = Pack(
        root=root,
        name=manifest.get("name", root.name),
        label=manifest.get("label", root.name),
        version=manifest.get("version", "0"),
        context=context,
        types=_toml(types) if types.exists() else {},
        features=features,
        joints=joints,
        reserved=frozenset(manifest.get("reserved", [])),
        seeded=tuple(manifest.get("seeded", [])),
    )
    _check(pack)
    return pack


def choose(pack: Pack, wanted: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Complete a choice of features with what they require.

    Returns:
        The names, sorted, and for each implied one the name of a feature that requires it.

    Raises:
        UsageError: a feature is unknown, two conflict, or two are of one exclusive group.
    """
    chosen: set[str] = set()
    implied: dict[str, str] = {}
    queue = [(name, "") for name in sorted(set(wanted))]
    while queue:
        name, because = queue.pop(0)
        if name not in pack.features:
            raise UsageError(f"{pack.label} has no feature {name}", nearest(name, pack.features))
        if name in chosen:
            continue
        chosen.add(name)
        if because:
            implied[name] = because
        queue += [(other, name) for other in pack.features[name].requires]
    groups: dict[str, str] = {}
    for name in sorted(chosen):
        feature = pack.features[name]
        for other in feature.conflicts:
            if other in chosen:
                raise UsageError(f"{name} and {other} do not go together", f"leave out {other}")
        if feature.group and groups.setdefault(feature.group, name) != name:
            other = groups[feature.group]
            raise UsageError(
                f"{other} and {name} are both a choice of {feature.group}", f"leave out {other}"
            )
    return tuple(sorted(chosen)), {k: v for k, v in implied.items() if k not in set(wanted)}


def _features(own: Path, shared: list[Path]) -> tuple[dict[str, Feature], tuple[Joint, ...]]:
    places: dict[str, list[Path]] = {}
    for folder in [*shared, *(sorted(own.iterdir()) if own.is_dir() else [])]:
        if not folder.is_dir():
            raise ScaffoldError(f"the pack names a shared feature that does not exist: {folder}",
                                code=Exit.BUG)  # fmt: skip
        places.setdefault(folder.name, []).append(folder)
    names = sorted(name for name in places if "+" not in name)
    features = {name: _feature(name, places[name]) for name in names}
    joints = tuple(
        Joint(tuple(name.split("+")), folder, _slots(_manifest(folder)))
        for name in sorted(set(places) - set(names))
        for folder in places[name]
    )
    return features, joints


def _feature(name: str, folders: list[Path]) -> Feature:
    merged: dict[str, Any] = {}
    slots: dict[str, tuple[str | Row, ...]] = {}
    for folder in folders:
        manifest = _manifest(folder)
        for slot, values in _slots(manifest).items():
            slots[slot] = slots.get(slot, ()) + values
        for key, value in manifest.items():
            if key == "slots":
                continue
            if key not in Feature.__dataclass_fields__ or key in ("name", "folders"):
                raise ScaffoldError(f"{folder}/feature.toml: unknown key {key}", code=Exit.BUG)
            if key in merged:
                raise ScaffoldError(f"{name}: {key} is written twice", code=Exit.BUG)
            merged[key] = tuple(value) if isinstance(value, list) else value
    return Feature(name=name, folders=tuple(folders), slots=slots, **merged)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "feature.toml"
    return _toml(path) if path.exists() else {}


def _slots(manifest: Mapping[str, Any]) -> dict[str, tuple[str | Row, ...]]:
    return {name: tuple(values) for name, values in manifest.get("slots", {}).items()}


def _check(pack: Pack) -> None:
    """Refuse a pack whose manifests name what does not exist."""
    slots = pack.context.get("_slots", {})
    named = [(f"feature {f.name}", (*f.requires, *f.conflicts), f.slots)
             for f in pack.features.values()]  # fmt: skip
    named += [(f"joint {j.name}", j.features, j.slots) for j in pack.joints]
    for who, features, filled in named:
        if unknown := [name for name in features if name not in pack.features]:
            raise ScaffoldError(f"{who} of {pack.name} names unknown features: {unknown}",
                                code=Exit.BUG)  # fmt: skip
        if unknown := sorted(set(filled) - set(slots)):
            raise ScaffoldError(f"{who} of {pack.name} fills undeclared slots: {unknown}",
                                code=Exit.BUG)  # fmt: skip


def _json(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ScaffoldError(f"no pack in {path.parent}: {error}",
                            "a pack holds a cookiecutter.json") from None  # fmt: skip
    return content


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ScaffoldError(f"{path} cannot be read: {error}") from None
