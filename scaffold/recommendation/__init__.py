"""Answers to Flask or Django, with the reasons."""

from scaffold.recommendation.questions import QUESTIONS, Question, complete
from scaffold.recommendation.recommend import Recommendation, recommend, suggest_features

__all__ = [
    "QUESTIONS",
    "Question",
    "Recommendation",
    "complete",
    "recommend",
    "suggest_features",
]
