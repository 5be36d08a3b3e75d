"""The cache: it remembers, and whatever is wrong with it changes nothing but the time."""

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.rendering import cache as memory

pytestmark = pytest.mark.usefixtures("cold_cache")
FACTS = {b"one": b"1", b"two": b"", b"three": b"\0\xff"}


def store() -> Path:
    return memory.directory() / "memory.sqlite"


def test_what_is_remembered_is_recalled() -> None:
    assert memory.get_many(FACTS) == {}
    memory.set_many(FACTS)
    assert memory.get_many([*FACTS, b"absent"]) == FACTS
    memory.set_many({b"one": b"new"})
    assert memory.get_many([b"one"]) == {b"one": b"new"}


def test_more_is_recalled_than_one_query_takes() -> None:
    many = {str(number).encode(): b"x" for number in range(1700)}
    memory.set_many(many)
    assert memory.get_many(many) == many


def test_nothing_to_remember_makes_no_file() -> None:
    memory.set_many({})
    assert not store().exists()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_remembers_nothing_and_heals(content: bytes) -> None:
    store().parent.mkdir(parents=True)
    store().write_bytes(content)
    assert memory.get_many(FACTS) == {}
    memory.set_many(FACTS)  # may find the damage
    memory.set_many(FACTS)
    assert memory.get_many(FACTS) == FACTS


@pytest.mark.parametrize(
    "damage", ["'1'", "NULL", "x'00'", "CAST(substr(value, 1, 8) || x'32' AS BLOB)"]
)
def test_a_damaged_value_is_not_believed(damage: str) -> None:
    memory.set_many(FACTS)
    with sqlite3.connect(store()) as database:
        database.execute(f"UPDATE memory SET value = {damage} WHERE key = ?", (b"one",))  # noqa: S608 - as written above
    database.close()
    assert memory.get_many(FACTS) == {key: value for key, value in FACTS.items() if key != b"one"}


def test_a_value_under_another_key_is_not_believed() -> None:
    memory.set_many(FACTS)
    with sqlite3.connect(store()) as database:
        database.execute("UPDATE memory SET key = ? WHERE key = ?", (b"four", b"one"))
    database.close()
    assert memory.get_many([b"four"]) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(), st.binary())
def test_a_seal_holds_only_for_its_own_value(key: bytes, value: bytes) -> None:
    sealed = memory.sign(key, value)
    assert memory.unsign(key, sealed) == value
    assert memory.unsign(key + b"x", sealed) is None
    assert memory.unsign(key, sealed + b"x") is None
    assert memory.unsign(key, sealed[1:]) is None


def test_a_place_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the directory should be")
    memory.set_many(FACTS)
    assert memory.get_many(FACTS) == {}


def test_a_refused_place_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "exists", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    memory.set_many(FACTS)
    assert memory.get_many(FACTS) == {}


def test_a_locked_file_is_waited_for_briefly_and_kept() -> None:
    memory.set_many(FACTS)
    holder = sqlite3.connect(store(), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    memory.set_many({b"late": b""})
    assert memory.get_many([b"one"]) == {}
    holder.execute("ROLLBACK")
    holder.close()
    assert memory.get_many([b"one", b"late"]) == {b"one": b"1"}


def test_a_file_that_grew_too_large_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.set_many(FACTS)
    monkeypatch.setattr(memory, "LIMIT", 1)
    memory.set_many({b"new": b"1"})
    assert memory.get_many([*FACTS, b"new"]) == {b"new": b"1"}


def test_the_directory_follows_the_environment(cold_cache: Path) -> None:
    assert os.path.commonpath([memory.directory(), cold_cache]) == str(cold_cache)


def test_what_a_changed_module_remembered_does_not_count(tmp_path: Path) -> None:
    modules = [tmp_path / "one.py", tmp_path / "two.py"]
    for number, module in enumerate(modules):
        module.write_text(f"RULE = {number}\n")
    assert memory.source_digest(str(modules[0])) != memory.source_digest(str(modules[1]))
    assert memory.source_digest(str(modules[0])) == memory.source_digest(str(modules[0]))
