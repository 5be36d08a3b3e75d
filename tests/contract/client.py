"""A person or a program at the other end of the wire; says exactly what was asked and answered."""

import json
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from .live import FORWARDED
from .markup import Page

PROBLEM = "application/problem+json"
PASSWORD = "demo-password"
DEMO_NAME = "Dana Demo"


class Client:
    """Requests against one server, with an optional bearer token.

    Redirects are not followed, and `Secure` cookies are sent: TLS would end at a proxy.
    """

    def __init__(self, base: str, token: str = "") -> None:
        self.base = base
        self.token = token
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(FORWARDED)

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send one request.

        Args:
            method: the verb.
            path: path with its query, or an absolute address on the same server.
            options: what `requests` takes; `headers` win over the token.
        """
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        answer = self.session.request(
            method,
            urljoin(self.base, path),
            headers=headers,
            timeout=15,
            allow_redirects=False,
            **options,
        )
        for cookie in self.session.cookies:
            cookie.secure = False  # requests would keep it for https
        return answer

    def get(self, path: str, **options: Any) -> requests.Response:
        """Read."""
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> requests.Response:
        """Create from a JSON body."""
        return self.send("POST", path, json=body, **options)

    def put(self, path: str, body: Any, **options: Any) -> requests.Response:
        """Replace with a JSON body."""
        return self.send("PUT", path, json=body, **options)

    def patch(self, path: str, body: Any, **options: Any) -> requests.Response:
        """Change by a JSON body."""
        return self.send("PATCH", path, json=body, **options)

    def delete(self, path: str, **options: Any) -> requests.Response:
        """Delete."""
        return self.send("DELETE", path, **options)

    def page(self, path: str, status: int = 200) -> Page:
        """Read an HTML page."""
        return html(self.get(path), status)

    def submit(self, path: str, values: dict[str, Any], status: int = 302) -> requests.Response:
        """Open the page at a path, fill its main form by the labels, and send it.

        Args:
            path: where the form is.
            values: a value by the text of its label; a list for a multiple choice.
            status: what the answer must be; 302 also accepts 303.
        """
        form = self.page(path).form()
        address = urljoin(path, form.action or path)
        headers = {"Referer": urljoin(self.base.replace("http:", "https:"), path)}
        answer = self.send("POST", address, data=form.fill(values), headers=headers)
        return expect(answer, *((302, 303) if status == 302 else (status,)))

    def submit_types(self, path: str, **values: str) -> requests.Response:
        """Open the page at a path, fill its main form by the types of its controls, and send it."""
        form = self.page(path).form()
        headers = {"Referer": urljoin(self.base.replace("http:", "https:"), path)}
        return self.send("POST", path, data=form.fill_types(values), headers=headers)

    def sign_in(self, email: str, password: str = PASSWORD) -> "Client":
        """Sign in through the login page, as a person does."""
        answer = self.submit_types("/accounts/login/", email=email, password=password)
        expect(answer, 302, 303)
        return self

    def close(self) -> None:
        """Give the connections back."""
        self.session.close()


def told(answer: requests.Response) -> str:
    """One request and its answer, for a failure's message."""
    sent = answer.request
    body = sent.body.decode(errors="replace") if isinstance(sent.body, bytes) else sent.body
    asked = f"{sent.method} {sent.path_url}" + (f"  {body[:600]}" if body else "")
    kind = answer.headers.get("Content-Type", "no content type")
    said = Page(answer.text).text if kind.startswith("text/html") else answer.text
    return f"\n  {asked}\n  → {answer.status_code} {kind}\n  {said[:900]}"


def expect(answer: requests.Response, *statuses: int) -> requests.Response:
    """Require one of some statuses."""
    wanted = " or ".join(map(str, statuses))
    assert answer.status_code in statuses, f"expected {wanted}:{told(answer)}"
    return answer


def data(answer: requests.Response, status: int = 200) -> Any:
    """Require a status and JSON; give the body."""
    expect(answer, status)
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    assert kind == "application/json", f"expected application/json:{told(answer)}"
    return json.loads(answer.content, parse_constant=_refuse)


def problem(answer: requests.Response, status: int, field: str = "", code: str = "") -> Any:
    """Require a problem details document.

    Args:
        answer: what came back.
        status: the status, in the line and in the body.
        field: a field that must be among the errors.
        code: the code that field's error must have.
    """
    expect(answer, status)
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    assert kind == PROBLEM, f"expected {PROBLEM}:{told(answer)}"
    body = json.loads(answer.content)
    for key, shape in (("type", str), ("title", str), ("status", int), ("detail", str)):
        assert isinstance(body.get(key), shape), f"the problem's {key!r} is wrong:{told(answer)}"
    assert body["status"] == status, f"the problem's status is not the line's:{told(answer)}"
    extra = set(body) - {"type", "title", "status", "detail", "instance", "errors"}
    assert not extra, f"the problem has keys the contract lacks, {extra}:{told(answer)}"
    _check_errors(answer, body.get("errors", []), status)
    if field:
        found = [error["code"] for error in body.get("errors", []) if error["field"] == field]
        assert found, f"no error names the field {field!r}:{told(answer)}"
        assert not code or code in found, f"{field} should have code {code!r}:{told(answer)}"
    return body


def html(answer: requests.Response, status: int = 200) -> Page:
    """Require an HTML page."""
    expect(answer, status)
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    assert kind == "text/html", f"expected text/html:{told(answer)}"
    return Page(answer.text)


def redirect(answer: requests.Response, to: str) -> str:
    """Require a redirect whose path starts as given; give the whole address."""
    expect(answer, 301, 302, 303, 307, 308)
    target = answer.headers.get("Location", "")
    path = urlsplit(target).path
    assert path.startswith(to), f"expected a redirect to {to}, not {target}:{told(answer)}"
    return target


def _check_errors(answer: requests.Response, errors: Any, status: int) -> None:
    assert isinstance(errors, list), f"errors must be a list:{told(answer)}"
    assert errors or status != 422, f"a validation problem needs errors:{told(answer)}"
    for error in errors:
        whole = set(error) == {"field", "code", "message"} and all(
            isinstance(value, str) for value in error.values()
        )
        assert whole, f"an error must hold field, code, message:{told(answer)}"
        assert error["code"], f"an error has no code:{told(answer)}"


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")
