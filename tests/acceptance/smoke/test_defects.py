"""Every defect put into a pack on purpose is caught by the right step, shrunk and reported."""

from pathlib import Path

import pytest

from scaffold.errors import Exit
from scaffold.smoke.results import Status
from tests.integration.smoke.runs import run, status
from tests.integration.smoke.tiny import DEFECTS, inject, only, put

ALL = {"features": ("alpha", "gamma", "delta", "sqlite"), "resources": "notes"}


def test_a_sound_pack_passes_every_step(pack: Path) -> None:
    run_result = run(pack, **ALL)
    (result,) = run_result.cases
    assert {found.step: found.message for found in result.steps if found.message} == {}
    assert len(result.steps) == 15
    assert run_result.code == Exit.DONE


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_caught_by_the_right_step_and_shrunk(pack: Path, defect: str) -> None:
    step = inject(pack, defect)
    if defect == "hang":
        path = pack / "smoke.toml"
        path.write_text(path.read_text().replace("seconds = 8", "seconds = 1"))
    run_result = run(pack, **ALL)
    (result,) = run_result.cases
    assert result.failed[0].step == step
    assert run_result.code == Exit.UNVERIFIED
    (finding,) = run_result.findings
    assert finding.features == ("alpha", "gamma")
    assert finding.resources == "none"
    assert finding.step == step
    assert finding.message
    assert finding.command == (
        f"scaffold smoke --pack {pack} --features alpha,gamma --resources none --only "
        + (f"'{step}'" if " " in step else step)
    )


def test_the_line_that_tells_of_the_failure_is_shown(pack: Path) -> None:
    only(pack, "render", "lock", "install", "tests")
    path = pack / "smoke.toml"
    script = "print('FAIL: 80 % is less than 95'); print('3 passed'); raise SystemExit(2)"
    path.write_text(path.read_text().replace('"-m", "unittest", "-q"', f'"-c", "{script}"'))
    (result,) = run(pack, **ALL, shrink=False).cases
    assert result.failed[0].message == "ended with 2: FAIL: 80 % is less than 95"


def test_the_command_of_a_finding_sees_the_failure_again(pack: Path) -> None:
    inject(pack, "migration drift")
    (finding,) = run(pack, **ALL).findings
    again = run(pack, finding.step, features=finding.features, resources=finding.resources)
    assert [found.step for found in again.cases[0].failed] == ["drift"]
    assert [found.step for found in again.cases[0].steps] == [
        "render",
        "lock",
        "install",
        "migrate",
        "drift",
    ]


def test_one_finding_explains_all_recipes_that_fail_alike(pack: Path) -> None:
    inject(pack, "failing test", "gamma")
    only(pack, "render", "lock", "install", "tests")
    run_result = run(pack)
    (finding,) = run_result.findings
    assert finding.features == ("gamma",)
    holding = [v for v in run_result.cases if "gamma" in v.case.recipe.features]
    assert len(finding.cases) == finding.holders == len(holding) > 1
    assert sum(bool(result.failed) for result in run_result.cases) == len(holding)


def test_two_different_failures_are_two_findings(pack: Path) -> None:
    inject(pack, "failing test", "gamma")
    inject(pack, "leftover template syntax", "delta")
    only(pack, "render", "hygiene", "lock", "install", "tests")
    found = {(finding.step, finding.features) for finding in run(pack).findings}
    assert found == {("tests", ("gamma",)), ("hygiene", ("delta",))}


def test_each_finding_shows_the_log_of_its_own_failure(pack: Path) -> None:
    inject(pack, "migration drift", "gamma")
    name = "{{cookiecutter.project_slug}}/parts/{{resource.snake}}.table"
    put(pack / "each/resource" / name, "no migration\n")
    logs = {finding.features: finding.log for finding in run(pack).findings}
    assert "more" in logs["gamma",]
    assert "note" in logs[()]


def test_a_failure_of_the_base_shrinks_to_nothing(pack: Path) -> None:
    put(pack / "{{cookiecutter.project_slug}}/parts/base.table", "no migration\n")
    (finding,) = run(pack, **ALL).findings
    assert finding.features == ()
    assert finding.where == "no feature at all, resources none"


def test_a_failure_of_resources_keeps_them(pack: Path) -> None:
    name = "{{cookiecutter.project_slug}}/parts/{{resource.snake}}.table"
    put(pack / "each/resource" / name, "no migration\n")
    (finding,) = run(pack, **ALL).findings
    assert (finding.step, finding.features, finding.resources) == ("drift", (), "notes")


def test_what_a_failure_means_is_told(pack: Path) -> None:
    inject(pack, "migration drift")
    (finding,) = run(pack, **ALL).findings
    assert finding.means == "a table has no migration"
    assert "no migration for ['more']" in finding.message


def test_steps_that_do_not_build_on_the_failed_one_run_all_the_same(pack: Path) -> None:
    inject(pack, "failing test")
    run_result = run(pack, **ALL, shrink=False)
    assert run_result.findings == []
    assert status(run_result, "tests") is Status.FAILED
    assert status(run_result, "admin") is Status.PASSED


def test_steps_that_build_on_the_failed_one_are_not_reached(pack: Path) -> None:
    inject(pack, "server that does not boot")
    run_result = run(pack, **ALL, shrink=False)
    assert status(run_result, "pages") is Status.BLOCKED
    assert status(run_result, "stop") is Status.BLOCKED
    assert "no configuration" in run_result.cases[0].failed[0].message
