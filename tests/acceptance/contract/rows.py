"""Rows to work with, created through the API."""

import itertools
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from tests.acceptance.contract.client import Client, data

Row = dict[str, Any]
_RUN = secrets.token_hex(3)
_numbers = itertools.count(1)


def word() -> str:
    """Return a word that no other row holds."""
    return f"zq{_RUN}{next(_numbers)}x"


def path(kind: str, row: Row) -> str:
    """Return where the API shows a row."""
    return f"/api/v1/{kind}/{row['id']}/"


class Rows:
    """Create valid rows.

    Args:
        staff: who creates them, where nobody else is named.
    """

    def __init__(self, staff: Client) -> None:
        self.staff = staff
        self.defaults: Mapping[str, Mapping[str, Callable[[], Any]]] = {
            "blog/posts": {"title": word, "body": word, "status": lambda: "draft"},
            "catalog/tags": {"name": word},
            "catalog/products": {"name": word, "price": lambda: "9.50"},
            "orders/orders": {"number": word, "placedAt": lambda: "2026-01-02T03:04:05Z"},
            "depot/shelves": {"code": word, "position": lambda: 1},
            "depot/drafts": {},
        }

    def body(self, kind: str, **values: Any) -> Row:
        """Return a valid body, with some values."""
        return {name: make() for name, make in self.defaults[kind].items()} | values

    def create(self, kind: str, who: Client | None = None, **values: Any) -> Row:
        """Create a row; return its JSON."""
        response = (who or self.staff).post(f"/api/v1/{kind}/", self.body(kind, **values))
        row: Row = data(response, 201)
        return row
