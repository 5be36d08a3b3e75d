"""The fleet file: strict, with a hint for what is wrong."""

from pathlib import Path

import pytest

from scaffold.errors import UsageError
from scaffold.fleet import read_fleet
from scaffold.packs.sources import FOLDER, GIT
from tests.unit.fleet.conftest import WriteFleet


def test_paths_are_from_the_file_and_names_from_the_source(
    write_fleet: WriteFleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    file = write_fleet(
        "apps/../shop",
        "gh:acme/billing@main//backend",
        {"source": "git@host.example:team/news.git", "name": "our news", "wave": 1},
    )
    shop, billing, news = read_fleet(file).repositories
    assert (shop.name, shop.source.kind, shop.source.place) == (
        "shop",
        FOLDER,
        str(tmp_path / "shop"),
    )
    assert (billing.name, billing.source.kind, billing.source.rev) == ("backend", GIT, "main")
    assert billing.address == "https://github.com/acme/billing.git@main//backend"
    assert (news.name, news.wave) == ("our news", 1)


def test_waves_are_in_order_and_what_names_none_comes_last(write_fleet: WriteFleet) -> None:
    rows = [{"source": name, "wave": wave} for name, wave in [("a", 2), ("b", 1), ("c", 2)]]
    fleet = read_fleet(write_fleet("x", *rows, "y"))
    assert [[one.name for one in wave] for wave in fleet.waves()] == [
        ["b"],
        ["a", "c"],
        ["x", "y"],
    ]
    assert [[one.name for one in wave] for wave in fleet.waves(1)] == [[n] for n in "bacxy"]


def test_a_password_is_not_in_the_address(write_fleet: WriteFleet) -> None:
    [one] = read_fleet(write_fleet("https://u:secret@host.example/team/shop")).repositories
    assert one.address == "https://host.example/team/shop"


def test_a_policy_is_beside_the_file_or_an_address(write_fleet: WriteFleet, tmp_path: Path) -> None:
    (tmp_path / "web.toml").touch()
    assert read_fleet(write_fleet("a", head='policy = "web.toml"')).policy == str(
        tmp_path / "web.toml"
    )
    assert read_fleet(write_fleet("a", head='policy = "article"')).policy == "article"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "there is no repository in it", "[[repository]]"),
        ("[repository]\n", "repository must be a list of tables", "[[repository]]"),
        ("[[repository]\n", "cannot be read", ""),
        ('polcy = "x"\n[[repository]]\nsource = "a"', "unknown key polcy", "policy"),
        ('policy = 1\n[[repository]]\nsource = "a"', "policy must be text", ""),
        ('[[repository]]\nsorce = "a"', "repository 1: unknown key sorce", "source"),
        ('[[repository]]\nname = "a"', "repository a: there is no source", "source = "),
        ('[[repository]]\nsource = "a"\nwave = 0', "wave must be a whole number", "wave = 1"),
        ('[[repository]]\nsource = "a"\nwave = true', "wave must be a whole number", "wave = 1"),
        ('[[repository]]\nsource = "a"\nwave = "1"', "wave must be a whole number", ""),
        ('[[repository]]\nsource = "a.zip"', "is a zip file", "a git URL or a folder"),
        ('[[repository]]\nsource = "a"\n[[repository]]\nsource = "./a"', "is named twice", "out"),
        ('[[repository]]\nsource = "x/a"\n[[repository]]\nsource = "a"', "2 repositories", "name"),
        ('[[repository]]\nsource = "gh:a/b@..x"', "is not a tag, branch or commit", "@v1.2"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str, hint: str, tmp_path: Path) -> None:
    file = tmp_path / "fleet.toml"
    file.write_text(text)
    with pytest.raises(UsageError) as raised:
        read_fleet(file)
    assert raised.value.message.startswith(str(file))
    assert message in raised.value.message
    assert hint in raised.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read_fleet(tmp_path / "fleet.toml")
