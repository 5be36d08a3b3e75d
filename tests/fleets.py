"""Fleets for tests: packs of both kinds in repositories, and projects that were made from them."""

from dataclasses import dataclass, field
from pathlib import Path

from scaffold.cli import run
from tests.repositories import commit, git
from tests.tiny_pack import TinyPack, build
from tests.unit.checks.projects import BLOG, FLASK, Files

KINDS: dict[str, Files] = {"flask": FLASK, "django": BLOG}
OWNED = "make/ci.mk"
MANIFEST = 'label = "{label}"\nversion = "{version}"\nowned = ["make/*"]\nseeded = ["uv.lock"]\n'


@dataclass
class Packs:
    """A pack of each kind, in repositories with the tag v1."""

    folder: Path
    packs: dict[str, TinyPack] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind, files in KINDS.items():
            pack = build(self.folder / kind)
            (pack.root / "each").rename(pack.root / "unused")
            for path, text in files.items():
                pack.base(path, text)
            pack.base("uv.lock", "version = 1\n")
            self.packs[kind] = pack
            self.release(kind, "1.0", "v1")

    def release(self, kind: str, version: str, tag: str, **files: str) -> None:
        """Release a version of a pack; the file that it owns says which."""
        pack = self.packs[kind]
        pack.write("pack.toml", MANIFEST.format(label=kind.title(), version=version))
        pack.base(OWNED, f"VERSION = {version}\n")
        for path, text in files.items():
            pack.base(path.replace("__", "/"), text)
        commit(pack.root, tag=tag)

    def new(self, kind: str, project: Path, tag: str = "v1") -> Path:
        """Make a project."""
        source = f"file://{self.packs[kind].root}@{tag}"
        words = ["new", source, str(project), "--defaults", "--no-install", "--quiet"]
        assert run([*words, "--features", ""]) == 0
        return project


def edit(project: Path, path: str, text: str, message: str = "ours") -> None:
    """Write a file of a project, and commit it."""
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(text, "utf-8")
    git(project, "add", path)
    git(project, "commit", "--quiet", "--message", message)


def branches(repository: Path) -> list[str]:
    """Return the branches of updates."""
    words = ("for-each-ref", "--format=%(refname:short)", "refs/heads/scaffold")
    return git(repository, *words).split()


def serve(project: Path, server: Path) -> str:
    """Put a repository on a server; return its address."""
    git(project, "clone", "--quiet", "--bare", ".", str(server / project.name))
    return f"file://{server / project.name}"
