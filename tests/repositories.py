"""Git repositories of packs and templates, made for a test."""

import subprocess
from pathlib import Path


def git(folder: Path, *words: str) -> str:
    """Run git, and return what it says."""
    done = subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "change", tag: str = "") -> str:
    """Commit everything in a folder, which becomes a repository; return the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    if tag:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD")
