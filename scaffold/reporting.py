"""What reports of any command need: a file that can be written, text that its reader accepts."""

import os
import re
from pathlib import Path

from scaffold.errors import ScaffoldError

INVALID = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd]"  # characters that XML does not allow


def check_writable(file: Path) -> None:
    """Check first that a file can be written; create its directory.

    Raises:
        ScaffoldError: it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScaffoldError(f"{file} cannot be written: {error.strerror}") from None
    if file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK):
        raise ScaffoldError(f"{file} cannot be written", "name another file")


def xml_text(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return re.sub(INVALID, "\N{REPLACEMENT CHARACTER}", text)


def github_command(kind: str, message: str, **properties: str) -> str:
    """Return a workflow command of GitHub Actions: a line that becomes an annotation.

    Args:
        kind: error, warning or notice.
        message: what is said.
        properties: its title, and the file and line that it stands beside.
    """
    values = ",".join(
        f"{name}={_escape(value).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
    )
    return f"::{kind} {values}::{_escape(message)}\n"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
