"""What cookiecutter does not do: nothing runs unasked, is left half-way, or escapes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scaffold.cli import create_template, run
from scaffold.packs.checkout import fetch
from scaffold.packs.trust import HOOKS, Code, code_of
from scaffold.rendering import isolation
from tests.cookiecutter_cases import EXTENSION, TOP, Case, Link, named, says
from tests.repositories import commit

Captured = pytest.CaptureFixture[str]
Build = Callable[[Case], Path]


@pytest.fixture(autouse=True)
def home(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home without trust, without any configuration; the test runs in `work`."""
    del work
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name))
    fetch.cache_clear()
    yield tmp_path / "home"
    fetch.cache_clear()


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Write a case to disk, and return where."""

    def built(case: Case) -> Path:
        root = tmp_path / "template"
        for path in root.iterdir() if root.exists() else ():
            if path.name != ".git":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        case.build(root)
        return root

    return built


def new(root: Path | str, *words: str) -> int:
    return run(["new", str(root), "--defaults", "--no-git", *words])


def is_clean(work: Path) -> bool:
    return list(work.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["-d", "naem=x"], "no variable naem", "did you mean name?"),
        (["-d", "license=MTI"], "license has no choice 'MTI'", "did you mean MIT?"),
        (["-d", "docker=perhaps"], "could not be converted to a boolean", ""),
        (["-d", "name"], "-d name has no value", "write -d name=VALUE"),
        (["--feature", "x"], "--feature goes with a pack", "-d VARIABLE=VALUE"),
        (["--team-size", "solo"], "--team-size goes with a pack", ""),
        (["-d", "slug=../escaped"], "would call the project's directory '../escaped'", ""),
        (["-d", "slug=/etc/x"], "would call the project's directory", ""),
        (["-d", "slug=.."], "would call the project's directory", ""),
        (["-d", "slug=nul"], "would call the project's directory", ""),
        (["-d", "slug="], "would call the project's directory", "for {{cookiecutter.slug}}"),
        (["--verify"], "--verify goes with a pack", ""),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_exit_2(
    words: list[str], message: str, hint: str, build: Build, work: Path, capsys: Captured
) -> None:
    root = build(says("x", context={"license": ["MIT", "BSD"], "docker": True}))
    assert new(root, *words) == 2
    error = capsys.readouterr().err
    assert message in error
    assert hint in error
    assert "Traceback" not in error
    assert is_clean(work)


def test_nothing_is_asked_without_a_terminal(build: Build, work: Path, capsys: Captured) -> None:
    root = build(says("x"))
    assert run(["new", str(root)]) == 2
    assert "no answer for: name, slug" in capsys.readouterr().err
    assert run(["new", str(root), "-d", "name=A", "-d", "slug=a", "--no-git", "-q"]) == 0
    assert (work / "a/out.txt").exists()


def test_a_choice_may_be_a_number(build: Build, work: Path) -> None:
    """Cookiecutter takes no text for it."""
    context = {"python": [3.11, 3.12], "docker": [True, False]}
    root = build(says("{{ cookiecutter.python }} {{ cookiecutter.docker }}", context=context))
    assert new(root, "-d", "python=3.12", "-d", "docker=False") == 0
    assert (work / "acme-shop/out.txt").read_text() == "3.12 False\n"


def test_the_target_is_taken(build: Build, work: Path) -> None:
    root = build(says("x"))
    (work / "acme-shop").mkdir()
    (work / "acme-shop/mine").write_text("mine")
    assert new(root) == 3
    assert new(root, "elsewhere/shop") == 0
    assert (work / "elsewhere/shop/out.txt").exists()


def test_an_error_in_the_second_file_leaves_nothing(
    build: Build, work: Path, capsys: Captured
) -> None:
    root = build(named({"a.txt": "fine\n", "b.txt": "one\n{{ cookiecutter.nothing }}\n"}))
    assert new(root) == 70
    assert "b.txt, line 2, cannot be rendered" in capsys.readouterr().err
    assert is_clean(work)


def test_a_folder_that_cannot_be_rendered(build: Build, work: Path, capsys: Captured) -> None:
    root = build(Case(context={"name": "x"}, files={"a.txt": "x"}))
    assert new(root) == 70
    assert "{{cookiecutter.slug}} cannot be rendered" in capsys.readouterr().err
    (root / TOP).rename(root / "plain")
    assert new(root) == 70
    assert "holds no folder to render" in capsys.readouterr().err
    assert is_clean(work)


@pytest.mark.parametrize(
    "name",
    [
        "{{ '../out' }}.txt",
        "{{ '/etc/x' }}",
        "a/{{ '../../out' }}",
        "{{ '.git/hooks/pre-commit' }}",
        "{{ '.scaffold.toml' }}",
        "{{ 'aux.py' }}",
        "{{ 'a:b' }}",
        "{{ 'x' * 300 }}",
        "{{ 'a\u202eb' }}",
    ],
)
def test_no_path_leaves_the_project(name: str, build: Build, work: Path, capsys: Captured) -> None:
    root = build(named({}, beside={f"{TOP}/{name}".replace("'../", "'..\\x2f"): "x"}))
    shutil.rmtree(root / TOP, ignore_errors=True)
    (root / TOP).mkdir()
    (root / TOP / "a.txt").write_text("x")
    context = json.loads((root / "cookiecutter.json").read_text())
    context["path"] = name
    (root / "cookiecutter.json").write_text(json.dumps(context))
    (root / TOP / "{{cookiecutter.path}}").write_text("x")
    assert new(root) == 70
    capsys.readouterr()
    assert is_clean(work)


@pytest.mark.parametrize("link", ["/etc/passwd", "../../secret.txt", "../../folder"])
def test_no_link_is_followed_out_of_the_template(
    link: str, build: Build, work: Path, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "secret.txt").write_text("root of all evil")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/secret.txt").write_text("root of all evil")
    case = named({"a.txt": "x", "sub": Link(link)}, context={"_copy_without_render": ["sub"]})
    assert new(build(case)) == 70
    assert "root of all evil" not in capsys.readouterr().err
    assert is_clean(work)


@pytest.mark.parametrize(
    "text",
    ["{{ cycler.__init__.__globals__.os.system('touch CANARY') }}", "{{ ''.__class__ }}"],
)
def test_no_default_and_no_file_reaches_code(text: str, build: Build, work: Path) -> None:
    assert new(build(says(text))) == 70
    assert new(build(says("x", context={"default": text}))) == 70
    assert is_clean(work)


def test_time_and_memory_are_bounded(
    build: Build, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "FILE_SECONDS", 0.5)
    monkeypatch.setattr(isolation, "TOTAL_SECONDS", 8)
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    assert new(build(says(endless))) == 70
    assert new(build(says("x", context={"default": endless}))) == 70
    monkeypatch.setattr(isolation, "MEMORY", 256 * 1024**2)
    assert new(build(says("{{ 'x' * 10**9 }}"))) == 70
    assert is_clean(work)


HOOKED = {"hooks/post_gen_project.py": "open('ran', 'w').write('x')\n"}


def test_a_hook_does_not_run_unasked(build: Build, work: Path, capsys: Captured) -> None:
    root = build(says("x", beside=HOOKED))
    assert new(root) == 4
    error = capsys.readouterr().err
    assert "hooks post_gen_project.py" in error
    assert "--trust" in error
    assert is_clean(work)
    assert new(root, "--trust") == 0
    assert (work / "acme-shop/ran").exists()


def test_a_dry_run_runs_no_hook(build: Build, work: Path, capsys: Captured) -> None:
    root = build(says("x", beside=HOOKED))
    assert new(root, "--trust", "--dry-run", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["files"] == ["out.txt"]
    assert found["hooks"] == ["post_gen_project.py"]
    assert is_clean(work)


def test_info_shows_what_is_asked_and_no_versions_of_a_folder(
    build: Build, capsys: Captured
) -> None:
    assert run(["info", str(build(says("x", context={"docs": True, "kind": ["a", "b"]})))]) == 0
    said = capsys.readouterr().out
    assert [line.split(maxsplit=1)[1] for line in said.splitlines() if line[:6] == "  docs"] == [
        "yes"
    ]
    assert "a | b" in said
    assert "Versions" not in said


def test_an_extension_is_not_loaded_unasked(build: Build, work: Path, capsys: Captured) -> None:
    canary = work.parent / "canary"
    own = {"local.py": f"open({str(canary)!r}, 'w')\n{EXTENSION}"}
    root = build(says("x", context={"_extensions": ["local.Shout"]}, beside=own))
    assert new(root) == 4
    assert "extensions local.Shout" in capsys.readouterr().err
    assert not canary.exists()
    assert run(["info", str(root)]) == 0
    assert not canary.exists()
    assert new(root, "--trust") == 0
    assert canary.exists()


def test_a_module_of_the_current_directory_is_no_extension(
    build: Build, work: Path, capsys: Captured
) -> None:
    (work / "nearby.py").write_text(EXTENSION)
    root = build(says("x", context={"_extensions": ["nearby.Shout"]}))
    assert new(root, "--trust") == 1
    assert "not installed" in capsys.readouterr().err


def test_trust_is_asked_for_once_for_each_version(
    build: Build, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Code] = []
    monkeypatch.setattr(create_template, "in_terminal", lambda: True)
    monkeypatch.setattr(
        "scaffold.wizard.trust.ask_trust", lambda _, code: bool(asked.append(code) or True)
    )
    root = build(says("x", beside=HOOKED))
    words = ["-d", "slug=a", "-d", "name=A", "--no-git", "-q"]
    for number in range(3):
        shutil.rmtree(work / "a", ignore_errors=True)
        if number == 2:
            (root / "hooks/post_gen_project.py").write_text("print('changed')\n")
        assert run(["new", str(root), *words]) == 0
        assert [code.kind for code in asked] == [HOOKS, HOOKS][: 1 if number < 2 else 2]
    assert "changed" in asked[1].files["hooks/post_gen_project.py"]


def test_saying_no_writes_nothing(
    build: Build, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(create_template, "in_terminal", lambda: True)
    monkeypatch.setattr("scaffold.wizard.trust.ask_trust", lambda *_: False)
    root = build(says("x", beside=HOOKED))
    assert run(["new", str(root), "-d", "slug=a", "-d", "name=A"]) == 4
    assert is_clean(work)


@pytest.mark.parametrize(
    ("prefix", "code"),
    [
        ("{parent}/", 0),
        ("{parent}/template", 0),
        ("{parent}/temp", 4),
        ("{parent}/x/../", 4),
        ("", 4),
    ],
)
def test_trusted_beginnings(prefix: str, code: int, build: Build, home: Path) -> None:
    root = build(says("x", beside=HOOKED))
    commit(root)
    (root.parent / "other").mkdir()
    config = home / "CONFIG/scaffold/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'trust = ["{prefix.format(parent=f"file://{root.parent}")}"]\n')
    assert new(f"file://{root}") == code
    assert new(f"file://{root.parent}/other/../{root.name}") == 4


def test_a_hook_that_fails_leaves_nothing(build: Build, work: Path, capsys: Captured) -> None:
    failing = {"hooks/post_gen_project.py": "import sys\nprint('no such thing')\nsys.exit(3)\n"}
    assert new(build(says("x", beside=failing)), "--trust") == 1
    assert "the hook post_gen_project.py failed: no such thing" in capsys.readouterr().err
    before = {"hooks/pre_gen_project.sh": "#!/bin/sh\nexit 1\n"}
    assert new(build(says("x", beside=before)), "--trust", "sub/shop") == 1
    assert is_clean(work)


def test_what_a_hook_says_of_its_directory_is_said_of_the_final_one(
    build: Build, work: Path, capsys: Captured
) -> None:
    saying = {"hooks/post_gen_project.py": "import os\nprint('It is in', os.getcwd())\n"}
    assert new(build(says("x", beside=saying)), "--trust", "--json") == 0
    assert json.loads(capsys.readouterr().out)["hooks"] == [f"It is in {work / 'acme-shop'}"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_hooks_may_ask_in_a_terminal(build: Build, work: Path) -> None:
    hooks = {
        "hooks/pre_gen_project.py": "print(input('Which database? '))\n",
        "hooks/post_gen_project.sh": '#!/bin/sh\necho "Sure?"\nread said\necho "$said" >sh\n',
    }
    root = build(says("x", beside=hooks))
    ours, theirs = os.openpty()
    os.write(ours, b"postgres\nyes\n")
    command = [sys.executable, "-m", "scaffold", "new", str(root), "--trust", "--no-git"]
    command += ["-d", "name=Acme", "-d", "slug=acme-shop"]
    child = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs)
    assert child.communicate(timeout=120) == (b"", None)
    assert child.returncode == 0
    os.close(theirs)
    said = os.read(ours, 10**6).decode()
    os.close(ours)
    assert "Which database?" in said
    assert "Sure?" in said
    assert (work / "acme-shop/sh").read_text() == "yes\n"


def test_without_a_terminal_no_hook_asks(build: Build, work: Path, capsys: Captured) -> None:
    asking = {"hooks/post_gen_project.py": "input('Which database? ')\n"}
    assert new(build(says("x", beside=asking)), "--trust") == 1
    error = capsys.readouterr().err
    assert "the hook post_gen_project.py asks for input, which it cannot do here" in error
    assert "Traceback" not in error
    assert is_clean(work)


def test_a_hook_that_writes_beside_the_project_is_reported(build: Build, capsys: Captured) -> None:
    beside = {"hooks/post_gen_project.py": "open('../../escaped.txt', 'w').write('x')\n"}
    assert new(build(says("x", beside=beside)), "--trust", "--json") == 0
    notes = json.loads(capsys.readouterr().out)["notes"]
    assert any("outside of the project" in note and "escaped.txt" in note for note in notes)


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFOs")
@pytest.mark.parametrize(
    "line", ["os.mkfifo('pipe')", "open('.scaffold.toml', 'w')", "open('aux', 'w')"]
)
def test_what_a_hook_may_not_leave(line: str, build: Build, work: Path) -> None:
    hook = {"hooks/post_gen_project.py": f"import os\n{line}\n"}
    assert new(build(says("x", beside=hook)), "--trust") == 70
    assert is_clean(work)


def test_a_link_that_a_hook_makes_is_reported_and_not_read(build: Build, capsys: Captured) -> None:
    hook = {"hooks/post_gen_project.py": "import os\nos.symlink('/etc/passwd', 'link')\n"}
    assert new(build(says("x", beside=hook)), "--trust", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert "link" not in found["files"]
    assert any("a link that leads out" in note for note in found["notes"])


def test_what_git_ignores_is_not_recorded(build: Build, work: Path, capsys: Captured) -> None:
    case = named({".gitignore": ".env\n", ".env": "SECRET=x\n", "a.txt": "x\n"})
    assert new(build(case), "--json") == 0
    assert ".env" not in json.loads(capsys.readouterr().out)["files"]
    assert (work / "acme-shop/.env").exists()


def test_escape_sequences_are_shown(build: Build, capsys: Captured) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J"
    hook = {"hooks/post_gen_project.py": f"print({evil!r})  # {evil}\n"}
    root = build(
        says("x", context={"license": [evil, "b"], "__prompts__": {"name": evil}}, beside=hook)
    )
    assert run(["info", str(root)]) == 0
    assert new(root, "--trust") == 0
    assert new(root, "--trust", "-d", "license=c", "other") == 2
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "\\x1b" in captured.out


def test_content_that_does_not_parse_is_a_warning(build: Build, capsys: Captured) -> None:
    assert new(build(named({"a.py": "def (:\n", "b.json": "{"})), "--json") == 0
    assert "a.py does not parse" in json.loads(capsys.readouterr().out)["notes"][0]


def test_nested_templates_lie_inside(build: Build, work: Path, tmp_path: Path) -> None:
    says("x").build(tmp_path / "outside")
    nested = {"templates": {"x": {"path": "../outside", "title": "X"}}}
    assert new(build(Case(context=nested, files={}))) == 70
    assert is_clean(work)


def test_each_nested_template_has_its_own_code(build: Build, work: Path, capsys: Captured) -> None:
    nested = {"templates": {"x": {"path": "./x", "title": "X"}, "y": {"path": "./y"}}}
    inner = {
        "x/cookiecutter.json": json.dumps({"slug": "a"}),
        f"x/{TOP}/a.txt": "x",
        "x/hooks/post_gen_project.py": "1/0",
        "y/cookiecutter.json": json.dumps({"slug": "b"}),
        f"y/{TOP}/b.txt": "x",
    }
    root = build(Case(context=nested, files={}, beside=inner))
    assert new(root) == 4
    assert new(root, "-d", "template=z") == 2
    assert "no choice 'z'" in capsys.readouterr().err
    assert new(root, "-d", "template=y") == 0
    assert (work / "b/b.txt").exists()


def test_code_of_a_template(build: Build) -> None:
    own = {"local.py": EXTENSION, "hooks/post_gen_project.sh": "echo\n", "hooks/x.py~": ""}
    root = build(says("x", context={"_extensions": ["local.Shout", "jinja2.ext.do"]}, beside=own))
    extensions, hooks = code_of(root, root, {})
    assert extensions.names == ("local.Shout",)
    assert set(extensions.files) == {"local.py"}
    assert hooks.names == ("post_gen_project.sh",)
    assert set(hooks.files) == {"hooks/post_gen_project.sh"}


def test_an_update_brings_the_newer_template(
    build: Build, work: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """The user's work stays, the answers stay, what is random stays; new questions are named."""
    text = "{{ cookiecutter.name }}\n\nmiddle\n\nlast\n"
    secret = "KEY={{ random_ascii_string(20) }}\nMODE=1\n"
    root = build(named({"a.txt": text, "conf": secret, "b.txt": "b\n"}, beside=HOOKED))
    first = commit(root, tag="v1")
    assert run(["new", f"file://{root}@v1", "--defaults", "--trust", "-d", "name=Own", "-q"]) == 0
    monkeypatch.chdir(work / "own")
    state = Path(".scaffold.toml").read_text()
    assert first in state
    assert 'rev = "v1"' in state
    key = Path("conf").read_text().splitlines()[0]
    Path("a.txt").write_text(f"{Path('a.txt').read_text()}mine\n")
    commit(Path.cwd())

    build(
        named(
            {"a.txt": f"top\n{text}", "conf": secret.replace("1", "2"), "c.txt": "c\n"},
            beside=HOOKED,
            context={"late": "l"},
        )
    )
    assert run(["diff", "--stat"]) == 0
    assert "a.txt" in capsys.readouterr().out
    assert run(["info", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["values"] == {"name": "Own", "slug": "own"}
    commit(root, tag="v2")
    fetch.cache_clear()
    assert run(["update"]) == 4
    assert run(["update", "--trust", "--dry-run"]) == 0
    assert not Path("c.txt").exists()
    assert run(["update", "--trust"]) == 0
    told = capsys.readouterr().err
    assert "new questions took their defaults: late=l" in told
    assert Path("a.txt").read_text() == "top\nOwn\n\nmiddle\n\nlast\nmine\n"
    assert Path("conf").read_text() == f"{key}\nMODE=2\n"
    assert Path("c.txt").exists()
    assert not Path("b.txt").exists()
    assert run(["undo"]) == 0
    assert Path("a.txt").read_text() == "Own\n\nmiddle\n\nlast\nmine\n"
    assert run(["add", "feature", "x"]) == 2


def test_a_conflict_is_exit_5(build: Build, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = build(named({"a.txt": "one\n"}))
    commit(root)
    assert run(["new", f"file://{root}", "--defaults", "-q"]) == 0
    monkeypatch.chdir(work / "acme-shop")
    Path("a.txt").write_text("mine\n")
    commit(Path.cwd())
    (root / TOP / "a.txt").write_text("theirs\n")
    commit(root)
    fetch.cache_clear()
    assert run(["update"]) == 5
    assert "<<<<<<<" in Path("a.txt").read_text()
    assert run(["undo", "--abort"]) == 0


def test_sources_of_ones_own_are_listed(build: Build, home: Path, capsys: Captured) -> None:
    root = build(says("x", beside=HOOKED))
    commit(root, tag="v1.0")
    config = home / "CONFIG/scaffold/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[sources]\nteam = "file://{root}"\nother = "gh:a/b"\n')
    assert run(["info", "team", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["versions"] == ["v1.0"]
    assert found["code"] == [{"kind": "hooks", "names": ["post_gen_project.py"], "trusted": False}]
    assert found["questions"]["name"] == "Acme Shop"
    assert run(["list", "--json"]) == 0
    rows = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert rows["team"]["kind"] == "template"
    assert rows["team"]["versions"] == ["v1.0"]
    assert rows["other"]["kind"] == ""
    assert run(["list"]) == 0
    assert "not fetched yet" in capsys.readouterr().out
    assert run(["new", "team", "--defaults", "--trust", "-q"]) == 0
    assert Path("acme-shop").is_dir()


def test_the_pack_of_the_teams_policy_is_listed(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('name = "web"\nowner = "the platform team"\npack = "gh:acme/pack@v1"\n')
    monkeypatch.setenv("SCAFFOLD_POLICY", str(policy))
    assert run(["list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)[-1]
    assert (listed["name"], listed["source"]) == ("web", "gh:acme/pack@v1")
    assert listed["owner"] == "the platform team"
    assert run(["list"]) == 0
    assert "Sources of the platform team" in capsys.readouterr().out
    assert is_clean(work)
