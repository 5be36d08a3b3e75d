"""Asks the API for lists."""

from typing import Any
from urllib.parse import quote

from .client import Client, data

ENVELOPE = {"count", "page", "pageSize", "pages", "results"}


def listed(client: Client, path: str, **query: Any) -> Any:
    """The envelope of a list, checked for its keys."""
    pairs = "&".join(f"{key}={quote(str(value))}" for key, value in query.items())
    body = data(client.get(f"{path}?{pairs}"))
    assert set(body) == ENVELOPE, f"the envelope holds {sorted(body)}"
    return body


def numbers(body: Any) -> list[int]:
    """The numbers at the end of the titles in a list."""
    return [int(row["title"].rpartition(" ")[2]) for row in body["results"]]
