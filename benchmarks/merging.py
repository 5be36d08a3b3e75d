"""Updates beside copier and cruft: the scenarios of `tests/scenarios.py`, pairs of edits, speed."""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.peers import install
from benchmarks.timing import interleaved, table
from scaffold.merge.file import lost_words, merge_file
from scaffold.model.tree import File
from tests.scenarios import (
    MINE,
    Scenario,
    edit_as_user,
    outcome,
    scenarios,
    write_pack,
    write_version,
)
from tests.unit.merge.pairs import Pair, pairs

TOOLS = ("scaffold", "copier", "cruft")
FILES = 100
RUNS = 5
PEOPLE = {
    f"GIT_{who}_{what}": "x@example.com"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}
Name = Callable[[Scenario], bool]


def report(folder: Path) -> str:
    """Measure and return the section."""
    programs = {name: install(name, folder) for name in TOOLS}
    return "\n\n".join(
        [
            "## Updates",
            "One template, two versions, one user between them; the same files for every tool. "
            "Conflict: named by the tool, or by git's index, markers or a `.rej` beside the file. "
            "Lost: and nothing says so.",
            _scenarios(folder, programs),
            f"{len(list(pairs()))} pairs of a user's edit and a change of the template, each a "
            "file as our packs write it.",
            _pairs(folder, programs),
            f"A project of {FILES} files or more, nothing installed, no migration.",
            _speed(folder, programs["scaffold"]),
        ]
    )


def _scenarios(folder: Path, programs: Mapping[str, Path]) -> str:
    ends = {}
    for tool in TOOLS:
        place = folder / f"scenarios-{tool}"
        root, named, code = _updated(tool, place, programs[tool], edit_as_user, _versions(tool))
        ends[tool] = [str(outcome(one, root, named(one))) for one in scenarios()]
        ends[tool].append(f"exit {code}")
    rows = [*(one.name for one in scenarios()), "what the command answers"]
    lines = [f"| what happens | {' | '.join(TOOLS)} |", "|---" * (len(TOOLS) + 1) + "|"]
    for number, name in enumerate(rows):
        cells = (ends[tool][number] for tool in TOOLS)
        lines.append(f"| {name} | {' | '.join(_shown(cell) for cell in cells)} |")
    return "\n".join(lines)


def _shown(cell: str) -> str:
    return f"**{cell}**" if "lost" in cell else cell


def _versions(tool: str) -> list[Callable[[Path], None]]:
    def write(second: bool) -> Callable[[Path], None]:
        def call(folder: Path) -> None:
            write_version(folder, second=second)
            (folder / ".gitignore").write_text(".env\n")

        return call

    def pack(second: bool) -> Callable[[Path], None]:
        def call(folder: Path) -> None:
            write_pack(folder, second=second)

        return call

    return [pack(False), pack(True)] if tool == "scaffold" else [write(False), write(True)]


def _updated(
    tool: str,
    place: Path,
    programs: Path,
    edit: Callable[[Path], None],
    versions: list[Callable[[Path], None]],
) -> tuple[Path, Name, int]:
    """Make a project of the first version, edit it, update it to the second.

    Returns:
        The project, whether the tool or git names a scenario, and the exit code.
    """
    run = {"scaffold": _update_ours, "copier": _update_copier, "cruft": _update_cruft}[tool]
    place.mkdir()
    root, code, told = run(place, programs, edit, versions)
    unmerged = _git(root, "ls-files", "-z", "--unmerged").split("\0")
    found = {Path(row.partition("\t")[2]).name for row in unmerged if row} | told

    def named(one: Scenario) -> bool:
        return bool(
            found & {Path(name).name for name in (one.path, one.moved, one.renamed) if name}
        )

    return root, named, code


def _update_ours(
    place: Path,
    programs: Path,
    edit: Callable[[Path], None],
    versions: list[Callable[[Path], None]],
) -> tuple[Path, int, set[str]]:
    for number, write in enumerate(versions):
        write(place / f"v{number}")
    root, tool = place / "demo", str(programs / "scaffold")
    first, second = (str(place / f"v{number}" / "demo") for number in (0, 1))
    _run(place, tool, "new", str(root), "-y", "-q", "--no-install", "--framework", first)
    _edited(root, edit)
    done = _run(root, tool, "update", "--json", "--no-install", "--pack", second, check=False)
    told = {Path(one["path"]).name for one in json.loads(done.stdout)["conflicts"]}
    return root, done.returncode, told


