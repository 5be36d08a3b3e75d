"""Nothing in a repository passes what a policy sets: `check --policy` fails."""

import json
import shutil
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
import tomli_w

from scaffold.checks import RULES, CheckResult
from scaffold.cli import run
from scaffold.commands.check import CheckOptions, check
from scaffold.errors import Exit
from scaffold.policies import find_policy
from scaffold.recommendation.rules import ADVICE
from tests.policies import WritePolicy
from tests.repositories import git
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import BLOG, CASES, CYCLE, FLASK

LOCKS = '[locks]\ndatabase = "postgres"\n'
CYCLES = '[rules.levels]\nimport-cycle = "error"\n'
NEW = ("new", "shop", "--defaults", "--framework", "flask", "--no-install", "--quiet")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project on SQLite."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    assert run(["new", str(folder), *NEW[2:], "--no-git"]) == 0
    (folder / "uv.lock").write_text("")
    return folder


@pytest.fixture
def shop(made: Path, work: Path) -> Path:
    """A copy of it in a repository."""
    shutil.copytree(made, work / "shop")
    git(work / "shop", "init", "--quiet")
    git(work / "shop", "add", "--all")
    git(work / "shop", "commit", "--quiet", "-m", "shop")
    return work / "shop"


def result_of(root: Path, place: str, **options: str) -> CheckResult:
    return check(root, CheckOptions(policy=find_policy(place), **options))


def broken(root: Path, place: str, **options: str) -> set[str]:
    found = result_of(root, place, **options).failing
    return {f"{one.rule.name} {one.violation.symbol}" for one in found}


def edit_state(root: Path, **changes: object) -> None:
    file = root / ".scaffold.toml"
    values = tomllib.loads(file.read_text())
    values["recipe"] |= changes
    file.write_text(tomli_w.dumps(values))


def record(root: Path, source: str) -> None:
    """Write down which policy a project follows."""
    file = root / ".scaffold.toml"
    values = tomllib.loads(file.read_text())
    values["policy"] = {"source": source}
    file.write_text(tomli_w.dumps(values))


PARTS = [
    ('pack = "gh:acme/pack"', "policy-pack pack"),
    ('[locks]\ndatabase = "postgres"', "policy-lock locks.database"),
    ('[locks]\nframework = "django"', "policy-lock locks.framework"),
    ('[locks]\naim = "learn"', "policy-lock locks.aim"),
    ('[locks]\nfeatures = ["api"]', "policy-lock locks.features"),
    ('[minimums]\npython = "3.12"', "policy-minimum minimums.python"),
    ('[minimums]\ntemplate = "99"', "policy-minimum minimums.template"),
    ('[features]\nforbid = ["pages"]', "policy-feature features.forbid.pages"),
    ('[features]\nrequire = ["docker"]', "policy-feature features.require.docker"),
]


@pytest.mark.parametrize(("text", "violation"), PARTS)
def test_each_part_of_a_policy_has_its_rule(
    shop: Path, write_policy: WritePolicy, text: str, violation: str
) -> None:
    assert violation in broken(shop, write_policy(text))


def test_what_is_not_allowed_is_named(shop: Path, write_policy: WritePolicy) -> None:
    found = broken(shop, write_policy('[features]\nallow = ["api", "pages"]'))
    assert "policy-feature features.allow.admin" in found
    assert "policy-feature features.allow.api" not in found


def test_a_project_that_obeys_passes(shop: Path, write_policy: WritePolicy) -> None:
    place = write_policy(
        '[locks]\ndatabase = "sqlite"\nframework = "flask"\n[minimums]\npython = "3.11"\n'
        '[features]\nforbid = ["celery"]\nrequire = ["api"]\n'
    )
    result = result_of(shop, place)
    assert result.code == 0
    assert (result.policy, result.exceptions) == ("web", 0)


def test_an_edited_state_file_passes_no_lock(shop: Path, write_policy: WritePolicy) -> None:
    place = write_policy(LOCKS)
    features = tomllib.loads((shop / ".scaffold.toml").read_text())["recipe"]["features"]
    edit_state(shop, features=[*features, "postgres"])  # what was rendered has no PostgreSQL
    assert broken(shop, place) == {"policy-lock locks.database"}
    (shop / ".scaffold.base").unlink()
    assert result_of(shop, place).code == 8


def test_without_its_state_file_a_project_is_not_green(
    shop: Path, write_policy: WritePolicy
) -> None:
    (shop / ".scaffold.toml").unlink()
    result = result_of(shop, write_policy(LOCKS))
    assert result.code == 8
    assert "locks.database" in result.not_run[0].reason


