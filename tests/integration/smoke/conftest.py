"""A temporary directory and a cache for every test of smoke, checked to be left clean."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.smoke.runtime.cleanup import marked_processes
from tests.integration.smoke.tiny import write_pack


def left_running(place: Path) -> list[int]:
    """Processes that a run started whose temporary directory was in a place."""
    return [pid for pid, seen in marked_processes() if str(place).encode() in seen]


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The temporary directory of a run; after the test nothing of it may be left."""
    place = Path(tempfile.mkdtemp(prefix="smoke-test-"))
    place.chmod(0o711)  # PostgreSQL runs as another user
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    try:
        yield place
        assert left_running(place) == []
        assert list(place.iterdir()) == []
    finally:
        shutil.rmtree(place)


@pytest.fixture
def pack(tmp_path: Path, temporary: Path) -> Path:
    """The tiny pack."""
    del temporary
    return write_pack(tmp_path)
