"""The reports of a check, as the services that read them want them."""

import json
from pathlib import Path
from xml.etree import ElementTree as Xml

import jsonschema
import pytest

from scaffold.checks import CheckResult, Project, run_rules
from scaffold.checks.reports import FORMS, parse, write
from scaffold.errors import UsageError
from tests.unit.checks.conftest import write as write_files
from tests.unit.checks.projects import CASES
from tests.unit.checks.schemas import GITHUB, GITLAB, JUNIT, SARIF

FILES = {**CASES["relationship-without-loading"][0], "app/new.py": "x = \n", "app/a.bak": ""}


@pytest.fixture
def result(tmp_path: Path) -> CheckResult:
    """Two violations, one of them without a line, and a file that is not Python."""
    return run_rules(Project(write_files(tmp_path, FILES)))


@pytest.fixture
def everything(tmp_path: Path) -> CheckResult:
    """A violation of nearly every rule, and a file that is not Python."""
    files = {
        f"{name}/{path}": text for name, case in CASES.items() for path, text in case[0].items()
    }
    return run_rules(Project(write_files(tmp_path, {**files, "new/file.py": "x = \n"})))


@pytest.mark.parametrize(("form", "schema"), [("sarif", SARIF), ("gitlab", GITLAB)])
def test_json_reports_are_as_their_schemas_want_them(
    form: str, schema: dict[str, object], everything: CheckResult
) -> None:
    assert len({one.rule.id for one in everything.findings}) > 15
    jsonschema.validate(json.loads(FORMS[form](everything)), schema)


def test_junit_has_the_elements_and_attributes_that_jenkins_allows(everything: CheckResult) -> None:
    for element in Xml.fromstring(FORMS["junit"](everything)).iter():  # noqa: S314 - our own
        children, required, optional = JUNIT[element.tag]
        assert {child.tag for child in element} <= children
        assert required <= set(element.attrib) <= required | optional


def test_every_github_annotation_is_a_workflow_command(everything: CheckResult) -> None:
    lines = FORMS["github"](everything).splitlines()
    assert len(lines) == len(everything.findings) + 1
    assert all(GITHUB.fullmatch(line) for line in lines)


def test_json_says_everything(result: CheckResult) -> None:
    said = json.loads(FORMS["json"](result))
    assert (said["format"], said["code"]) == (1, 6)
    assert said["counts"] == {"error": 0, "warning": 2, "note": 0}
    assert [one["rule"] for one in said["violations"]] == ["SCF102", "SCF207"]
    assert said["violations"][1]["symbol"] == "Post.author"
    assert said["not_run"][0]["what"] == "app/new.py"


def test_sarif_has_one_run_with_relative_paths_and_fingerprints(result: CheckResult) -> None:
    said = json.loads(FORMS["sarif"](result))
    assert said["version"] == "2.1.0"
    [run] = said["runs"]
    rules = run["tool"]["driver"]["rules"]
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        place = one["locations"][0]["physicalLocation"]
        assert not place["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert place["region"]["startLine"] >= 1
        assert len(one["partialFingerprints"]["scaffoldCheck/v1"]) == 32
    assert run["invocations"][0]["executionSuccessful"] is False
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert "app/new.py was not checked" in notes[0]["message"]["text"]


def test_junit_counts_what_it_holds(result: CheckResult) -> None:
    root = Xml.fromstring(FORMS["junit"](result))  # noqa: S314 - our own
    assert len(root.findall(".//failure")) == int(root.get("failures", "")) == 2
    assert len(root.findall(".//error")) == int(root.get("errors", "")) == 1
    assert len(root.findall(".//testcase")) == int(root.get("tests", ""))


def test_github_annotations_are_one_line_each(result: CheckResult) -> None:
    lines = FORMS["github"](result).splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("::warning title=SCF207 relationship-without-loading,file=app/blog/")
    assert lines[2].startswith("::error title=not checked%3A app/new.py::")


def test_gitlab_has_severities_and_distinct_fingerprints(result: CheckResult) -> None:
    said = json.loads(FORMS["gitlab"](result))
    assert [one["severity"] for one in said] == ["major", "major", "blocker"]
    assert len({one["fingerprint"] for one in said}) == 3
    assert all(one["location"]["lines"]["begin"] >= 1 for one in said)


def test_ci_services_get_paths_from_the_root_of_the_repository(tmp_path: Path) -> None:
    result = run_rules(Project(write_files(tmp_path, FILES)), prefix="services/shop/")
    assert "file=services/shop/app/blog/models.py" in FORMS["github"](result)
    assert '"uri": "services/shop/app/blog/models.py"' in FORMS["sarif"](result)


def test_several_outputs_in_one_run(result: CheckResult, tmp_path: Path) -> None:
    outputs = parse(["github", f"json={tmp_path / 'out/check.json'}"])
    assert write(result, outputs) == FORMS["github"](result)
    assert (tmp_path / "out/check.json").read_text("utf-8") == FORMS["json"](result)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["sarfi=x"], "there is no output 'sarfi'"),
        (["json", "github"], "are both for standard output"),
        (["terminal=x"], "has no file"),
    ],
)
def test_outputs_that_make_no_sense_are_refused(words: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse(words)
