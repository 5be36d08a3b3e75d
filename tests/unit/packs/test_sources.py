"""Sources as people write them, fetched by git, kept by commit."""

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from scaffold.errors import ScaffoldError, UsageError
from scaffold.packs import checkout
from scaffold.packs.catalog import find_pack, find_source
from scaffold.packs.checkout import fetch, fetched, newest, versions
from scaffold.packs.sources import FOLDER, GIT, ZIP, Source, is_source, parse_source
from tests.repositories import commit, git
from tests.tiny_pack import TinyPack

pytestmark = pytest.mark.usefixtures("nothing_fetched")


@pytest.mark.parametrize(
    ("text", "place", "rev", "directory"),
    [
        ("gh:acme/pack", "https://github.com/acme/pack.git", "", ""),
        ("gl:acme/pack@v1.2", "https://gitlab.com/acme/pack.git", "v1.2", ""),
        ("bb:acme/pack//web", "https://bitbucket.org/acme/pack", "", "web"),
        ("gh:a/b@v1//t/flask", "https://github.com/a/b.git", "v1", "t/flask"),
        ("gh:a/b//t/flask@v1", "https://github.com/a/b.git", "v1", "t/flask"),
        ("gh:a/b@feature/x", "https://github.com/a/b.git", "feature/x", ""),
        ("git@host.example:team/pack.git@v1", "git@host.example:team/pack.git", "v1", ""),
        ("ssh://git@host:22/team/pack@v1//x", "ssh://git@host:22/team/pack", "v1", "x"),
        ("https://u:p@host/team/pack", "https://u:p@host/team/pack", "", ""),
        ("git+https://host/pack", "https://host/pack", "", ""),
        ("file:///srv/pack@main", "file:///srv/pack", "main", ""),
    ],
)
def test_a_source_as_people_write_it(text: str, place: str, rev: str, directory: str) -> None:
    found = parse_source(text)
    assert (found.place, found.rev, found.directory, found.kind) == (place, rev, directory, GIT)
    assert is_source(text)


def test_a_password_is_never_written_down() -> None:
    assert parse_source("https://u:p@host/team/pack").public == "https://host/team/pack"
    assert parse_source("ssh://git@host/pack").public == "ssh://git@host/pack"


@pytest.mark.parametrize(
    "text",
    [
        "gh:a/b@--upload-pack=touch",
        "gh:a/b@v1..v2",
        "gh:a/b@v1:path",
        "gh:a/b//../../etc",
        "gh:a/b///etc",
        "https://host/a::b",
    ],
)
def test_what_git_would_take_for_an_option_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_source(text)


def test_a_path_of_a_new_project_is_no_source(tiny: TinyPack, work: Path) -> None:
    assert not is_source("shop")
    assert not is_source("a/shop")
    assert not is_source(str(work / "shop"))
    assert is_source(str(tiny.root))
    assert find_source("shop", named=False) is None
    with pytest.raises(UsageError, match="not the source of a project"):
        find_source("shop")


def test_folders_and_zip_files_have_kinds(tiny: TinyPack) -> None:
    assert parse_source(str(tiny.root)).kind == FOLDER
    assert parse_source("x/pack.ZIP").kind == ZIP
    assert parse_source("https://host/pack.zip").kind == ZIP
    assert parse_source(str(tiny.root)).public == ""


def test_abbreviations_of_cookiecutters_own_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "rc"
    config.write_text("abbreviations:\n  team: https://git.example/team/{0}.git\n")
    monkeypatch.setenv("COOKIECUTTER_CONFIG", str(config))
    assert parse_source("team:pack@v1").place == "https://git.example/team/pack.git"
    assert parse_source("gh:a/b").place == "https://github.com/a/b.git"


def source_of(tiny: TinyPack, rev: str = "") -> Source:
    return parse_source(f"file://{tiny.root}{f'@{rev}' if rev else ''}")


def test_a_repository_by_tag_branch_and_commit(tiny: TinyPack) -> None:
    first = commit(tiny.root, tag="v1")
    git(tiny.root, "branch", "old")
    tiny.base("new.txt", "new\n")
    second = commit(tiny.root)
    assert fetch(source_of(tiny)).commit == second
    assert (fetch(source_of(tiny)).folder / "{{cookiecutter.project_slug}}/new.txt").exists()
    for rev in ("v1", "old", first, first[:10]):
        assert fetch(source_of(tiny, rev)).commit == first
    pack = find_pack(str(source_of(tiny, "v1")))
    assert pack.origin
    assert pack.origin.as_dict() == {
        "url": f"file://{tiny.root}",
        "commit": first,
        "rev": "v1",
    }


def test_an_unknown_revision_names_the_nearest(tiny: TinyPack) -> None:
    commit(tiny.root, tag="v1.0")
    with pytest.raises(UsageError, match="no tag, branch or commit v1") as caught:
        fetch(source_of(tiny, "v1.9"))
    assert "v1.0" in caught.value.hint


