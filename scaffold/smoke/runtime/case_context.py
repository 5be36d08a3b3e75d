"""Where one case is put to the proof: its files, its environment, its servers."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scaffold import process as programs
from scaffold.model.tree import Tree
from scaffold.smoke.config import Step, Table
from scaffold.smoke.results import CannotRun, Case
from scaffold.smoke.runtime.environments import Environments
from scaffold.smoke.runtime.processes import Processes, inherited
from scaffold.smoke.runtime.servers import Servers

QUIET = {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
SHARED = {"UV_FROZEN": "1", "UV_NO_SYNC": "1"}  # `uv run` in a step leaves the environment alone


@dataclass
class Bench:
    """The state of one case while its steps run.

    Args:
        case: what is proven.
        table: its steps.
        place: a folder of its own.
        processes: starts and ends what it runs.
        servers: databases for it.
        environments: locks and environments, shared.
    """

    case: Case
    table: Table
    place: Path
    processes: Processes
    servers: Servers
    environments: Environments
    tree: Tree = field(default_factory=lambda: Tree({}))
    port: int = 0
    environment: Path | None = None
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    log: Path = Path(os.devnull)
    _services: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in (self.project, self.out, self.temporary, self.logs):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def project(self) -> Path:
        """The project's files."""
        return self.place / "project"

    @property
    def out(self) -> Path:
        """What steps leave for later steps."""
        return self.place / "out"

    @property
    def temporary(self) -> Path:
        """The temporary directory of everything the steps start."""
        return self.place / "tmp"

    @property
    def logs(self) -> Path:
        """One file a step."""
        return self.place / "logs"

    def needed(self, step: Step) -> tuple[str, ...]:
        """The services that a step needs, of those that the case's features call for."""
        called = {s.name for s in self.table.services if set(s.features) & set(self._features)}
        named = {name for name in step.needs if name in ("postgres", "redis")}
        return tuple(sorted(named | (called if "services" in step.needs else set())))

    def variables(self, step: Step, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a step.

        Raises:
            CannotRun: a service that it needs is not there.
        """
        merged = {**inherited(), **QUIET, "TMPDIR": str(self.temporary)}
        for name in step.uses:
            merged |= self._own(self.table.variables[name])
        for name in self.needed(step):
            merged |= self._service(name)
        merged |= self._own(step.variables)
        if self.environment:
            merged |= SHARED
            programs_ = [str(self.environment / "bin"), str(Path(programs.uv()).parent)]
            merged["PATH"] = os.pathsep.join([*programs_, merged.get("PATH", os.defpath)])
            merged["VIRTUAL_ENV"] = str(self.environment)
            merged["UV_PROJECT_ENVIRONMENT"] = str(self.environment)
        return {**merged, **(extra or {})}

    def filled(self, text: str) -> str:
        """A text of the table with what it leaves open."""
        python = self.environment / "bin" / "python" if self.environment else Path("python")
        for name, value in {
            "python": str(python),
            "uv": programs.uv(),
            "port": str(self.port),
            "project": str(self.project),
            "out": str(self.out),
        }.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def run(
        self, step: Step, command: Sequence[str], extra: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Run a program of a step to its end.

        Returns:
            Its exit status and what it printed.
        """
        words = [self.filled(word) for word in command]
        start = self.log.stat().st_size if self.log.exists() else 0
        code = self.processes.run(
            words, self.project, self.variables(step, extra), self.log, step.seconds
        )
        with self.log.open("rb") as stream:
            stream.seek(start)
            return code, stream.read().decode("utf-8", "replace")

    def close(self) -> None:
        """End every server of the case."""
        for process in self.running.values():
            self.processes.stop(process, grace=1)
        self.running.clear()

    @property
    def _features(self) -> tuple[str, ...]:
        return self.case.recipe.features

    def _own(self, variables: Mapping[str, str]) -> dict[str, str]:
        return {name: self.filled(value) for name, value in variables.items()}

    def _service(self, name: str) -> dict[str, str]:
        if name not in self._services:
            declared = [service for service in self.table.services if service.name == name]
            if not declared:
                raise CannotRun(f"the table does not say how a project finds {name}")
            facts = self.servers.lease(name)
            filled = dict(declared[0].variables)
            for key, value in facts.items():
                filled = {k: text.replace(f"{{{key}}}", value) for k, text in filled.items()}
            self._services[name] = filled
        return self._services[name]
