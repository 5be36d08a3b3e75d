"""What a template imports beside a user's names must not be a name a user may choose."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.model.fields.name_rules import field_name_problem, resource_name_problem

TEMPLATES = Path(__file__).parents[2] / "templates"
IMPORT = re.compile(r"^(?:from (?!__future__)[\w.]+ )?import (\([^)]*\)|.*)$", re.MULTILINE)
# Their classes have an attribute for each field, which hides what was imported.
CLASS_BODIES = re.compile(r"(models|forms|schemas|serializers|filters|factories|admin)")


def imported(text: str) -> Iterator[str]:
    """List the names that a module's imports bind, but for those that hold a `{{`."""
    for match in IMPORT.finditer(text):
        for part in re.sub(r"#.*|[()]", "", match[1]).split(","):
            name = part.split(" as ")[-1].strip().partition(".")[0]
            if name and "{{" not in part:
                yield name


def clashes(path: Path, text: str) -> list[str]:
    """List imported names that a resource, or in a class body a field, could take."""
    names = list(imported(text))
    found = [name for name in names if resource_name_problem(name) is None]
    if CLASS_BODIES.search(path.name):
        found += [name for name in names if field_name_problem(name) is None]
    return found


def test_imports_are_found() -> None:
    text = "import os.path\nfrom a.b import (\n    One,\n    two as Three,  # why\n)\n"
    text += "from c import {{ x }}, four\n"
    assert list(imported(text)) == ["os", "One", "Three", "four"]
    assert clashes(Path("views.py"), text) == ["One", "Three"]
    assert clashes(Path("models.py"), text) == ["One", "Three", "os", "four"]


@pytest.mark.parametrize("pack", ["flask", "django", "shared"])
def test_templates_import_no_name_a_user_may_choose(pack: str) -> None:
    """Import such a name by its module (`validators.Length`), or refuse it in `words.py`."""
    found = {
        str(path.relative_to(TEMPLATES)): names
        for path in (TEMPLATES / pack).rglob("*.py")
        if "each" in path.parts and (names := clashes(path, path.read_text(encoding="utf-8")))
    }
    assert found == {}
