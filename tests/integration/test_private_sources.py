"""Private repositories are fetched as the user's own git fetches them, and git never waits."""

import base64
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scaffold.cli import run
from scaffold.packs.checkout import fetch
from tests.repositories import commit, git
from tests.tiny_pack import TinyPack

KEY = f"Basic {base64.b64encode(b'ann:secret').decode()}"
pytestmark = pytest.mark.usefixtures("nothing_fetched")
NEW = ("shop", "--defaults", "--no-install", "-q")
Captured = pytest.CaptureFixture[str]
# web/cookiecutter.json and web/{{cookiecutter.slug}}/a.txt, with the password "secret".
SECRET_ZIP = base64.b64decode(
    "UEsDBAoACQAAAIkwfV3OKSJSHQAAABEAAAAVAAAAd2ViL2Nvb2tpZWN1dHRlci5qc29uS5st1y3+1b6Ze3pAHAo9"
    "yo3lS8U0lw9nSftRxedQSwcIzikiUh0AAAARAAAAUEsDBAoACQAAAIkwfV0fCOpGDgAAAAIAAAAfAAAAd2ViL3t7"
    "Y29va2llY3V0dGVyLnNsdWd9fS9hLnR4dDmzIhWJzjt5Yt6GWDEfUEsHCB8I6kYOAAAAAgAAAFBLAQIeAwoACQAA"
    "AIkwfV3OKSJSHQAAABEAAAAVAAAAAAAAAAEAAACkgQAAAAB3ZWIvY29va2llY3V0dGVyLmpzb25QSwECHgMKAAkA"
    "AACJMH1dHwjqRg4AAAACAAAAHwAAAAAAAAABAAAApIFgAAAAd2ViL3t7Y29va2llY3V0dGVyLnNsdWd9fS9hLnR4"
    "dFBLBQYAAAAAAgACAJAAAAC7AAAAAAA="
)


class Handler(BaseHTTPRequestHandler):
    """Git's own server, which asks for a password."""

    root: Path

    def do_GET(self) -> None:
        """Answer as git does, once the password is right."""
        if self.headers.get("Authorization") != KEY:
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic realm=team")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        variables = {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
        }
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        command = ["git", "http-backend"]
        done = subprocess.run(
            command, input=body, env={**os.environ, **variables}, capture_output=True, check=True
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        self.send_response(200)
        for line in head.decode().split("\r\n"):
            name, _, value = line.partition(": ")
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        """Answer a question with a body alike."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def bare(tiny: TinyPack, tmp_path: Path) -> Path:
    """A repository with a pack, as a server holds it."""
    commit(tiny.root, tag="v1")
    git(tmp_path, "clone", "--quiet", "--bare", str(tiny.root), str(tmp_path / "served/pack.git"))
    return tmp_path / "served/pack.git"


@pytest.fixture
def server(bare: Path) -> Iterator[ThreadingHTTPServer]:
    """The server of a team, with a password."""
    handler = type("Handler", (Handler,), {"root": bare.parent})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


def use_helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give git a program that knows the password."""
    own = tmp_path / "gitconfig"
    before = Path(os.environ["GIT_CONFIG_GLOBAL"]).read_text()
    helper = "!f() { echo username=ann; echo password=secret; }; f"
    own.write_text(f'{before}\n[credential]\nhelper = "{helper}"\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))


def test_a_password_comes_from_gits_own_helper_and_is_kept_nowhere(
    server: ThreadingHTTPServer,
    work: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    address = f"http://127.0.0.1:{server.server_port}/pack.git"
    assert run(["new", address, *NEW]) == 1  # and does not wait for anybody
    error = capsys.readouterr().err
    assert "terminal prompts disabled" in error
    assert f"git ls-remote {address}" in error
    use_helper(tmp_path, monkeypatch)
    assert run(["new", f"{address}@v1", *NEW]) == 0
    assert "secret" not in (work / "shop/.scaffold.toml").read_text()

    server.shutdown()
    server.server_close()
    fetch.cache_clear()
    assert run(["new", f"{address}@v1", "again", *NEW[1:]]) == 0
    assert run(["new", f"{address}@v2", "newer", *NEW[1:]]) == 1
    error = capsys.readouterr().err
    assert "cannot be fetched" in error
    assert "Traceback" not in error
    assert not (work / "newer").exists()


def test_ssh_is_the_users_own(
    bare: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(ssh))
    monkeypatch.setenv("GIT_SSH_VARIANT", "simple")
    assert run(["new", f"ssh://git@host{bare}", *NEW]) == 0
    assert f'url = "ssh://git@host{bare}"' in (work / "shop/.scaffold.toml").read_text()
    ssh.write_text('#!/bin/sh\necho "git@host: Permission denied (publickey)." >&2\nexit 255\n')
    assert run(["new", f"git@host:{bare}", "other", *NEW[1:]]) == 1
    assert "Permission denied (publickey)" in capsys.readouterr().err


def test_a_zip_file_with_a_password(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / "web.zip").write_bytes(SECRET_ZIP)
    words = ["new", str(tmp_path / "web.zip"), "--defaults", "--no-git", "-q"]
    assert run(words) == 1
    assert "set COOKIECUTTER_REPO_PASSWORD" in capsys.readouterr().err
    monkeypatch.setenv("COOKIECUTTER_REPO_PASSWORD", "wrong")
    assert run(words) == 1
    assert not list(work.iterdir())
    monkeypatch.setenv("COOKIECUTTER_REPO_PASSWORD", "secret")
    assert run(words) == 0
    assert (work / "shop/a.txt").read_text() == "x\n"
