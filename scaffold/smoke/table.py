"""The table of steps, as data: what a step is, what it needs, what it builds on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scaffold.errors import UsageError

SERVICES = ("postgres", "redis")
NEEDS = ("docker", "services", *SERVICES)
BUILT_IN = ("render", "again", "hygiene", "lock", "install", "command", "serve", "get", "openapi",
            "login", "stop")  # fmt: skip
OPTIONS: Mapping[str, frozenset[str]] = {  # beside what every step may say
    "command": frozenset({"fails"}),
    "serve": frozenset({"ready", "settle"}),
    "get": frozenset({"status", "type", "contains", "headers", "send"}),
    "openapi": frozenset({"send"}),
    "login": frozenset({"form", "send"}),
}
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
        one_of: it belongs to recipes with at least one of these features.
        files: it belongs to projects with all of these files.
        seconds: its time limit.
        means: what a failure means, for the person who reads the report.
        uses: named sets of environment variables of the table.
        variables: environment variables of its own.
        paths: for probes: what is requested; `{app}` and `{resource}` stand for each resource
            that everyone reads, `{private}` for each of the others.
        options: the rest, for probes.
    """

    name: str
    do: str = "command"
    command: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    seconds: float = 60
    means: str = ""
    uses: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def resources(self) -> frozenset[bool]:
        """Which resources it asks for: public ones (False), private ones (True), or none."""
        marks = {"{resource}": False, "{private}": True}
        return frozenset(
            private for mark, private in marks.items() for path in self.paths if mark in path
        )


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
        variables: named sets of environment variables.
        headers: sent with every request of a probe.
        resources: named sets of resources for the matrix, small ones first.
        source: the bytes it was read from.
    """

    steps: tuple[Step, ...]
    services: tuple[Service, ...] = ()
    variables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    source: bytes = b""

    def step(self, name: str) -> Step:
        """The step of a name."""
        return next(step for step in self.steps if step.name == name)

    def closure(self, names: Iterable[str]) -> "Table":
        """The table with only these steps and those they build on.

        Raises:
            UsageError: there is no such step.
        """
        wanted, queue = set[str](), list(names)
        while queue:
            name = queue.pop()
            if name not in {step.name for step in self.steps}:
                known = ", ".join(step.name for step in self.steps)
                raise UsageError(f"there is no step {name}", f"the steps are {known}")
            if name not in wanted:
                wanted.add(name)
                queue += self.step(name).after
        kept = tuple(step for step in self.steps if step.name in wanted)
        return Table(kept, self.services, self.variables, self.headers, self.resources, self.source)
