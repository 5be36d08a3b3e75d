"""Each rule on a project that breaks it, and on one that does not."""

import runpy
from pathlib import Path

import pytest

from scaffold.checks import RULES, Project, run_rules
from scaffold.checks.rules import policy
from scaffold.recommendation.rules import ADVICE
from tests.unit.checks.conftest import Check, write
from tests.unit.checks.projects import (
    AUTHOR,
    BLOG,
    CASES,
    FACTORY,
    FLASK,
    MIGRATION,
    POST,
    REVISION,
    ROWS,
    SETTINGS,
    VIEWS,
    django,
    flask,
    shaped,
    without,
)

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", CASES)
def test_a_rule_reports_the_place_that_breaks_it(name: str, check: Check) -> None:
    broken, path, symbol, _ = CASES[name]
    [violation] = check(name, broken)
    assert (violation.path, violation.symbol) == (path, symbol)
    lines = broken.get(path, "").splitlines()
    assert 0 <= violation.line <= len(lines)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_is_silent_where_all_is_well(name: str, check: Check) -> None:
    assert check(name, CASES[name][3]) == []


@pytest.mark.parametrize("files", [BLOG, FLASK], ids=["django", "flask"])
def test_a_good_project_breaks_no_rule(files: dict[str, str], tmp_path: Path) -> None:
    result = run_rules(Project(write(tmp_path, files)))
    assert not result.findings
    assert not result.not_run
    assert result.code == 0


def test_every_rule_has_a_case_a_stable_id_and_known_advice() -> None:
    others = {  # see test_living_with_it.py, test_template.py and tests/unit/policies
        *(rule.name for rule in policy.RULES),
        "invalid-suppression",
        "unused-suppression",
        "owned-file-changed",
        "template-behind",
    }
    assert {rule.name for rule in RULES} == {*CASES, *others}
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert not rule.advice or rule.advice in ADVICE
        assert rule.title.endswith(".")
        assert rule.why.endswith(".")
        assert rule.remedy.endswith(".")


def test_the_page_of_rules_is_current() -> None:
    page = runpy.run_path(str(ROOT / "tools/rules_page.py"))["markdown"]()
    assert (ROOT / "docs/rules.md").read_text("utf-8") == page, "run make docs"


# What public applications showed to be no violation:


def test_an_entry_point_that_nobody_imports_may_make_the_application(check: Check) -> None:
    files = {**FLASK, "application.py": "from flask import Flask\napplication = Flask('api')\n"}
    assert check("application-at-import", files) == []


def test_blueprints_that_are_found_by_name_are_registered(check: Check) -> None:
    loop = "\ndef load(app, names):\n    for name in names:\n        import_module(name)\n"
    files = {**FLASK, "app/__init__.py": "from importlib import import_module\n" + FACTORY + loop}
    assert check("blueprint-not-registered", files) == []


def test_a_blueprint_in_a_list_is_registered(check: Check) -> None:
    listed = "from app.blog.views import blog\nBLUEPRINTS = [blog]\n"
    files = {**FLASK, "app/__init__.py": FACTORY, "app/all.py": listed}
    assert check("blueprint-not-registered", files) == []


def test_an_endpoint_of_a_library_or_of_a_view_class_exists(check: Check) -> None:
    more = (
        '\n\ndef more():\n    return url_for("security.login"), url_for("blog.static"), '
        'url_for(".all")\n'
        'blog.add_url_rule("/all", view_func=All.as_view("all"))\n'
    )
    assert check("unknown-endpoint", flask(app__blog__views=VIEWS + more)) == []


def test_a_blueprint_that_other_code_adds_routes_to_has_any_endpoint(check: Check) -> None:
    more = '\n\nApi(blog)\n\ndef more():\n    return url_for("blog.whatever")\n'
    assert check("unknown-endpoint", flask(app__blog__views=VIEWS + more)) == []


