"""Recipe → tree: cookiecutter's own bytes, the same bytes every time, faults named."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from cookiecutter.generate import generate_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.model.fields import App
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.model.tree import File, Tree
from scaffold.packs.pack import Pack, choose_features, read_pack
from scaffold.rendering import cache as memory
from scaffold.rendering.jinja import LayerRenderer
from scaffold.rendering.layer import Layer
from scaffold.rendering.layers import build_layers
from scaffold.rendering.render import render
from scaffold.rendering.sandbox import PackLoader
from tests.tiny_pack import BINARY, TinyPack

BLOG = parse_apps({"blog": ["Post: title:str(50)! body:text?"]})
TINY = Recipe("tiny", "Tiny Shop", "tiny-shop", apps=BLOG)
FULL = replace(TINY, features=("broker", "celery", "docker"))


def base(pack: Pack, recipe: Recipe = TINY) -> Layer:
    return build_layers(pack, recipe)[0]


def cookiecutter(pack: Pack, recipe: Recipe, folder: Path) -> Tree:
    """What cookiecutter itself writes for the base layer, read back."""
    root = Path(generate_files(pack.root, dict(base(pack, recipe).context), folder))
    return Tree(
        {
            path.relative_to(root).as_posix(): File(path.read_bytes(), os.access(path, os.X_OK))
            for path in root.rglob("*")
            if path.is_file()
        }
    )


def ours(pack: Pack, recipe: Recipe) -> Tree:
    return LayerRenderer(pack.context, pack.files).render(base(pack, recipe))


@pytest.mark.parametrize("recipe", [TINY, FULL], ids=["plain", "full"])
def test_the_bytes_are_cookiecutters_own(pack: Pack, recipe: Recipe, tmp_path: Path) -> None:
    expected = cookiecutter(pack, recipe, tmp_path)
    assert ours(pack, recipe) == expected
    assert expected["logo.png"].content == BINARY
    assert expected["run.sh"].executable
    assert not expected["README.md"].executable
    assert b"{{ page.title }}" in expected["page.html"].content
    assert expected["verbatim/{{ kept }}.txt"].content == b"{{ kept }}\n"
    assert "tiny_shop_notes.txt" in expected


NAME = "{{ cookiecutter.project_name }}"


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("crlf.txt", f"a\r\n{NAME}\r\nb\r\n".encode()),
        ("mixed.txt", f"a\r\n{NAME}\nb\r\n".encode()),
        ("no_newline.txt", NAME.encode()),
        ("newlines.txt", f"\n\n{NAME}\n\n\n".encode()),
        ("empty.txt", b""),
        ("bom.txt", f"\ufeff{NAME}\n".encode()),
        ("unicode.txt", f"{NAME} äöü 日本 🙂\n".encode()),
        ("latin1.bin", b"\xe4\0\xff\xfe\xfd"),
        ("line.txt", b"a\n# % if true\n  yes\n# % else\n  no\n# % endif\nb\n"),
        ("block.txt", b"a {%% if true %%} b {%% endif %%} c\n{## gone ##}\nd\n"),
        ("django.txt", b"{% if x %}{# y #}{% endif %}\n"),
        ("{%% if false %%}left_out.txt{%% endif %%}", b"x\n"),
        ("{%% if true %%}kept.txt{%% endif %%}", b"x\n"),
        ("{{ cookiecutter.project_slug }}/{{ cookiecutter.project_slug }}.txt", NAME.encode()),
        ("deep/verbatim.html", NAME.encode()),
    ],
)
def test_odd_files_are_cookiecutters_own(
    tiny: TinyPack, tmp_path: Path, place: str, content: bytes
) -> None:
    tiny.base(place, content)
    pack = read_pack(tiny.root)
    assert ours(pack, TINY) == cookiecutter(pack, TINY, tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"_new_lines": "\n"},
        {"_copy_without_render": []},
        {"_copy_without_render": ["README.md", "app/*"]},
        {"_copy_without_render": ["app"]},
        {"_jinja2_env_vars": {"block_start_string": "{%%", "block_end_string": "%%}"}},
    ],
)
def test_settings_are_read_as_cookiecutter_reads_them(
    tiny: TinyPack, tmp_path: Path, changed: dict[str, object]
) -> None:
    for place in (
        "page.html",
        "verbatim/{{ kept }}.txt",
        "app/names.py",
        "notes.toml",
        "pyproject.toml",
        ".env.example",
    ):
        (tiny.root / "{{cookiecutter.project_slug}}" / place).unlink()
    tiny.base("a.txt", f"a\r\n{NAME}\r\n".encode())
    tiny.settings(**changed)
    pack = read_pack(tiny.root)
    assert ours(pack, TINY) == cookiecutter(pack, TINY, tmp_path)


def test_templates_beside_the_layer_can_be_included(tiny: TinyPack, tmp_path: Path) -> None:
    tiny.write("templates/licence.txt", "all of it\n")
    tiny.base("LICENSE", "{%% include 'licence.txt' %%}")
    pack = read_pack(tiny.root)
    assert ours(pack, TINY)["LICENSE"].content == b"all of it\n"
    assert ours(pack, TINY) == cookiecutter(pack, TINY, tmp_path)


def test_templates_of_the_pack_serve_every_layer_and_a_layers_own_win(tiny: TinyPack) -> None:
    tiny.write("templates/a.txt", "the pack's\n")
    tiny.write("templates/b.txt", "the pack's\n")
    tiny.write("each/app/templates/b.txt", "the layer's\n")
    place = "each/app/{{cookiecutter.project_slug}}/{{ app.name }}.md"
    tiny.write(place, "{%% include 'a.txt' %%}{%% include 'b.txt' %%}")
    assert render(TINY, read_pack(tiny.root))["blog.md"].content == b"the pack's\nthe layer's\n"


def test_a_whole_render_unites_formats_and_keeps_bits(pack: Pack) -> None:
    tree = render(FULL, pack)
    assert tree["worker.sh"].executable
    assert tree["app/blog/jobs.py"].content == b'APP = "blog"\n'
    assert tree["app/blog/post.py"].content.startswith(b"import json\n\nfrom app import NAME\n")
    assert b'"celery>=5,<6",\n    "flask>=3,<4",\n    "gun' in tree["pyproject.toml"].content
    assert "worker.sh" not in render(replace(TINY, features=("docker",)), pack)


APPS = st.dictionaries(
    st.sampled_from(["blog", "order_desk", "stock"]),
    st.lists(
        st.sampled_from(["Post: title:str(50)! body:text?", "Item: name:str slug:slug^"]),
        unique=True,
    ),
)
LETTERS = st.text("abcdefghijÄöß日é ", min_size=1, max_size=12)
RECIPES = st.builds(
    lambda name, features, apps, description: (name, features, parse_apps(apps), description),
    LETTERS,
    st.sets(st.sampled_from(["broker", "celery", "docker", "mysql"])),
    APPS,
    LETTERS,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(RECIPES)
def test_the_same_recipe_gives_the_same_bytes(
    pack: Pack,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    said: tuple[str, set[str], tuple[App, ...], str],
) -> None:
    name, wanted, apps, description = said
    features, _ = choose_features(pack, wanted)
    recipe = Recipe("tiny", name, "tiny", description, features, apps)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    cold = render(recipe, pack)
    assert render(recipe, pack) == cold
    assert list(cold) == sorted(cold)


@pytest.mark.usefixtures("cold_cache")
def test_a_warm_cache_is_used_and_changes_nothing(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = render(FULL, pack)
    compiled = sorted((memory.directory() / "templates").iterdir())
    assert len(compiled) > 5
    with monkeypatch.context() as patch:
        patch.setattr("jinja2.Environment.compile", None)  # so that compiling fails
        engine = LayerRenderer(pack.context, pack.files)
        layer = base(pack)
        path = layer.template / "README.md"
        engine.loader = engine.env.loader = PackLoader(pack.files, [layer.template])
        assert engine._content(path, "README.md", layer.context) == cold["README.md"].content
    assert render(FULL, pack) == cold
    assert sorted((memory.directory() / "templates").iterdir()) == compiled


@pytest.mark.parametrize("damage", ["empty", "cut", "noise", "swapped", "folder", "nothing"])
def test_a_damaged_cache_changes_nothing(pack: Pack, cold_cache: Path, damage: str) -> None:
    cold = render(FULL, pack)
    files = sorted(path for path in cold_cache.rglob("*") if path.is_file())
    contents = [path.read_bytes() for path in files]
    for number, path in enumerate(files):
        path.unlink()
        if damage == "folder":
            path.mkdir()
        elif damage != "nothing":
            path.write_bytes(
                {
                    "empty": b"",
                    "cut": contents[number][: len(contents[number]) // 2],
                    "noise": contents[number][:20] + b"\xff" * 200,
                    "swapped": contents[number - 1],
                }[damage]
            )
    assert render(FULL, pack) == cold
    assert render(FULL, pack) == cold


@pytest.mark.parametrize("place", ["", "scaffold"])
def test_a_cache_that_cannot_be_written_changes_nothing(
    pack: Pack, cold_cache: Path, place: str
) -> None:
    expected = render(FULL, pack)
    cold_cache.rename(cold_cache.with_name("away"))
    blocked = cold_cache / place
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where a directory should be")
    assert render(FULL, pack) == expected


def test_a_full_disk_below_the_cache_changes_nothing(
    pack: Pack, cold_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = render(FULL, pack)
    cold_cache.rename(cold_cache.with_name("away"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert (
        LayerRenderer(pack.context, pack.files).render(base(pack, FULL))["README.md"]
        == expected["README.md"]
    )


def test_changed_delimiters_are_noticed_by_the_cache(tiny: TinyPack) -> None:
    tiny.base("a.txt", "{%% if true %%}{{ cookiecutter.project_slug }}[% if true %]{%% endif %%}!")
    before = ours(read_pack(tiny.root), TINY)["a.txt"].content
    assert before == b"tiny-shop[% if true %]!"
    tiny.settings(_jinja2_env_vars={"block_start_string": "[%", "block_end_string": "%]"})
    tiny.base("a.txt", "{%% if true %%}{{ cookiecutter.project_slug }}[% if true %]![% endif %]")
    pack = read_pack(tiny.root)
    layer = replace(base(pack), template=only(tiny, "a.txt"))
    after = LayerRenderer(pack.context, pack.files).render(layer)
    assert after["a.txt"].content == b"{%% if true %%}tiny-shop!"


def only(tiny: TinyPack, name: str) -> Path:
    """A layer's folder with nothing in it but one file."""
    folder = tiny.root / "{{cookiecutter.project_slug}}"
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif path.name != name:
            path.unlink()
    return folder


