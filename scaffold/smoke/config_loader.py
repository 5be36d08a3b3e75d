"""Read and check the `smoke.toml` of a pack."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from scaffold.errors import PackError, ScaffoldError, UsageError, did_you_mean
from scaffold.inputs.resolve import DEFAULT_APPS
from scaffold.model.recipe import parse_apps
from scaffold.packs.manifest import ManifestError, expect, read_toml
from scaffold.packs.pack import Pack
from scaffold.packs.pack_files import MANIFEST_BYTES
from scaffold.smoke.config import (
    ACTIONS,
    NEEDS,
    OPTIONS,
    PROBES,
    SERVICES,
    Service,
    SmokeConfig,
    Step,
)

FILE_NAME = "smoke.toml"
DEFAULT = Path(__file__).with_name("default.toml")
TOP = ("step", "service", "variables", "headers", "resources")
STEP: Mapping[str, type] = {
    "name": str,
    "do": str,
    "means": str,
    "seconds": float,
    "variables": dict,
    **dict.fromkeys(
        ("command", "after", "needs", "features", "without", "one_of", "files", "uses", "paths"),
        list,
    ),
    "fails": str,
    "ready": str,
    "prints": str,
    "status": int,
    "type": str,
    "contains": list,
    "headers": dict,
    "send": dict,
    "form": dict,
}
SERVICE: Mapping[str, type] = {"name": str, "features": list, "variables": dict}
Values = Mapping[str, Any]


def read_config(pack: Pack) -> SmokeConfig:
    """Read the steps of a pack; a pack without `smoke.toml` gets the default ones.

    Raises:
        ScaffoldError: the file is malformed, or names something unknown.
    """
    path = pack.root / FILE_NAME
    shared = next((base.parent / FILE_NAME for base in pack.bases[1:]), path)
    found = [place for place in dict.fromkeys((path, shared)) if place.exists()]
    source = b"".join(pack.files.read(place, MANIFEST_BYTES) for place in reversed(found))
    values: Values = (
        read_toml(path, pack.files) if path in found else tomllib.loads(DEFAULT.read_text())
    )
    source = source if path in found else source + DEFAULT.read_bytes()
    try:
        _check_top(values)
        if shared in found and shared != path:
            values = _unite(read_toml(shared, pack.files), values)
            _check_top(values)
        steps = _steps(values.get("step", []))
        services = tuple(_service(pack, row) for row in values.get("service", []))
        sets = values.get("variables", {})
        for step in steps:
            _check(pack, step, sets)
    except PackError:
        raise
    except (ValueError, ScaffoldError, ManifestError) as error:
        hint = getattr(error, "hint", "") or "docs/smoke.md describes its format"
        place, line = _place(str(error), found or [path])
        raise PackError(place, str(error), hint, line) from None
    return SmokeConfig(
        steps,
        services,
        sets,
        values.get("headers", {}),
        values.get("resources", _usual(pack)),
        source,
    )


def _place(message: str, files: Sequence[Path]) -> tuple[Path, int]:
    """Return the file and the line of the step, service or key that a message begins with."""
    named = re.match(r"(?:unknown )?(?:step|service) ([^\s:]+)", message)
    key = re.search(r"unknown key (\S+)", message)
    first = message.partition(":")[0].partition(" ")[0].rpartition(".")[2]
    if found := named or key:
        first = found[1]
    word = re.escape(first)
    pattern = rf'^\s*name\s*=\s*["\']{word}["\']' if named else rf"^\s*(\[+\s*)?{word}\b"
    for file in files:
        text = file.read_text("utf-8") if file.exists() else ""
        if match := re.search(pattern, text, re.MULTILINE):
            return file, text.count("\n", 0, match.end()) + 1
    return files[0], 0


def _unite(shared: Values, own: Values) -> Values:
    """Merge a pack's steps into the shared ones by name; leave out steps without a command."""
    mine = {row.get("name"): row for row in own.get("step", [])}
    rows = [{**row, **mine.pop(row.get("name"), {})} for row in shared.get("step", [])]
    steps = [
        row
        for row in (*rows, *mine.values())
        if "command" in row or row.get("do", "command") not in {"command", "serve"}
    ]
    shared_sets, own_sets = shared.get("variables", {}), own.get("variables", {})
    sets = {
        name: {**shared_sets.get(name, {}), **own_sets.get(name, {})}
        for name in {**shared_sets, **own_sets}
    }
    return {**shared, **own, "variables": sets, "step": steps}


