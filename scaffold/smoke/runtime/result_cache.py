"""Remember which steps passed for the same tree, lock, Python, tool and step definitions."""

import json
import platform
import sys
from hashlib import sha256

from scaffold import __version__
from scaffold.rendering import cache as memory
from scaffold.smoke.runtime.case_context import CaseContext
from scaffold.smoke.runtime.reproducibility import digests


def key_of(context: CaseContext) -> bytes:
    """Return the cache key of a case whose files are in place and locked."""
    lock = context.project / "uv.lock"
    parts = {
        "tree": digests(context.tree),
        "lock": sha256(lock.read_bytes()).hexdigest() if lock.exists() else "",
        "python": context.environments.python(context.project).version,
        "system": [sys.platform, platform.machine()],
        "tool": __version__,
        "steps": sha256(context.config.source).hexdigest(),
    }
    return sha256(b"smoke" + json.dumps(parts, sort_keys=True).encode()).digest()


def load(key: bytes) -> frozenset[str]:
    """Return the names of the steps that passed before."""
    return frozenset(json.loads(memory.get_many([key]).get(key, b"[]")))


def save(key: bytes, steps: frozenset[str]) -> None:
    """Add the names of steps that passed."""
    memory.set_many({key: json.dumps(sorted(steps | load(key))).encode()})
