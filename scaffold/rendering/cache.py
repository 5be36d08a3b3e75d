"""What was computed before, remembered by content in the user's cache directory."""

import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from scaffold import __version__

SIGNATURE_SIZE = 8  # bytes before a value that tell a damaged one
LIMIT = 128 * 1024 * 1024  # bytes; past it the file is begun anew


def directory() -> Path:
    """Return the cache directory of this version of scaffold and of Python."""
    from platformdirs import user_cache_path

    version = f"{__version__}-py{sys.version_info.major}.{sys.version_info.minor}"
    return user_cache_path("scaffold") / version


@cache
def source_digest(module: str) -> bytes:
    """Return the digest of a module's source, so that a change invalidates its cached results."""
    return sha256(Path(module).read_bytes()).digest()


def get_many(keys: Iterable[bytes]) -> dict[bytes, bytes]:
    """Look up what is remembered; a cache that cannot be read remembers nothing."""
    import sqlite3

    path = directory() / "memory.sqlite"
    wanted = list(keys)
    found: dict[bytes, object] = {}
    try:
        if not path.exists():
            return {}
        with closing(sqlite3.connect(path, timeout=1)) as database:
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value FROM memory WHERE key IN ({marks})"  # noqa: S608 - question marks
                found.update(database.execute(query, part))
    except (OSError, sqlite3.Error):
        return {}
    sound = {key: unsign(key, value) for key, value in found.items()}
    return {key: value for key, value in sound.items() if value is not None}


def set_many(facts: Mapping[bytes, bytes]) -> None:
    """Store facts for later runs; where that is impossible, go on without."""
    if not facts:
        return
    import sqlite3

    path = directory() / "memory.sqlite"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LIMIT:
            path.unlink()
        with closing(sqlite3.connect(path, timeout=1)) as database, database:
            database.execute("PRAGMA synchronous=OFF")
            database.execute("CREATE TABLE IF NOT EXISTS memory (key BLOB PRIMARY KEY, value BLOB)")
            rows = [(key, sign(key, value)) for key, value in facts.items()]
            database.executemany("INSERT OR REPLACE INTO memory VALUES (?, ?)", rows)
    except sqlite3.OperationalError:
        return  # locked by another run, or the disk refuses
    except (OSError, sqlite3.Error):
        with suppress(OSError):
            path.unlink()  # no longer a database: created anew next time


def sign(key: bytes, value: bytes) -> bytes:
    """Put before a value what proves that it is the one stored under this key."""
    return sha256(key + value).digest()[:SIGNATURE_SIZE] + value


def unsign(key: bytes, sealed: object) -> bytes | None:
    """Return the value, or nothing where it is damaged."""
    if not isinstance(sealed, bytes):
        return None
    value = sealed[SIGNATURE_SIZE:]
    return value if sealed == sign(key, value) else None
