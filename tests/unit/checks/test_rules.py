"""Each rule on a project that breaks it, and on one that does not."""

import runpy
from pathlib import Path

import pytest

from scaffold.checks import RULES, Project, find_rule, run_rules
from scaffold.checks.rules import policy
from scaffold.recommendation.rules import ADVICE
from tests.unit.checks.conftest import Check, write
from tests.unit.checks.projects import (
    ADMIN,
    AUTHOR,
    BLOG,
    CASES,
    FACTORY,
    FLASK,
    LONG,
    LOOP,
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


def test_apps_of_another_folder_may_have_another_shape(check: Check) -> None:
    files = shaped("views")
    moved = {path.replace("app/e/", "app/v2/e/"): text for path, text in shaped("handlers").items()}
    assert check("unusual-shape", {**files, **moved, "app/v2/__init__.py": ""}) == []


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


def test_a_batch_job_may_ask_row_by_row(check: Check) -> None:
    streamed = LOOP.replace("in ids", "in ids.iterator()")
    files = django(apps__blog__management__commands__seed=LOOP, apps__blog__services=streamed)
    assert check("query-in-loop", files) == []


@pytest.mark.parametrize("rows", ["settings.GROUPS", "[1, 2]", "range(3)", "NAMES.values()"])
def test_a_loop_over_a_fixed_list_has_no_rows(rows: str, check: Check) -> None:
    files = django(apps__blog__services=LOOP.replace("in ids", f"in {rows}"))
    assert check("query-in-loop", files) == []


def test_a_query_that_fills_a_cache_runs_once_for_each_key(check: Check) -> None:
    loop = (
        "from apps.blog.models import Post\n\ndef load(rows, cache):\n    for key in rows:\n"
        "        if key not in cache:\n            cache[key] = Post.objects.filter(kind=key)\n"
    )
    assert check("query-in-loop", django(apps__blog__services=loop)) == []
    careless = loop.replace("if key not in cache", "if key not in seen")
    assert check("query-in-loop", django(apps__blog__services=careless))


def test_rows_that_are_deleted_after_two_filters_are_no_query(check: Check) -> None:
    loop = "def clean(ids):\n    for one in ids:\n        "
    query = "Post.objects.filter(pk=one).exclude(kept=one).delete()\n"
    assert check("query-in-loop", django(apps__blog__services=loop + query)) == []


def test_a_united_query_may_say_what_it_loads(check: Check) -> None:
    query = 'Post.objects.filter(pk=one).select_related("author")'
    loop = f"def find(ids, rows):\n    for one in ids:\n        rows |= {query}\n"
    assert check("query-in-loop", django(apps__blog__services=loop)) == []


def test_a_query_that_locks_one_row_at_a_time_is_allowed(check: Check) -> None:
    query = "Post.objects.filter(pk=one).select_for_update().get()"
    loop = f"def lock(ids):\n    for one in ids:\n        post = {query}\n"
    assert check("query-in-loop", django(apps__blog__services=loop)) == []


def test_code_is_counted_without_docstrings_comments_and_tables(check: Check) -> None:
    table = "NAMES = [\n" + "    None,\n" * 1200 + "]\n"
    described = 'def f():\n    """Long.\n' + "\n    More.\n" * 700 + '    """\n'
    written = "# Generated by a tool: do not edit\n" + "a = 1\n" * 1200
    files = flask(app__table=table, app__described=described, app__written=written)
    assert check("module-lines", files) == []


def test_functions_within_a_function_are_counted_alone(check: Check) -> None:
    inner = "".join(f"    def view_{n}():\n" + "        pass\n" * 10 for n in range(8))
    assert check("function-statements", flask(app__api=f"def make():\n{inner}")) == []


def test_a_row_of_like_calls_is_one_statement(check: Check) -> None:
    calls = "def routes(config):\n" + '    config.add_route("a", "/a")\n' * 90
    assert check("function-statements", flask(app__routes=calls)) == []


def test_models_that_know_of_no_request_and_pages_of_wagtail_are_no_web_code(check: Check) -> None:
    models = FLASK["app/blog/models.py"]
    guarded = f"from flask import has_request_context, request\n{models}"
    page = "from django.shortcuts import render\nfrom wagtail.models import Page\n\n"
    files = django(apps__blog__models=page + POST)
    assert check("web-code-in-models", files) == []
    assert check("web-code-in-models", flask(app__blog__models=guarded)) == []


def test_what_puts_apps_together_is_in_no_cycle(check: Check) -> None:
    views = "from apps.shop import services\n"
    files = {
        **django(apps__blog__management__commands__seed=views, apps__blog__urls=views),
        "apps/shop/__init__.py": "",
        "apps/shop/models.py": POST,
        "apps/shop/services.py": "from apps.blog.models import Post\nimport config.helpers\n",
        "config/models.py": POST,
        "config/helpers.py": "",
        "config/graph.py": "from apps.shop import services\n",
    }
    assert check("import-cycle", files) == []
    packaged = {**without(files, "config/settings.py"), "config/settings/base.py": SETTINGS}
    assert check("import-cycle", {**packaged, "config/settings/__init__.py": ""}) == []


def test_a_relationship_that_queries_say_how_to_load_needs_no_other_word(check: Check) -> None:
    models = FLASK["app/blog/models.py"].replace(', lazy="joined"', "")
    service = (
        "from sqlalchemy.orm import joinedload\nfrom app.blog.models import Post\n\n"
        "def posts(query):\n    return query.options(joinedload(Post.author))\n"
    )
    files = flask(app__blog__models=models, app__blog__services=service)
    assert check("relationship-without-loading", files) == []


def test_a_small_service_in_one_script_needs_neither_factory_nor_blueprint(check: Check) -> None:
    script = (
        "from flask import Flask\n\napp = Flask(__name__)\n\n\n"
        '@app.get("/health")\ndef health(): ...\n'
        '\n\nif __name__ == "__main__":\n    app.run()\n'
    )
    files = {"service/main.py": script}
    assert check("application-at-import", files) == []
    assert check("route-outside-blueprint", files) == []
    used = {
        **files,
        "service/__init__.py": "",
        "service/other.py": "from service.main import app\n",
    }
    assert check("application-at-import", used)
    assert check("route-outside-blueprint", used)


def test_a_package_for_others_and_requirements_of_tools_need_no_lock(check: Check) -> None:
    published = '[project]\ndependencies = ["flask"]\nclassifiers = ["Framework :: Flask"]\n'
    private = published.replace("Framework :: Flask", "Private :: Do Not Upload")
    assert check("missing-lock", {**FLASK, "pyproject.toml": private})
    assert check("missing-lock", {**FLASK, "pyproject.toml": published}) == []
    tools = {"requirements/ipython.txt": "ipython\n", "examples/requirements.txt": "flask\n"}
    assert check("missing-lock", {**FLASK, **tools, "pyproject.toml": ""}) == []


def test_a_value_of_another_model_needs_no_page_in_the_admin(check: Check) -> None:
    value = (
        "\nclass Licence(models.Model):\n    post = models.ForeignKey(Post, models.CASCADE)\n"
        "    name = models.CharField()\n\n\nfrom typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    class Typed(Post): ...\n"
    )
    kinds = (
        "\nfrom polymorphic.models import PolymorphicModel\n\n"
        "class Asset(PolymorphicModel): ...\n\nclass Image(Asset): ...\n"
    )
    assert check("model-without-admin", django(apps__blog__models=POST + value + kinds)) == []


def test_where_there_are_many_models_those_that_others_own_may_be_left_out(check: Check) -> None:
    many = "".join(f"\nclass Model{n}(models.Model): ...\n" for n in range(12))
    log = "\nclass Log(models.Model):\n    post = models.ForeignKey(Post, models.CASCADE)\n" + (
        "".join(f"    field{n} = models.TextField()\n" for n in range(4))
    )
    shown = "".join(f"admin.site.register(Model{n})\n" for n in range(12))
    files = django(apps__blog__models=POST + many + log, apps__blog__admin=ADMIN + shown)
    assert check("model-without-admin", files) == []
    few = django(apps__blog__models=POST + log)
    assert [one.symbol for one in check("model-without-admin", few)] == ["Log"]


def test_an_admin_for_a_few_things_forgets_none(check: Check) -> None:
    many = "".join(f"\nclass Model{n}(models.Model): ...\n" for n in range(12))
    assert check("model-without-admin", django(apps__blog__models=POST + many)) == []


def test_an_admin_that_cannot_be_read_may_register_anything(tmp_path: Path) -> None:
    broken = django(apps__blog__models=POST + "\nclass Tag(models.Model): ...\n")
    files = {**broken, "apps/other/admin.py": "def broken(:\n"}
    result = run_rules(Project(write(tmp_path, files)), [find_rule("model-without-admin")])
    assert not result.findings
    assert result.not_run


def test_an_endpoint_that_a_helper_is_given_with_the_blueprint_exists(check: Check) -> None:
    views = f'{VIEWS}\nfrom app.helpers import Form\n\nform = Form(blog, "/form", "form")\n'
    files = flask(app__blog__views=views, app__templates__menu_html="{{ url_for('.form') }}")
    assert check("unknown-endpoint", files) == []


def test_an_app_of_base_classes_and_one_that_a_test_names_are_tested(check: Check) -> None:
    base = "from django.db import models\n\nclass Dated(models.Model):\n    class Meta:\n"
    files = {
        **without(BLOG, "apps/blog/tests"),
        "apps/seo/__init__.py": "",
        "apps/seo/models.py": f"{base}        abstract = True\n\n    def year(self): ...\n",
        "tests/test_pages.py": 'def test_page(): reverse("apps.blog")\n',
    }
    assert check("app-without-tests", files) == []


def test_folders_of_tests_may_have_longer_names(check: Check) -> None:
    files = {**FLASK, "tests-production-data/generate.py": LONG, "browser_tests/flow.py": LONG}
    assert check("function-statements", files) == []
