"""The rule tables, the verdicts that follow from them, and the page that publishes them."""

import json
import runpy
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import UsageError
from scaffold.recommendation import rules
from scaffold.recommendation.questions import QUESTIONS, complete, parse_answer, question
from scaffold.recommendation.recommend import left_off, open_questions, recommend, suggest_features

ROOT = Path(__file__).parents[3]
FEATURES = {row.feature for row in rules.FEATURE_RULES}
BY_DEFAULT = {"admin", "api", "pages", "accounts"}
ORDER = ("team_size", "experience", "schema_authors", "stage", "needs", "aim")


def answers_from(line):
    """Read "solo flask one product api,pages ship database=existing"; "-" is empty."""
    words = line.split()
    given = dict(zip(ORDER, words[: len(ORDER)], strict=True))
    given |= dict(word.split("=") for word in words[len(ORDER) :])
    return {
        key: parse_answer(question(key), "" if word == "-" else word) for key, word in given.items()
    }


def any_answers():
    """Every question answered, in any order."""
    one = {
        asked.key: st.lists(st.sampled_from(asked.values), unique=True).map(tuple)
        if asked.many
        else st.sampled_from(asked.values)
        for asked in QUESTIONS
    }
    return st.permutations(list(one)).flatmap(
        lambda keys: st.fixed_dictionaries({key: one[key] for key in keys})
    )


PERSONAS = [
    ("an idea for the weekend", "solo none one prototype api ship", "flask", False),
    (
        "the same, with everything on",
        "solo none one prototype admin,api,pages,accounts ship",
        "flask",
        True,
    ),
    ("a Flask developer's small service", "solo flask one internal api ship", "flask", False),
    ("a beginner who wants to understand", "solo none one prototype pages learn", "flask", False),
    (
        "a beginner, everything on",
        "solo none one internal admin,api,pages,accounts learn",
        "flask",
        True,
    ),
    (
        "a Django developer who wants to see inside",
        "solo django one internal api learn",
        "flask",
        True,
    ),
    ("a Rails developer's quick API", "solo rails one prototype api ship", "flask", False),
    ("reports over a warehouse", "small flask one internal api,raw_sql ship", "flask", False),
    (
        "an engine with a shape of its own",
        "small mixed few product api,raw_sql,custom_architecture ship",
        "flask",
        False,
    ),
    ("a Flask team's API product", "small flask few product api ship", "flask", True),
    ("a hack day of five", "small mixed few prototype api,pages ship", "flask", False),
    ("a freelancer's shop", "solo none one product admin,pages,accounts ship", "django", False),
    (
        "a freelancer who knows Flask",
        "solo flask one product admin,pages,accounts ship",
        "flask",
        True,
    ),
    ("a back office", "small none few internal admin ship", "django", False),
    (
        "a Rails team's product",
        "small rails few product admin,api,pages,accounts ship",
        "django",
        False,
    ),
    ("a growing company", "medium mixed few product admin,api,accounts ship", "django", False),
    ("a Flask team that grew", "medium flask many product admin,api ship", "django", False),
    ("a bank", "large mixed many product admin,api,pages,accounts,jobs ship", "django", False),
    ("a large team's API", "large flask many product api,jobs ship", "django", False),
    (
        "a large team with a hard case",
        "large flask many product api,custom_architecture ship",
        "flask",
        True,
    ),
    ("a Django team's prototype", "medium django few prototype admin,api ship", "django", False),
    (
        "a portal for an association",
        "small django one internal pages,accounts ship",
        "django",
        False,
    ),
    (
        "a small team's product with a structure of its own",
        "small none few product api,custom_architecture ship",
        "flask",
        True,
    ),
    (
        "the same, of a mixed team",
        "small mixed few product api,custom_architecture ship",
        "flask",
        True,
    ),
    ("a Django expert's prototype", "solo django one prototype api ship", "flask", True),
    ("the same, with pages", "solo django one prototype pages ship", "flask", True),
    (
        "the same, with a back office",
        "solo django one prototype admin,pages,accounts ship",
        "django",
        True,
    ),
    ("a Flask expert's prototype", "solo flask one prototype api ship", "flask", False),
    ("models behind an API", "small flask one product api ship connections=many", "flask", False),
    ("a chat", "small none few product api,accounts ship connections=many", "django", False),
    (
        "an API on tables of another program",
        "small mixed one internal api,raw_sql ship database=existing",
        "flask",
        False,
    ),
    (
        "a back office on tables of another program",
        "small none few internal admin,accounts ship database=existing",
        "django",
        False,
    ),
]


