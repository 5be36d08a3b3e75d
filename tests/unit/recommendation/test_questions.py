"""The questions: what is accepted, what is refused, what is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import Exit, UsageError
from scaffold.recommendation.questions import (
    QUESTIONS,
    check_consistent,
    complete,
    implied,
    parse_answer,
    question,
    relevant,
)

PUBLIC = {
    "team_size": ("solo", "small", "medium", "large"),
    "experience": ("none", "flask", "django", "rails", "mixed"),
    "schema_authors": ("one", "few", "many"),
    "stage": ("prototype", "internal", "product"),
    "database": ("new", "existing"),
    "needs": ("admin", "api", "pages", "accounts", "jobs", "raw_sql", "custom_architecture"),
    "connections": ("few", "many"),
    "aim": ("ship", "learn"),
}


def test_keys_and_values_are_the_published_ones():
    assert {asked.key: asked.values for asked in QUESTIONS} == PUBLIC
    assert [asked.key for asked in QUESTIONS if asked.many] == ["needs"]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.key)
def test_every_question_explains_itself_and_its_default_is_an_answer(asked):
    assert asked.text.endswith("?")
    assert asked.why.endswith(".")
    assert all(choice.label for choice in asked.choices)
    assert parse_answer(asked, asked.example.removeprefix(f"{asked.key}=")) == asked.default
    for key, values in asked.relevant:
        earlier = [q.key for q in QUESTIONS[: QUESTIONS.index(asked)]]
        assert key in earlier
        assert set(values) < set(question(key).values)
        assert asked.implied in asked.values
        assert asked.implied_because


@pytest.mark.parametrize(
    ("key", "raw", "answer"),
    [
        ("team_size", " large ", "large"),
        ("needs", "api,admin", ("admin", "api")),
        ("needs", "api, admin ,api,", ("admin", "api")),
        ("needs", "", ()),
    ],
)
def test_answers_are_read_as_typed(key, raw, answer):
    assert parse_answer(question(key), raw) == answer


@pytest.mark.parametrize(
    ("act", "message", "hint"),
    [
        (lambda: question("team_sise"), "team_sise", "team_size"),
        (lambda: parse_answer(question("stage"), "prototyp"), "prototyp", "prototype"),
        (lambda: parse_answer(question("stage"), ""), "stage", "prototype"),
        (lambda: parse_answer(question("needs"), "admin,jbos"), "jbos", "jobs"),
        (lambda: complete({"experienc": "flask"}), "experienc", "experience"),
        (lambda: complete({"experience": "flaks"}), "flaks", "flask"),
        (lambda: complete({"needs": ["api", "pagse"]}), "pagse", "pages"),
        (lambda: complete({"needs": ["api", 3]}), "needs", "needs="),
        (lambda: complete({"team_size": ["solo"]}), "team_size", "team_size="),
        (lambda: complete({"team_size": 3}), "team_size", "team_size="),
    ],
)
def test_what_is_not_understood_is_named_with_the_nearest(act, message, hint):
    with pytest.raises(UsageError) as caught:
        act()
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.code == Exit.USAGE


def test_complete_fills_defaults_in_the_order_of_the_questions():
    answers = complete({"aim": "learn", "needs": ["jobs", "api"]})
    assert list(answers) == list(PUBLIC)
    assert answers["aim"] == "learn"
    assert answers["needs"] == ("api", "jobs")
    assert answers["schema_authors"] == "few"


def test_who_works_alone_is_not_asked_who_else_changes_the_schema():
    alone = {"team_size": "solo"}
    assert "schema_authors" not in [asked.key for asked in relevant(alone)]
    assert complete(alone)["schema_authors"] == "one"
    assert [(row.question, row.answer) for row in implied(alone)] == [("schema_authors", "one")]
    assert complete({**alone, "schema_authors": "many"})["schema_authors"] == "one"


def test_what_does_not_matter_is_not_asked_but_counts_where_it_is_said():
    assert complete({"stage": "prototype"})["database"] == "new"
    assert complete({"stage": "prototype", "database": "existing"})["database"] == "existing"
    assert "database" not in [asked.key for asked in relevant({"stage": "prototype"})]
    pages = {"needs": ("pages",)}
    assert "connections" not in [asked.key for asked in relevant(pages)]
    assert [row.question for row in implied(pages)] == ["connections"]
    assert implied({**pages, "connections": "many"}) == ()
    assert "connections" in [asked.key for asked in relevant({"needs": ("pages", "api")})]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"team_size": "solo", "schema_authors": "many"}, True),
        ({"team_size": "solo", "schema_authors": "one"}, False),
        ({"team_size": "large", "schema_authors": "many"}, False),
        ({"stage": "prototype", "database": "existing"}, False),
    ],
)
def test_answers_that_contradict_each_other_are_refused(given, wrong):
    if not wrong:
        check_consistent(given, complete(given))
        return
    with pytest.raises(UsageError) as caught:
        check_consistent(given, complete(given))
    assert caught.value.message == ("team_size solo and schema_authors many contradict each other")


def test_a_team_is_asked_and_nothing_is_implied():
    team = {"team_size": "medium"}
    assert [asked.key for asked in relevant(team)] == list(PUBLIC)[1:]
    assert implied(team) == ()
    assert complete({**team, "schema_authors": "one"})["schema_authors"] == "one"


def test_relevant_asks_everything_at_first_and_nothing_at_the_end():
    assert relevant({}) == QUESTIONS
    assert relevant(complete({})) == ()


def some_answers():
    """Any part of the answers, each valid."""
    return st.fixed_dictionaries(
        {},
        optional={
            asked.key: st.lists(st.sampled_from(asked.values)).map(",".join)
            if asked.many
            else st.sampled_from(asked.values)
            for asked in QUESTIONS
        },
    )


@given(some_answers())
def test_complete_is_idempotent_and_asking_what_is_relevant_completes(partial):
    answers = complete(partial)
    assert complete(answers) == answers
    said = dict(partial)
    while still := relevant(said):
        said[still[0].key] = answers[still[0].key]
    assert complete(said) == answers


@given(st.sampled_from(QUESTIONS), st.text())
def test_any_text_is_read_or_refused(asked, raw):
    words = (
        {word.strip() for word in raw.split(",") if word.strip()} if asked.many else {raw.strip()}
    )
    if words <= set(asked.values):
        answer = parse_answer(asked, raw)
        assert set([answer] if isinstance(answer, str) else answer) == words
    else:
        with pytest.raises(UsageError, match=asked.key):
            parse_answer(asked, raw)
