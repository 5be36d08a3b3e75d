"""Rows to work with, made through the API."""

import itertools
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from .client import Client, data

_RUN = secrets.token_hex(3)
_NUMBERS = itertools.count(1)

Row = dict[str, Any]


def word() -> str:
    """A word that no other row holds."""
    return f"zq{_RUN}{next(_NUMBERS)}x"


class Rows:
    """Makes rows that are valid in all that is not named.

    Args:
        staff: makes them, where nobody else is named.
    """

    def __init__(self, staff: Client) -> None:
        self.staff = staff
        self.defaults: Mapping[str, Mapping[str, Callable[[], Any]]] = {
            "blog/posts": {"title": word, "body": word, "status": lambda: "draft"},
            "shop/tags": {"name": word},
            "shop/categories": {"name": word},
            "shop/products": {
                "name": word,
                "price": lambda: "9.50",
                "stock": lambda: 3,
                "categoryId": lambda: self.make("shop/categories")["id"],
            },
            "shop/reviews": {
                "body": word,
                "productId": lambda: self.make("shop/products")["id"],
            },
            "shop/suppliers": {
                "name": word,
                "email": lambda: f"{word()}@example.com",
                "size": lambda: "small_firm",
            },
        }

    def body(self, kind: str, **values: Any) -> Row:
        """A body to create a row of a kind, "blog/posts"."""
        missing = {k: make for k, make in self.defaults[kind].items() if k not in values}
        return {**{key: make() for key, make in missing.items()}, **values}

    def make(self, kind: str, who: Client | None = None, **values: Any) -> Row:
        """Create a row; gives its JSON."""
        answer = (who or self.staff).post(f"/api/v1/{kind}/", self.body(kind, **values))
        row: Row = data(answer, 201)
        return row


def path(kind: str, row: Row) -> str:
    """Where the API shows a row."""
    return f"/api/v1/{kind}/{row['id']}/"
