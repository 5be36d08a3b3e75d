"""A reader of the API's documentation, with the network cut off."""

import pytest
from selenium.common.exceptions import WebDriverException

from tests.browser.chromium import Browser


def test_an_operation_can_be_read(browser: Browser) -> None:
    browser.open("/api/docs/")
    browser.find(".swagger-ui .opblock")
    summary = browser.find(".opblock-get .opblock-summary-control, .opblock-get .opblock-summary")
    browser.script("arguments[0].scrollIntoView({block: 'center'})", summary)
    summary.click()
    body = browser.find(".opblock.is-open .opblock-body")
    browser.until(lambda: "200" in body.text, "the operation does not tell its answers")
    assert any("openapi.json" in address for address in browser.requests())


VIOLATIONS = """
const done = arguments[0];
const theirs = node => Boolean(document.querySelector(node.target[0])?.closest(".swagger-ui"));
axe.run(document).then(
    found => done([found.passes.length, found.violations.flatMap(rule => rule.nodes.map(
        node => [theirs(node), `${rule.impact} ${rule.id}: ${node.html.slice(0, 200)}`]))]),
    error => done(String(error)));
"""


def test_what_is_ours_has_no_violation(browser: Browser, axe: str) -> None:
    """Of any weight; what axe finds inside Swagger UI's own markup is printed."""
    browser.open("/api/docs/")
    browser.find(".swagger-ui .opblock")
    browser.script(axe)
    answer = browser.driver.execute_async_script(VIOLATIONS)
    assert isinstance(answer, list), answer
    passed, found = answer
    assert passed, "axe looked at nothing"
    print("\n".join(f"Swagger UI: {text}" for theirs, text in found if theirs))
    assert not [text for theirs, text in found if not theirs]


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
