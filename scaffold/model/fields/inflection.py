"""Convert names: snake_case, camelCase, PascalCase, singular and plural."""

import re

IRREGULAR = {
    "analysis": "analyses",
    "basis": "bases",
    "child": "children",
    "crisis": "crises",
    "diagnosis": "diagnoses",
    "foot": "feet",
    "half": "halves",
    "hero": "heroes",
    "knife": "knives",
    "leaf": "leaves",
    "life": "lives",
    "man": "men",
    "mouse": "mice",
    "person": "people",
    "potato": "potatoes",
    "quiz": "quizzes",
    "shelf": "shelves",
    "thesis": "theses",
    "tomato": "tomatoes",
    "tooth": "teeth",
    "wolf": "wolves",
    "woman": "women",
}
# Their plural must differ, or a resource and its list would share a name.
UNCOUNTED = frozenset(
    {
        "data",
        "equipment",
        "feedback",
        "hardware",
        "information",
        "media",
        "money",
        "news",
        "series",
        "software",
        "species",
    }
)
SINGULAR = {many: one for one, many in IRREGULAR.items()} | {
    "aliases": "alias",
    "atlases": "atlas",
    "biases": "bias",
    "caches": "cache",
    "canvases": "canvas",
    "excuses": "excuse",
    "fuses": "fuse",
    "gases": "gas",
    "lenses": "lens",
    "movies": "movie",
    "niches": "niche",
    "uses": "use",
}


def camel(name: str) -> str:
    """Convert snake_case to camelCase: `published_at` → `publishedAt`."""
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def snake(name: str) -> str:
    """Convert camelCase or PascalCase to snake_case: every capital begins a word."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def pascal(name: str) -> str:
    """Convert snake_case to PascalCase: `order_item` → `OrderItem`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def plural(snake_name: str) -> str:
    """Return the plural: `category` → `categories`; it always differs from the name."""
    before, _, word = snake_name.rpartition("_")
    head = f"{before}_" if before else ""
    if word in UNCOUNTED:
        return f"{snake_name}_items"
    if word in IRREGULAR:
        return head + IRREGULAR[word]
    if re.search(r"[^aeiou]y$", word):
        return f"{snake_name[:-1]}ies"
    return snake_name + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def singular(snake_name: str) -> str:
    """Return the singular: `categories` → `category`; other names stay as they are."""
    before, _, word = snake_name.rpartition("_")
    head = f"{before}_" if before else ""
    if word in SINGULAR:
        return head + SINGULAR[word]
    if word in UNCOUNTED or word in IRREGULAR or not re.search(r"..s$", word):
        return snake_name
    if re.search(r"[^aeiou]ies$", word):
        return f"{snake_name[:-3]}y"
    if re.search(r"(ss|[^ao]us|x|zz|ch|sh)es$", word):
        return snake_name[:-2]
    return snake_name if word.endswith(("ss", "us", "is")) else snake_name[:-1]
