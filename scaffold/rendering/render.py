"""Recipe → tree; touches no project."""

from scaffold.model.recipe import Recipe
from scaffold.model.tree import Tree, unite
from scaffold.packs.catalog import find
from scaffold.packs.pack import Pack
from scaffold.rendering.formatting import format_python
from scaffold.rendering.jinja import Engine
from scaffold.rendering.layers import layers
from scaffold.rendering.validate import check_contents, check_paths


def render(recipe: Recipe, pack: Pack | None = None) -> Tree:
    """Render a recipe: the one function every verb uses.

    The result is a function of the recipe, the pack and the versions of Jinja2 and ruff alone.

    Args:
        recipe: what to render; its features must be complete (`pack.choose`).
        pack: the pack, where it has been read already.

    Raises:
        UsageError: the recipe does not fit the pack.
        ScaffoldError: the pack is broken; the message names layer and file.
    """
    tree = draw(recipe, pack or find(recipe.pack))
    check_contents(tree)
    return tree


def draw(recipe: Recipe, pack: Pack) -> Tree:
    """Render without looking at the contents: for `smoke`, which reports on them apart."""
    parts = layers(pack, recipe)
    engine = Engine(pack.context)
    tree = unite((layer.name, engine.render(layer)) for layer in parts)
    check_paths(tree)
    return format_python(tree)
