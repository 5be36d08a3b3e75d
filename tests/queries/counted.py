"""What is asked, of either pack. Runs inside a generated project, beside one of the two probes."""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

FEW, MANY, SHOWN = 5, 50, 20  # rows; pages show no more than 20
RESOURCES = ("blog/posts", "shop/categories", "shop/products", "shop/reviews")
Answer = tuple[int, str]
Request = Callable[[str], Answer]
Counted = Callable[[Callable[[], Answer]], tuple[Answer, list[str]]]


def paths(admin: dict[str, str], details: dict[str, tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """Name of a request, its path with few rows and with many, and how many that are.

    Args:
        admin: the names of query and of resources in the admin.
        details: for a resource, the id of a row with few related rows and of one with many.
    """
    for name in RESOURCES:
        for what, path, many in (
            (f"API list of {name}", f"/api/v1/{name}/?pageSize=100&search=", MANY),
            (f"page of {name}", f"/{name}/?search=", SHOWN),
            (f"admin list of {name}", f"/admin/{admin[name]}/?{admin['search']}=", MANY),
        ):
            yield what, f"{path}few", f"{path}many", str(many)
    for name, (few, many_id) in details.items():
        for what, prefix in (("API detail", "/api/v1"), ("detail page", "")):
            few_path, many_path = (f"{prefix}/{name}/{key}/" for key in (few, many_id))
            yield f"{what} of {name}", few_path, many_path, str(MANY)


def report(request: Request, count: Counted, asked: Iterator[Any]) -> None:
    """Print, as JSON, how many queries each request took and which related rows it showed."""
    found = {}
    for name, few, many, most in asked:
        row: dict[str, Any] = {"wanted": [FEW, int(most)], "queries": [], "related": []}
        for path in (few, many):
            request(path)  # fills caches
            (status, text), queries = count(partial(request, path))
            row["queries"].append(queries)
            if status != 200:
                sys.exit(f"{path} answered {status}: {text[:500]}")
            row["related"].append(len({word for word in _words(text) if word.startswith("own-")}))
        found[name] = row
    print(json.dumps(found))


def _words(text: str) -> list[str]:
    for character in "<>\"',;":
        text = text.replace(character, " ")
    return text.split()
