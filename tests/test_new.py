"""`scaffold new`: a whole project at its target, or nothing, with the reason and the remedy."""

import os
import stat
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scaffold import programs, render
from scaffold.draft import Proposal, accept, settle
from scaffold.errors import Exit, ScaffoldError
from scaffold.programs import Outcome
from scaffold.recipe import from_dict
from scaffold.tree import File
from scaffold.verbs import new as verb
from scaffold.verbs.new import Options, Result, new
from tests.tiny_pack import TinyPack

OFFLINE = Options(install=False)


@pytest.fixture
def proposal(shared_tiny: TinyPack) -> Proposal:
    said = {"name": "Acme", "framework": str(shared_tiny.root), "apps": "blog", "with": "celery"}
    return settle(accept(said, "a test"))


@pytest.fixture
def target(work: Path) -> Path:
    return work / "acme"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True,
                          check=True)  # fmt: skip
    return done.stdout


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_project_holds_the_render_and_what_is_its_own(proposal: Proposal, target: Path) -> None:
    steps: list[str] = []
    result = new(proposal, target, OFFLINE, steps.append)
    assert (result.path, result.code) == (target, Exit.DONE)
    tree = render.render(proposal.recipe, proposal.pack)
    assert result.tree == tree
    written = {
        path.relative_to(target).as_posix(): File(path.read_bytes(), os.access(path, os.X_OK))
        for path in target.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(target).parts
    }
    assert {path: written[path] for path in tree} == dict(tree)
    assert set(written) - set(tree) == {".env", ".scaffold.toml"}
    assert names(target.parent) == ["acme"]
    assert steps == [step.name for step in result.steps] == ["render", "write", "git"]


def test_the_manifest_gives_the_same_render_again(proposal: Proposal, target: Path) -> None:
    new(proposal, target, OFFLINE)
    manifest = tomllib.loads((target / ".scaffold.toml").read_text("utf-8"))
    recipe = from_dict(manifest["recipe"])
    assert recipe == replace(proposal.recipe, pack="tiny")
    tree = render.render(recipe, proposal.pack)
    assert manifest["files"] == {path: file.digest for path, file in tree.items()}


def test_the_environment_is_secret_and_never_in_git(proposal: Proposal, target: Path) -> None:
    new(proposal, target, OFFLINE)
    env = target / ".env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    values = dict(line.split("=") for line in env.read_text().splitlines() if line[:1] != "#")
    assert len({values["SECRET_KEY"], values["TOKEN"], "generate-me"}) == 3
    assert values["PORT"] == "8000"
    committed = git(target, "ls-files").split()
    assert ".env.example" in committed
    assert ".scaffold.toml" in committed
    assert ".env" not in committed


def test_the_environment_is_not_in_git_even_where_nothing_ignores_it(
    tiny: TinyPack, target: Path
) -> None:
    tiny.base(".gitignore", ".venv/\n")
    new(settle({"name": "Acme", "framework": str(tiny.root)}), target, OFFLINE)
    assert ".env" not in git(target, "ls-files").split()
    assert git(target, "status", "--porcelain").split() == ["??", ".env"]


def test_a_pack_that_renders_the_environment_itself_is_refused(
    tiny: TinyPack, target: Path
) -> None:
    tiny.base(".env", "A=1\n")
    with pytest.raises(ScaffoldError, match=r"the pack renders \.env"):
        new(settle({"name": "Acme", "framework": str(tiny.root)}), target, OFFLINE)
    assert names(target.parent) == []


def test_the_repository_has_one_commit_and_nothing_open(proposal: Proposal, target: Path) -> None:
    new(proposal, target, OFFLINE)
    assert git(target, "log", "--format=%an %s").splitlines() == [
        "Tester Acme, as scaffold made it"
    ]
    assert git(target, "status", "--porcelain") == ""
    assert git(target, "branch", "--show-current").strip() == "main"
    assert git(target, "ls-files", "-s", "run.sh").startswith("100755")


