"""What people see: complete without colour, within 80 columns, on the right stream."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from scaffold import output as show
from scaffold.commands.doctor import Diagnosis, Fact
from scaffold.commands.list import PackListing
from scaffold.commands.steps import CreateStep, NewResult
from scaffold.errors import ScaffoldError
from scaffold.inputs.resolve import resolve
from scaffold.model.tree import File, Tree
from scaffold.packs import catalog
from scaffold.packs.features import Feature
from scaffold.recommendation.questions import complete
from scaffold.recommendation.recommend import recommend
from scaffold.rendering.render import render
from tests.tiny_pack import build

TEMPLATES = catalog.templates_folder()
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SAID = (
    {},
    {"team_size": "solo", "stage": "prototype", "needs": ("pages",)},
    {"team_size": "large", "schema_authors": "many", "stage": "product"},
    {"needs": ("api", "custom_architecture"), "aim": "learn"},
    {"experience": "flask", "needs": (), "team_size": "medium"},
    {"team_size": "medium", "stage": "prototype", "needs": ()},
    {"database": "existing", "connections": "many"},
)


@pytest.fixture(autouse=True)
def screen(monkeypatch):
    """80 columns, no colour."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module", autouse=True)
def packs(tmp_path_factory):
    root = tmp_path_factory.mktemp("templates")
    for name in catalog.BUILT_IN:
        build(root / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalog, "templates_folder", lambda: root)
        yield


def flat(text: str) -> str:
    """The text with folded lines joined."""
    return " ".join(text.split())


def proposal(**values):
    return resolve({"name": "Acme Shop", **values})


@pytest.mark.parametrize("said", SAID)
def test_a_recommendation_shows_everything_it_rests_on(said, capsys):
    found = recommend(said)
    show.recommendation(found, complete(said))
    out, err = capsys.readouterr()
    text = flat(out)
    assert err == ""
    assert found.framework.capitalize() in text.partition("For ")[0]
    assert f"by {found.margin} point" in text or not found.margin
    assert (f"a tie, {found.points} points each" in text) == (not found.margin)
    for row in found.contributions:  # the signs agree with the heading that they stand below
        assert f"+{row.weight} {row.question.replace('_', ' ')}: {row.answer}" in text
        assert f"{row.because} ({row.advice})" in text
    choices, _, facts = text.partition("When to reconsider it")
    assert all(flip.change in choices.partition("What would change it")[2] for flip in found.flips)
    assert all(flip.change in facts for flip in found.reconsider)
    assert ("No other single answer would change it" in text) == (
        not found.flips and not found.reconsider
    )
    assert ("lose call" in text) == (found.close_call and not found.tie)
    assert all(flat(word) in text for word in (found.caution, found.tie))
    assert ("docs/adr/0001-framework.md" in text) == bool(found.contributions)
    assert max(map(len, out.splitlines())) <= 80


def test_cases_above_meet_every_kind_of_recommendation():
    found = [recommend(said) for said in SAID]
    assert {row.framework for row in found} == {"flask", "django"}
    assert any(row.caution for row in found)
    assert any(row.close_call for row in found)
    assert any(not row.flips and not row.reconsider for row in found)
    assert any(row.tie for row in found)
    assert any(row.notes for row in found)


