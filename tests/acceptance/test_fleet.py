"""A fleet of projects of the real packs: checked, updated, their own quick checks run."""

import json
import shutil
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.errors import Exit
from scaffold.packs.catalog import templates_folder
from tests.fleets import branches, edit
from tests.repositories import commit, git

KINDS = ("flask", "django")
ROOT = "{=cookiecutter.project_slug=}"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """The built-in packs in a repository, as a team might keep them, with the tag v1."""
    folder = Path(shutil.copytree(templates_folder(), tmp_path / "packs"))
    commit(folder, tag="v1")
    return folder


def release(packs: Path) -> None:
    """Release the next version of both packs, with one more file."""
    for kind in KINDS:
        manifest = packs / kind / "pack.toml"
        text = manifest.read_text("utf-8")
        lines = [
            'version = "99.0"' if row.startswith("version") else row for row in text.split("\n")
        ]
        manifest.write_text("\n".join(lines), "utf-8")
        (packs / kind / ROOT / "TEAM.md").write_text("# The team\n", "utf-8")
    commit(packs, tag="v2")


def test_a_fleet_of_both_packs(
    packs: Path, work: Path, capsys: pytest.CaptureFixture[str], cold_cache: Path
) -> None:
    del cold_cache
    names = [f"acme-{kind}" for kind in KINDS]
    for kind, name in zip(KINDS, names, strict=True):
        words = ["new", f"file://{packs}@v1//{kind}", name, "--defaults", "--no-install"]
        assert run([*words, "--quiet"]) == 0
    edit(work / names[0], "README.md", "# Ours\n")
    fleet = work / "fleet.toml"
    fleet.write_text("".join(f'[[repository]]\nsource = "{name}"\n' for name in names))
    release(packs)

    run(["check", "--fleet", str(fleet), "--json"])
    rows = json.loads(capsys.readouterr().out)["repositories"]
    assert [row["frameworks"] for row in rows] == [[kind] for kind in KINDS]
    assert [row["drift"] for row in rows] == [1, 0]
    found = {one["name"] for row in rows for one in row["check"]["violations"]}
    assert found <= {"missing-lock"}  # nothing was installed

    assert run(["update", "--fleet", str(fleet), "--json"]) == Exit.DONE
    rows = json.loads(capsys.readouterr().out)["repositories"]
    assert [row["status"] for row in rows] == ["updated"] * 2
    for name in names:
        [branch] = branches(work / name)
        assert branch == "scaffold/update-99.0"
        assert git(work / name, "show", f"{branch}:TEAM.md") == "# The team"
        assert git(work / name, "show", f"{branch}:uv.lock")
    assert git(work / names[0], "show", f"{branch}:README.md") == "# Ours"