def test_the_branch_is_main_unless_the_person_says_otherwise(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "gitconfig"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    identity = "[user]\nname = x\nemail = x@example.com\n"
    for number, (more, branch) in enumerate(
        [("", "main"), ("[init]\ndefaultBranch = trunk\n", "trunk")]
    ):
        config.write_text(identity + more)
        result = new(proposal, target.with_name(f"a{number}"), OFFLINE)
        assert git(result.path, "branch", "--show-current").strip() == branch


def problem(result: Result) -> verb.Step:
    (step,) = [step for step in result.steps if step.problem]
    assert result.code is Exit.NOT_RUN
    return step


def test_without_an_identity_the_project_stands_and_the_remedy_works(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nuseConfigOnly = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    step = problem(new(proposal, target, OFFLINE))
    assert step.name == "git"
    assert step.problem == "git does not know who you are, so nothing is committed yet"
    assert (target / ".scaffold.toml").exists()
    subprocess.run(["sh", "-c", step.remedy], cwd=target, check=True, capture_output=True)
    assert git(target, "status", "--porcelain") == ""
    assert ".env" not in git(target, "ls-files").split()


def test_without_git_the_project_stands_and_the_remedy_works(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PATH", os.devnull)
        step = problem(new(proposal, target, OFFLINE))
    assert step.problem == "git is not installed, so there is no repository"
    assert not (target / ".git").exists()
    subprocess.run(["sh", "-c", step.remedy], cwd=target, check=True, capture_output=True)
    assert git(target, "status", "--porcelain") == ""


@pytest.mark.parametrize("command", ["init", "add", "commit"])
def test_whatever_git_refuses_is_told(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    genuine = programs.git

    def refusing(folder: Path, *arguments: str) -> Outcome:
        refused = Outcome(1, "first\nfatal: no luck\n")
        return refused if arguments[0] == command else genuine(folder, *arguments)

    monkeypatch.setattr(programs, "git", refusing)
    step = problem(new(proposal, target, OFFLINE))
    assert step.problem == f"git {command} failed: no luck"
    assert "git commit" in step.remedy
    assert (target / ".scaffold.toml").exists()


def test_without_git_wanted_there_is_none(proposal: Proposal, target: Path) -> None:
    result = new(proposal, target, Options(git=False, install=False))
    assert not (target / ".git").exists()
    assert result.code is Exit.DONE


@pytest.mark.parametrize("standing", [True, False])
def test_inside_a_work_tree_there_is_no_repository_and_no_commit(
    proposal: Proposal, work: Path, standing: bool
) -> None:
    git(work, "init", "--quiet")
    target = work / "deep" / "acme"
    if standing:
        target.mkdir(parents=True)
    result = new(proposal, target, OFFLINE)
    assert result.code is Exit.DONE
    assert not (target / ".git").exists()
    assert git(work, "rev-list", "--all") == ""
    assert "?? deep/" in git(work, "status", "--porcelain")


def test_an_empty_directory_is_filled_and_stays_the_same_one(
    proposal: Proposal, target: Path
) -> None:
    target.mkdir()
    before = target.stat().st_ino
    new(proposal, target, OFFLINE)
    assert target.stat().st_ino == before
    assert len(git(target, "rev-list", "--all").split()) == 1


def test_a_fresh_repository_is_filled_but_its_commits_are_the_persons(
    proposal: Proposal, target: Path
) -> None:
    target.mkdir()
    git(target, "init", "--quiet")
    assert new(proposal, target, OFFLINE).code is Exit.DONE
    assert git(target, "rev-list", "--all") == ""
    assert (target / "README.md").exists()


@pytest.mark.parametrize("kind", ["file", "full", "link"])
def test_a_taken_target_is_left_alone(proposal: Proposal, target: Path, kind: str) -> None:
    if kind == "file":
        target.write_text("mine")
    elif kind == "link":
        target.symlink_to(".")
    else:
        target.mkdir()
        (target / "mine").write_text("mine")
    before = sorted(str(path) for path in target.parent.rglob("*"))
    with pytest.raises(ScaffoldError) as caught:
        new(proposal, target, OFFLINE)
    assert caught.value.code is Exit.EXISTS
    assert sorted(str(path) for path in target.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("number", "said"), [(28, "the disk is full"), (30, "the file system is read-only")]
)
@pytest.mark.parametrize("moment", ["mkdir", "rename", "open"])
def test_a_disk_that_refuses_leaves_nothing(
    proposal: Proposal, work: Path, monkeypatch: pytest.MonkeyPatch,
    number: int, said: str, moment: str,
) -> None:  # fmt: skip
    owner: Any = os if moment == "open" else Path
    genuine = getattr(owner, moment)
    place = work / "deep" / "acme"

    def refuse(path: str | Path, *rest: Any, **more: Any) -> object:
        reads = moment == "open" and not rest[0] & os.O_CREAT
        if ".acme.scaffold-" in str(path) and not reads:
            raise OSError(number, os.strerror(number))
        return genuine(path, *rest, **more)

    monkeypatch.setattr(owner, moment, refuse)
    with pytest.raises(ScaffoldError, match=said) as caught:
        new(proposal, place, Options(git=False, install=False))
    assert caught.value.code is Exit.REFUSED
    assert names(work) == []


def test_a_broken_pack_writes_nothing(tiny: TinyPack, target: Path) -> None:
    tiny.base("deep/broken.py", "def x(:\n")
    with pytest.raises(ScaffoldError, match=r"deep/broken\.py"):
        new(settle({"name": "Acme", "framework": str(tiny.root)}), target, OFFLINE)
    assert names(target.parent) == []


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A uv that notes how it was called, and fails at what `fails` holds."""
    program = tmp_path / "uv"
    program.write_text(
        f'#!/bin/sh\necho "$PWD $1" >> {tmp_path}/calls\n'
        f'if grep -qs "$1" {tmp_path}/fails; then echo "no network" >&2; exit 2; fi\n'
        '[ "$1" = lock ] && echo "version = 1" > uv.lock\n'
        '[ "$1" = sync ] && mkdir .venv\nexit 0\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(programs, "uv", lambda: str(program))
    return program


def test_the_lock_is_committed_and_the_environment_made_in_place(
    proposal: Proposal, target: Path, uv: Path
) -> None:
    result = new(proposal, target, Options())
    assert result.code is Exit.DONE
    assert [step.name for step in result.steps] == ["render", "write", "lock", "git", "install"]
    lock, sync = (uv.parent / "calls").read_text().splitlines()
    assert lock.startswith(f"{target.parent}/.acme.scaffold-")
    assert sync == f"{target} sync"
    assert "uv.lock" in git(target, "ls-files").split()
    assert (target / ".venv").is_dir()


@pytest.mark.parametrize(
    ("fails", "said", "calls"),
    [
        ("lock", {"lock": "could not be locked: no network", "install": "for want of the lock"}, 1),
        ("sync", {"install": "could not be installed: no network"}, 2),
    ],
)
def test_where_uv_fails_the_project_stands_and_the_remedy_is_said(
    proposal: Proposal, target: Path, uv: Path, fails: str, said: dict[str, str], calls: int
) -> None:
    (uv.parent / "fails").write_text(fails)
    result = new(proposal, target, Options())
    assert result.code is Exit.NOT_RUN
    problems = {step.name: step for step in result.steps if step.problem}
    assert list(problems) == list(said)
    for name, words in said.items():
        assert words in problems[name].problem
        assert problems[name].remedy == "make setup"
    assert len((uv.parent / "calls").read_text().splitlines()) == calls
    assert git(target, "status", "--porcelain") == ""


def test_an_interrupt_before_the_rename_leaves_nothing(
    proposal: Proposal, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verb, "_commit", interrupt)
    with pytest.raises(KeyboardInterrupt):
        new(proposal, work / "deep" / "acme", OFFLINE)
    assert names(work) == []


@pytest.mark.usefixtures("uv")
def test_an_interrupt_after_the_rename_says_what_is_missing(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verb, "_install", interrupt)
    step = problem(new(proposal, target, Options()))
    assert (step.name, step.remedy) == ("install", "make setup")
    assert git(target, "status", "--porcelain") == ""
