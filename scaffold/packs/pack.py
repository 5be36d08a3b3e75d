"""A pack's manifests, read from disk and checked; renders nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from scaffold.errors import Exit, ScaffoldError, UsageError, did_you_mean
from scaffold.packs.context import EXTENSIONS, check_context
from scaffold.packs.features import FILE, Feature, Joint, read_features, slot_key
from scaffold.packs.field_types import check_types
from scaffold.packs.manifest import ManifestError, expect, faults_of, read_json, read_toml
from scaffold.packs.pack_files import CONTEXT, MANIFEST, PackFiles
from scaffold.packs.sources import Origin

TYPES = "types.toml"
PLAIN = re.compile(r"[\w-][\w.+-]*")  # a name, not a path
COMMAND_LISTS = ("checks", "drop_app_keeps", "migration")  # of `_commands`
BASE = "base"  # in `shared`: the folder of files that all packs beside it have in common
SHAPE = {
    "name": str,
    "label": str,
    "version": str,
    "shared": list,
    "reserved": list,
    "seeded": list,
    "owned": list,
}


@dataclass(frozen=True)
class Pack:
    """A template on disk with its manifests.

    Args:
        root: the folder that holds `cookiecutter.json`.
        context: the content of `cookiecutter.json`.
        types: the content of `types.toml`.
        reserved: import names that a project or app of this pack must not take.
        seeded: patterns of files that are written once and then belong to the user.
        owned: patterns of files that stay the template's: check reports a change of them.
        bases: the folders whose content every project gets: the pack, and what it shares.
        origin: where it was fetched from; nothing for a folder of this machine.
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
    owned: tuple[str, ...] = ()
    bases: tuple[Path, ...] = ()
    origin: Origin | None = None

    @property
    def files(self) -> PackFiles:
        """The files of the pack and of the `shared` folder beside it."""
        return _files(self.root)

    def tree_hash(self) -> str:
        """Return a digest of every file that decides what the pack renders."""
        shared = self.root.parent / "shared"
        places = [self.root / name for name in (self.template, "each", "features", "templates")]
        places += [
            *self.bases[1:],
            *(
                folder
                for feature in self.features.values()
                for folder in feature.folders
                if folder.is_relative_to(shared)
            ),
        ]
        found = [self.root / name for name in (CONTEXT, MANIFEST, TYPES)]
        found = [path for path in found if path.exists()]
        for path in found:
            self.files.check(path)
        for place in places:
            if place.is_dir():
                found += [path for path, _ in self.files.walk(place)]
        digest = sha256()
        for path in sorted(found):
            name = path.relative_to(self.root.parent if path.is_relative_to(shared) else self.root)
            content = sha256(self.files.read_listed(path)).hexdigest()
            digest.update(f"{name.as_posix()}\0{content}\n".encode("utf-8", "surrogateescape"))
        return f"sha256:{digest.hexdigest()}"

    @property
    def template(self) -> str:
        """The name of the folders that are rendered, `{{cookiecutter.project_slug}}`."""
        return template_name(self.context)

    @property
    def defaults(self) -> tuple[str, ...]:
        """Names of the features that are on unless left out."""
        return tuple(name for name, feature in self.features.items() if feature.default)


def read_pack(root: Path, name: str = "") -> Pack:
    """Read a pack's manifests.

    Args:
        root: the folder of the pack.
        name: what it is called unless its manifest says; by default as its folder is.

    Raises:
        ScaffoldError: a manifest is missing, malformed or contradicts itself; or the template
            brings code of its own (exit code 4).
    """
    files, name = _files(root), name or root.name
    context = _read_context(root, files)
    manifest = _read_manifest(root, files)
    shared_root = root.parent / "shared"
    names = manifest.get("shared", [])
    shared = [shared_root / "features" / other for other in names if other != BASE]
    _check_shared(root, shared)
    features, joints = read_features(root / "features", shared, files)
    pack = Pack(
        root=root,
        name=manifest.get("name", name),
        label=manifest.get("label", name),
        version=manifest.get("version", "0"),
        context=context,
        types=read_toml(root / TYPES, files),
        features=features,
        joints=joints,
        reserved=frozenset(manifest.get("reserved", [])),
        seeded=tuple(manifest.get("seeded", [])),
        owned=tuple(manifest.get("owned", [])),
        bases=(root, shared_root / BASE) if BASE in names else (root,),
    )
    with faults_of(root / TYPES):
        check_types(pack.types)
    with faults_of(root / CONTEXT):
        _check_slots(pack)
        _check_commands(pack)
    _check_names(pack)
    return pack


def _read_manifest(root: Path, files: PackFiles) -> dict[str, Any]:
    """Read and check the `pack.toml` of a pack."""
    manifest = read_toml(root / MANIFEST, files)
    with faults_of(root / MANIFEST):
        expect(manifest, SHAPE)
        _check_plain(manifest)
    return manifest


def _read_context(root: Path, files: PackFiles) -> dict[str, Any]:
    """Read and check the `cookiecutter.json` of a pack."""
    context = read_json(root / CONTEXT, files) if (root / CONTEXT).exists() else {}
    with faults_of(root / CONTEXT):
        check_context(context)
        template = template_name(context)
    if not context or not (root / template).is_dir():
        raise ScaffoldError(
            f"there is no pack in {root}", f"a pack holds {CONTEXT} and {template}/"
        )
    _check_trust(root, context)
    return context


