"""A server that is asked to stop answers what has begun, and takes nothing new."""

import json
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.proofs import find_project

from .live import served

BODY = json.dumps({"email": "nobody@example.com", "password": "wrong"}).encode()
HEAD = (
    "POST /api/v1/auth/token/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
    f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
).encode()


def test_a_request_that_has_begun_is_answered(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    project = find_project(request.config, tmp_path_factory)
    heard: list[bytes] = []

    def finish() -> None:
        time.sleep(1.5)  # by then the server has long been asked to stop
        line.sendall(BODY[5:])
        heard.append(line.recv(100))

    with served(project, tmp_path) as base:
        port = urlsplit(base).port
        assert port
        line = socket.create_connection(("127.0.0.1", port), timeout=8)
        line.sendall(HEAD + BODY[:5])
        time.sleep(0.5)  # the server has read the head
        last = threading.Thread(target=finish)
        last.start()
    last.join()
    line.close()
    assert heard[0].startswith((b"HTTP/1.1 401", b"HTTP/1.1 422")), heard
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
