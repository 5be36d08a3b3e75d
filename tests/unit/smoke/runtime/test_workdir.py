"""The directory of a run: whatever goes wrong with it, nothing around it changes."""

import os
from pathlib import Path

import pytest

from scaffold.smoke.runtime.workdir import remove_directory


def test_read_only_parts_are_removed(tmp_path: Path) -> None:
    inside = tmp_path / "run/project/locked"
    inside.mkdir(parents=True)
    (inside / "file").write_text("x")
    inside.chmod(0o500)
    remove_directory(tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_the_directory_around_keeps_its_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    tmp_path.chmod(0o755)

    def busy(path: str, **_: object) -> None:
        raise OSError(f"{path} is in use")  # as where two runs remove it at once

    monkeypatch.setattr(os, "rmdir", busy)
    remove_directory(folder)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
