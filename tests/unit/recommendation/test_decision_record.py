import pytest

from scaffold.inputs.resolve import settle
from scaffold.recommendation.decision_record import decision
from scaffold.recommendation.recommend import recommend


@pytest.mark.parametrize("framework", ["flask", "django"])
def test_a_decision_says_the_verdict_and_what_was_chosen(framework: str) -> None:
    proposal = settle({"name": "Acme", "framework": framework})
    said = decision(proposal.recipe, proposal.pack.label)
    verdict = recommend(proposal.recipe.answers)
    assert said["framework"] == "Django"
    assert f"by {verdict.margin} points" in said["sentence"]
    assert ("Flask was chosen all the same." in said["sentence"]) == (framework == "flask")
    assert len(said["contributions"]) == len(verdict.contributions)


def test_every_point_of_advice_named_is_told_once() -> None:
    proposal = settle({"name": "Acme", "stage": "prototype", "aim": "learn"})
    said = decision(proposal.recipe, proposal.pack.label)
    named = {row["advice"] for row in said["contributions"]}
    told = [point["name"] for point in said["points"]]
    assert told == sorted(named, key=lambda name: int(name[1:]))
    assert all(point["text"] for point in said["points"])


def test_a_tie_and_what_would_turn_it_are_told() -> None:
    answers = {
        "team_size": "small",
        "schema_authors": "one",
        "needs": ("pages",),
        "stage": "internal",
    }
    proposal = settle({"name": "Acme", "experience": "flask", **answers})
    said = decision(proposal.recipe, proposal.pack.label)
    assert all("→ Django" in flip or "→ Flask" in flip for flip in said["flips"])
    assert said["flips"]
