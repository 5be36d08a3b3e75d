"""What a `cookiecutter.json` may set of Jinja's environment, in packs and in templates."""

from collections.abc import Mapping
from typing import Any

from scaffold.errors import did_you_mean
from scaffold.packs.manifest import ManifestError

# What of Jinja2 and cookiecutter a pack may load; more would be any code that can be imported.
EXTENSIONS = frozenset(
    {
        *(
            f"jinja2.ext.{name}"
            for name in ("autoescape", "debug", "do", "i18n", "loopcontrols", "with_")
        ),
        *(
            f"cookiecutter.extensions.{name}Extension"
            for name in ("Jsonify", "RandomString", "Slugify", "Time", "UUID")
        ),
    }
)
# What `_jinja2_env_vars` may set, and how: delimiters and whitespace.
VARIABLES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(
        (
            f"{part}_{end}_string"
            for part in ("block", "variable", "comment")
            for end in ("start", "end")
        ),
        str,
    ),
    **dict.fromkeys(("line_statement_prefix", "line_comment_prefix"), (str, type(None))),
    **dict.fromkeys(
        ("trim_blocks", "lstrip_blocks", "keep_trailing_newline", "autoescape", "optimized"), bool
    ),
    "newline_sequence": str,
}
NEWLINES = ("\n", "\r\n", "\r")


def check_context(context: Mapping[str, Any]) -> None:
    """Refuse settings of another type than cookiecutter's.

    Raises:
        ManifestError: the message names the key.
    """
    for key, kind in (
        ("_jinja2_env_vars", dict),
        ("_extensions", list),
        ("_copy_without_render", list),
    ):
        value = context.get(key, kind())
        if not isinstance(value, kind) or (
            kind is list and not all(isinstance(item, str) for item in value)
        ):
            what = "a table" if kind is dict else "a list of strings"
            raise ManifestError(f"{key} must be {what}", keys=(key,))
    for key, value in context.get("_jinja2_env_vars", {}).items():
        if key not in VARIABLES or not isinstance(value, VARIABLES[key]):
            raise ManifestError(
                f"_jinja2_env_vars cannot set {key} to {value!r:.60}",
                did_you_mean(key, VARIABLES) or f"it may set {', '.join(VARIABLES)}",
                ("_jinja2_env_vars", key),
            )
    if context.get("_new_lines", "") not in ("", *NEWLINES):
        raise ManifestError(
            "_new_lines is not a line ending", r"it may be \n, \r\n or \r", ("_new_lines",)
        )
