"""Names as clients write them."""


def camel(name: str) -> str:
    """Turn snake_case into camelCase; what follows two underscores is left as it is.

    `published_at__gte` becomes `publishedAt__gte`.
    """
    name, lookup, rest = name.partition("__")
    first, *words = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in words) + lookup + rest
