"""The two streams, the few styles, and what is shown while work goes on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scaffold.errors import ScaffoldError, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.segment import Segment
    from rich.text import Text

WIDTH = 100  # wider lines are hard to read
STYLES = {
    "good": "green",
    "careful": "yellow",
    "bad": "red",
    "quiet": "dim",
    "strong": "bold",
    "name": "cyan",
}
DOING = {
    "render": "Rendering the files",
    "merge": "Merging the files",
    "migration": "Writing the database migration",
    "check": "Running the quick checks",
    "write": "Writing the files",
    "hooks": "Running the template's hooks",
    "lock": "Locking the dependencies",
    "verify": "Testing the project",
    "git": "Creating the repository",
    "install": "Installing the dependencies",
}
Cell = str | tuple[str, str]  # text, or text and style


def console(*, data: bool = False) -> "Console":
    """Return a console for messages or data; plain without a terminal or with NO_COLOR."""
    from rich.console import Console
    from rich.theme import Theme

    made = Console(stderr=not data, highlight=False, markup=False, emoji=False, theme=Theme(STYLES))
    made.width = min(made.width, WIDTH)
    return made


def styled(*parts: Cell) -> "Text":
    """Text out of plain and styled parts; what a terminal would obey is shown instead."""
    from rich.text import Text

    return Text.assemble(
        *(
            printable(part) if isinstance(part, str) else (printable(part[0]), part[1])
            for part in parts
        )
    )


def counted(number: int, noun: str) -> str:
    """Return a number of things in words: "1 file", "3 files"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def line(*parts: Cell) -> None:
    """Say one line on standard error."""
    console().print(styled(*parts), soft_wrap=True)


def table(out: "Console", rows: Iterable[Sequence[Cell]], indent: int = 2) -> None:
    """Print rows as columns: all but the last as wide as they need, the last one folded."""
    from rich.padding import Padding
    from rich.segment import Segment, Segments
    from rich.table import Table

    filled = [list(row) for row in rows]
    if not filled:
        return
    grid = Table.grid(padding=(0, 2))
    for _ in filled[0][:-1]:
        grid.add_column(overflow="fold")
    grid.add_column(overflow="fold", ratio=1)
    for row in filled:
        grid.add_row(*(styled(cell) for cell in row))
    for drawn in out.render_lines(Padding(grid, (0, 0, 0, indent)), pad=False):
        out.print(Segments([*_stripped(drawn), Segment.line()]), soft_wrap=True, end="")


def _stripped(drawn: "list[Segment]") -> "list[Segment]":
    """Return a line without the blanks at its end, which would stay in a file or a copy of it."""
    while drawn and not drawn[-1].text.strip():
        drawn.pop()
    return [*drawn[:-1], *(last._replace(text=last.text.rstrip()) for last in drawn[-1:])]


def error(problem: ScaffoldError) -> None:
    """Say what went wrong and what to do about it."""
    out = console()
    out.print(styled(("error: ", "bad"), problem.message), soft_wrap=True)
    if problem.hint:
        out.print(styled(("\nhint: ", "strong"), problem.hint), soft_wrap=True)


@contextmanager
def working(message: str) -> Iterator[None]:
    """Show that something goes on; nothing of it stays."""
    with console().status(styled(message), spinner="line"):
        yield


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the current step of longer work: moving in a terminal, a line each elsewhere.

    Yields:
        What is to be called with the name of each step as it begins.
    """
    out = console()
    if not out.is_terminal:
        yield lambda name: out.print(f"{DOING.get(name, name)} …")
        return
    with out.status("", spinner="line") as status:

        def show(name: str) -> None:
            if name == "hooks":  # they may ask in the line that moves
                status.stop()
                return
            status.update(styled(f"{DOING.get(name, name)} …"))
            status.start()

        yield show
