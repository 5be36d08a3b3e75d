"""Code of a template that would run, and whether the user trusts it.

Trust holds for one source, one commit and the very bytes that would run; extensions, which run
while files are rendered, and hooks, which run afterwards, are trusted apart.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scaffold.packs.checkout import Checkout
from scaffold.packs.context import EXTENSIONS
from scaffold.packs.manifest import read_json
from scaffold.packs.pack_files import CONTEXT, MIB, PackFiles
from scaffold.packs.sources import expand
from scaffold.packs.user_config import read_user_config

HOOKS, EXTENSION = "hooks", "extensions"
STAGES = ("pre_prompt", "pre_gen_project", "post_gen_project")


@dataclass(frozen=True)
class Code:
    """Code of a template that would run.

    Args:
        kind: `HOOKS` or `EXTENSION`.
        names: the scripts, or the extensions as the template names them.
        files: the source of what lies in the template, by path.
    """

    kind: str
    names: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """What decides whether it is the same code."""
        return sha256(json.dumps([self.kind, self.names, dict(self.files)]).encode()).hexdigest()


def code_of(root: Path, folder: Path, replay: Mapping[str, object]) -> tuple[Code, ...]:
    """Return what would run of a template.

    Args:
        root: the folder that no link may lead out of.
        folder: the folder with its `cookiecutter.json`.
        replay: a whole context that was used before; it may name extensions, too.

    Raises:
        PackError: a file cannot be read.
    """
    files = PackFiles((root,))
    settings = read_json(folder / CONTEXT, files)
    named = [*_texts(settings), *_texts(replay)]
    foreign = tuple(dict.fromkeys(name for name in named if name not in EXTENSIONS))
    hooks = _read(files, folder, _below(folder / "hooks"))
    scripts = tuple(name for name in map(_file_name, hooks) if name.rpartition(".")[0] in STAGES)
    found = []
    if foreign:
        modules = (path for path in _below(folder) if path.suffix == ".py")
        rendered = [entry for entry in folder.iterdir() if "cookiecutter" in entry.name]
        own = [path for path in modules if not any(path.is_relative_to(one) for one in rendered)]
        beside = {
            path: text for path, text in _read(files, folder, own).items() if path not in hooks
        }
        found.append(Code(EXTENSION, foreign, beside))
    if scripts:
        found.append(Code(HOOKS, scripts, hooks))
    return tuple(found)


def is_trusted(checkout: Checkout, code: Code) -> bool:
    """Tell whether the user trusts code: its source's beginning, or this very code."""
    return _by_prefix(checkout) or _key(checkout, code) in _remembered()


def remember(checkout: Checkout, code: Code) -> None:
    """Note that the user trusts code."""
    path = _file()
    keys = sorted({*_remembered(), _key(checkout, code)})
    draft = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # where it cannot be written, the user is asked again
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(keys, indent=1), "utf-8")
        draft.replace(path)


def _texts(settings: Mapping[str, object]) -> list[str]:
    names = settings.get("_extensions", [])
    return [str(name) for name in names] if isinstance(names, list) else []


def _file_name(path: str) -> str:
    return path.removeprefix("hooks/") if path.count("/") == 1 else ""


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, without links and git's own."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {".git", "__pycache__"})
        yield from (Path(root, name) for name in sorted(names))


def _read(files: PackFiles, folder: Path, paths: "Iterator[Path] | list[Path]") -> dict[str, str]:
    found = {}
    for path in paths:
        if path.name.endswith("~"):  # a backup of an editor, which cookiecutter leaves out
            continue
        content = files.read(path, MIB)
        found[path.relative_to(folder).as_posix()] = content.decode("utf-8", "backslashreplace")
    return found


def _by_prefix(checkout: Checkout) -> bool:
    """Tell whether the source lies below a trusted one; never by a path with detours."""
    source = checkout.source
    place = (source.public or source.place).removesuffix(".git")
    if ".." in place or "%" in place or "\\" in place:
        return False
    for prefix in read_user_config().trust:
        start = expand(prefix).removesuffix(".git").rstrip("/")
        if start and (place == start or place.startswith(f"{start}/")):
            return True
    return False


def _key(checkout: Checkout, code: Code) -> str:
    source = checkout.source
    words = [source.public or source.place, checkout.commit, source.directory, code.digest]
    return sha256(json.dumps(words).encode()).hexdigest()


def _file() -> Path:
    from platformdirs import user_data_path

    return user_data_path("scaffold") / "trusted.json"


def _remembered() -> set[str]:
    try:
        found = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    return {str(key) for key in found} if isinstance(found, list) else set()
