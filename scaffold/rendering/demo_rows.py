"""What the demo data of generated projects holds: expressions of the number of a row."""

import json
from collections.abc import Sequence

from scaffold.rendering.contexts import DemoSum, FieldContext, ResourceContext
from scaffold.rendering.sample_data import PARAGRAPHS, PROVIDERS, SAMPLES, examples, provider

CODES = frozenset({"barcode", "code", "key", "no", "number", "ref", "reference", "serial", "sku"})

# Numbers by the words of a field's name; each is true of some rows, none is a sequence.
NUMBERS: dict[tuple[str, ...], tuple[float, ...]] = {
    ("price", "cost", "fee", "amount", "total"): (14.9, 49, 39.5, 11.9, 8.5, 27, 89, 64),
    ("salary", "budget", "revenue"): (38000, 52500, 61000, 45800, 72000, 39500, 56250, 48000),
    ("quantity", "copies", "people", "guests"): (1, 2, 1, 3, 1, 2, 4),
    ("year",): (2019, 2024, 1998, 2011, 2021, 2005, 2016, 2023),
    ("stock", "capacity", "seats"): (12, 40, 8, 25, 30, 60, 18, 50),
    ("rating", "score", "stars"): (4, 5, 3, 5, 4, 2, 5, 4),
    ("age",): (34, 27, 51, 45, 39, 62, 29, 48),
    ("position", "priority", "rank", "order"): (1, 2, 3, 4, 5, 6, 7, 8),
    ("pages",): (320, 184, 256, 412, 96, 540, 208, 368),
    ("duration", "minutes"): (45, 30, 90, 60, 15, 120, 75, 20),
    ("discount", "percent", "rate"): (10, 15, 5, 20, 25, 30, 50, 40),
    ("latitude", "lat"): (52.52, 48.86, 41.16, 60.45, 59.91, 47.07, 51.05, 53.35),
    ("longitude", "lng", "lon"): (13.4, 2.35, -8.63, 22.27, 10.75, 15.44, 3.72, -6.26),
}
COMMON = (4.5, 12, 7.25, 25.5, 2.75, 18, 9.25, 40)
SPREAD = (0.1, 0.45, 0.25, 0.7, 0.05, 0.9, 0.35, 0.6)  # where no such number is allowed

FUTURE = frozenset({"deadline", "due", "end", "ends", "expires", "expiry", "until"})
SOON = frozenset({"begin", "begins", "start", "starts", "scheduled"})
ROWS, CHILD_ROWS, PEOPLE_ROWS = 8, 20, 3


def add_demo(resources: Sequence[ResourceContext]) -> None:
    """Add what the demo data of an app is made of.

    Every field gets `demo`, an expression of the row's `number`, or "" where templates decide;
    `NOW` and `TODAY` stand for the framework's own. It gets `demo_list`, the name and the literals
    of the constant that `demo` reads, or None. Every resource gets `demo_rows`, how many rows its
    unique fields allow, and `demo_sum`, the total of its parent that its rows add up to, or None.
    """
    taken: set[str] = set()
    for resource in resources:
        limits = [CHILD_ROWS if _is_child(resource) else ROWS]
        for field in resource.fields:
            literals = _literals(resource, field)
            field.demo, field.demo_list = _expression(resource, field), None
            if literals and not field.hidden:
                name = f"{resource.snake}_{field.name}".upper()
                while name in taken:
                    name += "_"
                taken.add(name)
                field.demo, field.demo_list = f"{name}[number % {len(literals)}]", (name, literals)
            limits += [_limit(field, literals)] if field.unique and not field.hidden else []
        resource.demo_rows = min(limits)
        for field in resource.fields:
            if field.demo_list and resource.demo_rows <= len(field.demo_list[1]):
                field.demo = f"{field.demo_list[0]}[number]"
            field.demo = field.demo.replace("ROWS", str(resource.demo_rows))
    for resource in resources:
        resource.demo_sum = _sum(resource)
        if resource.demo_sum:
            total = resource.demo_sum.total
            total.demo, total.demo_list = "Decimal(0)", None


def _is_child(resource: ResourceContext) -> bool:
    return any(
        field.type == "ref" and field.on_delete == "cascade" and not field.to_user
        for field in resource.fields
    )


def _limit(field: FieldContext, literals: tuple[str, ...]) -> int:
    """Return how many rows a unique field allows."""
    if field.type == "enum":
        return len(field.choices)
    if field.type == "bool":
        return 2
    if field.type == "ref":
        return PEOPLE_ROWS if field.to_user else field.target.demo_rows if field.target else ROWS
    if field.type in {"int", "bigint"} and field.minimum and field.maximum:
        return min(CHILD_ROWS, int(field.maximum) - int(field.minimum) + 1)
    return len(set(literals)) or CHILD_ROWS


