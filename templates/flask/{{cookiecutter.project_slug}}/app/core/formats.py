"""Text of a certain form: e-mail addresses, URLs, slugs."""

import re
import unicodedata
from urllib.parse import urlsplit

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
SLUG = re.compile(r"[A-Za-z0-9_-]+")


def is_email(text: str) -> bool:
    """Tell whether a text looks like an e-mail address."""
    return EMAIL.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Tell whether a text is a web address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)


def is_slug(text: str) -> bool:
    """Tell whether a text can stand in a path."""
    return SLUG.fullmatch(text) is not None


FORMATS = {"email": is_email, "url": is_url, "slug": is_slug}


def slugify(text: str) -> str:
    """Make a text fit for a path; empty when nothing of it does."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def choice_label(value: str) -> str:
    """The value of an enum as people read it."""
    return (value[:1].upper() + value[1:]).replace("_", " ").replace("-", " ")


def is_storable(value: object) -> bool:
    """Tell whether every text in a value fits a database: none takes NUL or half a character."""
    try:
        return _is_storable(value)
    except RecursionError:  # too deep for others, too
        return False


def _is_storable(value: object) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return all(_is_storable(key) and _is_storable(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_storable, value))
    if isinstance(value, int):
        return -(2**63) <= value < 2**63  # SQLite makes a rounded float of a larger one
    return not isinstance(value, float) or value - value == 0  # neither infinite nor NaN
