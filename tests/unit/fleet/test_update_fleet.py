"""`scaffold update --fleet`: branches, waves, where it stops and how it goes on."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from scaffold import process
from scaffold.cli import run
from scaffold.errors import Exit
from scaffold.fleet import read_fleet
from scaffold.fleet.clones import find_clone, place_of, work_tree
from scaffold.model.tree import File, Tree
from scaffold.process import ProcessResult
from scaffold.project.files import write_tree
from scaffold.project.template_state import TemplateState, template_state_files
from tests.fleets import branches, edit, serve
from tests.repositories import git
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import FLASK
from tests.unit.fleet.conftest import NewProject, WriteFleet

Captured = pytest.CaptureFixture[str]
Update = Callable[..., tuple[int, dict]]
BRANCH = "scaffold/update-1.1"
CONFLICT = "# Shop\n\nOurs, and nobody else's.\n"


@pytest.fixture
def update(capsys: Captured) -> Update:
    """Update a fleet; return the exit code and the rows by name."""

    def call(fleet: Path, *words: str) -> tuple[int, dict]:
        more = [] if "--install" in words else ["--no-install"]
        given = [word for word in words if word != "--install"]
        code = run(["update", "--fleet", str(fleet), "--json", "--workers", "1", *more, *given])
        said = json.loads(capsys.readouterr().out)
        return code, {row["name"]: row for row in said.get("repositories", ())}

    return call


def test_a_branch_is_made_and_the_folder_stays(
    new_project: NewProject, write_fleet: WriteFleet, update: Update
) -> None:
    shop = new_project("shop")
    (shop / "README.md").write_text("not committed\n")
    before = git(shop, "rev-parse", "HEAD")
    code, rows = update(write_fleet("shop"))
    assert (code, rows["shop"]["status"], rows["shop"]["branch"]) == (0, "updated", BRANCH)
    assert rows["shop"]["template"] == {"name": "flask", "from": "1.0", "to": "1.1"}
    assert rows["shop"]["notes"] == ["changes that are not committed there are left out"]
    assert git(shop, "rev-parse", "HEAD") == before
    assert (shop / "README.md").read_text() == "not committed\n"
    assert git(shop, "status", "--porcelain") == "M README.md"
    assert len(git(shop, "worktree", "list").splitlines()) == 1
    assert git(shop, "log", "--format=%s", f"{before}..{BRANCH}") == (
        "Update the template: flask 1.0 → 1.1"
    )
    assert "Second edition" in git(shop, "show", f"{BRANCH}:README.md")
    assert ".scaffold.undo" not in git(shop, "ls-tree", "--name-only", BRANCH)

    made = git(shop, "rev-parse", BRANCH)
    code, rows = update(write_fleet("shop"))
    assert (code, rows["shop"]["status"]) == (0, "branch exists")
    assert git(shop, "rev-parse", BRANCH) == made

    git(shop, "checkout", "--quiet", "README.md")
    git(shop, "merge", "--quiet", "--squash", BRANCH)
    git(shop, "commit", "--quiet", "-m", "squashed")
    code, rows = update(write_fleet("shop"))
    assert (code, rows["shop"]["status"], rows["shop"]["branch"]) == (0, "up to date", "")


def test_commits_on_a_branch_of_the_same_version_stay(
    new_project: NewProject, write_fleet: WriteFleet, update: Update
) -> None:
    shop, fleet = new_project("shop"), write_fleet("shop")
    update(fleet)
    git(shop, "merge", "--quiet", BRANCH)
    state = (shop / ".scaffold.toml").read_text()
    lines = [
        'description = "Books."' if line.startswith("description") else line
        for line in state.splitlines()
    ]
    edit(shop, ".scaffold.toml", "\n".join(lines))
    code, rows = update(fleet)
    branch = rows["shop"]["branch"]
    assert (code, rows["shop"]["status"]) == (0, "updated")
    assert re.fullmatch(rf"{BRANCH}-[0-9a-f]{{7}}", branch)

    git(shop, "checkout", "--quiet", branch)
    edit(shop, "REVIEW.md", "a reviewer's\n")
    git(shop, "checkout", "--quiet", "main")
    code, rows = update(fleet)
    assert (code, rows["shop"]["status"], rows["shop"]["branch"]) == (0, "branch exists", branch)
    assert git(shop, "show", f"{branch}:REVIEW.md") == "a reviewer's"


def test_a_dry_run_makes_no_branch(
    new_project: NewProject, write_fleet: WriteFleet, update: Update, tmp_path: Path
) -> None:
    shop, news = new_project("shop"), new_project("news", "django")
    edit(news, "README.md", CONFLICT)
    fleet = write_fleet("shop", serve(news, tmp_path / "server"), {"source": "news", "name": "x"})
    code, rows = update(fleet, "--dry-run", "--push")
    assert code == Exit.CONFLICTS
    assert (rows["shop"]["status"], rows["shop"]["files"]["merge"]) == ("updated", 2)
    assert (rows["news"]["conflicts"], rows["news"]["place"]) == (["README.md"], "")
    assert branches(shop) == branches(news) == branches(tmp_path / "server/news") == []


def test_it_stops_after_the_wave_in_which_one_is_red_and_goes_on(
    new_project: NewProject, write_fleet: WriteFleet, update: Update, capsys: Captured
) -> None:
    projects = {name: new_project(name) for name in ("canary", "shop", "news", "last")}
    edit(projects["shop"], "README.md", CONFLICT)
    fleet = write_fleet({"source": "canary", "wave": 1}, "shop", "news", "last")
    code, rows = update(fleet, "--wave-size", "2")
    assert code == Exit.CONFLICTS
    assert [row["status"] for row in rows.values()] == [
        "updated",
        "conflicts",
        "updated",
        "not begun",
    ]
    assert [row["wave"] for row in rows.values()] == [1, 2, 2, 3]
    shop = rows["shop"]
    assert shop["problem"] == "1 conflict: README.md"
    place = Path(shop["place"])
    assert place.is_relative_to(Path.home()) or "cache" in place.parts
    assert "<<<<<<< yours" in (place / "README.md").read_text()
    assert (projects["shop"] / "README.md").read_text() == CONFLICT
    assert shop["place"] in shop["hint"]

    # Nothing that somebody is at work on is made anew.
    (place / "README.md").write_text("half done\n")
    code, rows = update(fleet, "--wave-size", "2")
    assert (code, rows["shop"]["status"]) == (Exit.CONFLICTS, "conflicts")
    assert "not committed yet" in rows["shop"]["problem"]
    assert (place / "README.md").read_text() == "half done\n"
    words = ["update", "--fleet", str(fleet), "--wave-size", "2", "--no-install"]
    assert run([*words, "--workers", "1"]) == Exit.CONFLICTS
    said = capsys.readouterr().err
    assert "Stopped after wave 2: shop" in said
    assert f"go on: scaffold update --fleet {fleet}" in said

    git(place, "commit", "--quiet", "--all", "-m", "resolved")
    code, rows = update(fleet, "--wave-size", "2")
    assert code == Exit.DONE
    assert [row["status"] for row in rows.values()] == [*["branch exists"] * 3, "updated"]
    assert git(projects["shop"], "show", f"{BRANCH}:README.md") == "half done"
    assert not place.exists()


def test_what_was_dropped_is_made_anew(
    new_project: NewProject, write_fleet: WriteFleet, update: Update
) -> None:
    shop = new_project("shop")
    edit(shop, "README.md", CONFLICT)
    fleet = write_fleet("shop")
    _, rows = update(fleet)
    git(shop, "worktree", "remove", "--force", rows["shop"]["place"])
    code, rows = update(fleet)
    assert (code, rows["shop"]["problem"]) == (Exit.CONFLICTS, "1 conflict: README.md")


def test_what_a_killed_run_left_is_removed(
    new_project: NewProject, write_fleet: WriteFleet, update: Update
) -> None:
    shop = new_project("shop")
    fleet = write_fleet("shop")
    [one] = read_fleet(fleet).repositories
    clone = find_clone(one, offline=False)
    with place_of(one, "update") as place:
        git(shop, "worktree", "add", "--quiet", "--detach", str(place))
        (place / "README.md").write_text("half\n")
    code, rows = update(fleet)
    assert (code, rows["shop"]["status"]) == (0, "updated")
    assert "Second edition" in git(shop, "show", f"{BRANCH}:README.md")
    with work_tree(clone, place) as root:
        assert root.is_dir()
    assert not place.exists()


def test_two_commands_do_not_meet(
    new_project: NewProject, write_fleet: WriteFleet, update: Update
) -> None:
    new_project("shop")
    fleet = write_fleet("shop")
    [one] = read_fleet(fleet).repositories
    with place_of(one, "update"):
        code, rows = update(fleet)
    assert (code, rows["shop"]["status"]) == (Exit.NOT_RUN, "failed")
    assert "another scaffold command is at work on shop" in rows["shop"]["problem"]


def test_branches_are_pushed_only_when_told(
    new_project: NewProject, write_fleet: WriteFleet, update: Update, tmp_path: Path
) -> None:
    served = tmp_path / "server/shop"
    fleet = write_fleet(serve(new_project("shop"), tmp_path / "server"))
    assert update(fleet)[1]["shop"]["pushed"] is False
    assert branches(served) == []
    code, rows = update(fleet, "--push")
    assert (code, rows["shop"]["status"], rows["shop"]["pushed"]) == (0, "branch exists", True)
    assert branches(served) == [BRANCH]

    # Another machine, which has no clone yet, sees the branch on the server.
    [one] = read_fleet(fleet).repositories
    shutil.rmtree(find_clone(one, offline=True).folder)
    code, rows = update(fleet, "--push")
    assert (code, rows["shop"]["status"], rows["shop"]["pushed"]) == (0, "branch exists", True)

    git(served, "update-ref", "-d", f"refs/heads/{BRANCH}")  # the pull request was refused
    (served / "hooks").mkdir(exist_ok=True)
    (served / "hooks/pre-receive").write_text("#!/bin/sh\nexit 1\n")
    (served / "hooks/pre-receive").chmod(0o755)
    code, rows = update(fleet, "--push")
    assert (code, rows["shop"]["status"]) == (Exit.NOT_RUN, "failed")
    assert "could not be pushed" in rows["shop"]["problem"]


def test_a_folder_without_a_remote_cannot_be_pushed(
    new_project: NewProject, write_fleet: WriteFleet, update: Update
) -> None:
    shop = new_project("shop")
    code, rows = update(write_fleet("shop"), "--push")
    assert (code, rows["shop"]["status"]) == (Exit.NOT_RUN, "failed")
    assert branches(shop) == [BRANCH]


def test_two_projects_of_one_repository_have_two_branches(
    new_project: NewProject, write_fleet: WriteFleet, update: Update, tmp_path: Path
) -> None:
    mono = tmp_path / "mono"
    for name, kind in (("web", "flask"), ("api", "django")):
        project = new_project(f"mono/{name}", kind)
        shutil.rmtree(project / ".git")
    git(tmp_path, "init", "--quiet", str(mono))
    git(mono, "add", "--all")
    git(mono, "commit", "--quiet", "-m", "all")
    address = serve(mono, tmp_path / "server")
    code, rows = update(write_fleet(f"{address}//web", "mono/api"))
    assert code == Exit.DONE
    assert [row["branch"] for row in rows.values()] == [f"{BRANCH}-web", f"{BRANCH}-api"]
    assert "Second edition" in git(mono, "show", f"{BRANCH}-api:api/README.md")


def test_what_scaffold_did_not_make_is_skipped(
    write_fleet: WriteFleet, update: Update, tmp_path: Path
) -> None:
    write(tmp_path / "old", FLASK)
    git(tmp_path, "init", "--quiet", "old")
    git(tmp_path / "old", "add", "--all")
    git(tmp_path / "old", "commit", "--quiet", "-m", "all")
    code, rows = update(write_fleet("old"))
    assert (code, rows["old"]["status"]) == (0, "skipped")
    assert "scaffold adopt" in rows["old"]["notes"][0]


def test_a_project_of_a_cookiecutter_template_is_checked_and_skipped(
    write_fleet: WriteFleet, update: Update, tmp_path: Path, capsys: Captured
) -> None:
    gave = Tree({"README.md": File(b"# Shop\n"), "setup.cfg": File(b"[x]\n")})
    state = template_state_files(TemplateState("acme", "abc"), gave, {})
    root = write(tmp_path / "shop", {**FLASK, "README.md": "# Ours\n", "setup.cfg": "[x]\n"})
    write_tree(state, root)
    git(tmp_path, "init", "--quiet", "shop")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "all")
    fleet = write_fleet("shop")
    run(["check", "--fleet", str(fleet), "--json"])
    [row] = json.loads(capsys.readouterr().out)["repositories"]
    assert (row["template"], row["drift"]) == ("acme", 1)
    code, rows = update(fleet)
    assert (code, rows["shop"]["status"]) == (0, "skipped")
    assert "cookiecutter template" in rows["shop"]["notes"][0]


def test_what_cannot_be_updated_is_a_row(
    new_project: NewProject, write_fleet: WriteFleet, update: Update, tmp_path: Path
) -> None:
    write(tmp_path / "plain", FLASK)
    edit(new_project("state"), ".scaffold.toml", "[recipe\n")
    code, rows = update(write_fleet("gone", "plain", "state", f"file://{tmp_path}/nowhere"))
    assert code == Exit.NOT_RUN
    for name, text in {
        "gone": "there is no directory",
        "plain": "is in no git repository",
        "state": "cannot be read",
        "nowhere": "cannot be fetched",
    }.items():
        assert rows[name]["status"] == "failed"
        assert text in rows[name]["problem"]


def test_a_commit_without_an_identity_leaves_nothing(
    new_project: NewProject,
    write_fleet: WriteFleet,
    update: Update,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    shop = new_project("shop")
    (tmp_path / "gitconfig").write_text("[user]\nuseConfigOnly = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    code, rows = update(write_fleet("shop"))
    assert code == Exit.NOT_RUN
    assert "git config --global user.name" in rows["shop"]["hint"]
    assert branches(shop) == []
    assert len(git(shop, "worktree", "list").splitlines()) == 1


class Tools:
    """Stands for uv: everything succeeds but some commands."""

    def __init__(self, *failing: str) -> None:
        self.failing = set(failing)
        self.real = process.run

    def __call__(
        self,
        command: Sequence[str],
        folder: Path,
        variables: Mapping[str, str] | None = None,
        *more: Any,
    ) -> ProcessResult:
        if command[0] == "git" or "scaffold.rendering.worker" in command:
            return self.real(command, folder, variables, *more)
        return ProcessResult(int(bool(self.failing & set(command))), "error: it is broken")


@pytest.mark.parametrize(
    ("failing", "code", "status"),
    [
        ("quick", Exit.UNVERIFIED, "checks fail"),
        ("sync", Exit.NOT_RUN, "failed"),
        ("", Exit.DONE, "updated"),
    ],
)
def test_the_quick_checks_decide(  # noqa: PLR0913, PLR0917 - three cases, four fixtures
    failing: str,
    code: int,
    status: str,
    new_project: NewProject,
    write_fleet: WriteFleet,
    update: Update,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = new_project("shop")
    new_project("next", "django")
    monkeypatch.setattr(process, "uv", lambda: "uv")
    monkeypatch.setattr(process, "run", Tools(failing))
    monkeypatch.setattr(
        "scaffold.commands.finish.commands_of", lambda _: {"checks": ["quick check"]}
    )
    fleet = write_fleet({"source": "shop", "wave": 1}, "next")
    found, rows = update(fleet, "--install")
    assert (found, rows["shop"]["status"]) == (code, status)
    assert rows["next"]["status"] == ("updated" if not failing else "not begun")
    if failing:
        assert "generate-me" not in Path(rows["shop"]["place"], ".env").read_text()
        assert git(shop, "log", "-1", "--format=%s", BRANCH) == "Initial commit"


def test_ctrl_c_leaves_nothing_half_done(
    new_project: NewProject, write_fleet: WriteFleet, tmp_path: Path
) -> None:
    projects = [new_project(name) for name in ("a", "b", "c", "d")]
    words = ["update", "--no-install", "--workers", "2", "--fleet"]
    child = subprocess.Popen(
        [sys.executable, "-m", "scaffold", *words, str(write_fleet(*"abcd"))],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    begun = [tmp_path / name / ".git/worktrees" for name in "abcd"]
    while child.poll() is None and not any(place.exists() for place in begun):
        time.sleep(0.01)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does
    said, _ = child.communicate(timeout=120)
    assert child.returncode == Exit.INTERRUPTED
    assert "Traceback" not in said
    for project in projects:
        assert len(git(project, "worktree", "list").splitlines()) == 1


def test_the_policy_of_the_file_binds(
    new_project: NewProject, write_fleet: WriteFleet, update: Update, tmp_path: Path
) -> None:
    new_project("shop")
    (tmp_path / "web.toml").write_text(
        'name = "web"\nowner = "platform"\n[features]\nrequire = ["broker"]\n'
    )
    code, rows = update(write_fleet("shop", head='policy = "web.toml"'))
    assert (code, rows["shop"]["status"]) == (0, "updated")
    assert "breaks the policy web: the feature broker is required" in rows["shop"]["notes"][0]
    code, _ = update(write_fleet("shop", head='policy = "article"'), "--policy", "nowhere.toml")
    assert code == Exit.USAGE


@pytest.mark.parametrize("words", [["--to", "1.0"], ["--trust"], ["--force"], ["--pack", "x"]])
def test_flags_that_make_no_sense_are_refused(
    words: list[str], write_fleet: WriteFleet, capsys: Captured
) -> None:
    assert run(["update", "--fleet", str(write_fleet("a")), *words]) == Exit.USAGE
    assert f"{words[0]} is for one repository" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--push"], ["--wave-size", "2"], ["--offline"]])
def test_flags_of_a_fleet_need_one(words: list[str], capsys: Captured) -> None:
    assert run(["update", *words]) == Exit.USAGE
    assert "name its file: --fleet fleet.toml" in capsys.readouterr().err
