"""Same input, same bytes: each documented feature of cookiecutter, rendered by both commands."""

import json
import os
import shutil
from pathlib import Path

import pytest
from cookiecutter.cli import main as cookiecutter

from scaffold.cli import run
from scaffold.packs.checkout import fetch
from tests.cookiecutter_cases import CASES, Case

OURS = {".scaffold.toml", ".scaffold.base"}


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's configuration of cookiecutter, which lets it write in a place of the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    config = tmp_path / "cookiecutterrc"
    config.write_text(f"replay_dir: {tmp_path}/replay\ncookiecutters_dir: {tmp_path}/kept\n")
    monkeypatch.setenv("COOKIECUTTER_CONFIG", str(config))
    fetch.cache_clear()
    return config


About = tuple[bytes, bool] | str | None


def tree(folder: Path) -> dict[str, About]:
    """Every file with its content and executable bit, every link, every directory."""

    def about(path: Path) -> About:
        if path.is_symlink():
            return str(path.readlink())
        return None if path.is_dir() else (path.read_bytes(), os.access(path, os.X_OK))

    return {
        path.relative_to(folder).as_posix(): about(path)
        for path in sorted(folder.rglob("*"))
        if path.relative_to(folder).as_posix() not in OURS
    }


def both(source: str, more: list[str], words: list[str], work: Path) -> None:
    """Run both commands in the same directory, one after another, and compare what they make."""
    place = work / "place"
    place.mkdir()
    os.chdir(place)
    quiet = [] if "--replay-file" in more else ["--no-input"]
    cookiecutter([source, *quiet, *more], standalone_mode=False)
    (theirs,) = place.iterdir()
    name = theirs.name
    theirs.rename(work / "theirs")
    assert run(["new", source, "--defaults", "--no-git", "--trust", "-q", *words]) == 0
    assert [path.name for path in place.iterdir()] == [name]
    expected, found = tree(work / "theirs"), tree(place / name)
    assert list(found) == list(expected)
    for path, about in expected.items():
        assert found[path] == about, path


@pytest.mark.parametrize("name", CASES)
def test_the_same_bytes(name: str, work: Path, settings: Path) -> None:
    case: Case = CASES[name]
    root = work.parent / "template"
    case.build(root)
    with settings.open("a") as stream:
        stream.write(case.config)
    more = [f"{key}={value}" for key, value in case.values.items()]
    words = [word for pair in more for word in ("-d", pair)]
    if case.replay is not None:
        (work.parent / "replay.json").write_text(json.dumps(case.replay))
        more = ["--replay-file", str(work.parent / "replay.json")]
        words = ["--data-file", str(work.parent / "replay.json")]
    both(str(root), more, words, work)


def test_there_is_a_template_for_each_feature() -> None:
    assert len(CASES) >= 33


def test_a_sub_directory_and_a_zip_file(work: Path) -> None:
    whole = work.parent / "whole"
    CASES["texts"].build(whole / "templates/web")
    both(str(whole), ["--directory", "templates/web"], ["--directory", "templates/web"], work)
    for folder in (work / "place", work / "theirs"):
        shutil.rmtree(folder)
    shutil.make_archive(str(work.parent / "packed"), "zip", whole / "templates", "web")
    both(str(work.parent / "packed.zip"), [], [], work)
