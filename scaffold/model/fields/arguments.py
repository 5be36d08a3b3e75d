"""What stands in parentheses after a type."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from scaffold.model.fields.model import ON_DELETE, Target
from scaffold.model.fields.name_rules import NAME_LIMIT, resource_name_problem, shown
from scaffold.model.fields.scanner import Reader
from scaffold.suggest import nearest

MAX_LENGTH = 10_000
MAX_DIGITS = 38
MAX_CHOICES = 100
ARGUMENT = re.compile(r"[^\s,()]*")
NEEDED = {
    "enum": "for example enum(draft,published)",
    "ref": "for example ref(Post) or ref(accounts.User)",
    "m2m": "for example m2m(Tag) or m2m(shop.Tag)",
}
EXAMPLES = {
    "str": "for example str(200)",
    "int": "for example int(1..5) or int(0..)",
    "bigint": "for example bigint(0..)",
    "float": "for example float(-90..90)",
    "decimal": "for example decimal(10,2) or decimal(10,2,0..)",
}
# The numbers that PostgreSQL's integer, bigint and double precision hold.
INTEGER_BITS = {"int": 31, "bigint": 63}
NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")


class Argument(NamedTuple):
    """One argument and where it stands."""

    text: str
    position: int


Reading = Callable[[Reader, list[Argument]], dict[str, Any]]


def read_arguments(reader: Reader, kind: str) -> dict[str, Any]:
    """Read the arguments of a type, if any, as values for a `Field`.

    Raises:
        GrammarError: arguments are missing, superfluous or wrong.
    """
    opening = reader.position
    if reader.peek() != "(":
        if kind in NEEDED:
            raise reader.error(f"{kind} needs an argument in parentheses", NEEDED[kind])
        return {}
    if kind not in READERS:
        raise reader.error(f"{kind} takes no arguments", f"write {kind} alone")
    return READERS[kind](reader, _split(reader, opening, kind))


def _split(reader: Reader, opening: int, kind: str) -> list[Argument]:
    found: list[Argument] = []
    example = NEEDED.get(kind) or EXAMPLES[kind]
    while reader.peek() != ")" or not found:
        reader.position += 1  # the parenthesis or a comma
        reader.blank()
        start = reader.position
        word = reader.take(ARGUMENT)
        reader.blank()
        if not reader.peek() or reader.peek() not in ",)":
            if not reader.peek() or not word:
                raise reader.error("this parenthesis is not closed", example, at=opening)
            raise reader.error("expected , or ) after the argument", example)
        if not word:
            raise reader.error("an argument is missing", example, at=start)
        found.append(Argument(word, start))
    reader.position += 1
    return found


def _at_most(reader: Reader, arguments: list[Argument], count: int, example: str) -> None:
    if len(arguments) > count:
        raise reader.error("one argument too many", example, at=arguments[count].position)


def _number(reader: Reader, argument: Argument, least: int, most: int) -> int:
    if re.fullmatch(r"[0-9]{1,9}", argument.text) and least <= int(argument.text) <= most:
        return int(argument.text)
    raise reader.error(
        f"{shown(argument.text)} is not a whole number from {least} to {most}",
        "use text for long texts" if most == MAX_LENGTH else EXAMPLES["decimal"],
        at=argument.position,
    )


def _str(reader: Reader, arguments: list[Argument]) -> dict[str, Any]:
    _at_most(reader, arguments, 1, "for example str(200)")
    return {"length": _number(reader, arguments[0], 1, MAX_LENGTH)}


def _decimal(reader: Reader, arguments: list[Argument]) -> dict[str, Any]:
    example = "for example decimal(10,2): ten digits, two of them after the point"
    _at_most(reader, arguments, 3, example)
    if len(arguments) == 1:
        raise reader.error("decimal takes digits and places", example, at=reader.position - 1)
    digits = _number(reader, arguments[0], 1, MAX_DIGITS)
    places = _number(reader, arguments[1], 0, MAX_DIGITS)
    if places > digits:
        raise reader.error(
            f"{places} places do not fit {digits} digits", example, at=arguments[1].position
        )
    values: dict[str, Any] = {"digits": digits, "places": places}
    for limits in arguments[2:]:
        values |= _limits(reader, limits, "decimal")
        largest = Decimal(10 ** (digits - places)) - Decimal(1).scaleb(-places)
        for limit in (values["minimum"], values["maximum"]):
            if limit and not _fits(Decimal(limit), largest, places):
                raise reader.error(
                    f"{limit} does not fit {digits} digits with {places} places",
                    example,
                    at=limits.position,
                )
    return values


def _fits(limit: Decimal, largest: Decimal, places: int) -> bool:
    return abs(limit) <= largest and limit == round(limit, places)


def _integer(kind: str) -> Reading:
    def read(reader: Reader, arguments: list[Argument]) -> dict[str, Any]:
        _at_most(reader, arguments, 1, EXAMPLES[kind])
        values = _limits(reader, arguments[0], kind)
        for limit in (values["minimum"], values["maximum"]):
            if limit and ("." in limit or abs(int(limit)) >= 2 ** INTEGER_BITS[kind]):
                raise reader.error(
                    f"{shown(limit)} is not a whole number that {kind} holds",
                    EXAMPLES[kind],
                    at=arguments[0].position,
                )
        return values

    return read


def _float(reader: Reader, arguments: list[Argument]) -> dict[str, Any]:
    _at_most(reader, arguments, 1, EXAMPLES["float"])
    return _limits(reader, arguments[0], "float")


def _limits(reader: Reader, argument: Argument, kind: str) -> dict[str, str]:
    """Read `min..max`; either side may be left out."""
    minimum, dots, maximum = argument.text.partition("..")
    valid = all(not limit or NUMBER.fullmatch(limit) for limit in (minimum, maximum))
    if not dots or not valid or not (minimum or maximum):
        raise reader.error(
            f"{shown(argument.text)} is not a range: minimum..maximum",
            EXAMPLES[kind],
            at=argument.position,
        )
    if minimum and maximum and Decimal(minimum) > Decimal(maximum):
        raise reader.error(
            f"the minimum {minimum} is above the maximum {maximum}",
            f"for example {kind}({maximum}..{minimum})",
            at=argument.position,
        )
    return {"minimum": _canonical(minimum), "maximum": _canonical(maximum)}


def _canonical(limit: str) -> str:
    """Write a number in one way: `007` → `7`, `-0` → `0`, `1.50` → `1.5`."""
    if not limit:
        return ""
    sign, digits = ("-", limit[1:]) if limit.startswith("-") else ("", limit)
    whole, _, places = digits.partition(".")
    number = (whole.lstrip("0") or "0") + (f".{places.rstrip('0')}".rstrip("."))
    return number if number == "0" else sign + number


def _enum(reader: Reader, arguments: list[Argument]) -> dict[str, Any]:
    seen: dict[str, str] = {}
    _at_most(reader, arguments, MAX_CHOICES, "a set this large is a resource of its own")
    for value, start in arguments:
        if not re.fullmatch(r"[a-z][a-z0-9_-]*", value):
            hint = re.sub(r"[^a-z0-9]+", "-", value.lower()[:NAME_LIMIT]).strip("-0123456789")
            raise reader.error(
                f"{shown(value)} is no value: small letters a-z, digits, - and _",
                f"for example {hint or 'draft'}",
                at=start,
            )
        if len(value) > NAME_LIMIT:
            raise reader.error(
                f"{shown(value)} is longer than {NAME_LIMIT} characters",
                "choose a shorter value",
                at=start,
            )
        member = value.replace("-", "_")
        if member in seen:
            raise reader.error(
                f"{value} stands twice" if seen[member] == value
                else f"{seen[member]} and {value} would be one constant, {member.upper()}",
                "write each value once",
                at=start,
            )  # fmt: skip
        seen[member] = value
    return {"choices": tuple(seen.values())}


def _ref(reader: Reader, arguments: list[Argument]) -> dict[str, Any]:
    target, *actions = arguments
    _at_most(reader, arguments, 2, "for example ref(Post,cascade)")
    values: dict[str, Any] = {"target": _target(reader, target)}
    for action, start in actions:
        if action not in ON_DELETE:
            raise reader.error(
                f"there is no action {shown(action)} on delete",
                nearest(action[:NAME_LIMIT].lower(), ON_DELETE),
                at=start,
            )
        values["on_delete"] = action
    return values


def _m2m(reader: Reader, arguments: list[Argument]) -> dict[str, Any]:
    _at_most(reader, arguments, 1, "for example m2m(Tag)")
    return {"target": _target(reader, arguments[0])}


def _target(reader: Reader, argument: Argument) -> Target:
    app, dot, name = argument.text.rpartition(".")
    if dot and not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", app):
        raise reader.error(
            f"{shown(app)} is not the name of an app",
            "for example accounts.User",
            at=argument.position,
        )
    if (app, name) == ("accounts", "User"):
        return Target(app, name)
    start = argument.position + len(app) + len(dot)
    if not name:
        raise reader.error("a resource is missing after the dot", NEEDED["ref"], at=start)
    if app == "accounts":
        raise reader.error(
            f"accounts has no {shown(name)}", "did you mean accounts.User?", at=start
        )
    if problem := resource_name_problem(name):
        raise reader.error(*problem, at=start)
    return Target(app, name)


READERS: dict[str, Reading] = {
    "str": _str,
    "int": _integer("int"),
    "bigint": _integer("bigint"),
    "float": _float,
    "decimal": _decimal,
    "enum": _enum,
    "ref": _ref,
    "m2m": _m2m,
}
