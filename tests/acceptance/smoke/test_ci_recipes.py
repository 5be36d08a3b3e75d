"""The recipes for CI in docs/smoke.md: what they tell a runner to do is done, line by line."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integration.smoke.tiny import only, write_pack

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/smoke.md").read_text()
OURS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"]
INSTALLS = {
    ("pip", "install", OURS),
    ("pipx", "install", OURS),
    ("apt-get", "update"),
    ("apt-get", "install", "--yes", "postgresql", "redis-server"),
}
# What a runner has and a test must not use: each says what it was asked for.
STUB = '#!/bin/sh\nprintf "%s\\n" "$(basename "$0") $*" >> "{asked}"\n'


def recipe(title: str) -> dict[str, Any]:
    """The YAML below a heading of the page."""
    text = PAGE.split(f"\n## {title}\n")[1].split("```yaml\n")[1].split("```")[0]
    read: dict[str, Any] = yaml.safe_load(text)
    return read


class Runner:
    """A clean clone with what a hosted runner offers."""

    def __init__(self, root: Path) -> None:
        self.work = root / "work"
        self.asked = root / "asked"
        self.output = root / "output"
        self.page = root / "page.md"
        self._write_programs(root / "bin")
        origin = root / "origin"
        only(write_pack(origin / "templates"), "render")
        (origin / "templates/tiny").rename(origin / "templates/mine")
        person = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        for words in (["init", "-qb", "main"], ["add", "."], [*person, "commit", "-qm", "first"]):
            subprocess.run(["git", *words], cwd=origin, check=True)
        subprocess.run(["git", "clone", "-q", origin, self.work], check=True)

    def _write_programs(self, folder: Path) -> None:
        folder.mkdir()
        stub = STUB.format(asked=self.asked)
        programs = dict.fromkeys(("pip", "pipx", "apt-get"), stub)
        programs["sudo"] = '#!/bin/sh\nexec "$@"\n'
        programs["scaffold"] = f'#!/bin/sh\nexec {sys.executable} -m scaffold "$@"\n'
        for name, text in programs.items():
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)
        self.path = f"{folder}{os.pathsep}{os.environ['PATH']}"

    def run(self, line: str, **variables: str) -> None:
        """Run a line of a recipe as a runner does: a shell that ends at the first failure."""
        known = {
            "PATH": self.path,
            "PYTHONPATH": str(ROOT),
            "CI": "true",
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.page),
        }
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", line],
            cwd=self.work,
            env={**os.environ, **known, **variables},
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"

    def steps(self, job: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Run the steps of a job of GitHub Actions; actions of others are left out."""
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step)
            if "run" in step:
                self.run(filled(step["run"], known))

    def outputs(self) -> dict[str, str]:
        """What steps have left for later jobs."""
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())


def filled(text: str, known: Mapping[str, Any]) -> str:
    """A text with its expressions evaluated; an unknown name is an error."""

    def value(found: re.Match[str]) -> str:
        result = reduce(lambda at, name: at[name], found[1].split("."), known)
        assert isinstance(result, str)
        return result

    return re.sub(r"\$\{\{ ([\w.]+) \}\}", value, text)


@pytest.fixture
def runner(tmp_path: Path, temporary: Path) -> Runner:
    """A runner whose clone holds the tiny pack as `templates/mine`."""
    del temporary
    return Runner(tmp_path)


def recipes(runner: Runner) -> list[str]:
    """The recipes that the reports of the clone name, and the reports gone."""
    report = runner.work / "smoke.xml"
    found = re.findall(r'<testsuite name="([^"]+)"', report.read_text())
    report.unlink()
    return found


def everything(runner: Runner) -> list[str]:
    """What the matrix of the pack holds."""
    runner.run("scaffold smoke --pack templates/mine --report junit=smoke.xml")
    return sorted(recipes(runner))


def test_the_jobs_of_github_prove_the_matrix(runner: Runner) -> None:
    jobs = recipe("GitHub Actions")["jobs"]
    runner.steps(jobs["matrix"], {})
    outputs = {
        name: filled(text, {"steps": {"emit": {"outputs": runner.outputs()}}})
        for name, text in jobs["matrix"]["outputs"].items()
    }
    smoke = jobs["smoke"]
    assert smoke["needs"] == "matrix"
    whole = smoke["strategy"]["matrix"].replace("fromJSON(", "").replace(") }}", " }}")
    matrix = json.loads(filled(whole, {"needs": {"matrix": {"outputs": outputs}}}))
    found = []
    for entry in matrix["include"]:
        assert filled(smoke["name"], {"matrix": entry})
        runner.steps(smoke, {"matrix": entry})
        found += recipes(runner)
    assert sorted(found) == everything(runner)
    assert (runner.work / "logs").is_dir()
    assert runner.page.read_text()
    kept = smoke["steps"][-1]["with"]["path"].split()
    assert kept == ["smoke.xml", "logs"]
    assert {tuple(line.split()) for line in runner.asked.read_text().splitlines()} <= INSTALLS


def test_the_words_for_a_pull_request_leave_out_what_renders_the_same(runner: Runner) -> None:
    emit = recipe("GitHub Actions")["jobs"]["matrix"]["steps"][-1]["run"]
    more = re.findall(r"`(--changed \"[^`]+)`", PAGE)[0]
    line = emit.replace(" --emit-matrix", f" {more} --emit-matrix")
    runner.run(filled(line, {"github": {"base_ref": "main"}}))
    assert json.loads(runner.outputs()["matrix"])["include"] == []


def test_the_parts_of_gitlab_prove_the_matrix(runner: Runner) -> None:
    job = recipe("GitLab CI")["smoke"]
    found = []
    for number in range(1, job["parallel"] + 1):
        node = {"CI_NODE_INDEX": str(number), "CI_NODE_TOTAL": str(job["parallel"])}
        for line in (*job["before_script"], *job["script"]):
            runner.run(line, **node)
        found += recipes(runner)
    assert sorted(found) == everything(runner)
    assert job["artifacts"]["reports"]["junit"] == "smoke.xml"
    assert all((runner.work / name).is_dir() for name in job["artifacts"]["paths"])
    assert {tuple(line.split()) for line in runner.asked.read_text().splitlines()} <= INSTALLS


def test_a_word_that_does_not_exist_fails(runner: Runner) -> None:
    line = recipe("GitLab CI")["smoke"]["script"][0]
    emit = recipe("GitHub Actions")["jobs"]["matrix"]["steps"][-1]["run"]
    for wrong in (
        line.replace("--shard", "--shards"),
        line.replace("junit=", "jnuit="),
        emit.replace("github", "gihtub"),
    ):
        assert wrong not in {line, emit}
        with pytest.raises(AssertionError, match="scaffold smoke"):
            runner.run(wrong, CI_NODE_INDEX="1", CI_NODE_TOTAL="2")
    assert shlex.split(line)[:2] == ["scaffold", "smoke"]
