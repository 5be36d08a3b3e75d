"""Layers in order, joints where features meet, slots united."""

import shutil
from dataclasses import replace

import pytest

from scaffold.errors import ScaffoldError, UsageError
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.packs.pack import Pack, read_pack
from scaffold.rendering.jinja import LayerRenderer
from scaffold.rendering.layers import build_layers, merge_slots
from scaffold.rendering.render import render
from tests.tiny_pack import ROOT, TinyPack

BLOG = {"blog": ["Post: title:str", "Tag: name:str"], "shop": ["Item: name:str"]}


def recipe(*features: str, apps: dict[str, list[str]] | None = None) -> Recipe:
    return Recipe("tiny", "Tiny", "tiny", features=features, apps=parse_apps(apps or {}))


def names(pack: Pack, recipe: Recipe) -> list[str]:
    return [layer.name for layer in build_layers(pack, recipe)]


def test_the_base_alone(pack: Pack) -> None:
    assert names(pack, recipe()) == ["base"]


def test_files_of_all_packs_are_a_layer_after_the_base(tiny: TinyPack) -> None:
    tiny.write(f"../shared/base/{ROOT}/.editorconfig", "# {{ cookiecutter.project_slug }}\n")
    tiny.write("pack.toml", 'shared = ["base"]\n')
    pack = read_pack(tiny.root)
    assert names(pack, recipe()) == ["base", "shared base"]
    assert render(recipe(), pack)[".editorconfig"].content == b"# tiny\n"


def test_a_file_of_the_base_and_of_all_packs_is_an_error(tiny: TinyPack) -> None:
    tiny.write(f"../shared/base/{ROOT}/README.md", "x\n")
    tiny.write("pack.toml", 'shared = ["base"]\n')
    with pytest.raises(ScaffoldError, match="is written by two layers: base and shared"):
        render(recipe(), read_pack(tiny.root))


def test_with_learn_each_feature_brings_its_part_of_the_tour(tiny: TinyPack) -> None:
    tiny.feature("learn", 'label = "Tour"\n')
    tiny.write("features/docker/tour.md", "# Docker in {{ cookiecutter.project_name }}\n")
    tiny.write("features/broker/tour.md", "# Broker\n")
    pack = read_pack(tiny.root)
    assert "feature docker, tour" not in names(pack, recipe("docker"))
    assert names(pack, recipe("docker", "learn"))[-1] == "feature docker, tour"
    tree = render(recipe("docker", "learn"), pack)
    assert tree["docs/tour/docker.md"].content == b"# Docker in Tiny\n"
    assert "docs/tour/broker.md" not in tree


def test_each_pack_chooses_its_delimiters(tiny: TinyPack) -> None:
    tiny.settings(_jinja2_env_vars={"variable_start_string": "{=", "variable_end_string": "=}"})
    (tiny.root / ROOT).rename(tiny.root / "{=cookiecutter.project_slug=}")
    shutil.rmtree(tiny.root / "each")
    shutil.rmtree(tiny.root / "features")
    tiny.write(
        "{=cookiecutter.project_slug=}/page.txt", "{= cookiecutter.project_slug =} {{ x }}\n"
    )
    layer = build_layers(read_pack(tiny.root), recipe())[0]
    assert layer.template.name == "{=cookiecutter.project_slug=}"
    renderer = LayerRenderer(read_pack(tiny.root).context, read_pack(tiny.root).files)
    only = tiny.root / "only"
    only.mkdir()
    (layer.template / "page.txt").rename(only / "page.txt")
    assert renderer.render(replace(layer, template=only))["page.txt"].content == b"tiny {{ x }}\n"


def test_each_app_and_resource_has_its_layer(pack: Pack) -> None:
    assert names(pack, recipe(apps=BLOG)) == [
        "base",
        "app blog",
        "resource blog.Post",
        "resource blog.Tag",
        "app shop",
        "resource shop.Item",
    ]


def test_a_feature_brings_its_own_layers_per_app(pack: Pack) -> None:
    found = names(pack, recipe("broker", "celery", apps=BLOG))
    assert "feature celery" in found
    assert "feature celery, app shop" in found
    assert "feature broker" not in found  # it has no files


