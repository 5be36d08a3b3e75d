"""The pytest plugin, used as authors of templates use it: in a test run of its own."""

import json
from pathlib import Path

import pytest

from tests.integration.smoke.tiny import BASE, inject, only, put

pytest_plugins = ["pytester"]
PLUGIN = ("-p", "scaffold.pytest_plugin", "-p", "no:cacheprovider", "-q")


@pytest.fixture
def author(pytester: pytest.Pytester, pack: Path) -> pytest.Pytester:
    """An author's tests beside the tiny pack."""
    only(pack, "render", "lock", "install", "tests", "drift", "migrate")
    # pytester makes the projects of one run where the next would collect their tests.
    settings = f"scaffold_pack = {pack}\naddopts = --strict-markers\nnorecursedirs = runpytest-*"
    pytester.makeini(f"[pytest]\n{settings}\n")
    return pytester


def run(author: pytest.Pytester, *more: str) -> pytest.RunResult:
    return author.runpytest_subprocess(*PLUGIN, *more)


def test_a_recipe_is_baked_looked_at_and_its_steps_run(author: pytest.Pytester) -> None:
    author.makepyfile("""
        def test_files(scaffold_bake):
            baked = scaffold_bake(features=["beta"], resources="notes")
            assert baked.recipe.features == ("alpha", "beta")
            assert "parts/beta.py" in baked.tree
            assert "parts/gamma.py" not in baked.tree
            assert baked.text("parts/beta.py") == '\"\"\"The part beta.\"\"\"\\n'

        def test_defaults(scaffold_bake):
            assert scaffold_bake().recipe.features == ("alpha",)

        def test_step(scaffold_bake):
            baked = scaffold_bake(features=[])
            baked.check("tests")
            (baked.path / "parts/more.table").write_text("no migration")
            result = baked.run("drift")
            assert [found.step for found in result.failed] == ["drift"]
    """)
    run(author).assert_outcomes(passed=3)


def test_a_failing_step_fails_the_test_with_its_log(author: pytest.Pytester, pack: Path) -> None:
    inject(pack, "failing test", "alpha")
    author.makepyfile("def test_it(scaffold_bake): scaffold_bake().check()")
    result = run(author)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*tests failed: ended with 1*", "*on purpose*"])


def test_a_step_that_could_not_run_is_not_green(author: pytest.Pytester, pack: Path) -> None:
    table = (pack / "smoke.toml").read_text()
    (pack / "smoke.toml").write_text(table.replace('"python", "-m", "unittest", "-q"', '"no-tool"'))
    author.makepyfile("def test_it(scaffold_bake): scaffold_bake().check('tests')")
    result = run(author)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*tests not run: no-tool is not installed*"])


def test_the_matrix_becomes_parameters(author: pytest.Pytester) -> None:
    author.makepyfile("""
        import pytest

        def test_all_pairs(scaffold_bake, scaffold_recipe):
            baked = scaffold_bake(recipe=scaffold_recipe)
            assert all(f"parts/{name}.py" in baked.tree for name in scaffold_recipe.features)

        @pytest.mark.scaffold_matrix(first=2)
        def test_some(scaffold_recipe):
            assert scaffold_recipe.slug == "acme"
    """)
    steps = run(author).parseoutcomes()
    assert steps["passed"] > 8
    assert run(author, "-k", "some").parseoutcomes()["passed"] == 2


def test_golden_trees_are_compared_and_updated(author: pytest.Pytester, pack: Path) -> None:
    author.makepyfile("""
        def test_golden(scaffold_bake):
            scaffold_bake(features=["gamma"]).golden("golden/gamma")
    """)
    run(author).assert_outcomes(failed=1)
    run(author, "--scaffold-update").assert_outcomes(passed=1)
    assert (author.path / "golden/gamma/parts/gamma.py").exists()
    run(author).assert_outcomes(passed=1)
    put(pack / "features/gamma" / BASE / "parts/gamma.py", '"""Another part."""\n')
    put(pack / "features/gamma" / BASE / "new.txt", "new\n")
    result = run(author)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*--scaffold-update accepts it*", "*new: new.txt*", '*+"""Another part."""*']
    )
    run(author, "--scaffold-update").assert_outcomes(passed=1)
    run(author).assert_outcomes(passed=1)


def test_any_cookiecutter_template_can_be_baked(author: pytest.Pytester, temporary: Path) -> None:
    template = author.path / "plain"
    put(template / "cookiecutter.json", json.dumps({"repo_name": "one", "kind": ["lib", "app"]}))
    put(
        template / "{{cookiecutter.repo_name}}/{{cookiecutter.kind}}.txt",
        "{{ cookiecutter.repo_name }}\n",
    )
    put(template / "hooks/post_gen_project.py", "open('hooked.txt', 'w').close()\n")
    author.makepyfile("""
        def test_it(scaffold_bake):
            baked = scaffold_bake(template="plain", repo_name="two", kind="app")
            assert list(baked.tree) == ["app.txt", "hooked.txt"]
            assert baked.text("app.txt") == "two\\n"
            baked.check("hygiene")
    """)
    run(author).assert_outcomes(passed=1)
    for script in temporary.glob("tmp*.py"):
        script.unlink()  # cookiecutter leaves the hooks it has rendered


def test_every_name_is_our_own_so_that_other_plugins_fit_beside(author: pytest.Pytester) -> None:
    author.makeconftest("""
        import pytest

        def pytest_addoption(parser):  # what pytest-cookies and pytest-copie add
            group = parser.getgroup("cookies")
            group.addoption("--template")
            group.addoption("--keep-baked-projects", action="store_true")
            group.addoption("--keep-copied-projects", action="store_true")
            parser.addini("template", "")

        @pytest.fixture
        def cookies(): return "theirs"

        @pytest.fixture
        def copie(): return "theirs"
    """)
    author.makepyfile("""
        def test_it(cookies, copie, scaffold_bake, pytestconfig):
            assert cookies == copie == "theirs"
            from scaffold import pytest_plugin
            fixtures = [n for n, f in vars(pytest_plugin).items()
                        if type(f).__name__ == "FixtureFunctionDefinition"]
            assert fixtures == ["scaffold_bake"]
    """)
    run(author, "--template", "theirs").assert_outcomes(passed=1)


def test_loading_it_costs_nothing(author: pytest.Pytester) -> None:
    author.makepyfile("""
        import sys

        def test_it():
            assert "scaffold.pytest_plugin" in sys.modules
            assert not {"jinja2", "cookiecutter", "rich", "scaffold.rendering"} & set(sys.modules)
    """)
    run(author).assert_outcomes(passed=1)
