"""How long until the tool answers, against bare Python, an empty typer app and the peers."""

from pathlib import Path

from benchmarks.peers import install
from benchmarks.timing import interleaved, table

EMPTY = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()\n"
RUNS = 15


def report(folder: Path) -> str:
    """Measure and return the section."""
    tools = {
        name: install(name, folder / "peers")
        for name in ("scaffold", "cookiecutter", "copier", "typer")
    }
    empty = folder / "empty.py"
    empty.write_text(EMPTY)
    python = str(tools["scaffold"] / "python")
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "scaffold --version": [str(tools["scaffold"] / "scaffold"), "--version"],
        "scaffold --help": [str(tools["scaffold"] / "scaffold"), "--help"],
        "scaffold recommend --defaults --json": [
            str(tools["scaffold"] / "scaffold"),
            "recommend",
            "--defaults",
            "--json",
        ],
        "empty typer app": [str(tools["typer"] / "python"), str(empty)],
        "cookiecutter --version": [str(tools["cookiecutter"] / "cookiecutter"), "--version"],
        "cookiecutter --help": [str(tools["cookiecutter"] / "cookiecutter"), "--help"],
        "copier --version": [str(tools["copier"] / "copier"), "--version"],
        "copier --help": [str(tools["copier"] / "copier"), "--help"],
    }
    prepared = {name: lambda line=line: (line, folder, {}) for name, line in commands.items()}
    measures = interleaved(prepared, RUNS)
    helps = measures["scaffold --help"].wall / measures["cookiecutter --help"].wall
    goals = {"scaffold --version": "≤ 2", "scaffold --help": "≤ 0.5 × cookiecutter's"}
    return "\n\n".join(
        [
            "## Start-up",
            table(measures, "python -c pass", notes=goals),
            f"`scaffold --help` takes {helps:.2f} of `cookiecutter --help`.",
        ]
    )