@pytest.mark.parametrize(
    ("features", "met"),
    [(("docker",), 0), (("broker", "celery"), 0), (("broker", "celery", "docker"), 1)],
)
def test_a_joint_applies_only_where_all_its_features_meet(
    pack: Pack, features: tuple[str, ...], met: int
) -> None:
    found = build_layers(pack, recipe(*features))
    assert [layer.name for layer in found].count("joint celery+docker") == met
    keys = [row["key"] for row in found[0].context["cookiecutter"]["_slots"]["env"]]
    assert keys.count("WORKERS") == met


def test_an_app_or_resource_sees_itself(pack: Pack) -> None:
    seen = {layer.name: layer.context for layer in build_layers(pack, recipe(apps=BLOG))}
    assert seen["app shop"]["app"].name == "shop"
    assert "resource" not in seen["app shop"]
    assert seen["resource blog.Tag"]["resource"].name == "Tag"
    assert "app" not in seen["base"]


def test_slots_are_united_and_sorted(pack: Pack) -> None:
    sources = [*pack.features.values(), *pack.joints]
    slots = merge_slots(pack, sources)
    assert slots["dependencies"] == ["celery>=5,<6", "flask>=3,<4", "gunicorn>=23,<24"]
    assert [row["key"] for row in slots["env"]] == ["IMAGE", "WORKERS"]
    assert merge_slots(pack, reversed(sources)) == slots
    assert merge_slots(pack, [])["dependencies"] == ["flask>=3,<4"]


def test_equal_values_are_one_and_different_ones_name_both_features(tiny: TinyPack) -> None:
    row = '[slots]\nenv = [{ key = "PORT", value = "%s" }]\n'
    tiny.feature("a", row % 1)
    tiny.feature("b", row % 1)
    pack = read_pack(tiny.root)
    assert merge_slots(pack, [pack.features["a"], pack.features["b"]])["env"] == [
        {"key": "PORT", "value": "1"}
    ]
    tiny.feature("b", row % 2)
    pack = read_pack(tiny.root)
    with pytest.raises(ScaffoldError) as caught:
        merge_slots(pack, [pack.features["a"], pack.features["b"]])
    assert caught.value.message == "feature a and feature b give PORT of slot env different values"


def test_a_feature_may_not_contradict_the_base(tiny: TinyPack) -> None:
    tiny.settings(_slots={"env": [{"key": "PORT", "value": "1"}], "notes": [], "dependencies": []})
    tiny.feature("a", '[slots]\nenv = [{ key = "PORT", value = "2" }]\n')
    pack = read_pack(tiny.root)
    with pytest.raises(ScaffoldError, match="the base and feature a give PORT of slot env"):
        merge_slots(pack, [pack.features["a"]])


def test_a_recipe_must_be_complete(pack: Pack) -> None:
    with pytest.raises(UsageError, match="lacks features that its own require: broker"):
        build_layers(pack, recipe("celery"))
    with pytest.raises(UsageError, match="Tiny has no feature absent"):
        build_layers(pack, recipe("absent"))


@pytest.mark.parametrize(
    "apps",
    [
        {"../blog": ["Post: title:str"]},
        {"blog": ["Post: other:ref(Absent)"]},
        {"a": ["One: two:ref(b.Two)"], "b": ["Two: one:ref(a.One)"]},
    ],
)
def test_apps_that_do_not_fit_are_refused_before_anything_renders(
    pack: Pack, apps: dict[str, list[str]]
) -> None:
    with pytest.raises(UsageError):
        build_layers(pack, recipe(apps=apps))


def test_the_decision_is_there_where_the_pack_records_it(tiny: TinyPack) -> None:
    chosen = Recipe("tiny", "Tiny", "tiny", answers={"team_size": "large"})
    assert "_decision" not in build_layers(read_pack(tiny.root), chosen)[0].context["cookiecutter"]
    tiny.settings(_decision={"framework": "Tiny"})
    pack = read_pack(tiny.root)
    decision = build_layers(pack, chosen)[0].context["cookiecutter"]["_decision"]
    assert (decision["framework"], decision["chosen"]) == ("Django", "Tiny")
    plain = build_layers(pack, recipe())[0].context["cookiecutter"]["_decision"]
    assert plain == {"framework": "Tiny"}
