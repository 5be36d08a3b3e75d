"""What `scaffold doctor` sees, on machines made of fake programs and small servers."""

import json
import os
import socket
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from scaffold import process
from scaffold.commands import doctor as verb
from scaffold.commands.doctor import CHECKS, Fact, doctor

POSIX = pytest.mark.skipif(os.name == "nt", reason="the fake programs are shell scripts")


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Make a machine whose PATH holds only what is installed here, uv included."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(process, "uv", lambda: "uv")

    def add(name, script):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    return add


@contextmanager
def server(reply):
    """Listen on a free port and give each guest one reply; `None` never answers."""
    heard = []
    with socket.create_server(("localhost", 0)) as listening:

        def serve():
            try:
                guest, _ = listening.accept()
            except OSError:
                return
            with guest:
                heard.append(guest.recv(64))
                if reply is None:
                    guest.recv(64)
                else:
                    guest.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1], heard
        with socket.socket() as last:  # frees a server nobody called
            last.connect_ex(listening.getsockname())
        thread.join()


def free_port():
    with socket.create_server(("localhost", 0)) as listening:
        return listening.getsockname()[1]


def state(fact):
    return fact.state, fact.found


def test_the_facts_come_in_order_and_as_plain_values_in_time():
    start = time.monotonic()
    found = doctor()
    assert time.monotonic() - start < 3
    assert [fact.name for fact in found.facts] == list(CHECKS)
    document = found.as_dict()
    assert json.loads(json.dumps(document)) == document
    for fact in document["facts"]:
        assert set(fact) == {"name", "state", "found", "means", "remedy"}
        assert fact["state"] in {"ok", "limited", "missing"}
        assert fact["found"]
        assert fact["means"].endswith(".")
        assert bool(fact["remedy"]) == (fact["state"] != "ok")


def test_the_running_python_and_the_uv_that_scaffold_brings_are_found():
    assert ".".join(map(str, sys.version_info[:3])) in verb.check_python().found
    assert verb.check_uv().state == "ok"


@POSIX
@pytest.mark.usefixtures("install")
def test_a_machine_with_nothing(monkeypatch):
    monkeypatch.setattr(verb, "BROWSERS", ())
    monkeypatch.setattr(sys, "platform", "linux")
    looks = {
        **CHECKS,
        "PostgreSQL": lambda: verb.check_postgresql(port=free_port()),
        "Redis": lambda: verb.check_redis(port=free_port()),
    }
    states = {fact.name: fact.state for fact in doctor(looks).facts}
    assert states.pop("Python") == "ok"
    assert set(states.values()) == {"missing"}


@POSIX
def test_every_program_that_hangs_costs_no_more_than_the_deadline(install):
    for name in ("git", "uv", "docker"):
        install(name, "exec /bin/sleep 20")
    start = time.monotonic()
    states = {fact.name: fact for fact in doctor().facts}
    assert time.monotonic() - start < 3
    for name in ("git", "uv", "network", "Docker"):
        assert states[name].state != "ok"
        assert "longer than" in states[name].found or "in time" in states[name].found


def test_a_look_that_fails_or_never_ends_is_unknown_and_the_rest_stands(monkeypatch):
    monkeypatch.setattr(verb, "DEADLINE", 0.2)
    stop = threading.Event()

    def broken():
        raise PermissionError("no entry")

    def endless():
        stop.wait(20)
        return Fact("endless", "ok", "", "")

    fine = Fact("fine", "ok", "here", "Good.")
    start = time.monotonic()
    found = doctor({"endless": endless, "broken": broken, "fine": lambda: fine}).facts
    stop.set()
    assert time.monotonic() - start < 3
    assert [state(fact) for fact in found] == [
        ("limited", "no answer in time"),
        ("limited", "could not be examined: no entry"),
        ("ok", "here"),
    ]


@POSIX
def test_pythons_too_old_to_use_are_not_named(install):
    install(
        "uv",
        "echo 'cpython-3.9.18-linux /a'; echo 'warning: cpython-3.12.9-x is broken';"
        "echo 'cpython-3.99.2-linux-x86_64 /b'; echo 'pypy-3.98.1-linux /c'",
    )
    found = verb.check_python().found.split(", ")
    assert "3.99.2" in found
    assert not {"3.9.18", "3.12.9", "3.98.1"} & set(found) - {sys.version.split()[0]}


