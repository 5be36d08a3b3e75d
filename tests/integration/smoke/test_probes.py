"""What is asked of a running project, and what answers count."""

import json
from pathlib import Path

import pytest

from scaffold.smoke.runtime.probes import problems
from tests.integration.smoke.runs import run
from tests.integration.smoke.tiny import BASE

SOUND = {
    "openapi": "3.1.0",
    "info": {"title": "A", "version": "1"},
    "paths": {
        "/a/{id}/": {
            "parameters": [{"$ref": "#/components/parameters/id"}],
            "get": {"operationId": "read", "responses": {"200": {"description": "it"}}},
        }
    },
    "components": {"parameters": {"id": {"name": "id", "in": "path", "required": True}}},
}


def test_a_sound_document_has_no_problems() -> None:
    assert problems(json.dumps(SOUND).encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"3.1.0"', '"2.0"', "not 3.0 or 3.1"),
        ('"title": "A"', '"title": ""', "info has no title"),
        ("parameters/id", "parameters/nowhere", "leads nowhere"),
        ('"required": true', '"required": false', "not required"),
        ("/a/{id}/", "/a/{key}/", "the path names"),
        ("/a/{id}/", "a/{id}/", "does not begin with a slash"),
        ('{"200": {"description": "it"}}', "{}", "no responses"),
        ('"paths"', '"routes"', "no paths"),
    ],
)
def test_a_fault_of_a_document_is_told(old: str, new: str, said: str) -> None:
    text = json.dumps(SOUND)
    assert old in text
    assert said in "; ".join(problems(text.replace(old, new).encode()))


def test_operation_ids_must_be_unique() -> None:
    document = json.loads(json.dumps(SOUND))
    document["paths"]["/b/"] = {"get": SOUND["paths"]["/a/{id}/"]["get"]}  # type: ignore[index]
    assert "are both read" in problems(json.dumps(document).encode())[0]


def test_what_is_no_document_is_told() -> None:
    assert problems(b"<html>")[0].startswith("no JSON")
    assert problems(b"[]") == ["no JSON object"]


@pytest.mark.parametrize(
    ("old", "new", "step", "said"),
    [
        ('"nosniff"', '"sniff"', "pages", "has no header X-Content-Type-Options: nosniff"),
        ("self.send_response(200 if", "self.send_response(500 if", "boot", "no answer"),
        ('"/admin/" or signed_in', '"/nowhere"', "admin", "opens without signing in"),
        ('"/admin/" or signed_in', '"/admin/"', "admin", "to a person who signed in"),
        ("password=right", "password=other", "admin", "does not accept the form"),
        ('"openapi": "3.1.0"', '"openapi": "2.0"', "openapi", "not 3.0 or 3.1"),
        ('"/admin/" or signed_in', '"/desk/notes/"', "resources", "/desk/notes/ answers 302"),
    ],
)
def test_a_wrong_answer_fails_its_step(
    pack: Path, old: str, new: str, step: str, said: str
) -> None:
    server = pack / BASE / "server.py"
    text = server.read_text()
    assert old in text
    server.write_text(text.replace(old, new))
    table = pack / "smoke.toml"
    table.write_text(table.read_text().replace("seconds = 8", "seconds = 2"))
    run_result = run(pack, step, features=(), resources="notes", shrink=False)
    (step_result,) = run_result.cases[0].failed
    assert step_result.step == step
    assert said in step_result.message


def test_a_server_that_does_not_stop_is_ended_and_told(pack: Path) -> None:
    server = pack / BASE / "server.py"
    stubborn = "import signal\n\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    server.write_text(server.read_text() + "")
    server.write_text(server.read_text().replace("import json\n", f"import json\n{stubborn}", 1))
    table = pack / "smoke.toml"
    table.write_text(table.read_text().replace("seconds = 5", "seconds = 0.5"))
    run_result = run(pack, "stop", features=(), resources="none", shrink=False)
    (step_result,) = run_result.cases[0].failed
    assert step_result.message == "boot had to be ended by force, or left something running"