def _update_copier(
    place: Path,
    programs: Path,
    edit: Callable[[Path], None],
    versions: list[Callable[[Path], None]],
) -> tuple[Path, int, set[str]]:
    def write(repository: Path, version: Callable[[Path], None]) -> None:
        inside = repository / "files"
        inside.mkdir()
        (repository / "copier.yml").write_text("_subdirectory: files\n")
        answers = inside / "{{_copier_conf.answers_file}}.jinja"
        answers.write_text("{{ _copier_answers|to_nice_yaml }}\n")
        version(inside)

    root, tool = place / "demo", str(programs / "copier")
    repository = _repository(place, versions, write)
    copy = ("copy", "--defaults", "-q", "--vcs-ref", "1.0.0", str(repository), str(root))
    _run(place, tool, *copy)
    _git(root, "init", "--quiet")
    _edited(root, edit)
    done = _run(root, tool, "update", "--defaults", check=False)
    return root, done.returncode, set()


def _update_cruft(
    place: Path,
    programs: Path,
    edit: Callable[[Path], None],
    versions: list[Callable[[Path], None]],
) -> tuple[Path, int, set[str]]:
    def write(repository: Path, version: Callable[[Path], None]) -> None:
        inside = repository / "{{cookiecutter.name}}"
        inside.mkdir()
        (repository / "cookiecutter.json").write_text('{"name": "demo"}\n')
        version(inside)

    root, tool = place / "demo", str(programs / "cruft")
    repository = _repository(place, versions, write)
    create = ("create", "--no-input", "-c", "1.0.0", "--output-dir", str(place), str(repository))
    _run(place, tool, *create)
    state = root / ".cruft.json"
    state.write_text(json.dumps({**json.loads(state.read_text()), "checkout": None}, indent=2))
    _git(root, "init", "--quiet")
    _edited(root, edit)
    done = _run(root, tool, "update", "-y", check=False)
    return root, done.returncode, set()


def _repository(
    place: Path,
    versions: list[Callable[[Path], None]],
    write: Callable[[Path, Callable[[Path], None]], None],
) -> Path:
    """A repository of a template with a tag for each version."""
    repository = place / "template"
    repository.mkdir()
    _git(repository, "init", "--quiet")
    for number, version in enumerate(versions, 1):
        for old in repository.iterdir():
            if old.name != ".git":
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        write(repository, version)
        _git(repository, "add", "--all", "--force")
        _git(repository, "commit", "--quiet", "-m", f"version {number}")
        _git(repository, "tag", f"{number}.0.0")
    return repository


def _edited(root: Path, edit: Callable[[Path], None]) -> None:
    for message, act in (("generated", lambda _: None), ("mine", edit)):
        act(root)
        _git(root, "add", "--all")
        _git(root, "commit", "--quiet", "--allow-empty", "-m", message)


def _pairs(folder: Path, programs: Mapping[str, Path]) -> str:
    found = {"scaffold": _merged_by_us(), "git merge-file": _merged_by_git(folder)}
    for tool in ("copier", "cruft"):
        found[tool] = _merged_by_peer(tool, folder / f"pairs-{tool}", programs[tool])
    total, git = len(list(pairs())), found["git merge-file"]["conflict"]
    lines = ["| tool | merged | conflicts | lost | conflicts ÷ git's | goal |", "|---" * 6 + "|"]
    for tool, counts in found.items():
        share = f"{counts['merged']} ({counts['merged'] / total:.0%})"
        ratio = f"{counts['conflict'] / git:.2f}"
        goal = "≤ 0.25, 0 lost" if tool == "scaffold" else ""
        lines.append(
            f"| {tool} | {share} | {counts['conflict']} | {counts['lost']} | {ratio} | {goal} |"
        )
    return "\n".join(lines)


