"""Recipe → tree; touches no project."""

from collections.abc import Callable

from scaffold.model.recipe import Recipe
from scaffold.model.tree import Tree, merge_trees
from scaffold.packs.catalog import find_pack, is_built_in
from scaffold.packs.pack import Pack
from scaffold.rendering import isolation
from scaffold.rendering.formatting import format_python
from scaffold.rendering.jinja import LayerRenderer
from scaffold.rendering.layers import build_layers
from scaffold.rendering.validate import check_contents, check_paths


def render(recipe: Recipe, pack: Pack | None = None) -> Tree:
    """Render a recipe: the one function that every command uses.

    The result is a function of the recipe, the pack and the versions of Jinja2 and ruff alone.

    Args:
        recipe: what to render; its features must be complete (`packs.choose_features`).
        pack: the pack, where it has been read already.

    Raises:
        UsageError: the recipe does not fit the pack.
        ScaffoldError: the pack is broken; the message names layer and file.
    """
    pack = pack or find_pack(recipe.pack)
    if not is_built_in(pack):
        return _elsewhere(recipe, pack, check=True)
    tree = render_unchecked(recipe, pack)
    check_contents(tree)
    return tree


def render_unchecked(recipe: Recipe, pack: Pack) -> Tree:
    """Render without looking at the contents: for `smoke`, which reports on them apart."""
    if not is_built_in(pack):
        return _elsewhere(recipe, pack, check=False)
    return format_python(assemble(recipe, pack))


def assemble(recipe: Recipe, pack: Pack, watch: Callable[[str], None] = lambda _: None) -> Tree:
    """Render the layers of a recipe in this process and unite them; formats nothing."""
    parts = build_layers(pack, recipe)
    engine = LayerRenderer(pack.context, pack.files, watch)
    tree = merge_trees((layer.name, engine.render(layer)) for layer in parts)
    check_paths(tree)
    return tree


def _elsewhere(recipe: Recipe, pack: Pack, *, check: bool) -> Tree:
    build_layers(
        pack, recipe
    )  # what is wrong with the recipe is said here, with its own kind of error
    return isolation.render(recipe, pack, check=check)
