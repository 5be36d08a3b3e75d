"""The tour names nothing that is not there."""

import re
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).resolve().parent.parent
START = ROOT / "docs" / "tour.md"
PAGES = [START, *sorted((ROOT / "docs" / "tour").rglob("*.md"))]
OTHER = "{{ 'Flask' if cookiecutter._decision.chosen == 'Django' else 'Django' }}"
PARTS = ("Where", "Why", "It teaches", f"In {OTHER}", "Exercise", "Proof")
FOLDERS = [path.name for path in ROOT.iterdir() if path.is_dir()]
NAME = re.compile(rf"({'|'.join(FOLDERS)})(\.\w+)*\.(?!py$)\w+")
COMMAND = re.compile(r"uv run (pytest|lint-imports|python manage\.py|flask)|make [\w-]+")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def stops(page: Path) -> list[str]:
    return page.read_text("utf-8").partition("\n# ")[0].split("\n## ")[1:]


def item(stop: str, part: str) -> str:
    return stop.partition(f"- **{part}** ")[2].partition("\n- **")[0]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@every_page
def test_every_stop_says_what_it_must(page: Path) -> None:
    assert stops(page)
    for stop in stops(page):
        assert all(item(stop, part) for part in PARTS), stop
        assert any(COMMAND.match(text) for text in quoted(item(stop, "Proof"))), stop


@every_page
def test_every_file_is_there(page: Path) -> None:
    for stop in stops(page):
        places = quoted(item(stop, "Where"))
        assert places
        words = [word for text in quoted(stop) for word in text.split()]
        places += [word for word in words if word.partition("/")[0] in FOLDERS]
        assert not [place for place in places if not (ROOT / place).exists()]


@every_page
def test_every_name_is_there(page: Path) -> None:
    for text in quoted(page.read_text("utf-8")):
        if NAME.fullmatch(text):
            assert resolve_name(text)


@every_page
def test_every_command_is_there(page: Path) -> None:
    targets = re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    text = page.read_text("utf-8")
    assert set(re.findall(r"`(?:\w+=\S+ )*make ([\w-]+)", text)) <= set(targets)
    for place, part in re.findall(r"`uv run pytest (\S+) -k (\w+)`", text):
        chosen = ROOT / place
        files = [chosen] if chosen.is_file() else list(chosen.rglob("test_*.py"))
        tests = "\n".join(file.read_text("utf-8") for file in files)
        assert re.search(rf"def test_\w*{part}", tests), (place, part)


def test_every_page_is_linked_from_the_first() -> None:
    links = re.findall(r"\]\(([^)]+)\)", START.read_text("utf-8"))
    assert sorted(START.parent / link for link in links) == PAGES[1:]
    assert "(docs/tour.md)" in (ROOT / "README.md").read_text("utf-8")
