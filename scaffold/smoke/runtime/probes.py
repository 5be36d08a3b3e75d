"""Probes: HTTP requests to the server of a running project."""

import http.client
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

from scaffold.rendering.template_context import build_context
from scaffold.smoke.config import Step
from scaffold.smoke.results import StepFailed
from scaffold.smoke.runtime.case_context import CaseContext

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Response:
    """The response of a server; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Mapping[str, str]


def is_ready(context: CaseContext, path: str) -> bool:
    """Tell whether a server answers without a server error."""
    try:
        return _send(context, path, 2).status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False


def get(context: CaseContext, step: Step) -> None:
    """Request pages and check status, type, headers and content."""
    options = step.options
    for path in _paths(context, step):
        response = _request(context, step, path)
        wrong = [
            f"holds no {text!r}"
            for text in options.get("contains", ())
            if text.encode() not in response.body
        ]
        kind = response.headers.get("content-type", "no type")
        if options.get("type", "") not in kind:
            wrong.insert(0, f"is {kind}, not {options['type']}")
        for name, value in options.get("headers", {}).items():
            if value not in response.headers.get(name.lower(), "\0"):
                wrong.append(f"has no header {name}{': ' + value if value else ''}")
        wanted = options.get("status", 200)
        if response.status != wanted:
            wrong.insert(0, f"answers {response.status}, not {wanted}")
        if wrong:
            raise StepFailed(f"{path} {'; '.join(wrong)}")


def openapi(context: CaseContext, step: Step) -> None:
    """Request the OpenAPI document and save it as `openapi.json` for a validator's step."""
    for path in _paths(context, step):
        response = _request(context, step, path)
        if response.status != http.client.OK:
            raise StepFailed(f"{path} answers {response.status}")
        (context.out / "openapi.json").write_bytes(response.body)
        try:
            document = json.loads(response.body)
        except ValueError as error:
            raise StepFailed(f"{path} is not JSON: {error}") from None
        if not isinstance(document, dict) or "openapi" not in document:
            raise StepFailed(f"{path} is not an OpenAPI document")


def login(context: CaseContext, step: Step) -> None:
    """Sign in through the form and check that the page behind it opens."""
    path, behind = step.paths[0], step.paths[-1]
    closed = _request(context, step, behind)
    if closed.status == http.client.OK:
        raise StepFailed(f"{behind} opens without signing in")
    page = _request(context, step, path)
    form = {**_hidden(page.body), **step.options.get("form", {})}
    host = f"{_scheme(context)}://{_host(context)}"
    sent = _request(
        context, step, path, form, page.cookies, {"Origin": host, "Referer": f"{host}{path}"}
    )
    if sent.status not in REDIRECTS:
        raise StepFailed(f"{path} does not accept the form: it answers {sent.status}")
    opened = _request(context, step, behind, cookies={**page.cookies, **sent.cookies})
    if opened.status != http.client.OK:
        raise StepFailed(f"{behind} answers {opened.status} after signing in")


def _paths(context: CaseContext, step: Step) -> Iterator[str]:
    for path in step.paths:
        private = "{private}" in path
        if not private and "{resource}" not in path:
            yield path
            continue
        for app in build_context(context.case.recipe.apps, context.case.pack.types):
            for resource in app.resources:
                if resource.private == private:
                    name = "{private}" if private else "{resource}"
                    yield path.replace("{app}", app.kebab).replace(name, resource.kebab)


def _request(
    context: CaseContext,
    step: Step,
    path: str,
    form: Mapping[str, str] | None = None,
    cookies: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Send a request and write it to the log of the step."""
    sent = {**step.options.get("send", {}), **(headers or {})}
    try:
        response = _send(context, path, step.seconds, form, {**sent, **_cookie(cookies)})
    except (OSError, http.client.HTTPException) as error:
        raise StepFailed(f"{path} does not respond: {error or type(error).__name__}") from None
    with context.log.open("a") as log:
        log.write(f"{'POST' if form else 'GET'} {path} → {response.status}\n")
        if response.status >= http.client.BAD_REQUEST:
            log.write(response.body[:2000].decode("utf-8", "replace") + "\n")
    return response


def _send(
    context: CaseContext,
    path: str,
    seconds: float,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    connection = http.client.HTTPConnection("127.0.0.1", context.port, timeout=seconds)
    sent = {"Host": _host(context), **context.config.headers, **(headers or {})}
    body = urlencode(form) if form is not None else None
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request("GET" if body is None else "POST", path, body, sent)
        reply = connection.getresponse()
        content = reply.read()
    finally:
        connection.close()
    cookies = dict(
        value.partition(";")[0].split("=", 1)
        for name, value in reply.getheaders()
        if name.lower() == "set-cookie" and "=" in value
    )
    return Response(reply.status, {k.lower(): v for k, v in reply.getheaders()}, content, cookies)


def _host(context: CaseContext) -> str:
    return context.config.headers.get("Host", f"127.0.0.1:{context.port}")


def _scheme(context: CaseContext) -> str:
    return context.config.headers.get("X-Forwarded-Proto", "http")


def _cookie(cookies: Mapping[str, str] | None) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())} if cookies else {}


def _hidden(page: bytes) -> dict[str, str]:
    """Return the hidden inputs of a page, such as its CSRF token."""
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = dict(attrs)
            if tag == "input" and values.get("type") == "hidden" and values.get("name"):
                found[str(values["name"])] = values.get("value") or ""

    Reader().feed(re.sub(r"[\x00]", "", page.decode("utf-8", "replace")))
    return found
