"""What happens between two versions of a template and its user; for tests, and for peers beside us.

Every scenario is one file: as the template first gave it, as its user left it, as the template
gives it then. A word tells what the user wrote, another what the template did.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MINE, NEW = "word_of_the_user", "word_of_the_template"
IGNORED = {".git", ".scaffold.undo", ".venv"}
PNG = b"\x89PNG\r\n\x1a\n\0"


class Outcome(StrEnum):
    """How a scenario ended."""

    MERGED = "merged"
    CONFLICT = "conflict"  # shown: named by the tool, markers in the file, or a .rej beside it
    YOURS_LOST = "yours lost"  # and nothing says so
    THEIRS_LOST = "theirs lost"


@dataclass(frozen=True)
class Scenario:
    """One file between two versions.

    Args:
        name: what happens.
        path: the file of the first version.
        first: its content; None where there was none.
        user: what its user made of it; None where they deleted it.
        second: its content in the second version; None where it is removed.
        wanted: how it should end.
        moved: where the user moved it.
        renamed: where the second version has it.
        executable: the second version makes it executable.
    """

    name: str
    path: str
    first: bytes | None
    user: bytes | None
    second: bytes | None
    wanted: Outcome = Outcome.MERGED
    moved: str = ""
    renamed: str = ""
    executable: bool = False


def lines(tag: str, changed: Mapping[int, str] | None = None, count: int = 30) -> bytes:
    """A Python file of constants, some of them changed."""
    values = {number: str(number) for number in range(1, count + 1)} | dict(changed or {})
    return "".join(f"{tag}_{number} = {value}\n" for number, value in values.items()).encode()


USER, TEMPLATE = f'"{MINE}"', f'"{NEW}"'
SPREAD = 'x = { "a":1,\n  "b":2 }\n'
VIEWS = "def view():\n    return 1\n\n\n"


def scenarios() -> list[Scenario]:
    """All of them; the files do not meet."""
    conflict = Outcome.CONFLICT
    return [
        Scenario(
            "different lines", "a.py", lines("a"), lines("a", {25: USER}), lines("a", {3: TEMPLATE})
        ),
        Scenario(
            "the same line",
            "b.py",
            lines("b"),
            lines("b", {10: USER}),
            lines("b", {10: TEMPLATE}),
            conflict,
        ),
        Scenario(
            "adjacent lines", "c.py", lines("c"), lines("c", {11: USER}), lines("c", {10: TEMPLATE})
        ),
        Scenario(
            "an entry each in one list",
            "list.py",
            b'NAMES = [\n    "one",\n]\n',
            f'NAMES = [\n    "one",\n    {USER},\n]\n'.encode(),
            f'NAMES = [\n    "one",\n    {TEMPLATE},\n]\n'.encode(),
        ),
        Scenario(
            "the same change",
            "d.py",
            lines("d"),
            lines("d", {10: f'"{MINE} {NEW}"'}),
            lines("d", {10: f'"{MINE} {NEW}"'}),
        ),
        Scenario(
            "the template renames a file, its user edited it",
            "old_name.py",
            lines("e"),
            lines("e", {5: USER}),
            lines("e", {20: TEMPLATE}),
            renamed="new_name.py",
        ),
        Scenario(
            "the template removes a file, its user edited it",
            "f.py",
            lines("f"),
            lines("f", {5: USER}),
            None,
            conflict,
        ),
        Scenario(
            "its user deletes a file, the template changes it",
            "h.py",
            lines("h"),
            None,
            lines("h", {5: TEMPLATE}),
            conflict,
        ),
        Scenario(
            "its user moves and edits a file, the template changes it",
            "moved.py",
            lines("i"),
            lines("i", {25: USER}),
            lines("i", {5: TEMPLATE}),
            moved="pages/moved.py",
        ),
        Scenario(
            "both add a file",
            "added.py",
            None,
            f"Y = {USER}\n".encode(),
            f"X = {TEMPLATE}\n".encode(),
            conflict,
        ),
        Scenario(
            "secrets in .env, which git ignores",
            ".env",
            b"SECRET=first\nDEBUG=0\n",
            f"SECRET={MINE}\nDEBUG=1\n".encode(),
            f"SECRET=second\nDEBUG=0\nKEY={NEW}\n".encode(),
        ),
        Scenario(
            "both change a binary file",
            "logo.png",
            PNG + b"1\n",
            PNG + MINE.encode() + b"\n",
            PNG + NEW.encode() + b"\n",
            conflict,
        ),
        Scenario(
            "equal lines, ten times",
            "repeat.py",
            (VIEWS * 10).rstrip("\n").encode() + b"\n",
            (f"# {MINE}\n" * 4 + VIEWS * 10 + f"FOOTER = {USER}\n").encode(),
            (VIEWS.replace("1", TEMPLATE) * 3 + VIEWS * 7).rstrip("\n").encode() + b"\n",
        ),
        Scenario(
            "its user's line ends are CRLF",
            "crlf.txt",
            lines("k"),
            lines("k", {25: USER}).replace(b"\n", b"\r\n"),
            lines("k", {5: TEMPLATE}),
        ),
        Scenario(
            "its user ran a formatter",
            "fmt.py",
            SPREAD.encode() + lines("o"),
            b'x = {"a": 1, "b": 2}\n' + lines("o", {30: USER}),
            SPREAD.replace("2", TEMPLATE).encode() + lines("o"),
        ),
        Scenario(
            "the template makes a file executable",
            "script.sh",
            b"#!/bin/sh\necho one\n",
            f"#!/bin/sh\necho one\necho {MINE}\n".encode(),
            f"#!/bin/sh\n# {NEW}\n\necho one\n".encode(),
            executable=True,
        ),
        Scenario(
            "a name that is not ASCII",
            "año.py",
            lines("n"),
            lines("n", {25: USER}),
            lines("n", {5: TEMPLATE}),
        ),
    ]


def edit_as_user(root: Path) -> None:
    """Do in a project what its user does."""
    for one in scenarios():
        place = root / one.path
        if one.user is None:
            place.unlink()
            continue
        if one.moved:
            place.unlink()
            place = root / one.moved
            place.parent.mkdir()
        place.write_bytes(one.user)


def outcome(one: Scenario, root: Path, named: bool) -> Outcome:
    """Return how a scenario ended.

    Args:
        one: the scenario.
        root: the project afterwards.
        named: whether the tool or git names the file as a conflict.
    """
    names = {Path(name).name for name in (one.path, one.moved, one.renamed) if name}
    texts = {place.name: place for place in _files(root)}
    rejected = any(f"{name}.rej" in texts for name in names)
    about = [place.read_bytes() for place in _files(root) if place.name in names]
    if one.path == ".env":  # what is new may come in the example
        about = [b"".join(p.read_bytes() for p in _files(root) if p.name.startswith(".env"))]
    shown = named or rejected or any(b"<<<<<<<" in text for text in about)
    deleted = one.user is None
    if (about and not rejected) if deleted else not any(MINE.encode() in text for text in about):
        return Outcome.YOURS_LOST
    if shown:
        return Outcome.CONFLICT
    both = [text for text in about if MINE.encode() in text and NEW.encode() in text]
    return Outcome.MERGED if both and one.second is not None else Outcome.THEIRS_LOST


def _files(root: Path) -> list[Path]:
    return [
        path
        for path in root.rglob("*")
        if path.is_file() and not IGNORED & set(path.relative_to(root).parts)
    ]


def write_version(root: Path, *, second: bool) -> None:
    """Write the files of one version of the template."""
    for one in scenarios():
        content = one.second if second else one.first
        if content is None:
            continue
        place = root / ((one.renamed if second else "") or one.path)
        place.write_bytes(content)
        if second and one.executable:
            place.chmod(0o755)


def write_pack(folder: Path, *, second: bool) -> Path:
    """Write a version as a pack of ours, and return its folder; `.env` comes from the example."""
    pack = folder / "demo"
    inside = pack / "{{cookiecutter.project_slug}}"
    inside.mkdir(parents=True)
    questions = {"project_name": "Demo", "project_slug": "demo", "description": "A demonstration."}
    (pack / "cookiecutter.json").write_text(json.dumps(questions))
    version = "2.0.0" if second else "1.0.0"
    (pack / "pack.toml").write_text(f'label = "Demo"\nversion = "{version}"\n')
    write_version(inside, second=second)
    (inside / ".env").rename(inside / ".env.example")
    (inside / ".gitignore").write_text(".env\n")
    moves = [one for one in scenarios() if one.renamed]
    rows = [f'[[move]]\nfrom = "{one.path}"\nto = "{one.renamed}"\n' for one in moves]
    (pack / "migrations").mkdir()
    (pack / "migrations" / "2.0.0.toml").write_text("\n".join(rows))
    return pack