def test_answers_that_follow_from_others_are_named_once(capsys):
    show.recommendation(recommend({"team_size": "solo"}), {"team_size": "solo"}, to_stderr=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("schema authors: one") == 1
    assert "One person makes one change at a time." in flat(err)


def test_a_review_shows_every_line_that_can_be_changed(capsys):
    found = proposal(stage="product", **{"with": ("celery",), "without": ("docker",)})
    files = tuple(render(found.recipe, found.pack))
    show.review(found, Path("/srv/acme shop"), files, "scaffold new acme-shop --defaults")
    out, err = capsys.readouterr()
    text = flat(err)
    assert out == ""
    for fact in (
        "Acme Shop (acme-shop)",
        "Folder /srv/acme shop",
        "A web application.",
        "Tiny, as recommended (by ",
        "stage: product; database: new; needs: admin, api, pages, accounts",
        "+ postgres Customer data calls for a database server.",
        "+ celery Jobs. Your choice.",
        "+ broker Broker. Included because celery needs it.",
        "- docker Left out by you. A product does not run on the machine that it is written on.",
        "blog Post title, slug, body, status, author, published_at",
        f"acme shop/ {len(files)} files",
        "scaffold new acme-shop --defaults",
    ):
        assert fact in text
    assert max(map(len, err.splitlines())) <= 80


def test_a_review_says_that_the_person_chose_otherwise(capsys):
    show.review(proposal(framework="flask"), Path("acme"), (), "")
    assert "Tiny, your choice; Django was recommended (by 6 points)" in flat(
        capsys.readouterr().err
    )


def test_what_an_answer_leaves_off_is_said_with_its_reason(capsys, tmp_path):
    pack = build(tmp_path / "flask")
    pack.feature("accounts", 'label = "Accounts"\nwhy = "People."\n')
    said = {"stage": "prototype", "needs": ("pages",), "framework": str(pack.root)}
    show.features(proposal(**said))
    assert "- accounts Left off. A prototype lives for weeks" in flat(capsys.readouterr().err)
    show.features(proposal(**said, **{"with": ("accounts",)}))
    assert "+ accounts Accounts. Your choice." in flat(capsys.readouterr().err)


def test_the_default_features_of_a_foreign_pack_are_no_choice_of_the_person(capsys, tmp_path):
    show.features(proposal(framework=str(build(tmp_path / "foreign").root)))
    assert "+ docker Docker. On unless it is left out." in flat(capsys.readouterr().err)


def test_colour_adds_nothing_to_the_words(capsys, monkeypatch):
    def pages() -> str:
        found = proposal(**{"with": ("celery",)})
        show.recommendation(recommend(SAID[3]))
        show.review(found, Path("x"), tuple(render(found.recipe, found.pack)), "scaffold new x")
        show.tree(Path("acme"), {"a/b.py": "create", "a/c.py": "conflict", "d": "identical"})
        show.error(ScaffoldError("it broke", "fix it"))
        out, err = capsys.readouterr()
        return out + err

    plain = pages()
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = pages()
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert ESCAPE.sub("", coloured) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", pages())


def test_a_tree_shows_every_file_and_counts(capsys):
    show.tree(Path("/somewhere/acme"), ["app/blog/models.py", "app/__init__.py", "Makefile"])
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines() == [
        "acme/                  3 files",
        "├── app/               2 files",
        "│   ├── blog/          1 file",
        "│   │   └── models.py",
        "│   └── __init__.py",
        "└── Makefile",
    ]


def test_a_tree_shows_what_happens_to_each_file(capsys):
    words = {"app/a.py": "merge", "app/b.py": "conflict", "c.py": "identical"}
    show.tree(Path("acme"), words)
    assert capsys.readouterr().out.splitlines() == [
        "acme/         3 files: 1 conflict, 1 identical, 1 merge",
        "├── app/      2 files: 1 conflict, 1 merge",
        "│   ├── a.py  merge",
        "│   └── b.py  conflict",
        "└── c.py      identical",
    ]


def test_a_preview_shows_folders_and_the_files_beside_them(capsys):
    files = ["a/b/c/d.py", "a/b/c/e.py", "a/f.py", "z/y.py", ".env", "Makefile", "README.md"]
    show.folders("acme", [*files, *(f"settings_{number}.toml" for number in range(8))])
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "acme/       15 files",
        "├── a/      3 files",
        "│   └── b/  2 files",
        "├── z/      1 file",
        "└── Makefile, README.md, settings_0.toml, settings_1.toml, settings_2.toml, …",
    ]


def test_contents_are_a_diff_that_git_applies(capsys, work):
    files = Tree(
        {
            "Makefile": File(b"run:\n\techo " + b"long " * 60 + b"\n"),
            "run.sh": File(b"#!/bin/sh\n", executable=True),
            "app/__init__.py": File(b""),
            "no_newline.txt": File(b"one\ntwo"),
            "blank.txt": File(b"\n\n"),
            "[bold]not markup[/].txt": File("é [red]x[/red] :smile:\n".encode()),
        }
    )
    show.contents(files)
    diff = capsys.readouterr().out
    subprocess.run(["git", "apply", "-"], input=diff.encode(), check=True, cwd=work)
    written = {str(p.relative_to(work)): p.read_bytes() for p in work.rglob("*") if p.is_file()}
    assert written == {path: file.content for path, file in files.items()}
    assert (work / "run.sh").stat().st_mode & 0o100


def test_contents_name_binary_files(capsys):
    show.contents(Tree({"logo.png": File(b"\x89PNG\0"), "bad.txt": File(b"\xff\xfe")}))
    out = capsys.readouterr().out
    assert "Binary files /dev/null and b/logo.png differ" in out
    assert "Binary files /dev/null and b/bad.txt differ" in out


def test_a_result_says_where_and_what_next(capsys, work):
    done = NewResult(
        work / "acme-shop",
        Tree({"Makefile": File(b"")}),
        (CreateStep("render", 0.42), CreateStep("write", 0.01)),
    )
    show.result(proposal(), done)
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Done: Acme Shop is in {work}/acme-shop, 1 file, Tiny" in err
    assert "  rendered 0.4 s\n" in err  # and not that writing took no time
    assert err.partition("Next\n")[2] == "  cd acme-shop && make setup seed run\n"


