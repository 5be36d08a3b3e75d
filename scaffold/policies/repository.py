"""Which repository a project is in, so that exceptions can name it."""

import re
from pathlib import Path

from scaffold import git
from scaffold.packs.sources import expand

HEAD = re.compile(r"^(?:git\+)?(?:\w+://)?(?:[^@/]*@)?", re.IGNORECASE)


def plain_address(address: str) -> str:
    """Return an address as it can be compared: host and path, however it was written.

    >>> plain_address("git@github.com:Acme/shop.git") == plain_address("gh:acme/shop")
    True
    """
    if not address:
        return ""
    whole = HEAD.sub("", expand(address)).removesuffix("/").removesuffix(".git")
    host, colon, path = whole.partition(":")
    if colon and "/" not in host and not path[:1].isdigit():
        whole = f"{host}/{path}"
    return whole.lower()


def repository_of(root: Path) -> str:
    """Return the plain address that a project's repository was cloned from; empty without one."""
    done = git.run(root, "remote", "get-url", "origin")
    return plain_address(done.output.strip()) if done.ok else ""
