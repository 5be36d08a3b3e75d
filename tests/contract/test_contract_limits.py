"""Rate limits; these run last, because they lock somebody out."""

from collections.abc import Callable

import pytest
from requests import Response

from .client import Client, html, problem, told
from .rows import word

TRIES = 30
pytestmark = pytest.mark.last


def _until_refused(attempt: Callable[[], Response]) -> Response:
    answer = attempt()
    for _ in range(TRIES):
        if answer.status_code == 429:
            break
        answer = attempt()
    after = answer.headers.get("Retry-After", "")
    assert answer.status_code == 429, f"{TRIES} wrong tries were allowed:{told(answer)}"
    assert after.isdecimal(), f"429 without Retry-After in seconds: {after!r}"
    assert int(after) > 0, f"Retry-After is {after}"
    return answer


def test_guessing_at_the_login_page_is_stopped(visitor: Client) -> None:
    path, email = "/accounts/login/", f"{word()}@example.com"
    values = visitor.page(path).form().fill_types({"email": email, "password": "wrong"})
    headers = {"Referer": visitor.base.replace("http:", "https:") + path}
    html(_until_refused(lambda: visitor.send("POST", path, data=values, headers=headers)), 429)


def test_guessing_for_a_token_is_stopped(visitor: Client) -> None:
    body = {"email": f"{word()}@example.com", "password": "wrong"}
    problem(_until_refused(lambda: visitor.post("/api/v1/auth/token/", body)), 429)
