"""The answers that a command needs: given as options, or asked for in a terminal."""

from scaffold.cli.options import Values, why_nobody_is_asked
from scaffold.errors import UsageError
from scaffold.inputs.resolve import PROJECT_KEYS
from scaffold.packs.catalog import find_pack
from scaffold.process import in_terminal
from scaffold.recommendation.questions import Question
from scaffold.recommendation.recommend import open_questions


def answered(values: Values, *, ask: bool) -> Values:
    """Return the values with an answer to every question that matters; ask if possible.

    Raises:
        UsageError: nobody can be asked; the message names what is missing.
        KeyboardInterrupt: the user quit.
    """
    missing = [question.key for question in _open_questions(values)]
    if not missing:
        return values
    if ask and in_terminal():
        from scaffold.wizard import ask_answers

        given = ask_answers(values)
        if given is None:
            raise KeyboardInterrupt
        return given
    flags = " ".join(f"--{key.replace('_', '-')}" for key in missing)
    raise UsageError(
        f"{why_nobody_is_asked()}, and no answer for: {', '.join(missing)}",
        f"give {flags}, or --defaults",
    )


def _open_questions(values: Values) -> tuple[Question, ...]:
    """Return the questions that still matter."""
    answers = {key: value for key, value in values.items() if key not in PROJECT_KEYS}
    if "framework" not in values:
        return open_questions(answers)
    pack = find_pack(values["framework"])
    return open_questions(answers, pack.name, tuple(pack.features))
