"""What a malicious template tries, and what becomes of it: nothing runs, reads, writes or hangs."""

import os
import re
import socket
import time
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import Exit, PackError, ScaffoldError, printable
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.packs import pack_files
from scaffold.packs.pack import read_pack
from scaffold.rendering import contexts, isolation
from scaffold.rendering import jinja as engine
from scaffold.rendering.layers import build_layers
from scaffold.rendering.render import render, render_unchecked
from tests.tiny_pack import ROOT, TinyPack

BLOG = parse_apps({"blog": ["Post: title:str(50)! body:text?"]})
TINY = Recipe("tiny", "Tiny Shop", "tiny-shop", apps=BLOG)
PATIENCE = 120  # seconds: far below what the attacks would take, above what a busy machine needs
SECRET = "root of all evil"


@pytest.fixture(autouse=True)
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that are reached soon."""
    monkeypatch.setattr(isolation, "FILE_SECONDS", 0.5)
    monkeypatch.setattr(isolation, "TOTAL_SECONDS", 8)
    monkeypatch.setattr(isolation, "SECONDS", 60)
    monkeypatch.setattr(isolation, "MEMORY", 256 * 1024**2)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that stands where an attack was successful."""
    return tmp_path / "canary"


def refusal(tiny: TinyPack, recipe: Recipe = TINY) -> ScaffoldError:
    start = time.monotonic()
    with pytest.raises(ScaffoldError) as caught:
        render(recipe, read_pack(tiny.root))
    assert time.monotonic() - start < PATIENCE
    assert caught.value.code is Exit.BUG
    assert "\n" not in caught.value.message
    return caught.value


