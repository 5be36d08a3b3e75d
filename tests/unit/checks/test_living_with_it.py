"""Configuration, suppressions, baseline, --since."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from scaffold.checks import CheckResult, Project, run_rules
from scaffold.checks.baseline import NAME, baseline_of, read_baseline, write_baseline
from scaffold.checks.config import read_config
from scaffold.cli import run
from scaffold.errors import Exit, UsageError
from tests.unit.checks.conftest import write
from tests.unit.checks.projects import CASES, FLASK

Captured = pytest.CaptureFixture[str]
BROKEN = CASES["relationship-without-loading"][0]
MODELS = "app/blog/models.py"
NAMED = "relationship-without-loading"


def checked(root: Path, models: str, today: date = date(2026, 1, 1)) -> CheckResult:
    files = {**FLASK, MODELS: models}
    return run_rules(Project(write(root, files)), today=today)


def commented(comment: str) -> str:
    return BROKEN[MODELS].replace('("User")', f'("User")  # {comment}')


def names(result: CheckResult) -> list[str]:
    return [one.rule.name for one in result.findings]


def configured(text: str) -> dict[str, str]:
    return {**BROKEN, "pyproject.toml": f"[tool.scaffold.check]\n{text}\n"}


# Suppressions


@pytest.mark.parametrize("word", ["SCF207", NAMED, f"SCF111, {NAMED}"])
def test_a_suppression_with_a_reason_lets_a_violation_pass(word: str, tmp_path: Path) -> None:
    result = checked(tmp_path, commented(f"scaffold: ignore[{word}]: each query decides"))
    assert names(result) == []
    assert (result.suppressed, result.code) == (1, Exit.DONE)


def test_a_comment_on_a_line_of_its_own_is_about_the_next_one(tmp_path: Path) -> None:
    above = "    # scaffold: ignore[SCF207]: each query decides\n    author"
    assert names(checked(tmp_path, BROKEN[MODELS].replace("    author", above))) == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        (f"scaffold: ignore[{NAMED}]", "needs a reason"),
        (f"scaffold: ignore[{NAMED}]: -", "needs a reason"),
        ("scaffold: ignore: I say so", "names its rules"),
        ("scaffold: ignore[everything]: I say so", "there is no rule everything"),
        (f"scaffold: ignore[{NAMED}] until tomorrow: later", "tomorrow is not a date"),
    ],
)
def test_a_suppression_that_is_wrong_suppresses_nothing(
    comment: str, message: str, tmp_path: Path
) -> None:
    result = checked(tmp_path, commented(comment))
    assert sorted(names(result)) == ["invalid-suppression", NAMED]
    assert message in next(
        one.violation.message for one in result.findings if one.rule.name != NAMED
    )


def test_a_suppression_ends_on_its_day(tmp_path: Path) -> None:
    text = commented(f"scaffold: ignore[{NAMED}] until 2026-06-30: joined in the next release")
    assert names(checked(tmp_path, text, date(2026, 6, 30))) == []
    after = checked(tmp_path, text, date(2026, 7, 1))
    assert sorted(names(after)) == ["invalid-suppression", NAMED]


def test_a_suppression_that_nothing_needs_is_reported(tmp_path: Path) -> None:
    text = FLASK[MODELS] + "# scaffold: ignore[import-cycle]: there was one\n"
    assert names(checked(tmp_path, text)) == ["unused-suppression"]


def test_the_words_in_a_string_are_no_suppression(tmp_path: Path) -> None:
    assert names(checked(tmp_path, FLASK[MODELS] + 'TEXT = "# scaffold: ignore[x]"\n')) == []


def test_a_template_suppresses_in_a_comment(tmp_path: Path) -> None:
    link = "<a href=\"{{ url_for('blog.show') }}\">"
    comment = "{# scaffold: ignore[unknown-endpoint]: an extension adds it #}"
    files = {**FLASK, "app/templates/menu.html": f"{link} {comment}\n"}
    result = run_rules(Project(write(tmp_path, files)))
    assert (names(result), result.suppressed) == ([], 1)


# Configuration


def test_levels_limits_and_paths(tmp_path: Path) -> None:
    text = f"""
