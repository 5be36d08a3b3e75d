"""`scaffold new`: a whole project at its target, or nothing, with the reason and the remedy."""

import os
import shutil
import stat
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scaffold import git as git_module
from scaffold import process
from scaffold.commands import new as verb
from scaffold.commands.new import NewOptions, new
from scaffold.commands.steps import CreateStep, NewResult
from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.inputs.resolve import Proposal, resolve, validate_values
from scaffold.model.tree import File
from scaffold.process import ProcessResult
from scaffold.project import staging
from scaffold.project.state import read_base, read_state
from scaffold.rendering.render import render
from tests.tiny_pack import TinyPack

OFFLINE = NewOptions(install=False)


@pytest.fixture
def proposal(shared_tiny: TinyPack) -> Proposal:
    said = {"name": "Acme", "framework": str(shared_tiny.root), "apps": "blog", "with": "celery"}
    return resolve(validate_values(said, "a test"))


@pytest.fixture
def target(work: Path) -> Path:
    return work / "acme"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_project_holds_the_render_and_what_is_its_own(proposal: Proposal, target: Path) -> None:
    steps: list[str] = []
    result = new(proposal, target, OFFLINE, steps.append)
    assert (result.path, result.code) == (target, Exit.DONE)
    tree = render(proposal.recipe, proposal.pack)
    assert result.tree == tree
    written = {
        path.relative_to(target).as_posix(): File(path.read_bytes(), os.access(path, os.X_OK))
        for path in target.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(target).parts
    }
    assert {path: written[path] for path in tree} == dict(tree)
    assert set(written) - set(tree) == {".env", ".scaffold.toml", ".scaffold.base"}
    assert names(target.parent) == ["acme"]
    assert steps == [step.name for step in result.steps] == ["render", "write", "git"]


def test_the_manifest_gives_the_same_render_again(proposal: Proposal, target: Path) -> None:
    new(proposal, target, OFFLINE)
    state = read_state(target)
    assert state.recipe == replace(proposal.recipe, pack="tiny")
    tree = render(state.recipe, proposal.pack)
    assert read_base(target) == (tree, state)


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
    new(resolve({"name": "Acme", "framework": str(tiny.root)}), target, OFFLINE)
    assert ".env" not in git(target, "ls-files").split()
    assert git(target, "status", "--porcelain").split() == ["??", ".env"]


def test_a_pack_that_renders_the_environment_itself_is_refused(
    tiny: TinyPack, target: Path
) -> None:
    tiny.base(".env", "A=1\n")
    with pytest.raises(ScaffoldError, match=r"the pack renders \.env"):
        new(resolve({"name": "Acme", "framework": str(tiny.root)}), target, OFFLINE)
    assert names(target.parent) == []


def test_the_repository_has_one_commit_and_nothing_open(proposal: Proposal, target: Path) -> None:
    new(proposal, target, OFFLINE)
    assert git(target, "log", "--format=%an %s").splitlines() == ["Tester Initial commit"]
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