def test_a_damaged_state_file_is_not_green(shop: Path, write_policy: WritePolicy) -> None:
    (shop / ".scaffold.toml").write_text("[recipe")
    assert result_of(shop, write_policy(LOCKS)).code == 8


def test_a_rule_switched_off_passes_no_lock(shop: Path, write_policy: WritePolicy) -> None:
    with (shop / "pyproject.toml").open("a") as stream:
        stream.write(
            '\n[tool.scaffold.check]\nlevels = { policy-lock = "off" }\n'
            'exclude = [".scaffold.toml"]\n'
            '[tool.scaffold.check.paths]\n"*" = { policy-lock = "off" }\n'
        )
    assert broken(shop, write_policy(LOCKS)) == {"policy-lock locks.database"}


def test_a_comment_passes_no_lock(shop: Path, write_policy: WritePolicy) -> None:
    text = (shop / ".scaffold.toml").read_text()
    comment = "# scaffold: ignore[policy-lock]: we like SQLite\n"
    (shop / ".scaffold.toml").write_text(comment + text)
    assert "policy-lock locks.database" in broken(shop, write_policy(LOCKS))


def test_a_baseline_passes_no_lock(shop: Path, write_policy: WritePolicy) -> None:
    place = write_policy(LOCKS)
    check(shop, CheckOptions(policy=find_policy(place), update_baseline=True))
    assert "policy-lock" not in "".join(
        file.read_text() for file in shop.glob("scaffold-baseline.json")
    )
    entry = {"policy-lock": {".scaffold.toml": {"locks.database": 1}}}
    (shop / "scaffold-baseline.json").write_text(json.dumps({"format": 1, "violations": entry}))
    assert broken(shop, place) == {"policy-lock locks.database"}
    assert broken(shop, place, since="HEAD") == {"policy-lock locks.database"}