exclude = ["legacy/*"]
levels = {{ {NAMED} = "note", import-cycle = "off" }}
limits = {{ module-lines = 5 }}
[tool.scaffold.check.paths]
"app/blog/*" = {{ module-lines = "off" }}
"""
    files = {**configured(text), "legacy/x.py": "x = \n"}
    root = write(tmp_path, files)
    config = read_config(root)
    result = run_rules(Project(root, config.exclude), config=config)
    assert not result.not_run
    found = {(one.rule.name, one.violation.path, one.level.value) for one in result.findings}
    assert found == {
        (NAMED, MODELS, "note"),
        ("module-lines", "app/__init__.py", "warning"),
    }


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("level = {}", "there is no key level", "did you mean levels?"),
        ('levels = { module-line = "off" }', "there is no rule module-line", "did you mean module"),
        ('levels = { module-lines = "of" }', "must be one of error, warning, note, off", "off?"),
        ("limits = { import-cycle = 1 }", "import-cycle has no limit", "only rules that count"),
        ("limits = { module-lines = 0 }", "must be a number from 1 on", ""),
        ('exclude = "legacy"', "must be a list of patterns", "exclude = ["),
        ("paths = 1", "must be a table", ""),
    ],
)
def test_a_configuration_that_is_wrong_says_where(
    text: str, message: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as error:
        read_config(write(tmp_path, configured(text)))
    assert message in error.value.message
    assert hint in error.value.hint


# Baseline


def test_old_debt_is_tolerated_and_new_debt_fails(tmp_path: Path, capsys: Captured) -> None:
    write(tmp_path, BROKEN)
    assert run(["check", str(tmp_path), "--update-baseline"]) == Exit.DONE
    assert "1 in the baseline" in capsys.readouterr().err
    moved = "# a line\n" + BROKEN[MODELS]
    write(tmp_path, {MODELS: moved})
    assert run(["check", str(tmp_path)]) == Exit.DONE
    write(tmp_path, {MODELS: moved + '    editor = db.relationship("User")\n'})
    capsys.readouterr()
    assert run(["check", str(tmp_path)]) == Exit.VIOLATIONS
    said = capsys.readouterr().out
    assert "Post.editor" in said
    assert "Post.author" not in said


def test_a_symbol_that_breaks_a_rule_once_more_fails(tmp_path: Path) -> None:
    link = '\n\ndef more():\n    url_for("blog.x")\n'
    views = "app/blog/views.py"
    root = write(tmp_path, {**FLASK, views: FLASK[views] + link})
    baseline = baseline_of(run_rules(Project(root)).findings)
    write(root, {views: FLASK[views] + link + '    url_for("blog.x")\n'})
    new, tolerated, gone = baseline.divide(run_rules(Project(root)).findings)
    assert (len(new), tolerated, gone) == (1, 1, 0)


def test_what_is_gone_is_named_and_taken_out(tmp_path: Path, capsys: Captured) -> None:
    run(["check", str(write(tmp_path, BROKEN)), "--update-baseline"])
    write(tmp_path, FLASK)
    assert run(["check", str(tmp_path)]) == Exit.DONE
    assert "1 of the baseline are gone" in capsys.readouterr().err
    assert run(["check", str(tmp_path), "--update-baseline"]) == Exit.DONE
    assert not (tmp_path / NAME).exists()


def test_a_baseline_is_the_same_after_reading_and_writing(tmp_path: Path) -> None:
    root = write(tmp_path, BROKEN)
    write_baseline(root, baseline_of(run_rules(Project(root)).findings))
    text = (root / NAME).read_text("utf-8")
    write_baseline(root, read_baseline(root))
    assert (root / NAME).read_text("utf-8") == text
    assert NAMED in text
    assert "line" not in text


@pytest.mark.parametrize("text", ["", "[]", '{"violations": {"a": 1}}'])
def test_a_damaged_baseline_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(UsageError, match="cannot be read"):
        read_baseline(tmp_path)


# Since


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose project is in a folder of it."""
    root = write(tmp_path / "repo/shop", BROKEN)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "old"]):
        subprocess.run(["git", *words], cwd=tmp_path / "repo", check=True)
    return root


def test_since_shows_what_was_no_violation_then(repository: Path, capsys: Captured) -> None:
    assert run(["check", str(repository)]) == Exit.VIOLATIONS
    assert run(["check", str(repository), "--since", "HEAD"]) == Exit.DONE
    write(repository, {"app/menu.py": "from flask import url_for\nurl_for('blog.show')\n"})
    capsys.readouterr()
    assert run(["check", str(repository), "--since", "HEAD"]) == Exit.VIOLATIONS
    said = capsys.readouterr()
    assert "unknown-endpoint" in said.out
    assert NAMED not in said.out


def test_a_revision_that_does_not_exist_is_named(repository: Path, capsys: Captured) -> None:
    assert run(["check", str(repository), "--since", "nowhere"]) == Exit.USAGE
    assert "git has no revision nowhere" in capsys.readouterr().err