def test_offline_after_the_first_use(tiny: TinyPack) -> None:
    first = commit(tiny.root, tag="v1")
    fetch(source_of(tiny))
    fetch.cache_clear()
    elsewhere = tiny.root.with_name("moved")
    shutil.move(tiny.root, elsewhere)
    for rev in ("v1", first):
        assert fetch(source_of(tiny, rev)).commit == first
        assert not fetch(source_of(tiny, rev)).note
    assert "cannot be fetched" in fetch(source_of(tiny)).note
    assert fetch(source_of(tiny)).commit == first
    with pytest.raises(ScaffoldError, match="cannot be fetched") as caught:
        fetch(source_of(tiny, "v2"))
    assert "git ls-remote" in caught.value.hint


def test_a_branch_is_asked_for_again_even_if_it_is_renamed(tiny: TinyPack) -> None:
    commit(tiny.root)
    fetch(source_of(tiny))
    fetch.cache_clear()
    git(tiny.root, "branch", "-m", "trunk")
    second = commit(tiny.root)
    assert fetch(source_of(tiny)).commit == second


def test_the_newest_version(tiny: TinyPack) -> None:
    for tag in ("v1.2", "v1.10", "v1.9", "v2.0rc1"):
        commit(tiny.root, tag=tag)
    assert newest(source_of(tiny, "v1.2")).rev == "v1.10"
    assert versions(source_of(tiny))[:2] == ["v2.0rc1", "v1.10"]
    assert newest(source_of(tiny)).rev == ""


def test_sub_directories(tiny: TinyPack, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(tiny.root, whole / "packs/web")
    commit(whole)
    with pytest.raises(UsageError, match="no pack or template") as caught:
        fetch(parse_source(f"file://{whole}"))
    assert "--directory packs/web" in caught.value.hint
    found = fetch(parse_source(f"file://{whole}", "packs/web"))
    assert (found.folder / "pack.toml").is_file()
    assert found.root == found.folder.parents[1]


def test_a_sub_directory_may_not_be_a_link_that_leads_out(tiny: TinyPack, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "web").symlink_to(tiny.root)
    commit(whole)
    with pytest.raises(UsageError, match="no pack"):
        fetch(parse_source(f"file://{whole}//web"))


def test_submodules_are_not_fetched(tiny: TinyPack, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "x").write_text("x")
    commit(other)
    commit(tiny.root)
    git(tiny.root, "-c", "protocol.file.allow=always", "submodule", "add", f"file://{other}", "sub")
    commit(tiny.root)
    assert list((fetch(source_of(tiny)).root / "sub").iterdir()) == []


def test_a_private_repository_is_what_the_users_git_reaches(
    tiny: TinyPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = commit(tiny.root)
    config = Path(os.environ["GIT_CONFIG_GLOBAL"]).read_text()
    own = tmp_path / "gitconfig"
    own.write_text(f'{config}\n[url "file://{tiny.root}"]\n insteadOf = https://git.example/pack\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    found = fetch(parse_source("https://git.example/pack"))
    assert found.commit == wanted
    assert found.origin
    assert found.origin.url == "https://git.example/pack"


def zipped(entries: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_zip_file(tiny: TinyPack, tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "pack"), "zip", tiny.root.parent, tiny.root.name)
    pack = find_pack(str(tmp_path / "pack.zip"))
    assert pack.version == "1.2.3"
    assert pack.origin is None
    assert pack.tree_hash() == find_pack(str(tiny.root)).tree_hash()
    assert fetched(parse_source(str(tmp_path / "pack.zip")))


@pytest.mark.parametrize(
    "entries",
    [
        {"a/../../x": "x"},
        {"a/x": "x", "../y": "y"},
        {"a/x": "x", "/etc/y": "y"},
        {"a/x": "x", "b/y": "y"},
        {"a/x": "x", "a\\..\\..\\y": "y"},
        {"x": "x"},
        {},
    ],
    ids=str,
)
def test_a_zip_file_that_leaves_its_folder(entries: dict[str, bytes | str], tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(zipped(entries))
    with pytest.raises(ScaffoldError):
        fetch(parse_source(str(tmp_path / "bad.zip")))
    assert not (tmp_path / "y").exists()
    assert not (tmp_path / "x").exists()


def test_a_zip_file_comes_over_https_alone() -> None:
    with pytest.raises(UsageError, match="is not an https address") as caught:
        fetch(parse_source("http://localhost/pack.zip"))
    assert "name its https address" in caught.value.hint


def test_zip_bombs_and_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "ZIP_BYTES", 10**6)
    monkeypatch.setattr("scaffold.packs.archive.UNPACKED_BYTES", 10**6)
    (tmp_path / "bomb.zip").write_bytes(zipped({"a/x": b"\0" * (2 * 10**6)}))
    with pytest.raises(ScaffoldError, match="unpacks to more"):
        fetch(parse_source(str(tmp_path / "bomb.zip")))
    (tmp_path / "large.zip").write_bytes(b"\0" * (2 * 10**6))
    with pytest.raises(ScaffoldError, match="larger than"):
        fetch(parse_source(str(tmp_path / "large.zip")))
    link = zipfile.ZipInfo("a/x")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "link.zip").write_bytes(stream.getvalue())
    with pytest.raises(ScaffoldError, match="neither file nor folder"):
        fetch(parse_source(str(tmp_path / "link.zip")))
    (tmp_path / "torn.zip").write_bytes(b"PK\3\4 and no more")
    with pytest.raises(ScaffoldError, match="not a valid zip"):
        fetch(parse_source(str(tmp_path / "torn.zip")))
