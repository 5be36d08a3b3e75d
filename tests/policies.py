"""Policies written for a test."""

from collections.abc import Callable
from pathlib import Path

HEAD = 'name = "{name}"\nowner = "the {name} team"\n'
WritePolicy = Callable[..., str]


def policy_writer(folder: Path) -> WritePolicy:
    """Return what writes a policy into a folder and returns its path; the head is written, too."""

    def write(text: str = "", name: str = "web", extends: str = "") -> str:
        folder.mkdir(exist_ok=True)
        above = f'extends = "{extends}"\n' if extends else ""
        file = folder / f"{name}.toml"
        file.write_text(f"{HEAD.format(name=name)}{above}{text}", "utf-8")
        return str(file)

    return write
