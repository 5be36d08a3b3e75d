"""Names of projects, folders and apps: what is accepted, what is refused, and never an escape."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import Exit, UsageError
from scaffold.model.identifiers import (
    APP_LIMIT,
    SLUG_LIMIT,
    check_app_name,
    check_project_name,
    check_slug,
    slug_of,
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme Shop", "acme-shop"),
        ("Größe & Söhne", "grosse-sohne"),
        ("  A--b__c ", "a-b-c"),
        ("Café 2.0", "cafe-2-0"),
        ("Łódź", "odz"),
        ("日本", ""),
        ("../etc/passwd", "etc-passwd"),
        ("\uff21\uff22\uff23", "abc"),
        ("x" * 60, "x" * SLUG_LIMIT),
        ("x" * 49 + " yy", "x" * 49),
    ],
)
def test_slug_of(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    "name",
    [
        "Acme",
        "Acme Shop",
        "Café Größe",
        "日本のshop",
        "Магазин Acme",
        "Anna's Shop & Co. (EU)",
        "3D!",
        "Łódź",
        "हिन्दी",
    ],
)
def test_project_names_accepted(name: str) -> None:
    check_project_name(name)


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("", "is empty", "Acme Shop"),
        (" \t", "is empty", "Acme Shop"),
        ("x" * 61, "longer than 60", "shorter"),
        ("a/b", "'/' (SOLIDUS)", "letters"),
        ("a\\b", "REVERSE SOLIDUS", "letters"),
        ("a\nb", "contain U+000A", "letters"),
        ("a\x1b[2J", "contain U+001B", "letters"),
        ("a\u202eb", "RIGHT-TO-LEFT OVERRIDE", "letters"),
        ("a\u200bb", "ZERO WIDTH SPACE", "letters"),
        ("a\u00a0b", "NO-BREAK SPACE", "letters"),
        ("a\ud800b", "contain U+D800", "letters"),
        ("{{ x }}", "LEFT CURLY BRACKET", "letters"),
        ('say "hi"', "QUOTATION MARK", "letters"),
        ("a: b", "COLON", "letters"),
        ("-rf", "must begin with", "Acme"),
        (".hidden", "must begin with", "Acme"),
        (" Acme", "must begin with", "Acme"),
        ("\u0301a", "must begin with", "Acme"),
        ("Acme.", "end in a dot", "example Acme"),
        ("Acme ", "end in a dot", "example Acme"),
        ("a..b", "two dots", "leave"),
        ("NUL", "nul, a device", "my_nul"),
        ("com¹", "SUPERSCRIPT ONE", "letters"),
        ("Con.txt", "con, a device", "my_con"),
        ("\u0410\u0441me", "'m' (LATIN SMALL LETTER M)", "Cyrillic"),
        ("Acm\u0435", "'\u0435' (CYRILLIC SMALL LETTER IE)", "Latin"),
        ("Ac\u03bfme", "GREEK SMALL LETTER OMICRON", "Latin"),
        ("\uff21cme", "look-alike: '\uff21' (FULLWIDTH LATIN CAPITAL LETTER A)", "A instead"),
    ],
)
def test_project_names_refused(name: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_project_name(name)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.code is Exit.USAGE


@pytest.mark.parametrize("slug", ["acme", "acme-shop", "acme_shop", "a", "shop2", "x" * SLUG_LIMIT])
def test_slugs_accepted(slug: str) -> None:
    check_slug(slug, ["flask", "Django"])


@pytest.mark.parametrize(
    ("slug", "message", "hint"),
    [
        ("", "is empty", "acme-shop"),
        ("Acme Shop", "lowercase", "for example acme-shop"),
        ("2shop", "a letter first", "for example shop"),
        ("a--b", "single dashes", "a-b"),
        ("-a", "lowercase", "for example a"),
        ("a-", "lowercase", "for example a"),
        (".", "lowercase letters", "acme-shop"),
        ("..", "lowercase letters", "acme-shop"),
        ("../x", "lowercase", "for example x"),
        ("/abs", "lowercase", "for example abs"),
        ("c:\\x", "lowercase", "for example c-x"),
        ("a.", "lowercase", "for example a"),
        ("a\n", "contain U+000A", "for example a"),
        ("a\x00", "contain U+0000", "for example a"),
        ("acm\u0435", "CYRILLIC SMALL LETTER IE", "for example acm"),
        ("x" * 51, "longer than 50", "shorter"),
        ("class", "a Python keyword", "my-class"),
        ("match", "a Python keyword", "my-match"),
        ("json", "standard library", "my-json"),
        ("test", "uses already", "my-test"),
        ("con", "a device on Windows", "my_con"),
        ("lpt1", "a device on Windows", "my_lpt1"),
        ("flask-login", "depends on", "my-flask-login"),
        ("django_filter", "depends on", "my-django_filter"),
    ],
)
def test_slugs_refused(slug: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_slug(slug, {"Flask_Login", "django.filter"})
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "name", ["rich", "click", "packaging", "attrs", "typing-extensions", "jinja2", "registration"]
)
def test_a_package_that_is_installed_along_gives_no_name(name: str) -> None:
    """Dependencies of dependencies, and modules that are named otherwise than their package."""
    for check, typed in (check_slug, name), (check_app_name, name.replace("-", "_")):
        with pytest.raises(UsageError) as caught:
            check(typed)
        assert caught.value.hint in (f"for example my-{typed}", f"for example my_{typed}")
    with pytest.raises(UsageError):
        check_app_name("yaml")


@pytest.mark.parametrize("name", ["blog", "order_items", "shop2", "x" * APP_LIMIT, "catalog"])
def test_app_names_accepted(name: str) -> None:
    check_app_name(name, ["flask"])


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("", "is empty", "blog"),
        ("Blog", "not 'Blog'", "for example blog"),
        ("order-items", "single underscores", "for example order_items"),
        ("a__b", "single underscores", "for example a_b"),
        ("_a", "lowercase", "for example a"),
        ("a_", "lowercase", "for example a"),
        ("../a", "lowercase", "for example a"),
        ("a/b", "lowercase", "for example a_b"),
        ("9lives", "beginning with a letter", "lives"),
        ("bl\u043eg", "CYRILLIC SMALL LETTER O", "for example bl_g"),
        ("x" * 21, "longer than 20", "shorter"),
        ("import", "a Python keyword", "my_import"),
        ("calendar", "standard library", "my_calendar"),
        ("accounts", "already", "my_accounts"),
        ("tests", "uses already", "my_tests"),
        ("aux", "a device", "my_aux"),
        ("celery", "depends on", "my_celery"),
        ("a b" * 30, "…", "a_ba_ba"),
    ],
)
def test_app_names_refused(name: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_app_name(name, ("celery",))
    assert message in caught.value.message
    assert hint in caught.value.hint


@given(st.text() | st.from_regex(r"[a-zA-Z0-9_./\\ :~-]{1,12}", fullmatch=True))
def test_no_name_escapes(text: str) -> None:
    for check in (check_project_name, check_slug, check_app_name):
        try:
            check(text)
        except UsageError as error:
            shown = f"{error.message} {error.hint}"
            lone = "\n" not in shown and shown.isprintable() and bool(error.hint)
        else:
            lone = True
            for path in (PurePosixPath(text), PureWindowsPath(text)):
                assert path.parts == (text,)
                assert not path.is_absolute()
            assert not PureWindowsPath(text).is_reserved()
            assert text not in {".", ".."}
            assert "\x00" not in text
        assert lone, text


@given(st.text(), st.sampled_from([check_slug, check_app_name]))
def test_accepted_identifiers_are_plain(text: str, check) -> None:
    try:
        check(text)
    except UsageError:
        return
    assert text.replace("-", "_").isidentifier()
    assert text.isascii()
    assert text.islower()


@given(st.text())
def test_a_slug_is_plain(text: str) -> None:
    slug = slug_of(text)
    assert slug_of(slug) == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(slug) <= SLUG_LIMIT
