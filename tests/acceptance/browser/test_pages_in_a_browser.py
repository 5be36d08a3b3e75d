"""People work with the pages."""

from selenium.webdriver.common.keys import Keys

from tests.acceptance.browser.chromium import Browser
from tests.acceptance.contract.client import Client, token
from tests.acceptance.contract.rows import Rows
from tests.projects import PEOPLE


def test_a_post_from_first_to_last(browser: Browser) -> None:
    browser.open("/")
    browser.link("Log in")
    browser.sign_in("ada@example.com")
    browser.open("/blog/posts/")
    browser.follow('main a[href$="new/"]')
    browser.type("title", "Written in a browser")
    browser.type("body", "First line\nsecond line")
    browser.select("status", "draft")
    browser.follow("main form[method=post] button")
    assert browser.find("[role=status]").text
    assert "Written in a browser" in browser.text
    assert PEOPLE["ada@example.com"] in browser.text
    detail = browser.path
    browser.follow('main a[href$="edit/"]')
    browser.type("title", "Changed in a browser")
    browser.follow("main form[method=post] button")
    assert browser.path == detail
    browser.open("/blog/posts/?search=Changed+in")
    assert "Changed in a browser" in browser.text
    browser.open(detail)
    assert not browser.seen("[role=status]"), "a message is shown once"
    browser.follow('main a[href$="delete/"]')
    browser.follow("main form[method=post] button")
    assert browser.path == "/blog/posts/"
    browser.open(detail, 404)


def test_errors_are_said_at_their_field(browser: Browser) -> None:
    browser.open("/accounts/login/?next=/blog/posts/new/")
    browser.sign_in("ada@example.com")
    browser.type("title", "   ")
    browser.expected.add(422)
    browser.follow("main form[method=post] button")
    assert browser.find(".errorlist, .errors").text
    field = "document.querySelector('[name=title]')"
    assert browser.script(f"return {field}.getAttribute('aria-invalid')") == "true"
    described = browser.script(f"return {field}.getAttribute('aria-describedby')")
    assert described, "the field does not point at its message"


def test_a_choice_is_searched_among_many(
    browser: Browser, base: str, shown: dict[str, int]
) -> None:
    """A form holds 50 choices; typing finds the others."""
    rows = Rows(Client(base, token(base, "staff@example.com")))
    for number in range(60):
        rows.create("catalog/tags", name=f"Tag number {number:02}")
    browser.open("/accounts/login/")
    browser.sign_in("staff@example.com")
    browser.open(f"/catalog/products/{shown['product']}/edit/")
    place = "[data-choices], [data-search]"
    count = "return document.querySelector(arguments[0]).querySelectorAll('option, input').length"
    assert browser.script(count, place) <= 53
    box = browser.find("main form[method=post] input[type=search]")
    box.send_keys("number 59")
    browser.until(
        lambda: (
            "Tag number 59" in browser.find(place).text
            or "Tag number 59" in browser.script("return document.querySelector('main').innerText")
        ),
        "the search finds nothing",
    )


def test_signing_out(browser: Browser) -> None:
    browser.open("/accounts/login/")
    browser.sign_in("ada@example.com")
    browser.follow('form[action="/accounts/logout/"] button')
    browser.open("/")
    assert browser.seen('a[href^="/accounts/login/"]')


def test_the_admin(browser: Browser) -> None:
    browser.open("/admin/")
    browser.sign_in("staff@example.com")
    assert browser.path == "/admin/"
    browser.open("/admin/catalog/tag/")
    browser.follow('a[href*="/admin/catalog/tag/new/"], a[href*="/admin/catalog/tag/add/"]')
    browser.type("name", "Written in the admin")
    browser.follow('[type=submit][value="Save"]')
    assert browser.find(".alert-success, .messagelist .success").text
    word = browser.find('input[name="search"], input[name="q"]')
    word.send_keys("in the admin", Keys.ENTER)
    browser.until(lambda: "in+the+admin" in browser.driver.current_url, "the search led nowhere")
    assert "Written in the admin" in browser.find("#result_list tbody, .model-list tbody").text
