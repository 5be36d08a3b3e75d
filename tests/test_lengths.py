"""The rule of 200 lines holds for what people get, too."""

import pytest

from scaffold.catalog import BUILT_IN, find
from scaffold.draft import DEFAULT_APPS
from scaffold.pack import Pack
from scaffold.recipe import parse_apps
from scaffold.render import render
from scaffold.tree import Tree
from tests.contract.recipes import SHOP
from tests.test_packs import fullest, recipe

PACKS = {name: find(name) for name in BUILT_IN}
LIMIT = 200


def long_modules(tree: Tree) -> dict[str, int]:
    """Modules over the limit; migrations and what loops over an app's fields may grow with them."""
    apps = {f"{place}/{name}/" for place in ("app/blueprints", "apps") for name in ("blog", "shop")}
    lengths = {
        path: file.content.count(b"\n")
        for path, file in tree.items()
        if path.endswith(".py") and "migrations/" not in path
        if not any(path.startswith(place) for place in apps)
    }
    assert len(lengths) > 40
    return {path: length for path, length in lengths.items() if length > LIMIT}


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_no_rendered_module_is_long_by_default(pack: Pack) -> None:
    plain = render(recipe(pack, pack.defaults, parse_apps(DEFAULT_APPS)), pack)
    assert long_modules(plain) == {}


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_no_rendered_module_is_long_with_every_feature(pack: Pack) -> None:
    apps = parse_apps({**DEFAULT_APPS, "shop": SHOP})
    for features in fullest(pack):
        assert long_modules(render(recipe(pack, features, apps), pack)) == {}
