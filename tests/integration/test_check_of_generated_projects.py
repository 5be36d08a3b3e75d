"""Every project of the pairwise matrix of both packs breaks no rule of `scaffold check`."""

from pathlib import Path

import pytest

from scaffold.checks import Project, run_rules
from scaffold.commands.smoke import Request, plan
from scaffold.model.tree import File, Tree
from scaffold.project.files import write_tree
from scaffold.rendering.render import render
from scaffold.smoke.results import Case

CASES = [case for pack in ("flask", "django") for case in plan(Request(pack=pack)).cases]


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_a_generated_project_breaks_no_rule(case: Case, tmp_path: Path) -> None:
    locked = Tree({**render(case.recipe, case.pack), "uv.lock": File(b"")})
    write_tree(locked, tmp_path)
    result = run_rules(Project(tmp_path))
    assert [(one.rule.name, one.violation) for one in result.findings] == []
    assert not result.not_run
