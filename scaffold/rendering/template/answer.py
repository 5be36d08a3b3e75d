"""What the worker answers about a cookiecutter template: its questions, or all that it renders."""

import os
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.model.template import Hook, TemplateRequest
from scaffold.packs.pack_files import PackFiles
from scaffold.rendering.sandbox import sandbox
from scaffold.rendering.template.context import (
    Context,
    as_plain,
    build_context,
    nested_template,
)
from scaffold.rendering.template.files import TemplateRenderer, render_hooks


def answer_request(
    request: TemplateRequest, stage: str, watch: Callable[[str], None]
) -> dict[str, Any]:
    """Do what was asked of the worker.

    Args:
        request: the template, and the values for it.
        stage: "questions" or "render".
        watch: called with what comes next.

    Returns:
        Plain values, as `client` reads them. After code of the template was
        loaded, the worker is not to be used again.

    Raises:
        ScaffoldError: the template is broken, or a value does not fit.
    """
    watch("cookiecutter.json")
    with _own_modules(request):
        nested, asked = nested_template(request, _sandboxed)
        if nested:
            return {"nested": nested, "questions": as_plain(asked), "healthy": not request.trusted}
        context, asked = build_context(request, _sandboxed)
        answer: dict[str, Any] = {
            "nested": "",
            "questions": as_plain(asked),
            "notes": asked.notes,
        }
        if stage == "render":
            answer |= _render(request, context, watch)
    return {**answer, "healthy": not request.trusted}


def _render(
    request: TemplateRequest, context: Context, watch: Callable[[str], None]
) -> dict[str, Any]:
    import cookiecutter
    import jinja2

    folder, files = Path(request.folder), PackFiles((Path(request.root),))
    values = dict(context["cookiecutter"])
    renderer = TemplateRenderer(folder, context, files, watch)
    name = renderer.name()
    # Extensions may ask git about the template: the directory is as cookiecutter has it.
    _go(request, folder)
    before = render_hooks(folder, "pre_gen_project", context, files)
    _go(request, renderer.template)
    tree, folders = renderer.render_all()
    watch("the hooks")
    _go(request, folder)
    after = render_hooks(folder, "post_gen_project", context, files)
    return {
        "name": name,
        "files": {
            path: [file.executable, b64encode(file.content).decode()] for path, file in tree.items()
        },
        "folders": list(folders),
        "before": _plain(before),
        "after": _plain(after),
        "values": values,
        "tools": {tool.__name__: tool.__version__ for tool in (cookiecutter, jinja2)},
    }


def _go(request: TemplateRequest, folder: Path) -> None:
    """Change the directory for code of the template; this process ends after it."""
    if request.trusted:
        os.chdir(folder)


def _plain(hooks: list[Hook]) -> list[tuple[str, str]]:
    return [(hook.name, b64encode(hook.content).decode()) for hook in hooks]


def _sandboxed(context: Context) -> Any:  # noqa: ANN401 - jinja2 is imported late
    own = context["cookiecutter"]
    return sandbox(own, own.get("_jinja2_env_vars", {}))


@contextmanager
def _own_modules(request: TemplateRequest) -> Iterator[None]:
    """Let a template that is trusted import what lies beside its `cookiecutter.json`."""
    from cookiecutter.exceptions import UnknownExtension

    if request.trusted:
        sys.path += [request.folder]
    try:
        yield
    except UnknownExtension as error:
        raise ScaffoldError(
            f"the template needs an extension that is not installed: {error}",
            "install its package where scaffold is: uv tool install … --with PACKAGE",
        ) from None
