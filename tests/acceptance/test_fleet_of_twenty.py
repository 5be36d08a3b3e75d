"""A fleet of twenty repositories of both kinds: the table, the branches, wave by wave."""

import json
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import Exit
from tests.fleets import OWNED, Packs, branches, edit, serve
from tests.repositories import git

BRANCH = "scaffold/update-1.1"
DRIFTED = {"shop-03": OWNED, "shop-08": "README.md", "shop-12": "run.sh"}
BROKEN = "shop-13"
NAMES = [f"shop-{number:02}" for number in range(1, 21)]
WAVES = {name: (1, 2, 0)[(number > 10) + (number > 15)] for number, name in enumerate(NAMES, 1)}


@pytest.fixture
def fleet(tmp_path: Path, cold_cache: Path) -> Path:
    """Ten folders and ten addresses; three projects drifted, and one has a damaged state."""
    del cold_cache
    packs = Packs(tmp_path / "packs")
    rows = []
    for number, name in enumerate(NAMES, 1):
        project = packs.new(("flask", "django")[number % 2], tmp_path / "projects" / name)
        if path := DRIFTED.get(name):
            edit(project, path, (project / path).read_text() + "# ours\n")
        if name == BROKEN:
            edit(project, ".scaffold.toml", "[recipe\n")
        source = f"projects/{name}" if number % 4 < 2 else serve(project, tmp_path / "server")
        wave = f"wave = {WAVES[name]}\n" if WAVES[name] else ""
        rows.append(f'[[repository]]\nname = "{name}"\nsource = "{source}"\n{wave}')
    for kind in packs.packs:
        packs.release(kind, "1.1", "v2")
    file = tmp_path / "fleet.toml"
    file.write_text("\n".join(rows))
    return file


def place_of(fleet: Path, name: str) -> Path:
    """The repository that others see: a folder, or what is served."""
    served = fleet.parent / "server" / name
    return served if served.is_dir() else fleet.parent / "projects" / name


def test_a_fleet_of_twenty(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = fleet.parent / "fleet.html"
    words = ["check", "--fleet", str(fleet), "--output", "json", "--output", f"html={page}"]
    assert run(words) == Exit.VIOLATIONS
    table = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in table["repositories"]] == NAMES
    assert table["counts"] == {"ok": 18, "violations": 1, "incomplete": 0, "broken": 1}
    for number, row in enumerate(table["repositories"], 1):
        if row["name"] == BROKEN:
            assert (row["status"], row["code"]) == ("broken", Exit.NOT_RUN)
            assert ".scaffold.toml cannot be read" in row["problem"]
            continue
        kind = ("flask", "django")[number % 2]
        assert (row["frameworks"], row["template"], row["version"]) == ([kind], kind, "1.0")
        assert row["drift"] == (row["name"] in DRIFTED)
        assert row["violations"] == (DRIFTED.get(row["name"]) == OWNED)
    assert all(name in page.read_text() for name in NAMES)

    before = {name: state(fleet.parent / "projects" / name) for name in NAMES}
    words = ["update", "--fleet", str(fleet), "--no-install", "--push", "--json"]
    folders = [name for name in NAMES if "server" not in str(place_of(fleet, name))]
    for name in folders:  # a folder is pushed to where it was cloned from
        bare = fleet.parent / "remotes" / name
        git(fleet.parent, "clone", "--quiet", "--bare", str(place_of(fleet, name)), str(bare))
        git(place_of(fleet, name), "remote", "add", "origin", str(bare))
    assert run(words) == Exit.NOT_RUN
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["repositories"]}
    assert rows[BROKEN]["status"] == "failed"
    for name, row in rows.items():
        if name != BROKEN:
            assert row["status"] == ("updated" if WAVES[name] else "not begun")
            assert row["pushed"] == bool(WAVES[name])
            assert branches(place_of(fleet, name)) == ([BRANCH] if WAVES[name] else [])

    repaired = fleet.parent / "projects" / BROKEN
    git(repaired, "checkout", "--quiet", "HEAD~1", "--", ".scaffold.toml")
    git(repaired, "commit", "--quiet", "--message", "repaired")
    if place_of(fleet, BROKEN) != repaired:
        git(repaired, "push", "--quiet", str(place_of(fleet, BROKEN)), "HEAD")
    assert run(words) == Exit.DONE
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["repositories"]}
    for name, row in rows.items():
        done_before = WAVES[name] and name != BROKEN
        assert row["status"] == ("branch exists" if done_before else "updated")
        assert branches(place_of(fleet, name)) == [BRANCH]
        owned = git(place_of(fleet, name), "show", f"{BRANCH}:{OWNED}")
        assert owned == "VERSION = 1.1"
    for name, (head, files) in before.items():
        if name != BROKEN:
            assert state(fleet.parent / "projects" / name) == (head, files)
    readme = git(place_of(fleet, "shop-08"), "show", f"{BRANCH}:README.md")
    assert readme.endswith("# ours")


def state(project: Path) -> tuple[str, list[str]]:
    """What somebody who works in a folder sees: the branch with its commit, and the files."""
    assert len(git(project, "worktree", "list").splitlines()) == 1
    head = f"{git(project, 'branch', '--show-current')} {git(project, 'rev-parse', 'HEAD')}"
    return head, git(project, "status", "--porcelain", "--ignored").splitlines()
