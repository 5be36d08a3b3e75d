"""The tools compared with, each in an environment of its own; and a template of the same files."""

import json
import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

PEERS = {
    "cookiecutter": ["cookiecutter>=2.7,<3"],
    "copier": ["copier>=9.19,<10"],
    "cruft": ["cruft>=2.16,<3"],
    "typer": ["typer>=0.26,<0.29"],
    "scaffold": [],
}


def install(name: str, folder: Path) -> Path:
    """Make an environment with one tool in it and return its folder of programs.

    Args:
        name: one of PEERS; `scaffold` is this checkout, built as a wheel.
        folder: where environments are kept for the run.
    """
    place = folder / name
    uv = find_uv_bin()
    if not place.exists():
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, place], check=True)
        wanted = PEERS[name] or [str(Path(__file__).parent.parent)]
        python = place / "bin/python"
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *wanted], check=True)
        subprocess.run([python, "-m", "compileall", "-qq", place / "lib"], check=False)
    return place / "bin"


def template(folder: Path, count: int) -> Path:
    """Write one template in the forms of scaffold, cookiecutter and copier.

    About 200 lines a file, 26 of them with markup; one file in thirty binary, one without markup,
    two with a templated name; eight templates share a directory.

    Returns:
        A folder with `pack/` (scaffold and cookiecutter) and `copier/`.
    """
    pack, copier = folder / "pack", folder / "copier"
    questions = {
        "project_name": "Acme",
        "project_slug": "acme",
        "description": "A web application.",
    }
    inside = pack / "{{cookiecutter.project_slug}}"
    inside.mkdir(parents=True)
    (pack / "cookiecutter.json").write_text(json.dumps(questions))
    copier.mkdir()
    asked = {key: {"type": "str", "default": value} for key, value in questions.items()}
    (copier / "copier.yml").write_text(json.dumps({"_subdirectory": "files", **asked}))
    for number in range(count):
        name, content = _file(number)
        for root, prefix, tail in ((inside, "cookiecutter.", ""), (copier / "files", "", ".jinja")):
            marked = b"@@" in content
            path = root / name.replace("@@", "{{" + prefix + "project_slug}}")
            path = path.with_name(path.name + (tail if marked else ""))
            path.parent.mkdir(parents=True, exist_ok=True)
            filled = content
            for key in questions:
                filled = filled.replace(f"@@{key}@@".encode(), f"{{{{ {prefix}{key} }}}}".encode())
            path.write_bytes(filled)
    return folder


def _file(number: int) -> tuple[str, bytes]:
    place = f"part{number // 8}/"
    kind = number % 30
    if kind == 0:
        return f"{place}image{number}.bin", bytes(range(256)) * 8
    if kind == 1:
        lines = [f"line {line} of a file without markup" for line in range(200)]
        return f"{place}plain{number}.txt", "\n".join(lines).encode() + b"\n"
    words = ("project_name", "project_slug", "description")
    lines = [
        f"{line} of @@{words[line % 3]}@@" if line % 8 == 0 else f"line {line}, as it stands"
        for line in range(200)
    ]
    stem = "@@_" if kind in (2, 3) else ""
    return f"{place}{stem}text{number}.txt", "\n".join(lines).encode() + b"\n"
