"""Entity tags: a row's representation in short."""

from hashlib import sha256
from typing import Any

from rest_framework.renderers import JSONRenderer


def etag(data: Any) -> str:
    """The strong entity tag of a representation."""
    return f'"{sha256(JSONRenderer().render(data)).hexdigest()[:32]}"'
