"""The demo data of any recipe: within limits, unique where it must be, sums that are right."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any

import pytest

from scaffold.model.recipe import parse_apps
from scaffold.rendering.template_context import build_context

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
ORDERS = {
    "orders": [
        "Order: number:str(20)^ total:decimal(10,2)@readonly",
        "Line: order:ref(Order,cascade) product:ref(Product) quantity:int(1..)",
        "Product: name:str price:decimal(10,2)",
    ],
}


def resources(apps: dict[str, list[str]]) -> dict[str, Part]:
    return {
        part.name: part for app in build_context(parse_apps(apps), {}) for part in app.resources
    }


def values(line: str) -> list[Any]:
    """What the last field of a resource holds, in one row after the other."""
    part = resources({"shop": [f"Thing: {line}"]})["Thing"]
    field = part.fields[-1]
    names: dict[str, Any] = {"dt": dt, "Decimal": Decimal, "NOW": NOW, "TODAY": NOW.date()}
    if field.demo_list:
        name, literals = field.demo_list
        names[name] = eval(f"({', '.join(literals)},)", names)  # noqa: S307 - our own literals
    rows = range(part.demo_rows)
    return [eval(field.demo, {**names, "number": number}) for number in rows]  # noqa: S307 - the same


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("price:decimal(10,2)", 1, 100),
        ("size:decimal(3,3)", 0, 0.999),
        ("size:decimal(4,1,5..6)", 5, 6),
        ("stars:int(1..5)", 1, 5),
        ("depth:int(..-3)", -30, -3),
        ("year:int", 1990, 2030),
        ("weight:float(-1.5..1.5)", -1.5, 1.5),
        ("due:date", dt.date(2026, 6, 2), dt.date(2026, 9, 1)),
        ("published_at:datetime", NOW - dt.timedelta(days=30), NOW),
    ],
)
def test_numbers_and_days_are_plausible(line: str, low: Any, high: Any) -> None:
    rows = values(line)
    assert len(rows) == 8
    assert all(low <= row <= high for row in rows), rows


@pytest.mark.parametrize(
    "line",
    [
        "name:str^",
        "code:str(10)^",
        "code:str(3)^",
        "email:email^",
        "rank:int^",
        "rank:int(1..3)^",
        "price:decimal(10,2)^",
        "share:decimal(3,3)^",
        "day:date^",
        "at:datetime^",
        "at:time^",
        "link:url^",
        "key:slug^",
        "weight:float^",
    ],
)
def test_unique_fields_hold_no_value_twice(line: str) -> None:
    rows = values(line)
    assert len(set(rows)) == len(rows) > 1


@pytest.mark.parametrize(("line", "expected"), [("city:str", "Bergen"), ("code:str", "T-1001")])
def test_texts_fit_the_name(line: str, expected: str) -> None:
    assert values(line)[0] == expected


def test_a_total_is_the_sum_of_its_lines() -> None:
    found = resources(ORDERS)
    line = found["Line"].demo_sum
    assert (line.parent.name, line.total.name, line.item.name) == ("order", "total", "product")
    assert line.total.demo == "Decimal(0)"
    assert found["Order"].demo_sum is None
    assert found["Line"].demo_rows > found["Order"].demo_rows


@pytest.mark.parametrize(
    ("before", "after"),
    [("total:decimal(10,2)", "total:decimal(10,2,1..)"), ("price:decimal(10,2)", "price:int")],
)
def test_other_totals_are_ordinary_numbers(before: str, after: str) -> None:
    lines = [line.replace(before, after) for line in ORDERS["orders"]]
    assert resources({"orders": lines})["Line"].demo_sum is None


def test_two_fields_never_share_a_constant() -> None:
    found = resources({"shop": ["Order: line_name:str", "OrderLine: name:str"]})
    names = [part.fields[0].demo_list[0] for part in found.values()]
    assert len(set(names)) == 2
