"""Parse the arguments of a type."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from scaffold.errors import did_you_mean
from scaffold.model.fields.model import ON_DELETE, Target
from scaffold.model.fields.name_rules import NAME_LIMIT, resource_name_problem, shown
from scaffold.model.fields.scanner import Scanner

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
# The sizes of PostgreSQL's integer and bigint.
INTEGER_BITS = {"int": 31, "bigint": 63}
NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")


class Argument(NamedTuple):
    """An argument and its position."""

    text: str
    position: int


Reading = Callable[[Scanner, list[Argument]], dict[str, Any]]


def read_arguments(scanner: Scanner, kind: str) -> dict[str, Any]:
    """Parse the arguments of a type, if any, as attributes of a `Field`.

    Raises:
        GrammarError: arguments are missing, superfluous or wrong.
    """
    opening = scanner.position
    if scanner.peek() != "(":
        if kind in NEEDED:
            raise scanner.error(f"{kind} needs an argument in parentheses", NEEDED[kind])
        return {}
    if kind not in READERS:
        raise scanner.error(f"{kind} takes no arguments", f"write {kind} alone")
    return READERS[kind](scanner, _split(scanner, opening, kind))


def _split(scanner: Scanner, opening: int, kind: str) -> list[Argument]:
    found: list[Argument] = []
    example = NEEDED.get(kind) or EXAMPLES[kind]
    while scanner.peek() != ")" or not found:
        scanner.position += 1  # the parenthesis or a comma
        scanner.skip_blanks()
        start = scanner.position
        word = scanner.take(ARGUMENT)
        scanner.skip_blanks()
        if not scanner.peek() or scanner.peek() not in ",)":
            if not scanner.peek() or not word:
                raise scanner.error("this parenthesis is not closed", example, at=opening)
            raise scanner.error("expected , or ) after the argument", example)
        if not word:
            raise scanner.error("an argument is missing", example, at=start)
        found.append(Argument(word, start))
    scanner.position += 1
    return found


def _at_most(scanner: Scanner, arguments: list[Argument], count: int, example: str) -> None:
    if len(arguments) > count:
        raise scanner.error("one argument too many", example, at=arguments[count].position)


def _number(scanner: Scanner, argument: Argument, least: int, most: int) -> int:
    if re.fullmatch(r"[0-9]{1,9}", argument.text) and least <= int(argument.text) <= most:
        return int(argument.text)
    raise scanner.error(
        f"{shown(argument.text)} is not a whole number from {least} to {most}",
        "use text for long texts" if most == MAX_LENGTH else EXAMPLES["decimal"],
        at=argument.position,
    )


def _str(scanner: Scanner, arguments: list[Argument]) -> dict[str, Any]:
    _at_most(scanner, arguments, 1, "for example str(200)")
    return {"length": _number(scanner, arguments[0], 1, MAX_LENGTH)}


def _decimal(scanner: Scanner, arguments: list[Argument]) -> dict[str, Any]:
    example = "for example decimal(10,2): ten digits, two of them after the point"
    _at_most(scanner, arguments, 3, example)
    if len(arguments) == 1:
        raise scanner.error("decimal takes digits and places", example, at=scanner.position - 1)
    digits = _number(scanner, arguments[0], 1, MAX_DIGITS)
    places = _number(scanner, arguments[1], 0, MAX_DIGITS)
    if places > digits:
        raise scanner.error(
            f"{places} places do not fit {digits} digits", example, at=arguments[1].position
        )
    values: dict[str, Any] = {"digits": digits, "places": places}
    for limits in arguments[2:]:
        values |= _limits(scanner, limits, "decimal")
        largest = Decimal(10 ** (digits - places)) - Decimal(1).scaleb(-places)
        for limit in (values["minimum"], values["maximum"]):
            if limit and not _fits(Decimal(limit), largest, places):
                raise scanner.error(
                    f"{limit} does not fit {digits} digits with {places} places",
                    example,
                    at=limits.position,
                )
    return values


def _fits(limit: Decimal, largest: Decimal, places: int) -> bool:
    exponent = limit.as_tuple().exponent
    return abs(limit) <= largest and isinstance(exponent, int) and -exponent <= places


def _integer(kind: str) -> Reading:
    def read(scanner: Scanner, arguments: list[Argument]) -> dict[str, Any]:
        _at_most(scanner, arguments, 1, EXAMPLES[kind])
        values = _limits(scanner, arguments[0], kind)
        for limit in (values["minimum"], values["maximum"]):
            if limit and ("." in limit or abs(int(limit)) >= 2 ** INTEGER_BITS[kind]):
                raise scanner.error(
                    f"{shown(limit)} is not a whole number that {kind} holds",
                    EXAMPLES[kind],
                    at=arguments[0].position,
                )
        return values

    return read


def _float(scanner: Scanner, arguments: list[Argument]) -> dict[str, Any]:
    _at_most(scanner, arguments, 1, EXAMPLES["float"])
    return _limits(scanner, arguments[0], "float")


def _limits(scanner: Scanner, argument: Argument, kind: str) -> dict[str, str]:
    """Parse `min..max`; either side may be left out."""
    minimum, dots, maximum = argument.text.partition("..")
    valid = all(not limit or NUMBER.fullmatch(limit) for limit in (minimum, maximum))
    if not dots or not valid or not (minimum or maximum):
        raise scanner.error(
            f"{shown(argument.text)} is not a range: minimum..maximum",
            EXAMPLES[kind],
            at=argument.position,
        )
    if minimum and maximum and Decimal(minimum) > Decimal(maximum):
        raise scanner.error(
            f"the minimum {minimum} is above the maximum {maximum}",
            f"for example {kind}({maximum}..{minimum})",
            at=argument.position,
        )
    return {"minimum": _canonical(minimum), "maximum": _canonical(maximum)}


def _canonical(limit: str) -> str:
    """Normalize a number: `007` → `7`, `-0` → `0`, `1.50` → `1.5`."""
    if not limit:
        return ""
    sign, digits = ("-", limit[1:]) if limit.startswith("-") else ("", limit)
    whole, _, places = digits.partition(".")
    number = (whole.lstrip("0") or "0") + (f".{places.rstrip('0')}".rstrip("."))
    return number if number == "0" else sign + number


def _enum(scanner: Scanner, arguments: list[Argument]) -> dict[str, Any]:
    seen: dict[str, str] = {}
    _at_most(scanner, arguments, MAX_CHOICES, "so many values belong in a resource of their own")
    for value, start in arguments:
        if not re.fullmatch(r"[a-z][a-z0-9_-]*", value):
            hint = re.sub(r"[^a-z0-9]+", "-", value.lower()[:NAME_LIMIT]).strip("-0123456789")
            raise scanner.error(
                f"{shown(value)} is not a value: lowercase letters a-z, digits, - and _",
                f"for example {hint or 'draft'}",
                at=start,
            )
        if len(value) > NAME_LIMIT:
            raise scanner.error(
                f"{shown(value)} is longer than {NAME_LIMIT} characters",
                "choose a shorter value",
                at=start,
            )
        member = value.replace("-", "_")
        if member in seen:
            raise scanner.error(
                f"{value} is listed twice"
                if seen[member] == value
                else f"{seen[member]} and {value} would be one constant, {member.upper()}",
                "write each value once",
                at=start,
            )
        seen[member] = value
    return {"choices": tuple(seen.values())}


def _ref(scanner: Scanner, arguments: list[Argument]) -> dict[str, Any]:
    target, *actions = arguments
    _at_most(scanner, arguments, 2, "for example ref(Post,cascade)")
    values: dict[str, Any] = {"target": _target(scanner, target)}
    for action, start in actions:
        if action not in ON_DELETE:
            raise scanner.error(
                f"there is no action {shown(action)} on delete",
                did_you_mean(action[:NAME_LIMIT].lower(), ON_DELETE),
                at=start,
            )
        values["on_delete"] = action
    return values


def _m2m(scanner: Scanner, arguments: list[Argument]) -> dict[str, Any]:
    _at_most(scanner, arguments, 1, "for example m2m(Tag)")
    return {"target": _target(scanner, arguments[0])}


def _target(scanner: Scanner, argument: Argument) -> Target:
    app, dot, name = argument.text.rpartition(".")
    if dot and not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", app):
        raise scanner.error(
            f"{shown(app)} is not the name of an app",
            "for example accounts.User",
            at=argument.position,
        )
    if (app, name) == ("accounts", "User"):
        return Target(app, name)
    start = argument.position + len(app) + len(dot)
    if not name:
        raise scanner.error("a resource is missing after the dot", NEEDED["ref"], at=start)
    if app == "accounts":
        raise scanner.error(
            f"accounts has no {shown(name)}", "did you mean accounts.User?", at=start
        )
    if problem := resource_name_problem(name):
        raise scanner.error(*problem, at=start)
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
