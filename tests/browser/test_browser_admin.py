"""A member of staff works in the admin."""

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser

# Both packs choose relations with select2, each with a version of its own.
CLOSED = ".select2-choice, .select2-selection"
TYPED = ".select2-drop-active input.select2-input, .select2-search__field"
ROWS = "#result_list tbody tr, table.model-list tbody tr"
FOUND = ".select2-result-selectable, .select2-results__option[role=option][data-select2-id]"


def test_a_post_in_the_admin(browser: Browser) -> None:
    browser.open("/admin/")
    assert browser.path == "/accounts/login/"
    browser.sign_in("staff@example.com")
    assert browser.path == "/admin/"
    browser.open("/admin/blog/post/")
    before = browser.driver.current_url
    browser.follow('a[href*="/admin/blog/post/new/"], a[href^="/admin/blog/post/add/"]')
    assert browser.driver.current_url != before
    browser.type("title", "Written in the admin")
    browser.type("body", "By staff")
    browser.select("status", "published")
    choose(browser, "demo@ex", "demo@example.com")
    browser.follow('[type=submit][value="Save"]')
    assert browser.find(".alert-success, .messagelist .success").text
    word = browser.find('input[name="search"], input[name="q"]')
    word.send_keys("in the admin")
    browser.script("window.stillHere = true")
    word.send_keys(Keys.ENTER)
    browser.until(lambda: browser.script("return !window.stillHere"), "the search led nowhere")
    rows = [row.text for row in browser.seen(ROWS) if row.text]
    assert len(rows) == 1, rows
    assert "Written in the admin" in rows[0]
    assert "demo@example.com" in rows[0]


def test_a_choice_can_be_changed(browser: Browser) -> None:
    browser.open("/accounts/login/?next=/admin/")
    browser.sign_in("staff@example.com")
    browser.open("/admin/shop/review/")
    browser.follow(
        '#result_list tbody th a, a[href^="/admin/shop/review/edit/"], a.icon[href*="/edit/"]'
    )
    choose(browser, "staff@ex", "staff@example.com", 1)
    browser.follow('[type=submit][value="Save"]')
    assert "staff@example.com" in browser.find(ROWS).text


def choose(browser: Browser, text: str, label: str, number: int = 0) -> None:
    """Choose a relation by typing a part of its label."""
    browser.until(lambda: len(browser.seen(CLOSED)) > number, "no field to choose in")
    field = browser.seen(CLOSED)[number]
    browser.script("arguments[0].scrollIntoView({block: 'center'})", field)
    field.click()
    browser.find(TYPED).send_keys(text)
    entry = browser.until(
        lambda: next((one for one in browser.seen(FOUND) if one.text == label), None),
        f"{label} was not found by typing {text!r}",
    )
    entry.click()
    browser.until(
        lambda: any(label in one.text for one in browser.seen(CLOSED)), f"{label} was not taken"
    )
