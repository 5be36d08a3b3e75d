"""For authors of templates: bake a recipe in a test, look at its files, run its steps.

It is loaded with every pytest where scaffold is installed, so it imports nothing before it is used,
and every name of it begins with `scaffold`: pytest-cookies and pytest-copie may stand beside it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from scaffold.model.recipe import Recipe
    from scaffold.smoke.testing import Baked

MARK = "scaffold_matrix(first=0, all=False): which recipes scaffold_recipe takes; else every pair"
GOLDEN = ".scaffold-golden"  # says that a folder is an expected tree


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("scaffold")
    group.addoption("--scaffold-pack", metavar="PATH", help="the template that tests bake")
    group.addoption("--scaffold-update", action="store_true", help="accept what golden() compares")
    parser.addini("scaffold_pack", "the template that tests bake", default=".")


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", MARK)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `scaffold_recipe` once for each recipe of the pack's matrix."""
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
    """Leave alone the tests inside an expected tree: they are files to compare."""
    return True if (collection_path / GOLDEN).exists() else None


@pytest.fixture
def scaffold_bake(request: pytest.FixtureRequest, tmp_path: Path) -> "Bake":
    """Call it to make a project from a template; see `Bake`."""
    return Bake(request.config, request.path.parent, tmp_path)


class Bake:
    """Makes projects, each in a folder of its own.

    Args:
        config: pytest's.
        beside: the folder of the test module: golden trees are named relative to it.
        place: where projects are made.
    """

    def __init__(self, config: pytest.Config, beside: Path, place: Path) -> None:
        self._config = config
        self._beside = beside
        self._place = place
        self._count = 0

    def __call__(
        self,
        features: Iterable[str] | None = None,
        resources: str = "",
        *,
        recipe: "Recipe | None" = None,
        template: Path | str | None = None,
        **context: Any,  # noqa: ANN401 - whatever the template asks
    ) -> "GoldenBaked":
        """Make a project.

        Args:
            features: of a pack; its defaults where nothing is said. What they require is added.
            resources: a set of resources that the pack's `smoke.toml` names.
            recipe: a whole recipe instead.
            template: another template than the one configured.
            context: answers to a plain cookiecutter template.
        """
        from scaffold.packs import pack as packs
        from scaffold.smoke import config_loader as steps
        from scaffold.smoke import testing as baked
        from scaffold.smoke.planning import cases

        root = Path(template).resolve() if template else _template(self._config)
        self._count += 1
        place = self._place / f"baked{self._count}"
        place.mkdir()
        if not baked.is_pack(root):
            return GoldenBaked(baked.bake_template(root, place, context), self._golden)
        pack = packs.read(root)
        if recipe is None:
            chosen = pack.defaults if features is None else features
            recipe = cases.case_of(pack, steps.read(pack), chosen, resources).recipe
        return GoldenBaked(baked.bake(pack, recipe, place), self._golden)

    def _golden(self, made: "Baked", folder: str) -> None:
        update = bool(self._config.getoption("--scaffold-update"))
        made.golden(self._beside / folder, GOLDEN, update=update)


class GoldenBaked:
    """A project made for a test: `path`, `tree`, `text`, `run`, `prove` and `golden`."""

    def __init__(self, made: "Baked", golden: Callable[["Baked", str], None]) -> None:
        self._made = made
        self._golden = golden

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - that of the project
        return getattr(self._made, name)

    def golden(self, folder: str) -> None:
        """Compare all files with a folder beside the test; `--scaffold-update` writes it."""
        self._golden(self._made, folder)


def _template(config: pytest.Config) -> Path:
    named = config.getoption("--scaffold-pack") or config.getini("scaffold_pack")
    return (config.rootpath / str(named)).resolve()
