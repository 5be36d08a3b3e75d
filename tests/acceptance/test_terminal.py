"""The real wizard in a real terminal: tmux types, the screen is read, the project is proved."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 90  # seconds until a screen must show what is waited for
SCAFFOLD = Path(sys.executable).with_name("scaffold")


class Terminal:
    """A tmux session of its own server, eighty columns wide, as a person would see it."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux"
        self.folder = folder

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self.socket, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout

    def start(self, command: str) -> None:
        shell = f"cd {self.folder}; {command}; echo ended with $?; sleep 600"
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", "80", "-y", "50", shell)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "t")

    def see(self, text: str) -> str:
        """Wait until the screen shows a text."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if text in (screen := self.screen()):
                return screen
            time.sleep(0.1)
        raise AssertionError(f"the screen never showed {text!r}:\n{self.screen()}")

    def type(self, *keys: str) -> None:
        self.tmux("send-keys", "-t", "t", *keys)

    def stop(self) -> None:
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    assert shutil.which("tmux"), "this test needs tmux: apt-get install tmux"
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.stop()


def test_a_person_goes_through_the_wizard_to_a_green_project(terminal: Terminal) -> None:
    terminal.start(f"{SCAFFOLD} new")
    terminal.see("How do you want to start?")
    terminal.type("Enter")
    terminal.see("What is the project called?")
    terminal.type("1cme")
    terminal.see("! ")  # said as it is typed
    terminal.type("Enter")
    assert "What is the project called?" in terminal.screen()
    terminal.type("C-u")
    terminal.type("Acme Shop", "Enter")
    terminal.see("How many people will write the code?")
    terminal.type("Escape")  # back to the name, which is still there
    terminal.see("? What is the project called? Acme Shop")
    terminal.type("Enter")
    for question in (
        "How many people will write the code?",
        "Which web framework",
        "change the database",
        "What are you building?",
        "Is there already a database",
        "What does it need?",
        "Will it stream",
        "What matters more",
    ):
        terminal.see(question)
        terminal.type("Enter")
    terminal.see("Which apps does it have?")
    terminal.type("Enter")
    terminal.see("What does blog store?")
    terminal.type("Enter")
    terminal.see("Which framework do you want?")
    terminal.type("Enter")
    screen = terminal.see("? Write it?")
    assert "command    scaffold new acme-shop --defaults" in screen
    terminal.type("Enter")
    screen = terminal.see("ended with")
    assert "ended with 0" in screen, screen
    project = terminal.folder / "acme-shop"
    done = subprocess.run(
        ["make", "test"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{SCAFFOLD.parent}:{os.environ['PATH']}"},
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


def test_quitting_writes_nothing(terminal: Terminal) -> None:
    terminal.start(f"{SCAFFOLD} new shop")
    terminal.see("How do you want to start?")
    terminal.type("C-c")
    terminal.see("ended with 130")
    assert not (terminal.folder / "shop").exists()
