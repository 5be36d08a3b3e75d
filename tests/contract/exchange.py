"""Requests whose answers must be the same from every pack, as data."""

from dataclasses import dataclass
from typing import Any

POST, PRODUCT, SUPPLIER = "blog/posts", "shop/products", "shop/suppliers"
TOKEN, ME = "/api/v1/auth/token/", "/api/v1/auth/me/"


@dataclass(frozen=True)
class Exchange:
    """One request.

    Args:
        method: the verb.
        where: a path; `{posts}`, `{products}`, `{suppliers}` stand for a row's own path.
        body: what is sent as JSON, where it is not nothing.
        who: visitor, demo or staff.
    """

    method: str
    where: str
    body: Any = None
    who: str = "visitor"

    def __str__(self) -> str:
        sent = "" if self.body is None else f" {self.body!r}"
        return f"{self.who} {self.method} {self.where}{sent}"[:100]


_POST_VALUES: dict[str, list[Any]] = {
    "title": [None, "", " ", "x" * 201, "a\0b", 5, True, [], {}, "ok", "x" * 200],
    "body": [None, "", 5, "x" * 5000],
    "slug": [None, "no slug", "UPPER", "a_b", "x" * 201, "ü", ""],
    "status": ["nope", None, 1, "", "published"],
    "publishedAt": [
        "x", "", 5, None, "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00",
        "2026-01-01 00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
        "2026-01-01T00:00:00.123456Z",
    ],
    "unknown": [1, None],
    "published_at": [None],
    "id": [1, "x"],
    "author": [None, {"id": 1}],
    "authorId": [None, 1],
    "createdAt": ["x"],
}  # fmt: skip
_PRODUCT_VALUES: dict[str, list[Any]] = {
    "price": [
        "abc", "NaN", "1.234", "1e2", 1e2, 9.999, "123456789.00", None, "", True, "-1", 0,
    ],
    "stock": [1.0, 1.5, "3", "abc", None, True, 2**31, 2**31 - 1, -(2**31), 2**63, 10**30],
    "releasedOn": ["x", "", 5, None, "2026-02-03T00:00:00Z", "2026-02-03"],
    "categoryId": [0, -1, 999999, 10**30, "1", None, True, 1.5, [], {}],
    "category": [None, {"id": 1, "label": "x"}],
    "tagIds": [[999999], [10**30], ["x"], [True], [None], None, 1, {}, "1", []],
    "tags": [None, [1]],
    "details": [None, "x", 1, [], {"a_b": {"cD": None}}],
}  # fmt: skip
_SUPPLIER_VALUES: dict[str, list[Any]] = {
    "email": ["x", None, "", 5, "x@y.example"],
    "website": ["", "ftp://x.example", "http://localhost", "javascript:1", None],
    "active": [None, "true", "yes", 1, 0, True],
    "opensAt": ["x", "08:30", "08:30:00Z", "08:30:00", "24:00", "", None],
    "code": ["x", "", 5, None, "0b8f3d0e-3c1c-4c0e-9d8e-2f1f6e1d2c3b"],
    "rating": ["x", "1.5", True, 1, 1.5, None],
    "volume": [2**63, 2**63 - 1, 1.0, "5", None],
    "size": ["", "small-firm", None, "large_firm"],
}
_POST_QUERIES = [
    "page=0", "page=x", "page=", "page=9999", "page=1.0", "pageSize=", "pageSize=101",
    "ordering=", "ordering=x", "ordering=title,", "ordering=author", "ordering=authorId",
    "ordering=-createdAt", "ordering=body", "status=", "status=x", "title=", "title__contains=",
    "search=", "authorId=", "authorId=x", "authorId=0", "authorId=-1", "publishedAt=",
    "publishedAt__gte=2026-01-01", "publishedAt__gte=2026-01-01T00:00:00", "createdAt__gte=x",
    "id=1", "id=x", "slug__contains=a", "title__gte=a", "nothing=1",
]  # fmt: skip
_PRODUCT_QUERIES = [
    "price=abc", "price__gte=1e2", "price=NaN", "stock=1.0", "stock=x", "tagIds=1,2", "tagIds=x",
    "releasedOn=2026-01-01T00:00:00Z", "tagIds=999999", "categoryId=999999", "details=x",
    "ordering=category", "ordering=details", "ordering=price", "ordering=tags",
]  # fmt: skip
_SUPPLIER_QUERIES = [
    "active=True", "active=1", "active=false", "opensAt__gte=08:30", "code=x", "rating__gte=x",
    "rating=nan", "email__contains=x", "website__contains=x", "size=x", "size__contains=x",
]  # fmt: skip
_TOKENS: list[Any] = [
    {}, {"email": "x"}, {"email": "x", "password": "y"}, {"email": None, "password": None},
    {"email": 5, "password": 5}, {"email": "", "password": ""}, [], "x",
    {"email": "demo@example.com", "password": "wrong"},
]  # fmt: skip


def _patches(kind: str, who: str, values: dict[str, list[Any]]) -> list[Exchange]:
    where = "{" + kind.partition("/")[2] + "}"
    return [Exchange("PATCH", where, {k: v}, who) for k, several in values.items() for v in several]


def _queries(kind: str, queries: list[str]) -> list[Exchange]:
    return [Exchange("GET", f"/api/v1/{kind}/?{query}") for query in queries]


EXCHANGES = [
    *_patches(POST, "demo", _POST_VALUES),
    *_patches(PRODUCT, "staff", _PRODUCT_VALUES),
    *_patches(SUPPLIER, "staff", _SUPPLIER_VALUES),
    *_queries(POST, _POST_QUERIES),
    *_queries(PRODUCT, _PRODUCT_QUERIES),
    *_queries(SUPPLIER, _SUPPLIER_QUERIES),
    *[Exchange("POST", TOKEN, body) for body in _TOKENS],
    *[Exchange(m, w, {}) for m in ("PUT", "PATCH", "DELETE") for w in (TOKEN, ME)],
    *[Exchange(m, "{posts}", {}, who) for m in ("PUT", "POST", "PATCH", "DELETE")
      for who in ("visitor", "demo", "staff")],
    *[Exchange(m, f"/api/v1/{POST}/", {}, who) for m in ("PUT", "POST", "PATCH", "DELETE")
      for who in ("visitor", "demo", "staff")],
    *[Exchange(m, f"/api/v1/{PRODUCT}/", {}, "demo") for m in ("POST", "DELETE")],
    *[Exchange("GET", where, None, who) for who in ("visitor", "demo")
      for where in ("{posts}", ME, "/api/v1/", "/api/", "/api/v1/blog/", "/api/v1/blog/posts/x/")],
]  # fmt: skip
