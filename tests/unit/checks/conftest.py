from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.checks import CheckResult, Project, find_rule, run_rules
from scaffold.checks.rule import Violation
from tests.unit.checks.projects import Files

Check = Callable[..., list[Violation]]


def write(root: Path, files: Files) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Write a project and return the violations of one rule."""

    def run(name: str, files: Files) -> list[Violation]:
        rule = find_rule(name)
        result: CheckResult = run_rules(Project(write(tmp_path, files)), [rule])
        assert not result.not_run
        return [one.violation for one in result.findings]

    return run
