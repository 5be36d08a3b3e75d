"""Policies written for a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

HEAD = 'name = "{name}"\nowner = "the {name} team"\n'
WritePolicy = Callable[..., str]


@pytest.fixture
def write_policy(tmp_path: Path) -> WritePolicy:
    """Write a policy and return its path; the head is written for it."""

    def write(text: str = "", name: str = "web", extends: str = "") -> str:
        folder = tmp_path / "policies"
        folder.mkdir(exist_ok=True)
        above = f'extends = "{extends}"\n' if extends else ""
        file = folder / f"{name}.toml"
        file.write_text(f"{HEAD.format(name=name)}{above}{text}", "utf-8")
        return str(file)

    return write
