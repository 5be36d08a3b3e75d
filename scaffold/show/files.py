"""Files as a folder tree, with counts and what happens to each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.show.console import console, counted, styled
from scaffold.tree import File, Tree

STATUS_STYLES = {
    "create": "good",
    "identical": "quiet",
    "merge": "name",
    "conflict": "bad",
    "skip": "quiet",
    "remove": "careful",
}
PREVIEW_DEPTH = 2


@dataclass
class Folder:
    """A folder in the display: its folders, and its files with their status words."""

    folders: dict[str, "Folder"] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def statuses(self) -> Counter[str]:
        """How many files there are below, by status word."""
        found = Counter(self.files.values())
        for folder in self.folders.values():
            found += folder.statuses()
        return found


def tree(target: Path, files: Iterable[str] | Mapping[str, str]) -> None:
    """Print every file on standard output.

    Args:
        target: the project's folder, the root of the display.
        files: the paths; or path → status word (create, identical, merge, conflict, skip, remove).
    """
    _print(target.name or str(target), files, depth=0, data=True)


def folders(
    name: str, files: Iterable[str] | Mapping[str, str], depth: int = PREVIEW_DEPTH
) -> None:
    """Say which folders there will be and how many files each holds.

    Args:
        name: the name of the root.
        files: as in `tree`.
        depth: how many levels of folders to open; 0 opens all.
    """
    _print(name, files, depth, data=False)


def contents(files: Tree) -> None:
    """Print what every file would hold, as a diff that `git apply` takes."""
    from rich.segment import Segment, Segments

    out = console(data=True)
    for path, file in files.items():
        # Segments keep tabs and long lines as they are.
        rows = [Segment(f"{row}\n", out.get_style(style)) for row, style in _diff(path, file)]
        out.print(Segments(rows), soft_wrap=True, end="")


def _diff(path: str, file: File) -> Iterator[tuple[str, str]]:
    yield f"diff --git a/{path} b/{path}", "strong"
    yield f"new file mode {'100755' if file.executable else '100644'}", "quiet"
    try:
        text = file.content.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        yield f"Binary files /dev/null and b/{path} differ", "quiet"
    elif text:
        rows = text.removesuffix("\n").split("\n")
        yield "--- /dev/null", "quiet"
        yield f"+++ b/{path}", "quiet"
        yield f"@@ -0,0 +1,{len(rows)} @@", "name"
        yield from ((f"+{row}", "good") for row in rows)
        if not text.endswith("\n"):
            yield "\\ No newline at end of file", "quiet"


def lines(root: Folder, depth: int = 0, indent: str = "") -> Iterator[tuple[str, str]]:
    """The rows below a folder: what is drawn, and the note beside it.

    Args:
        root: the folder.
        depth: how many levels to open; 0 opens all.
        indent: what stands before each row.
    """
    entries: list[tuple[str, Folder | str]] = [
        *sorted(root.folders.items()),
        *sorted(root.files.items()),
    ]
    for place, (name, entry) in enumerate(entries, 1):
        last = place == len(entries)
        branch = f"{indent}{'└── ' if last else '├── '}{name}"
        if isinstance(entry, str):
            yield branch, entry
            continue
        yield f"{branch}/", _count(entry.statuses())
        if depth != 1:
            yield from lines(entry, max(depth - 1, 0), indent + ("    " if last else "│   "))


def grow(files: Iterable[str] | Mapping[str, str]) -> Folder:
    """Sort paths into folders; paths without a status word are to be created."""
    root = Folder()
    known = files if isinstance(files, Mapping) else {}
    for path in files:
        status = known.get(path)
        *above, name = path.split("/")
        folder = root
        for part in above:
            folder = folder.folders.setdefault(part, Folder())
        folder.files[name] = status if isinstance(status, str) else "create"
    return root


def _count(statuses: Counter[str]) -> str:
    words = counted(statuses.total(), "file")
    if len(statuses) == 1:
        return words
    return f"{words}: " + ", ".join(f"{count} {word}" for word, count in sorted(statuses.items()))


def _print(name: str, files: Iterable[str] | Mapping[str, str], depth: int, *, data: bool) -> None:
    out = console(data=data)
    root = grow(files)
    statuses = root.statuses()
    rows = [(f"{name}/", _count(statuses)), *lines(root, depth)]
    width = max(len(drawn) for drawn, _ in rows)
    plain = len(statuses) == 1 and "create" in statuses
    for drawn, note in rows:
        if plain and note == "create":
            out.print(drawn, soft_wrap=True)
        else:
            style = STATUS_STYLES.get(note, "quiet")
            out.print(styled(f"{drawn:<{width}}  ", (note, style)), soft_wrap=True)