def _literals(resource: ResourceContext, field: FieldContext) -> tuple[str, ...]:
    """Return what a field holds in one row after the other, as Python writes it."""
    if field.type in {"int", "bigint"} and field.unique:
        return ()
    if field.type in {"int", "bigint", "float", "decimal"}:
        return _numbers(field)
    if field.type == "text":
        return tuple(json.dumps(text) for text in PARAGRAPHS)
    if field.type == "email":
        names = zip(SAMPLES["first_name"], SAMPLES["last_name"], strict=True)
        return tuple(f'"{first}.{last}@example.com"'.lower() for first, last in names)
    if field.type == "str" and not CODES & set(field.name.split("_")):
        kind = PROVIDERS.get(field.name.split("_")[-1], "").strip('"')
        kind = provider(resource, field).strip('"') or kind
        texts = examples(resource, field) or SAMPLES.get(kind) or SAMPLES["thing"]
        return tuple(json.dumps(t, ensure_ascii=False) for t in texts if len(t) <= field.length)
    return ()


def _numbers(field: FieldContext) -> tuple[str, ...]:
    """Return plausible numbers that the limits of a field allow, as Python writes them."""
    words = set(field.name.split("_"))
    values = next((numbers for names, numbers in NUMBERS.items() if words & set(names)), COMMON)
    places = field.places if field.type == "decimal" else 0
    widest = 10 ** (field.digits - places) - 10**-places if field.type == "decimal" else 1e6
    highest = float(field.maximum or widest)
    lowest = 0.0 if highest >= 0 else highest - 20
    lowest = float(field.minimum) if field.minimum else lowest
    if not all(max(lowest, -widest) <= number <= highest for number in values):
        top = highest if field.maximum else min(widest, lowest + 100)
        values = tuple(lowest + (top - lowest) * part for part in SPREAD)
    if field.type == "decimal":
        return tuple(f'Decimal("{number:.{places}f}")' for number in values)
    return tuple(str(float(n) if field.type == "float" else round(n)) for n in values)


def _expression(resource: ResourceContext, field: FieldContext) -> str:
    """Return what needs no list: an expression of `number`."""
    words = set(field.name.split("_"))
    if field.type in {"int", "bigint"}:  # the unique ones
        return (
            f"{field.maximum} - number"
            if field.maximum and not field.minimum
            else f"{field.minimum or 101} + number"
        )
    if field.type == "bool":
        return "number % 2 == 0" if field.unique else "number % 3 != 1"
    if field.type in {"date", "datetime"}:
        return _moment(field, words)
    if field.type == "enum":
        return f"list({resource.name}{field.class_name})[number % {len(field.choices)}]"
    return {
        "time": "dt.time(9 + number // 2, number % 2 * 30)",
        "url": f'f"https://example.com/{resource.kebab}/{{number + 1}}"',
        "slug": f'f"{resource.snake.replace("_", "-")}-{{number + 1}}"',
        "json": '{"colour": "green", "size": number}',
        "str": _code(resource, field),
    }.get(field.type, "")


def _moment(field: FieldContext, words: set[str]) -> str:
    """Return days in the past, or in the future where the name says so."""
    if field.type == "date" and words & {"birth", "birthday", "born"}:
        return "dt.date(1990 - 3 * number, 1 + number % 12, 28 - number)"
    sign, days = (
        ("-", "2 * (ROWS - number)") if not words & (FUTURE | SOON) else ("+", "3 * number + 1")
    )
    if words & FUTURE:
        days = "3 * number + 8"
    if field.type == "date":
        return f"TODAY {sign} dt.timedelta(days={days})"
    return f"NOW {sign} dt.timedelta(days={days}, minutes=97 * number + 25)"


def _code(resource: ResourceContext, field: FieldContext) -> str:
    prefix = "".join(word[0] for word in resource.snake.split("_")).upper()
    if field.length > len(prefix) + 5:
        return f'f"{prefix}-{{1001 + number}}"'
    return f"str(number + 1)[-{field.length}:]"


def _sum(line: ResourceContext) -> DemoSum | None:
    """Find the total of a parent that is the sum of quantity and price over these lines."""
    for parent in line.refs:
        total = _find(parent.target, "decimal", ("total", "amount")) if not parent.to_user else None
        quantity = _find(line, "int", ("quantity",))
        for item in line.refs:
            price = None if item.to_user else _find(item.target, "decimal", ("price",))
            if total and quantity and price and total.digits >= price.digits:
                return DemoSum(
                    parent=parent, total=total, quantity=quantity, item=item, price=price
                )
    return None


def _find(
    resource: ResourceContext | None, kind: str, names: tuple[str, ...]
) -> FieldContext | None:
    """Return the required field without limits of a type and one of the names, or None."""
    for field in resource.fields if resource else ():
        if field.type == kind and field.name in names:
            limited = kind == "decimal" and (field.minimum or field.maximum)
            fits = not (limited or field.null or field.unique or field.hidden)
            return field if fits else None
    return None