@pytest.mark.parametrize(
    ("line", "framework", "close"), [p[1:] for p in PERSONAS], ids=[p[0] for p in PERSONAS]
)
def test_verdicts_a_senior_engineer_would_sign(line, framework, close):
    verdict = recommend(answers_from(line))
    assert (verdict.framework, verdict.close_call) == (framework, close)


def test_each_choice_has_rules_or_a_stated_reason_for_having_none():
    ruled = [(rule.question, rule.answer) for rule in rules.FRAMEWORK_RULES]
    neutral = [(row.question, row.answer) for row in rules.NEUTRAL]
    assert sorted(ruled + neutral) == sorted((q.key, v) for q in QUESTIONS for v in q.values)


def test_rows_are_well_formed():
    for rule in rules.FRAMEWORK_RULES:
        assert rule.framework in {"flask", "django"}
        assert 1 <= rule.weight <= 5
        assert rule.advice in rules.ADVICE
    for row in rules.FEATURE_RULES:
        assert row.answer in question(row.question).values
        assert row.framework in {"", "flask", "django"}
        assert row.advice in {"", *rules.ADVICE}
    for row in (*rules.CAUTIONS, *rules.NOTES):
        assert row.answer in ("", *question(row.question).values)
        assert row.text.endswith(".")
    for row in (*rules.FRAMEWORK_RULES, *rules.NEUTRAL, *rules.FEATURE_RULES):
        assert row.because.endswith(".")
    places = [(r.question, r.answer, r.feature, r.framework) for r in rules.FEATURE_RULES]
    assert len(places) == len(set(places))
    assert list(rules.ADVICE) == [f"A{number}" for number in range(1, 18)]


def every_verdict():
    """All answers, with no need, one need, or all the needs that speak for one side."""
    strongest = ["admin,api,accounts", "raw_sql,custom_architecture"]
    sizes, experience, authors, stages, aims = (
        question(key).values for key in ORDER if key != "needs"
    )
    needs = ("-", *question("needs").values, *strongest)
    more = ("", "database=existing connections=many")
    words = list(product(sizes, experience, authors, stages, needs, aims, more))
    stride = 97  # neighbours differ little: whoever looks for one of each finds it sooner
    for line in (line for start in range(stride) for line in words[start::stride]):
        answers = answers_from(" ".join(line))
        yield complete(answers), recommend(answers).framework


def test_no_single_answer_decides_alone():
    missing = {
        (asked.key, value, framework)
        for asked in QUESTIONS
        for value in asked.values
        for framework in ("flask", "django")
    }
    for answers, framework in every_verdict():
        for key, answer in answers.items():
            values = [answer] if isinstance(answer, str) else answer
            missing -= {(key, value, framework) for value in values}
        if not missing:
            break
    assert not missing


@given(any_answers())
def test_contributions_explain_the_margin(answers):
    verdict = recommend(answers)
    signed = [
        c.weight if c.framework == verdict.framework else -c.weight for c in verdict.contributions
    ]
    assert verdict.margin == sum(signed) >= 0
    assert verdict.close_call == (verdict.margin < rules.CLOSE_CALL_BELOW)
    assert bool(verdict.tie) == (verdict.margin == 0)
    shown = {(c.question, c.answer) for c in (*verdict.contributions, *verdict.neutral)}
    settled = complete(answers)
    assert shown == {
        (key, value)
        for key, answer in settled.items()
        for value in ([answer] if isinstance(answer, str) else answer)
    }


