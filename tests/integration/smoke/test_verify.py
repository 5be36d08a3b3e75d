"""`scaffold new --verify`: what fails its own steps never arrives."""

import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.errors import Exit
from tests.integration.smoke.tiny import inject, only


def new(pack: Path, place: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    words = [
        "new",
        str(place / "shop"),
        "--defaults",
        "--framework",
        str(pack),
        "-d",
        "apps=",
        "--verify",
        *more,
    ]
    return subprocess.run(
        [sys.executable, "-m", "scaffold", *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def test_a_project_that_passes_arrives_as_clean_as_without(pack: Path, place: Path) -> None:
    done = new(pack, place, "--no-install", "--no-git")
    assert done.returncode == Exit.DONE, done.stderr
    assert "verified" in done.stderr
    assert {path.name for path in (place / "shop").iterdir()} == {
        ".scaffold.base",
        ".scaffold.toml",
        "manage.py",
        "parts",
        "pyproject.toml",
        "server.py",
        "test_base.py",
    }


@pytest.mark.parametrize("defect", ["failing test", "server that does not boot", "migration drift"])
def test_a_project_that_fails_never_arrives(pack: Path, place: Path, defect: str) -> None:
    step = inject(pack, defect, "alpha")
    done = new(pack, place, "--feature", "alpha", "--no-install")
    assert done.returncode == Exit.UNVERIFIED
    assert f"error: the project fails {step}: " in done.stderr
    assert "--keep-on-failure" in done.stderr
    assert list(place.iterdir()) == []


def test_it_is_kept_on_demand_and_the_code_stays(pack: Path, place: Path) -> None:
    inject(pack, "failing test", "alpha")
    done = new(pack, place, "--feature", "alpha", "--keep-on-failure", "--no-git", "--no-install")
    assert done.returncode == Exit.UNVERIFIED
    assert (place / "shop/test_more.py").exists()
    assert "the project fails tests" in done.stderr


def test_what_could_not_run_is_told_and_the_project_stands(pack: Path, place: Path) -> None:
    path = pack / "smoke.toml"
    path.write_text(path.read_text().replace('"python", "-m", "unittest", "-q"', '"no-such-tool"'))
    only(pack, "render", "lock", "install", "tests")
    done = new(pack, place, "--no-git", "--no-install")
    assert done.returncode == Exit.NOT_RUN
    assert "not verified: tests (no-such-tool is not installed)" in done.stderr
    assert (place / "shop/manage.py").exists()


def test_keep_on_failure_alone_is_a_mistake(pack: Path, place: Path) -> None:
    words = [
        "new",
        str(place / "shop"),
        "--defaults",
        "--framework",
        str(pack),
        "--keep-on-failure",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "scaffold", *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == Exit.USAGE
    assert "add --verify" in done.stderr
