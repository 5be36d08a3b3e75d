"""Sessions, CSRF, tokens, sign-up and passwords."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pytest

from tests.acceptance.contract.client import (
    Client,
    data,
    expect,
    html,
    invalid,
    problem,
    redirect,
    token,
)
from tests.acceptance.contract.mail import Mailbox
from tests.acceptance.contract.rows import Rows, path, word
from tests.projects import PASSWORD

LOGIN = "/accounts/login/"
SIGN_UP = "/accounts/signup/"
RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"
TOKEN = "/api/v1/auth/token/"
ME = "/api/v1/auth/me/"
NEW_PASSWORD = "another-quiet-lantern-77"


def connect(base: str, email: str, password: str) -> Client:
    return Client(base, token(base, email, password))


def open_mail(client: Client, mailbox: Mailbox, email: str) -> str:
    """Open the link of a mail; return the path where it ends."""
    links = re.findall(r"https?://[^/\s]+(/accounts/[^\s\"<>]+)", mailbox.wait_for(email))
    path = str(links[0])
    while (response := client.get(path)).status_code in (301, 302):
        path = urlsplit(response.headers["Location"]).path
    expect(response, 200)
    return path


@pytest.fixture
def newcomer(base: str, mailbox: Mailbox) -> Iterator[tuple[Client, str]]:
    """The browser and the address of somebody who has signed up and confirmed the address."""
    client, email = Client(base), f"{word()}@example.com"
    values = {"type=text": "Neo Newcomer", "type=email": email.upper(), "type=password": PASSWORD}
    redirect(client.submit(SIGN_UP, values))
    path = open_mail(client, mailbox, email)
    if "confirm" in path:  # the page asks once more
        redirect(client.submit(path, {}))
    if client.get(ME).status_code != 200:
        client.sign_in(email)
    yield client, email
    client.session.close()


def test_login_leads_to_the_page_that_was_wanted(visitor: Client) -> None:
    values = {"type=email": "Ada@Example.com", "type=password": PASSWORD}
    redirect(visitor.submit(f"{LOGIN}?next=/blog/posts/new/", values), "/blog/posts/new/")
    html(visitor.get("/blog/posts/new/"))


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_login_leads_to_no_other_host(visitor: Client, target: str) -> None:
    values = {"type=email": "ada@example.com", "type=password": PASSWORD}
    response = visitor.submit(f"{LOGIN}?next={target}", values)
    where = urljoin(visitor.base, response.headers.get("Location", ""))
    assert urlsplit(where).netloc == urlsplit(visitor.base).netloc


def test_a_wrong_password_signs_nobody_in(visitor: Client) -> None:
    response = visitor.submit(LOGIN, {"type=email": "grace@example.com", "type=password": "wrong"})
    assert html(response, response.status_code).form().errors
    redirect(visitor.get("/blog/posts/new/"), LOGIN)


def test_forms_need_their_token(visitor: Client, ada_at_pages: Client) -> None:
    values = {"email": "ada@example.com", "login": "ada@example.com", "password": PASSWORD}
    html(visitor.send("POST", LOGIN, data=values), 403)
    html(ada_at_pages.send("POST", "/blog/posts/new/", data={"title": "x"}), 403)


def test_the_session_cookie(visitor: Client) -> None:
    values = {"type=email": "ada@example.com", "type=password": PASSWORD}
    response = visitor.submit(LOGIN, values)
    cookies = response.raw.headers.getlist("Set-Cookie")  # type: ignore[union-attr]
    session = next(cookie.lower() for cookie in cookies if "session" in cookie.lower())
    for flag in ("httponly", "samesite=lax", "secure"):
        assert flag in session


def test_logout(base: str) -> None:
    client = Client(base).sign_in("ada@example.com")
    csrf = client.page("/blog/posts/new/").csrf_token()
    client.get("/accounts/logout/")
    data(client.get(ME))
    names = {"csrf_token": csrf, "csrfmiddlewaretoken": csrf}
    redirect(client.send("POST", "/accounts/logout/", data=names))
    problem(client.get(ME), 401)


def test_a_session_in_the_api_needs_the_csrf_header(ada_at_pages: Client, rows: Rows) -> None:
    body = rows.body("blog/posts")
    problem(ada_at_pages.post("/api/v1/blog/posts/", body), 403)
    problem(ada_at_pages.post("/api/v1/blog/posts/", body, headers={"X-CSRFToken": "forged"}), 403)
    headers = ada_at_pages.csrf()
    data(ada_at_pages.post("/api/v1/blog/posts/", body, headers=headers), 201)
    data(ada_at_pages.get(ME))


def test_a_token_beside_a_session(base: str, grace: Client, rows: Rows) -> None:
    """The token's owner acts; a token in the address is none."""
    client = Client(base).sign_in("ada@example.com")
    body = rows.body("blog/posts")
    headers = {"Authorization": f"Bearer {grace.token}"}
    post = data(client.post("/api/v1/blog/posts/", body, headers=headers), 201)
    assert post["author"]["id"] == data(grace.get(ME))["id"]
    where = path("blog/posts", post)
    for name in ("auth_token", "token", "access_token"):
        problem(client.patch(f"{where}?{name}={grace.token}", {}), 403)
        problem(Client(base).get(f"{ME}?{name}={grace.token}"), 401)


