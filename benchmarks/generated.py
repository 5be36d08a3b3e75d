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

    @property
    def is_demo_data(self) -> bool:
        """Whether it fills a developer's database."""
        return self.path.name.startswith("seed")

    @property
    def is_code(self) -> bool:
        """Whether it is none of those."""
        return not (self.is_test or self.is_settings or self.is_migration or self.is_demo_data)


def report(folder: Path) -> str:
    """Render the recipe with both packs and return the section."""
    lines = [
        "## Generated code",
        "",
        f"Lines of Python (`wc -l`) with the default features; {RESOURCES} resources in "
        f"{len(APPS)} apps. Settings, migrations, demo data and tests are counted apart. "
        "Outside the domain: all but the apps. A resource: the mean over the files of its app.",
        "",
        "| pack | outside the domain | goal | a resource | goal | longest module | goal "
        "| demo data | tests |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for pack in PACKS:
        modules = list(_modules(write(pack, APPS, folder / f"generated-{pack}")))
        lines.append(_row(pack, modules))
    return "\n".join(lines)


def _row(pack: str, modules: list[Module]) -> str:
    code = [module for module in modules if module.is_code]
    outside = sum(module.lines for module in code if not module.is_domain)
    resource = sum(module.lines for module in code if module.is_domain) / RESOURCES
    longest = max(code, key=lambda module: module.lines)
    tests = sum(module.lines for module in modules if module.is_test)
    demo = sum(module.lines for module in modules if module.is_demo_data)
    return (
        f"| {pack} | {outside} | ≤ {OUTSIDE[pack]} | {resource:.0f} | ≤ {RESOURCE} "
        f"| {longest.lines}, `{longest.path}` | ≤ {MODULE} | {demo} | {tests} |"
    )


def _modules(project: Path) -> Iterator[Module]:
    for path in sorted(project.rglob("*.py")):
        text = path.read_text("utf-8")
        yield Module(path.relative_to(project), text.count("\n"))
