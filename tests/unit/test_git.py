"""Running git: untranslated messages, and only about the directory that was given."""

import os
import subprocess
from pathlib import Path

import pytest

from scaffold.git import run, work_tree_of
from scaffold.process import NOT_INSTALLED


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a folder in it."""
    folder = tmp_path / "repository"
    (folder / "deep" / "er").mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(
    ("place", "inside"),
    [("repository", True), ("repository/deep/er", True), ("repository/.git", False), (".", False)],
)
@pytest.mark.usefixtures("repository")
def test_a_work_tree_is_known_from_within(tmp_path: Path, place: str, inside: bool) -> None:
    assert (work_tree_of(tmp_path / place) is not None) is inside


def test_a_repository_that_git_distrusts_is_one_too(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert not run(repository, "rev-parse", "--is-inside-work-tree").ok
    assert work_tree_of(repository)


def test_a_hook_of_another_repository_does_not_lead_git_astray(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository))
    other = tmp_path / "other"
    other.mkdir()
    assert not work_tree_of(other)
    assert run(other, "init", "--quiet").ok
    assert (other / ".git").is_dir()


def test_git_speaks_so_that_it_is_understood(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    assert "did not match any files" in run(repository, "add", "absent").output
    assert run(repository, "config", "gc.auto").output.strip() == "0"


def test_without_git_there_is_no_work_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert run(tmp_path, "--version").code == NOT_INSTALLED
    assert not work_tree_of(tmp_path)
