"""What a pack can add, read from its folders: features, joints and what they put into slots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold.errors import Exit, ScaffoldError
from scaffold.packs.manifest import expect, read_toml

Row = Mapping[str, str | int | bool]  # a flat table in a slot
Slots = Mapping[str, tuple[str | Row, ...]]
SHAPE = {
    "label": str, "why": str, "default": bool, "requires": list, "conflicts": list, "group": str,
    "advice": list, "slots": dict,
}  # fmt: skip


@dataclass(frozen=True)
class Feature:
    """Something optional a pack can add: one folder, or one in the pack and one in `shared`.

    Args:
        tour: one of the folders has a `tour.md`, its part of the guided tour.
    """

    name: str
    folders: tuple[Path, ...]
    label: str = ""
    why: str = ""
    default: bool = False
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    group: str = ""
    advice: tuple[str, ...] = ()
    tour: bool = False
    slots: Slots = field(default_factory=dict)


@dataclass(frozen=True)
class Joint:
    """What is added only where all of the named features meet."""

    features: tuple[str, ...]
    folder: Path
    slots: Slots

    @property
    def name(self) -> str:
        """The folder's name: the features joined by a plus sign."""
        return "+".join(self.features)


def read_features(
    own: Path, shared: Sequence[Path]
) -> tuple[dict[str, Feature], tuple[Joint, ...]]:
    """Read the features and joints of a pack.

    Args:
        own: the pack's folder of features; may be absent.
        shared: the folders of the shared features that the pack names.

    Raises:
        ScaffoldError: a shared feature does not exist, or a `feature.toml` is malformed.
    """
    if absent := [folder.name for folder in shared if not folder.is_dir()]:
        raise ScaffoldError(
            f"the pack names shared features that do not exist: {', '.join(absent)}", code=Exit.BUG
        )
    places: dict[str, list[Path]] = {}
    standing = sorted(own.iterdir()) if own.is_dir() else []
    for folder in [*shared, *(entry for entry in standing if entry.is_dir())]:
        places.setdefault(folder.name, []).append(folder)
    for name in places:
        if name != (right := "+".join(sorted(name.split("+")))):
            raise ScaffoldError(f"the joint {name} names its features out of order",
                                f"call its folder {right}", Exit.BUG)  # fmt: skip
    names = sorted(name for name in places if "+" not in name)
    features = {name: _feature(name, places[name]) for name in names}
    joints = tuple(
        Joint(tuple(name.split("+")), folder, _slots(folder, _manifest(folder, {"slots": dict})))
        for name in sorted(set(places) - set(names))
        for folder in places[name]
    )
    return features, joints


def slot_key(value: object) -> str:
    """What a slot's value is united by: itself, or the `key` of a flat table.

    Raises:
        ValueError: it is neither; the message says so.
    """
    if isinstance(value, str):
        return value
    cells = dict(value) if isinstance(value, Mapping) else {}
    flat = all(isinstance(cell, str | int | bool) for cell in cells.values())
    if not isinstance(cells.get("key"), str) or not flat:
        raise ValueError("a slot holds a list of texts, or of flat tables with a `key`")
    return str(cells["key"])


def _feature(name: str, folders: list[Path]) -> Feature:
    if not any((folder / "feature.toml").exists() for folder in folders):
        raise ScaffoldError(f"feature {name} has no feature.toml in {folders[-1]}",
                            "it says at least label and why", Exit.BUG)  # fmt: skip
    merged: dict[str, Any] = {}
    slots: dict[str, tuple[str | Row, ...]] = {}
    for folder in folders:
        manifest = _manifest(folder, SHAPE)
        for slot, values in _slots(folder, manifest).items():
            slots[slot] = slots.get(slot, ()) + values
        for key, value in manifest.items():
            if key in merged:
                raise ScaffoldError(f"feature {name}: {key} is written twice", code=Exit.BUG)
            if key != "slots":
                merged[key] = tuple(value) if isinstance(value, list) else value
    tours = [folder for folder in folders if (folder / "tour.md").is_file()]
    if len(tours) > 1:
        raise ScaffoldError(f"feature {name} has two tour.md", "keep one", Exit.BUG)
    return Feature(name=name, folders=tuple(folders), tour=bool(tours), slots=slots, **merged)


def _manifest(folder: Path, shape: Mapping[str, type]) -> dict[str, Any]:
    manifest = read_toml(folder / "feature.toml")
    expect(manifest, shape, f"{folder.name}/feature.toml")
    return manifest


def _slots(folder: Path, manifest: Mapping[str, Any]) -> Slots:
    slots = manifest.get("slots", {})
    for name, values in slots.items():
        try:
            for value in values if isinstance(values, list) else [None]:
                slot_key(value)
        except ValueError as error:
            raise ScaffoldError(f"{folder.name}/feature.toml: {name}: {error}",
                                code=Exit.BUG) from None  # fmt: skip
    return {name: tuple(values) for name, values in slots.items()}
