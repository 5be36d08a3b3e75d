"""`fleet.toml`: the repositories that a team looks after, and the policy that binds them."""

import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scaffold.errors import UsageError
from scaffold.packs.manifest import ManifestError, expect
from scaffold.packs.sources import ZIP, Source, is_address, parse_source

LIST = "repository"
SHAPE = {"policy": str, LIST: list}
REPOSITORY = {"source": str, "name": str, "wave": int}
EXAMPLE = '[[repository]] and below it source = "gh:acme/shop", or the path of a folder'
LAST = 0  # the wave of repositories that name none: it comes after all others


@dataclass(frozen=True)
class Repository:
    """A repository of a fleet.

    Args:
        name: what reports call it.
        source: a git URL, or a folder; its sub-directory is the project.
        wave: when it is updated; `LAST` for the last wave.
    """

    name: str
    source: Source
    wave: int = LAST

    @property
    def address(self) -> str:
        """Where it is, without a password."""
        return str(replace(self.source, text=self.source.public or self.source.text))


@dataclass(frozen=True)
class Fleet:
    """What `fleet.toml` says.

    Args:
        file: where it is.
        repositories: in the order of the file.
        policy: the policy that binds all of them; empty for none.
    """

    file: Path
    repositories: tuple[Repository, ...]
    policy: str = ""

    def waves(self, size: int = 0) -> Iterator[tuple[Repository, ...]]:
        """Yield the repositories in the order in which they are updated.

        Args:
            size: how many a wave has at most; 0 for any number.
        """
        numbers = sorted({one.wave for one in self.repositories} - {LAST})
        for number in (*numbers, LAST):
            wave = [one for one in self.repositories if one.wave == number]
            step = size or len(wave) or 1
            yield from (tuple(wave[at : at + step]) for at in range(0, len(wave), step))


def read_fleet(file: Path) -> Fleet:
    """Read a fleet file.

    Raises:
        UsageError: it cannot be read, or something in it is not as it must be.
    """
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"there is no file {file}", f"write one: {EXAMPLE}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{file} cannot be read: {reason}") from None
    try:
        expect({key: value for key, value in values.items() if key != LIST}, SHAPE)
        found = tuple(_repositories(values.get(LIST, []), file.parent))
    except ManifestError as error:
        raise UsageError(f"{file}: {error.message}", error.hint) from None
    except UsageError as error:
        raise UsageError(f"{file}: {error.message}", error.hint) from None
    _check_distinct(file, found)
    return Fleet(file, found, _policy(values.get("policy", ""), file.parent))


def _policy(text: str, folder: Path) -> str:
    """Return where a policy is; a path is from the fleet file."""
    path, pin, digest = text.partition("#")
    return f"{folder / path}{pin}{digest}" if (folder / path).is_file() else text


def _repositories(values: object, folder: Path) -> Iterator[Repository]:
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise ManifestError(f"{LIST} must be a list of tables", f"write {EXAMPLE}")
    if not values:
        raise ManifestError("there is no repository in it", f"write {EXAMPLE}")
    for number, value in enumerate(values, 1):
        yield _repository(value, folder, f"{LIST} {value.get('name') or number}")


def _repository(value: Mapping[str, Any], folder: Path, where: str) -> Repository:
    expect(value, REPOSITORY, where)
    text, wave = value.get("source", ""), value.get("wave", LAST)
    if not text.strip():
        raise ManifestError(f"{where}: there is no source", 'write source = "gh:acme/shop"')
    if isinstance(wave, bool) or ("wave" in value and wave < 1):
        raise ManifestError(f"{where}: wave must be a whole number from 1 on", "write wave = 1")
    place = text if is_address(text) else os.path.normpath(folder / Path(text).expanduser())
    source = parse_source(place)
    if source.kind == ZIP:
        raise ManifestError(f"{where}: {text} is a zip file", "name a git URL or a folder")
    name = value.get("name") or source.name
    if not name.isprintable():
        raise ManifestError(f"{where}: the name has a character that cannot be printed")
    return Repository(name, source, wave)


def _check_distinct(file: Path, found: tuple[Repository, ...]) -> None:
    """Refuse two repositories of one name, and one that is named twice."""
    places = Counter((one.source.place, one.source.directory, one.source.rev) for one in found)
    for one in found:
        if places[one.source.place, one.source.directory, one.source.rev] > 1:
            raise UsageError(f"{file}: {one.source} is named twice", "take one of them out")
    names = Counter(one.name for one in found)
    for name, count in names.items():
        if count > 1:
            raise UsageError(
                f"{file}: {count} repositories are called {name}", 'give them names: name = "…"'
            )
