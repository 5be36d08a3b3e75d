"""What the contract suite runs on: the default recipe, and one that shows what it lacks."""

from dataclasses import dataclass

from scaffold.inputs.resolve import DEFAULT_APPS
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.packs.catalog import find
from scaffold.packs.pack import choose

SHOP = [
    "Tag: name:str(40)!^",
    "Category: name:str(80)! parent:ref(Category,null)?",
    (
        "Product: name:str(120)! price:decimal(10,2) stock:int category:ref(Category)"
        " tags:m2m(Tag) released_on:date? details:json?"
    ),
    "Review: body:text! stars:int? product:ref(Product,cascade) writer:ref(accounts.User)@owner",
    (
        "Supplier: name:str(80)! email:email^ website:url? active:bool opens_at:time?"
        " code:uuid? rating:float? volume:bigint? size:enum(small_firm,large_firm)!"
        " contact:ref(accounts.User,null)?"
    ),
]


@dataclass(frozen=True)
class Variant:
    """What a suite may run on beside the one recipe.

    Args:
        features: further ones than the defaults.
        python: a version that uv finds, or a path; ours where it is empty.
    """

    features: tuple[str, ...] = ()
    python: str = ""


AS_IT_IS = Variant()


def contract_recipe(pack: str, features: tuple[str, ...] = ()) -> Recipe:
    """The one recipe of the suite: the default app beside a shop, with the default features.

    Args:
        pack: name of the pack.
        features: further ones.
    """
    found = find(pack)
    features, _ = choose(found, (*found.defaults, *features))
    return Recipe(
        pack=pack,
        name="Acme",
        slug="acme",
        features=features,
        apps=parse_apps({**DEFAULT_APPS, "shop": SHOP}),
        pack_version=found.version,
    )
