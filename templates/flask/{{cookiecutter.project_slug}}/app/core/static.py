"""Static files: a page asks for them by what is in them, so that no browser shows an old one."""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from flask import Flask


def init_app(app: Flask) -> None:
    """Add a digest of the content to the address of each static file."""

    @cache
    def digest(name: str) -> str | None:
        path = Path(str(app.static_folder)) / name
        return blake2b(path.read_bytes(), digest_size=6).hexdigest() if path.is_file() else None

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values.setdefault("v", digest(values["filename"]))
