"""A team's policy in its own repository: recorded at birth, obeyed by a colleague, renewed."""

import shutil
import tomllib
from pathlib import Path

import pytest

from scaffold.cli import run
from tests.integration.test_team_pack import another_machine
from tests.repositories import commit, git

SOURCE = "https://git.example/pack@main//web.toml"
NEW = ("new", "shop", "--defaults", "--no-install", "--quiet")
HEAD = 'name = "acme-web"\nowner = "the platform team"\n'
LOCKS = '[locks]\nframework = "flask"\ndatabase = "postgres"\n'


def test_a_life_with_a_teams_policy(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policies, server = tmp_path / "policies", tmp_path / "server"
    policies.mkdir()
    (policies / "web.toml").write_text(HEAD + LOCKS)
    first = commit(policies)
    git(tmp_path, "clone", "--quiet", "--bare", str(policies), str(server))
    another_machine(tmp_path / "ann", server, monkeypatch)
    assert run([*NEW, "--policy", SOURCE]) == 0

    text = (work / "shop/.scaffold.toml").read_text()
    state = tomllib.loads(text)
    assert state["policy"]["source"] == SOURCE
    assert state["policy"]["commit"] == first
    assert len(state["policy"]["sha256"]) == 64
    assert str(tmp_path) not in text
    assert "postgres" in state["recipe"]["features"]

    # The team changes its mind; a colleague's clone obeys what the project recorded.
    (policies / "web.toml").write_text(HEAD + LOCKS + '[features]\nforbid = ["metrics"]\n')
    second = commit(policies)
    git(policies, "push", "--quiet", str(server), "HEAD:main")
    colleague = tmp_path / "other" / "shop"
    git(tmp_path, "clone", "--quiet", str(work / "shop"), str(colleague))
    another_machine(tmp_path / "bob", server, monkeypatch)
    monkeypatch.chdir(colleague)
    (colleague / "uv.lock").write_text("")
    git(colleague, "add", "--all")
    git(colleague, "commit", "--quiet", "-m", "lock")
    assert run(["set", "database=sqlite", "--no-install", "--quiet"]) == 2
    assert run(["add", "feature", "metrics", "--no-install", "--quiet", "--dry-run"]) == 0
    assert run(["check"]) == 0
    assert run(["update", "--no-install", "--quiet"]) == 0
    state = tomllib.loads((colleague / ".scaffold.toml").read_text())
    assert state["policy"]["commit"] == second
    assert run(["add", "feature", "metrics", "--no-install", "--quiet", "--dry-run"]) == 2

    # Offline: what was fetched serves; and removing the line helps nobody.
    shutil.move(server, tmp_path / "gone")
    assert run(["check"]) == 0
    git(colleague, "commit", "--quiet", "-am", "update")
    values = (colleague / ".scaffold.toml").read_text()
    (colleague / ".scaffold.toml").write_text(
        values.replace("[policy]", "[versions-of-old]").replace('    "postgres",\n', "")
    )
    assert run(["check"]) == 0
    assert run(["check", "--policy", SOURCE]) == 6
    monkeypatch.setenv("SCAFFOLD_POLICY", SOURCE)
    assert run(["check"]) == 6
