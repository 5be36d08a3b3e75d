"""`-d`, data files, presets and the environment."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import Exit, ScaffoldError, UsageError
from scaffold.inputs import value_sources as intake
from scaffold.inputs.resolve import PROJECT_KEYS, known_keys, resolve, validate_values
from scaffold.inputs.value_sources import collect_values


def test_pairs_are_read_and_the_last_of_a_key_wins() -> None:
    pairs = ["name=Acme = Co", "needs=api,admin", "team_size = solo", "name=Acme"]
    with pytest.raises(UsageError, match="team_size has no answer 'solo x'"):
        intake.parse_pairs(["team_size=solo x"])
    read = intake.parse_pairs(pairs)
    assert read == {"name": "Acme", "needs": ("admin", "api"), "team_size": "solo"}
    assert intake.parse_pairs(["description=a=b"]) == {"description": "a=b"}


def test_a_pair_without_a_value_says_how_to_write_it() -> None:
    with pytest.raises(UsageError) as caught:
        intake.parse_pairs(["name"])
    assert caught.value.hint == "write -d name=VALUE"


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], str]:
    """Write a data file and name it."""

    def write(text: str | bytes) -> str:
        path = tmp_path / "data"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


Written = Callable[[str | bytes], str]


def test_toml_and_json_say_the_same(written: Written) -> None:
    values = {"name": "Größe", "needs": ["api"], "apps": {"blog": ["Post: title:str"]}}
    as_json = intake.load_file(written(json.dumps(values)))
    toml = 'name = "Größe"\nneeds = "api"\n[apps]\nblog = ["Post: title:str"]\n'
    assert intake.load_file(written(toml)) == as_json
    assert as_json["needs"] == ("api",)
    assert intake.load_file(written("")) == {}


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b'\xef\xbb\xbf{"name": "Acme"}'))
    monkeypatch.setattr("sys.stdin", typed)
    assert intake.load_file("-") == {"name": "Acme"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nmae = 'x'", "unknown key nmae in"),
        ("name = ", "is neither TOML nor JSON"),
        ('{"name": ', "is neither TOML nor JSON"),
        ('{"a": ' + "[" * 200_000, "is neither TOML nor JSON"),
        (b"\xff\xfb", "it is not text in UTF-8"),
        ("name = 3", "name must be one line of text"),
        ("team_size = 'slo'", "team_size has no answer 'slo'"),
        ("needs = [1]", "needs has no answer '1'"),
        ("[apps]\nblog = 1", "blog must be a list of strings"),
        ("name = 2020-01-01", "name must be one line of text"),
    ],
)
def test_a_malformed_file_is_refused(written: Written, content: str | bytes, message: str) -> None:
    for read in (intake.load_file, intake.load_preset):
        with pytest.raises(UsageError) as caught:
            read(written(content))
        assert message in caught.value.message
        assert caught.value.code is Exit.USAGE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", ["name = 'Größe'", '{"name": "Größe"}'])
def test_a_byte_order_mark_is_no_part_of_the_data(
    written: Written, text: str, encoding: str
) -> None:
    place = written(text.encode(encoding))
    assert intake.load_file(place) == intake.load_preset(place) == {"name": "Größe"}


@pytest.mark.parametrize("place", ["absent.toml", ".", "a\0b"])
@pytest.mark.usefixtures("work")
def test_a_file_that_cannot_be_read_is_refused(place: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        intake.load_file(place)


KEYS = st.sampled_from(known_keys()) | st.text(max_size=5)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
NESTED = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(st.dictionaries(KEYS, NESTED, max_size=4))
def test_no_data_breaks_the_reader(values: dict[str, Any]) -> None:
    try:
        accepted = validate_values(values, "data")
    except UsageError:
        return
    assert set(accepted) == set(values) <= set(known_keys())


def test_every_preset_settles() -> None:
    found = intake.built_in_presets()
    assert list(found) == ["prototype", "api", "product", "learning"]
    for name, preset in found.items():
        assert preset["label"]
        assert preset["why"]
        values = intake.load_preset(name)
        assert values
        assert set(values) <= set(known_keys())
        assert resolve({**values, "name": "Acme"}).recipe.pack in ("flask", "django")


def test_a_preset_may_be_a_file_with_or_without_a_table(written: Written) -> None:
    assert intake.load_preset(written('team_size = "solo"')) == {"team_size": "solo"}
    assert intake.load_preset(written('label = "x"\n[values]\naim = "learn"')) == {"aim": "learn"}
    with pytest.raises(UsageError, match="values must be a table"):
        intake.load_preset(written("values = 3"))


def test_an_unknown_preset_gets_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        intake.load_preset("prototpye")
    assert caught.value.hint == "did you mean prototype?"


class Answer(io.BytesIO):
    """What `urlopen` gives."""

    def __init__(self, content: bytes, address: str) -> None:
        super().__init__(content)
        self.geturl = lambda: address


def test_a_preset_may_come_over_https(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "https://example.com/team.toml"
    answers = {"url": address}

    def open_(asked: str, timeout: float) -> Answer:
        assert timeout == intake.TIMEOUT
        assert asked == address
        return Answer(b'team_size = "large"', answers["url"])

    monkeypatch.setattr("urllib.request.urlopen", open_)
    assert intake.load_preset(address) == {"team_size": "large"}
    answers["url"] = "http://example.com/team.toml"
    with pytest.raises(ScaffoldError, match="redirects to http"):
        intake.load_preset(address)


def test_an_address_that_gives_nothing_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr("urllib.request.urlopen", fail)
    with pytest.raises(ScaffoldError, match="no route to host") as caught:
        intake.load_preset("https://example.com/x")
    assert caught.value.code is Exit.REFUSED
    with pytest.raises(UsageError, match="there is no preset http://"):
        intake.load_preset("http://example.com/x")


def test_the_environment_is_read_by_prefix() -> None:
    variables = {"SCAFFOLD_TEAM_SIZE": "solo", "SCAFFOLD_WITH": "a,b", "TEAM_SIZE": "large"}
    assert intake.read_environment(variables) == {"team_size": "solo", "with": ("a", "b")}
    assert intake.read_environment({}) == {}


def test_an_unknown_variable_gets_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        intake.read_environment({"SCAFFOLD_TEAMSIZE": "solo"})
    assert caught.value.message == "the environment sets SCAFFOLD_TEAMSIZE, which is unknown"
    assert caught.value.hint == "did you mean SCAFFOLD_TEAM_SIZE?"


PLACES = ("preset", "file", "environment", "pair", "flag")


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_each_place_wins_over_those_before_it(
    written: Written, monkeypatch: pytest.MonkeyPatch, number: int, tmp_path: Path
) -> None:
    """Every place up to one says something else; that one is heard."""
    spoken = dict(zip(PLACES[: number + 1], ("A", "B", "C", "D", "E"), strict=False))
    given: dict[str, Any] = {"preset": None, "data_file": None, "data": None, "name": None}
    preset = tmp_path / "preset.toml"
    preset.write_text(f'name = "{spoken["preset"]}"')
    given["preset"] = [str(preset)]
    if "file" in spoken:
        given["data_file"] = [written(f'name = "{spoken["file"]}"')]
    if "environment" in spoken:
        monkeypatch.setenv("SCAFFOLD_NAME", spoken["environment"])
    if "pair" in spoken:
        given["data"] = [f"name={spoken['pair']}"]
    if "flag" in spoken:
        given["name"] = spoken["flag"]
    assert collect_values(given)["name"] == spoken[PLACES[number]]


def test_a_later_place_takes_back_what_an_earlier_one_added(written: Written) -> None:
    place = written('with = ["docker", "celery"]\nwithout = ["api"]')
    found = collect_values(
        {"preset": None, "data_file": [place], "data": ["without=docker", "with=api"]}
    )
    assert (found["with"], found["without"]) == (("api",), ("docker",))
    found = collect_values(
        {"preset": [place], "data_file": None, "data": None, "without": ["celery"]}
    )
    assert (found["with"], found["without"]) == (("docker",), ("celery",))


def test_a_preset_leaves_no_question_open_and_flags_still_win() -> None:
    values = collect_values({"preset": ["prototype"], "data_file": [], "data": ["team_size=large"]})
    assert values["team_size"] == "large"
    assert set(values) >= set(known_keys()) - set(PROJECT_KEYS)
