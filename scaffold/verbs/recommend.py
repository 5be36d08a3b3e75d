"""`scaffold recommend`: answers in, Flask or Django with the reasons out."""

from scaffold.errors import UsageError
from scaffold.questions import Answers, complete, relevant
from scaffold.recommend import Recommendation
from scaffold.recommend import recommend as weigh


def recommend(answers: Answers, *, defaults: bool = False) -> Recommendation:
    """Recommend a framework for what was said.

    Args:
        answers: answers by question key, checked or as they were typed.
        defaults: let questions without an answer count with their default.

    Raises:
        UsageError: an unknown question or answer, or one is missing without `defaults`.
    """
    complete(answers)  # a mistyped answer is named before a missing one
    missing = () if defaults else relevant(answers)
    if missing:
        flags = " ".join(f"-d {asked.example}" for asked in missing)
        raise UsageError(
            f"not answered: {', '.join(asked.key for asked in missing)}",
            f"say, for example, {flags}; or --defaults for the rest",
        )
    return weigh(answers)
