"""A person writes a post, changes it, and deletes it."""

from tests.browser.chromium import Browser


def test_a_post_from_first_to_last(browser: Browser) -> None:
    browser.open("/")
    browser.link("Log in")
    browser.sign_in("demo@example.com")
    browser.open("/blog/posts/")
    browser.follow('main a[href$="/blog/posts/new/"]')
    browser.type("title", "Written in a browser")
    browser.type("body", "First line\nsecond line")
    browser.select("status", "draft")
    browser.follow("main form[method=post] button")
    assert browser.find(".messages .message-success").text
    assert "Written in a browser" in browser.text
    assert "Dana Demo" in browser.text
    detail = browser.path
    browser.follow('main a[href$="/edit/"]')
    browser.type("title", "Changed in a browser")
    browser.follow("main form[method=post] button")
    assert browser.path == detail
    assert browser.find(".messages .message-success").text
    browser.open("/blog/posts/?search=Changed")
    assert [row.text for row in browser.seen("main tbody tr") if "Changed in a browser" in row.text]
    browser.open(detail)
    assert not browser.seen(".messages .message"), "a message is shown once"
    browser.follow('main a[href$="/delete/"]')
    browser.follow("main form[method=post] button")
    assert browser.path == "/blog/posts/"
    assert browser.find(".messages .message-success").text
    browser.open(detail, 404)


def test_what_is_missing_is_said_at_its_field(browser: Browser) -> None:
    browser.open("/accounts/login/?next=/blog/posts/new/")
    browser.sign_in("demo@example.com")
    assert browser.path == "/blog/posts/new/"
    browser.type("title", "   ")
    browser.select("status", "draft")
    browser.expected.add(422)
    browser.follow("main form[method=post] button")
    field = browser.find(".field .errors")
    assert field.text
    described = browser.script(
        "return document.querySelector('[name=title]').getAttribute('aria-describedby')"
    )
    assert described, "the field does not point at its message"


def test_a_visitor_is_shown_no_way_to_write(browser: Browser) -> None:
    browser.open("/blog/posts/1/")
    assert not browser.seen('main a[href$="/edit/"], main a[href$="/delete/"]')


def test_signing_out(browser: Browser) -> None:
    browser.open("/accounts/login/")
    browser.sign_in("demo@example.com")
    browser.follow('form[action="/accounts/logout/"] button')
    browser.open("/")
    assert browser.seen('a[href^="/accounts/login/"]')


def test_signing_up(browser: Browser) -> None:
    browser.open("/accounts/signup/")
    browser.find("main input[type=text]").send_keys("Neo")
    browser.find("main input[type=email]").send_keys("newcomer@example.com")
    for field in browser.seen("main input[type=password]"):
        field.send_keys("a-quiet-long-passphrase")
    browser.follow("main form[method=post] button")
    browser.open("/")
    assert browser.find('form[action="/accounts/logout/"] button')
