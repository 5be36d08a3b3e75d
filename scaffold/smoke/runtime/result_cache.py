"""What passed before, by content: same tree, lock, Python, tool and steps."""

import json
import platform
import sys
from hashlib import sha256

from scaffold import __version__
from scaffold.rendering import cache as memory
from scaffold.smoke.runtime.case_context import Bench
from scaffold.smoke.runtime.reproducibility import digests


def key(bench: Bench) -> bytes:
    """What a proof holds for.

    Args:
        bench: a case whose files are in place and locked.
    """
    lock = bench.project / "uv.lock"
    parts = {
        "tree": digests(bench.tree),
        "lock": sha256(lock.read_bytes()).hexdigest() if lock.exists() else "",
        "python": bench.environments.python(bench.project).version,
        "system": [sys.platform, platform.machine()],
        "tool": __version__,
        "steps": sha256(bench.table.source).hexdigest(),
    }
    return sha256(b"smoke" + json.dumps(parts, sort_keys=True).encode()).digest()


def recall(key: bytes) -> frozenset[str]:
    """The steps that passed before under this key."""
    return frozenset(json.loads(memory.recall([key]).get(key, b"[]")))


def remember(key: bytes, steps: frozenset[str]) -> None:
    """Keep that these steps passed."""
    memory.remember({key: json.dumps(sorted(steps | recall(key))).encode()})
