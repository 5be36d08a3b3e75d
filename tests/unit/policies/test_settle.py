"""A policy on a new project: locks are set, defaults fill in, and nothing given passes a lock."""

import json
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import UsageError
from scaffold.inputs.resolve import resolve, validate_values
from scaffold.model.recipe import Recipe
from scaffold.policies import find_policy
from scaffold.policies.settle import obeyed, settle
from tests.policies import WritePolicy

LOCKS = '[locks]\nframework = "flask"\ndatabase = "postgres"\naim = "ship"\n'
FEATURES = '[features]\nforbid = ["celery"]\nrequire = ["docker"]\n'
NEW = ("new", "shop", "--defaults", "--dry-run", "--json")


def recipe_of(place: str, **given: object) -> Recipe:
    policy = find_policy(place)
    values = settle(policy, validate_values({"name": "Shop", **given}, "a test")).values
    return obeyed(policy, resolve(values)).recipe


def test_locks_and_required_features_are_set(write_policy: WritePolicy) -> None:
    policy = find_policy(write_policy(LOCKS + FEATURES))
    proposal = obeyed(policy, resolve(settle(policy, {"name": "Shop"}).values))
    assert proposal.recipe.pack == "flask"
    assert {"postgres", "docker"} <= set(proposal.recipe.features)
    assert any("set by the web team: framework flask" in note for note in proposal.notes)


def test_a_locked_plain_database_leaves_the_other_out(write_policy: WritePolicy) -> None:
    place = write_policy('[locks]\ndatabase = "sqlite"\nstage = "product"\n')
    assert "postgres" not in recipe_of(place).features


def test_what_a_team_does_not_allow_is_left_out_with_what_needs_it(
    write_policy: WritePolicy,
) -> None:
    place = write_policy('[features]\nallow = ["api", "accounts"]\n')
    assert set(recipe_of(place).features) <= {"api", "accounts"}


def test_defaults_are_below_what_was_given(write_policy: WritePolicy) -> None:
    place = write_policy(
        '[defaults]\nframework = "flask"\naim = "learn"\ndatabase = "postgres"\n'
        'stage = "prototype"\n'
    )
    recipe = recipe_of(place, aim="ship")
    assert (recipe.pack, recipe.answers["aim"], recipe.answers["stage"]) == (
        "flask",
        "ship",
        "prototype",
    )
    assert "postgres" in recipe.features
    assert "postgres" not in recipe_of(place, without=["postgres"]).features
    policy = find_policy(place)
    assert settle(policy, {"aim": "ship"}).suggested == {"framework", "stage"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"framework": "django"}, "set by the web team: flask"),
        ({"aim": "learn"}, "set by the web team: ship"),
        ({"without": ["postgres"]}, "postgres cannot be left out"),
        ({"without": ["docker"]}, "docker cannot be left out"),
        ({"with": ["celery"]}, "celery cannot be added"),
        ({"features": ["api", "celery"]}, "celery cannot be added"),
    ],
)
def test_what_was_given_otherwise_is_an_error_that_names_who_locked_it(
    write_policy: WritePolicy, given: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        recipe_of(write_policy(LOCKS + FEATURES), **given)
    assert caught.value.hint


@pytest.mark.parametrize(
    "words",
    [
        ("--framework", "django"),
        ("-d", "framework=django"),
        ("--aim", "learn"),
        ("--preset", "learning"),
        ("--without", "postgres"),
        ("--feature", "celery"),
    ],
)
def test_no_flag_passes_a_lock(
    write_policy: WritePolicy, work: Path, words: tuple[str, ...]
) -> None:
    assert run([*NEW, "--policy", write_policy(LOCKS + FEATURES), *words]) == 2
    assert list(work.iterdir()) == []


def test_no_variable_and_no_data_file_passes_a_lock(
    write_policy: WritePolicy, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCAFFOLD_POLICY", write_policy(LOCKS))
    assert run(NEW) == 0
    (work / "data.toml").write_text('aim = "learn"\n')
    assert run([*NEW, "--data-file", "data.toml"]) == 2
    monkeypatch.setenv("SCAFFOLD_FRAMEWORK", "django")
    assert run(NEW) == 2


@pytest.mark.usefixtures("work")
def test_a_preset_leaves_open_what_the_team_decides(
    write_policy: WritePolicy, capsys: pytest.CaptureFixture[str]
) -> None:
    place = write_policy('[locks]\nschema_authors = "many"\n')
    assert run([*NEW, "--preset", "api", "--policy", place]) == 0
    answers = json.loads(capsys.readouterr().out)["recipe"]["answers"]
    assert answers["schema_authors"] == "many"


@pytest.mark.usefixtures("work")
def test_a_dry_run_shows_what_is_set_and_by_whom(
    write_policy: WritePolicy, capsys: pytest.CaptureFixture[str]
) -> None:
    place = write_policy(LOCKS)
    assert run([*NEW, "--policy", place]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["policy"]["settings"]["locks.database"]["owner"] == "the web team"
    assert run([*NEW[:-1], "--policy", place]) == 0
    shown = " ".join(capsys.readouterr().err.split())
    assert "set by the web team: framework flask; database postgres" in shown
    assert "Flask, set by the web team; Django was recommended" in shown
    assert "Set by the web team." in shown  # of the feature
    assert "your choice" not in shown


def test_a_team_that_names_its_pack_gets_no_other(write_policy: WritePolicy) -> None:
    place = write_policy('pack = "gh:acme/pack@v1"\n')
    with pytest.raises(UsageError, match="the pack cannot be flask") as caught:
        settle(find_policy(place), {"framework": "flask"})
    assert "gh:acme/pack@v1" in caught.value.hint
