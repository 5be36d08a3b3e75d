"""`python -m tools.compare_templates`: known templates, rendered by both commands and compared.

Each template is rendered with its defaults and with two other sets of answers, by cookiecutter and
by scaffold, in the same directory one after the other. `--clones DIR` takes the repositories from
DIR/owner+name instead of the network; a word chooses templates by name.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
SECONDS = 180  # for one command
OURS = (".scaffold.toml", ".scaffold.base")
PASSED_OVER = {".git", ".venv", ".tox", "__pycache__", "node_modules"}
OTHER = {
    "project_name": "Zeta Tool",
    "full_name": "Ada Lovelace",
    "author_name": "Ada Lovelace",
    "author": "Ada Lovelace",
    "email": "ada@example.com",
}


@dataclass(frozen=True)
class Template:
    """A public template at one commit.

    Args:
        values: answers without which it renders nothing.
    """

    name: str
    commit: str
    directory: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


TEMPLATES = (
    Template("cookiecutter/cookiecutter-django", "2d3b8809f288187b3014163a3310766b5f962cf9"),
    Template(
        "cookiecutter-flask/cookiecutter-flask",
        "e5666c23a633b5b6fcb0dc2cfda2441d7f885727",
        values={"app_name": "shop"},
    ),
    Template("wemake-services/wemake-django-template", "e922ccf35666688e63e268343c8a25be771057ee"),
    Template("audreyfeldroy/cookiecutter-pypackage", "ced42cf27e20987ad5e1a315a26e89a94002ba74"),
    Template(
        "cjolowicz/cookiecutter-hypermodern-python", "af0fd99e72e3afac2dc2b20406b1bee689260be1"
    ),
    Template("ionelmc/cookiecutter-pylibrary", "609b67c6d28a467262541f890a370e08753b9b90"),
    Template("scientific-python/cookie", "a930c462a56e16decd5ddde8cb37e2c57b3f5ae5"),
    Template("drivendataorg/cookiecutter-data-science", "0f6b163cdbe3918a2c65ab57ad9fefda93976d9e"),
    Template("karec/cookiecutter-flask-restful", "07f87ded07a9f3c1b39b3755b50eab25c1b7e0e0"),
    Template("agconti/cookiecutter-django-rest", "ea011a7bed2224fa8782c213aaf2b88476ae0cb0"),
    Template("pytest-dev/cookiecutter-pytest-plugin", "8f38e95b344f07071c1adada1fe209137c7effab"),
    Template("fpgmaas/cookiecutter-uv", "8af4669d247c0c644060e0fcfaa868a895bb5931"),
    Template("fpgmaas/cookiecutter-poetry", "a7682be15043034d7216273907044038510dace3"),
    Template("pydanny/cookiecutter-djangopackage", "12c71306ad4301b3491ec2eef38e627285e3ae30"),
    Template("MolSSI/cookiecutter-cms", "70943e5cb62b7737de75c8600458dca327ade780"),
    Template(
        "woltapp/wolt-python-package-cookiecutter", "b25684a2c63387153b83a1cc03ea332be8c8279a"
    ),
    Template("TezRomacH/python-package-template", "e0921ee8ef4c78e91adca9d64fe2047619fadb89"),
    Template("jacebrowning/template-python", "73138a2c024f8fd09e39fe2e65f2fa7259d5f771"),
    Template("Buuntu/fastapi-react", "af17f2d422d0ebc5f173e83f2c6931045ab055b0"),
    Template(
        "openedx/edx-cookiecutters",
        "e7c5e68a84f2dd28e47e31964ce7688b28b93e2a",
        "cookiecutter-python-library",
    ),
    Template("kragniz/cookiecutter-pypackage-minimal", "747e53d6b01d22e281350c9205d852e03bf9d719"),
    Template("briggySmalls/cookiecutter-pypackage", "eb4c6dc92738cb198614ad8619f0a5df2e45c7ef"),
    Template("UCL-ARC/python-tooling", "36e475a03efc0f6f2fd953e75b8d8dae8ec57c1d"),
    Template(
        "sourcery-ai/python-best-practices-cookiecutter",
        "96440e3b3fe6558ba55dfe8208398128dda9b644",
    ),
    Template("napari/cookiecutter-napari-plugin", "f53390ad19294dbb1df96f09c43e32d5647fcf9a"),
    Template("lyz-code/cookiecutter-python-project", "5038109cafc914558c75a9f31f4a647d894a6ea4"),
    Template("johanvergeer/cookiecutter-poetry", "3e4d78790ef9d170a4641c624563f545064d09f7"),
    Template("hackebrot/cookiedozer", "d346bfab167a65849c853bfcb5a90ecdfbcffb33"),
    Template("nvie/cookiecutter-python-cli", "ffd2fd0ac4f09094e9bd1348f1374eae3ae3cc82"),
)


@dataclass(frozen=True)
class Place:
    """Where one template is compared: its clone, a home, the directory of the projects."""

    clone: Path
    home: Path
    work: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the two commands."""
        variables = {"HOME": str(self.home), "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig")}
        unset = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "VIRTUAL_ENV")
        inherited = {key: value for key, value in os.environ.items() if key not in unset}
        try:
            return subprocess.run(
                [BIN / words[0], *words[1:]],
                cwd=self.work,
                env={**inherited, **variables},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(words, 124, "", "it takes too long")

    def made(self, *words: str) -> tuple[dict[str, Any], str]:
        """Run a command; return the tree that it makes, or why it makes none."""
        done = self.run(*words)
        entries = list(self.work.iterdir())
        found = tree(entries[0]) if len(entries) == 1 and done.returncode == 0 else {}
        for entry in entries:
            shutil.rmtree(entry, ignore_errors=True)
        output = (done.stderr + done.stdout).strip().splitlines()
        errors = [line for line in output if "rror" in line] or output or [""]
        return found, "" if found else errors[-1 if words[0] == "cookiecutter" else 0]


def main(words: list[str]) -> None:
    """Compare the templates that are named, or all."""
    clones = words[words.index("--clones") + 1] if "--clones" in words else ""
    wanted = [word for word in words if word not in ("--clones", clones)]
    print("| template | commit | answers | files | result |\n|---|---|---|---|---|")
    for template in TEMPLATES:
        if wanted and not any(word in template.name for word in wanted):
            continue
        with tempfile.TemporaryDirectory(prefix="templates-") as folder:
            place = prepared(template, Path(folder), clones)
            for answers, values in answer_sets(place.clone).items():
                files, result = compared(place, {**template.values, **values})
                row = (template.name, template.commit[:9], answers, str(files), result)
                print(f"| {' | '.join(row)} |", flush=True)


def prepared(template: Template, folder: Path, clones: str) -> Place:
    """Clone a template at its commit."""
    source = f"https://github.com/{template.name}.git"
    if clones:
        source = str(Path(clones, template.name.replace("/", "+"), "repo"))
    for name in ("home", "work"):
        (folder / name).mkdir()
    (folder / "home/gitconfig").write_text("[user]\nname = A\nemail = a@example.com\n")
    clone = folder / template.name.rpartition("/")[2]
    subprocess.run(["git", "clone", "--quiet", source, clone], check=True)
    subprocess.run(["git", "-C", clone, "checkout", "--quiet", template.commit], check=True)
    return Place(clone / template.directory, folder / "home", folder / "work")


def answer_sets(clone: Path) -> dict[str, dict[str, str]]:
    """Return the defaults, and two other sets of answers."""
    settings = json.loads((clone / "cookiecutter.json").read_text("utf-8"))
    asked = {key: value for key, value in settings.items() if not key.startswith("_")}
    second = {key: OTHER[key] for key in asked if key in OTHER}
    return {
        "defaults": {},
        "last": dict(changed(asked, -1)),
        "second": {**dict(changed(asked, 1)), **second},
    }


def changed(asked: dict[str, Any], place: int) -> Iterator[tuple[str, str]]:
    """Yield other answers: of choices the last or the second, of yes and no the opposite."""
    for key, value in asked.items():
        if isinstance(value, list) and len(value) > 1 and "{{" not in str(value[place]):
            yield key, str(value[place])
        elif isinstance(value, bool):
            yield key, "no" if value else "yes"
        elif value in ("y", "n", "yes", "no") and place == -1:
            yield key, {"y": "n", "n": "y", "yes": "no", "no": "yes"}[value]


def compared(place: Place, values: dict[str, str]) -> tuple[int, str]:
    """Return how many files both commands make, and how they differ."""
    pairs = [f"{key}={value}" for key, value in values.items()]
    words = [word for pair in pairs for word in ("-d", pair)]
    theirs = ("cookiecutter", str(place.clone), "--no-input", *pairs)
    ours = ("scaffold", "new", str(place.clone), "-q", "--defaults", "--no-git", "--trust", *words)
    first, why = place.made(*theirs)
    found, our_why = place.made(*ours)
    note = ""
    if not first and not found and (place.clone / "hooks").is_dir():
        note = f", without hooks, which fail in both: {why[:80]}"
        shutil.move(place.clone / "hooks", place.home / "hooks")
        first, why = place.made(*theirs)
        found, our_why = place.made(*ours)
        shutil.move(place.home / "hooks", place.clone / "hooks")
    if not first or not found:
        return len(first), f"cookiecutter: {why or 'fine'}; scaffold: {our_why or 'fine'}"
    paths = sorted(path for path in {*first, *found} if first.get(path) != found.get(path))
    if paths:
        again, _ = place.made(*theirs)
        volatile = [path for path in paths if again.get(path) != first.get(path)]
        left = [path for path in paths if path not in volatile]
        words_ = [f"differs in {', '.join(left[:5])}"] if left else []
        words_ += [f"random in {', '.join(volatile[:5])}"] if volatile else []
        return len(first), f"{'; '.join(words_)}{note}"
    return len(first), f"the same{note}"


def tree(folder: Path) -> dict[str, Any]:
    """Return every file with its content and executable bit, every link and directory."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if PASSED_OVER & set(name.parts) or name.as_posix() in OURS:
            continue
        if path.is_symlink():
            found[name.as_posix()] = str(path.readlink())
        elif path.is_dir():
            found[name.as_posix()] = None
        else:
            found[name.as_posix()] = (path.read_bytes(), os.access(path, os.X_OK))
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
