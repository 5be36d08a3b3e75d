"""May this code run? Asked with the code on the screen."""

from scaffold import output as show
from scaffold.packs.sources import Source
from scaffold.packs.trust import HOOKS, Code
from scaffold.wizard import on_standard_error
from scaffold.wizard.frame import Page
from scaffold.wizard.prompts import Option, select

RUN, STOP = "run", "stop"


def ask_trust(source: Source, code: Code) -> bool:
    """Show code of a template, and ask whether it may run.

    Args:
        source: where it comes from.
        code: what would run.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    show.template_code(code)
    what = "run these hooks" if code.kind == HOOKS else "load these extensions"
    page = Page(
        help=f"They come from {source} and can do whatever you can. You are asked once for this "
        "very code.",
        back=False,
    )
    options = [Option(STOP, "No, and write nothing"), Option(RUN, f"Yes, {what}")]
    with on_standard_error():
        return bool(select(f"May the template {what}?", options, page, STOP).value == RUN)
