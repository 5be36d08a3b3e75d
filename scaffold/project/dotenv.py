"""The `.env` of a project."""

import re
import secrets

from scaffold.errors import Exit, ScaffoldError
from scaffold.model.tree import File, Tree

PLACEHOLDER = "generate-me"


def dotenv_file(tree: Tree) -> Tree:
    """Return `.env`: the project's `.env.example` with a new secret for every placeholder.

    Raises:
        ScaffoldError: the pack renders a `.env`, which would be committed.
    """
    if ".env" in tree:
        raise ScaffoldError(
            "the pack renders .env, which must not be committed",
            "rename it to .env.example",
            Exit.BUG,
        )
    example = tree.get(".env.example")
    if example is None:
        return Tree({})
    text = re.sub(PLACEHOLDER, lambda _: secrets.token_urlsafe(48), example.content.decode())
    return Tree({".env": File(text.encode())})
