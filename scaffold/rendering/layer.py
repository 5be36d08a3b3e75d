"""A layer: one directory of templates, and what they see."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Layer:
    """One cookiecutter-rendered directory.

    Args:
        name: what an error calls it, "feature api, app blog".
        template: the folder whose content is rendered.
        context: what its templates see.
        only: the one file to render and where it goes, by default all of the folder.
    """

    name: str
    template: Path
    context: Mapping[str, Any]
    only: tuple[str, str] | None = None
