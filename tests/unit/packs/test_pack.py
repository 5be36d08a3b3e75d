"""A pack's manifests: read, checked by shape, and features chosen from them."""

import json
from pathlib import Path

import pytest

from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.pack import Pack, choose_features, read_pack, rivals_of, template_name
from scaffold.rendering.render import render
from tests.tiny_pack import TinyPack

TEMPLATE = template_name({})


def refusal(root: Path) -> ScaffoldError:
    with pytest.raises(ScaffoldError) as caught:
        read_pack(root)
    assert "\n" not in caught.value.message
    return caught.value


def test_a_pack_is_what_its_manifests_say(pack: Pack) -> None:
    assert (pack.name, pack.label, pack.version) == ("tiny", "Tiny", "1.2.3")
    assert pack.defaults == ("docker",)
    assert list(pack.features) == ["broker", "celery", "docker", "mysql", "postgres"]
    assert [joint.name for joint in pack.joints] == ["celery+docker"]
    assert pack.features["celery"].requires == ("broker",)
    assert pack.features["docker"].slots["notes"] == ("docker",)
    assert pack.reserved == {"flask_tiny"}


def test_a_plain_cookiecutter_template_is_a_pack(tmp_path: Path) -> None:
    (tmp_path / TEMPLATE).mkdir()
    (tmp_path / "cookiecutter.json").write_text('{"project_slug": "x"}')
    pack = read_pack(tmp_path)
    assert (pack.name, pack.version, dict(pack.features)) == (tmp_path.name, "0", {})


def test_the_smallest_pack_of_the_guide_renders(tmp_path: Path) -> None:
    guide = Path(__file__).parents[3] / "templates/README.md"
    text = guide.read_text("utf-8").partition("```json\n")[2].partition("```")[0]
    folder = tmp_path / template_name(json.loads(text))
    folder.mkdir()
    (tmp_path / "cookiecutter.json").write_text(text)
    page = (
        "# {= cookiecutter.project_name =}\n# % for app in cookiecutter._apps\n- {= app.title =}\n"
    )
    (folder / "README.md").write_text(page + "# % endfor\n")
    recipe = Recipe(str(tmp_path), "Acme", "acme", apps=parse_apps({"blog": ["Post: title:str"]}))
    assert render(recipe)["README.md"].content == b"# Acme\n- Blog\n"


def test_a_shared_feature_stands_beside_the_pack_and_unites_with_its_own(tiny: TinyPack) -> None:
    tiny.write("../shared/features/docker/feature.toml", '[slots]\nnotes = ["shared"]\n')
    tiny.write("../shared/features/theme/feature.toml", 'label = "Theme"\n')
    tiny.write("pack.toml", 'shared = ["docker", "theme"]\n')
    pack = read_pack(tiny.root)
    assert pack.features["docker"].label == "Docker"
    assert pack.features["docker"].slots["notes"] == ("shared", "docker")
    assert len(pack.features["docker"].folders) == 2
    assert pack.features["theme"].label == "Theme"


