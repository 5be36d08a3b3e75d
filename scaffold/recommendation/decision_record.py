"""What a project's decision record says: the verdict, its reasons, what would have turned it."""

from typing import Any

from scaffold.model.recipe import Recipe
from scaffold.recommendation.recommend import Recommendation, recommend
from scaffold.recommendation.rules import ADVICE, FRAMEWORKS


def decision(recipe: Recipe, chosen: str) -> dict[str, Any]:
    """The recommendation behind a recipe, in words.

    Args:
        recipe: its answers must be complete.
        chosen: the label of the pack that was taken.

    Returns:
        `framework`, `chosen`, `sentence`, `caution`, `contributions` (question, answer, framework,
        weight, because, advice), `points` (name, text: the advice they rest on) and `flips`, one
        sentence each.
    """
    verdict = recommend(recipe.answers)
    return {
        "framework": FRAMEWORKS[verdict.framework],
        "chosen": chosen,
        "sentence": _sentence(verdict, chosen),
        "caution": verdict.caution,
        "contributions": [
            {**vars(part), "question": _words(part.question), "answer": _words(part.answer),
             "framework": FRAMEWORKS[part.framework]}
            for part in verdict.contributions
        ],
        "points": [
            {"name": name, "text": ADVICE[name]}
            for name in sorted({part.advice for part in verdict.contributions}, key=_number)
        ],
        "flips": [
            f"{_words(flip.question)}: {_words(flip.change)} → {FRAMEWORKS[flip.framework]}"
            for flip in verdict.flips
        ],
    }  # fmt: skip


def _sentence(verdict: Recommendation, chosen: str) -> str:
    label = FRAMEWORKS[verdict.framework]
    points = "point" if verdict.margin == 1 else "points"
    words = [verdict.tie or f"The answers speak for {label} by {verdict.margin} {points}."]
    if verdict.close_call:
        words.append("That is a close call.")
    if label != chosen:
        words.append(f"{chosen} was chosen all the same.")
    return " ".join(words)


def _number(name: str) -> int:
    return int(name.removeprefix("A"))


def _words(key: str) -> str:
    return key.replace("_", " ")
