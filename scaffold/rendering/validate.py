"""What a rendered tree must pass before a byte of it reaches the user's directory."""

import ast
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256
from unicodedata import category, normalize

from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.rendering import cache as memory

RESERVED = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\..*)?$", re.IGNORECASE
)
ILLEGAL = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
# What git, uv and scaffold keep beside the files: a hook or an interpreter there would be run.
KEPT = re.compile(
    r"(^|/)(\.git|git~\d+)(/|$)|^(\.venv|\.scaffold\.(toml|base))(/|$)", re.IGNORECASE
)
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # categories of characters that show nothing, or mislead
LEFTOVER = re.compile(rb"(\{\{|\{%%?)[^}\n]*\bcookiecutter\.|^\s*# % ", re.MULTILINE)
NAME_BYTES = 255  # of a file's or folder's name, on most file systems
LONGEST = 160  # characters of a path: below Windows' 260 with room for the project's own place


def check_paths(tree: Tree) -> None:
    """Refuse a tree with a path that cannot stand on Linux, macOS and Windows alike.

    Raises:
        ScaffoldError: the message names every path at fault.
    """
    _refuse([f"{_shown(path)}: {why}" for path in tree for why in check_path(path)])
    _refuse(list(_collisions(tree)))


def check_contents(tree: Tree) -> None:
    """Refuse a tree with a file that is malformed or not fully rendered.

    A content that passed before, under the same name ending, is not looked at again.

    Raises:
        ScaffoldError: the message names every file at fault.
    """
    keys = {path: _key(path, file) for path, file in tree.items()}
    known = memory.get_many(keys.values())
    fresh = {path: file for path, file in tree.items() if keys[path] not in known}
    found = {path: list(check_content(path, file.content)) for path, file in fresh.items()}
    memory.set_many({keys[path]: b"" for path in found if not found[path]})
    _refuse([f"{path}: {why}" for path, reasons in found.items() for why in reasons])


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ScaffoldError(
            f"the rendered project cannot be written: {'; '.join(problems)}",
            "this is a fault of the pack; nothing was written",
            Exit.BUG,
        )


def _shown(path: str) -> str:
    return path.replace("\n", "\\n")[: LONGEST + 1]


def check_path(path: str) -> Iterator[str]:
    """Say why a path may not be written on Linux, macOS or Windows."""
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts or "" in parts or "." in parts:
        yield "leaves the project"
    if any(RESERVED.match(part) or ILLEGAL.search(part) for part in parts):
        yield "has a name that Windows refuses"
    if odd := next((char for char in path if category(char) in UNSEEN), ""):
        yield f"has a character that cannot be seen, U+{ord(odd):04X}"
    if KEPT.search(path):
        yield "is where git, uv or scaffold keep their own files"
    if any(len(part.encode("utf-8", "surrogatepass")) > NAME_BYTES for part in parts):
        yield f"has a name longer than {NAME_BYTES} bytes"
    if len(path) > LONGEST:
        yield f"is longer than {LONGEST} characters"


def check_content(path: str, content: bytes) -> Iterator[str]:
    """Say what is wrong with a file's content; binary files are taken as they are."""
    if b"\0" in content:
        return
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return
    if left := LEFTOVER.search(content):
        line = content.count(b"\n", 0, left.end()) + 1
        yield f"contains template syntax that was not rendered, in line {line}"
    if b"\r" in content:
        line = content.count(b"\n", 0, content.index(b"\r")) + 1
        yield f"does not end its lines with LF, in line {line}"
    if text and (not text.endswith("\n") or text.endswith("\n\n")):
        yield "does not end with one final newline"
    parser = PARSERS.get(path.rpartition(".")[2])
    if parser:
        try:
            parser(text)
        except Exception as error:  # each parser has its own family of errors
            yield f"does not parse: {' '.join(str(error).split())}"


def _python(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # an invalid escape sequence is a fault too
        ast.parse(text)


def _yaml(text: str) -> None:
    import yaml

    for _ in yaml.safe_load_all(text):
        pass


PARSERS: dict[str, Callable[[str], object]] = {
    "py": _python,
    "toml": tomllib.loads,
    "json": json.loads,
    "yml": _yaml,
    "yaml": _yaml,
}


def _collisions(tree: Tree) -> Iterator[str]:
    """Paths that are one path where case does not count, or a file and a folder at once."""
    seen: dict[str, str] = {}
    for path in tree:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            place = "/".join(parts[:depth])
            other = seen.setdefault(normalize("NFC", place).casefold(), place)
            if other != place:
                yield f"{path}: differs from {other} by case or accents alone"
            if depth < len(parts) and place in tree:
                yield f"{path}: lies below a file"


def _key(path: str, file: File) -> bytes:
    ending = path.rpartition(".")[2]
    return sha256(
        b"\0".join([memory.source_digest(__file__), ending.encode(), file.content])
    ).digest()
