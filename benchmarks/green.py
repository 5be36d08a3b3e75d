"""From the command to the first green test, against a floor made by hand."""

import shutil
import time
from pathlib import Path

from uv import find_uv_bin

from benchmarks.peers import install
from benchmarks.timing import Sample, once

FLOORS = {
    "flask": (
        ["flask", "pytest"],
        {
            "app.py": "from flask import Flask\n\napp = Flask(__name__)\n\n\n"
            "@app.get('/')\ndef home():\n    return 'hello'\n",
            "test_app.py": "from app import app\n\n\ndef test_home():\n"
            "    assert app.test_client().get('/').status_code == 200\n",
        },
    ),
    "django": (
        ["django>=5.2,<5.3", "pytest", "pytest-django"],
        {
            "settings.py": "SECRET_KEY = 'x'\nROOT_URLCONF = 'urls'\nALLOWED_HOSTS = ['*']\n",
            "urls.py": "from django.http import HttpResponse\nfrom django.urls import path\n\n"
            "urlpatterns = [path('', lambda request: HttpResponse('hello'))]\n",
            "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = settings\n",
            "test_app.py": (
                "def test_home(client):\n    assert client.get('/').status_code == 200\n"
            ),
        },
    ),
}
RUNS = 6  # the least of some is what the machine takes when nobody disturbs it
GOAL = {"flask": 6, "django": 6}
STAGES = ("create", "lock", "git", "install", "tests")


def report(folder: Path) -> str:
    """Measure and return the section: package caches warm, cache of ours warm."""
    tool = install("scaffold", folder / "peers") / "scaffold"
    rows = [
        "## From the command to the first green test",
        "",
        "Default recipe, package caches warm, the best of several runs. "
        "Floor: `uv venv`, the framework and pytest, one test.",
        "",
        "| pack | floor s | " + " | ".join(STAGES) + " | all s | ÷ floor | goal |",
        "|---|---|" + "---|" * len(STAGES) + "---|---|---|",
    ]
    for pack in FLOORS:
        floor = min(_floor(folder, pack).wall for _ in range(RUNS + 1))
        runs = [_scaffold(folder, tool, pack) for _ in range(RUNS + 1)][1:]
        stages = min(runs, key=lambda stages: sum(stages.values()))
        total = sum(stages.values())
        shown = " | ".join(f"{stages[name]:.2f}" for name in STAGES)
        ratio = f"{total / floor:.1f} | ≤ {GOAL[pack]}"
        rows.append(f"| {pack} | {floor:.2f} | {shown} | {total:.2f} | {ratio} |")
    return "\n".join(rows)


def _floor(folder: Path, pack: str) -> Sample:
    place = folder / "floor"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    requirements, files = FLOORS[pack]
    for name, content in files.items():
        (place / name).write_text(content)
    uv = find_uv_bin()
    quoted = " ".join(f"'{requirement}'" for requirement in requirements)
    script = (
        f"{uv} venv -q && {uv} pip install -q {quoted} && .venv/bin/python -m pytest -q test_app.py"
    )
    return once(["sh", "-c", script], place, {"VIRTUAL_ENV": str(place / ".venv")})


def _scaffold(folder: Path, tool: Path, pack: str) -> dict[str, float]:
    import json
    import subprocess

    place = folder / "shop"
    shutil.rmtree(place, ignore_errors=True)
    start = time.perf_counter()
    done = subprocess.run(
        [tool, "new", place, "--defaults", "--framework", pack, "--json"],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    whole = time.perf_counter() - start
    steps = {step["name"]: step["seconds"] for step in json.loads(done.stdout)["steps"]}
    tests = once([find_uv_bin(), "run", "--quiet", "pytest", "-q"], place, {"VIRTUAL_ENV": ""}).wall
    named = {name: steps.get(name, 0.0) for name in ("lock", "git", "install")}
    return {"create": whole - sum(named.values()), **named, "tests": tests}
