"""`scaffold check --fleet`: a row for each repository, whatever is wrong with it."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import Exit
from tests.fleets import OWNED, edit, serve
from tests.repositories import git
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import CASES, FLASK
from tests.unit.fleet.conftest import NewProject, WriteFleet

Captured = pytest.CaptureFixture[str]
ALONE = ("--workers", "1")


def table(capsys: Captured, fleet: Path, *words: str) -> tuple[int, dict]:
    code = run(["check", "--fleet", str(fleet), "--json", *ALONE, *words])
    said = json.loads(capsys.readouterr().out)
    return code, {row["name"]: row for row in said["repositories"]}


def test_a_sound_fleet_is_done(
    new_project: NewProject, write_fleet: WriteFleet, capsys: Captured, tmp_path: Path
) -> None:
    new_project("shop")
    address = serve(new_project("news", "django"), tmp_path / "server")
    code, rows = table(capsys, write_fleet("shop", address))
    assert code == Exit.DONE
    assert [row["frameworks"] for row in rows.values()] == [["flask"], ["django"]]
    assert [row["version"] for row in rows.values()] == ["1.0", "1.0"]
    assert [row["drift"] for row in rows.values()] == [0, 0]
    assert rows["shop"]["check"]["violations"] == []


def test_of_an_address_the_newest_commit_counts(
    new_project: NewProject, write_fleet: WriteFleet, capsys: Captured, tmp_path: Path
) -> None:
    shop = new_project("shop")
    fleet = write_fleet(serve(shop, tmp_path / "server"))
    assert table(capsys, fleet)[0] == Exit.DONE
    edit(shop, OWNED, "mine\n")
    git(shop, "push", "--quiet", str(tmp_path / "server/shop"), "HEAD")
    assert table(capsys, fleet, "--offline")[0] == Exit.DONE
    code, rows = table(capsys, fleet)
    assert (code, rows["shop"]["violations"], rows["shop"]["drift"]) == (Exit.VIOLATIONS, 1, 1)

    shutil.rmtree(tmp_path / "server/shop")
    code, rows = table(capsys, fleet)
    assert code == Exit.VIOLATIONS
    assert "what was fetched before is used" in rows["shop"]["note"]


def test_a_branch_and_a_directory_of_a_repository(
    write_fleet: WriteFleet, capsys: Captured, tmp_path: Path
) -> None:
    mono = tmp_path / "mono"
    write(mono / "web", FLASK)
    (mono / "README.md").touch()
    git(tmp_path, "init", "--quiet", str(mono))
    git(mono, "add", "--all")
    git(mono, "commit", "--quiet", "-m", "all")
    git(mono, "branch", "next")
    address = serve(mono, tmp_path / "server")
    rows = [
        {"name": name, "source": f"{address}{rest}"}
        for name, rest in {
            "web": "//web",
            "next": "@next//web",
            "lost": "@nxt//web",
            "none": "//api",
        }.items()
    ]
    code, found = table(capsys, write_fleet(*rows))
    assert code == Exit.NOT_RUN
    assert [found[name]["frameworks"] for name in ("web", "next")] == [["flask"]] * 2
    assert (found["web"]["template"], found["web"]["drift"]) == ("", 0)
    assert "has no branch, tag or commit nxt" in found["lost"]["problem"]
    assert "no directory api" in found["none"]["problem"]


def test_what_cannot_be_had_or_read_is_a_row(
    write_fleet: WriteFleet, capsys: Captured, tmp_path: Path, new_project: NewProject
) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "empty")
    write(tmp_path / "tool", {"tool.py": "import sys\n"})
    edit(new_project("state"), ".scaffold.toml", "[recipe\n")
    edit(new_project("baseline"), "scaffold-baseline.json", "{")
    edit(new_project("config"), "pyproject.toml", "[tool.scaffold.check]\nlevel = 1\n")
    names = ("gone", "tool", "state", "baseline", "config")
    fleet = write_fleet(*names, f"file://{tmp_path}/empty", f"file://{tmp_path}/nowhere")
    code, rows = table(capsys, fleet)
    assert code == Exit.NOT_RUN
    assert {row["status"] for row in rows.values()} == {"broken"}
    for name, text in {
        "gone": "there is no directory",
        "tool": "imports Flask or Django",
        "state": "cannot be read",
        "baseline": "scaffold-baseline.json cannot be read",
        "config": "there is no key level",
        "empty": "has no commit",
        "nowhere": "cannot be fetched",
    }.items():
        assert text in rows[name]["problem"]
    assert run(["check", "--fleet", str(fleet), *ALONE]) == Exit.NOT_RUN
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert "7 repositories: 7 broken" in said.err


def test_offline_says_what_was_never_fetched(
    write_fleet: WriteFleet, capsys: Captured, tmp_path: Path
) -> None:
    code, rows = table(capsys, write_fleet(f"file://{tmp_path}/shop"), "--offline")
    assert (code, rows["shop"]["status"]) == (Exit.NOT_RUN, "broken")
    assert "was never fetched" in rows["shop"]["problem"]


def test_a_file_that_cannot_be_parsed_is_not_reported_as_ok(
    write_fleet: WriteFleet, capsys: Captured, new_project: NewProject
) -> None:
    edit(new_project("shop"), "app/new.py", "x = \n")
    code, rows = table(capsys, write_fleet("shop"))
    assert (code, rows["shop"]["status"], rows["shop"]["not_run"]) == (8, "incomplete", 1)


def test_the_baseline_and_the_policy_of_the_file_are_counted(
    write_fleet: WriteFleet, capsys: Captured, tmp_path: Path
) -> None:
    files = {**CASES["relationship-without-loading"][0], "uv.lock": ""}
    for name in ("old", "new"):
        write(tmp_path / name, files)
    run(["check", str(tmp_path / "old"), "--update-baseline"])
    (tmp_path / "web.toml").write_text(
        'name = "web"\nowner = "platform"\n[rules.levels]\nimport-cycle = "error"\n'
        '[[exceptions]]\npath = "app/*"\nrule = "relationship-without-loading"\n'
        'owner = "ann"\nuntil = 2999-01-01\nreason = "later"\n'
    )
    capsys.readouterr()
    code, rows = table(capsys, write_fleet("old", "new"))
    assert (code, rows["old"]["tolerated"], rows["new"]["tolerated"]) == (Exit.VIOLATIONS, 1, 0)
    fleet = write_fleet("old", "new", head='policy = "web.toml"')
    code, rows = table(capsys, fleet)
    assert [row["exceptions"] for row in rows.values()] == [1, 1]
    assert [row["violations"] for row in rows.values()] == [0, 0]
    assert rows["new"]["check"]["policy"] == "web"
    assert run(["check", "--fleet", str(fleet), "--policy", "nowhere.toml"]) == Exit.USAGE


def test_the_table_fits_a_terminal(
    write_fleet: WriteFleet,
    capsys: Captured,
    new_project: NewProject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new_project("a-shop-with-quite-a-long-name")
    new_project("news", "django")
    fleet = write_fleet("a-shop-with-quite-a-long-name", "news", "gone")
    for columns in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        run(["check", "--fleet", str(fleet), *ALONE])
        shown = capsys.readouterr().out.partition("\ngone:")[0]
        assert max(map(len, shown.splitlines())) <= columns
        for word in ("Template", "Drift", "Baseline", "django 1.0", "broken"):
            assert word in shown


class Page(HTMLParser):
    """The tags and the addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.names: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        self.links += [found[key] or "" for key in ("href", "src") if key in found]
        self.names += [found["id"] or ""] if "id" in found else []