@given(any_answers())
def test_flips_are_the_choices_that_turn_the_verdict_and_facts_are_not_called_so(answers):
    verdict = recommend(answers)
    settled = complete(answers)
    listed = set()
    for flip in (*verdict.flips, *verdict.reconsider):
        answer = parse_answer(question(flip.question), flip.answer)
        changed = recommend({**settled, flip.question: answer})
        assert changed.framework == flip.framework != verdict.framework
        assert flip.change
        assert question(flip.question).fact == (flip in verdict.reconsider)
        listed.add((flip.question, answer))
    for asked in QUESTIONS:
        for other in single_changes(asked, settled[asked.key]):
            turned = recommend({**settled, asked.key: other}).framework != verdict.framework
            assert turned == ((asked.key, other) in listed)


def test_nobody_is_told_to_choose_another_team():
    verdict = recommend(answers_from("small flask few product api ship"))
    assert {flip.question for flip in verdict.flips} <= {"schema_authors", "stage", "needs", "aim"}
    assert {flip.question for flip in verdict.reconsider} == {"team_size", "experience"}


def single_changes(asked, answer):
    if not asked.many:
        return [value for value in asked.values if value != answer]
    return [tuple(v for v in asked.values if (v in answer) != (v == flip)) for flip in asked.values]


@given(any_answers(), st.randoms())
def test_order_counts_for_nothing(answers, random):
    items = [(k, v if isinstance(v, str) else tuple(reversed(v))) for k, v in answers.items()]
    random.shuffle(items)
    assert recommend(dict(items)) == recommend(answers)
    assert suggest_features(dict(items), "flask", FEATURES) == suggest_features(
        answers, "flask", sorted(FEATURES)
    )


def test_a_tie_goes_to_what_the_team_knows_else_to_django():
    known = recommend(answers_from("medium flask many product raw_sql ship"))
    assert (known.margin, known.framework, known.close_call, known.points) == (0, "flask", True, 8)
    assert known.tie == rules.TIE["flask"]
    unknown = recommend(answers_from("medium none few prototype - ship"))
    assert (unknown.margin, unknown.framework, unknown.points) == (0, "django", 5)
    assert unknown.tie == rules.TIE["django"]


def test_the_document_holds_what_other_programs_read():
    verdict = recommend(answers_from("small flask few product api ship")).as_dict()
    assert json.loads(json.dumps(verdict)) == verdict
    assert set(verdict) >= {"framework", "margin", "close_call", "contributions", "flips"}
    assert verdict["contributions"][0] == {
        "question": "experience",
        "answer": "flask",
        "framework": "flask",
        "weight": 5,
        "because": "The team knows the freedom of Flask and the discipline that it takes.",
        "advice": "A17",
    }
    assert {
        "question": "team_size",
        "answer": "medium",
        "framework": "django",
        "change": "medium",
    } in verdict["reconsider"]
    assert {
        "question": "needs",
        "answer": "admin,api",
        "framework": "django",
        "change": "with admin",
    } in verdict["flips"]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("small none few product api ship connections=many", "ASGI"),
        ("small none few prototype admin,api,pages,accounts ship connections=many", "ASGI"),
        ("small none few product pages ship connections=many", "ASGI"),  # said, though not asked
        ("small none few product api,custom_architecture ship", ""),
        ("small none few product jobs ship", "worker alone"),
        ("small none few product - ship", "worker alone"),
        ("small none few product admin,api,pages,accounts ship", ""),
        ("small none few product api ship", ""),
    ],
)
def test_an_honest_warning_where_neither_fits(line, word):
    caution = recommend(answers_from(line)).caution
    assert word in caution
    assert bool(caution) == bool(word)


def test_an_existing_database_leads_to_the_introspection_of_each_orm():
    notes = recommend(answers_from("small none few product api ship database=existing")).notes
    said = {note.framework: note.text for note in notes}
    assert "inspectdb" in said["django"]
    assert "sqlacodegen" in said["flask"]
    assert "automap" in said["flask"]
    assert recommend({}).notes == ()


def test_with_a_framework_chosen_only_what_still_matters_is_asked():
    features = {row.feature for row in rules.FEATURE_RULES}

    def asked(*arguments):
        return [one.key for one in open_questions({}, *arguments)]

    assert asked() == [one.key for one in QUESTIONS]
    assert asked("flask", features) == ["team_size", "stage", "database", "needs", "aim"]
    assert asked("django", features) == [
        "team_size",
        "schema_authors",
        "stage",
        "database",
        "needs",
        "aim",
    ]
    assert asked("tiny", {"learn"}) == ["aim"]