# Every way to a module, a file or a program that the literature on Jinja lists.
CODE = [
    "cycler.__init__.__globals__.os.popen('touch CANARY').read()",
    "lipsum.__globals__['os'].popen('touch CANARY').read()",
    "lipsum.__globals__.os.system('touch CANARY')",
    "joiner.__init__.__globals__.os.system('touch CANARY')",
    "namespace.__init__.__globals__.os.system('touch CANARY')",
    "cycler['__init__']['__globals__']['os'].system('touch CANARY')",
    "cycler|attr('__init__')|attr('__globals__')",
    "(cycler|attr('__in' ~ 'it__')|attr('__glo' ~ 'bals__')).os.system('touch CANARY')",
    "lipsum|attr('__globals__')|attr('get')('os')|attr('system')('touch CANARY')",
    "[lipsum]|map(attribute='__globals__')|first",
    "[lipsum]|map('attr', '__globals__')|first",
    "[lipsum]|selectattr('__globals__.os')|list",
    "[lipsum]|sum(attribute='__globals__')",
    "''.__class__.__mro__[1].__subclasses__()",
    "''['__class__']['__base__']['__subclasses__']()",
    "''.__class__.__base__.__subclasses__()",
    "().__class__.__bases__[0].__subclasses__()[40]('/etc/passwd').read()",
    "{}.__class__",
    "self.__init__.__globals__.__builtins__.__import__('os').system('touch CANARY')",
    "self._TemplateReference__context.cycler.__init__.__globals__",
    "self.__class__",
    "cookiecutter.__class__.__init__.__globals__",
    "range.__self__.__import__('os').system('touch CANARY')",
    "dict.__base__.__subclasses__()",
    "uuid4.__globals__.uuid.os.system('touch CANARY')",
    "random_ascii_string.__globals__.json.codecs.builtins.open('CANARY', 'w')",
    "'{0.__class__.__mro__}'.format('x')",
    "'{0.__init__.__globals__[os]}'.format(cycler)",
    "'{x.__class__}'.format_map({'x': 1})",
    "('{0.__class__}'|string).format(1)",
    "('{0.__class__}'|safe).format(1)",
    "('{0.__class__}'|escape).format(1)",
    "'{0.__class__}'['format'](1)",
    "('{0.__class__}'|attr('format'))(1)",
    "(1).__class__.__base__",
    "caller.__class__",
    "loop.__class__",
    "config.__class__.__init__.__globals__['os'].popen('touch CANARY')",
    "request.application.__globals__.__builtins__.open('CANARY', 'w')",
    "get_flashed_messages.__globals__",
    "cookiecutter._apps[0].__init__.__globals__",
    "cookiecutter._apps[0].resources[0].fields[0].__class__.__mro__",
    "cookiecutter._tours[0].folders[0].joinpath('/etc/passwd').read_text()",
    "x()",
    "__import__('os')",
    "open('/etc/passwd').read()",
    "os.system('touch CANARY')",
    "(_ for _ in ())",
    "lambda: 0",
    "namespace(a=cycler).a.__init__",
    "cycler(lipsum).next().__globals__",
    "(lipsum, )|first|attr('__globals__')",
    "undefined_name.__class__",
    "('a' ~ 'b').__class__",
    "none.__class__",
    "loop",
]
# What is rendered, but only as text.
HARMLESS = [
    "[lipsum]|groupby('__globals__')|list",
    "['{0.__class__}'.format]|map('attr', '__self__')|list",
    "joiner(cycler.__init__)()",
    "'os.system'",
    "'{{ lipsum.__globals__ }}'",
    "{'__class__': 1}['__class__']",
]
STATEMENTS = [
    "{%% macro m() %%}{{ m.__globals__ }}{%% endmacro %%}{{ m() }}",
    "{%% macro m() %%}{{ caller.__globals__ }}{%% endmacro %%}{%% call m() %%}x{%% endcall %%}",
    "{%% macro m() %%}{{ varargs.__class__ }}{%% endmacro %%}{{ m(1) }}",
    "{%% macro m() %%}{%% endmacro %%}{{ m._func.__globals__ }}",
    "{%% macro m() %%}{%% endmacro %%}{{ m._environment.from_string('x') }}",
    "{%% for x in [1] %%}{{ loop._context }}{%% endfor %%}",
    "{%% for x in [1] %%}{{ loop.__init__.__globals__ }}{%% endfor %%}",
    "{%% set x = cycler.__init__ %%}{{ x.__globals__ }}",
    "{%% set ns = namespace() %%}{%% set ns.__class__ = cycler %%}{{ ns.__class__ }}",
    "{%% with f = '{0.__class__}'.format %%}{{ f(1) }}{%% endwith %%}",
    "{%% filter attr('__class__') %%}x{%% endfilter %%}{{ ''.__class__ }}",
    "{%% import 'm.txt' as m %%}{{ m.__class__ }}",
    "{%% block x %%}{{ self.x.__globals__ }}{%% endblock %%}",
    "{%% block x %%}{{ super.__class__ }}{%% endblock %%}",
    "{%% extends '/etc/passwd' %%}",
    "{%% include '../../../../../../../etc/passwd' %%}",
    "{%% include '/etc/passwd' %%}",
    "{%% include '..\\\\..\\\\pack.toml' %%}",
    "{%% include '../pack.toml' %%}",
    "{%% include ['../pack.toml', '../../secret'] %%}",
    "{%% import '../pack.toml' as m %%}",
    "{%% from '../pack.toml' import m %%}",
    "{%% include 'a/../../pack.toml' %%}",
    "{%% include 'inner' %%}",
    "{%% include 'absent' %%}",
    "{%% include 'outer' %%}",
    "{%% include 'device' %%}",
]


@pytest.mark.parametrize(
    ("place", "code"),
    [("content", code) for code in CODE]
    + [(place, code) for place in ("name", "folder") for code in CODE[:16]],
)
def test_no_expression_reaches_code(tiny: TinyPack, canary: Path, code: str, place: str) -> None:
    expression = f"{{{{ {code} }}}}".replace("CANARY", str(canary))
    if place == "content":
        tiny.base("a/attack.txt", f"one\n{expression}\n")
    elif "/" in expression or len(expression) > 200:
        expression = expression.replace(str(canary), "canary").replace("/etc/passwd", "etc")
        tiny.base(f"{expression}.txt", "x\n")
    else:
        tiny.base(f"{expression}.txt" if place == "name" else f"{expression}/x.txt", "x\n")
    message = refusal(tiny).message
    assert message.startswith("base: ")
    assert place != "content" or re.match(r"base: a/attack\.txt, line [12], ", message)
    assert not canary.exists()
    assert not Path("canary").exists()


@pytest.mark.parametrize("code", HARMLESS)
def test_what_is_rendered_is_text(tiny: TinyPack, code: str) -> None:
    tiny.base("attack.txt", f"{{{{ {code} }}}}\n")
    text = render(TINY, read_pack(tiny.root))["attack.txt"].content.decode()
    assert not re.search("module|<class|builtin", text)