def test_a_token_lives_and_ends(visitor: Client) -> None:
    credentials = {"email": "Lee@example.com", "password": PASSWORD}
    body = data(visitor.post(TOKEN, credentials), 201)
    assert set(body) == {"token", "expiresAt"}
    assert datetime.fromisoformat(body["expiresAt"]) > datetime.now(UTC)
    program = Client(visitor.base, body["token"])
    assert data(program.get(ME))["email"] == "lee@example.com"
    expect(program.delete(TOKEN), 204)
    problem(program.get(ME), 401)


def test_no_token_for_wrong_credentials(visitor: Client) -> None:
    wrong = problem(visitor.post(TOKEN, {"email": "grace@example.com", "password": "x"}), 401)
    unknown = {"email": f"{word()}@example.com", "password": "x"}
    assert problem(visitor.post(TOKEN, unknown), 401)["detail"] == wrong["detail"]
    invalid(visitor.post(TOKEN, {"email": "grace@example.com"}), "password")


def test_sign_up_and_another_password(newcomer: tuple[Client, str], base: str) -> None:
    browser, email = newcomer
    me = data(browser.get(ME))
    assert (me["email"].lower(), me["name"], me["isStaff"]) == (email, "Neo Newcomer", False)
    program = connect(base, email, PASSWORD)
    other = Client(base).sign_in(email)
    form = browser.page(CHANGE).form()
    old = str(form.tag.select("input[type=password]")[0]["name"])
    values = form.fill({"type=password": NEW_PASSWORD}) | {old: PASSWORD}
    redirect(browser.send("POST", CHANGE, data=values))
    problem(program.get(ME), 401)
    problem(other.get(ME), 401)
    data(browser.get(ME))
    problem(Client(base).post(TOKEN, {"email": email, "password": PASSWORD}), 401)
    connect(base, email, NEW_PASSWORD)


def test_a_forgotten_password(newcomer: tuple[Client, str], base: str, mailbox: Mailbox) -> None:
    _, email = newcomer
    program, visitor = connect(base, email, PASSWORD), Client(base)
    expect(visitor.submit(RESET, {"type=email": email}), 200, 302, 303)
    path = open_mail(visitor, mailbox, email)
    redirect(visitor.submit(path, {"type=password": NEW_PASSWORD}))
    problem(program.get(ME), 401)
    connect(base, email, NEW_PASSWORD)
    assert not visitor.get(path).text.count('type="password"') or path.endswith("login/")


def test_nobody_learns_who_has_an_account(visitor: Client) -> None:
    responses = [
        visitor.submit(RESET, {"type=email": email})
        for email in ("ada@example.com", f"{word()}@example.com")
    ]
    assert len({response.status_code for response in responses}) == 1
    assert len({response.headers.get("Location") for response in responses}) == 1


def test_a_weak_password_is_refused(visitor: Client) -> None:
    values = {"type=text": "Neo", "type=email": f"{word()}@example.com", "type=password": "short"}
    response = visitor.submit(SIGN_UP, values)
    assert html(response, response.status_code).form().errors
