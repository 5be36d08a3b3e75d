"""How pages look to everybody: dark mode, narrow screens, and what axe-core finds."""

import json

import pytest

from tests.acceptance.browser.chromium import Browser

# Path, who, and the status that it answers.
PAGES = {
    "home": ("/", "", 200),
    "home of staff": ("/", "staff", 200),
    "list": ("/blog/posts/", "ada", 200),
    "second page": ("/blog/posts/?page=2", "", 200),
    "list without rows": ("/blog/posts/?search=nobody-wrote-this", "ada", 200),
    "detail": ("/blog/posts/{post}/", "ada", 200),
    "detail with references": ("/catalog/products/{product}/", "staff", 200),
    "detail with rows": ("/orders/orders/{order}/", "ada", 200),
    "form": ("/blog/posts/new/", "ada", 200),
    "form with references": ("/catalog/products/new/", "staff", 200),
    "delete": ("/catalog/tags/{tag}/delete/", "staff", 200),
    "login": ("/accounts/login/", "", 200),
    "sign-up": ("/accounts/signup/", "", 200),
    "profile": ("/accounts/profile/", "ada", 200),
    "password": ("/accounts/password/change/", "ada", 200),
    "reset": ("/accounts/password/reset/", "", 200),
    "not allowed": ("/catalog/products/new/", "ada", 403),
    "error": ("/nowhere/", "", 404),
}
# Path and who, of forms that are sent as they are.
SENT = {
    "form with errors": ("/blog/posts/new/", "ada"),
    "login with errors": ("/accounts/login/", ""),
    "sign-up with errors": ("/accounts/signup/", ""),
    "delete that is refused": ("/catalog/products/{product}/delete/", "staff"),
    "message": ("/catalog/tags/{tag}/edit/", "staff"),
}
# What the frame around the admin libraries' own controls answers for.
FRAME = ["document-title", "html-has-lang"]
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


def show(browser: Browser, shown: dict[str, int], name: str) -> None:
    """Open one of the pages as whom it is for."""
    path, who = (PAGES.get(name) or SENT[name])[:2]
    if who:
        browser.open("/accounts/login/")
        browser.sign_in(f"{who}@example.com")
    if name in PAGES:
        browser.open(path.format(**shown), PAGES[name][2])
        return
    browser.open(path.format(**shown))
    browser.script("document.querySelector('main form[method=post]').noValidate = true")
    browser.expected |= {409, 422}
    browser.follow("main form[method=post] [type=submit], main form[method=post] button")
    assert browser.status in (200, 409, 422)


@pytest.mark.parametrize("name", [*PAGES, *SENT])
def test_pages_are_accessible(browser: Browser, shown: dict[str, int], axe: str, name: str) -> None:
    """No violation of any weight: light, dark, and 360 pixels wide without sideways scrolling."""
    show(browser, shown, name)
    found = []
    for scheme in ("light", "dark"):
        set_scheme(browser, scheme)
        found += [f"{scheme}: {what}" for what in violations(browser, axe)]
    _narrow(browser)
    found += [f"narrow: {what}" for what in violations(browser, axe)]
    assert not found, json.dumps(found, indent=1)
    assert _too_wide(browser) <= 0


@pytest.mark.parametrize("path", ["", "blog/post/", "catalog/product/"])
def test_the_frame_of_the_admin_is_accessible(browser: Browser, axe: str, path: str) -> None:
    browser.open("/accounts/login/?next=/admin/")
    browser.sign_in("staff@example.com")
    browser.open(f"/admin/{path}")
    assert violations(browser, axe, FRAME) == []


@pytest.mark.parametrize("place", ["main table a", "main h1"])
def test_a_long_word_stays_on_the_page(browser: Browser, shown: dict[str, int], place: str) -> None:
    browser.open("/blog/posts/" if "table" in place else f"/blog/posts/{shown['post']}/")
    browser.script("document.querySelector(arguments[0]).textContent = arguments[1]", place, LONG)
    _narrow(browser)
    assert _too_wide(browser) <= 0


@pytest.mark.parametrize("who", ["", "staff"])
def test_the_menu_of_a_phone(browser: Browser, axe: str, who: str) -> None:
    """It opens without JavaScript, closes with the escape key, and leads to the lists."""
    if who:
        browser.open("/accounts/login/")
        browser.sign_in(f"{who}@example.com")
    browser.open("/catalog/tags/")
    assert not browser.seen(".menu-button")
    assert browser.seen(".navigation a")
    _narrow(browser)
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open("/catalog/tags/")
    assert not browser.seen(".navigation a, .account a")
    browser.find(".menu-button").click()
    assert browser.seen(".account a, .account button")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert violations(browser, axe) == []
    assert _too_wide(browser) <= 0
    browser.press("ESCAPE")
    assert not browser.seen(".navigation a, .account a")
    browser.find(".menu-button").click()
    browser.find('.navigation a[href="/catalog/products/"]').click()
    browser.until(lambda: browser.path == "/catalog/products/", "the menu leads nowhere")


def test_the_keyboard_suffices(browser: Browser) -> None:
    """The first stop leads past the navigation, and every stop shows where one is."""
    browser.open("/blog/posts/")
    browser.press("TAB", "ENTER")
    assert browser.driver.switch_to.active_element.get_attribute("id") == "main"
    browser.open("/blog/posts/")
    for _ in range(12):
        browser.press("TAB")
        shown = "return getComputedStyle(document.activeElement).outlineStyle"
        element = browser.script("return document.activeElement.outerHTML")
        assert browser.script(shown) != "none", element


def test_axe_finds_what_is_wrong(browser: Browser, axe: str) -> None:
    browser.open("/accounts/login/")
    browser.script("document.querySelectorAll('label').forEach(label => label.remove())")
    assert any("label:" in what for what in violations(browser, axe))


@pytest.mark.parametrize("name", ["home", "list", "detail", "form", "login", "error"])
def test_dark_mode_is_dark(browser: Browser, shown: dict[str, int], name: str) -> None:
    show(browser, shown, name)
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
