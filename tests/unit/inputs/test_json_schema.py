"""The JSON Schema: valid itself, in step with the questions, accepting what scaffold accepts."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from scaffold.inputs.json_schema import DRAFT, VERSION, json_schema
from scaffold.inputs.resolve import known_keys
from scaffold.recommendation.questions import QUESTIONS, complete

VALIDATOR = Draft202012Validator(json_schema())
PRESETS = sorted((Path(__file__).parents[3] / "scaffold/inputs/presets").glob("*.toml"))


def test_it_is_a_versioned_schema_of_the_draft_it_names():
    document = json_schema()
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == DRAFT
    assert document["version"] == VERSION == 1
    assert document["$id"].endswith(f":{VERSION}")
    assert json.loads(json.dumps(document)) == document


def test_it_describes_every_key_that_may_be_said_and_no_other():
    assert set(json_schema()["properties"]) == set(known_keys())


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.key)
def test_each_answer_is_described_from_its_question(asked):
    described = json_schema()["properties"][asked.key]
    values = described["items"]["enum"] if asked.many else described["enum"]
    assert tuple(values) == asked.values
    assert described["description"] == asked.why
    assert described["x-labels"] == {c.value: c.label for c in asked.choices}
    assert ("x-implied" in described) == bool(asked.relevant)
    VALIDATOR.validate({asked.key: described["default"]})


@given(
    st.fixed_dictionaries(
        {},
        optional={
            asked.key: st.lists(st.sampled_from(asked.values), unique=True)
            if asked.many
            else st.sampled_from(asked.values)
            for asked in QUESTIONS
        },
    )
)
def test_complete_answers_are_valid(partial):
    answers = {k: list(v) if isinstance(v, tuple) else v for k, v in complete(partial).items()}
    VALIDATOR.validate(answers)
    VALIDATOR.validate({**answers, "needs": ",".join(answers["needs"])})


@pytest.mark.parametrize(
    "wrong",
    [
        {"team_size": "huge"},
        {"team_size": ["solo"]},
        {"needs": ["admin", "admin"]},
        {"needs": "admin,"},
        {"needs": "admin,apis"},
        {"needs": ["apis"]},
        {"team_sise": "solo"},
        {"name": 3},
        {"features": [1]},
        {"apps": {"blog": "Post: title:str"}},
    ],
    ids=str,
)
def test_what_scaffold_refuses_is_invalid(wrong):
    assert not VALIDATOR.is_valid(wrong)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.stem)
def test_the_presets_are_valid(preset):
    VALIDATOR.validate(tomllib.loads(preset.read_text(encoding="utf-8"))["values"])


def test_a_whole_data_file_is_valid():
    VALIDATOR.validate(
        {
            "name": "Acme",
            "slug": "acme",
            "framework": "django",
            "without": "theme",
            "features": ["api"],
            "apps": {"blog": ["Post: title:str(200)!"]},
            "needs": "",
        }
    )
