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
