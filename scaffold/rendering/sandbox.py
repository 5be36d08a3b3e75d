"""Cookiecutter's template environment inside Jinja's sandbox."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from cookiecutter.environment import StrictEnvironment
from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.sandbox import SandboxedEnvironment

from scaffold.errors import PackError
from scaffold.packs.pack_files import TEMPLATE_BYTES, PackFiles


class _LateFinder(MetaPathFinder):
    """Finds arrow, which then is loaded when it is first used.

    Cookiecutter's extension for the time of day imports it, and few templates ask for that.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the module is."""
        spec = PathFinder.find_spec(fullname, path, target) if fullname == "arrow" else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec


sys.meta_path.insert(0, _LateFinder())


class Sandbox(StrictEnvironment, SandboxedEnvironment):  # type: ignore[misc]  # untyped
    """Cookiecutter's extensions and strictness; no private attribute, no unsafe call.

    Templates may change the lists and dictionaries they see, as cookiecutter's can: many public
    templates append to a list.
    """


def sandbox(settings: Mapping[str, Any], variables: Mapping[str, Any]) -> Environment:
    """Make the environment of one pack.

    Args:
        settings: the content of its `cookiecutter.json`.
        variables: the arguments of the environment.
    """
    made: Environment = Sandbox(
        context={"cookiecutter": settings}, **{"keep_trailing_newline": True, **variables}
    )
    return made


class PackLoader(BaseLoader):
    """Jinja's loader over folders of a pack; follows no link out of it.

    Args:
        files: the pack's files.
        folders: where templates are looked up, in order.
    """

    def __init__(self, files: PackFiles, folders: Sequence[Path]) -> None:
        self.files = files
        self.folders = folders
        self.known: dict[str, str] = {}

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's interface
        template: str,
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """Return a template's text and path.

        Raises:
            TemplateNotFound: there is no such file in the folders.
        """
        pieces = split_template_path(template)
        if template in self.known:
            return self.known.pop(template), str(self.folders[0].joinpath(*pieces)), None
        for folder in self.folders:
            path = folder.joinpath(*pieces)
            if path.exists() or path.is_symlink():
                content = self.files.read(path, TEMPLATE_BYTES)
                try:
                    return content.decode(), str(path), None
                except UnicodeDecodeError:
                    raise PackError(path, "is included, but is not UTF-8 text") from None
        raise TemplateNotFound(template, f"{template!r} not found in the pack")
