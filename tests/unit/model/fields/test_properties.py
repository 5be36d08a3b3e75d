"""Properties of the grammar: it parses what it writes, and refuses any other text properly."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scaffold.model.fields import (
    TYPES,
    Field,
    GrammarError,
    Resource,
    Target,
    parse_field,
    parse_resource,
)
from scaffold.model.fields.name_rules import field_name_problem, flag_problem, resource_name_problem

FLAGS = (
    "at_least_one",
    "optional",
    "unique",
    "index",
    "owner",
    "private",
    "readonly",
    "hidden",
)

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z][a-z0-9]{0,5}){0,2}", fullmatch=True).filter(
    lambda name: field_name_problem(name) is None and not name.endswith(("_id", "_ids"))
)
CLASSES = st.from_regex(r"([A-Z][a-z0-9]{1,6}){1,2}", fullmatch=True).filter(
    lambda name: resource_name_problem(name) is None
)
APPS = st.from_regex(r"[a-z]{1,6}(_[a-z]{1,4})?", fullmatch=True)
TARGETS = st.builds(Target, APPS.filter(lambda app: app != "accounts") | st.just(""), CLASSES)


@st.composite
def ranges(draw: st.DrawFn) -> dict[str, str]:
    limits = sorted(draw(st.tuples(st.integers(-99, 99), st.integers(-99, 99))))
    kept = draw(st.sampled_from([{"minimum"}, {"maximum"}, {"minimum", "maximum"}, set()]))
    return {
        name: str(limit)
        for name, limit in zip(("minimum", "maximum"), limits, strict=True)
        if name in kept
    }


@st.composite
def arguments(draw: st.DrawFn, kind: str) -> dict[str, object]:
    if kind == "str":
        return {"length": draw(st.integers(1, 10_000))}
    if kind in {"int", "bigint", "float"}:
        return draw(ranges())
    if kind == "decimal":
        digits = draw(st.integers(1, 38))
        places = draw(st.integers(0, digits))
        limits = draw(ranges()) if digits - places > 1 else {}
        return {"digits": digits, "places": places, **limits}
    if kind == "enum":
        value = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
        unique = st.lists(value, min_size=1, unique_by=lambda v: v.replace("-", "_"))
        return {"choices": tuple(draw(unique))}
    if kind in {"ref", "m2m"}:
        return {"target": draw(TARGETS | st.just(Target("accounts", "User")))}
    return {}


def allowed(field: Field) -> Field:
    """Drop flags until the rest is allowed."""
    useless = "optional" if field.type == "m2m" else "at_least_one"
    field = replace(field, **{useless: False}, owner=field.owner or field.private)
    if field.readonly:
        field = replace(field, hidden=False)
    wrong = [flag for flag in FLAGS if getattr(field, flag) and flag_problem(field, flag)]
    if not wrong:
        return field
    dropped = {"owner", "private"} if wrong[0] in {"owner", "private"} else {wrong[0]}
    return allowed(replace(field, **dict.fromkeys(dropped, False)))


@st.composite
def fields(draw: st.DrawFn) -> Field:
    kind = draw(st.sampled_from(TYPES))
    flags = dict.fromkeys(draw(st.sets(st.sampled_from(FLAGS))), True)
    field = allowed(Field(draw(NAMES), kind, **draw(arguments(kind)), **flags))
    if kind == "ref":
        actions = ["cascade", "protect", *(["null"] if field.optional else [])]
        field = replace(field, on_delete=draw(st.sampled_from(actions)))
    return field


@st.composite
def resources(draw: st.DrawFn) -> Resource:
    taken: set[str] = set()
    kept: list[Field] = []
    for field in draw(st.lists(fields(), min_size=1, max_size=8)):
        keys = {field.name, field.key()}
        if not keys & taken and not (field.owner and any(other.owner for other in kept)):
            taken |= keys
            kept.append(field)
    resource = Resource(draw(CLASSES), tuple(kept))
    if resource.label_field is None:  # nothing to make a slug from that clients cannot write
        plain = [
            replace(field, readonly=False, hidden=False) if field.type == "slug" else field
            for field in kept
        ]
        resource = replace(resource, fields=tuple(plain))
    return resource


@given(resources())
def test_text_and_resource_are_the_same(resource: Resource) -> None:
    assert parse_resource(str(resource)) == resource
    for field in resource.fields:
        assert parse_field(str(field)) == field
        assert str(resource)[resource.position(field) :].startswith(f"{field.name}:")


WORDS = "Post : title str ( ) , 200 ! ? ^ # @owner @hidden @ ref accounts.User .. enum m2m null _ é"
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\x00", "\u202e"])
SCRAPS = st.text() | st.lists(PIECES | st.characters(), max_size=20).map("".join)
NEAR_MISSES = st.builds(
    lambda resource, at, cut, scrap: (text := str(resource))[:at] + scrap + text[at + cut :],
    resources(),
    st.integers(0, 80),
    st.integers(0, 4),
    SCRAPS,
)


def attempt(parse: Callable[[str], Resource | Field], text: str) -> Resource | Field | GrammarError:
    try:
        return parse(text)
    except GrammarError as error:
        return error


@given(SCRAPS | NEAR_MISSES)
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_resource, parse_field):
        outcome = attempt(parse, text)
        if isinstance(outcome, GrammarError):
            assert outcome.text == text
            assert 0 <= outcome.position <= len(text)
            assert outcome.message.isprintable()
            assert outcome.hint.isprintable()
            assert outcome.hint
            assert len(outcome.pointed().split("\n")) == 2
        else:
            assert parse(str(outcome)) == outcome


@given(st.text(max_size=40))
def test_a_proposed_name_is_accepted(name: str) -> None:
    problem = field_name_problem(name)
    if problem and problem[1].startswith("for example ") and name:
        assert field_name_problem(problem[1].removeprefix("for example ")) is None
