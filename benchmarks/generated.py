"""How much Python a generated project is: outside its domain, for a resource, in one module."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.projects import PACKS, write
from tests.recipes import BOOKSTALL as APPS

RESOURCES = sum(map(len, APPS.values()))
OUTSIDE = {"flask": 1000, "django": 850}
RESOURCE = 320
MODULE = 150


@dataclass(frozen=True)
class Module:
    """A Python file of a project.

    Args:
        path: inside the project.
        lines: all of them, as `wc -l` counts.
    """

    path: Path
    lines: int

    @property
    def is_domain(self) -> bool:
        """Whether it belongs to an app of the recipe."""
        return bool(set(self.path.parts) & set(APPS))

    @property
    def is_test(self) -> bool:
        """Whether it is about tests."""
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    @property
    def is_settings(self) -> bool:
        """Whether it holds settings."""
        names = {"settings", "settings.py", "gunicorn.conf.py"}
        return bool(names & set(self.path.parts))

    @property
    def is_migration(self) -> bool:
        """Whether it is a revision of the database."""
        return bool({"migrations", "versions"} & set(self.path.parts[:-1]))


def report(folder: Path) -> str:
    """Render the recipe with both packs and return the section."""
    lines = [
        "## Generated code",
        "",
        f"Lines of Python (`wc -l`) with the default features; {RESOURCES} resources in "
        f"{len(APPS)} apps. Outside the domain: all but apps, settings, migrations and tests. "
        "A resource: the mean over the files of its app, without tests and migrations. "
        "The longest module: of all but tests, settings and migrations.",
        "",
        "| pack | outside the domain | goal | a resource | goal | longest module | goal | tests |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for pack in PACKS:
        modules = list(_modules(write(pack, APPS, folder / f"generated-{pack}")))
        lines.append(_row(pack, modules))
    return "\n".join(lines)


def _row(pack: str, modules: list[Module]) -> str:
    code = [
        module
        for module in modules
        if not (module.is_test or module.is_settings or module.is_migration)
    ]
    outside = sum(module.lines for module in code if not module.is_domain)
    resource = sum(module.lines for module in code if module.is_domain) / RESOURCES
    longest = max(code, key=lambda module: module.lines)
    tests = sum(module.lines for module in modules if module.is_test)
    return (
        f"| {pack} | {outside} | ≤ {OUTSIDE[pack]} | {resource:.0f} | ≤ {RESOURCE} "
        f"| {longest.lines}, `{longest.path}` | ≤ {MODULE} | {tests} |"
    )


def _modules(project: Path) -> Iterator[Module]:
    for path in sorted(project.rglob("*.py")):
        text = path.read_text("utf-8")
        yield Module(path.relative_to(project), text.count("\n"))
