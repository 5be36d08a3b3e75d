"""What is asked of a running project, and what answers count."""

from pathlib import Path

import pytest

from tests.integration.smoke.runs import run
from tests.integration.smoke.tiny import BASE


@pytest.mark.parametrize(
    ("old", "new", "step", "said"),
    [
        ('"nosniff"', '"sniff"', "pages", "has no header X-Content-Type-Options: nosniff"),
        ("self.send_response(200 if", "self.send_response(500 if", "boot", "no answer"),
        ('"/admin/" or signed_in', '"/nowhere"', "admin", "opens without signing in"),
        ('"/admin/" or signed_in', '"/admin/"', "admin", "after signing in"),
        ("password=right", "password=other", "admin", "does not accept the form"),
        ('"openapi": "3.1.0"', '"swagger": "2.0"', "openapi", "is not an OpenAPI document"),
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
    server.write_text(server.read_text().replace("import json\n", f"import json\n{stubborn}", 1))
    table = pack / "smoke.toml"
    table.write_text(table.read_text().replace("seconds = 5", "seconds = 0.5"))
    run_result = run(pack, "stop", features=(), resources="none", shrink=False)
    (step_result,) = run_result.cases[0].failed
    assert step_result.message == "boot had to be killed, or left a process running"


@pytest.mark.parametrize(("text", "failed"), [("up", []), ("ready", ["boot"])])
def test_a_worker_is_ready_when_it_has_printed_the_text(
    pack: Path, text: str, failed: list[str]
) -> None:
    worker = "import time; time.sleep(0.3); print('up', flush=True); time.sleep(60)"
    table = pack / "smoke.toml"
    table.write_text(
        table.read_text()
        .replace('"server.py", "{port}"', f'"-c", "{worker}"')
        .replace('ready = "/health"\nseconds = 8', f'prints = "{text}"\nseconds = 2')
    )
    run_result = run(pack, "boot", features=(), resources="none", shrink=False)
    assert [result.step for result in run_result.cases[0].failed] == failed
