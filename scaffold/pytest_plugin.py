"""A pytest plugin for authors of templates: bake a project in a test and check it.

Every pytest loads this module if scaffold is installed, so it imports nothing until it is used.
All names begin with `scaffold`, so that pytest-cookies and pytest-copie can be installed too.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from scaffold.model.recipe import Recipe
    from scaffold.smoke.testing import BakedProject

MARK = "scaffold_matrix(first=0, all=False): the recipes of scaffold_recipe; default: every pair"
GOLDEN = ".scaffold-golden"  # marks golden directories


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("scaffold")
    group.addoption("--scaffold-pack", metavar="PATH", help="the template to test")
    group.addoption("--scaffold-update", action="store_true", help="update golden directories")
    parser.addini("scaffold_pack", "the template to test", default=".")


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark."""
    config.addinivalue_line("markers", MARK)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test with the fixture `scaffold_recipe` once for each recipe of the matrix."""
    if "scaffold_recipe" not in metafunc.fixturenames:
        return
    from scaffold.commands.smoke import Request, plan

    mark = metafunc.definition.get_closest_marker("scaffold_matrix")
    wanted = dict(mark.kwargs) if mark else {}
    cases = plan(Request(pack=str(_template(metafunc.config)), **wanted)).cases
    metafunc.parametrize(
        "scaffold_recipe", [case.recipe for case in cases], ids=[case.label for case in cases]
    )


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Skip the tests inside golden directories."""
    return True if (collection_path / GOLDEN).exists() else None


@pytest.fixture
def scaffold_bake(request: pytest.FixtureRequest, tmp_path: Path) -> "Bake":
    """Return a function that bakes projects; see `Bake`."""
    return Bake(request.config, request.path.parent, tmp_path)


class Bake:
    """Bakes projects, each in a directory of its own.

    Args:
        config: the pytest configuration.
        tests: the directory of the test module; golden directories are relative to it.
        parent: the directory of the projects.
    """

    def __init__(self, config: pytest.Config, tests: Path, parent: Path) -> None:
        self._config = config
        self._tests = tests
        self._parent = parent
        self._count = 0

    def __call__(
        self,
        features: Iterable[str] | None = None,
        resources: str = "",
        *,
        recipe: "Recipe | None" = None,
        template: Path | str | None = None,
        **context: Any,  # noqa: ANN401 - variables of the template
    ) -> "ScaffoldProject":
        """Bake a project.

        Args:
            features: the features of a pack, by default its defaults; required ones are added.
            resources: a set of resources from the pack's `smoke.toml`.
            recipe: a whole recipe instead.
            template: another template than the configured one.
            context: variables of a plain cookiecutter template.
        """
        from scaffold.packs.pack import read_pack
        from scaffold.smoke.config_loader import read_config
        from scaffold.smoke.planning.cases import case_of
        from scaffold.smoke.testing import bake, bake_template, is_pack

        root = Path(template).resolve() if template else _template(self._config)
        self._count += 1
        parent = self._parent / f"baked{self._count}"
        parent.mkdir()
        if not is_pack(root):
            return self._wrap(bake_template(root, parent, context))
        pack = read_pack(root)
        if recipe is None:
            chosen = pack.defaults if features is None else features
            recipe = case_of(pack, read_config(pack), chosen, resources).recipe
        return self._wrap(bake(pack, recipe, parent))

    def _wrap(self, project: "BakedProject") -> "ScaffoldProject":
        update = bool(self._config.getoption("--scaffold-update"))
        return ScaffoldProject(project, self._tests, update=update)


class ScaffoldProject:
    """A baked project: `path`, `tree`, `text`, `run`, `check` and `golden`."""

    def __init__(self, project: "BakedProject", tests: Path, *, update: bool) -> None:
        self._project = project
        self._tests = tests
        self._update = update

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - an attribute of BakedProject
        return getattr(self._project, name)

    def golden(self, folder: str) -> None:
        """Compare all files with a golden directory; `--scaffold-update` writes it."""
        self._project.golden(self._tests / folder, GOLDEN, update=self._update)


def _template(config: pytest.Config) -> Path:
    named = config.getoption("--scaffold-pack") or config.getini("scaffold_pack")
    return (config.rootpath / str(named)).resolve()