@pytest.mark.parametrize("code", STATEMENTS)
def test_no_statement_reaches_code_or_files(
    tiny: TinyPack, canary: Path, tmp_path: Path, code: str
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    tiny.base("m.txt", "{%% macro a() %%}{%% endmacro %%}\n")
    tiny.write("templates/harmless", "x")
    (tiny.root / "templates/outer").symlink_to(tmp_path / "secret")
    (tiny.root / "templates/device").symlink_to("/dev/zero")
    tiny.base("attack.txt", f"one\n{code}\n")
    message = refusal(tiny).message
    assert "attack.txt" in message or "/templates/" in message
    assert SECRET not in message
    assert not canary.exists()


@pytest.mark.parametrize(
    "code",
    [
        "{{ lipsum.__globals__.os.system('touch canary') }}",
        "{{ cycler.__init__.__globals__ }}",
    ],
)
@pytest.mark.parametrize("options", [["--dry-run"], ["--dry-run", "--diff"], ["--no-install"]])
def test_the_commands_refuse_too(
    tiny: TinyPack, work: Path, capsys: pytest.CaptureFixture[str], code: str, options: list[str]
) -> None:
    tiny.base("attack.txt", f"{code}\n")
    assert run(["new", "acme", "-y", "--framework", str(tiny.root), *options]) == Exit.BUG
    assert "is unsafe" in capsys.readouterr().err
    assert list(work.iterdir()) == []


def test_templates_see_plain_values_alone(tiny: TinyPack) -> None:
    tiny.feature("learn", 'label = "Tour"\n')
    tiny.write("features/docker/tour.md", "# Docker\n")
    recipe = replace(TINY, features=("docker", "learn"))
    seen: set[int] = set()

    def check(value: object) -> None:
        if id(value) in seen:
            return
        seen.add(id(value))
        inner: list[object] = []
        if is_dataclass(value) and type(value).__module__ == contexts.__name__:
            inner = list(vars(value).values())
        elif isinstance(value, Mapping):
            inner = [*value, *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            inner = list(value)
        else:
            assert value is None or type(value) in (str, int, bool, float), type(value)
        for one in inner:
            check(one)

    found = build_layers(read_pack(tiny.root), recipe)
    assert any(layer.only for layer in found)
    for layer in found:
        check(dict(layer.context))


# What would take hours, or all memory.
EXHAUSTION = [
    "{{ range(10**9)|list }}",
    "{%% for a in range(99999) %%}{%% for b in range(99999) %%}{%% endfor %%}{%% endfor %%}",
    "{%% set r = range(99999) %%}{%% for a in r %%}{%% for b in r %%}{%% endfor %%}{%% endfor %%}",
    "{%% set r = range(99999) %%}{%% for a in r %%}{%% for b in r %%}xxxx{%% endfor %%}"
    "{%% endfor %%}",
    "{%% set x %%}{%% for a in range(99999) %%}{%% for b in range(999) %%}{{ 'x' * 999 }}"
    "{%% endfor %%}{%% endfor %%}{%% endset %%}",
    "{{ 'a' * 10**10 }}",
    "{{ [1] * 10**10 }}",
    "{{ (1, ) * 10**10 }}",
    "{{ 'a' * 10**8 }}",
    "{{ 10**(10**10) }}",
    "{{ 1|round(10**9, 'ceil') }}",
    "{{ '%1000000000s' % 'x' }}",
    "{{ '%1000000000s'|format('x') }}",
    "{{ '{:10000000000}'.format('x') }}",
    "{{ 'x'.ljust(10**10) }}",
    "{{ 'x'|center(10**10) }}",
    "{{ 'x\n'|indent(10**10) }}",
    "{{ '\t'.expandtabs(10**10) }}",
    "{{ 'x'.zfill(10**10) }}",
    "{{ [1]|batch(10**10, 1)|list }}",
    "{{ [1]|slice(10**10)|list }}",
    "{{ lipsum(n=10**9) }}",
    "{{ random_ascii_string(10**10) }}",
    "{{ [[1]]|tojson(indent=10**10) }}",
    "{%% set ns = namespace(x='xx') %%}{%% for a in range(99) %%}{%% set ns.x = ns.x ~ ns.x %%}"
    "{%% endfor %%}",
    "{%% set ns = namespace(x='xx') %%}{%% for a in range(99) %%}"
    "{%% set ns.x = ns.x.replace('x', 'xx') %%}{%% endfor %%}",
    "{%% set x = [] %%}{%% for a in range(99) %%}{%% set _ = x.append(x * 99) %%}"
    "{%% set _ = x.extend(x) %%}{%% endfor %%}",
    "{%% macro m() %%}{{ m() }}{%% endmacro %%}{{ m() }}",
    "{%% macro m(n) %%}{%% for x in range(9) %%}{{ m(n - 1) if n }}{%% endfor %%}{%% endmacro %%}"
    "{{ m(99) }}",
    "{%% for x in [1] recursive %%}{{ loop([1]) }}{%% endfor %%}",
    "{%% include 'attack.txt' %%}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "-" * 5000 + "1 }}",
    "{{ " + "x." * 5000 + "y }}",
    "{%% if true %%}" * 2000 + "{%% endif %%}" * 2000,
    "{%% for x in [1] %%}" * 50 + "{%% endfor %%}" * 50,
]