def test_another_recorded_policy_changes_nothing(
    shop: Path, write_policy: WritePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = tomllib.loads((shop / ".scaffold.toml").read_text())
    values["policy"] = {"source": "article"}
    (shop / ".scaffold.toml").write_text(tomli_w.dumps(values))
    place = write_policy(LOCKS)
    assert run(["check", str(shop), "--policy", place]) == 6
    assert run(["check", str(shop)]) == 0
    monkeypatch.setenv("SCAFFOLD_POLICY", place)
    assert run(["check", str(shop)]) == 6


def test_a_level_of_the_policy_can_only_be_raised(
    tmp_path: Path, write_policy: WritePolicy
) -> None:
    place = write_policy(CYCLES)
    root = write(tmp_path / "app", CYCLE)
    off = '[tool.scaffold.check]\nlevels = {{ import-cycle = "{}" }}\nexclude = [{}]\n'
    for level, exclude in (("off", ""), ("note", ""), ("error", '"app/a/*", "app/b/*"')):
        (root / "pyproject.toml").write_text(off.format(level, exclude))
        found = [one for one in result_of(root, place).failing if one.rule.name == "import-cycle"]
        assert [one.level for one in found] == ["error"], (level, exclude)


def test_a_limit_of_the_policy_can_only_be_lowered(
    tmp_path: Path, write_policy: WritePolicy
) -> None:
    place = write_policy("[rules.limits]\nmodule-lines = 5\n")
    root = write(tmp_path / "app", FLASK)
    (root / "pyproject.toml").write_text("[tool.scaffold.check.limits]\nmodule-lines = 900\n")
    with_five = len(result_of(root, place).failing)
    (root / "pyproject.toml").write_text("[tool.scaffold.check.limits]\nmodule-lines = 2\n")
    assert 0 < with_five < len(result_of(root, place).failing)


def test_a_project_that_scaffold_never_saw(tmp_path: Path, write_policy: WritePolicy) -> None:
    root = write(tmp_path / "app", FLASK)
    assert broken(root, write_policy('[locks]\nframework = "django"\n')) == {
        "policy-lock locks.framework"
    }
    assert result_of(root, write_policy('[locks]\nframework = "flask"\n')).code == 0
    assert result_of(root, write_policy(LOCKS)).code == 8
    assert result_of(root, write_policy(CYCLES)).code == 0


def exception(about: str, until: date, where: str = 'repository = "gh:acme/shop"') -> str:
    return (
        f'[[exceptions]]\n{where}\n{about}\nowner = "Ann"\nuntil = {until}\n'
        'reason = "it is replaced"\n'
    )


def test_an_exception_holds_until_its_day_and_is_reported_afterwards(
    shop: Path, write_policy: WritePolicy
) -> None:
    today = date.today()  # noqa: DTZ011 - as the command does
    git(shop, "remote", "add", "origin", "git@github.com:acme/shop.git")
    key = 'key = "locks.database"'
    result = result_of(shop, write_policy(LOCKS + exception(key, today)))
    assert (result.code, result.exceptions) == (0, 1)
    expired = result_of(shop, write_policy(LOCKS + exception(key, today - timedelta(1))))
    names = [one.rule.name for one in expired.findings]
    assert "policy-lock" in names
    assert "policy-exception-expired" in names
    elsewhere = write_policy(LOCKS + exception(key, today))
    assert broken(shop, elsewhere, repository="gh:acme/other") == {"policy-lock locks.database"}


def test_an_exception_from_a_rule_is_for_a_path(tmp_path: Path, write_policy: WritePolicy) -> None:
    until = date.today() + timedelta(9)  # noqa: DTZ011 - as the command does
    files, path, *_ = CASES["query-in-loop"]
    root = write(tmp_path / "app", {**BLOG, **files})
    about = 'rule = "query-in-loop"'
    assert result_of(root, write_policy()).failing
    result = result_of(root, write_policy(exception(about, until, f'path = "{path}"')))
    assert (result.failing, result.excepted) == ([], 1)
    assert result_of(root, write_policy(exception(about, until, 'path = "other/*"'))).failing


def test_a_change_that_breaks_a_lock_is_refused(
    shop: Path,
    write_policy: WritePolicy,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = write_policy(
        '[locks]\ndatabase = "sqlite"\n'
        '[features]\nforbid = ["celery"]\nrequire = ["api", "docker"]\n'
    )
    monkeypatch.chdir(shop)
    more = ("--policy", place, "--dry-run", "--quiet", "--no-install")
    assert run(["set", "database=postgres", *more]) == 2
    assert "set by the web team: sqlite" in capsys.readouterr().err
    assert run(["add", "feature", "celery", *more]) == 2
    assert run(["remove", "feature", "api", *more]) == 2
    monkeypatch.setenv("SCAFFOLD_POLICY", place)
    assert run(["add", "feature", "celery", *more[2:]]) == 2
    # What was broken before hinders no other change, and is said.
    assert run(["add", "app", "orders", "--dry-run", "--no-install"]) == 0
    shown = " ".join("".join(capsys.readouterr()).split())
    assert "breaks the policy web: the feature docker is required" in shown


def test_an_edited_state_file_is_not_merged_past_a_lock(
    shop: Path, write_policy: WritePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = tomllib.loads((shop / ".scaffold.toml").read_text())["recipe"]["features"]
    edit_state(shop, features=[*features, "celery"])
    monkeypatch.chdir(shop)
    place = write_policy('[features]\nforbid = ["celery"]\n')
    assert run(["update", "--policy", place, "--force", "--dry-run", "--quiet"]) == 2


def test_the_article_says_how_near_a_project_is_point_by_point(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path / "app", CYCLE)
    (root / "pyproject.toml").write_text('[tool.scaffold.check.levels]\nimport-cycle = "off"\n')
    assert run(["check", str(root), "--policy", "article", "--json"]) == 6
    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)["advice"]}
    assert set(found) == set(ADVICE)
    assert found["A17"]["nearness"] == "not met"
    assert found["A17"]["violations"] >= 1
    assert found["A1"]["nearness"] == "met"
    assert found["A12"]["nearness"] == "not checkable by reading"
    assert found["A8"]["reason"] == "its rules are for the other framework"
    run(["check", str(root), "--policy", "article"])
    shown = capsys.readouterr().out
    assert all(key in shown for key in ADVICE)
    assert "points met" in shown


def test_the_article_sets_every_rule_that_rests_on_it() -> None:
    levels = find_policy("article").table("rules.levels")
    assert {name: one.value for name, one in levels.items()} == {
        rule.name: rule.level for rule in RULES if rule.advice
    }


@pytest.mark.parametrize("flags", [[], ["--policy", "https://policies.example/web.toml"]])
def test_a_policy_that_cannot_be_fetched_leaves_the_project_unchecked(
    shop: Path,
    flags: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def unreachable(*_: object, **__: object) -> bytes:
        raise OSError("no network")

    monkeypatch.setattr("scaffold.policies.locate.download", unreachable)
    if not flags:
        record(shop, "https://policies.example/web.toml")
    assert run(["check", str(shop), *flags]) == Exit.NOT_RUN
    assert "no network; nothing was checked" in capsys.readouterr().err


def test_info_names_the_policy_that_a_project_records(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record(shop, "article")
    monkeypatch.chdir(shop)
    assert run(["info"]) == 0
    assert "Policy       article" in capsys.readouterr().out
    assert run(["info", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["policy"] == {"source": "article"}
