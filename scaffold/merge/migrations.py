"""Declarative migrations of a pack: moves and renames that a merge would otherwise not understand.

A pack writes `migrations/<version>.toml`:

    [[move]]            # a file, or a directory
    from = "app/views.py"
    to = "app/pages.py"

    [[definition]]      # a class, function or constant at the top of a Python file
    file = "app/models.py"
    from = "Post"
    to = "Article"

    [[key]]             # a key in TOML, with its table
    file = "pyproject.toml"
    from = "tool.ruff.select"
    to = "tool.ruff.lint.select"
"""

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from scaffold.errors import Exit, ScaffoldError
from scaffold.merge.moves import module_of, rename_modules
from scaffold.model.tree import File, Tree
from scaffold.model.versions import numbers

KINDS = ("move", "definition", "key")
VERSION = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Migration:
    """One rename.

    Args:
        kind: `move`, `definition` or `key`.
        old: the name before.
        new: the name after.
        file: the file of a definition or a key, by its path after the moves.
    """

    kind: str
    old: str
    new: str
    file: str = ""


def read_migrations(text: str, source: str) -> tuple[Migration, ...]:
    """Read one file of migrations.

    Args:
        text: its content.
        source: its name, for errors.

    Raises:
        ScaffoldError: it is not as this module describes.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _fault(source, str(error)) from error
    unknown = sorted(content.keys() - set(KINDS))
    if unknown:
        raise _fault(source, f"unknown table {unknown[0]}; known: {', '.join(KINDS)}")
    return tuple(_read(kind, row, source) for kind in KINDS for row in content.get(kind, []))


def _read(kind: str, row: object, source: str) -> Migration:
    wanted = {"from", "to"} if kind == "move" else {"from", "to", "file"}
    if not isinstance(row, dict) or set(row) != wanted:
        raise _fault(source, f"[[{kind}]] takes {', '.join(sorted(wanted))}")
    if not all(isinstance(value, str) and value for value in row.values()):
        raise _fault(source, f"the values of [[{kind}]] are texts")
    names = [row["from"], row["to"]]
    for path in names if kind == "move" else [row["file"]]:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or str(pure) != path or "\\" in path:
            raise _fault(source, f"{path} is not a path within the project")
    if kind == "definition" and not all(name.isidentifier() for name in names):
        raise _fault(source, f"{' and '.join(names)} must be Python names")
    return Migration(kind, row["from"], row["to"], row.get("file", ""))


def _fault(source: str, reason: str) -> ScaffoldError:
    return ScaffoldError(f"{source}: {reason}", "see the template author's guide", Exit.BUG)


def between(versions: Iterable[str], since: str, until: str) -> list[str]:
    """Return the versions after one and up to another, in order."""
    known = [version for version in versions if VERSION.fullmatch(version)]
    return sorted(
        (version for version in known if numbers(since) < numbers(version) <= numbers(until)),
        key=numbers,
    )


def migrate(
    tree: Tree, migrations: Iterable[Migration], owned: Collection[str]
) -> tuple[Tree, dict[str, str]]:
    """Apply migrations to a tree; return it, with the new path of each file that moved.

    A directory moves with all its files. Names are changed in the template's files only: of a
    module that moves where it is imported, of a definition, of a key. A file that stands where
    another should go is not overwritten: the other stays.

    Args:
        tree: the base, or a project.
        migrations: what to apply, in order.
        owned: the paths of the template's files.
    """
    files = dict(tree)
    moved = {path: path for path in files}
    for migration in migrations:
        if migration.kind == "move":
            _move(files, moved, migration)
            ours = {moved[path] for path in owned if path in moved}
            _follow_module(files, migration, ours)
            continue
        ours = {moved[path] for path in owned if path in moved}
        if migration.file in files:
            file = files[migration.file]
            files[migration.file] = File(_rename(file.content, migration), file.executable)
        if migration.kind == "definition":
            module = migration.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            names = (migration.old, migration.new)
            _rename_imports(files, module, names, ours - {migration.file})
    return Tree(files), {old: new for old, new in moved.items() if old != new}


def stale_names(tree: Tree, migrations: Iterable[Migration], owned: Collection[str]) -> list[str]:
    """Return the user's own files that use a name which migrations change.

    Args:
        tree: the whole project.
        migrations: what is applied, in order.
        owned: the paths of the template's files.
    """
    steps = tuple(migrations)
    left, _ = migrate(tree, steps, owned)
    changed, _ = migrate(tree, steps, set(tree))
    return [path for path in changed if changed[path] != left[path]]


def _move(files: dict[str, File], moved: dict[str, str], migration: Migration) -> None:
    origins = {new: old for old, new in moved.items()}
    for path in list(files):
        if path == migration.old:
            target = migration.new
        elif path.startswith(f"{migration.old}/"):
            target = migration.new + path.removeprefix(migration.old)
        else:
            continue
        if target not in files:
            files[target] = files.pop(path)
            moved[origins[path]] = target


def _rename(content: bytes, migration: Migration) -> bytes:
    from scaffold.merge.rename import rename_definition, rename_key

    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    rename = rename_definition if migration.kind == "definition" else rename_key
    return rename(text, migration.old, migration.new).encode()


def _follow_module(files: dict[str, File], migration: Migration, paths: Collection[str]) -> None:
    """Change the name of a module, or of a package, where it is imported."""
    theirs = Tree({path: files[path] for path in paths})
    files.update(rename_modules(theirs, {migration.old: migration.new}))
    package, _, old = module_of(migration.old).rpartition(".")
    other, _, new = module_of(migration.new).rpartition(".")
    if package and package == other:  # `from app import views`
        _rename_imports(files, package, (old, new), paths)


def _rename_imports(
    files: dict[str, File], module: str, names: tuple[str, str], paths: Collection[str]
) -> None:
    from scaffold.merge.rename import rename_imported

    for path in paths:
        file = files[path]
        if not path.endswith(".py") or names[0].encode() not in file.content:
            continue
        try:
            text = file.content.decode()
        except UnicodeDecodeError:
            continue
        package = path.rpartition("/")[0].replace("/", ".")
        renamed = rename_imported(text, module, package, names)
        files[path] = File(renamed.encode(), file.executable)
