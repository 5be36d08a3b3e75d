"""What holds for every repository: locked dependencies, no secrets, no leftovers of a merge."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scaffold.checks.module import is_test
from scaffold.checks.project import ASIDE, Project
from scaffold.checks.rule import Level, Rule, Scope, Violation

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pixi.lock", "pylock.toml")
REQUIREMENTS = re.compile(r"(.*/)?(requirements[^/]*|constraints[^/]*|requirements/[^/]+)\.txt")
DEPLOYED = re.compile(  # others are for tools, tests or what is optional
    r"(.*/)?(requirements|requirements[-_./](base|common|core|main|prod\w*|deploy\w*))\.txt"
)
UNPINNED = re.compile(r"^\s*([A-Za-z0-9][\w.-]*(?:\[[\w, -]+\])?)\s*(?:[<>!~;,].*)?(?:#.*)?$")
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[\w+/=\s]{64}")
SECRETS = (
    ("an AWS access key", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    ("a GitHub token", re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b")),
    ("a GitLab token", re.compile(r"\bglpat-[\w-]{20,}\b")),
    ("a Slack token", re.compile(r"\bxox[abprs]-\d{8,}-[\w-]{10,}")),
    ("a live Stripe key", re.compile(r"\b[sr]k_live_[A-Za-z0-9]{20,}\b")),
    ("a Google API key", re.compile(r"\bAIza[\w-]{35}\b")),
    ("a private key", PRIVATE_KEY),
)
SECRET_WORDS = (
    "AKIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "glpat-",
    "xox",
    "k_live_",
    "AIza",
    "PRIVATE KEY-",
)
TEXT = (
    ".py",
    ".html",
    ".js",
    ".ts",
    ".json",
    ".toml",
    ".yaml",
    ".yml",
    ".ini",
    ".cfg",
    ".conf",
    ".env",
    ".sh",
    ".txt",
    ".pem",
    ".key",
    ".md",
    ".rst",
    ".css",
    ".sql",
)
SHOWN = 3  # names in a message
LARGEST = 500_000  # bytes of a file that is searched
SIDE_FOLDERS = ASIDE | {"fixtures", "testdata", "dev", "locale", "static", "data"}
SECRET_NAMES = re.compile(
    r"^(?:export )?(\w*(?:SECRET|PASSWORD|TOKEN|API_KEY)\w*)=(.{12,})$", re.MULTILINE
)
EXAMPLES = ("example", "sample", "template", "dist", "default")
OPENING = re.compile(r"^<{7} .*$", re.MULTILINE)
CLOSING = re.compile(r"^>{7} .*$", re.MULTILINE)


def missing_lock(project: Project, _limit: int) -> Iterator[Violation]:
    """Find dependencies whose versions nothing fixes."""
    files = set(project.files)
    if any(path.rpartition("/")[2] in LOCKS for path in files):
        return
    requirements = sorted(
        path
        for path in files
        if REQUIREMENTS.fullmatch(path) and not is_test(path)
        if not ASIDE.intersection(path.split("/")[:-1])
    )
    declared = _declared(project.pyproject)
    if _is_published(project.pyproject):
        return
    if declared and not requirements:
        message = "pyproject.toml names dependencies, and no lock file fixes their versions"
        yield Violation("pyproject.toml", message, hint="uv lock")
    if any("-c constraints" in project.read(path) for path in requirements):
        return
    for path in requirements:
        if f"{path.removesuffix('.txt')}.in" in files or not DEPLOYED.fullmatch(path):
            continue
        lines = [line for line in project.read(path).splitlines() if "==" not in line]
        if names := [found[1] for found in map(UNPINNED.match, lines) if found]:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            yield Violation(path, f"no fixed version: {', '.join(names[:SHOWN])}{more}")


def committed_secrets(project: Project, _limit: int) -> Iterator[Violation]:
    """Find keys and tokens of known services, private keys, and committed `.env` files."""
    for path in project.files:
        name = path.rpartition("/")[2]
        if is_test(path) or SIDE_FOLDERS.intersection(path.split("/")[:-1]):
            continue
        if name == ".env" or name.startswith(".env."):
            yield from _environment(project, path)
        text = project.text_with(path, *SECRET_WORDS) if name.endswith(TEXT) else ""
        if not text or len(text) > LARGEST:
            continue
        for what, pattern in SECRETS:
            if (found := pattern.search(text)) and "EXAMPLE" not in found[0].upper():
                line = text.count("\n", 0, found.start()) + 1
                hint = "make it invalid where it was issued, then read it from the environment"
                yield Violation(path, f"{what} is in the source", line, what, hint)


def merge_leftovers(project: Project, _limit: int) -> Iterator[Violation]:
    """Find markers of conflicts, and files that a patch left."""
    for path in project.files:
        if path.endswith((".rej", ".orig")):
            message = f"{path} is what a merge or a patch left"
            yield Violation(path, message, hint=f"look at it, then git rm {path}")
        elif path.endswith(TEXT):
            text = project.text_with(path, "<<<<<<< ")
            opening, closing = OPENING.search(text), CLOSING.search(text)
            if opening and closing and opening.start() < closing.start():
                line = text.count("\n", 0, opening.start()) + 1
                yield Violation(path, "a conflict of a merge is not resolved", line)


def _declared(pyproject: Mapping[str, Any]) -> bool:
    poetry = pyproject.get("tool", {}).get("poetry", {})
    return bool(pyproject.get("project", {}).get("dependencies") or poetry.get("dependencies"))


def _is_published(pyproject: Mapping[str, Any]) -> bool:
    """Return whether a project is a package for others, who choose the versions."""
    classifiers = pyproject.get("project", {}).get("classifiers", [])
    return bool(classifiers) and not any(one.startswith("Private ::") for one in classifiers)


def _environment(project: Project, path: str) -> Iterator[Violation]:
    """Find secrets in an environment file that git has."""
    if path not in project.tracked or any(word in path for word in EXAMPLES):
        return
    text = project.read(path)
    for found in SECRET_NAMES.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"{path} is committed and holds {found[1]}"
        yield Violation(path, message, line, found[1], f"git rm --cached {path}")


RULES = (
    Rule(
        "SCF404",
        "missing-lock",
        Level.WARNING,
        Scope.PROJECT,
        "The versions of the dependencies are not locked.",
        "The same commit installs other versions tomorrow, and may break without a change.",
        "Commit a lock file, or pin every version.",
        missing_lock,
        advice="A3",
    ),
    Rule(
        "SCF405",
        "committed-secret",
        Level.ERROR,
        Scope.SYMBOL,
        "A secret is committed.",
        "Everyone who has a clone has the secret, and deleting the line does not take it back.",
        "Revoke it where it was issued, and read the new one from the environment.",
        committed_secrets,
    ),
    Rule(
        "SCF408",
        "merge-leftover",
        Level.ERROR,
        Scope.FILE,
        "A merge left conflict markers or reject files.",
        "Half of the change is missing, and nothing else says so.",
        "Resolve the conflict, and delete the `.rej` and `.orig` files.",
        merge_leftovers,
    ),
)