def _check_shared(root: Path, folders: Sequence[Path]) -> None:
    """Refuse shared features that do not exist."""
    with faults_of(root / MANIFEST):
        for folder in folders:
            if not folder.is_dir():
                raise ManifestError(
                    f"shared names a feature that does not exist: {folder.name}",
                    keys=("shared", folder.name),
                )


def _files(root: Path) -> PackFiles:
    return PackFiles((root, root.parent / "shared"))


def template_name(context: Mapping[str, Any]) -> str:
    """Return the name of the folder that a template renders, in its own delimiters."""
    own = context.get("_jinja2_env_vars", {})
    start, end = own.get("variable_start_string", "{{"), own.get("variable_end_string", "}}")
    return f"{start}cookiecutter.project_slug{end}"


def choose_features(pack: Pack, wanted: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Complete a choice of features with what they require.

    Returns:
        The names, sorted, and for each implied one the name of a feature that requires it.

    Raises:
        UsageError: a feature is unknown, two conflict, or two are of one exclusive group.
    """
    named = sorted(set(wanted))
    if unknown := [name for name in named if name not in pack.features]:
        raise UsageError(
            f"{pack.label} has no feature {unknown[0]}", did_you_mean(unknown[0], pack.features)
        )
    chosen: dict[str, str] = {}
    queue = [(name, "") for name in named]
    while queue:
        name, because = queue.pop(0)
        if name not in chosen:
            chosen[name] = because
            queue += [(other, name) for other in pack.features[name].requires]
    _check_together(pack, sorted(chosen))
    return tuple(sorted(chosen)), {name: why for name, why in chosen.items() if why}


def rivals_of(pack: Pack, named: Iterable[str]) -> set[str]:
    """Return the features that cannot be chosen beside those named: same group, or in conflict."""
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
    foreign = [name for name in context.get("_extensions", []) if name not in EXTENSIONS]
    if (root / "hooks").is_dir() or foreign:
        code = ", ".join(map(str, foreign)) or "hooks/"
        raise ScaffoldError(
            f"{root.name} wants to run code of its own: {code}",
            "scaffold does not run the code of templates; use a pack without it",
            Exit.UNTRUSTED,
        )


def _check_plain(manifest: Mapping[str, Any]) -> None:
    """Refuse names that are paths."""
    for key in ("name", "shared"):
        value = manifest.get(key, [])
        for name in [value] if isinstance(value, str) else value:
            if not PLAIN.fullmatch(name):
                raise ManifestError(
                    f"{key} holds {name!r}, which is not a plain name",
                    "letters, digits, dots and dashes",
                    (key,),
                )


def _check_slots(pack: Pack) -> None:
    """Refuse slots that a template could not read as they are meant."""
    slots = pack.context.get("_slots", {})
    if not isinstance(slots, dict) or not all(isinstance(v, list) for v in slots.values()):
        raise ManifestError("_slots must be a table of lists", keys=("_slots",))
    if hidden := sorted(set(slots) & set(dir(dict))):
        raise ManifestError(
            f"a slot must not have the name of a dict method: {hidden[0]}",
            keys=("_slots", hidden[0]),
        )
    for name, values in slots.items():
        try:
            for value in values:
                slot_key(value)
        except ValueError as error:
            raise ManifestError(f"_slots: {name}: {error}", keys=("_slots", name)) from None


def _check_commands(pack: Pack) -> None:
    """Refuse a list of commands that is a single one: its letters would be run."""
    commands = pack.context.get("_commands", {})
    if not isinstance(commands, dict):
        raise ManifestError("_commands must be a table", keys=("_commands",))
    for name, value in commands.items():
        items = value if name in COMMAND_LISTS and isinstance(value, list) else [value]
        if (name in COMMAND_LISTS) != isinstance(value, list) or not all(
            isinstance(item, str) for item in items
        ):
            what = "a list of strings" if name in COMMAND_LISTS else "a string"
            raise ManifestError(f"_commands: {name} must be {what}", keys=("_commands", name))


def _check_names(pack: Pack) -> None:
    """Refuse a pack whose manifests name what does not exist."""
    slots = pack.context.get("_slots", {})
    for path, who, features, filled in _named(pack):
        with faults_of(path):
            for name in features:
                if name not in pack.features:
                    raise ManifestError(
                        f"{who} of {pack.name} names unknown features: {name}",
                        did_you_mean(name, pack.features),
                        (name,),
                    )
            for name in filled:
                if name not in slots:
                    raise ManifestError(
                        f"{who} of {pack.name} fills undeclared slots: {name}",
                        f"declare it in _slots of {CONTEXT}",
                        ("slots", name),
                    )


def _named(pack: Pack) -> Iterator[tuple[Path, str, tuple[str, ...], Iterable[str]]]:
    """Yield each feature and joint manifest with the features it names and the slots it fills."""
    for f in pack.features.values():
        place = next((d for d in f.folders if (d / FILE).exists()), f.folders[0])
        yield place / FILE, f"feature {f.name}", (*f.requires, *f.conflicts), f.slots
    for joint in pack.joints:
        yield joint.folder / FILE, f"joint {joint.name}", joint.features, joint.slots