def refusal(tiny: TinyPack, recipe: Recipe = TINY) -> ScaffoldError:
    with pytest.raises(ScaffoldError) as caught:
        render(recipe, read_pack(tiny.root))
    assert "\n" not in caught.value.message
    assert caught.value.code is Exit.BUG
    return caught.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ absent }}", "line 1, cannot be rendered: 'absent' is undefined"),
        ("a\nb\n{{ cookiecutter.absent }}", "line 3, cannot be rendered: 'dict object' has no"),
        ("a\n{{ 1 + }}", "line 2, cannot be rendered: unexpected 'end of print statement'"),
        ("a\n\n# % if x\n", "line 3, cannot be rendered: Unexpected end of template"),
        ("# % for one in [0]\n{{ 1 / one }}\n# % endfor\n", "line 2, cannot be rendered: division"),
        ("{{ 'x' | nofilter }}", "line 1, cannot be rendered: No filter named 'nofilter'"),
        ("a\n{%% include 'absent.txt' %%}", "line 2, cannot be rendered: 'absent.txt' not found"),
        ("{{ raise.x() }}", "'raise' is undefined"),
        ("{{ [].pop() }}", "pop from empty list"),
    ],
)
@pytest.mark.parametrize(
    ("folder", "layer"),
    [
        ("{{cookiecutter.project_slug}}", "base"),
        ("features/docker/{{cookiecutter.project_slug}}", "feature docker"),
    ],
)
def test_a_broken_template_is_named_with_its_layer(
    tiny: TinyPack, folder: str, layer: str, text: str, said: str
) -> None:
    tiny.write(f"{folder}/deep/broken.txt", text)
    error = refusal(tiny, replace(TINY, features=("docker",)))
    assert error.message.startswith(f"{layer}: deep/broken.txt, line ")
    assert said in error.message
    assert str(tiny.root / folder / "deep/broken.txt") in error.hint


