"""The reports: one run, several forms, each valid."""

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from scaffold.smoke import reports
from scaffold.smoke.reports import github, junit, terminal
from scaffold.smoke.reports.json import as_dict
from scaffold.smoke.results import RunResult
from tests.integration.smoke.runs import command, run
from tests.integration.smoke.tiny import inject, only


def parsed(text: str) -> Xml.Element:
    return Xml.fromstring(text)  # noqa: S314 - written by ourselves


@pytest.fixture
def run_result(pack: Path) -> RunResult:
    """Something of everything: passed, failed, not run, not reached."""
    inject(pack, "failing test", "gamma")
    path = pack / "smoke.toml"
    path.write_text(
        path.read_text()
        .replace('"manage.py", "drift"', '"drift"')
        .replace('"python", "drift"', '"no-such-tool"')
    )
    text = path.read_text() + '\n    [[step]]\n    name = "last"\n    command = ["true"]\n'
    path.write_text(text + '    after = ["tests"]\n')
    only(pack, "render", "lock", "install", "migrate", "drift", "tests", "last")
    return run(pack, features=("alpha", "gamma", "sqlite"), resources="none")


def test_one_run_writes_several_reports(pack: Path, tmp_path: Path) -> None:
    only(pack, "render")
    words = (
        "--pack",
        pack,
        "--first",
        2,
        "--report",
        "json=out/r.json",
        "--report",
        "junit=out/r.xml",
        "--report",
        "github",
    )
    program = command(*words, cwd=tmp_path)
    program.communicate(timeout=60)
    assert program.returncode == 0
    assert len(json.loads((tmp_path / "out/r.json").read_text())["cases"]) == 2
    assert parsed((tmp_path / "out/r.xml").read_text()).get("tests") == "2"


def test_junit_shows_a_suite_for_a_recipe_and_a_case_for_a_step(run_result: RunResult) -> None:
    root = parsed(junit.text(run_result))
    assert root.tag == "testsuites"
    (suite,) = root
    assert suite.get("name") == run_result.cases[0].case.label
    found = {case.get("name"): [child.tag for child in case] for case in suite}
    assert found == {
        "render": [],
        "lock": [],
        "install": [],
        "migrate": [],
        "drift": ["error"],
        "tests": ["failure"],
        "last": ["skipped"],
    }
    assert [suite.get(key) for key in ("tests", "failures", "errors", "skipped")] == list("7111")
    assert "on purpose" in (suite.find("testcase/failure").text or "")  # type: ignore[union-attr]


def test_junit_holds_what_xml_cannot(run_result: RunResult) -> None:
    from dataclasses import replace

    result = run_result.cases[0]
    odd = replace(result.steps[5], message="\x1b[31m<&>\x00", log="\x07]]>")
    bad = replace(result, steps=(odd,))
    root = parsed(junit.text(RunResult([bad])))
    assert root.find(".//failure").get("message") == "\ufffd[31m<&>\ufffd"  # type: ignore[union-attr]


def test_json_has_its_shape(run_result: RunResult) -> None:
    report = json.loads(json.dumps(as_dict(run_result)))
    assert report["code"] == 7
    assert report["counts"] == {
        "passed": 4,
        "cached": 0,
        "failed": 1,
        "not run": 1,
        "not reached": 1,
    }
    (recipe,) = report["cases"]
    assert {step["name"]: step["status"] for step in recipe["steps"]}["drift"] == "not run"
    assert recipe["recipe"]["features"] == ["alpha", "gamma", "sqlite"]
    (finding,) = report["findings"]
    assert finding["features"] == ["gamma"]
    assert finding["command"].endswith("--features gamma --resources none --only tests")


def test_github_gets_a_summary_and_annotations(
    run_result: RunResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "run_result.md"
    target.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    said = reports.write(run_result, reports.parse(["github"]))
    page = target.read_text()
    assert page.startswith("before\n## scaffold smoke")
    assert "❌ tests" in page
    assert "### tests fails with gamma, resources none" in page
    assert "--features gamma --resources none --only tests" in page
    assert "::error title=tests%3A tiny" in said
    assert "::warning title=drift%3A tiny" in said
    assert all(line.startswith("::") for line in said.splitlines())


def test_annotations_are_one_line_each(run_result: RunResult) -> None:
    from dataclasses import replace

    result = run_result.cases[0]
    odd = replace(result.steps[5], message="100 %\nand\r::error::more")
    said = github.annotations(RunResult([replace(result, steps=(odd,))]))
    assert said.count("\n") == 1
    assert "100 %25%0Aand%0D::error::more" in said


def test_people_are_told_what_failed_where_and_how_to_see_it(
    run_result: RunResult, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.show(run_result)
    data, talk = capsys.readouterr()
    assert data == ""
    assert re.search(r"  +\d\.\d s  not run +drift\n", talk)
    assert "tests fails with gamma, resources none" in talk
    assert "on purpose" in talk
    assert "in 1 of the 1 cases with these options" in talk
    assert "not run: drift in 1 case: no-such-tool is not installed" in talk
    assert "4 passed, 1 failed, 1 not run, 1 not reached" in talk


def test_the_place_of_a_failure_is_told_although_a_summary_follows_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = ["app/main.py:3: in run", "E   OSError: gone", "app/core.py:7: OSError", "noise"] * 2
    terminal._log("\n".join([*log, *(f"FAILED {number}" for number in range(12))]), print)
    out = capsys.readouterr().out.replace("dim", "").split("\n")
    assert [line.strip(" │") for line in out[:4]] == [
        "E   OSError: gone",
        "app/core.py:7: OSError",
        "…",
        "FAILED 0",
    ]


def test_a_terminal_gets_a_live_table(pack: Path, tmp_path: Path) -> None:
    import pexpect

    only(pack, "render", "hygiene", "lock", "install", "tests")
    program = pexpect.spawn(
        sys.executable,
        ["-m", "scaffold", "smoke", "--pack", str(pack), "--workers", "2", "--first", "4"],
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 120),
        cwd=str(tmp_path),
    )
    program.expect("waiting")
    program.expect("4/4")
    program.expect("pairs of options covered")
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 0