def test_the_page_needs_nothing_else_and_escapes_what_it_shows(
    write_fleet: WriteFleet, capsys: Captured, new_project: NewProject, tmp_path: Path
) -> None:
    edit(new_project("shop"), OWNED, "mine\n")
    fleet = write_fleet({"source": "shop", "name": "<b>shop</b>"}, "gone")
    page = tmp_path / "fleet.html"
    words = ["check", "--fleet", str(fleet), "--output", f"html={page}", *ALONE]
    assert run(words) == Exit.VIOLATIONS
    assert capsys.readouterr().out == ""
    text = page.read_text("utf-8")
    read = Page(text)
    assert "b" not in read.tags
    assert not {"script", "link", "img", "iframe"} & set(read.tags)
    assert all(link.startswith("#") and link[1:] in read.names for link in read.links)
    assert "SCF406" in text
    assert "there is no directory" in text
    assert "prefers-color-scheme: dark" in text
    assert read.tags.count("caption") == 1
    assert 'lang="en"' in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--fix"], "--fix is for one repository"),
        (["--unsafe-fixes"], "--unsafe-fixes is for one repository"),
        (["--since", "main"], "--since is for one repository"),
        (["--update-baseline"], "--update-baseline is for one repository"),
        (["."], "PATH is for one repository"),
        (["--output", "sarif"], "there is no output 'sarif'"),
        (["--workers", "0"], "0 is not in the range"),
    ],
)
def test_flags_that_make_no_sense_are_refused(
    words: list[str], message: str, write_fleet: WriteFleet, capsys: Captured
) -> None:
    assert run(["check", "--fleet", str(write_fleet("a")), *words]) == Exit.USAGE
    assert message in capsys.readouterr().err


def test_flags_of_a_fleet_need_one(capsys: Captured, tmp_path: Path) -> None:
    for words in (["--workers", "2"], ["--offline"]):
        assert run(["check", str(tmp_path), *words]) == Exit.USAGE
        assert "is for a fleet of repositories" in capsys.readouterr().err
    assert run(["check", str(tmp_path), "--output", "html"]) == Exit.USAGE
