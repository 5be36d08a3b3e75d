"""The steps that prove a project, as its pack declares them in `smoke.toml`."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from scaffold.draft import DEFAULT_APPS
from scaffold.errors import Exit, ScaffoldError
from scaffold.pack import Pack

NAME = "smoke.toml"
DEFAULT = Path(__file__).with_name("default.toml")
NEEDS = ("network", "docker", "services", "postgres", "redis")
BUILT_IN = ("render", "again", "hygiene", "lock", "install", "command", "serve", "get", "openapi",
            "login", "stop")  # fmt: skip
PROBES = ("get", "openapi", "login")


@dataclass(frozen=True)
class Step:
    """One step.

    Args:
        name: what reports call it; unique in the table.
        do: what happens, one of BUILT_IN.
        command: for `command` and `serve`: program and arguments.
        after: steps that must have passed before.
        needs: what the machine must offer, of NEEDS.
        features: it belongs to recipes with all of these features.
        without: it belongs to recipes with none of these features.
        files: it belongs to projects with all of these files.
        seconds: its time limit.
        means: what a failure means, for the person who reads the report.
        variables: environment variables of its own.
        paths: for probes: what is requested; `{app}` and `{resource}` stand for each resource.
        options: the rest, for probes.
    """

    name: str
    do: str = "command"
    command: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    seconds: float = 60
    means: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def per_resource(self) -> bool:
        """Whether it asks something of each resource."""
        return any("{resource}" in path for path in self.paths)


@dataclass(frozen=True)
class Service:
    """A server that some features call for, and the variables that point a project to it."""

    name: str
    features: tuple[str, ...]
    variables: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """All steps of a pack.

    Args:
        steps: in the order in which they run.
        services: servers started for the recipes that need them.
        variables: environment variables of every step.
        headers: sent with every request of a probe.
        resources: named sets of resources for the matrix, small ones first.
        source: the bytes it was read from.
    """

    steps: tuple[Step, ...]
    services: tuple[Service, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    source: bytes = b""

    def step(self, name: str) -> Step:
        """The step of a name."""
        return next(step for step in self.steps if step.name == name)

    def closure(self, names: Iterable[str]) -> "Table":
        """The table with only these steps and those they build on.

        Raises:
            ScaffoldError: there is no such step.
        """
        wanted, queue = set[str](), list(names)
        while queue:
            name = queue.pop()
            if name not in {step.name for step in self.steps}:
                known = ", ".join(step.name for step in self.steps)
                raise ScaffoldError(
                    f"there is no step {name}", f"the steps are {known}", Exit.USAGE
                )
            if name not in wanted:
                wanted.add(name)
                queue += self.step(name).after
        kept = tuple(step for step in self.steps if step.name in wanted)
        return Table(kept, self.services, self.variables, self.headers, self.resources, self.source)


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
        _check(pack, steps, services)
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


def _check(pack: Pack, steps: Sequence[Step], services: Sequence[Service]) -> None:
    seen: set[str] = set()
    for step in steps:
        problems = {
            f"unknown do = {step.do!r}": step.do not in BUILT_IN,
            "has no command": step.do in ("command", "serve") and not step.command,
            "has no paths": step.do in PROBES and not step.paths,
            "its name is taken": step.name in seen,
            "unknown keys": bool(step.options) and step.do not in (*PROBES, "serve"),
            "comes before a step it builds on": not set(step.after) <= seen,
            "needs what is unknown": not set(step.needs) <= set(NEEDS),
            "names an unknown feature": not {*step.features, *step.without} <= set(pack.features),
        }
        if found := [problem for problem, holds in problems.items() if holds]:
            raise ValueError(f"step {step.name}: {found[0]}")
        seen.add(step.name)
    for service in services:
        if service.name not in ("postgres", "redis"):
            raise ValueError(f"unknown service {service.name}")
        if not set(service.features) <= set(pack.features):
            raise ValueError(f"service {service.name} names an unknown feature")