def test_answers_that_do_not_exist_are_refused():
    with pytest.raises(UsageError, match="flaks"):
        recommend({"experience": "flaks"})
    with pytest.raises(UsageError, match="sice"):
        suggest_features({"sice": "large"}, "flask", FEATURES)


def features(line, framework="django", available=FEATURES):
    return {s.feature for s in suggest_features(answers_from(line), framework, available)}


def test_the_default_answers_give_the_features_that_are_on_by_default():
    chosen = suggest_features({}, "flask", FEATURES)
    assert {suggestion.feature for suggestion in chosen} == BY_DEFAULT
    assert len(chosen) == len(BY_DEFAULT)


def test_needs_switch_their_features():
    assert features("small none few internal api ship") == {"api"}
    assert features("small none few internal pages ship") == {"pages", "accounts"}
    assert features("small none few internal jobs ship") == {"celery"}
    assert features("small none few internal raw_sql ship") == {"postgres"}
    assert features("small none few internal - ship") == set()
    assert features("small none few internal api learn") == {"api", "learn"}


def test_stage_and_team_bring_what_they_need():
    product_ = {"api", "postgres", "docker", "ci-github", "pre-commit"}
    assert features("solo none one product api ship") == product_
    assert features("large none many internal api ship") == {
        "api",
        "ci-github",
        "pre-commit",
        "strict-contracts",
        "codeowners",
        "linear-migrations",
    }
    assert "linear-migrations" in features("small none many internal api ship")
    assert "linear-migrations" not in features("large none many internal api ship", "flask")


def test_a_prototype_leaves_off_what_nobody_named():
    line = "large none few prototype api,pages ship"
    assert features(line) == {"api", "pages"}
    off = left_off(answers_from(line), "django", FEATURES)
    assert {s.feature for s in off} == {
        "accounts",
        "ci-github",
        "pre-commit",
        "strict-contracts",
        "codeowners",
        "linear-migrations",
    }
    assert {s.question for s in off} == {"stage"}
    assert "accounts" in features("solo none one prototype pages,accounts ship")
    assert left_off(answers_from("solo none one prototype api ship"), "flask", FEATURES) == ()


def test_only_what_the_pack_has_is_suggested_and_the_first_reason_counts():
    line = "large none many product admin,accounts,jobs ship"
    assert features(line, available={"admin", "accounts"}) == {"admin", "accounts"}
    reasons = {s.feature: s for s in suggest_features(answers_from(line), "django", FEATURES)}
    assert (reasons["accounts"].question, reasons["accounts"].answer) == ("needs", "admin")
    assert (reasons["ci-github"].question, reasons["ci-github"].answer) == ("stage", "product")


def test_every_feature_row_can_take_effect():
    """A row that no answers can bring to bear would be a promise nobody keeps."""
    seen, left = set(), set()
    sizes = product(
        question("team_size").values,
        question("schema_authors").values,
        question("stage").values,
        question("aim").values,
        ("-", *question("needs").values),
    )
    for size, authors, stage, aim, needs in sizes:
        answers = answers_from(f"{size} none {authors} {stage} {needs} {aim}")
        seen |= {s.feature for s in suggest_features(answers, "django", FEATURES)}
        left |= {s.feature for s in left_off(answers, "django", FEATURES)}
    assert seen == FEATURES
    assert left == {row.feature for row in rules.FEATURE_RULES if not row.on}


def test_the_published_page_is_in_step():
    page = runpy.run_path(str(ROOT / "tools/recommendation_page.py"))["markdown"]()
    published = (ROOT / "docs" / "recommendation.md").read_text(encoding="utf-8")
    assert published == page, "run: make docs"
    for rule in (*rules.FRAMEWORK_RULES, *rules.NEUTRAL, *rules.FEATURE_RULES):
        assert rule.because in page
    for row in (*rules.CAUTIONS, *rules.NOTES):
        assert row.text in page
