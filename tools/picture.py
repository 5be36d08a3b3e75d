"""`python -m tools.picture`: draw the wizard's review page, as a terminal shows it."""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs/wizard.svg"
COLUMNS, LINES = 96, 58
KEYS = (
    ("Down", "Down", "Enter"),
    ("Acme Shop", "Enter"),
    ("catalog", "Enter"),
    ("Enter",),
    ("Enter",),
)


def main() -> None:
    """Drive the wizard in tmux and write its last screen as SVG."""
    from rich.console import Console
    from rich.text import Text

    with tempfile.TemporaryDirectory() as folder:
        tmux = ["tmux", "-S", f"{folder}/tmux", "-f", "/dev/null"]
        scaffold = Path(sys.executable).with_name("scaffold")
        size = ["-x", str(COLUMNS), "-y", str(LINES)]
        start = f"cd {folder}; TERM=xterm-256color {scaffold} new --slug acme-shop"
        subprocess.run([*tmux, "new-session", "-d", "-s", "t", *size, start], check=True)
        for keys in KEYS:
            time.sleep(2)
            for key in keys:
                subprocess.run([*tmux, "send-keys", "-t", "t", key], check=True)
        time.sleep(3)
        shown = subprocess.run(
            [*tmux, "capture-pane", "-e", "-p", "-t", "t"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.replace(folder, "~")
        subprocess.run([*tmux, "kill-server"], check=True)
    with Path("/dev/null").open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(shown.rstrip()))
        drawing = console.export_svg(title="scaffold new")
    local = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)  # fonts of other hosts
    PAGE.write_text("\n".join(line.rstrip() for line in local.splitlines()) + "\n")


if __name__ == "__main__":
    main()
