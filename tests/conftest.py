"""Fixtures for all tests: a cache, an environment and a git identity of their own."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from scaffold.packs.checkout import fetch
from scaffold.packs.pack import Pack, read_pack
from tests.policies import WritePolicy, policy_writer
from tests.projects import SUITES, add_options, is_named
from tests.tiny_pack import TinyPack, build

ROOT = Path(__file__).parent.parent
GIT_CONFIG = """[user]
name = Tester
email = tester@example.com
[init]
defaultBranch = main
"""

PROOF = bool(os.environ.get("SCAFFOLD_PROOF"))  # the long run of `make proof`
settings.register_profile("quick", deadline=None, max_examples=40)  # machines are shared and noisy
settings.register_profile("proof", deadline=None, max_examples=2000)
settings.load_profile("proof" if PROOF else "quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Name the project for the suites that need one."""
    add_options(parser)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the suites that need a project where none is named."""
    needs_project = set(SUITES) & set(collection_path.relative_to(ROOT).parts)
    return True if needs_project and not is_named(config) else None


@pytest.fixture(autouse=True, scope="session")
def interruptible() -> None:
    """What a shell runs behind itself ignores Ctrl-C, and so would every program we start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or changes the cache, the settings or the identity of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    (home / "gitconfig").write_text(GIT_CONFIG)
    before = dict(os.environ)
    for name in list(os.environ):
        if name.startswith(("SCAFFOLD_", "GIT_")) or name in ("VIRTUAL_ENV", "EMAIL"):
            del os.environ[name]
    os.environ |= {
        "XDG_CACHE_HOME": str(home / "cache"),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_SYSTEM": os.devnull,
        # A subprocess finds this checkout, installed or not.
        "PYTHONPATH": str(ROOT),
    }
    yield
    os.environ.clear()
    os.environ |= before


@pytest.fixture
def tiny(tmp_path: Path) -> TinyPack:
    """A fresh copy of the small pack, to be changed at will."""
    return build(tmp_path / "packs" / "tiny")


@pytest.fixture(scope="session")
def shared_tiny(tmp_path_factory: pytest.TempPathFactory) -> TinyPack:
    """One copy of the small pack for tests that only read it."""
    return build(tmp_path_factory.mktemp("packs") / "tiny")


@pytest.fixture
def pack(shared_tiny: TinyPack) -> Pack:
    """The manifests of the small pack."""
    return read_pack(shared_tiny.root)


@pytest.fixture
def cold_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache directory of this test alone, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def nothing_fetched(cold_cache: Path) -> Iterator[None]:
    """No source was fetched before, on disk or in this process."""
    del cold_cache
    fetch.cache_clear()
    yield
    fetch.cache_clear()


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory that the test runs in; outside of every repository."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write_policy(tmp_path: Path) -> WritePolicy:
    """Write a policy of a team and return its path."""
    return policy_writer(tmp_path / "policies")
