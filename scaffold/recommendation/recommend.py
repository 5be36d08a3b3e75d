"""Answers → Flask or Django with every reason, and → features; deterministic and pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from scaffold.recommendation.questions import (
    QUESTIONS,
    Answer,
    Answers,
    Question,
    complete,
    question,
    relevant,
)
from scaffold.recommendation.rules import (
    CAUTIONS,
    CLOSE_CALL_BELOW,
    FEATURE_RULES,
    FRAMEWORK_RULES,
    NEUTRAL,
    NOTES,
    TIE,
    FeatureRule,
    Neutral,
    Note,
    Rule,
)


@dataclass(frozen=True)
class Flip:
    """One change of an answer that turns the verdict; `question=answer` may be typed after `-d`."""

    question: str
    answer: str
    framework: str
    change: str


@dataclass(frozen=True)
class Recommendation:
    """A framework and the reasons for it.

    Args:
        framework: "flask" or "django".
        margin: the weights for it minus the weights against it, never negative.
        close_call: the margin is below the stated threshold.
        contributions: the rules that apply: what each answer that counts adds.
        flips: single changes that turn the verdict and that a user can choose.
        reconsider: single changes of facts that would turn it, as when the team grows.
        caution: a warning where perhaps neither fits, else empty.
        tie: how a tie was decided, else empty.
        neutral: the answers that count for neither, and why.
        notes: what to do next because of an answer, by framework.
    """

    framework: str
    margin: int
    close_call: bool
    contributions: tuple[Rule, ...]
    flips: tuple[Flip, ...]
    reconsider: tuple[Flip, ...] = ()
    caution: str = ""
    tie: str = ""
    neutral: tuple[Neutral, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def points(self) -> int:
        """The sum of the weights for the recommended framework."""
        return sum(row.weight for row in self.contributions if row.framework == self.framework)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as `scaffold recommend --json` prints them."""
        values = asdict(self).items()
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values}


@dataclass(frozen=True)
class Suggestion:
    """A feature that an answer asks for, or leaves off, and why."""

    feature: str
    because: str
    advice: str
    question: str
    answer: str


def recommend(answers: Answers) -> Recommendation:
    """Weigh the answers; missing ones count with their defaults.

    Raises:
        UsageError: an unknown question or answer.
    """
    settled = complete(answers)
    framework, margin = _verdict(settled)
    changes = [(flip, question(flip.question).fact) for flip in _flips(settled, framework)]
    return Recommendation(
        framework,
        margin,
        margin < CLOSE_CALL_BELOW,
        tuple(_applying(settled)),
        tuple(flip for flip, fact in changes if not fact),
        tuple(flip for flip, fact in changes if fact),
        _caution(settled),
        "" if margin else TIE[framework],
        tuple(row for row in NEUTRAL if _given(settled, row)),
        tuple(row for row in NOTES if _given(settled, row)),
    )


def open_questions(
    answers: Answers, framework: str = "", available: Collection[str] = ()
) -> tuple[Question, ...]:
    """List what is still to be asked, in order.

    Args:
        answers: the answers so far.
        framework: the name of the pack where that is chosen already; then only questions are
            left that decide about features or lead to a note.
        available: the names of the features of that pack.
    """
    asked = relevant(answers)
    if not framework:
        return asked
    rows: list[FeatureRule | Note] = [row for row in FEATURE_RULES if row.feature in available]
    rows += NOTES
    matters = {row.question for row in rows if row.framework in {"", framework}}
    return tuple(one for one in asked if one.key in matters)


def suggest_features(
    answers: Answers, framework: str, available: Collection[str]
) -> tuple[Suggestion, ...]:
    """Choose among the available features those that the answers ask for; the first reason counts.

    Raises:
        UsageError: an unknown question or answer.
    """
    rows = _feature_rules(answers, framework, available)
    off = {row.feature for row in rows if not row.on}
    chosen: dict[str, Suggestion] = {}
    for row in rows:
        if row.on and (row.feature not in off or _named(row)):
            chosen.setdefault(row.feature, _suggestion(row))
    return tuple(chosen.values())


def left_off(
    answers: Answers, framework: str, available: Collection[str]
) -> tuple[Suggestion, ...]:
    """List the available features that an answer leaves off although another asks for them.

    Raises:
        UsageError: an unknown question or answer.
    """
    rows = _feature_rules(answers, framework, available)
    wanted = {row.feature for row in rows if row.on}
    kept = {suggestion.feature for suggestion in suggest_features(answers, framework, available)}
    return tuple(_suggestion(row) for row in rows if not row.on and row.feature in wanted - kept)


def _verdict(answers: Answers) -> tuple[str, int]:
    balance = sum(
        rule.weight if rule.framework == "django" else -rule.weight for rule in _applying(answers)
    )
    if balance:
        return ("django" if balance > 0 else "flask"), abs(balance)
    return ("flask" if answers["experience"] == "flask" else "django"), 0


def _applying(answers: Answers) -> Iterator[Rule]:
    return (rule for rule in FRAMEWORK_RULES if _given(answers, rule))


def _given(answers: Answers, row: Rule | Neutral | FeatureRule | Note) -> bool:
    answer = answers[row.question]
    return row.answer == answer if isinstance(answer, str) else row.answer in answer


def _flips(answers: Mapping[str, Answer], framework: str) -> Iterator[Flip]:
    for asked in QUESTIONS:
        for other, change in _alternatives(asked, answers[asked.key]):
            verdict, _ = _verdict(complete({**answers, asked.key: other}))
            if verdict != framework:
                typed = other if isinstance(other, str) else ",".join(other)
                yield Flip(asked.key, typed, verdict, change)


def _alternatives(asked: Question, answer: Answer) -> Iterator[tuple[Answer, str]]:
    """Yield each single change of an answer with its name: another value, or one more or less."""
    for value in asked.values:
        if isinstance(answer, str):
            if value != answer:
                yield value, value
        elif value in answer:
            yield tuple(kept for kept in answer if kept != value), f"without {value}"
        else:
            yield tuple(v for v in asked.values if v in answer or v == value), f"with {value}"


def _caution(answers: Answers) -> str:
    for row in CAUTIONS:
        if row.answer in ("", answers[row.question]) and not set(row.none_of) & set(
            answers["needs"]
        ):
            return row.text
    return ""


def _feature_rules(
    answers: Answers, framework: str, available: Collection[str]
) -> list[FeatureRule]:
    settled = complete(answers)
    return [
        row
        for row in FEATURE_RULES
        if row.feature in available and row.framework in {"", framework} and _given(settled, row)
    ]


def _named(row: FeatureRule) -> bool:
    return row.question == "needs" and row.answer == row.feature


def _suggestion(row: FeatureRule) -> Suggestion:
    return Suggestion(row.feature, row.because, row.advice, row.question, row.answer)
