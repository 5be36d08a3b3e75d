"""How pages look to everybody: dark mode, narrow screens, and what axe-core finds."""

import json

import pytest

from tests.browser.chromium import Browser

# Path, who, and the status that it answers.
PAGES = {
    "home": ("/", "", 200),
    "home of staff": ("/", "staff", 200),
    "list": ("/blog/posts/", "demo", 200),
    "second page": ("/blog/posts/?page=2", "", 200),
    "list without rows": ("/blog/posts/?search=nobody-wrote-this", "demo", 200),
    "detail": ("/shop/reviews/1/", "demo", 200),
    "form": ("/blog/posts/new/", "demo", 200),
    "form of staff": ("/shop/products/new/", "staff", 200),
    "delete": ("/shop/tags/1/delete/", "staff", 200),
    "login": ("/accounts/login/", "", 200),
    "sign-up": ("/accounts/signup/", "", 200),
    "profile": ("/accounts/profile/", "demo", 200),
    "password": ("/accounts/password/change/", "demo", 200),
    "reset": ("/accounts/password/reset/", "", 200),
    "not allowed": ("/shop/products/new/", "demo", 403),
    "error": ("/nowhere/", "", 404),
    "not possible": ("/accounts/logout/", "", 405),
}
# Path, who, and the status of what comes when its form is sent as it is.
SENT = {
    "form with errors": ("/blog/posts/new/", "demo", 422),
    "form of staff with errors": ("/shop/suppliers/new/", "staff", 422),
    "login with errors": ("/accounts/login/", "", 422),
    "sign-up with errors": ("/accounts/signup/", "", 422),
    "password with errors": ("/accounts/password/change/", "demo", 422),
    "delete that is refused": ("/shop/categories/{category}/delete/", "staff", 409),
    "message": ("/shop/tags/1/edit/", "staff", 200),
}
# What the frame around the admin libraries' own controls answers for.
FRAME = ["color-contrast", "document-title", "html-has-lang", "landmark-one-main", "region"]
AXE = """
const [options, done] = arguments;
axe.run(document, options).then(
    found => done([found.passes.length, found.violations.map(
        rule => `${rule.impact} ${rule.id}: ${rule.nodes[0].html.slice(0, 200)}`)]),
    error => done([0, String(error)]));
"""
LONG = "Donaudampfschifffahrtsgesellschaft" * 3
LUMINANCE = """
const [r, g, b] = getComputedStyle(document.documentElement).backgroundColor
    .match(/[\\d.]+/g).map(Number);
const body = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
const shown = body.length === 4 && body[3] === 0 ? [r, g, b] : body;
return (shown[0] + shown[1] + shown[2]) / 765;
"""


def show(browser: Browser, name: str) -> None:
    """Open one of the pages as whom it is for."""
    path, who, status = (PAGES | SENT)[name]
    if who:
        browser.open("/accounts/login/")
        browser.sign_in(f"{who}@example.com")
    if name in PAGES:
        browser.open(path, status)
        return
    if "{" in path:  # what another row still needs
        browser.open("/api/v1/shop/products/1/")
        product = json.loads(browser.find("pre").text)
        path = path.format(category=product["category"]["id"])
    browser.open(path)
    browser.script("document.querySelector('main form[method=post]').noValidate = true")
    browser.expected.add(status)
    browser.follow("main form[method=post] [type=submit]")
    assert browser.status == status


@pytest.mark.parametrize("name", [*PAGES, *SENT])
def test_nobody_is_shut_out(browser: Browser, axe: str, name: str) -> None:
    """No violation of any weight, in light, dark and on a narrow screen that shows it all."""
    show(browser, name)
    found = []
    for scheme in ("light", "dark"):
        set_scheme(browser, scheme)
        found += [f"{scheme}: {what}" for what in violations(browser, axe)]
    _narrow(browser)
    found += [f"narrow: {what}" for what in violations(browser, axe)]
    assert not found, json.dumps(found, indent=1)
    assert _too_wide(browser) <= 0


