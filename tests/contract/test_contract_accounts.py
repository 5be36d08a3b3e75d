"""Login, logout, sign-up, passwords: the pages, and sessions on the API."""

import pytest

from .client import DEMO_NAME, PASSWORD, Client, data, expect, html, problem, redirect, told
from .rows import word

LOGIN = "/accounts/login/"
SIGN_UP = "/accounts/signup/"


def _origin(client: Client, path: str) -> dict[str, str]:
    return {"Referer": client.base.replace("http:", "https:") + path}


@pytest.mark.parametrize("path", [LOGIN, SIGN_UP, "/accounts/password/reset/"])
def test_a_visitor_sees_the_account_pages(visitor: Client, path: str) -> None:
    form = visitor.page(path).form()
    assert form.token()
    assert form.labels, f"{path} has no labelled field"


def test_an_account_is_changed_only_by_who_is_signed_in(visitor: Client) -> None:
    for path in ("/accounts/password/change/", "/accounts/profile/"):
        redirect(visitor.get(path), LOGIN)


def test_login_leads_to_the_page_that_was_wanted(visitor: Client) -> None:
    path = f"{LOGIN}?next=/blog/posts/new/"
    redirect(
        visitor.submit_types(path, email="Demo@Example.com", password=PASSWORD), "/blog/posts/new/"
    )
    html(visitor.get("/blog/posts/new/"))


@pytest.mark.parametrize("evil", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_login_leads_to_no_other_host(visitor: Client, evil: str) -> None:
    path = f"{LOGIN}?next={evil}"
    answer = expect(
        visitor.submit_types(path, email="demo@example.com", password=PASSWORD), 302, 303
    )
    target = answer.headers.get("Location", "")
    assert "evil" not in target, f"followed {evil} to {target}:{told(answer)}"


def test_a_wrong_password_says_so_and_signs_nobody_in(visitor: Client) -> None:
    answer = visitor.submit_types(LOGIN, email="demo@example.com", password="wrong")
    assert html(answer, 422).form().errors, f"no .errors in the form:{told(answer)}"
    redirect(visitor.get("/blog/posts/new/"), LOGIN)


def test_login_needs_its_token_against_forgery(visitor: Client) -> None:
    form = visitor.page(LOGIN).form()
    values = form.fill_types({"email": "demo@example.com", "password": PASSWORD})
    values = {key: value for key, value in values.items() if "csrf" not in key.lower()}
    html(visitor.send("POST", LOGIN, data=values, headers=_origin(visitor, LOGIN)), 403)


def test_the_session_cookie_is_out_of_reach_of_scripts(visitor: Client) -> None:
    answer = visitor.submit_types(LOGIN, email="demo@example.com", password=PASSWORD)
    named = [h for h in answer.raw.headers.getlist("Set-Cookie") if "session" in h.lower()]
    assert named, f"login set no session cookie:{told(answer)}"
    for flag in ("httponly", "samesite=lax", "secure"):
        assert flag in named[0].lower(), f"{flag} is missing: {named[0]}"


def test_logout_by_post_only(visitor: Client) -> None:
    visitor.sign_in("demo@example.com")
    visitor.get("/accounts/logout/")
    page = visitor.page("/blog/posts/new/")
    headers = {"X-CSRFToken": page.token(), **_origin(visitor, "/")}
    expect(visitor.send("POST", "/accounts/logout/", headers=headers), 302, 303)
    redirect(visitor.get("/blog/posts/new/"), LOGIN)
    problem(visitor.get("/api/v1/auth/me/"), 401)


def test_the_navigation_offers_login_or_logout(visitor: Client, demo_browser: Client) -> None:
    assert any(link.startswith(LOGIN) for link in visitor.page("/").links())
    forms = demo_browser.page("/").soup.select("form[action^='/accounts/logout/']")
    assert forms, "no form to log out"


def test_sign_up_then_change_the_name_and_the_password(visitor: Client, base: str) -> None:
    email, first, second = f"{word()}@example.com", "correct-horse-1", "correct-horse-2"
    expect(visitor.submit_types(SIGN_UP, text="Neo", email=email.upper(), password=first), 302, 303)
    me = data(visitor.get("/api/v1/auth/me/"))
    assert me["email"] == email, "e-mail addresses are kept in lower case"
    assert me["name"] == "Neo"
    redirect(visitor.submit_types("/accounts/profile/", text="Trinity"), "/")
    assert data(visitor.get("/api/v1/auth/me/"))["name"] == "Trinity"
    path = "/accounts/password/change/"
    form = visitor.page(path).form()
    passwords = form.tag.select("input[type=password]")
    values = form.fill_types({"password": second}) | {str(passwords[0]["name"]): first}
    expect(visitor.send("POST", path, data=values, headers=_origin(visitor, path)), 302, 303)
    other = Client(base)
    try:
        problem(other.post("/api/v1/auth/token/", {"email": email, "password": first}), 401)
        data(other.post("/api/v1/auth/token/", {"email": email, "password": second}), 201)
    finally:
        other.close()


@pytest.mark.parametrize("password", ["nine-char", "12345678901", "correct-horse@example.com"])
def test_a_weak_password_is_refused(visitor: Client, password: str) -> None:
    values = {"text": "Neo", "email": "correct-horse@example.com", "password": password}
    answer = visitor.submit_types(SIGN_UP, **values)
    assert html(answer, 422).form().errors


def test_a_taken_address_cannot_sign_up(visitor: Client) -> None:
    values = {"text": "Neo", "email": "DEMO@example.com", "password": "correct-horse-1"}
    answer = visitor.submit_types(SIGN_UP, **values)
    assert html(answer, 422).form().errors


def test_a_reset_tells_nobody_who_has_an_account(visitor: Client) -> None:
    path = "/accounts/password/reset/"
    answers = []
    for email in ("demo@example.com", f"{word()}@example.com"):
        answer = visitor.submit_types(path, email=email)
        answers.append((answer.status_code, answer.headers.get("Location")))
    assert answers[0] == answers[1], f"known and unknown addresses differ: {answers}"
    assert answers[0][0] in (302, 303), answers


def test_a_session_on_the_api_needs_the_header_against_forgery(demo_browser: Client) -> None:
    body = {"title": word(), "body": "x", "status": "draft"}
    problem(demo_browser.post("/api/v1/blog/posts/", body), 403)
    headers = {
        "X-CSRFToken": demo_browser.page("/blog/posts/new/").token(),
        **_origin(demo_browser, "/blog/posts/"),
    }
    made = data(demo_browser.post("/api/v1/blog/posts/", body, headers=headers), 201)
    assert made["author"]["label"] == DEMO_NAME
    me = data(demo_browser.get("/api/v1/auth/me/"))
    assert me["email"] == "demo@example.com"


def test_a_session_for_another_site_is_refused(demo_browser: Client) -> None:
    headers = {"X-CSRFToken": "forged", "Referer": "https://evil.example/"}
    body = {"title": word(), "body": "x", "status": "draft"}
    problem(demo_browser.post("/api/v1/blog/posts/", body, headers=headers), 403)
