"""What was said becomes a recipe: checked, completed, with its reasons."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import UsageError
from scaffold.inputs.resolve import (
    DEFAULT_APPS,
    default_resource,
    known_keys,
    merge_values,
    resolve,
    validate_values,
)
from scaffold.model.fields import check_apps, parse_resource
from scaffold.model.identifiers import check_app_name
from scaffold.model.recipe import Recipe, parse_apps
from tests.tiny_pack import TinyPack


@pytest.fixture
def said(shared_tiny: TinyPack) -> dict[str, Any]:
    """The least that settles, with the small pack."""
    return {"name": "Acme Shop", "framework": str(shared_tiny.root)}


def recipe(said: dict[str, Any], **more: object) -> Recipe:
    return resolve({**said, **validate_values(more, "a test")}).recipe


def test_the_least_settles_with_defaults(said: dict[str, Any], shared_tiny: TinyPack) -> None:
    proposal = resolve(said)
    assert proposal.recipe == Recipe(
        str(shared_tiny.root),
        "Acme Shop",
        "acme-shop",
        "A web application.",
        ("docker",),
        parse_apps(DEFAULT_APPS),
        proposal.recipe.answers,
        "1.2.3",
    )
    assert proposal.recipe.answers["team_size"] == "small"
    assert proposal.recommendation.framework == "django"
    assert dict(proposal.implied) == {}


def test_the_default_apps_are_in_the_grammar() -> None:
    check_apps(parse_apps(DEFAULT_APPS))


def test_a_pack_is_recorded_by_its_full_path(
    said: dict[str, Any], shared_tiny: TinyPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shared_tiny.root.parent)
    assert recipe({**said, "framework": "./tiny"}).pack == str(shared_tiny.root)


def test_the_framework_follows_the_answers_unless_it_is_named() -> None:
    flask = validate_values({"aim": "learn", "stage": "prototype", "needs": "pages"}, "a test")
    assert resolve({"name": "Acme", **flask}).recipe.pack == "flask"
    proposal = resolve({"name": "Acme", **flask, "framework": "django"})
    assert proposal.recipe.pack == "django"
    assert proposal.recommendation.framework == "flask"


@pytest.mark.parametrize(("name", "hint"), [("falsk", "did you mean flask?"), ("rails", "known")])
def test_an_unknown_framework_gets_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve({"name": "Acme", "framework": name})
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("more", "features"),
    [
        ({}, ["docker"]),
        ({"with": "mysql"}, ["docker", "mysql"]),
        ({"with": ["mysql,broker"]}, ["broker", "docker", "mysql"]),
        ({"without": "docker"}, []),
        ({"features": ""}, []),
        ({"features": "mysql"}, ["mysql"]),
        ({"features": ["mysql"], "with": ["broker"]}, ["broker", "mysql"]),
        ({"with": "celery"}, ["broker", "celery", "docker"]),
        ({"stage": "product"}, ["docker", "postgres"]),
        ({"stage": "product", "with": "mysql"}, ["docker", "mysql"]),
        ({"stage": "product", "without": "postgres,docker"}, []),
        ({"needs": "jobs"}, ["broker", "celery", "docker"]),
    ],
)
def test_features_follow_answers_defaults_and_wishes(
    said: dict[str, Any], more: dict[str, object], features: list[str]
) -> None:
    assert list(recipe(said, **more).features) == features


def test_what_is_implied_and_suggested_comes_with_its_reason(said: dict[str, Any]) -> None:
    proposal = resolve({**said, "needs": ("jobs",)})
    assert proposal.implied == {"broker": "celery"}
    assert [(s.feature, s.question) for s in proposal.suggestions] == [("celery", "needs")]


@pytest.mark.parametrize(
    ("more", "message", "hint"),
    [
        ({"with": "dokcer"}, "Tiny has no feature dokcer", "did you mean docker?"),
        ({"without": "dokcer"}, "Tiny has no feature dokcer", "did you mean docker?"),
        ({"features": "dokcer"}, "Tiny has no feature dokcer", "did you mean docker?"),
        (
            {"with": "celery", "without": "broker"},
            "broker cannot be left out: celery needs it",
            "leave out celery too",
        ),
        (
            {"with": "mysql,postgres"},
            "mysql and postgres are both a choice of database",
            "leave out mysql",
        ),
        ({"slug": "Acme"}, "the short name (slug) must be lowercase letters", "for example acme"),
        ({"slug": "flask-tiny"}, "a package it depends on", "my-flask-tiny"),
        ({"apps": "flask_tiny"}, "a package it depends on", ""),
        ({"apps": "admin"}, "every project uses already", ""),
        ({"apps": {"a": ["Post: b:ref(Absent)"]}}, "which does not exist", ""),
    ],
)
def test_what_does_not_fit_is_refused(
    said: dict[str, Any], more: dict[str, object], message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        recipe(said, **more)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("name", ["", "a/b", "日本", "x" * 61, "con", "a\u202eb"])
def test_a_name_that_cannot_be_is_refused(said: dict[str, Any], name: str) -> None:
    with pytest.raises(UsageError):
        recipe({**said, "name": name})


@pytest.mark.parametrize("key", ["nmae", "team-size", "", "Name", "pack"])
def test_an_unknown_key_names_its_origin_and_the_nearest(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        validate_values({key: "x"}, "data.toml")
    assert caught.value.message == f"unknown key {key} in data.toml"
    assert caught.value.hint.startswith(("did you mean", "known: "))


def test_every_key_is_accepted() -> None:
    values = {
        "name": "A",
        "slug": "a",
        "description": "b",
        "framework": "flask",
        "features": "a, b",
        "with": ["c"],
        "without": [],
        "apps": "blog",
        "team_size": "solo",
        "experience": "none",
        "schema_authors": ["one"],
        "stage": "product",
        "needs": ["api", "admin"],
        "aim": "ship",
        "database": "existing",
        "connections": "many",
    }
    assert set(values) == set(known_keys())
    accepted = validate_values(values, "a test")
    assert accepted["features"] == ("a", "b")
    assert accepted["needs"] == ("admin", "api")
    assert accepted["schema_authors"] == "one"
    assert validate_values(accepted, "again") == accepted


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", 3),
        ("name", "a\nb"),
        ("name", "a\x00b"),
        ("description", "a\u2028b"),
        ("description", "\ud800"),
        ("description", "\x1b[31m"),
        ("slug", None),
        ("features", 3),
        ("with", {"a": 1}),
        ("without", [1]),
        ("features", None),
        ("apps", 3),
        ("apps", None),
        ("apps", [3]),
        ("apps", {"blog": 3}),
        ("apps", {"blog": "Post: title:str"}),
        ("apps", {"blog": [3]}),
        ("apps", {"": []}),
        ("apps", {"../x": []}),
        ("apps", "Blog-Post"),
        ("apps", {"blog": ["Post title"]}),
        ("team_size", 3),
        ("team_size", ["solo", "small"]),
        ("needs", [3]),
        ("needs", {"a": 1}),
        ("needs", None),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(key: str, value: object) -> None:
    with pytest.raises(UsageError):
        validate_values({key: value}, "a test")


def test_apps_are_read_from_names_or_lines() -> None:
    assert validate_values({"apps": " blog , order_items "}, "x")["apps"] == parse_apps(
        {"blog": [default_resource("blog")], "order_items": [default_resource("order_items")]}
    )
    assert validate_values({"apps": ["blog", "shop"]}, "x") == validate_values(
        {"apps": "blog,shop"}, "x"
    )
    lines = {"blog": ["Post: title:str"], "shop": []}
    expected = parse_apps({"blog": ["Post: title:str"], "shop": [default_resource("shop")]})
    assert validate_values({"apps": lines}, "x")["apps"] == expected
    assert validate_values({"apps": ""}, "x")["apps"] == ()


@pytest.mark.parametrize(
    ("app", "resource"),
    [
        ("orders", "Order"),
        ("categories", "Category"),
        ("order_items", "OrderItem"),
        ("boxes", "Box"),
        ("blog", "Post"),
        ("news", "NewsItem"),
        ("people", "Person"),
        ("requests", "RequestItem"),
        ("a", "Item"),
        ("x_y", "Item"),
    ],
)
def test_an_app_named_alone_gets_a_first_resource(app: str, resource: str) -> None:
    check_app_name(app)
    assert parse_resource(default_resource(app)).name == resource
    check_apps(parse_apps({app: [default_resource(app)]}))


def may_be(name: str) -> bool:
    try:
        check_app_name(name)
    except UsageError:
        return False
    return True


@given(st.from_regex(r"[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,5}){0,2}", fullmatch=True).filter(may_be))
def test_every_name_of_an_app_gives_one(app: str) -> None:
    check_apps(parse_apps({app: [default_resource(app)]}))


@pytest.mark.parametrize(
    "values",
    [
        {"with": "api", "without": "docker,api"},
        {"features": "api", "without": ["api"]},
    ],
)
def test_a_feature_both_added_and_left_out_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="api is both added and left out in data"):
        validate_values(values, "data")


def test_an_app_of_more_than_six_resources_is_better_two(said: dict[str, Any]) -> None:
    lines = [f"{name}: name:str" for name in ("Ant", "Bee", "Cat", "Dog", "Elk", "Fox", "Gnu")]
    assert resolve({**said, **validate_values({"apps": {"zoo": lines[:6]}}, "x")}).notes == ()
    (note,) = resolve({**said, **validate_values({"apps": {"zoo": lines}}, "x")}).notes
    assert note.startswith("zoo has 7 resources.")
    assert "consider two apps" in note


def test_the_later_place_wins() -> None:
    assert merge_values({"a": 1, "b": 1}, {}, {"b": 2}) == {"a": 1, "b": 2}
    assert merge_values() == {}


def test_an_answer_that_does_not_matter_is_implied(said: dict[str, Any]) -> None:
    answers = recipe(said, team_size="solo", schema_authors="many").answers
    assert answers["schema_authors"] == "one"


def test_a_missing_pack_is_a_clear_refusal(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="there is no pack in"):
        resolve({"name": "Acme", "framework": f"{tmp_path}/absent"})
