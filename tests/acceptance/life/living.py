"""A project that lives: its user writes, scaffold changes it, and what holds after every step."""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from scaffold.errors import Exit
from tests.projects import check, environment, run

PROOF = bool(os.environ.get("SCAFFOLD_PROOF"))  # everything after every step
DRIFT = {
    True: ("alembic", "check"),
    False: ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
}

OWN_TESTS = {
    "flask": "app/blueprints/blog/tests/test_public.py",
    "django": "apps/blog/tests/test_public.py",
}


class Life:
    """One project, what its user wrote into it, and the pack it follows.

    Args:
        root: where the project is, or will be.
        pack: the pack's name.
    """

    def __init__(self, root: Path, pack: str) -> None:
        self.root, self.pack = root, pack
        self.begun = time.monotonic()
        self.pack_folder: Path | None = None  # once it is not the built-in one
        self.lines: Counter[str] = Counter()  # lines of the user's, anywhere in the project
        self.words: dict[str, set[str]] = {}  # of the user's, by file, in lines of the template
        self.edited: set[str] = set()  # files of the template

    @property
    def flask(self) -> bool:
        """Which of the two frameworks it is."""
        return self.pack == "flask"

    def born(self, *options: str) -> None:
        """Create it, with its environment, a database and demo data."""
        words = ["new", str(self.root), "-y", "-q", "--name", "Bookstall", *options]
        self._scaffold(self.root.parent, [*words, "--framework", self.pack], Exit.DONE)
        check(run(self.root, "make", "setup", "seed"))

    def scaffold(self, *words: str, code: int = Exit.DONE) -> str:
        """Run a command in the project; return what it said."""
        more = ["--pack", str(self.pack_folder)] if self.pack_folder else []
        return self._scaffold(self.root, [*words, *more], code)

    def _scaffold(self, folder: Path, words: list[str], code: int) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "scaffold", *words],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        said = f"scaffold {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert done.returncode == code, said
        return done.stdout if "--json" in words else said

    def edit(self, path: str, *changes: tuple[str, str]) -> None:
        """Replace texts that occur once in a file of the template."""
        before = text = (self.root / path).read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{path} has {text.count(old)} times:\n{old}\n{text}"
            text = text.replace(old, new)
        self._save(path, before, text)

    def append(self, path: str, text: str) -> None:
        """Write at the end of a file of the template."""
        before = (self.root / path).read_text("utf-8")
        self._save(path, before, before + text)

    def _save(self, path: str, before: str, after: str) -> None:
        (self.root / path).write_text(after, "utf-8")
        old, new = before.splitlines(), after.splitlines()
        for act, low, high, start, end in SequenceMatcher(None, old, new).get_opcodes():
            if act == "insert":
                self.lines += Counter(lines_of(new[start:end]))
            elif act == "replace":
                added = words_of(new[start:end]) - words_of(old[low:high])
                self.words.setdefault(path, set()).update(added)
        self.edited.add(path)

    def write(self, path: str, text: str) -> None:
        """Write a file of the user's own."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")
        self.lines += Counter(lines_of(text.splitlines()))

    def make(self, *words: str) -> str:
        """Run a target of the project's Makefile."""
        return check(run(self.root, "make", *words))

    def git(self, *words: str) -> str:
        """Run git in the project."""
        return check(run(self.root, "git", *words))

    def commit(self, message: str) -> None:
        """Commit all there is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)

    def holds(self, step: str, *, tests: bool = PROOF, checks: bool = PROOF) -> None:
        """Check what has to hold after every step, then commit.

        Args:
            step: what was done.
            tests: whether all tests of the project run, always in the long form; else the user's.
            checks: whether `make check` does; always in the long form.
        """
        print(f"{time.monotonic() - self.begun:.0f} s: {step}", flush=True)
        self.keeps_what_was_written(step)
        self.differs_where_edited(step)
        self.make("migrate")  # the database of development, with its rows; refuses two heads
        if tests:
            self.uv_run(*DRIFT[self.flask])
            self.make("test")
        else:
            self.uv_run("pytest", "-q", OWN_TESTS[self.pack])
        if checks:
            self.make("check")
        self.commit(step)
        assert self.git("status", "--porcelain") == ""

    def keeps_what_was_written(self, step: str) -> None:
        """Every line of the user's is still there, and in each changed line what they wrote."""
        texts = {path: path.read_text("utf-8") for path in self.text_files()}
        found = Counter(line for text in texts.values() for line in lines_of(text.splitlines()))
        lost = {line: times for line, times in self.lines.items() if found[line] < times}
        assert not lost, f"lost by {step}: {lost}"
        for path, words in self.words.items():
            gone = words - words_of(texts[self.root / path].splitlines())
            assert not gone, f"lost from {path} by {step}: {gone}"

    def moved(self, old: str, new: str) -> None:
        """Follow a file that the pack moved."""
        self.edited ^= {old, new}
        if old in self.words:
            self.words[new] = self.words.pop(old)

    def differs_where_edited(self, step: str) -> None:
        """`scaffold diff` names the files that were edited, and no others."""
        found = {row["template_path"] for row in json.loads(self.scaffold("diff", "--json"))}
        assert found == self.edited, step

    def text_files(self) -> list[Path]:
        """The files that git knows or would add, and `.env`."""
        listed = self.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        binary = {".woff2", ".ico", ".png", ".base", ".lock"}
        found = [self.root / name for name in {*listed.split("\0"), ".env"} if name]
        return [path for path in found if path.is_file() and path.suffix not in binary]

    def uv_run(self, *command: str) -> str:
        """Run a program of the project's environment."""
        variables = {} if self.flask else {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
        return check(run(self.root, "uv", "run", "--quiet", *command, **variables))


def lines_of(lines: list[str]) -> list[str]:
    """Lines as their author would look for them: without indentation, none that are empty."""
    return [line.strip() for line in lines if len(line.strip()) > 1]


def words_of(lines: list[str]) -> set[str]:
    """The words of some lines."""
    return {word for line in lines for word in re.findall(r"\w+", line)}
