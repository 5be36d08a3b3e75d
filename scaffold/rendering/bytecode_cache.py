"""Compiled templates kept between runs: Jinja's bytecode, one sealed file each.

Jinja's own store fails on a damaged file or a full disk, and does not notice when a pack changes
its delimiters.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.rendering import cache as memory

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket


class BytecodeCache:
    """What Jinja expects of a bytecode cache (`get_bucket`, `set_bucket`); never fails.

    Args:
        folder: where the files are.
        settings: what beside the source decides the bytecode.
    """

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        from jinja2 import __version__

        self._folder = folder
        self._salt = f"{__version__}\0sandboxed\0{sorted(settings.items())}\0"

    def get_bucket(
        self, environment: "Environment", name: str, filename: str | None, source: str
    ) -> "Bucket":
        """Look a template up; the bucket is empty where it was never compiled."""
        from jinja2.bccache import Bucket

        text = f"{self._salt}{name}\0{filename}\0{source}"
        key = sha256(text.encode()).hexdigest()
        bucket = Bucket(environment, key, key)
        with suppress(OSError):
            code = memory.unsign(key.encode(), (self._folder / key).read_bytes())
            if code is not None:
                bucket.bytecode_from_string(code)
        return bucket

    def set_bucket(self, bucket: "Bucket") -> None:
        """Keep a compiled template, whole or not at all."""
        code = memory.sign(bucket.key.encode(), bucket.bytecode_to_string())
        target = self._folder / bucket.key
        half = target.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(code)
            half.replace(target)
        except OSError:
            with suppress(OSError):
                half.unlink()
