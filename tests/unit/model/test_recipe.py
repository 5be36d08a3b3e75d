"""Recipes: what is written is read back, what is malformed is refused in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import Exit, UsageError
from scaffold.model.fields import App
from scaffold.model.recipe import Recipe, from_dict, from_toml, parse_apps, to_toml
from scaffold.recommendation.questions import QUESTIONS
from tests.unit.model.fields.test_properties import resources

# Whatever a file in UTF-8 can hold: quotes, backslashes, line ends, every alphabet.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAMED_APPS = st.dictionaries(TEXTS, st.lists(resources(), max_size=2), max_size=3)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        asked.key: (
            st.lists(st.sampled_from(asked.values), unique=True).map(tuple)
            if asked.many
            else st.sampled_from(asked.values)
        )
        for asked in QUESTIONS
    },
)
RECIPES = st.builds(
    Recipe,
    pack=TEXTS,
    name=TEXTS,
    slug=TEXTS,
    description=TEXTS,
    features=st.lists(TEXTS, max_size=3).map(lambda names: tuple(sorted(names))),
    apps=NAMED_APPS.map(lambda apps: tuple(App(n, tuple(r)) for n, r in apps.items())),
    answers=ANSWERS,
    pack_version=TEXTS,
)


@given(RECIPES)
def test_a_recipe_survives_toml(recipe: Recipe) -> None:
    assert from_toml(to_toml(recipe)) == recipe


@given(RECIPES)
def test_a_recipe_survives_plain_values(recipe: Recipe) -> None:
    assert from_dict(recipe.as_dict()) == recipe


def test_the_least_recipe_has_defaults() -> None:
    recipe = from_toml('pack = "flask"\nname = "Acme"\nslug = "acme"\n')
    assert recipe == Recipe("flask", "Acme", "acme")


LEAST = {"pack": "flask", "name": "Acme", "slug": "acme"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nmae": "x"}, "unknown key in the recipe: nmae"),
        ({"name": 3}, "the recipe's name must be text"),
        ({"features": "docker"}, "the recipe's features must be a list"),
        ({"features": [1]}, "features must be a list of strings"),
        ({"apps": ["blog"]}, "the recipe's apps must be a table"),
        ({"apps": {"blog": "Post: title:str"}}, "blog must be a list of strings"),
        ({"apps": {"blog": ["Post title"]}}, "app blog: expected : after Post"),
        ({"answers": {"team_size": 3}}, "the answer to team_size must be a list of strings"),
        ({"answers": []}, "the recipe's answers must be a table"),
        ({"format": 2}, "the recipe has format 2, this scaffold reads 1"),
        ({"format": "1"}, "the recipe's format must be a number"),
        ({"format": True}, "the recipe's format must be a number"),
    ],
)
def test_a_malformed_recipe_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_dict({**LEAST, **change})
    assert caught.value.message.split("\n")[0] == said
    assert caught.value.code is Exit.USAGE


def test_a_mistyped_key_gets_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        from_dict({**LEAST, "featurs": []})
    assert caught.value.hint == "did you mean features?"


@pytest.mark.parametrize("key", LEAST)
def test_what_is_missing_is_named(key: str) -> None:
    with pytest.raises(UsageError, match=f"the recipe lacks {key}"):
        from_dict({name: value for name, value in LEAST.items() if name != key})


@pytest.mark.parametrize("text", ["pack =", "[", '"' * 7, "\x00", "a = 1\na = 2"])
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="the recipe is not valid TOML"):
        from_toml(text)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(UsageError):
        from_toml(text)


def test_an_error_in_a_line_points_at_the_character() -> None:
    with pytest.raises(UsageError) as caught:
        parse_apps({"blog": ["Post: title:strr"]})
    said, line, pointer = caught.value.message.split("\n")
    assert said == "app blog: there is no type 'strr'"
    assert line[pointer.index("^") :] == "strr"
    assert caught.value.hint == "did you mean str?"
