"""What people install is the wheel: it must find its packs without the checkout."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from uv import find_uv_bin

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(find_uv_bin(), "build", "--quiet", "--out-dir", folder, ROOT)
    assert list(folder.glob("*.tar.gz")), "the source distribution is missing"
    return next(folder.glob("*.whl"))


def run(*command: str | Path, folder: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_carries_both_packs_and_nothing_of_the_tests(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for pack in ("flask", "django"):
        assert f"scaffold/templates/{pack}/cookiecutter.json" in names
        kept = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "templates" / pack).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert {f"scaffold/{name}" for name in kept} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_the_installed_wheel_renders_both_packs(wheel: Path, tmp_path: Path) -> None:
    python = tmp_path / "env/bin/python"
    run(find_uv_bin(), "venv", "--quiet", "--python", sys.executable, tmp_path / "env")
    run(find_uv_bin(), "pip", "install", "--quiet", "--python", python, wheel)
    for pack in ("flask", "django"):
        run(
            python,
            "-m",
            "scaffold",
            "new",
            f"shop-{pack}",
            "--framework",
            pack,
            "--defaults",
            "--no-install",
            "--no-git",
            folder=tmp_path,
        )
        assert (tmp_path / f"shop-{pack}" / "Makefile").is_file()
    assert run(python.with_name("scaffold"), "--version", folder=tmp_path).startswith("scaffold ")


def test_uvx_runs_it_from_the_checkout(tmp_path: Path) -> None:
    out = run(
        find_uv_bin(),
        "tool",
        "run",
        "--quiet",
        "--from",
        ROOT,
        "scaffold",
        "list",
        "--json",
        folder=tmp_path,
    )
    assert '"flask"' in out
    assert '"django"' in out
