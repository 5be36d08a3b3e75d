"""A reader of the API's documentation, with the network cut off."""

from collections import Counter

import pytest
from selenium.common.exceptions import WebDriverException

from tests.acceptance.browser.chromium import Browser

# Each finding with whether it is Swagger UI's: in its markup, and not about where we put that.
VIOLATIONS = """
const done = arguments[0];
const theirs = (rule, node) => !rule.id.startsWith("landmark-")
    && Boolean(document.querySelector(node.target[0])?.closest(".swagger-ui"));
axe.run(document).then(
    found => done([found.passes.length, found.violations.flatMap(rule => rule.nodes.map(
        node => [theirs(rule, node), `${rule.impact} ${rule.id}`, node.html.slice(0, 200)]))]),
    error => done(String(error)));
"""
DAMAGE = {
    "landmark-one-main": "const m = document.querySelector('main'); m.replaceWith(...m.childNodes)",
    "landmark-main-is-top-level": "const m = document.createElement('main');"
    "m.append(...document.body.childNodes); document.body.append(m)",
    "page-has-heading-one": "document.querySelectorAll('h1').forEach(h => h.remove())",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "document-title": "document.title = ''",
    "region": "document.body.prepend(document.createElement('p'));"
    "document.body.firstChild.textContent = 'outside'",
}


def test_an_operation_can_be_read(browser: Browser) -> None:
    browser.open("/api/docs/")
    browser.find(".swagger-ui .opblock")
    summary = browser.find(".opblock-get .opblock-summary-control, .opblock-get .opblock-summary")
    browser.script("arguments[0].scrollIntoView({block: 'center'})", summary)
    summary.click()
    body = browser.find(".opblock.is-open .opblock-body")
    browser.until(lambda: "200" in body.text, "the operation does not tell its answers")
    assert any("openapi.json" in address for address in browser.requests())


def test_what_is_ours_has_no_violation(browser: Browser, axe: str) -> None:
    """Of any weight; what axe finds inside Swagger UI's own markup is printed."""
    _read(browser)
    theirs, ours = _violations(browser, axe)
    for rule, times in Counter(rule for rule, _ in theirs).items():
        print(f"Swagger UI: {rule}, {times} times, as {dict(theirs)[rule]}")
    assert not ours


@pytest.mark.parametrize("rule", DAMAGE)
def test_what_is_damaged_is_seen(browser: Browser, axe: str, rule: str) -> None:
    _read(browser)
    browser.script(DAMAGE[rule])
    _, ours = _violations(browser, axe)
    assert rule in {name.split()[1] for name, _ in ours}


def test_the_network_is_cut_off(browser: Browser) -> None:
    """The checks on every page can fail: this is what they see."""
    for address in ("http://example.com/", "http://192.0.2.1/"):
        with pytest.raises(WebDriverException, match="ERR_PROXY_CONNECTION_FAILED"):
            browser.driver.get(address)
    foreign = browser.foreign()
    assert "http://example.com/" in foreign
    assert "http://192.0.2.1/" in foreign
    browser.complaints()


def test_what_the_policy_refuses_is_seen(browser: Browser) -> None:
    browser.open("/")
    browser.script("document.body.setAttribute('style', 'color: red')")
    browser.script("console.error('on purpose')")
    wrong = "\n".join(browser.complaints())
    assert "Content Security Policy" in wrong
    assert "on purpose" in wrong


def _read(browser: Browser) -> None:
    """Open the documentation and wait for its operations."""
    browser.open("/api/docs/")
    browser.find(".swagger-ui .opblock")


def _violations(browser: Browser, axe: str) -> tuple[list[tuple[str, str]], ...]:
    """What axe finds in Swagger UI's markup, and what it finds in ours: rules with elements."""
    browser.script(axe)
    answer = browser.driver.execute_async_script(VIOLATIONS)
    assert isinstance(answer, list), answer
    passed, found = answer
    assert passed, "axe looked at nothing"
    kinds = (True, False)
    return tuple([(rule, html) for its, rule, html in found if its is kind] for kind in kinds)
