"""The steps of a pack as data: what each does, needs and depends on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scaffold.errors import UsageError

SERVICES = ("postgres", "redis")
NEEDS = ("docker", "services", *SERVICES)
ACTIONS = (
    "render",
    "again",
    "hygiene",
    "lock",
    "install",
    "command",
    "serve",
    "get",
    "openapi",
    "login",
    "stop",
)
OPTIONS: Mapping[str, frozenset[str]] = {  # in addition to the keys of every step
    "command": frozenset({"fails"}),
    "serve": frozenset({"ready", "prints"}),
    "get": frozenset({"status", "type", "contains", "headers", "send"}),
    "openapi": frozenset({"send"}),
    "login": frozenset({"form", "send"}),
}
PROBES = ("get", "openapi", "login")


@dataclass(frozen=True)
class Step:
    """One step.

    Args:
        name: its name in reports; unique in the pack.
        do: the action, one of ACTIONS.
        command: program and arguments, for `command` and `serve`.
        after: steps that must pass first.
        needs: what the machine must provide, of NEEDS.
        features: the step applies to recipes with all of these features.
        without: it applies to recipes with none of these features.
        one_of: it applies to recipes with at least one of these features.
        files: it applies to projects with all of these files.
        seconds: its time limit.
        means: what a failure means, for the reader of the report.
        uses: named sets of environment variables.
        variables: environment variables of its own.
        paths: the paths that a probe requests; `{app}` and `{resource}` stand for each public
            resource, `{private}` for each private one.
        options: the other keys of its action.
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
        """Which resources it requests: public ones (False), private ones (True), both or none."""
        marks = {"{resource}": False, "{private}": True}
        return frozenset(
            private for mark, private in marks.items() for path in self.paths if mark in path
        )


@dataclass(frozen=True)
class Service:
    """A server that some features need, and the variables that connect a project to it."""

    name: str
    features: tuple[str, ...]
    variables: Mapping[str, str]


@dataclass(frozen=True)
class SmokeConfig:
    """The content of a pack's `smoke.toml`.

    Args:
        steps: the steps in the order in which they run.
        services: the servers for recipes that need them.
        variables: named sets of environment variables.
        headers: headers of every request of a probe.
        resources: named sets of resources for the matrix, smallest first.
        source: the bytes it was read from; part of the key of cached results.
    """

    steps: tuple[Step, ...]
    services: tuple[Service, ...] = ()
    variables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    source: bytes = b""

    def step(self, name: str) -> Step:
        """Return the step with a name."""
        return next(step for step in self.steps if step.name == name)

    def closure(self, names: Iterable[str]) -> "SmokeConfig":
        """Return a copy with only these steps and those they depend on.

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
        return SmokeConfig(
            kept, self.services, self.variables, self.headers, self.resources, self.source
        )
