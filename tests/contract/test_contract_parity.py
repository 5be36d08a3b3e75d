"""Two servers, the same requests, the same answers; collected with `--against` alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from requests import Response

from .client import PASSWORD, Client, data, told
from .exchange import EXCHANGES, Exchange
from .rows import Rows, path

KINDS = ("blog/posts", "shop/products", "shop/suppliers")


@dataclass(frozen=True)
class Side:
    """One of the two servers."""

    people: dict[str, Client]

    def answer(self, exchange: Exchange) -> Response:
        """Send one request of the list, to rows that are fresh because requests change them."""
        rows = Rows(self.people["staff"])
        places = {}
        for kind in KINDS:
            name = kind.partition("/")[2]
            if f"{{{name}}}" in exchange.where:
                who = self.people["demo"] if kind == "blog/posts" else None
                places[name] = path(kind, rows.make(kind, who))
        body = {} if exchange.body is None else {"json": exchange.body}
        where = exchange.where.format(**places)
        return self.people[exchange.who].send(exchange.method, where, **body)


def _side(base: str) -> Side:
    people = {"visitor": Client(base)}
    for name in ("demo", "staff"):
        body = {"email": f"{name}@example.com", "password": PASSWORD}
        token = data(people["visitor"].post("/api/v1/auth/token/", body), 201)["token"]
        people[name] = Client(base, token)
    people["visitor"].session.cookies.clear()
    return Side(people)


@pytest.fixture(scope="module")
def sides(base: str, other_base: str) -> Iterator[tuple[Side, Side]]:
    """Both servers."""
    both = _side(base), _side(other_base)
    yield both
    for side in both:
        for client in side.people.values():
            client.close()


def _signature(answer: Response) -> dict[str, Any]:
    """What must be the same: status, media type, keys, errors, what the headers promise."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0] if answer.content else ""
    found: dict[str, Any] = {"status": answer.status_code, "type": kind}
    body = answer.json() if kind.endswith("json") else None
    if isinstance(body, dict) and "errors" in body:
        found["errors"] = sorted((error["field"], error["code"]) for error in body["errors"])
        found["title"] = body["title"]
    elif isinstance(body, dict):
        found["keys"] = sorted(body)
    if answer.status_code == 405:
        found["allow"] = sorted(answer.headers["Allow"].replace(" ", "").split(","))
    found["signs in by"] = answer.headers.get("WWW-Authenticate", "").partition(" ")[0]
    found["tag"] = "ETag" in answer.headers
    return found


@pytest.mark.parametrize("exchange", EXCHANGES, ids=str)
def test_the_same_request_has_the_same_answer(sides: tuple[Side, Side], exchange: Exchange) -> None:
    one, other = (side.answer(exchange) for side in sides)
    assert _signature(one) == _signature(other), f"{told(one)}{told(other)}"