def test_a_result_leads_to_a_page(capsys, work, tmp_path):
    pack = build(tmp_path / "tiny")
    pack.settings(
        _next={
            "command": "make setup seed run",
            "address": "http://127.0.0.1:8000/",
            "login": "ada@example.com, password demo",
            "tour": "docs/tour/README.md",
            "pages": {"docker": ["api/docs/", "the API"], "mysql": ["admin/", "the admin"]},
        }
    )
    made = proposal(framework=str(pack.root))
    tree = Tree({"Makefile": File(b""), "docs/tour/README.md": File(b"")})
    show.result(made, NewResult(work, tree, ()))
    text = capsys.readouterr().err.partition("Next\n")[2]
    assert [line.split(maxsplit=1) for line in text.splitlines() if line.strip()] == [
        ["make", "setup seed run"],
        ["Then"],
        ["http://127.0.0.1:8000/", "the home page"],
        ["http://127.0.0.1:8000/api/docs/", "the API"],
        ["log", "in as                        ada@example.com, password demo"],
        ["docs/tour/README.md", "a guided tour of the code"],
    ]
    show.result(made, NewResult(work, Tree({"Makefile": File(b"")}), ()))
    assert "tour" not in capsys.readouterr().err


@pytest.mark.parametrize(("name", "port"), [("flask", 5000), ("django", 8000)])
def test_the_built_in_packs_lead_to_a_page(capsys, work, tmp_path, name, port):
    settings = json.loads((TEMPLATES / name / "cookiecutter.json").read_text("utf-8"))
    pack = build(tmp_path / "tiny")
    for feature in ("api", "admin"):
        pack.feature(feature, f'label = "{feature}"\n')
    pack.settings(_next=settings["_next"])
    made = proposal(framework=str(pack.root), features=("api", "admin"))
    tree = Tree({"Makefile": File(b""), "docs/tour.md": File(b"")})
    show.result(made, NewResult(work, tree, ()))
    lines = capsys.readouterr().err.partition("Next\n")[2].splitlines()
    home = f"http://127.0.0.1:{port}/"
    assert lines[0].split() == ["make", "setup", "seed", "run"]
    places = [line.split("  ")[1] for line in lines[1:] if re.match("  [^ ]", line)]
    assert places == [home, f"{home}api/docs/", f"{home}admin/", "log in as", "docs/tour.md"]


def test_a_warning_is_no_failure(capsys, work):
    steps = (CreateStep("git", 0.1, "not committed", "git commit …", warning=True),)
    show.result(proposal(), NewResult(work, Tree({}), steps))
    err = capsys.readouterr().err
    assert err.startswith("Done: ")
    assert "! not committed\n  type: git commit …" in err


def test_a_result_names_what_could_not_be_done(capsys, work):
    steps = (
        CreateStep("render", 0.1),
        CreateStep("git", 0.1, "git does not know who you are", "git config …"),
    )
    show.result(proposal(), NewResult(work, Tree({}), steps))
    err = capsys.readouterr().err
    assert "Almost: Acme Shop" in err
    assert "! git does not know who you are\n  type: git config …" in err
    assert "committed" not in err
    assert "Next" not in err  # nothing to change into, and no Makefile


@pytest.mark.usefixtures("work")
def test_a_path_elsewhere_is_given_in_full(capsys, tmp_path):
    show.result(proposal(), NewResult(tmp_path / "it's here", Tree({}), ()))
    assert f"""cd '{tmp_path}/it'"'"'s here'""" in capsys.readouterr().err


def test_an_error_has_the_form_of_the_command_line(capsys):
    show.error(ScaffoldError("[bold] is no name", "did you mean bold?"))
    assert capsys.readouterr().err == "error: [bold] is no name\n\nhint: did you mean bold?\n"


def test_the_doctor_shows_state_meaning_and_remedy(capsys):
    facts = (
        Fact("git", "ok", "2.40", "Projects get a repository."),
        Fact("uv", "missing", "not there", "Nothing can be installed.", "pip install uv"),
        Fact("Docker", "limited", "the client alone", "Not needed.", "start Docker"),
    )
    show.doctor(Diagnosis(facts))
    text = flat(capsys.readouterr().out)
    assert "ok git 2.40 Projects get a repository." in text
    assert "-- uv not there Nothing can be installed. → pip install uv" in text
    assert "! Docker the client alone Not needed. → start Docker" in text


def test_packs_are_listed_with_the_notes_of_their_features(capsys):
    features = (
        Feature("docker", (), "Docker", "It runs elsewhere.", default=True),
        Feature("celery", (), "Jobs", "Later.", requires=("redis",), conflicts=("rq",)),
        Feature("mysql", (), "MySQL", "Data.", group="database"),
    )
    show.packs([PackListing("tiny", "Tiny", "1.2", features)])
    out = capsys.readouterr().out
    assert not [line for line in out.splitlines() if line.endswith(" ")]
    text = flat(out)
    assert "Tiny (pack tiny, version 1.2) on docker Docker. It runs elsewhere." in text
    assert "celery Jobs. Later. (needs redis; not with rq)" in text
    assert "mysql MySQL. Data. (one of: database)" in text


def test_progress_is_a_line_a_step_where_nothing_can_move(capsys):
    with show.progress() as watch:
        watch("render")
        watch("a step of its own")
    assert capsys.readouterr().err == "Rendering the files …\na step of its own …\n"
