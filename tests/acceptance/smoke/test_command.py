"""The command `scaffold smoke`: what it takes, what it says, how it ends."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scaffold.errors import Exit
from tests.integration.smoke.runs import command
from tests.integration.smoke.tiny import BASE, inject, only, put

QUICK = ("render", "hygiene", "lock", "install", "tests")


def smoke(*words: object, cwd: Path) -> tuple[int, str, str]:
    program = command(*words, cwd=cwd)
    data, talk = program.communicate(timeout=120)
    return program.returncode, data, talk


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def test_a_pack_is_proven_over_its_pairs_and_the_coverage_printed(
    pack: Path, tmp_path: Path
) -> None:
    only(pack, *QUICK)
    code, data, talk = smoke("--pack", pack, "--pairs", cwd=tmp_path)
    assert (code, data) == (Exit.DONE, "")
    assert "pairs of options covered: 94 of 94 (100%)" in talk
    assert talk.count("  ok\n") == int(talk.split(" cases")[0].split("\n")[0])


def test_the_first_recipes_cover_most(pack: Path, tmp_path: Path) -> None:
    only(pack, "render")
    _, data, _ = smoke("--pack", pack, "--first", 3, "--json", cwd=tmp_path)
    report = json.loads(data)
    assert len(report["cases"]) == 3
    assert report["pairs"]["all"] == 94
    assert report["pairs"]["covered"] > 47


def test_all_is_every_allowed_combination(pack: Path, tmp_path: Path) -> None:
    only(pack, "render")
    _, data, _ = smoke("--pack", pack, "--all", "--json", cwd=tmp_path)
    report = json.loads(data)
    # alpha, beta, delta: 000 001 100 101 110; gamma and redis 2 × 2; database 3; resources 2
    assert len(report["cases"]) == 5 * 4 * 3 * 2
    assert report["pairs"] == {"covered": 94, "all": 94}


def test_shards_together_are_the_whole(pack: Path, tmp_path: Path) -> None:
    only(pack, "render")

    def labels(*words: object) -> list[str]:
        _, data, _ = smoke("--pack", pack, "--json", *words, cwd=tmp_path)
        return [recipe["label"] for recipe in json.loads(data)["cases"]]

    parts = [labels("--shard", f"{number}/3") for number in (1, 2, 3)]
    together = [label for part in parts for label in part]
    assert sorted(together) == sorted(labels())
    assert len(set(together)) == len(together)


def test_the_jobs_of_the_emitted_matrix_run_what_it_names(pack: Path, tmp_path: Path) -> None:
    only(pack, "render")
    words = ("--pack", pack, "--emit-matrix", "github", "--only", "render")
    _, data, _ = smoke(*words, cwd=tmp_path)
    jobs = json.loads(data)["include"]
    assert len({job["name"] for job in jobs}) == len(jobs) > 3
    _, data, _ = smoke(*jobs[2]["arguments"].split(), "--json", cwd=tmp_path)
    assert [recipe["label"] for recipe in json.loads(data)["cases"]] == [jobs[2]["name"]]


def test_changed_runs_only_what_renders_otherwise(pack: Path, tmp_path: Path) -> None:
    only(pack, "render")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "tiny")
    git(tmp_path, "commit", "--quiet", "-m", "the pack")

    def changed() -> list[str]:
        _, data, _ = smoke("--pack", pack, "--changed", "HEAD", "--json", cwd=tmp_path)
        return [" ".join(r["recipe"]["features"]) for r in json.loads(data)["cases"]]

    assert changed() == []
    put(pack / "features/delta" / BASE / "new.txt", "new\n")
    found = changed()
    assert found
    assert all("delta" in features for features in found)
    put(pack / "pack.toml", (pack / "pack.toml").read_text() + "# another word\n")
    assert changed() == found
    put(pack / "smoke.toml", (pack / "smoke.toml").read_text() + "# other steps\n")
    assert len(changed()) > len(found)


def test_changed_knows_a_pack_that_is_the_root_of_its_repository(
    pack: Path, tmp_path: Path
) -> None:
    only(pack, "render")
    git(pack, "init", "-q")
    git(pack, "add", ".")
    git(pack, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first")
    words = ("--pack", pack, "--changed", "HEAD", "--json")
    assert json.loads(smoke(*words, cwd=tmp_path)[1])["cases"] == []
    put(pack / "features/gamma" / BASE / "more.txt", "more\n")
    found = json.loads(smoke(*words, cwd=tmp_path)[1])["cases"]
    assert found
    assert all("gamma" in recipe["recipe"]["features"] for recipe in found)


def test_all_has_changed_since_a_pack_could_not_be_read(pack: Path, tmp_path: Path) -> None:
    only(pack, "render")
    manifest = pack / "features/gamma/feature.toml"
    sound = manifest.read_text()
    put(manifest, "label =\n")
    git(pack, "init", "-q")
    git(pack, "add", ".")
    git(pack, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first")
    put(manifest, sound)
    words = ("--pack", pack, "--changed", "HEAD", "--first", 2, "--json")
    assert len(json.loads(smoke(*words, cwd=tmp_path)[1])["cases"]) == 2


def test_changed_names_an_unknown_revision(pack: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    code, _, talk = smoke("--pack", pack, "--changed", "nowhere", cwd=tmp_path)
    assert code == Exit.USAGE
    assert "git rev-parse failed" in talk


def test_a_project_is_proven_as_it_stands_and_left_alone(pack: Path, tmp_path: Path) -> None:
    only(pack, *QUICK, "boot", "stop")
    program = command(cwd=tmp_path)
    program.communicate()
    made = subprocess.run(
        [
            *program.args[:3],
            "new",
            "shop",
            "--defaults",
            "--framework",
            str(pack),
            "-d",
            "apps=",
            "--no-install",
            "--no-git",
        ],  # type: ignore[index]  # a list of words
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    project = tmp_path / "shop"
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    assert smoke(project, cwd=tmp_path)[0] == Exit.DONE
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
    (project / "test_mine.py").write_text(
        "import unittest\nclass T(unittest.TestCase):\n    def test_it(self): self.fail('mine')\n"
    )
    code, _, talk = smoke(".", cwd=project)
    assert code == Exit.USAGE
    assert "the pack tiny 1 is not built in" in talk
    code, _, talk = smoke(project, cwd=tmp_path)
    assert code == Exit.UNVERIFIED
    assert "tests fails: tiny" in talk
    assert "mine" in talk


def test_a_recipe_file_is_proven_and_its_failure_shrunk(pack: Path, tmp_path: Path) -> None:
    inject(pack, "failing test")
    only(pack, *QUICK)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(
        f'pack = "{pack}"\nname = "Shop"\nslug = "shop"\n'
        'features = ["alpha", "beta", "gamma", "redis"]\n[apps]\nmine = ["Thing: name:str!"]\n'
    )
    code, _, talk = smoke("--recipe", recipe, cwd=tmp_path)
    assert code == Exit.UNVERIFIED
    assert "tests fails with alpha + gamma" in talk
    again = talk.split("reproduce: scaffold smoke ")[1].split("\n")[0]
    assert smoke(*again.split(), cwd=tmp_path)[0] == Exit.UNVERIFIED


def test_what_is_proven_is_not_proven_again(pack: Path, tmp_path: Path) -> None:
    only(pack, *QUICK)
    words = ("--pack", pack, "--features", "alpha", "--resources", "none", "--json")

    def tests(*more: str) -> str:
        (recipe,) = json.loads(smoke(*words, *more, cwd=tmp_path)[1])["cases"]
        return str(recipe["steps"][-1]["status"])

    assert tests() == "passed"
    assert tests() == "cached"
    assert tests("--no-cache") == "passed"
    put(pack / "features/gamma" / BASE / "more.txt", "not in this recipe\n")
    assert tests() == "cached"
    put(pack / "features/alpha" / BASE / "more.txt", "in this recipe\n")
    assert tests() == "passed"
    put(pack / "smoke.toml", (pack / "smoke.toml").read_text() + "# other steps\n")
    assert tests() == "passed"


def test_a_failure_is_never_proven(pack: Path, tmp_path: Path) -> None:
    inject(pack, "failing test", "alpha")
    only(pack, *QUICK)
    words = ("--pack", pack, "--features", "alpha", "--no-shrink", "--quiet")
    assert smoke(*words, cwd=tmp_path)[0] == Exit.UNVERIFIED
    assert smoke(*words, cwd=tmp_path)[0] == Exit.UNVERIFIED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name one thing to test"),
        (("a", "--pack", "b"), "name one thing to test"),
        (("--pack", "PACK", "--pairs", "--all"), "exclude each other"),
        (("--pack", "PACK", "--report", "jsno=x"), "json"),
        (("--pack", "PACK", "--report", "json"), "--report json=FILE"),
        (("--pack", "PACK", "--only", "test"), "there is no step test"),
        (("--pack", "PACK", "--shard", "3/2"), "is not a shard"),
        (("--pack", "PACK", "--features", "alpha", "--all"), "leave out --all"),
        (("--pack", "PACK", "--features", "alpha", "--emit-matrix", "github"), "--emit-matrix"),
        (("--pack", "PACK", "--resources", "notes", "--first", "2"), "leave out --first"),
        ((".", "--resources", "notes"), "leave out the project"),
        ((".", "--first", "1"), "--first goes with --pack"),
        (("--pack", "PACK", "--runners", "2"), "--runners goes with --emit-matrix"),
        (("--pack", "PACK", "--shard", "1/2", "--emit-matrix", "github"), "exclude each other"),
        (("--pack", "PACK", "--workers", "-3"), "'--workers': -3 is not in the range"),
        (("--pack", "PACK", "--first", "-1"), "'--first': -1 is not in the range"),
        (("--pack", "PACK", "--logs", "/dev/null"), "/dev/null/log cannot be written"),
        (("--pack", "PACK", "--report", "json=/"), "/ cannot be written"),
        (("--pack", "PACK", "--report", "json=/dev/null/x"), "/dev/null/x cannot be written"),
        (("--pack", "PACK", "--emit-matrix", "gitlab"), "--shard I/N"),
        (("--pack", "PACK", "--features", "alfa"), "alpha"),
        (("--pack", "PACK", "--resources", "noets"), "notes"),
        (("--recipe", "nowhere.toml"), "nowhere.toml does not exist"),
        (("--recipe", "r.toml", "--all"), "--all goes with --pack"),
        ((".",), "is not a scaffold project"),
    ],
)
def test_mistakes_are_named(pack: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    program = [str(pack) if word == "PACK" else word for word in words]
    code, data, talk = smoke(*program, cwd=tmp_path)
    assert code in (Exit.USAGE, Exit.REFUSED)
    assert data == ""
    assert said in talk


def test_another_python_can_be_asked_for(pack: Path, tmp_path: Path) -> None:
    code, _, talk = smoke("--pack", pack, "--first", 1, "--python", "3.2", cwd=tmp_path)
    assert code == Exit.NOT_RUN
    assert "Python 3.2 is not installed" in talk


def test_a_table_that_names_what_does_not_exist_is_refused(pack: Path, tmp_path: Path) -> None:
    path = pack / "smoke.toml"
    sound = path.read_text()
    for old, new, said in (
        ('do = "hygiene"', 'do = "higiene"', "unknown action: higiene"),
        ('after = ["migrate"]', 'after = ["stop"]', "comes before"),
        ('needs = ["services"]', 'needs = ["mysql"]', "unknown need: mysql"),
        ('name = "drift"', 'name = "migrate"', "another step has its name"),
        ("seconds = 5", "secs = 5", "unknown key secs"),
        ("seconds = 5", 'seconds = "5"', "seconds must be a number"),
        ('do = "hygiene"', 'do = "hygiene"\nstatus = 200', "its `hygiene` does not take: status"),
        ('features = ["postgres"]', 'features = ["postgresql"]', "unknown feature"),
        ("[resources]", '[resources]\nodd = { a = ["Post title"] }', "resources.odd: app a: "),
        ("[resources]", "[resorces]\n[resources]", "unknown key resorces"),
        ("[resources]", '[variables]\nodd = "x"\n[resources]', "variables.odd must be a table"),
        ('do = "lock"', 'do = "command"', "has no command"),
        ('after = ["migrate"]', 'after = "migrate"', "must be a list"),
    ):
        assert old in sound
        path.write_text(sound.replace(old, new, 1))
        code, _, talk = smoke("--pack", pack, cwd=tmp_path)
        assert re.search(r"smoke\.toml, line \d+: ", talk), talk
        assert code == Exit.BUG
        assert said in talk


def test_json_stays_one_document_beside_the_annotations(pack: Path, tmp_path: Path) -> None:
    inject(pack, "failing test")
    only(pack, *QUICK)
    words = ("--pack", pack, "--features", "alpha,gamma", "--no-shrink", "--report", "github")
    code, data, talk = smoke(*words, "--json", cwd=tmp_path)
    assert (code, json.loads(data)["code"]) == (Exit.UNVERIFIED, Exit.UNVERIFIED)
    assert talk.startswith("::error title=tests")


def test_a_pack_whose_features_read_resources_is_proven_with_some(
    pack: Path, tmp_path: Path
) -> None:
    (pack / "smoke.toml").unlink()
    shutil.rmtree(pack / "each", ignore_errors=True)
    put(pack / "features/alpha/each/app" / BASE / "{{ app.name }}.txt", "here\n")
    code, _, talk = smoke("--pack", pack, "--features", "alpha", "--only", "render", cwd=tmp_path)
    assert code == Exit.DONE, talk
    assert "(default)" in talk


def test_any_cookiecutter_template_can_be_proven(pack: Path, tmp_path: Path) -> None:
    (pack / "smoke.toml").unlink()
    code, _, talk = smoke("--pack", pack, "--features", "", "--resources", "none", cwd=tmp_path)
    assert code == Exit.DONE, talk
    assert "5 passed" in talk