@POSIX
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo git version 2.50.1", ("ok", "2.50.1")),
        ("echo 'git version 2.38.0 (Apple Git-154)'", ("ok", "2.38.0")),
        ("echo git version 3.0", ("ok", "3.0")),
        ("printf '\\377\\376'", ("missing", "\ufffd\ufffd")),
        ("echo git version 2.50.1; exit 3", ("missing", "git version 2.50.1")),
    ],
)
def test_versions_of_git(install, script, expected):
    install("git", script)
    assert state(verb.check_git()) == expected


def test_no_identity_is_named_with_what_to_type(tmp_path, monkeypatch):
    for variable in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(variable, raising=False)
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    fact = verb.check_identity()
    assert state(fact) == ("missing", "git does not know who you are")
    assert "user.email" in fact.remedy
    with settings.open("a", encoding="utf-8") as file:
        file.write("\tname = Ada <3\n\temail = ada@example.com\n")
    assert state(verb.check_identity()) == ("ok", "Ada 3 <ada@example.com>")


@POSIX
@pytest.mark.usefixtures("install")
def test_no_git_means_no_identity():
    assert state(verb.check_identity()) == ("missing", "no git")
    assert verb.check_git().state == "missing"


@POSIX
def test_the_network_is_what_uv_can_reach(install):
    install("uv", 'test "$UV_HTTP_TIMEOUT" = 2 && read -r name < requirements.in; test "$name"')
    assert verb.check_network().state == "ok"
    install("uv", "echo 'error: no'; echo '  cause: Connection refused'; exit 1")
    fact = verb.check_network()
    assert fact.state == "missing"
    assert fact.found.endswith("Connection refused")
    assert "--no-install" in fact.remedy


def test_an_index_that_refuses_is_no_network(monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://localhost:{free_port()}/simple")
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.delenv("UV_INDEX", raising=False)
    assert verb.check_network().state == "missing"


@pytest.mark.parametrize(
    ("look", "reply", "expected"),
    [
        (verb.check_postgresql, b"S", "ok"),
        (verb.check_postgresql, b"N", "ok"),
        (verb.check_postgresql, b"HTTP/1.1 400", "other"),
        (verb.check_postgresql, b"", "other"),
        (verb.check_postgresql, None, "other"),
        (verb.check_redis, b"+PONG\r\n", "ok"),
        (verb.check_redis, b"-NOAUTH Authentication required.\r\n", "limited"),
        (verb.check_redis, b"-ERR what", "other"),
        (verb.check_redis, None, "other"),
    ],
)
@POSIX
@pytest.mark.usefixtures("install")
def test_servers_are_known_by_what_they_answer(look, reply, expected):
    with server(reply) as (port, heard):
        fact = look(port=port)
    assert heard[0]
    assert fact.state == ("missing" if expected == "other" else expected)
    assert f"localhost:{port}" in fact.found
    assert ("password" in fact.found) == (expected == "limited")


@POSIX
@pytest.mark.parametrize(
    ("look", "program"), [(verb.check_postgresql, "psql"), (verb.check_redis, "valkey-server")]
)
def test_installed_is_not_yet_running(install, look, program):
    port = free_port()
    assert look(port=port).state == "missing"
    install(program, "exit 0")
    fact = look(port=port)
    assert fact.state == "limited"
    assert fact.remedy.startswith("start")


@POSIX
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("echo 28.1.0", ("ok", "28.1.0")),
        ("echo Cannot connect; exit 1", ("limited", "the client alone: Cannot connect")),
        ('test "$1" = version && echo 28.1.0', ("limited", "28.1.0, without compose")),
    ],
)
def test_docker_is_a_client_a_server_and_compose(install, script, expected):
    assert verb.check_docker().state == "missing"
    install("docker", script)
    assert state(verb.check_docker()) == expected


@POSIX
def test_a_browser_needs_a_display(install, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert verb.check_browser().state == "missing"
    install("firefox", "exit 0")
    assert verb.check_browser().state == "limited"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert state(verb.check_browser()) == ("ok", "firefox")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_desktop_systems_bring_a_browser(platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    assert verb.check_browser().state == "ok"
