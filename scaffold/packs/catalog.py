"""Where packs come from: built into scaffold, or a folder on disk."""

from pathlib import Path

from scaffold.errors import UsageError, did_you_mean
from scaffold.packs.pack import Pack, read_pack

BUILT_IN = ("flask", "django")


def templates_folder() -> Path:
    """Return the folder of the built-in packs: inside an installed wheel, or beside the package."""
    here = Path(__file__).parents[1]
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def is_built_in(pack: Pack) -> bool:
    """Tell whether a pack is one of ours, and so needs no limits."""
    return any(pack.root == templates_folder() / name for name in BUILT_IN)


def find_pack(name: str, version: str = "") -> Pack:
    """Read a pack by its built-in name or by the path of its folder.

    Args:
        name: the name or the path.
        version: the version that a project was made from; what an error says.

    Raises:
        UsageError: there is no such pack.
        ScaffoldError: its manifests are broken.
    """
    if name in BUILT_IN:
        return read_pack(templates_folder() / name)
    try:
        if "/" in name or Path(name).is_dir():
            return read_pack(Path(name).expanduser().resolve())
    except (RuntimeError, OSError) as error:  # no such user, a circle of links, too long
        raise UsageError(f"there is no pack {name}: {error}") from None
    if version:
        raise UsageError(
            f"the pack {name} {version} is not built in, and its folder is not here",
            f"run this where a folder {name} holds the pack, or use --recipe with its path as pack",
        )
    raise UsageError(f"there is no pack {name}", did_you_mean(name, BUILT_IN))
