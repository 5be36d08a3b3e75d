"""The words of a project's decision record."""

import pytest

from scaffold.model.recipe import Recipe
from scaffold.recommendation.decision_record import decision_record
from scaffold.recommendation.questions import complete
from scaffold.recommendation.recommend import recommend


def recipe(**answers: object) -> Recipe:
    return Recipe("flask", "Acme", "acme", answers=complete(answers))


@pytest.mark.parametrize("chosen", ["Flask", "Django"])
def test_a_decision_says_the_verdict_and_what_was_chosen(chosen: str) -> None:
    said = decision_record(recipe(), chosen)
    verdict = recommend({})
    assert said["framework"] == "Django"
    assert f"Django is recommended by {verdict.margin} points." in said["sentence"]
    assert ("Flask was chosen instead." in said["sentence"]) == (chosen == "Flask")
    assert len(said["contributions"]) == len(verdict.contributions)


def test_every_point_of_advice_named_is_told_once() -> None:
    said = decision_record(recipe(stage="prototype", aim="learn"), "Flask")
    named = {row["advice"] for row in said["contributions"]}
    told = [point["name"] for point in said["points"]]
    assert told == sorted(named, key=lambda name: int(name[1:]))
    assert all(point["text"] for point in said["points"])


def test_a_tie_says_how_many_points_each_has() -> None:
    said = decision_record(recipe(team_size="medium", stage="prototype", needs=()), "Django")
    assert said["sentence"].startswith("A tie, 5 points each. In a tie Django wins")


def test_what_would_have_changed_it_is_told_choices_first() -> None:
    answers = {"experience": "flask", "stage": "product", "needs": ("api",)}
    said = decision_record(recipe(**answers), "Flask")
    verdict = recommend(answers)
    assert len(said["flips"]) == len(verdict.flips) + len(verdict.reconsider)
    assert said["flips"][0].endswith("→ Django")


@pytest.mark.parametrize(("chosen", "tool"), [("Flask", "sqlacodegen"), ("Django", "inspectdb")])
def test_an_existing_database_names_the_tool_of_the_chosen_framework(
    chosen: str, tool: str
) -> None:
    said = decision_record(recipe(database="existing", connections="many"), chosen)
    warning, note = said["caution"].split("\n\n")
    assert "ASGI" in warning
    assert tool in note
