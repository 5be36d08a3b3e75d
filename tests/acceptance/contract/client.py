"""A person or a program that talks to the server, and what its answers must be."""

import json
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from tests.acceptance.contract.markup import Page
from tests.projects import FORWARDED, PASSWORD

PROBLEM = "application/problem+json"
TOKEN = "/api/v1/auth/token/"


class Client:
    """Send requests to one server, with a bearer token where one is given.

    Redirects are not followed. Cookies marked `Secure` are sent, since TLS would end at a proxy.
    """

    def __init__(self, base: str, token: str = "") -> None:
        self.base = base
        self.token = token
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(FORWARDED)

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send one request; `options` are those of requests, and its headers win."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"Referer": self.base.replace("http:", "https:") + "/"}
        headers |= options.pop("headers", {})
        address = urljoin(self.base, path)
        response = self.session.request(
            method, address, headers=headers, timeout=30, allow_redirects=False, **options
        )
        for cookie in self.session.cookies:
            cookie.secure = False  # requests would keep it for https
        return response

    def get(self, path: str, **options: Any) -> requests.Response:
        """Read."""
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> requests.Response:
        """Create from JSON."""
        return self.send("POST", path, json=body, **options)

    def put(self, path: str, body: Any, **options: Any) -> requests.Response:
        """Replace from JSON."""
        return self.send("PUT", path, json=body, **options)

    def patch(self, path: str, body: Any, **options: Any) -> requests.Response:
        """Change from JSON."""
        return self.send("PATCH", path, json=body, **options)

    def delete(self, path: str, **options: Any) -> requests.Response:
        """Delete."""
        return self.send("DELETE", path, **options)

    def page(self, path: str, status: int = 200) -> Page:
        """Read a page."""
        return html(self.get(path), status)

    def submit(self, path: str, values: dict[str, Any]) -> requests.Response:
        """Open a page, fill its form in by label or by type of input, and send it.

        Args:
            path: where the form is.
            values: by the text of a label in lower case, or by `type=…`; None clears a checkbox.
        """
        form = self.page(path).form()
        return self.send("POST", urljoin(path, form.action or path), data=form.fill(values))

    def sign_in(self, email: str, password: str = PASSWORD) -> "Client":
        """Sign in through the login page."""
        values = {"type=email": email, "type=password": password}
        redirect(self.submit("/accounts/login/", values))
        return self

    def csrf(self) -> dict[str, str]:
        """Return the header that lets an API call with a session pass."""
        return {"X-CSRFToken": self.page("/blog/posts/new/").csrf_token()}


def token(base: str, email: str, password: str = PASSWORD) -> str:
    """Return a new token of a person."""
    credentials = {"email": email, "password": password}
    text: str = data(Client(base).post(TOKEN, credentials), 201)["token"]
    return text


def describe(response: requests.Response) -> str:
    """Return a request and its response as text, for the message of a failure."""
    sent = response.request
    body = sent.body.decode(errors="replace") if isinstance(sent.body, bytes) else sent.body
    kind = response.headers.get("Content-Type", "")
    text = Page(response.text).text if kind.startswith("text/html") else response.text
    request = f"{sent.method} {sent.path_url} {(body or '')[:600]}"
    return f"\n  {request}\n  {response.status_code} {kind}\n  {text[:900]}"


def expect(response: requests.Response, *statuses: int) -> requests.Response:
    """Require one of some statuses."""
    wanted = " or ".join(map(str, statuses))
    assert response.status_code in statuses, f"expected {wanted}:{describe(response)}"
    return response


def data(response: requests.Response, status: int = 200) -> Any:
    """Require a status and JSON; return the body."""
    expect(response, status)
    assert media_type(response) == "application/json", describe(response)
    return json.loads(response.content)


def problem(response: requests.Response, *statuses: int, field: str = "") -> Any:
    """Require problem details with one of some statuses, and an error of a field if one is named.

    A field's error has `code` where the library has one.
    """
    expect(response, *statuses)
    assert media_type(response) == PROBLEM, describe(response)
    body = json.loads(response.content)
    for key, kind in (("type", str), ("title", str), ("detail", str), ("status", int)):
        assert isinstance(body[key], kind), f"{key!r} is wrong:{describe(response)}"
    assert body["status"] == response.status_code, describe(response)
    errors = body.get("errors", [])
    for error in errors:
        assert {"field", "message"} <= set(error) <= {"field", "code", "message"}, error
    if field:
        named = [error["field"] for error in errors]
        assert any(name.partition(".")[0] == field for name in named), describe(response)
    return body


def invalid(response: requests.Response, field: str) -> Any:
    """Require a validation error of a field."""
    return problem(response, 400, 422, field=field)


def html(response: requests.Response, status: int = 200) -> Page:
    """Require a page."""
    expect(response, status)
    assert media_type(response) == "text/html", describe(response)
    return Page(response.text)


def redirect(response: requests.Response, to: str = "/") -> str:
    """Require a redirect to a path that starts as given; return the whole address."""
    expect(response, 301, 302, 303, 307, 308)
    target: str = response.headers["Location"]
    assert urlsplit(target).path.startswith(to), f"expected {to}, not {target}:{describe(response)}"
    return target


def media_type(response: requests.Response) -> str:
    """Return the media type without its parameters."""
    return response.headers.get("Content-Type", "").partition(";")[0]