def test_a_broken_path_is_named_with_its_layer(tiny: TinyPack) -> None:
    tiny.base("{{ absent }}.txt", "x\n")
    assert refusal(tiny).message == (
        "base: {{ absent }}.txt cannot be rendered: 'absent' is undefined"
    )


def test_a_dangling_link_is_named(tiny: TinyPack) -> None:
    (tiny.root / "{{cookiecutter.project_slug}}" / "link").symlink_to("absent")
    assert refusal(tiny).message.endswith("/link: cannot be read: No such file or directory")


def test_a_collision_names_path_and_both_layers(tiny: TinyPack) -> None:
    tiny.feature("other", "", **{"Dockerfile": "FROM x\n"})
    error = refusal(tiny, replace(TINY, features=("docker", "other")))
    assert error.message == (
        "Dockerfile is written by two layers: feature docker and feature other"
    )


def test_two_names_for_one_path_in_a_layer_are_refused(tiny: TinyPack) -> None:
    tiny.base("tiny-shop.txt", "x\n")
    tiny.base("{{ cookiecutter.project_slug }}.txt", "x\n")
    assert refusal(tiny).message == "base writes tiny-shop.txt twice"


@pytest.mark.parametrize("place", ["../out", "a/../../out", "{}/out"])
def test_no_path_leaves_the_project_not_even_for_formatting(
    tiny: TinyPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    tiny.settings(place=place.format(tmp_path))
    tiny.base("{{ cookiecutter.place }}.py", "x=1\n")
    before = sorted(tmp_path.rglob("*"))
    assert "leaves the project" in refusal(tiny).message
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "recipe",
    [
        replace(TINY, features=("absent",)),
        replace(TINY, features=("celery",)),
        replace(TINY, features=("mysql", "postgres")),
        replace(TINY, apps=(*BLOG, *BLOG)),
    ],
)
def test_a_recipe_that_does_not_fit_is_a_usage_error(pack: Pack, recipe: Recipe) -> None:
    with pytest.raises(UsageError):
        render(recipe, pack)
