"""Both packs render, and pass the render checks, whatever features and resources meet."""

import re
from itertools import combinations

import pytest
import yaml

from scaffold.errors import UsageError
from scaffold.model.fields import TYPES, App
from scaffold.model.recipe import Recipe, parse_apps
from scaffold.packs.catalog import BUILT_IN, find_pack
from scaffold.packs.field_types import flags_of
from scaffold.packs.pack import Pack, choose_features
from scaffold.rendering.render import render
from scaffold.rendering.template_context import build_context
from scaffold.smoke.config_loader import read_config as read_steps

PACKS = {name: find_pack(name) for name in BUILT_IN}
RESOURCE_SETS = read_steps(PACKS["django"]).resources


def recipe(pack: Pack, features: tuple[str, ...], apps: tuple[App, ...]) -> Recipe:
    return Recipe(pack.name, "Acme Shop", "acme-shop", features=features, apps=apps)


def choices(pack: Pack) -> list[tuple[str, ...]]:
    """None, each alone, every pair that goes together, the defaults, and all."""
    names = list(pack.features)
    wanted: list[tuple[str, ...]] = [(), pack.defaults, *((name,) for name in names)]
    wanted += list(combinations(names, 2))
    found = set()
    for choice in wanted:
        try:
            found.add(choose_features(pack, choice)[0])
        except UsageError:
            continue  # two of one group, or a declared conflict: tested below
    return sorted(found) + list(fullest(pack))


def fullest(pack: Pack) -> set[tuple[str, ...]]:
    """All features at once, for each member of an exclusive group in turn."""
    groups: dict[str, list[str]] = {}
    for feature in pack.features.values():
        groups.setdefault(feature.group, []).append(feature.name)
    free = groups.pop("", [])
    members = [(name,) for names in groups.values() for name in names] or [()]
    return {choose_features(pack, [*free, *some])[0] for some in members}


@pytest.mark.parametrize("resources", RESOURCE_SETS)
@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_pair_of_features_renders(pack: Pack, resources: str) -> None:
    apps = parse_apps(RESOURCE_SETS[resources])
    seen = set()
    for features in choices(pack):
        tree = render(recipe(pack, features, apps), pack)
        assert len(tree) > 20
        seen |= set(combinations(features, 2))
    for pair in combinations(pack.features, 2):
        assert pair in seen or refused(pack, pair), f"{pair} never met"


def refused(pack: Pack, pair: tuple[str, str]) -> bool:
    try:
        choose_features(pack, pair)
    except UsageError:
        return True
    return False


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_type_with_every_flag_has_its_columns(pack: Pack) -> None:
    met: dict[str, set[str]] = {kind: set() for kind in TYPES}
    columns: dict[str, set[str]] = {}
    for lines in RESOURCE_SETS.values():
        apps = parse_apps(lines)
        for resource in (resource for app in apps for resource in app.resources):
            for field in resource.fields:
                met[field.type].update(flags_of(field))
        for part in (part for app in build_context(apps, pack.types) for part in app.resources):
            for field in part.fields:
                columns.setdefault(field.type, set()).update(vars(field))
    assert set(pack.types) - {"flags"} == set(TYPES) == set(columns)
    assert {"required", "null", "unique", "index"} <= set().union(*met.values())
    for kind in TYPES:
        rows = {name for name, value in pack.types[kind].items() if not isinstance(value, dict)}
        assert rows <= columns[kind], kind


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_feature_says_what_it_is_and_why(pack: Pack) -> None:
    for feature in pack.features.values():
        assert feature.label, feature.name
        assert feature.why, feature.name


def test_both_packs_have_the_same_features_with_the_same_meaning() -> None:
    flask, django = PACKS["flask"].features, PACKS["django"].features
    only = {"linear-migrations", "django-latest"}  # what has no counterpart in Flask
    assert set(flask) ^ set(django) <= only
    for name in set(flask) & set(django):
        assert flask[name].label == django[name].label, name
        assert flask[name].default == django[name].default, name
        needs = ["accounts"] if name in ("api", "pages") else []  # Django's log-in is allauth's
        assert [*flask[name].requires, *needs] == [*django[name].requires], name


def test_smoke_proves_both_packs_with_the_same_resources() -> None:
    assert read_steps(PACKS["flask"]).resources == RESOURCE_SETS


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_steps_of_smoke_name_only_what_there_is(pack: Pack) -> None:
    assert "tests" in {step.name for step in read_steps(pack).steps}


def text(pack: Pack, path: str, *features: str) -> str:
    """A file of a project with these features."""
    return render(recipe(pack, choose_features(pack, features)[0], ()), pack)[path].content.decode()


def test_both_packs_have_the_same_make_targets() -> None:
    found = {}
    for name, pack in PACKS.items():
        lines = text(pack, "Makefile", "celery").splitlines()
        found[name] = {line.partition(":")[0] for line in lines if re.match(r"[a-z-]+:.*## ", line)}
    assert found["flask"] == found["django"]
    assert {"setup", "run", "test", "check", "migrate", "merge-migrations", "seed", "worker"} <= (
        found["flask"]
    )


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_projects_own_ci_checks_and_tests(pack: Pack) -> None:
    """`make check` holds drift, heads and import contracts: the steps of smoke run the same."""
    drift = {"flask": "alembic check", "django": "makemigrations --check"}[pack.name]
    check = text(pack, "Makefile").partition("\ncheck:")[2].partition("\n\n")[0]
    assert drift in check
    assert "lint-imports" in check
    github = yaml.safe_load(text(pack, ".github/workflows/ci.yml", "ci-github"))
    gitlab = yaml.safe_load(text(pack, ".gitlab-ci.yml", "ci-gitlab"))
    wanted = ["make setup", "make check", "make test"]
    assert [step.get("run") for step in github["jobs"]["test"]["steps"]][-3:] == wanted
    assert gitlab["test"]["script"] == wanted


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_image_has_stages_no_root_and_a_health_check(pack: Pack) -> None:
    """All that can be said of an image where no Docker daemon runs."""
    lines = text(pack, "Dockerfile", "docker").splitlines()
    last = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert sum(line.startswith("FROM ") for line in lines) == 2
    assert "USER 10001" in last
    assert any(line.startswith("HEALTHCHECK ") for line in last)
    services = yaml.safe_load(text(pack, "compose.yaml", "docker", "postgres", "celery"))[
        "services"
    ]
    assert {"web", "migrate", "worker", "postgres", "redis"} <= set(services)
    assert services["web"]["depends_on"]["migrate"]["condition"].endswith("completed_successfully")
    assert int(services["web"]["stop_grace_period"].removesuffix("s")) > 30, "less than gunicorn's"
    assert not [name for name in services["web"]["environment"] if name.startswith("TEST_")]
