"""Every fault of a policy that reading can find."""

from datetime import date

import pytest

from scaffold.cli import run
from scaffold.policies.lint import lint
from tests.policies import WritePolicy
from tests.unit.policies.test_find import EXCEPTION, WEAKER

TODAY = date(2027, 1, 1)


def messages(source: str) -> list[str]:
    return [one.message for one in lint(source, TODAY).faults]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[features]\nforbid = ["celry"]', "celry"),
        ('[locks]\ndatabase = "postgress"', "locks.database is postgress"),
        ('[features]\nforbid = ["api"]\nrequire = ["api"]', "features.forbid has"),
        ('[features]\nallow = ["api"]\nrequire = ["docker"]', "features.allow does not have"),
        (
            '[features]\nforbid = ["postgres"]\n[locks]\ndatabase = "postgres"',
            "locks.database wants",
        ),
        (
            '[locks]\nfeatures = ["api"]\n[features]\nrequire = ["docker"]',
            "not among locks.features",
        ),
        ('[locks]\naim = "ship"\n[defaults]\naim = "learn"', "defaults.aim is learn"),
        (EXCEPTION.format(key="locks.aim", until="2030-01-31"), "from a key that is not set"),
        (
            '[locks]\naim = "ship"\n' + EXCEPTION.format(key="locks.aim", until="2026-01-31"),
            "expired on 2026-01-31",
        ),
    ],
)
def test_a_fault_is_found(write_policy: WritePolicy, text: str, message: str) -> None:
    [found] = messages(write_policy(text))
    assert message in found


@pytest.mark.parametrize(("base", "child"), WEAKER[:5])
def test_what_weakens_another_policy_is_a_fault(
    write_policy: WritePolicy, base: str, child: str
) -> None:
    write_policy(base, name="base")
    [found] = messages(write_policy(child, extends="base.toml"))
    assert "set by the base team" in found


def test_all_faults_are_found_at_once(
    write_policy: WritePolicy, capsys: pytest.CaptureFixture[str]
) -> None:
    place = write_policy('[features]\nforbid = ["api", "celry"]\nrequire = ["api"]')
    assert run(["policy", "lint", place]) == 6
    assert len(capsys.readouterr().out.splitlines()) >= 3


def test_what_it_extends_should_not_change_by_itself(write_policy: WritePolicy) -> None:
    write_policy(name="base")
    assert messages(write_policy(extends="base.toml")) == []
    assert messages(write_policy(extends="article")) == []


def test_a_sound_policy_passes(
    write_policy: WritePolicy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["policy", "lint", write_policy('[locks]\naim = "ship"')]) == 0
    assert run(["policy", "lint", "article", "--json"]) == 0
    assert '"faults": []' in capsys.readouterr().out


def test_explain_says_who_set_each_line(
    write_policy: WritePolicy, capsys: pytest.CaptureFixture[str]
) -> None:
    write_policy('[locks]\ndatabase = "postgres"', name="base")
    child = write_policy('[locks]\nframework = "flask"', extends="base.toml")
    assert run(["policy", "explain", child]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "set by the base team (base)" in next(line for line in lines if "locks.database" in line)
    assert "set by the web team (web)" in next(line for line in lines if "locks.framework" in line)
    assert run(["policy", "explain", child, "locks.database"]) == 0
    assert "framework" not in capsys.readouterr().out
    assert run(["policy", "explain", child, "locks.databse"]) == 2
    assert "locks.database" in capsys.readouterr().err
