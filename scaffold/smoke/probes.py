"""What is asked of a running project over HTTP."""

import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

from scaffold.domain import describe
from scaffold.smoke.bench import Bench
from scaffold.smoke.openapi import problems
from scaffold.smoke.table import Step
from scaffold.smoke.verdict import StepFailed

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Answer:
    """What a server answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Mapping[str, str]


def answers(bench: Bench, path: str) -> bool:
    """Whether a server answers at all, and without a server error."""
    try:
        return _ask(bench, path, 2).status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False


def get(bench: Bench, step: Step) -> None:
    """Ask for pages, and compare status, type, headers and content with what is declared."""
    options = step.options
    for path in _paths(bench, step):
        answer = _asked(bench, step, path)
        wrong = [f"holds no {text!r}" for text in options.get("contains", ())
                 if text.encode() not in answer.body]  # fmt: skip
        kind = answer.headers.get("content-type", "no type")
        if options.get("type", "") not in kind:
            wrong.insert(0, f"is {kind}, not {options['type']}")
        for name, value in options.get("headers", {}).items():
            if value not in answer.headers.get(name.lower(), "\0"):
                wrong.append(f"has no header {name}{': ' + value if value else ''}")
        wanted = options.get("status", 200)
        if answer.status != wanted:
            wrong.insert(0, f"answers {answer.status}, not {wanted}")
        if wrong:
            raise StepFailed(f"{path} {'; '.join(wrong)}")


def openapi(bench: Bench, step: Step) -> None:
    """Ask for the OpenAPI document, see that it is sound, and leave it as `openapi.json`."""
    for path in _paths(bench, step):
        answer = _asked(bench, step, path)
        if answer.status != http.client.OK:
            raise StepFailed(f"{path} answers {answer.status}")
        (bench.out / "openapi.json").write_bytes(answer.body)
        if found := problems(answer.body):
            raise StepFailed(f"{path}: {'; '.join(found[:5])}")


def login(bench: Bench, step: Step) -> None:
    """Sign in through the form, and see that what lies behind it opens."""
    path, behind = step.paths[0], step.paths[-1]
    closed = _asked(bench, step, behind)
    if closed.status == http.client.OK:
        raise StepFailed(f"{behind} opens without signing in")
    page = _asked(bench, step, path)
    form = {**_hidden(page.body), **step.options.get("form", {})}
    host = f"{_scheme(bench)}://{_host(bench)}"
    sent = _asked(bench, step, path, form, page.cookies,
                  {"Origin": host, "Referer": f"{host}{path}"})  # fmt: skip
    if sent.status not in REDIRECTS:
        raise StepFailed(f"{path} does not accept the form: it answers {sent.status}")
    opened = _asked(bench, step, behind, cookies={**page.cookies, **sent.cookies})
    if opened.status != http.client.OK:
        raise StepFailed(f"{behind} answers {opened.status} to a person who signed in")


def _paths(bench: Bench, step: Step) -> Iterator[str]:
    for path in step.paths:
        private = "{private}" in path
        if not private and "{resource}" not in path:
            yield path
            continue
        for app in describe(bench.case.recipe.apps, bench.case.pack.types):
            for resource in app.resources:
                if resource.private == private:
                    name = "{private}" if private else "{resource}"
                    yield path.replace("{app}", app.kebab).replace(name, resource.kebab)


def _asked(
    bench: Bench,
    step: Step,
    path: str,
    form: Mapping[str, str] | None = None,
    cookies: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask, and note question and answer in the step's log."""
    sent = {**step.options.get("send", {}), **(headers or {})}
    try:
        answer = _ask(bench, path, step.seconds, form, {**sent, **_cookie(cookies)})
    except (OSError, http.client.HTTPException) as error:
        raise StepFailed(f"{path} does not answer: {error or type(error).__name__}") from None
    with bench.log.open("a") as log:
        log.write(f"{'POST' if form else 'GET'} {path} → {answer.status}\n")
        if answer.status >= http.client.BAD_REQUEST:
            log.write(answer.body[:2000].decode("utf-8", "replace") + "\n")
    return answer


def _ask(
    bench: Bench,
    path: str,
    seconds: float,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    line = http.client.HTTPConnection("127.0.0.1", bench.port, timeout=seconds)
    sent = {"Host": _host(bench), **bench.table.headers, **(headers or {})}
    body = urlencode(form) if form is not None else None
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        line.request("GET" if body is None else "POST", path, body, sent)
        reply = line.getresponse()
        content = reply.read()
    finally:
        line.close()
    cookies = dict(
        value.partition(";")[0].split("=", 1)
        for name, value in reply.getheaders()
        if name.lower() == "set-cookie" and "=" in value
    )
    return Answer(reply.status, {k.lower(): v for k, v in reply.getheaders()}, content, cookies)


def _host(bench: Bench) -> str:
    return bench.table.headers.get("Host", f"127.0.0.1:{bench.port}")


def _scheme(bench: Bench) -> str:
    return bench.table.headers.get("X-Forwarded-Proto", "http")


def _cookie(cookies: Mapping[str, str] | None) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())} if cookies else {}


def _hidden(page: bytes) -> dict[str, str]:
    """The hidden inputs of a page: what protects its form against forgery."""
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = dict(attrs)
            if tag == "input" and values.get("type") == "hidden" and values.get("name"):
                found[str(values["name"])] = values.get("value") or ""

    Reader().feed(re.sub(r"[\x00]", "", page.decode("utf-8", "replace")))
    return found