@pytest.mark.skipif(os.name == "nt", reason="memory is not limited there")
@pytest.mark.parametrize("code", EXHAUSTION, ids=[code[:60] for code in EXHAUSTION])
def test_no_template_exhausts_time_or_memory(tiny: TinyPack, code: str) -> None:
    tiny.base("attack.txt", f"one\n{code}\n")
    assert "attack.txt" in refusal(tiny).message


@pytest.mark.parametrize(
    "code", ["{{ 'a' * 10**10 }}", "{{ range(10**9) }}", "{{ 10**(10**10) }}", "{{ 'a' * 9999 }}"]
)
def test_no_name_exhausts_time_or_memory(tiny: TinyPack, code: str) -> None:
    tiny.base(f"{code}.txt", "x\n")
    refusal(tiny)


def test_a_loop_is_named_by_file_and_line_and_the_next_render_works(tiny: TinyPack) -> None:
    nested = "one\n{%% set r = range(99999) %%}\n{%% for a in r %%}{%% for b in r %%}{%% endfor %%}"
    tiny.base("attack.txt", f"{nested}{{%% endfor %%}}\n")
    error = refusal(tiny)
    assert error.message == (
        "base: attack.txt, line 3, cannot be rendered: it takes longer than a template may; "
        "docs/security.md has the limits"
    )
    assert error.hint.endswith("attack.txt")
    tiny.base("attack.txt", "fine\n")
    assert render(TINY, read_pack(tiny.root))["attack.txt"].content == b"fine\n"


def test_what_python_cannot_interrupt_is_ended(tiny: TinyPack) -> None:
    tiny.base("attack.txt", "{{ 1|round(10**9, 'ceil') }}\n")
    # On a fast machine the call returns before the process is killed; then the line is known.
    said = r"base: attack\.txt(, line 1,)? cannot be rendered: it takes (more time|longer)"
    error = refusal(tiny)
    assert re.match(said, error.message)
    assert "docs/security.md" in f"{error.message} {error.hint}"


def test_deep_includes_are_refused(tiny: TinyPack) -> None:
    for number in range(2000):
        tiny.write(f"templates/{number}", f"{{%% include '{number + 1}' %%}}")
    tiny.base("attack.txt", "{%% include '0' %%}\n")
    assert "attack.txt, line 1, cannot be rendered" in refusal(tiny).message


def link(tiny: TinyPack, name: str, target: str | Path) -> None:
    (tiny.root / ROOT / name).symlink_to(target)


