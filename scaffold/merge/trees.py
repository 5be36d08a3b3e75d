"""Three-way merge of trees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from scaffold.merge.file import is_binary, merge_file, same_text
from scaffold.merge.migrations import Migration, migrate
from scaffold.merge.moves import find_moves, follow_directories
from scaffold.merge.result import Conflict, FileResult, Kind, MergeResult, Status
from scaffold.merge.text import conflict
from scaffold.model.tree import File, Tree


@dataclass(frozen=True)
class Ownership:
    """Patterns of the files that are not merged.

    Args:
        seeded: written once, then the user's.
        owned: the template's; replaced whole.
    """

    seeded: Sequence[str] = ()
    owned: Sequence[str] = ()

    def is_seeded(self, path: str) -> bool:
        """Return whether a file belongs to the user."""
        return any(fnmatchcase(path, pattern) for pattern in self.seeded)

    def is_owned(self, path: str) -> bool:
        """Return whether a file belongs to the template."""
        return any(fnmatchcase(path, pattern) for pattern in self.owned)


MERGED = Ownership()


def merge(
    base: Tree,
    yours: Tree,
    theirs: Tree,
    *,
    migrations: Iterable[Migration] = (),
    moves: Mapping[str, str] | None = None,
    ownership: Ownership = MERGED,
) -> MergeResult:
    """Bring what a template changed into a project.

    Args:
        base: what the template gave the project last.
        yours: the project; files that the template does not own pass through.
        theirs: what the template gives now.
        migrations: the pack's renames between the two.
        moves: the user's moves recorded by earlier merges.
        ownership: which files are not merged.
    """
    steps = tuple(migrations)
    found = find_moves(base, yours, set(theirs), moves or {})
    back = {new: old for old, new in found.items()}
    project = Tree({back.get(path, path): file for path, file in yours.items()})
    new_base, base_moves = migrate(base, steps, set(base))
    migrated, renamed = migrate(project, steps, set(base))
    blocked = {new for old, new in base_moves.items() if old in migrated and new in project}
    new_base = Tree({path: file for path, file in new_base.items() if path not in blocked})
    kept = {renamed.get(old, old): new for old, new in found.items()}
    added = [path for path in theirs if path not in new_base and path not in migrated]
    kept |= follow_directories(added, yours, kept)
    return _TreeMerge(new_base, migrated, theirs, ownership, kept, renamed).result()


class _TreeMerge:
    """One merge, in the template's paths; `moves` leads to the project's.

    Args:
        base: what the template gave last, migrated.
        yours: the project by the template's paths, migrated.
        theirs: what the template gives now.
        ownership: which files are not merged.
        moves: where the project has a file, if elsewhere.
        renamed: the paths that migrations changed, new by old.
    """

    def __init__(
        self,
        base: Tree,
        yours: Tree,
        theirs: Tree,
        ownership: Ownership,
        moves: Mapping[str, str],
        renamed: Mapping[str, str],
    ) -> None:
        self.base, self.yours, self.theirs = base, yours, theirs
        self.ownership = ownership
        self.moves = moves
        self.origins = {new: old for old, new in renamed.items()}
        self.files: dict[str, File] = {}
        self.results: dict[str, FileResult] = {}
        self.conflicts: list[Conflict] = []

    def result(self) -> MergeResult:
        """Merge every file."""
        paths = {*self.base, *self.theirs}
        for path, file in self.yours.items():
            if path not in paths:
                self.files[self._place(path)] = file
                if path in self.origins and path not in self.moves:
                    self._report(path, Status.UPDATE)
        for path in sorted(paths & set(self.yours)):
            self._merge(path)
        for path in sorted(paths - set(self.yours)):
            self._absent(path)
        moves = {old: new for old, new in self.moves.items() if new in self.files}
        results = dict(sorted(self.results.items()))
        conflicts = sorted(self.conflicts, key=lambda conflict: conflict.path)
        return MergeResult(Tree(self.files), results, tuple(conflicts), moves)

    def _merge(self, path: str) -> None:
        """Merge a file that the project has."""
        base, yours, theirs = self.base.get(path), self.yours[path], self.theirs.get(path)
        place = self._place(path)
        self.files[place] = yours
        if self.ownership.is_seeded(path):
            self._report(path, Status.SKIP, "seeded")
        elif theirs is None:
            self._removed(path)
        elif yours == theirs:
            self._report(path, Status.IDENTICAL)
        elif self.ownership.is_owned(path):
            self.files[place] = theirs
            changed = base is not None and yours != base
            self._report(path, Status.UPDATE, "your changes were replaced" if changed else "")
        elif base is None:
            self._both_added(path, theirs)
        else:
            self._changed(path, base, theirs)

    def _changed(self, path: str, base: File, theirs: File) -> None:
        yours = self.yours[path]
        merged = merge_file(path, base, yours, theirs)
        self.files[self._place(path)] = merged.file
        if merged.binary:
            self._conflict(
                path, Kind.BINARY, "binary, changed by you and by the template; yours is kept"
            )
        elif merged.conflicts:
            places = "1 place" if merged.conflicts == 1 else f"{merged.conflicts} places"
            self._conflict(
                path, Kind.CONTENT, f"you and the template changed the same lines in {places}"
            )
        elif merged.file == yours:
            self._report(path, Status.IDENTICAL if same_text(yours, theirs) else Status.KEEP)
        else:
            untouched = same_text(base, yours) and base.executable == yours.executable
            self._report(path, Status.UPDATE if untouched else Status.MERGE)

    def _removed(self, path: str) -> None:
        base, yours = self.base[path], self.yours[path]
        if same_text(base, yours) or self.ownership.is_owned(path):
            del self.files[self._place(path)]
            self._report(path, Status.REMOVE)
        else:
            self._conflict(
                path, Kind.MODIFY_DELETE, "changed by you, removed by the template; yours is kept"
            )

    def _both_added(self, path: str, theirs: File) -> None:
        yours = self.yours[path]
        if same_text(yours, theirs):
            self._report(path, Status.IDENTICAL)
        elif not yours.content.strip():
            self.files[self._place(path)] = theirs
            self._report(path, Status.UPDATE)
        elif not theirs.content.strip():
            self._report(path, Status.KEEP)
        else:
            message = "added by you and by the template"
            if is_binary(yours.content) or is_binary(theirs.content):
                message += "; yours is kept"
            else:
                self.files[self._place(path)] = _both(yours, theirs)
            self._conflict(path, Kind.ADD_ADD, message)

    def _absent(self, path: str) -> None:
        """Add a file that the project does not have, unless the user deleted it."""
        base, theirs = self.base.get(path), self.theirs.get(path)
        if theirs is None:
            self._report(path, Status.REMOVE, "already deleted by you")
        elif base is None or self.ownership.is_owned(path):
            self._create(path, theirs)
        elif self.ownership.is_seeded(path):
            self._report(path, Status.SKIP, "seeded")
        elif same_text(base, theirs):
            self._report(path, Status.KEEP, "deleted by you")
        else:
            self._conflict(
                path, Kind.MODIFY_DELETE, "deleted by you, changed by the template; not written"
            )

    def _create(self, path: str, theirs: File) -> None:
        place = self._place(path)
        obstacle = self._obstacle(place)
        if obstacle:
            self._conflict(path, Kind.FILE_DIRECTORY, f"{obstacle} is in the way; not written")
            return
        self.files[place] = theirs
        self._report(path, Status.CREATE)

    def _obstacle(self, place: str) -> str:
        """Return what prevents a file from being created, names that differ in case included."""
        folded = place.casefold()
        for path in self.files:
            other = path.casefold()
            if other == folded or other.startswith(f"{folded}/") or folded.startswith(f"{other}/"):
                return path
        return ""

    def _place(self, path: str) -> str:
        return self.moves.get(path, path)

    def _report(self, path: str, status: Status, note: str = "") -> None:
        place = self._place(path)
        origin = self.origins.get(path, "") if path not in self.moves else ""
        self.results[place] = FileResult(status, path if place != path else "", origin, note)

    def _conflict(self, path: str, kind: Kind, message: str) -> None:
        place = self._place(path)
        self._report(path, Status.CONFLICT, message)
        versions = (tree.get(path) for tree in (self.base, self.yours, self.theirs))
        self.conflicts.append(Conflict(place, kind, message, *versions))


def _both(yours: File, theirs: File) -> File:
    texts = [file.content.decode("utf-8", "surrogateescape") for file in (yours, theirs)]
    merged = conflict("", *(text.replace("\r\n", "\n") for text in texts))
    return File(merged.text.encode("utf-8", "surrogateescape"), yours.executable)
