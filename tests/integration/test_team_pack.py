"""A team's pack in its own repository: `new` from a tag, `update` to the next, by a colleague."""

import shutil
import tomllib
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.packs.checkout import fetch
from tests.repositories import commit, git
from tests.tiny_pack import TinyPack

NEW = ("--defaults", "--no-install", "--resource", "blog.Post: title:str")


def another_machine(home: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home with an empty cache, whose git reaches the server by the address of the team."""
    home.mkdir()
    config = home / "gitconfig"
    config.write_text(
        f"[user]\nname = {home.name}\nemail = {home.name}@example.com\n"
        f'[url "file://{server}"]\ninsteadOf = https://git.example/pack\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    fetch.cache_clear()


def test_a_life_with_a_teams_pack(
    tiny: TinyPack, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = commit(tiny.root, tag="v1")
    server = tmp_path / "server"
    git(tmp_path, "clone", "--quiet", "--bare", str(tiny.root), str(server))
    another_machine(tmp_path / "ann", server, monkeypatch)
    assert run(["new", "https://git.example/pack@v1", "shop", *NEW]) == 0

    state = tomllib.loads((work / "shop/.scaffold.toml").read_text())
    assert state["pack"]["url"] == "https://git.example/pack"
    assert (state["pack"]["commit"], state["pack"]["rev"]) == (first, "v1")
    assert str(tmp_path) not in (work / "shop/.scaffold.toml").read_text()

    tiny.base("added.txt", "new\n")
    tiny.write("pack.toml", 'label = "Tiny"\nversion = "1.3"\n')
    second = commit(tiny.root, tag="v2")
    git(tiny.root, "push", "--quiet", "--tags", str(server), "HEAD")

    colleague = tmp_path / "other" / "shop"
    git(tmp_path, "clone", "--quiet", str(work / "shop"), str(colleague))
    another_machine(tmp_path / "bob", server, monkeypatch)
    monkeypatch.chdir(colleague)
    (colleague / "README.md").write_text("# Ours\n")
    git(colleague, "commit", "--quiet", "-am", "ours")
    # What is added comes from the recorded commit: the newer one waits for an update.
    assert run(["add", "feature", "broker", "--no-install"]) == 0
    assert not (colleague / "added.txt").exists()
    git(colleague, "add", "--all")
    git(colleague, "commit", "--quiet", "-m", "broker")
    assert run(["update", "--no-install"]) == 0
    assert (colleague / "added.txt").exists()
    assert (colleague / "README.md").read_text() == "# Ours\n"
    state = tomllib.loads((colleague / ".scaffold.toml").read_text())
    assert (state["pack"]["commit"], state["pack"]["rev"]) == (second, "v2")

    # Offline: everything is known by now.
    git(colleague, "add", "--all")
    git(colleague, "commit", "--quiet", "-m", "update")
    shutil.move(server, tmp_path / "gone")
    fetch.cache_clear()
    assert run(["diff"]) == 0
    assert run(["remove", "feature", "broker", "--no-install"]) == 0


def test_update_to_a_named_version(
    tiny: TinyPack, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("v1", "v2", "v3"):
        tiny.base("version.txt", f"{version}\n")
        commit(tiny.root, tag=version)
    another_machine(tmp_path / "ann", tiny.root, monkeypatch)
    assert run(["new", "https://git.example/pack@v1", "shop", *NEW]) == 0
    monkeypatch.chdir(work / "shop")
    assert run(["update", "--to", "v2", "--no-install"]) == 0
    assert (work / "shop/version.txt").read_text() == "v2\n"


def test_a_name_of_ones_own(
    tiny: TinyPack, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tiny.root)
    (tmp_path / "config/scaffold").mkdir(parents=True)
    (tmp_path / "config/scaffold/config.toml").write_text(
        f'[sources]\nteam = "file://{tiny.root}"\n'
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    fetch.cache_clear()
    assert run(["new", "team", "shop", *NEW]) == 0
    assert (work / "shop/app/blog").is_dir()


def test_a_source_and_a_framework_are_one_too_many(
    tiny: TinyPack, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", str(tiny.root), "shop", "--framework", "flask", "--defaults"]) == 2
    assert "both name a pack" in capsys.readouterr().err
    assert run(["new", "shop", "--directory", "x", "--defaults"]) == 2
    assert run(["new", "nowhere", "shop", "--defaults"]) == 2
    assert list(work.iterdir()) == []