@pytest.mark.parametrize("path", ["", "blog/post/", "shop/product/"])
def test_the_frame_of_the_admin_shuts_nobody_out(browser: Browser, axe: str, path: str) -> None:
    browser.open("/accounts/login/?next=/admin/")
    browser.sign_in("staff@example.com")
    browser.open(f"/admin/{path}")
    assert violations(browser, axe, FRAME) == []
    _narrow(browser)
    assert _too_wide(browser) <= 0


def test_a_long_word_stays_in_its_column(browser: Browser) -> None:
    browser.open("/blog/posts/")
    row = "document.querySelector('.table tbody tr')"
    browser.script(f"{row}.querySelector('a').textContent = arguments[0]", LONG)
    place = "document.querySelector('.table-wrap')"
    assert browser.script(f"return {place}.scrollWidth - {place}.clientWidth") == 0
    _narrow(browser)
    assert browser.script(f"return {row}.firstElementChild.getBoundingClientRect().width") < 240
    assert _too_wide(browser) <= 0


def test_what_is_wrong_is_read_first(browser: Browser) -> None:
    """The focus is on the summary, and its link leads to the field."""
    show(browser, "form with errors")
    assert browser.driver.title.startswith("Error: ")
    assert "summary" in browser.driver.switch_to.active_element.get_attribute("class").split()
    browser.find(".summary a").click()
    assert browser.driver.switch_to.active_element.get_attribute("name") == "title"


def test_the_keyboard_suffices(browser: Browser) -> None:
    """The first stop leads past the navigation, and every stop shows where one is."""
    browser.open("/blog/posts/")
    browser.press("TAB", "ENTER")
    assert browser.driver.switch_to.active_element.get_attribute("id") == "main"
    browser.open("/blog/posts/")
    for _ in range(12):
        browser.press("TAB")
        shown = "return getComputedStyle(document.activeElement).outlineStyle"
        assert browser.script(shown) != "none", browser.script(
            "return document.activeElement.outerHTML"
        )


def test_print_is_dark_on_light(browser: Browser) -> None:
    browser.open("/blog/posts/")
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.command("Emulation.setEmulatedMedia", media="print", features=dark)
    ink = "return getComputedStyle(document.body).color.match(/\\d+/g).slice(0, 3).map(Number)"
    assert sum(browser.script(ink)) < 200
    assert not browser.seen(".site-header nav, .site-footer")


def test_axe_finds_what_is_wrong(browser: Browser, axe: str) -> None:
    browser.open("/accounts/login/")
    browser.script("document.querySelectorAll('label').forEach(label => label.remove())")
    assert any("label:" in what for what in violations(browser, axe))


@pytest.mark.parametrize("name", ["home", "list", "detail", "form", "login", "error"])
def test_dark_mode_is_dark(browser: Browser, name: str) -> None:
    show(browser, name)
    light, dark = (_brightness(browser, scheme) for scheme in ("light", "dark"))
    assert light > 0.8, f"light is {light}"
    assert dark < 0.3, f"dark is {dark}"


def violations(browser: Browser, axe: str, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page, by all rules or some."""
    browser.script(axe)
    options = {"runOnly": rules} if rules else {}
    passed, found = browser.driver.execute_async_script(AXE, options)
    assert passed, f"axe looked at nothing: {found}"
    return list(found)


def set_scheme(browser: Browser, scheme: str) -> None:
    """Prefer light or dark, as the system's settings do, and at once: no colour is on its way."""
    wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
    features = [{"name": name, "value": value} for name, value in wanted.items()]
    browser.command("Emulation.setEmulatedMedia", features=features)


def _brightness(browser: Browser, scheme: str) -> float:
    set_scheme(browser, scheme)
    return float(browser.script(LUMINANCE))


def _narrow(browser: Browser) -> None:
    size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    browser.command("Emulation.setDeviceMetricsOverride", **size)


def _too_wide(browser: Browser) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(browser.script("return document.documentElement.scrollWidth - window.innerWidth"))
