"""Rendered Python, its imports sorted and its lines broken by ruff as the project configures it."""

import ast
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scaffold import process
from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import File, Tree
from scaffold.rendering import cache as memory

SECONDS = 60  # for ruff, over all files


def format_python(tree: Tree) -> Tree:
    """Sort imports, drop unused ones and format, for every `.py` file of a tree.

    Templates may so import what any field needs, and the project passes its own
    `ruff check` and `ruff format --check` whatever the length of the names in it.

    Raises:
        ScaffoldError: a rendered file is not Python; the message is ruff's.
    """
    sources = {path: file for path, file in tree.items() if path.endswith(".py")}
    if not sources:
        return tree
    config = _config(tree)
    tools = b"\0".join([memory.source_digest(__file__), _version()])
    keys = {path: _key(path, file, tools, config) for path, file in sources.items()}
    known = memory.get_many(keys.values())
    fresh = {path: file for path, file in sources.items() if keys[path] not in known}
    formatted = _ruff(fresh, config) if fresh else {}
    memory.set_many({keys[path]: content for path, content in formatted.items()})
    result = dict(tree)
    for path, file in sources.items():
        content = formatted[path] if path in formatted else known[keys[path]]
        result[path] = File(content, file.executable)
    return Tree(result)


def format_merged(yours: Tree, merged: Tree, paths: Mapping[str, str]) -> Tree:
    """Format merged files where the user's own were formatted; what cannot be stays as it is.

    Args:
        yours: the project before.
        merged: the project after.
        paths: the files that were merged, and where each was before.
    """
    python = {path: yours[old] for path, old in paths.items() if path.endswith(".py")}
    sources = {path: file for path, file in python.items() if _parses(file)}
    sources = {path: file for path, file in sources.items() if _parses(merged[path])}
    try:
        config = _config(merged, joined=False)
        plain = _ruff(sources, config) if sources else {}
        same = {path: merged[path] for path, file in sources.items() if plain[path] == file.content}
        formatted = _ruff(same, config) if same else {}
    except ScaffoldError:  # the user's settings are not for our ruff
        return merged
    files = {path: File(text, merged[path].executable) for path, text in formatted.items()}
    return Tree({**merged, **files})


def _parses(file: File) -> bool:
    try:
        ast.parse(file.content)
    except (SyntaxError, ValueError):
        return False
    return True


def _config(tree: Tree, *, joined: bool = True) -> bytes:
    """Return the settings of ruff: the project's own, its Python version, its packages.

    Args:
        tree: the project.
        joined: join what fits on one line; a template writes one item a line, each with a comma.
    """
    import tomli_w

    pyproject = tree.get("pyproject.toml")
    try:
        values = tomllib.loads(pyproject.content.decode()) if pyproject else {}
    except ValueError as error:
        raise ScaffoldError(
            f"pyproject.toml as rendered is not TOML: {error}",
            "this is a fault of the pack",
            Exit.BUG,
        ) from None
    settings = _table(_table(values, "tool"), "ruff")
    lint = _table(settings, "lint")
    isort = _table(lint, "isort")
    known = sorted({*_texts(isort, "known-first-party", []), *_packages(tree, settings)})
    project = {
        key: value
        for key, value in _table(values, "project").items()
        if key in ("name", "requires-python")
    }
    isort = {**isort, "known-first-party": known}
    style = dict(_table(settings, "format"))
    if joined:
        isort["split-on-trailing-comma"] = False
        style["skip-magic-trailing-comma"] = True
    settings = {**settings, "lint": {**lint, "isort": isort}, "format": style}
    return tomli_w.dumps({"project": project, "tool": {"ruff": settings}}).encode()


def _table(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table: object = values.get(key, {})
    if not isinstance(table, Mapping):
        raise ScaffoldError(
            f"pyproject.toml as rendered: {key} must be a table",
            "this is a fault of the pack",
            Exit.BUG,
        )
    return table


def _texts(values: Mapping[str, Any], key: str, default: list[str]) -> list[str]:
    texts: object = values.get(key, default)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ScaffoldError(
            f"pyproject.toml as rendered: {key} must be a list of strings",
            "this is a fault of the pack",
            Exit.BUG,
        )
    return texts


def _packages(tree: Tree, settings: Mapping[str, Any]) -> set[str]:
    """Return the project's own packages: ruff sees only the files that are not cached."""
    names: set[str] = set()
    for source in _texts(settings, "src", [".", "src"]):
        prefix = "" if source == "." else f"{source.strip('./')}/"
        inside = (
            path.removeprefix(prefix)
            for path in tree
            if path.startswith(prefix) and path.endswith(".py")
        )
        names |= {path.partition("/")[0].removesuffix(".py") for path in inside}
    return names


def _key(path: str, file: File, tools: bytes, config: bytes) -> bytes:
    return sha256(b"\0".join([tools, path.encode(), config, file.content])).digest()


def _version() -> bytes:
    from importlib.metadata import version

    return version("ruff").encode()


def _ruff(sources: Mapping[str, File], config: bytes) -> dict[str, bytes]:
    try:
        with TemporaryDirectory(prefix="scaffold-") as folder:
            root = Path(folder)
            for path, file in sources.items():
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.content)
            (root / "pyproject.toml").write_bytes(config)
            sorted_ = _run(root, "check", "--select", "I,F401", "--fix-only")
            broken = _run(root, "format") or sorted_
            formatted = {path: (root / path).read_bytes() for path in sources}
    except OSError as error:
        raise ScaffoldError(
            f"Python could not be formatted in the temporary directory: {error.strerror or error}",
            "set TMPDIR to a directory with room in it",
        ) from error
    if broken:
        raise ScaffoldError(
            f"the rendered Python cannot be formatted: {broken}",
            "this is a fault of the pack",
            Exit.BUG,
        )
    return formatted


def _run(root: Path, *arguments: str) -> str:
    """Run ruff in a directory and return why it failed, in one line, or an empty text."""
    from ruff import find_ruff_bin

    command = [find_ruff_bin(), *arguments, "--force-exclude", "--no-cache", "."]
    done = process.run(command, root, timeout=SECONDS)
    if done.code == process.TIMED_OUT:
        return f"ruff did not end within {SECONDS} seconds"
    return "" if done.ok else _reason(done.output.replace(f"{root}/", ""))


def _reason(output: str) -> str:
    """Return what ruff failed at, out of its warnings and errors, in one line."""
    rows = [row.strip() for row in output.splitlines() if row.strip()]
    if error := next((row for row in rows if row.startswith("error: ")), ""):
        return error.removeprefix("error: ")
    if "ruff failed" in rows:  # what its settings lack stands below
        rows = rows[rows.index("ruff failed") + 1 :]
    return " ".join(row.removeprefix("Cause: ") for row in rows) or "ruff gave no reason"