def _usual(pack: Pack) -> dict[str, Any]:
    """Return the sets of resources of a pack that names none."""
    sources = [folder for feature in pack.features.values() for folder in feature.folders]
    sources += [pack.root, *(joint.folder for joint in pack.joints)]
    reads = any((folder / "each").is_dir() for folder in sources)
    return {"none": {}, "default": DEFAULT_APPS} if reads else {"none": {}}


def _check_top(values: Values) -> None:
    if unknown := sorted(set(values) - set(TOP)):
        raise ScaffoldError(f"unknown key {unknown[0]}", did_you_mean(unknown[0], TOP))
    for key in ("step", "service"):
        rows = values.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ScaffoldError(f"{key} must be an array of tables: [[{key}]]")
    for key in ("variables", "headers", "resources"):
        if not isinstance(values.get(key, {}), dict):
            raise ScaffoldError(f"{key} must be a table")
    _check_texts("headers", values.get("headers", {}))
    for name, variables in values.get("variables", {}).items():
        _check_texts(f"variables.{name}", variables)
    for name, apps in values.get("resources", {}).items():
        if not isinstance(apps, dict):
            raise ScaffoldError(f"resources.{name} must be a table of apps")
        try:
            parse_apps(apps)
        except UsageError as error:
            raise ScaffoldError(f"resources.{name}: {error}") from None


def _check_texts(where: str, row: object) -> None:
    if not isinstance(row, dict) or not all(isinstance(text, str) for text in row.values()):
        raise ScaffoldError(f"{where} must be a table of strings")


def _service(pack: Pack, row: Values) -> Service:
    where = f"service {row.get('name', '')}".rstrip()
    expect(row, SERVICE, where)
    if missing := [key for key in SERVICE if key not in row]:
        raise ScaffoldError(f"{where} lacks {', '.join(missing)}")
    if row["name"] not in SERVICES:
        raise ScaffoldError(f"unknown {where}", did_you_mean(row["name"], SERVICES))
    _check_texts(f"variables of {where}", row["variables"])
    if not set(row["features"]) <= set(pack.features):
        raise ScaffoldError(f"{where} names an unknown feature")
    return Service(row["name"], tuple(row["features"]), row["variables"])


def _steps(rows: Sequence[Values]) -> tuple[Step, ...]:
    names = {spec.name for spec in fields(Step)}
    steps: list[Step] = []
    for row in rows:
        if "name" not in row:
            raise ScaffoldError("a step lacks its name")
        expect(row, STEP, f"step {row['name']}")
        own: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in row.items()
            if key in names
        }
        step = Step(**own, options={key: row[key] for key in row if key not in names})
        if step.name in {other.name for other in steps}:
            raise ScaffoldError(f"step {step.name}: another step has its name")
        if late := sorted(set(step.after) - {other.name for other in steps}):
            raise ScaffoldError(f"step {step.name}: comes before {late[0]}, which it depends on")
        steps.append(replace(step, after=(*step.after, *_before(step, steps))))
    return tuple(steps)


def _before(step: Step, earlier: Sequence[Step]) -> tuple[str, ...]:
    """Return the steps that a step depends on without naming them."""
    wanted = {
        "install": ("lock",),
        "command": ("install",),
        "serve": ("install",),
        **dict.fromkeys((*PROBES, "stop"), ("serve",)),
    }.get(step.do, ())
    found = [
        other.name
        for other in earlier
        if other.do in wanted and (step.do not in PROBES or "ready" in other.options)
    ]
    first = [other.name for other in earlier if other.do == "render"]
    return tuple(found[-1:] + (first if step.do != "render" else []))


def _check(pack: Pack, step: Step, sets: Values) -> None:
    """Refuse a step that is incomplete or names something unknown."""
    where = f"step {step.name}"
    named: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
        "unknown action": ([step.do], ACTIONS),
        f"its `{step.do}` does not take": (step.options, OPTIONS.get(step.do, frozenset())),
        "unknown need": (step.needs, NEEDS),
        "unknown set of variables": (step.uses, sets),
        "unknown feature": ((*step.features, *step.without, *step.one_of), pack.features),
    }
    for problem, (given, known) in named.items():
        if unknown := sorted(set(given) - set(known)):
            raise ScaffoldError(
                f"{where}: {problem}: {unknown[0]}", did_you_mean(unknown[0], known)
            )
    if step.do in ("command", "serve") and not step.command:
        raise ScaffoldError(f"{where}: has no command")
    if step.do in PROBES and not step.paths:
        raise ScaffoldError(f"{where}: has no paths")
    _check_texts(f"variables of {where}", step.variables)
