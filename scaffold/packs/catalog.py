"""Where packs come from: built into scaffold, a folder on disk, or a source elsewhere."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.errors import UsageError, did_you_mean
from scaffold.packs.checkout import Checkout, fetch, is_pack
from scaffold.packs.sources import Source, is_source, parse_source
from scaffold.packs.user_config import read_user_config

if TYPE_CHECKING:  # a cookiecutter template needs no manifest
    from scaffold.packs.pack import Pack

BUILT_IN = ("flask", "django")


def templates_folder() -> Path:
    """Return the folder of the built-in packs: inside an installed wheel, or beside the package."""
    here = Path(__file__).parents[1]
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def is_built_in(pack: "Pack") -> bool:
    """Tell whether a pack is one of ours, and so needs no limits."""
    return any(pack.root == templates_folder() / name for name in BUILT_IN)


def find_pack(name: str, version: str = "") -> "Pack":
    """Read a pack by its built-in name, the path of its folder, or a source.

    Args:
        name: the name, path or source.
        version: the version that a project was made from; what an error says.

    Raises:
        UsageError: there is no such pack.
        ScaffoldError: its manifests are broken, or it cannot be fetched.
    """
    from scaffold.packs.pack import read_pack

    if name in BUILT_IN:
        return read_pack(templates_folder() / name)
    try:
        if ("/" in name and not is_source(name)) or Path(name).is_dir():
            return read_pack(Path(name).expanduser().resolve())
    except (RuntimeError, OSError) as error:  # no such user, a circle of links, too long
        raise UsageError(f"there is no pack {name}: {error}") from None
    own = read_user_config().sources
    if name in own or is_source(name):
        return pack_of(fetch(parse_source(own.get(name, name))))
    if version:
        raise UsageError(
            f"the pack {name} {version} is not built in, and its folder is not here",
            f"run this where a folder {name} holds the pack, or use --recipe with its path as pack",
        )
    raise UsageError(f"there is no pack {name}", did_you_mean(name, (*BUILT_IN, *own)))


def find_source(word: str, directory: str = "", *, named: bool = True) -> Source | str | None:
    """Return what a word names: a source, or a built-in pack by its name.

    Args:
        word: what was typed.
        directory: the sub-directory, where it was given apart.
        named: it can only be a source; otherwise it may as well be the path of a project.

    Raises:
        UsageError: it can only be a source, and is none.
    """
    own = read_user_config().sources
    if named and word in BUILT_IN:
        return word
    if word in own or is_source(word) or directory:
        return parse_source(own.get(word, word), directory)
    if named and Path(word).is_dir():
        return parse_source(word)
    if named:
        raise UsageError(
            f"{word} is not the source of a project", did_you_mean(word, (*BUILT_IN, *own))
        )
    return None


def pack_of(checkout: Checkout) -> "Pack":
    """Read the pack in a checkout.

    Raises:
        UsageError: it holds a cookiecutter template.
        ScaffoldError: the manifests of the pack are broken.
    """
    from scaffold.packs.pack import read_pack

    if not is_pack(checkout):
        text = checkout.source.text
        raise UsageError(
            f"{text} holds a cookiecutter template, not a pack", f"scaffold new {text}"
        )
    pack = read_pack(checkout.folder.resolve(), checkout.source.name)
    return replace(pack, origin=checkout.origin)
