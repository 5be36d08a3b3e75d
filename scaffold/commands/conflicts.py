"""Conflicts of a merge, left where merge tools find them."""

from collections.abc import Iterable
from pathlib import Path

from scaffold import git
from scaffold.merge import Conflict


def leave_in_index(root: Path, conflicts: Iterable[Conflict]) -> None:
    """Leave the versions of each conflict in git's index, where merge tools find them."""
    prefix = git.run(root, "rev-parse", "--show-prefix")
    if not prefix.ok:
        return
    entries = []
    for conflict in conflicts:
        place = f"{prefix.output.strip()}{conflict.path}"
        versions = enumerate((conflict.base, conflict.yours, conflict.theirs), 1)
        stored = [
            (stage, file, git.store(root, conflict.path, file.content))
            for stage, file in versions
            if file
        ]
        entries.append(f"0 {'0' * len(stored[0][2])}\t{place}")
        entries += [
            f"{'100755' if file.executable else '100644'} {blob} {stage}\t{place}"
            for stage, file, blob in stored
        ]
    git.run(root, "update-index", "-z", "--index-info", text="".join(f"{e}\0" for e in entries))
