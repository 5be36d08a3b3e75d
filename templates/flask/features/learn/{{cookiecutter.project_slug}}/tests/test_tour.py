"""The tour names nothing that is not there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
START = ROOT / "docs" / "tour.md"
PAGES = [START, *sorted((ROOT / "docs" / "tour").rglob("*.md"))]
PARTS = ("Where", "Why", "It teaches", "In Django", "Exercise", "Proof")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def stops(page: Path) -> list[str]:
    return page.read_text("utf-8").partition("\n# ")[0].split("\n## ")[1:]


def item(stop: str, part: str) -> str:
    return stop.partition(f"- **{part}** ")[2].partition("\n- **")[0]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@every_page
def test_every_stop_says_what_it_must(page) -> None:
    assert stops(page)
    for stop in stops(page):
        assert all(item(stop, part) for part in PARTS), stop


@every_page
def test_every_file_is_there(page) -> None:
    for stop in stops(page):
        places = quoted(item(stop, "Where"))
        assert places
        commands = quoted(item(stop, "Proof"))
        assert commands
        words = [word for command in commands for word in command.split() if "/" in word]
        words += [text for text in quoted(stop) if text.startswith(("app/", "tests/"))]
        missing = [place for place in [*places, *words] if not (ROOT / place).exists()]
        assert not missing


@every_page
def test_every_command_is_there(page) -> None:
    targets = re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    text = page.read_text("utf-8")
    assert set(re.findall(r"`(?:\w+=\S+ )*make ([\w-]+)", text)) <= set(targets)
    for chosen in re.findall(r"`uv run pytest (\S+) -k (\w+)`", text):
        tests = (ROOT / chosen[0]).read_text("utf-8")
        assert re.search(rf"def test_\w*{chosen[1]}", tests), chosen


def test_every_page_is_linked_from_the_first() -> None:
    links = re.findall(r"\]\(([^)]+)\)", START.read_text("utf-8"))
    assert sorted(START.parent / link for link in links) == PAGES[1:]
    assert "(docs/tour.md)" in (ROOT / "README.md").read_text("utf-8")
