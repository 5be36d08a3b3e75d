"""The line that the review page shows, typed again, gives the same recipe."""

import io
import json
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.cli import run
from scaffold.errors import UsageError
from scaffold.inputs.command_line import command_line, name_from_path
from scaffold.inputs.resolve import default_resource, resolve
from scaffold.model.fields import App, parse_resource
from scaffold.model.identifiers import slug_of
from scaffold.model.recipe import parse_apps
from scaffold.model.tree import Tree
from scaffold.packs import catalog
from scaffold.recommendation.questions import QUESTIONS
from tests.tiny_pack import build

FEATURES = ("broker", "celery", "docker", "mysql", "postgres")
LINES = {
    "blog": "Post: title:str(80) author:ref(accounts.User)@owner",
    "shop": "Product: name:str kind:enum(a,b)",
    "orders": "Order: number:int^ product:ref(shop.Product,null)?",
}


@pytest.fixture(scope="module", autouse=True)
def packs(tmp_path_factory: pytest.TempPathFactory):
    """Both built-in packs are the small one, and nothing is rendered."""
    root = tmp_path_factory.mktemp("templates")
    for name in catalog.BUILT_IN:
        build(root / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalog, "templates_folder", lambda: root)
        patch.setattr(sys.modules["scaffold.rendering.render"], "render", lambda *_: Tree({}))
        yield


def answers():
    choices = {}
    for question in QUESTIONS:
        values = st.sampled_from(question.values)
        many = st.lists(values, unique=True).map(
            lambda found, question=question: tuple(v for v in question.values if v in found)
        )
        choices[question.key] = many if question.many else values
    return st.fixed_dictionaries({}, optional=choices)


@st.composite
def apps(draw):
    described = draw(st.lists(st.sampled_from(sorted(LINES)), unique=True))
    if "orders" in described and "shop" not in described:
        described.append("shop")
    bare = draw(st.lists(st.sampled_from(["catalog", "people", "events"]), unique=True))
    made = [App(name, (parse_resource(LINES[name]),)) for name in described]
    made += [App(name, (parse_resource(default_resource(name)),)) for name in bare]
    return tuple(draw(st.permutations(made)))


def chosen():
    names = st.lists(st.sampled_from(FEATURES), unique=True, max_size=3).map(tuple)
    return st.fixed_dictionaries({}, optional={"features": names, "with": names, "without": names})


def project():
    words = st.sampled_from(["Acme", "Acme Shop", "O'Brien & Sons", "Über Uns", "acme-shop"])
    return st.fixed_dictionaries(
        {"name": words},
        optional={
            "slug": st.just("other-slug"),
            "description": st.sampled_from(["A web application.", 'It\'s "quoted" & $HOME; fine']),
            "framework": st.sampled_from(catalog.BUILT_IN),
            "apps": apps(),
        },
    )


def again(line: str) -> dict[str, object]:
    words = shlex.split(line)
    assert words[:2] == ["scaffold", "new"]
    out = io.StringIO()
    with redirect_stdout(out):
        assert run([*words[1:], "--dry-run", "--json"]) == 0
    return json.loads(out.getvalue())["recipe"]


@settings(deadline=None)  # other work on the machine is no fault of the line
@given(answers(), project(), chosen(), st.sampled_from(["acme", "some/where/acme-shop", "x y"]))
def test_the_line_gives_the_same_recipe(said, about, features, path):
    values = {**said, **about, **features}
    try:
        recipe = resolve(values).recipe
    except UsageError:
        with pytest.raises(UsageError):
            command_line(values, path)
        return
    assert again(command_line(values, path)) == recipe.as_dict()


@settings(deadline=None)  # other work on the machine is no fault of the line
@given(answers(), project(), chosen())
def test_no_flag_of_the_line_could_be_left_out(said, about, features):
    values = {**said, **about, **features}
    try:
        recipe = resolve(values).recipe
    except UsageError:
        return
    words = shlex.split(command_line(values, "acme"))
    for place in range(3, len(words) - 1, 2):
        fewer = shlex.join(words[:place] + words[place + 2 :])
        try:
            shorter = again(fewer)
        except AssertionError:
            continue
        # --app also says where a part stands, and more often than it would have to.
        assert shorter != recipe.as_dict() or words[place] == "--app"


def test_nothing_but_defaults_is_the_shortest_line():
    assert command_line({"name": "Acme"}, "acme") == "scaffold new acme --defaults"


def test_what_was_said_of_the_work_is_said_again():
    line = command_line({"name": "Acme"}, "acme", ("--no-git", "--no-install"))
    assert line == "scaffold new acme --no-git --no-install --defaults"


def test_the_current_directory_is_for_init(tmp_path, monkeypatch):
    (tmp_path / "acme").mkdir()
    monkeypatch.chdir(tmp_path / "acme")
    for path in (".", str(Path.cwd())):
        assert command_line({"name": "Acme"}, path) == "scaffold init --defaults"


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ({"name": "Acme Shop"}, "--name 'Acme Shop'"),
        ({"team_size": "solo"}, "--team-size solo"),
        ({"team_size": "solo", "schema_authors": "many"}, "--team-size solo"),
        ({"team_size": "small"}, ""),
        ({"needs": ()}, "--needs ''"),
        ({"framework": "flask"}, "--framework flask"),
        ({"framework": "django"}, ""),
        ({"with": ("celery", "broker")}, "--feature celery"),
        ({"features": ("celery",)}, "--feature celery"),
        (
            {"needs": ("admin", "jobs"), "features": ("broker",)},
            "--needs admin,jobs --feature broker --without celery",
        ),
        ({"apps": ()}, "--data apps="),
        ({"apps": parse_apps({"events": [default_resource("events")]})}, "--app events"),
        (
            {"apps": parse_apps({"shop": ["Product: name:str(200)"]})},
            "--resource 'shop.Product: name:str'",
        ),
    ],
)
def test_each_flag(values, flags):
    assert command_line({"name": "Acme", **values}, "acme") == " ".join(
        f"scaffold new acme {flags} --defaults".split()
    )


def test_the_order_of_parts_survives_flags_of_two_kinds():
    lines = {"shop": [LINES["shop"]], "events": [default_resource("events")]}
    line = command_line({"name": "Acme", "apps": parse_apps(lines)}, "acme")
    assert "--app shop --app events --resource 'shop.Product: name:str kind:enum(a,b)'" in line
    assert list(again(line)["apps"]) == ["shop", "events"]


def test_the_name_that_a_path_gives():
    assert name_from_path(Path("some/acme_shop-two")) == "Acme Shop Two"
    assert slug_of(name_from_path(Path("acme-shop"))) == "acme-shop"