def test_stray_files_beside_features_are_no_features(tiny: TinyPack) -> None:
    tiny.write("features/README.md", "words\n")
    assert "README.md" not in read_pack(tiny.root).features


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ("pack.toml", "label = 3", "pack.toml, line 1: label must be text"),
        ("pack.toml", 'lable = "x"', "pack.toml, line 1: unknown key lable"),
        ("pack.toml", 'reserved = "x"', "pack.toml, line 1: reserved must be a list of strings"),
        ("pack.toml", 'shared = ["absent"]', "line 1: shared names a feature that does not"),
        ("features/docker/feature.toml", "label = ", "feature.toml, line 1: is not TOML"),
        ("features/docker/feature.toml", 'lable = "x"', "feature.toml, line 1: unknown key lable"),
        ("features/docker/feature.toml", 'default = "yes"', "default must be true or false"),
        ("features/docker/feature.toml", 'requires = "celery"', "must be a list of strings"),
        (
            "features/docker/feature.toml",
            'requires = ["absent"]',
            "feature docker of tiny names unknown features: absent",
        ),
        (
            "features/docker/feature.toml",
            "[slots]\nabsent = []",
            "feature docker of tiny fills undeclared slots: absent",
        ),
        ("features/docker/feature.toml", '[slots]\nnotes = "x"', "notes: a slot holds a list"),
        ("features/docker/feature.toml", "[slots]\nnotes = [3]", "notes: a slot holds a list"),
        ("features/docker/feature.toml", '[slots]\nenv = [{ value = "x" }]', "with a `key`"),
        ("features/docker/feature.toml", '[slots]\nenv = [{ key = "x", more = [] }]', "flat"),
        ("features/absent+docker/feature.toml", "", "joint absent+docker of tiny names unknown"),
        ("features/docker+mysql/feature.toml", 'label = "x"', "unknown key label"),
        ("features/docker+celery/feature.toml", "", "docker+celery names its features out of"),
        ("features/empty/file.txt", "", "feature empty has no feature.toml"),
        ("types.toml", "[str", "types.toml, line 1: is not TOML"),
        ("types.toml", "[strr]", "types.toml, line 1: unknown type strr"),
        ("types.toml", "str = 1", "types.toml, line 1: str must be a table"),
        ("types.toml", "[flags.nul]", "types.toml, line 1: unknown flag nul in [flags.nul]"),
        ("types.toml", "[str.nul]", "types.toml, line 1: unknown flag nul in [str.nul]"),
        ("types.toml", "[flags]\nnull = 1", "types.toml, line 2: flags.null must be a table"),
        ("types.toml", "[str]\ncolumn = [3]", "str must be a string or a list of strings"),
        ("types.toml", "[str.null]\ncolumn = 3", "column of str.null must be a string"),
        ("cookiecutter.json", "[]", "holds no table"),
        ("cookiecutter.json", "{", "line 1: is not JSON: Expecting property"),
        ("cookiecutter.json", '{\n"_extensions": 3}', "line 2: _extensions must be a list"),
        ("cookiecutter.json", '{"_jinja2_env_vars": []}', "_jinja2_env_vars must be a table"),
        ("cookiecutter.json", '{"_jinja2_env_vars": {\n"loader": ""}}', "line 2: _jinja2_env"),
        ("cookiecutter.json", '{"_new_lines": "xx"}', "_new_lines is not a line ending"),
        ("cookiecutter.json", '{"a": "\\ud800"}{', "line 1: is not JSON: Extra data"),
        ("pack.toml", 'label = "x"\n\nname = "/etc"', "line 3: name holds '/etc', which is no"),
        ("pack.toml", 'shared = ["../x"]', "shared holds '../x', which is not a plain name"),
        (
            "features/docker/feature.toml",
            'label = "x"\n[slots]\n# notes\nnotes = 3\n',
            "docker/feature.toml, line 4: notes: a slot holds a list",
        ),
        ("types.toml", "[str]\npython = 'x'\n\n[text.nul]\n", "types.toml, line 4: unknown flag"),
        ("cookiecutter.json", '{"_slots": []}', "_slots must be a table of lists"),
        ("cookiecutter.json", '{"_slots": {"notes": [], "items": []}}', "a dict method: items"),
        ("cookiecutter.json", '{"_commands": []}', "_commands must be a table"),
        ("cookiecutter.json", '{"_commands": {"checks": "x"}}', "checks must be a list of strings"),
        ("cookiecutter.json", '{"_commands": {"wsgi": ["x"]}}', "_commands: wsgi must be a string"),
    ],
)
def test_a_malformed_manifest_is_refused_in_one_line(
    tiny: TinyPack, place: str, text: str, said: str
) -> None:
    tiny.write(place, text)
    assert said in refusal(tiny.root).message
    assert refusal(tiny.root).code is Exit.BUG


def test_a_key_written_in_both_folders_of_a_feature_is_refused(tiny: TinyPack) -> None:
    tiny.write("../shared/features/docker/feature.toml", 'label = "Other"\n')
    tiny.write("pack.toml", 'shared = ["docker"]\n')
    message = refusal(tiny.root).message
    assert message.endswith("docker/feature.toml, line 1: feature docker: label is written twice")


@pytest.mark.parametrize("place", ["cookiecutter.json", TEMPLATE])
def test_a_folder_without_the_essentials_is_no_pack(tiny: TinyPack, place: str) -> None:
    (tiny.root / place).rename(tiny.root / "elsewhere")
    error = refusal(tiny.root)
    assert error.message == f"there is no pack in {tiny.root}"
    assert TEMPLATE in error.hint