def test_a_relative_link_is_looked_for_in_every_blueprint(check: Check) -> None:
    more = (
        '\n\nregister_errors(blog)\n\n@blog.get("/b")\ndef other():\n    return url_for(".other")\n'
    )
    assert check("unknown-endpoint", flask(app__blog__views=VIEWS + more)) == []


def test_a_relative_link_may_lead_to_a_route_that_other_code_adds(check: Check) -> None:
    page = {"app/blog/templates/blog/new.html": "{{ url_for('.form') }}\n"}
    assert len(check("unknown-endpoint", {**FLASK, **page})) == 1
    more = '\n\nforms = Forms(blog, "/form", "form")\n'
    assert check("unknown-endpoint", {**flask(app__blog__views=VIEWS + more), **page}) == []


def test_an_api_beside_pages_is_no_unusual_shape(check: Check) -> None:
    assert check("unusual-shape", shaped("api")) == []


def test_a_table_over_many_lines_is_one_statement(check: Check) -> None:
    table = "def rows():\n    return [\n" + "        1,\n" * 200 + "    ]\n"
    assert check("function-statements", flask(app__rows=table)) == []


def test_two_views_under_a_condition_are_one(check: Check) -> None:
    more = '\nif fast:\n    @blog.post("/")\n    def index(): ...\n'
    assert check("duplicate-endpoint", flask(app__blog__views=VIEWS + more)) == []


def test_a_dynamic_relationship_says_how_it_is_loaded(check: Check) -> None:
    models = "class Post(db.Model):\n    tags: WriteOnlyMapped['Tag'] = relationship()\n"
    assert check("relationship-without-loading", flask(app__blog__models=models)) == []


def test_models_of_other_libraries_are_not_djangos(check: Check) -> None:
    schema = "from pydantic import BaseModel\n\nclass ConfigModel(BaseModel): ...\n"
    heir = "from apps.config.models import ConfigModel\n\nclass Build(ConfigModel): ...\n"
    files = django(apps__config__models=schema, apps__config____init__="", apps__build__models=heir)
    assert check("missing-file", files) == []
    assert check("app-not-installed", files) == []


def test_an_app_is_installed_by_what_a_component_of_the_settings_names(check: Check) -> None:
    files = {
        **without(BLOG, "config/settings.py"),
        "config/settings/__init__.py": "",
        "config/settings/base.py": "from .components.apps import APPS\nINSTALLED_APPS = [*APPS]\n",
        "config/settings/components/apps.py": 'APPS = ["apps.blog"]\n',
    }
    assert check("app-not-installed", files) == []


def test_a_loop_may_register_every_model(check: Check) -> None:
    loop = (
        "from django.apps import apps\nfrom django.contrib import admin\n\n"
        "for model in apps.get_models():\n    admin.site.register(model)\n"
    )
    assert check("model-without-admin", django(apps__blog__admin=loop)) == []


def test_an_inline_and_a_through_table_need_no_page_of_their_own(check: Check) -> None:
    models = (
        POST.replace("pass", 'tags = models.ManyToManyField("Tag", through="Tagging")')
        + "\nclass Tag(models.Model): ...\n\nclass Tagging(models.Model): ...\n"
    )
    inline = (
        BLOG["apps/blog/admin.py"] + "\nclass TagInline(admin.TabularInline):\n    model = Tag\n"
    )
    files = django(apps__blog__models=models, apps__blog__admin=inline)
    assert check("model-without-admin", files) == []


def test_a_relation_in_the_loop_of_a_template_is_reported_until_it_is_prefetched(
    check: Check,
) -> None:
    files = django(apps__blog__models=AUTHOR, apps__blog__templates__blog__list_html=ROWS)
    [violation] = check("query-in-loop", files)
    assert violation.symbol == "post.tags"
    loaded = 'Post.objects.prefetch_related("tags")\n'
    assert check("query-in-loop", {**files, "apps/blog/services.py": loaded}) == []


def test_a_change_of_rows_in_a_loop_is_no_query(check: Check) -> None:
    code = "def fix(rows):\n    for row in rows:\n        Post.objects.filter(pk=row).update(a=1)\n"
    assert check("query-in-loop", django(apps__blog__services=code)) == []