def test_git_before_2_28_is_not_asked_for_what_it_lacks(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = x\nemail = x@example.com\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    genuine = shutil.which("git")
    old.write_text(
        f'#!/bin/sh\ncase " $* " in *" init "*" -b "*|*"--initial-branch"*)\n'
        f'echo "    --separate-git-dir <gitdir>  separate git dir from working tree"; exit 129;;\n'
        f'esac\nexec {genuine} "$@"\n'
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    assert new(proposal, target, OFFLINE).code is Exit.DONE
    assert git(target, "branch", "--show-current").strip() == "main"


@pytest.mark.parametrize(
    "settings",
    [
        "[core]\nexcludesFile = {ignored}\n",
        "[core]\nautocrlf = true\nsafecrlf = true\n",
        "[core]\nautocrlf = input\nsafecrlf = true\n",
    ],
)
def test_the_persons_git_settings_take_nothing_from_the_first_commit(
    proposal: Proposal,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    settings: str,
) -> None:
    ignored = tmp_path / "ignored"
    ignored.write_text(".env*\n*.toml\n*.lock\n")
    config = tmp_path / "gitconfig"
    identity = "[user]\nname = x\nemail = x@example.com\n"
    config.write_text(identity + settings.format(ignored=ignored))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    result = new(proposal, target, OFFLINE)
    assert result.code is Exit.DONE
    committed = set(git(target, "ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0"))
    assert {*result.tree, ".scaffold.toml", ".scaffold.base"} == committed - {""}
    assert git(target, "status", "--porcelain") == ""
    clone = target.with_name("clone")
    git(target.parent, "clone", "--quiet", "-c", "core.autocrlf=false", str(target), str(clone))
    assert (clone / "README.md").read_bytes() == (target / "README.md").read_bytes()


def test_after_a_hook_that_refuses_the_remedy_works(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hook = tmp_path / "hooks" / "pre-commit"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho no ticket >&2\nexit 1\n")
    hook.chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(
        f"[user]\nname = x\nemail = x@example.com\n[core]\nhooksPath = {hook.parent}\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    step = warning(new(proposal, target, OFFLINE))
    assert (
        step.problem == "nothing is committed yet: your git hook pre-commit refused it: no ticket"
    )
    subprocess.run(["sh", "-c", step.remedy], cwd=target, check=True, capture_output=True)
    assert git(target, "log", "--format=%s").strip() == "Initial commit"
    assert git(target, "status", "--porcelain") == ""


def test_after_a_signature_that_fails_the_remedy_works(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\nname = x\nemail = x@example.com\n"
        "[commit]\ngpgSign = true\n[gpg]\nprogram = false\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    step = warning(new(proposal, target, OFFLINE))
    assert "could not sign" in step.problem
    subprocess.run(["sh", "-c", step.remedy], cwd=target, check=True, capture_output=True)
    assert git(target, "status", "--porcelain") == ""


def test_an_emoji_in_the_description_is_ordinary_input(tiny: TinyPack, target: Path) -> None:
    tiny.base("about.toml", "text = {{ cookiecutter.description | tojson }}\n")
    said = {"name": "Acme", "framework": str(tiny.root), "description": "Shop 🛍 with café"}
    new(resolve(validate_values(said, "a test")), target, OFFLINE)
    assert tomllib.loads((target / "about.toml").read_text("utf-8"))["text"] == said["description"]
    manifest = tomllib.loads((target / ".scaffold.toml").read_text("utf-8"))
    assert manifest["recipe"]["description"] == said["description"]


def problem(result: NewResult) -> CreateStep:
    (step,) = [step for step in result.steps if step.problem]
    assert result.code is Exit.NOT_RUN
    return step


def warning(result: NewResult) -> CreateStep:
    (step,) = [step for step in result.steps if step.problem]
    assert step.warning
    assert result.code is Exit.DONE
    return step


def test_without_an_identity_the_project_stands_and_the_remedy_works(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nuseConfigOnly = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    step = warning(new(proposal, target, OFFLINE))
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
    genuine = git_module.run

    def refusing(folder: Path, *arguments: str, **more: Any) -> ProcessResult:
        refused = ProcessResult(1, "first\nfatal: no luck\n")
        return refused if arguments[0] == command else genuine(folder, *arguments, **more)

    monkeypatch.setattr(git_module, "run", refusing)
    step = problem(new(proposal, target, OFFLINE))
    assert step.problem == f"git {command} failed: no luck"
    assert "git commit" in step.remedy
    assert (target / ".scaffold.toml").exists()


def test_without_git_wanted_there_is_none(proposal: Proposal, target: Path) -> None:
    result = new(proposal, target, NewOptions(git=False, install=False))
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
    step = warning(new(proposal, target, OFFLINE))
    assert step.problem == (
        "no repository was created and nothing was committed: "
        f"it lies in {work}, which is a repository already"
    )
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
    step = warning(new(proposal, target, OFFLINE))
    assert "the directory is a repository already" in step.problem
    assert git(target, "rev-list", "--all") == ""
    assert (target / "README.md").exists()
    subprocess.run(["sh", "-c", step.remedy], cwd=target, check=True, capture_output=True)
    assert git(target, "status", "--porcelain") == ""


@pytest.mark.parametrize("repository", [True, False])
def test_a_directory_with_a_readme_and_a_license_is_filled_and_they_stay(
    proposal: Proposal, target: Path, repository: bool
) -> None:
    target.mkdir()
    (target / "README.md").write_text("mine\n")
    (target / "LICENSE").write_text("MIT\n")
    if repository:
        git(target, "init", "--quiet")
        git(target, "add", ".")
        git(target, "commit", "--quiet", "-m", "Mine")
    result = new(proposal, target, OFFLINE)
    assert result.code is Exit.DONE
    assert (target / "README.md").read_text() == "mine\n"
    assert (target / "LICENSE").read_text() == "MIT\n"
    assert (target / "README.scaffold.md").read_bytes() == result.tree["README.md"].content
    written = next(step for step in result.steps if step.name == "write")
    assert written.problem == (
        "README.md was there and is unchanged; the new one is README.scaffold.md"
    )
    log = git(target, "log", "--format=%s").split("\n")[0]
    assert log == ("Mine" if repository else "Initial commit")
    if not repository:
        assert {"README.md", "LICENSE"} <= set(git(target, "ls-files").split())
        assert git(target, "status", "--porcelain") == ""


def test_nothing_that_is_kept_is_lost_where_it_fails(
    proposal: Proposal, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.mkdir()
    (target / "README.md").write_text("mine\n")

    def fail(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(staging, "_fill", fail)
    with pytest.raises(ScaffoldError, match="the disk is full"):
        new(proposal, target, OFFLINE)
    assert names(target) == ["README.md"]
    assert (target / "README.md").read_text() == "mine\n"


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
    proposal: Proposal,
    work: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
    moment: str,
) -> None:
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
        new(proposal, place, NewOptions(git=False, install=False))
    assert caught.value.code is Exit.REFUSED
    assert names(work) == []


def test_a_broken_pack_writes_nothing(tiny: TinyPack, target: Path) -> None:
    tiny.base("deep/broken.py", "def x(:\n")
    with pytest.raises(ScaffoldError, match=r"deep/broken\.py"):
        new(resolve({"name": "Acme", "framework": str(tiny.root)}), target, OFFLINE)
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
    monkeypatch.setattr(process, "uv", lambda: str(program))
    return program


def test_the_lock_is_committed_and_the_environment_made_in_place(
    proposal: Proposal, target: Path, uv: Path
) -> None:
    result = new(proposal, target, NewOptions())
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
        (
            "lock",
            {
                "lock": "could not be locked: no network",
                "install": "the dependencies are not locked",
            },
            1,
        ),
        ("sync", {"install": "could not be installed: no network"}, 2),
    ],
)
def test_where_uv_fails_the_project_stands_and_the_remedy_is_said(
    proposal: Proposal, target: Path, uv: Path, fails: str, said: dict[str, str], calls: int
) -> None:
    (uv.parent / "fails").write_text(fails)
    result = new(proposal, target, NewOptions())
    assert result.code is Exit.NOT_RUN
    problems = {step.name: step for step in result.steps if step.problem}
    assert list(problems) == list(said)
    for name, words in said.items():
        assert words in problems[name].problem
        assert problems[name].remedy == "make setup"
    assert len((uv.parent / "calls").read_text().splitlines()) == calls
    assert git(target, "status", "--porcelain") == ""


WORKSPACE = """[project]
name = "parent"
version = "0.1.0"
requires-python = ">=3.11"

[tool.uv.workspace]
members = ["packages/*"]
exclude = ["packages/apart"]
"""


@pytest.mark.parametrize("name", ["acme", "apart"])
def test_no_step_writes_into_a_uv_workspace_above(tiny: TinyPack, work: Path, name: str) -> None:
    """With the real uv and no dependency, so that nothing is downloaded."""
    tiny.settings(_slots={"dependencies": [], "env": [], "notes": []})
    (work / "packages").mkdir()
    (work / "pyproject.toml").write_text(WORKSPACE)
    said = {"name": "Acme", "framework": str(tiny.root), "without": "docker"}
    result = new(
        resolve(validate_values(said, "a test")), work / "packages" / name, NewOptions(git=False)
    )
    assert result.code is Exit.DONE
    assert names(work) == ["packages", "pyproject.toml"]
    assert names(work / "packages") == [name]
    assert (result.path / "uv.lock").exists()
    assert (result.path / ".venv").exists() == (name == "apart")
    if name == "acme":
        step = warning(result)
        assert step.problem == (
            f"nothing was installed: the uv workspace in {work} includes the project"
        )
        assert 'exclude = ["packages/acme"]' in step.remedy
    for folder in (work, result.path):
        assert process.run([process.uv(), "lock"], folder).ok
    assert ".scaffold-" not in (work / "uv.lock").read_text()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("UV_PROJECT_ENVIRONMENT", "theirs"),
        ("UV_FROZEN", "1"),
        ("UV_LOCKED", "1"),
        ("UV_PROJECT", "elsewhere"),
        ("UV_NO_DEV", "1"),
    ],
)
def test_variables_of_another_project_do_not_count(
    tiny: TinyPack, work: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    tiny.settings(_slots={"dependencies": [], "env": [], "notes": []})
    monkeypatch.setenv(variable, str(work / value) if value.isalpha() else value)
    said = {"name": "Acme", "framework": str(tiny.root), "without": "docker"}
    result = new(resolve(validate_values(said, "a test")), work / "acme", NewOptions(git=False))
    assert result.code is Exit.DONE
    assert names(work) == ["acme"]
    assert (result.path / ".venv").is_dir()


def test_a_slug_that_hides_a_dependency_is_refused_and_nothing_is_written(
    proposal: Proposal, target: Path, uv: Path
) -> None:
    uv.write_text(
        '#!/bin/sh\necho "hint: The package `flask` depends on the package `click` but '
        'the name is shadowed by your project. Consider changing the name." >&2\nexit 1\n'
    )
    with pytest.raises(UsageError, match="is the name of a package that the project depends on"):
        new(proposal, target, NewOptions())
    assert names(target.parent) == []


def test_an_interrupt_before_the_rename_leaves_nothing(
    proposal: Proposal, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verb, "make_repository", interrupt)
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
    step = problem(new(proposal, target, NewOptions()))
    assert (step.name, step.remedy) == ("install", "make setup")
    assert git(target, "status", "--porcelain") == ""