def test_a_template_with_hooks_is_not_trusted(tiny: TinyPack) -> None:
    tiny.write("hooks/pre_gen_project.py", "raise SystemExit\n")
    assert refusal(tiny.root).code is Exit.UNTRUSTED


def test_a_template_with_extensions_of_its_own_is_not_trusted(tiny: TinyPack) -> None:
    tiny.settings(_extensions=["local.Extension"])
    error = refusal(tiny.root)
    assert error.code is Exit.UNTRUSTED
    assert "local.Extension" in error.message
    tiny.settings(_extensions=["jinja2.ext.do"])
    assert read_pack(tiny.root).context["_extensions"] == ["jinja2.ext.do"]


def test_what_a_feature_requires_is_implied_and_told(pack: Pack) -> None:
    assert choose_features(pack, ["celery"]) == (("broker", "celery"), {"broker": "celery"})
    assert choose_features(pack, ["broker", "celery"]) == (("broker", "celery"), {})
    assert choose_features(pack, []) == ((), {})


def test_requirements_are_followed_to_the_end_and_in_circles(tiny: TinyPack) -> None:
    tiny.write("features/broker/feature.toml", 'requires = ["docker"]\n')
    tiny.write("features/docker/feature.toml", 'requires = ["celery"]\n')
    features, implied = choose_features(read_pack(tiny.root), ["celery"])
    assert features == ("broker", "celery", "docker")
    assert implied == {"broker": "celery", "docker": "broker"}


def test_two_of_one_group_are_refused_by_name(pack: Pack) -> None:
    with pytest.raises(UsageError, match="mysql and postgres are both a choice of database"):
        choose_features(pack, ["postgres", "mysql"])
    assert choose_features(pack, ["mysql"])[0] == ("mysql",)


@pytest.mark.parametrize("wanted", [("broker", "docker"), ("celery", "docker")])
def test_a_conflict_is_refused_from_either_side_and_where_implied(
    tiny: TinyPack, wanted: tuple[str, str]
) -> None:
    tiny.write("features/docker/feature.toml", 'conflicts = ["broker"]\n')
    with pytest.raises(UsageError, match="docker and broker do not go together"):
        choose_features(read_pack(tiny.root), wanted)


def test_an_unknown_feature_gets_the_nearest(pack: Pack) -> None:
    with pytest.raises(UsageError) as caught:
        choose_features(pack, ["dokcer"])
    assert caught.value.message == "Tiny has no feature dokcer"
    assert caught.value.hint == "did you mean docker?"


def test_rivals_are_the_rest_of_the_group_and_what_conflicts(tiny: TinyPack) -> None:
    tiny.write("features/docker/feature.toml", 'conflicts = ["broker"]\n')
    pack = read_pack(tiny.root)
    assert rivals_of(pack, ["mysql"]) == {"postgres"}
    assert rivals_of(pack, ["docker"]) == {"broker"}
    assert rivals_of(pack, ["broker"]) == {"docker"}
    assert rivals_of(pack, ["absent", "celery"]) == set()


def test_a_pack_is_found_by_its_path(tiny: TinyPack, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_pack(str(tiny.root)).name == "tiny"
    monkeypatch.chdir(tiny.root.parent)
    assert find_pack("./tiny").root == tiny.root
    assert find_pack("tiny").root == tiny.root


@pytest.mark.parametrize("name", ["falsk", "", "~nobody-of-that-name/x", "/absent"])
@pytest.mark.usefixtures("work")
def test_an_absent_pack_is_refused(name: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        find_pack(name)
    assert caught.value.code in (Exit.USAGE, Exit.REFUSED)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_built_in_packs_are_found(name: str) -> None:
    pack = find_pack(name)
    assert pack.name == name
    assert json.loads((pack.root / "cookiecutter.json").read_text("utf-8")) == pack.context


@pytest.mark.usefixtures("work")
def test_a_project_whose_pack_is_not_here_is_told_which() -> None:
    with pytest.raises(UsageError) as caught:
        find_pack("tiny", "1.2.3")
    assert caught.value.message == (
        "the pack tiny 1.2.3 is not built in, and its folder is not here"
    )
