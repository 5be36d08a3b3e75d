"""The grammar under generated texts: it reads back what it writes, and no text breaks it."""

from collections.abc import Callable

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

FLAGS = ("required", "null", "unique", "index", "owner")

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z][a-z0-9]{0,5}){0,2}", fullmatch=True).filter(
    lambda name: field_name_problem(name) is None and not name.endswith(("_id", "_ids"))
)
CLASSES = st.from_regex(r"([A-Z][a-z0-9]{1,6}){1,2}", fullmatch=True).filter(
    lambda name: resource_name_problem(name) is None
)
APPS = st.from_regex(r"[a-z]{1,6}(_[a-z]{1,4})?", fullmatch=True)
TARGETS = st.builds(Target, APPS.filter(lambda app: app != "accounts") | st.just(""), CLASSES)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    kind = draw(st.sampled_from(TYPES))
    values: dict[str, object] = {}
    if kind == "str":
        values["length"] = draw(st.integers(1, 10_000))
    elif kind == "decimal":
        values["digits"] = draw(st.integers(1, 38))
        values["places"] = draw(st.integers(0, values["digits"]))
    elif kind == "enum":
        value = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
        values["choices"] = tuple(
            draw(st.lists(value, min_size=1, unique_by=lambda v: v.replace("-", "_")))
        )
    elif kind in {"ref", "m2m"}:
        values["target"] = draw(TARGETS | st.just(Target("accounts", "User")))
    field = Field(draw(NAMES), kind, **values)
    wanted = draw(st.sets(st.sampled_from(FLAGS)))
    field = Field(field.name, kind, **values, **dict.fromkeys(wanted, True))
    for flag in FLAGS:
        if getattr(field, flag) and flag_problem(field, flag):
            wanted.discard(flag)
            field = Field(field.name, kind, **values, **dict.fromkeys(wanted, True))
    if kind == "ref":
        action = draw(st.sampled_from(["cascade", "protect", *(["null"] if field.null else [])]))
        flags = dict.fromkeys(wanted, True)
        field = Field(field.name, kind, on_delete=action, **values, **flags)
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
    return Resource(draw(CLASSES), tuple(kept))


@given(resources())
def test_text_and_resource_are_the_same(resource: Resource) -> None:
    assert parse_resource(str(resource)) == resource
    for field in resource.fields:
        assert parse_field(str(field)) == field
        assert str(resource)[resource.position(field) :].startswith(f"{field.name}:")


PIECES = st.sampled_from([
    "Post", ":", " ", "title", "str", "(", ")", ",", "200", "!", "?", "^", "#", "@owner", "@",
    "ref", "accounts.User", ".", "enum", "decimal", "m2m", "null", "\n", "\x00", "\u202e", "é", "_",
])  # fmt: skip
SCRAPS = st.text() | st.lists(PIECES | st.characters(), max_size=20).map("".join)
NEAR_MISSES = st.builds(
    lambda resource, at, cut, scrap: (text := str(resource))[:at] + scrap + text[at + cut :],
    resources(), st.integers(0, 80), st.integers(0, 4), SCRAPS,
)  # fmt: skip


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
