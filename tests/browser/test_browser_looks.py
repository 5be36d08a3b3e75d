"""How pages look to everybody: dark mode, narrow screens, and what axe-core finds."""

import json

import pytest

from tests.browser.chromium import Browser

# Path, who, and the status that it answers.
PAGES = {
    "home": ("/", "", 200),
    "list": ("/blog/posts/", "demo", 200),
    "detail": ("/shop/reviews/1/", "demo", 200),
    "form": ("/blog/posts/new/", "demo", 200),
    "form of staff": ("/shop/products/new/", "staff", 200),
    "delete": ("/shop/tags/1/delete/", "staff", 200),
    "form with errors": ("/blog/posts/new/", "demo", 422),
    "login": ("/accounts/login/", "", 200),
    "sign-up": ("/accounts/signup/", "", 200),
    "password": ("/accounts/password/change/", "demo", 200),
    "reset": ("/accounts/password/reset/", "", 200),
    "error": ("/nowhere/", "", 404),
}
SERIOUS = ("serious", "critical")
LUMINANCE = """
const [r, g, b] = getComputedStyle(document.documentElement).backgroundColor
    .match(/[\\d.]+/g).map(Number);
const body = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
const shown = body.length === 4 && body[3] === 0 ? [r, g, b] : body;
return (shown[0] + shown[1] + shown[2]) / 765;
"""


def show(browser: Browser, name: str) -> None:
    """Open one of the pages as whom it is for."""
    path, who, status = PAGES[name]
    if who:
        browser.open("/accounts/login/")
        browser.sign_in(f"{who}@example.com")
    if status != 422:
        browser.open(path, status)
        return
    browser.open(path)
    browser.type("title", "   ")
    browser.select("status", "draft")
    browser.expected.add(422)
    browser.follow("main form[method=post] button")
    browser.find(".errors")


@pytest.mark.parametrize("name", PAGES)
def test_no_serious_violation(browser: Browser, axe: str, name: str) -> None:
    found = []
    show(browser, name)
    for scheme in ("light", "dark"):
        set_scheme(browser, scheme)
        browser.script(axe)
        answer = browser.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document).then(done, e => done(String(e)))"
        )
        assert isinstance(answer, dict), answer
        assert answer["passes"], "axe looked at nothing"
        found += [
            f"{scheme}: {rule['impact']} {rule['id']}: {rule['nodes'][0]['html'][:200]}"
            for rule in answer["violations"]
            if rule["impact"] in SERIOUS
        ]
    assert not found, json.dumps(found, indent=1)


def test_axe_finds_what_is_wrong(browser: Browser, axe: str) -> None:
    browser.open("/accounts/login/")
    browser.script("document.querySelectorAll('label').forEach(label => label.remove())")
    browser.script(axe)
    answer = browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run(document).then(done)"
    )
    assert {"label"} <= {rule["id"] for rule in answer["violations"]}


@pytest.mark.parametrize("name", ["home", "list", "detail", "form", "login", "error"])
def test_dark_mode_is_dark(browser: Browser, name: str) -> None:
    show(browser, name)
    light, dark = (_brightness(browser, scheme) for scheme in ("light", "dark"))
    assert light > 0.8, f"light is {light}"
    assert dark < 0.3, f"dark is {dark}"


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_shows_it_all(browser: Browser, name: str) -> None:
    show(browser, name)
    browser.command(
        "Emulation.setDeviceMetricsOverride",
        width=360,
        height=740,
        deviceScaleFactor=1,
        mobile=True,
    )
    wide = browser.script("return document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{wide} pixels too wide"


def set_scheme(browser: Browser, scheme: str) -> None:
    """Prefer light or dark, as the system's settings do."""
    browser.command(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}]
    )


def _brightness(browser: Browser, scheme: str) -> float:
    set_scheme(browser, scheme)
    return float(browser.script(LUMINANCE))