def _kept(pair: Pair, text: str) -> bool:
    """Return whether both edits are in a text."""
    mine = lost_words(pair.base, pair.yours, pair.theirs, text)
    return not mine and not lost_words(pair.base, pair.theirs, pair.yours, text)


def _merged_by_us() -> Counter[str]:
    counts: Counter[str] = Counter()
    for pair in pairs():
        files = (File(text.encode()) for text in (pair.base, pair.yours, pair.theirs))
        result = merge_file(pair.path, *files)
        kept = _kept(pair, result.file.content.decode())
        counts["conflict" if result.conflicts else "merged" if kept else "lost"] += 1
    return counts


def _merged_by_git(folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    names = ("yours", "base", "theirs")
    for pair in pairs():
        for name in names:
            (folder / name).write_text(getattr(pair, name))
        done = _run(folder, "git", "merge-file", "-p", *names, check=False)
        kept = _kept(pair, done.stdout)
        counts["conflict" if done.returncode else "merged" if kept else "lost"] += 1
    return counts


def _merged_by_peer(tool: str, place: Path, programs: Path) -> Counter[str]:
    """All pairs at once, each in a directory of its own."""
    known = {f"pair{number}/{Path(pair.path).name}": pair for number, pair in enumerate(pairs())}

    def write(side: str) -> Callable[[Path], None]:
        def call(root: Path) -> None:
            for path, pair in known.items():
                (root / path).parent.mkdir(exist_ok=True)
                text = getattr(pair, side)
                raw = "{% raw %}" + text + "{% endraw %}" if "{" in text else text
                (root / path).write_text(raw if side != "yours" and tool == "cruft" else text)

        return call

    versions = [write("base"), write("theirs")]
    root, _, _ = _updated(tool, place, programs, write("yours"), versions)
    unmerged = _git(root, "ls-files", "--unmerged")
    counts: Counter[str] = Counter()
    for path, pair in known.items():
        text = (root / path).read_text()
        shown = "<<<<<<<" in text or (root / f"{path}.rej").exists() or f"\t{path}\n" in unmerged
        counts["conflict" if shown else "merged" if _kept(pair, text) else "lost"] += 1
    return counts


def _speed(folder: Path, programs: Path) -> str:
    """Commands in projects of both packs, each run on a fresh copy."""
    tool, parts = str(programs / "scaffold"), []
    goals = {"add resource": "≤ 2000", "diff": "≤ 500"}
    for pack in ("flask", "django"):
        root = folder / f"speed-{pack}"
        words = ["new", str(root), "-y", "-q", "--no-install", "--framework", pack]
        words += ["--resource", "blog.Post: title:str(200) body:text?"]
        words += ["--resource", "catalog.Product: name:str price:decimal(10,2)"]
        words += ["--resource", "orders.Order: number:str(20)^ placed_at:datetime"]
        _run(folder, tool, *words)
        with (root / "README.md").open("a") as stream:
            stream.write(f"\n{MINE}\n")
        _edited(root, lambda _: None)
        count = len(_git(root, "ls-files").splitlines())
        adding = [tool, "add", "resource", "blog.Tag", "name:str(40)^", "--no-install", "-q"]

        def fresh(root: Path = root) -> None:
            _git(root, "reset", "--quiet", "--hard")
            _git(root, "clean", "--quiet", "-fd")

        def add(
            root: Path = root, adding: list[str] = adding, fresh: Callable[[], None] = fresh
        ) -> tuple[list[str], Path, Mapping[str, str]]:
            fresh()
            return adding, root, {}

        measured = interleaved(
            {
                "scaffold --version": lambda root=root: ([tool, "--version"], root, {}),
                "diff": lambda root=root: ([tool, "diff", "--stat"], root, {}),
                "add resource": add,
            },
            RUNS,
        )
        parts.append(f"### {pack}, {count} files\n\n{table(measured, 'diff', notes=goals)}")
    return "\n\n".join(parts)


def _git(root: Path, *words: str) -> str:
    return _run(root, "git", *words).stdout


def _run(folder: Path, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command with a git identity of its own."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **PEOPLE},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}"[-3000:])
    return done
