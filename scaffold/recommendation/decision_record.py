"""What a project's decision record says: the verdict, its reasons, what would have changed it."""

from typing import Any

from scaffold.model.recipe import Recipe
from scaffold.recommendation.recommend import Recommendation, recommend
from scaffold.recommendation.rules import ADVICE, FRAMEWORKS


def decision_record(recipe: Recipe, chosen: str) -> dict[str, Any]:
    """Return the recommendation behind a recipe, in words.

    Args:
        recipe: its answers must be complete.
        chosen: the label of the pack that was taken.

    Returns:
        `framework`, `chosen`, `sentence`, `caution` (warnings, and what to do next with the chosen
        framework), `contributions` (question, answer, framework, weight, because, advice), `points`
        (name, text: the advice they rest on) and `flips`, one sentence each.
    """
    verdict = recommend(recipe.answers)
    notes = [note.text for note in verdict.notes if FRAMEWORKS[note.framework] == chosen]
    return {
        "framework": FRAMEWORKS[verdict.framework],
        "chosen": chosen,
        "sentence": _sentence(verdict, chosen),
        "caution": "\n\n".join(filter(None, (verdict.caution, *notes))),
        "contributions": [
            {
                **vars(part),
                "question": _words(part.question),
                "answer": _words(part.answer),
                "framework": FRAMEWORKS[part.framework],
            }
            for part in verdict.contributions
        ],
        "points": [
            {"name": name, "text": ADVICE[name]}
            for name in sorted({part.advice for part in verdict.contributions}, key=_number)
        ],
        "flips": [
            f"{_words(flip.question)}: {_words(flip.change)} → {FRAMEWORKS[flip.framework]}"
            for flip in (*verdict.flips, *verdict.reconsider)
        ],
    }


def _sentence(verdict: Recommendation, chosen: str) -> str:
    label = FRAMEWORKS[verdict.framework]
    if verdict.tie:
        words = [f"A tie, {_points(verdict.points)} each. {verdict.tie}"]
    else:
        words = [f"{label} is recommended by {_points(verdict.margin)}."]
        words += ["That is a close call."] if verdict.close_call else []
    if label != chosen:
        words.append(f"{chosen} was chosen instead.")
    return " ".join(words)


def _points(number: int) -> str:
    return "1 point" if number == 1 else f"{number} points"


def _number(name: str) -> int:
    return int(name.removeprefix("A"))


def _words(key: str) -> str:
    return key.replace("_", " ")
