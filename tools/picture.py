"""`python -m tools.picture`: draw the wizard's review page at two widths, light and dark."""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
WIDTHS, LINES = (80, 60), 24
PATIENCE = 60  # seconds until a question must be there
# What the screen shows, and what is typed then.
DIALOGUE = (
    ("How do you want to start?", ("Down", "Down", "Enter")),
    ("What is the project called?", ("Acme Shop", "Enter")),
    ("Which apps does it have?", ("catalog", "Enter")),
    ("What does catalog store?", ("Enter",)),
    ("Which framework do you want?", ("Enter",)),
    ("Write it?", ()),
)


def main() -> None:
    """Drive the wizard in tmux and write its last screen as SVG, for each width and theme."""
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME

    for width in WIDTHS:
        screen = _last_screen(width)
        for name, theme in (("dark", SVG_EXPORT_THEME), ("light", DEFAULT_TERMINAL_THEME)):
            file = DOCS / "pictures" / f"wizard-{width}-{name}.svg"
            file.write_text(_drawing(screen, width, theme), encoding="utf-8")


def _last_screen(width: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        tmux = ["tmux", "-S", f"{folder}/tmux", "-f", "/dev/null"]
        scaffold = Path(sys.executable).with_name("scaffold")
        size = ["-x", str(width), "-y", str(LINES)]
        start = f"cd {folder}; TERM=xterm-256color {scaffold} new --slug acme-shop"
        subprocess.run([*tmux, "new-session", "-d", "-s", "t", *size, start], check=True)
        try:
            for question, keys in DIALOGUE:
                _wait(tmux, question)
                for key in keys:
                    subprocess.run([*tmux, "send-keys", "-t", "t", key], check=True)
            return _screen(tmux, "-e").replace(folder, "~")
        finally:
            subprocess.run([*tmux, "kill-server"], check=True)


def _wait(tmux: list[str], text: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while text not in _screen(tmux):
        if time.monotonic() > deadline:
            raise TimeoutError(f"the screen never showed {text!r}:\n{_screen(tmux)}")
        time.sleep(0.2)
    time.sleep(0.5)  # until all of it is drawn


def _screen(tmux: list[str], *options: str) -> str:
    command = [*tmux, "capture-pane", *options, "-p", "-t", "t"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _drawing(screen: str, width: int, theme: object) -> str:
    from rich.console import Console
    from rich.text import Text

    with Path("/dev/null").open("w") as nowhere:
        console = Console(record=True, width=width, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(screen.rstrip()))
        drawing = console.export_svg(title="scaffold new", theme=theme)
    local = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)  # fonts of other hosts
    return "\n".join(line.rstrip() for line in local.splitlines()) + "\n"


if __name__ == "__main__":
    main()
