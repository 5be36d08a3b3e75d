"""The state of one case while its steps run: files, environment, servers."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scaffold import process
from scaffold.model.tree import Tree
from scaffold.smoke.config import SmokeConfig, Step
from scaffold.smoke.results import CannotRun, Case
from scaffold.smoke.runtime.environments import Environments
from scaffold.smoke.runtime.processes import Processes, inherited_variables
from scaffold.smoke.runtime.servers import Servers

QUIET = {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
NO_SYNC = {"UV_FROZEN": "1", "UV_NO_SYNC": "1"}  # `uv run` in a step leaves the environment alone


@dataclass
class CaseContext:
    """The state of one case.

    Args:
        case: the case.
        config: its steps.
        folder: the directory of the case.
        processes: starts and stops its processes.
        servers: provides its databases.
        environments: provides locks and environments, shared between cases.
    """

    case: Case
    config: SmokeConfig
    folder: Path
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
        """The directory of the project."""
        return self.folder / "project"

    @property
    def out(self) -> Path:
        """The directory for files that one step leaves for another."""
        return self.folder / "out"

    @property
    def temporary(self) -> Path:
        """The temporary directory of the steps."""
        return self.folder / "tmp"

    @property
    def logs(self) -> Path:
        """The directory of the logs, one for each step."""
        return self.folder / "logs"

    def services_of(self, step: Step) -> tuple[str, ...]:
        """Return the services that a step needs for the features of the case."""
        features = set(self.case.recipe.features)
        called = {one.name for one in self.config.services if set(one.features) & features}
        named = {name for name in step.needs if name in ("postgres", "redis")}
        return tuple(sorted(named | (called if "services" in step.needs else set())))

    def variables(self, step: Step, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment variables of a step.

        Raises:
            CannotRun: a service that it needs is not available.
        """
        merged = {**inherited_variables(), **QUIET, "TMPDIR": str(self.temporary)}
        for name in step.uses:
            merged |= self._fill_all(self.config.variables[name])
        for name in self.services_of(step):
            merged |= self._service(name)
        merged |= self._fill_all(step.variables)
        if self.environment:
            merged |= NO_SYNC
            folders = [str(self.environment / "bin"), str(Path(process.uv()).parent)]
            merged["PATH"] = os.pathsep.join([*folders, merged.get("PATH", os.defpath)])
            merged["VIRTUAL_ENV"] = str(self.environment)
            merged["UV_PROJECT_ENVIRONMENT"] = str(self.environment)
        return {**merged, **(extra or {})}

    def fill(self, text: str) -> str:
        """Replace the placeholders of `smoke.toml` in a text."""
        python = self.environment / "bin" / "python" if self.environment else Path("python")
        for name, value in {
            "python": str(python),
            "uv": process.uv(),
            "port": str(self.port),
            "project": str(self.project),
            "out": str(self.out),
        }.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def run(
        self, step: Step, command: Sequence[str], extra: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Run a command of a step and return its exit status and output."""
        words = [self.fill(word) for word in command]
        start = self.log.stat().st_size if self.log.exists() else 0
        code = self.processes.run(
            words, self.project, self.variables(step, extra), self.log, step.seconds
        )
        with self.log.open("rb") as stream:
            stream.seek(start)
            return code, stream.read().decode("utf-8", "replace")

    def close(self) -> None:
        """Stop every server of the case."""
        for server in self.running.values():
            self.processes.stop(server, grace=1)
        self.running.clear()

    def _fill_all(self, variables: Mapping[str, str]) -> dict[str, str]:
        return {name: self.fill(value) for name, value in variables.items()}

    def _service(self, name: str) -> dict[str, str]:
        if name not in self._services:
            declared = [service for service in self.config.services if service.name == name]
            if not declared:
                raise CannotRun(f"smoke.toml does not say how a project connects to {name}")
            facts = self.servers.lease(name)
            filled = dict(declared[0].variables)
            for key, value in facts.items():
                filled = {k: text.replace(f"{{{key}}}", value) for k, text in filled.items()}
            self._services[name] = filled
        return self._services[name]
