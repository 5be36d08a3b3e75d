"""The steps that prove a project, read from its pack's `smoke.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from scaffold.draft import DEFAULT_APPS
from scaffold.errors import Exit, ScaffoldError
from scaffold.pack import Pack
from scaffold.smoke.table import BUILT_IN, NEEDS, OPTIONS, PROBES, Service, Step, Table

NAME = "smoke.toml"
DEFAULT = Path(__file__).with_name("default.toml")


def read(pack: Pack) -> Table:
    """Read the steps of a pack; one that declares none gets those that fit any project.

    Raises:
        ScaffoldError: the table names what does not exist.
    """
    path = pack.root / NAME
    source = (path if path.exists() else DEFAULT).read_bytes()
    try:
        values = tomllib.loads(source.decode())
        steps = _steps(values.get("step", []))
        services = tuple(Service(row["name"], tuple(row["features"]), row["variables"])
                         for row in values.get("service", []))  # fmt: skip
        _check(pack, steps, services, set(values.get("variables", {})))
    except (ValueError, KeyError, TypeError) as error:
        raise ScaffoldError(f"{path}: {error}", "see docs/smoke.md for its form",
                            Exit.BUG) from None  # fmt: skip
    usual: dict[str, Any] = {"none": {}}
    if (pack.root / "each").is_dir():
        usual["default"] = DEFAULT_APPS
    return Table(steps, services, values.get("variables", {}), values.get("headers", {}),
                 values.get("resources", usual), source)  # fmt: skip


def _steps(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    names = {spec.name: spec for spec in fields(Step)}
    steps: list[Step] = []
    for row in rows:
        known = {key: value for key, value in row.items() if key in names and key != "options"}
        for key, value in known.items():
            if isinstance(value, list):
                known[key] = tuple(value)
            elif names[key].default == ():
                raise ValueError(f"{key} of step {row.get('name')} must be a list")
        rest = {key: value for key, value in row.items() if key not in known}
        missing = [key for key, spec in names.items()
                   if spec.default is MISSING and spec.default_factory is MISSING
                   and key not in known]  # fmt: skip
        if missing:
            raise ValueError(f"a step lacks {', '.join(missing)}")
        step = Step(**known, options=rest)
        steps.append(Step(**{**known, "after": (*step.after, *_before(step, steps))}, options=rest))
    return tuple(steps)


def _before(step: Step, earlier: Sequence[Step]) -> tuple[str, ...]:
    """What a step builds on without saying so."""
    wanted = {
        "install": ("lock",),
        "command": ("install",),
        "serve": ("install",),
        **dict.fromkeys((*PROBES, "stop"), ("serve",)),
    }.get(step.do, ())
    found = [other.name for other in earlier if other.do in wanted
             and (step.do not in PROBES or "ready" in other.options)]  # fmt: skip
    first = [other.name for other in earlier if other.do == "render"]
    return tuple(found[-1:] + (first if step.do != "render" else []))


def _check(pack: Pack, steps: Sequence[Step], services: Sequence[Service], sets: set[str]) -> None:
    seen: set[str] = set()
    for step in steps:
        named = {*step.features, *step.without, *step.one_of}
        problems = {
            f"unknown do = {step.do!r}": step.do not in BUILT_IN,
            "has no command": step.do in ("command", "serve") and not step.command,
            "has no paths": step.do in PROBES and not step.paths,
            "its name is taken": step.name in seen,
            "unknown keys": not set(step.options) <= OPTIONS.get(step.do, frozenset()),
            "comes before a step it builds on": not set(step.after) <= seen,
            "needs what is unknown": not set(step.needs) <= set(NEEDS),
            "uses unknown variables": not set(step.uses) <= sets,
            "names an unknown feature": not named <= set(pack.features),
        }
        if found := [problem for problem, holds in problems.items() if holds]:
            raise ValueError(f"step {step.name}: {found[0]}")
        seen.add(step.name)
    for service in services:
        if service.name not in ("postgres", "redis"):
            raise ValueError(f"unknown service {service.name}")
        if not set(service.features) <= set(pack.features):
            raise ValueError(f"service {service.name} names an unknown feature")