def test_a_query_that_a_loop_only_extends_runs_later(check: Check) -> None:
    code = (
        "def find(rows):\n    found = Post.objects.none()\n    for row in rows:\n"
        "        found |= Post.objects.filter(pk=row)\n    return found\n"
    )
    assert check("query-in-loop", django(apps__blog__services=code)) == []


def test_a_squashed_migration_stands_for_those_it_replaces(check: Check) -> None:
    squashed = (
        MIGRATION.format("") + '    replaces = [("blog", "0001_initial"), ("blog", "0002_a")]\n'
    )
    files = django(
        apps__blog__migrations__0002_a=MIGRATION.format('("blog", "0001_initial")'),
        apps__blog__migrations__0001_squashed=squashed,
        apps__blog__migrations__0003_b=MIGRATION.format('("blog", "0002_a")'),
    )
    assert check("multiple-heads", files) == []


def test_alembic_has_one_head_unless_branches_have_names(check: Check) -> None:
    files = {
        **FLASK,
        "migrations/versions/a.py": REVISION.format("a", None),
        "migrations/versions/b.py": REVISION.format("b", "a"),
        "migrations/versions/c.py": REVISION.format("c", "a"),
    }
    [violation] = check("multiple-heads", files)
    assert violation.symbol == "migrations/versions"
    named = REVISION.format("c", "a").replace("branch_labels = None", 'branch_labels = ("x",)')
    assert check("multiple-heads", {**files, "migrations/versions/c.py": named}) == []


def test_settings_that_others_are_read_on_top_of_are_not_productions(check: Check) -> None:
    local = "try:\n    from .local_settings import *\nexcept ImportError:\n    pass\n"
    files = django(config__settings=SETTINGS + "DEBUG = True\n" + local)
    assert check("unsafe-production-settings", files) == []


def test_an_import_within_a_function_or_for_types_is_no_cycle(check: Check) -> None:
    late = "def two():\n    from app.a import services\n"
    types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.a import services\n"
    for text in (late, types):
        files = {**CASES["import-cycle"][0], "app/b/services.py": text}
        assert check("import-cycle", files) == []


def test_a_link_in_a_model_is_no_web_code(check: Check) -> None:
    models = "from flask import current_app, url_for\n" + FLASK["app/blog/models.py"]
    assert check("web-code-in-models", flask(app__blog__models=models)) == []


def test_an_app_is_tested_by_whoever_names_its_addresses(check: Check) -> None:
    for name in ("blog:list", "apps.blog"):
        text = f'reverse("{name}")\n'
        outside = {**without(BLOG, "apps/blog/tests"), "tests/test_all.py": text}
        assert check("app-without-tests", outside) == []


def test_compiled_requirements_and_those_of_development_may_be_open(check: Check) -> None:
    files = {
        **FLASK,
        "requirements.in": "flask\n",
        "requirements.txt": "flask\n",
        "requirements-dev.txt": "pytest\n",
    }
    assert check("missing-lock", files) == []


def test_examples_limits_and_packages_for_others_need_no_lock(check: Check) -> None:
    published = (
        '[project]\nname = "shop"\ndependencies = ["flask"]\nclassifiers = ["Framework :: Flask"]\n'
    )
    private = published.replace("Framework :: Flask", "Private :: Do Not Upload")
    files = without(FLASK, "requirements.txt", "uv.lock")
    assert check("missing-lock", {**files, "pyproject.toml": published}) == []
    assert len(check("missing-lock", {**files, "pyproject.toml": private})) == 1
    limits = {"constraints.txt": "setuptools<80\n", "examples/requirements.txt": "flask\n"}
    assert check("missing-lock", {**files, **limits}) == []


def test_secrets_in_tests_and_examples_are_none(check: Check) -> None:
    text = CASES["committed-secret"][0]["app/settings.py"]
    files = {**FLASK, "tests/test_keys.py": text, "docs/keys.py": text}
    assert check("committed-secret", files) == []
