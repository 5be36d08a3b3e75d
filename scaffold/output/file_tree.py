"""Files as a folder tree, with counts and what happens to each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.errors import printable
from scaffold.model.tree import File, Tree
from scaffold.output.console import console, counted, styled

if TYPE_CHECKING:
    from rich.console import Console

STATUS_STYLES = {
    "create": "good",
    "identical": "quiet",
    "merge": "name",
    "conflict": "bad",
    "skip": "quiet",
    "remove": "careful",
}
PREVIEW_DEPTH = 2
NAMES = 68  # columns for the names of files in one row
Files = Iterable[str] | Mapping[str, str]


@dataclass
class Folder:
    """A folder in the display: its folders, and its files with their status words."""

    folders: dict[str, "Folder"] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def statuses(self) -> Counter[str]:
        """Return how many files there are below, by status word."""
        found = Counter(self.files.values())
        for folder in self.folders.values():
            found += folder.statuses()
        return found


def tree(target: Path, files: Files, *, to_stderr: bool = False) -> None:
    """Print every file.

    Args:
        target: the project's folder, the root of the display.
        files: the paths; or path → status word (create, identical, merge, conflict, skip, remove).
        to_stderr: print it on standard error, during a conversation.
    """
    root = grow(files)
    top = (f"{target.name or target}/", _count(root.statuses()))
    _print(console(data=not to_stderr), [top, *lines(root)])


def folders(name: str, files: Files, depth: int = PREVIEW_DEPTH) -> None:
    """Say on standard error which folders there will be and how many files each holds.

    Args:
        name: the name of the root.
        files: as in `tree`.
        depth: how many levels of folders to show.
    """
    root = grow(files)
    _print(console(), [(f"{name}/", _count(root.statuses())), *outline(root, depth)])


def contents(files: Tree) -> None:
    """Print what every file would hold, as a diff that `git apply` takes."""
    from rich.segment import Segment, Segments

    out = console(data=True)
    for path, file in files.items():
        # Segments keep tabs and long lines as they are.
        found = _diff(path, file)
        if out.is_terminal:
            found = ((printable(row), style) for row, style in found)
        rows = [Segment(f"{row}\n", out.get_style(style)) for row, style in found]
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


def lines(root: Folder, indent: str = "") -> Iterator[tuple[str, str]]:
    """Yield the rows below a folder, one for each folder and file: what is drawn, and its note."""
    entries: list[tuple[str, Folder | str]] = [*sorted(root.folders.items())]
    entries += sorted(root.files.items())
    for name, entry, branch, below in _branches(entries, indent):
        if isinstance(entry, str):
            yield f"{branch}{name}", entry
        else:
            yield f"{branch}{name}/", _count(entry.statuses())
            yield from lines(entry, below)


def outline(root: Folder, depth: int, indent: str = "") -> Iterator[tuple[str, str]]:
    """Yield the rows for the folders alone, to a depth, and one row for the files beside them."""
    entries: list[tuple[str, Folder | str]] = [*sorted(root.folders.items())]
    if root.files and not indent:
        entries.append((_names(root.files), ""))
    for name, entry, branch, below in _branches(entries, indent):
        if isinstance(entry, str):
            yield f"{branch}{name}", entry
        else:
            yield f"{branch}{name}/", _count(entry.statuses())
            if depth > 1:
                yield from outline(entry, depth - 1, below)


def _names(files: Iterable[str]) -> str:
    """As many names as a row holds; those with a leading dot last."""
    row = ""
    for name in sorted(files, key=lambda name: (name.startswith("."), name)):
        if len(row) + len(name) > NAMES:
            return f"{row}, …"
        row = f"{row}, {name}" if row else name
    return row


def _branches(
    entries: Sequence[tuple[str, Folder | str]], indent: str
) -> Iterator[tuple[str, Folder | str, str, str]]:
    """Yield each entry with what is drawn before its name, and before what is below it."""
    for place, (name, entry) in enumerate(entries, 1):
        last = place == len(entries)
        yield (
            name,
            entry,
            indent + ("└── " if last else "├── "),
            indent + ("    " if last else "│   "),
        )


def grow(files: Files) -> Folder:
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


def _print(out: "Console", rows: Sequence[tuple[str, str]]) -> None:
    """Print rows with their notes in a column; notes that are all "create" are not worth one."""
    told = [note for _, note in rows if note in STATUS_STYLES]
    plain = set(told) <= {"create"}
    width = max((len(drawn) for drawn, note in rows if note), default=0)
    for drawn, note in rows:
        if not note or (plain and note == "create"):
            out.print(drawn, soft_wrap=True)
        else:
            style = STATUS_STYLES.get(note, "quiet")
            out.print(styled(f"{drawn:<{width}}  ", (note, style)), soft_wrap=True)
