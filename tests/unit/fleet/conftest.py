"""A project of each kind, and fleets of copies of them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fleets import Packs

WriteFleet = Callable[..., Path]
NewProject = Callable[..., Path]
SECOND = "# {{ cookiecutter.project_name }}\n\n{{ cookiecutter.description }} Second edition.\n"


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of version 1.0 of each pack; there is a version 1.1."""
    folder = tmp_path_factory.mktemp("models")
    packs = Packs(folder / "packs")
    for kind in packs.packs:
        packs.new(kind, folder / f"acme-{kind}")
        packs.release(kind, "1.1", "v2", **{"README.md": SECOND})
    return folder


@pytest.fixture
def new_project(models: Path, tmp_path: Path) -> NewProject:
    """Return a project of a kind, with a repository of its own."""

    def new(name: str, kind: str = "flask") -> Path:
        return Path(shutil.copytree(models / f"acme-{kind}", tmp_path / name))

    return new


@pytest.fixture
def write_fleet(tmp_path: Path) -> WriteFleet:
    """Write a fleet file: sources, or tables of its keys; and lines above them."""

    def write(*rows: str | dict[str, object], head: str = "") -> Path:
        tables = [row if isinstance(row, dict) else {"source": row} for row in rows]
        text = [
            "\n".join(["[[repository]]", *(f"{key} = {_toml(row[key])}" for key in row)])
            for row in tables
        ]
        file = tmp_path / "fleet.toml"
        file.write_text("\n".join([head, *text]), "utf-8")
        return file

    return write


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
