"""What a pack can add, read from its folders: features, joints and what they put into slots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold.errors import PackError
from scaffold.packs.manifest import ManifestError, expect, faults_of, read_toml
from scaffold.packs.pack_files import PackFiles

Row = Mapping[str, str | int | bool]  # a flat table in a slot
Slots = Mapping[str, tuple[str | Row, ...]]
FILE = "feature.toml"
SHAPE = {
    "label": str,
    "why": str,
    "default": bool,
    "requires": list,
    "conflicts": list,
    "group": str,
    "advice": list,
    "slots": dict,
}


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
    own: Path, shared: Sequence[Path], files: PackFiles
) -> tuple[dict[str, Feature], tuple[Joint, ...]]:
    """Read the features and joints of a pack.

    Args:
        own: the pack's folder of features; may be absent.
        shared: the folders of the shared features that the pack names.
        files: the pack's files.

    Raises:
        PackError: a `feature.toml` is malformed.
    """
    places: dict[str, list[Path]] = {}
    standing = sorted(own.iterdir()) if own.is_dir() else []
    for folder in [*shared, *(entry for entry in standing if entry.is_dir())]:
        places.setdefault(folder.name, []).append(folder)
    for name in places:
        if name != (right := "+".join(sorted(name.split("+")))):
            raise PackError(
                places[name][0],
                f"the joint {name} names its features out of order",
                f"call its folder {right}",
            )
    names = sorted(name for name in places if "+" not in name)
    features = {name: _feature(name, places[name], files) for name in names}
    joints = tuple(
        Joint(
            tuple(name.split("+")),
            folder,
            _slots(folder, _manifest(folder, {"slots": dict}, files)),
        )
        for name in sorted(set(places) - set(names))
        for folder in places[name]
    )
    return features, joints


def slot_key(value: object) -> str:
    """Return what a slot's value is united by: itself, or the `key` of a flat table.

    Raises:
        ValueError: it is neither; the message says so.
    """
    if isinstance(value, str):
        return value
    cells = dict(value) if isinstance(value, Mapping) else {}
    flat = all(isinstance(cell, str | int | bool) for cell in cells.values())
    if not isinstance(cells.get("key"), str) or not flat:
        raise ValueError("a slot holds a list of strings, or of flat tables with a `key`")
    return str(cells["key"])


def _feature(name: str, folders: list[Path], files: PackFiles) -> Feature:
    if not any((folder / FILE).exists() for folder in folders):
        raise PackError(
            folders[-1], f"feature {name} has no {FILE}", "it says at least label and why"
        )
    merged: dict[str, Any] = {}
    slots: dict[str, tuple[str | Row, ...]] = {}
    for folder in folders:
        manifest = _manifest(folder, SHAPE, files)
        for slot, values in _slots(folder, manifest).items():
            slots[slot] = slots.get(slot, ()) + values
        for key, value in manifest.items():
            if key in merged:
                with faults_of(folder / FILE):
                    raise ManifestError(f"feature {name}: {key} is written twice", keys=(key,))
            if key != "slots":
                merged[key] = tuple(value) if isinstance(value, list) else value
    tours = [folder for folder in folders if (folder / "tour.md").is_file()]
    if len(tours) > 1:
        raise PackError(tours[1] / "tour.md", f"feature {name} has two tour.md", "keep one")
    return Feature(name=name, folders=tuple(folders), tour=bool(tours), slots=slots, **merged)


def _manifest(folder: Path, shape: Mapping[str, type], files: PackFiles) -> dict[str, Any]:
    manifest = read_toml(folder / FILE, files)
    with faults_of(folder / FILE):
        expect(manifest, shape)
    return manifest


def _slots(folder: Path, manifest: Mapping[str, Any]) -> Slots:
    slots = manifest.get("slots", {})
    with faults_of(folder / FILE):
        for name, values in slots.items():
            try:
                for value in values if isinstance(values, list) else [None]:
                    slot_key(value)
            except ValueError as error:
                raise ManifestError(f"{name}: {error}", keys=("slots", name)) from None
    return {name: tuple(values) for name, values in slots.items()}