@pytest.mark.parametrize(
    "name",
    [
        f"{ROOT}/link",
        f"each/app/{ROOT}/link",
        f"features/docker/{ROOT}/link",
        "features/docker/feature.toml",
        "features/docker/tour.md",
        "pack.toml",
        "types.toml",
        "cookiecutter.json",
    ],
)
def test_no_link_out_of_the_pack_is_followed(tiny: TinyPack, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text(SECRET)
    tiny.feature("learn", 'label = "Tour"\n')
    path = tiny.root / name
    path.unlink(missing_ok=True)
    path.symlink_to(tmp_path / "secret")
    with pytest.raises(ScaffoldError, match="is a link that leads out of the pack") as caught:
        render(replace(TINY, features=("docker", "learn")), read_pack(tiny.root))
    assert SECRET not in caught.value.message
    assert name in caught.value.message


@pytest.mark.parametrize("name", [ROOT, "features/docker", f"each/app/{ROOT}"])
def test_no_layer_is_a_link_out_of_the_pack(tiny: TinyPack, tmp_path: Path, name: str) -> None:
    folder = tiny.root / name
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    with pytest.raises(ScaffoldError, match="is a link that leads out of the pack"):
        render(replace(TINY, features=("docker",)), read_pack(tiny.root))


@pytest.mark.parametrize("target", ["/etc", "..", ".", "loop", "app"])
def test_no_linked_folder_is_walked(tiny: TinyPack, target: str) -> None:
    link(tiny, "loop", target)
    said = "cannot be read" if target == "loop" else "is a link to a folder"
    assert said in refusal(tiny).message


def test_a_link_within_the_pack_is_a_file(tiny: TinyPack) -> None:
    link(tiny, "copy.md", "README.md")
    tree = render(TINY, read_pack(tiny.root))
    assert tree["copy.md"].content == tree["README.md"].content


def test_links_hidden_in_folders_copied_whole_are_refused(tiny: TinyPack) -> None:
    (tiny.root / ROOT / "verbatim" / "passwd").symlink_to("/etc/passwd")
    assert "leads out of the pack" in refusal(tiny).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX")
@pytest.mark.parametrize("name", ["fifo", "{{ '' }}", "page.html"])
def test_a_fifo_does_not_hang(tiny: TinyPack, name: str) -> None:
    (tiny.root / ROOT / name).unlink(missing_ok=True)
    os.mkfifo(tiny.root / ROOT / name)
    assert "is not a regular file" in refusal(tiny).message


@pytest.mark.parametrize(
    "name", ["pack.toml", "types.toml", "cookiecutter.json", "features/docker/feature.toml"]
)
def test_a_manifest_that_is_a_fifo_does_not_hang(tiny: TinyPack, name: str) -> None:
    (tiny.root / name).unlink()
    os.mkfifo(tiny.root / name)
    with pytest.raises(PackError, match="is not a regular file"):
        read_pack(tiny.root)


def test_an_included_fifo_does_not_hang(tiny: TinyPack) -> None:
    (tiny.root / "templates").mkdir()
    os.mkfifo(tiny.root / "templates/fifo")
    tiny.base("attack.txt", "{%% include 'fifo' %%}\n")
    assert "is not a regular file" in refusal(tiny).message


def test_a_socket_and_a_device_are_refused(tiny: TinyPack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny.root / ROOT)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        assert "is not a regular file" in refusal(tiny).message
    Path("socket").unlink()
    try:
        os.mknod("device", 0o20644, os.makedev(1, 5))
    except PermissionError:
        Path("device").symlink_to("/dev/zero")
    assert re.search("is not a regular file|leads out of the pack", refusal(tiny).message)


HARD_NAMES = [
    "..",
    ".",
    "../x",
    "a/../../x",
    "/x",
    "/etc/passwd",
    "a//b",
    "C:/x",
    "C:\\\\x",
    "\\\\\\\\host\\\\x",
    "..\\\\x",
    "con",
    "NUL.txt",
    "a/aux",
    "com1",
    "lpt9.md",
    "CLOCK$",
    "a.",
    "a ",
    "x" * 300,
    "ä" * 130,
    "a\\nb",
    "a\\rb",
    "a\\tb",
    "a\\0b",
    "a\\x1b[2Jb",
    "a\\x07",
    "a\\x7f",
    "a\\x9b2J",
    "a\\u202etxt.exe",
    "a\\u200bb",
    "a\\ud800b",
    "readme.MD",
    "README.md/x",
    ".git/config",
    ".git/hooks/pre-commit",
    "a/.GIT/x",
    "git~1/config",
    ".venv/bin/python",
    ".scaffold.toml",
    ".g\\u200cit/config",
    "a:b",
    "a|b",
    "a<b",
    "a?b",
    "a*b",
    '"',
    "README.md",
]


@pytest.mark.parametrize("name", HARD_NAMES, ids=[ascii(name)[:30] for name in HARD_NAMES])
def test_no_rendered_name_is_dangerous(tiny: TinyPack, tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '\\"')
    tiny.settings(attack="x")
    tiny.base("{{ cookiecutter.attack }}", "x\n")
    text = (tiny.root / "cookiecutter.json").read_text()
    (tiny.root / "cookiecutter.json").write_text(
        text.replace('"attack": "x"', f'"attack": "{_json(quoted)}"')
    )
    before = sorted(tmp_path.rglob("*"))
    message = refusal(tiny).message
    assert printable(message) == message
    assert sorted(tmp_path.rglob("*")) == before


def _json(text: str) -> str:
    """The escapes of Python that JSON lacks, as JSON writes them."""
    text = re.sub(r"\\x(..)", r"\\u00\1", text)
    return text.replace("\\0", "\\u0000")


@pytest.mark.skipif(os.name == "nt", reason="POSIX allows them")
@pytest.mark.parametrize(
    "name", [b"a\nb", b"a\x1b[2J", b"\xff\xfe", b"a\\b", b"con", b"a:b", b"a "]
)
def test_no_name_on_disk_is_dangerous(tiny: TinyPack, name: bytes) -> None:
    Path(os.fsdecode(bytes(tiny.root / ROOT) + b"/" + name)).write_text("x\n")
    message = refusal(tiny).message
    assert printable(message) == message


def test_an_empty_name_leaves_the_content_alone(tiny: TinyPack) -> None:
    tiny.base("{%% if false %%}a.txt{%% endif %%}", "{{ cycler.__init__.__globals__ }}\n")
    tiny.base("{{ '' }}/b.txt", "x\n")
    with pytest.raises(ScaffoldError, match="leaves the project"):
        render(TINY, read_pack(tiny.root))
    (tiny.root / ROOT / "{{ '' }}/b.txt").unlink()
    assert "a.txt" not in render(TINY, read_pack(tiny.root))


def test_names_come_before_contents(tiny: TinyPack) -> None:
    tiny.base("{{ absent }}.txt", "{{ other }}\n")
    assert "'absent' is undefined" in refusal(tiny).message


def sparse(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.truncate(size)


def test_a_huge_file_is_refused(tiny: TinyPack) -> None:
    sparse(tiny.root / ROOT / "huge.bin", 10**12)
    assert "huge.bin: is larger than 50 MiB" in refusal(tiny).message


def test_a_huge_template_is_refused(tiny: TinyPack) -> None:
    tiny.base("huge.txt", b"{{ 1 }}\n" + b"x" * pack_files.TEMPLATE_BYTES)
    assert "huge.txt: is a template larger than 10 MiB" in refusal(tiny).message


@pytest.mark.parametrize(
    "name", ["pack.toml", "types.toml", "cookiecutter.json", "features/docker/feature.toml"]
)
def test_a_huge_manifest_is_refused(tiny: TinyPack, name: str) -> None:
    sparse(tiny.root / name, 10**12)
    with pytest.raises(PackError, match="is larger than 1 MiB"):
        read_pack(tiny.root)


def test_a_huge_tree_is_refused(tiny: TinyPack, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = read_pack(tiny.root)
    layer = build_layers(pack, TINY)[0]
    monkeypatch.setattr(pack_files, "ENTRIES", 5)
    with pytest.raises(PackError, match="holds more than 5 files"):
        engine.LayerRenderer(pack.context, pack.files).render(layer)
    monkeypatch.undo()
    monkeypatch.setattr(engine, "TREE_FILES", 5)
    with pytest.raises(PackError, match="the pack renders more than 5 files"):
        engine.LayerRenderer(pack.context, pack.files).render(layer)
    monkeypatch.undo()
    monkeypatch.setattr(engine, "TREE_BYTES", 99)
    with pytest.raises(PackError, match="the pack renders more than"):
        engine.LayerRenderer(pack.context, pack.files).render(layer)


BOMBS = {
    "deep arrays": ("pack.toml", "x = " + "[" * 100_000),
    "deep tables": ("pack.toml", "x = " + "{x=" * 50_000),
    "dotted keys": ("types.toml", "a." * 200_000 + "b = 1"),
    "dotted headers": ("types.toml", "[" + "a." * 200_000 + "b]"),
    "long number": ("pack.toml", "x = " + "9" * 900_000),
    "deep json": ("cookiecutter.json", '{"a":' * 100_000),
    "deep lists": ("cookiecutter.json", '{"a":' + "[" * 300_000),
    "long json number": ("cookiecutter.json", '{"a": ' + "9" * 900_000 + "}"),
    "invalid utf-8": ("features/docker/feature.toml", b"label = '\xff'"),
    "utf-16": ("types.toml", "\ufeff[str]".encode("utf-16")),
    "nul": ("pack.toml", b"label = '\0'"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_manifest_is_a_bomb(tiny: TinyPack, bomb: str) -> None:
    tiny.write(*BOMBS[bomb])
    start = time.monotonic()
    with pytest.raises(PackError) as caught:
        read_pack(tiny.root)
    assert time.monotonic() - start < PATIENCE
    assert len(caught.value.message) < 500
    assert BOMBS[bomb][0] in caught.value.message


LAUGHS = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yml", LAUGHS),
        ("a.yml", "[" * 50_000),
        ("a.json", "[" * 300_000),
        ("a.toml", "a." * 100_000 + "b = 1\n"),
        ("a.py", "(" * 100_000),
        ("a.py", "x = " + "-" * 100_000 + "1\n"),
        ("a.py", "x = " + "+".join(["1"] * 100_000) + "\n"),
        ("pyproject.toml", "[tool]\nruff = 3\n"),
    ],
    ids=["laughs", "yaml", "json", "toml", "parentheses", "minus", "plus", "ruff"],
)
def test_no_rendered_file_is_a_bomb(tiny: TinyPack, name: str, content: str) -> None:
    tiny.base(name, content)
    assert "pack" in refusal(tiny).hint


@pytest.mark.parametrize(
    "extension",
    ["os.system", "jinja2.sandbox.os.system", "cookiecutter.hooks.run_script", "jinja2.ext.X"],
)
def test_no_extension_is_any_code(tiny: TinyPack, extension: str) -> None:
    tiny.settings(_extensions=[extension])
    with pytest.raises(ScaffoldError) as caught:
        read_pack(tiny.root)
    assert caught.value.code is Exit.UNTRUSTED


def test_a_module_beside_the_command_is_not_imported(
    tiny: TinyPack, work: Path, canary: Path
) -> None:
    for name in ("jinja2", "json", "scaffold", "ruff"):
        (work / f"{name}.py").write_text(f"open({str(canary)!r}, 'w')\n")
    isolation._stop()
    assert render(TINY, read_pack(tiny.root))
    assert not canary.exists()


ESCAPE = "\x1b[2J\x1b]0;owned\x07"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (f"{ROOT}/attack.txt", "{{ raise['\\x1b[2J\\x1b]0;owned\\x07'] }}"),
        (f"{ROOT}/attack.txt", "{{ ''|attr('\x1b[2J')|upper }}"),
        (f"{ROOT}/{{{{ '\\x1b[2J' }}}}", "x\n"),
        ("pack.toml", '"\\u001b[2J" = 1'),
        ("pack.toml", 'name = "\\u001b[2J"'),
        ("features/docker/feature.toml", '"\\u001b[2J" = 1'),
    ],
)
def test_no_message_is_obeyed_by_a_terminal(
    tiny: TinyPack, work: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    tiny.write(name, content)
    assert run(["new", "acme", "-y", "--framework", str(tiny.root), "--dry-run"]) == Exit.BUG
    printed = capsys.readouterr()
    assert "\x1b" not in printed.err + printed.out
    assert "\x07" not in printed.err + printed.out
    assert list(work.iterdir()) == []


def test_no_label_and_no_content_is_obeyed_by_a_terminal(
    tiny: TinyPack, work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    label = '"Doc\\u001b[2Jker\\u202e"'
    tiny.write("features/docker/feature.toml", f"label = {label}\nwhy = {label}\ndefault = true\n")
    tiny.write("pack.toml", f"label = {label}\n")
    tiny.base("a.txt", f"{ESCAPE}\n")
    monkeypatch.setattr("rich.console.Console.is_terminal", property(lambda _: True))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    assert run(["new", "acme", "-y", "--framework", str(tiny.root), "--dry-run", "--diff"]) == 0
    printed = capsys.readouterr()
    assert "\x1b[2J" not in printed.err + printed.out
    assert "\\x1b[2J" in printed.out
    assert "\u202e" not in printed.err
    assert list(work.iterdir()) == []


def test_smoke_renders_within_the_same_limits(tiny: TinyPack, canary: Path) -> None:
    tiny.base("attack.txt", f"{{{{ lipsum.__globals__.os.system('touch {canary}') }}}}\n")
    with pytest.raises(ScaffoldError, match="is unsafe"):
        render_unchecked(TINY, read_pack(tiny.root))
    assert not canary.exists()
