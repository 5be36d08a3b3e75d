"""snake_case in Python, camelCase outside."""

from functools import cache


@cache
def camel(name: str) -> str:
    """`published_at` becomes `publishedAt`."""
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


def pascal(name: str) -> str:
    """`blog_post` becomes `BlogPost`."""
    return "".join(word.capitalize() for word in name.split("_"))
