"""A policy is read strictly, extended without being weakened, and found wherever it is."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from scaffold.errors import ScaffoldError, UsageError
from scaffold.policies import binding_policy, find_policy
from scaffold.policies.repository import plain_address
from scaffold.project.state import PolicyRecord
from tests.policies import WritePolicy
from tests.repositories import commit

EXCEPTION = (
    '[[exceptions]]\nrepository = "gh:acme/old"\nkey = "{key}"\nowner = "Ann"\n'
    'until = {until}\nreason = "it is replaced"\n'
)
ADDRESS = "https://policies.example/web.toml"


def values(text: str) -> dict[str, object]:
    return {key: one.value for key, one in find_policy(text).settings.items()}


WRONG = [  # what is written, what the message says, what the hint names
    ("lockss = {}", "lockss", "locks"),
    ('[locks]\ndatabse = "postgres"', "locks has no key databse", "database"),
    ('[locks]\nteam_size = "large"', "team_size cannot be locked", "default"),
    ('[locks]\nframework = "flsk"', "framework is 'flsk'", "flask"),
    ('[locks]\ndatabase = "existing"', "database is 'existing'", "postgres"),
    ('[locks]\naim = "shp"', "aim has no answer 'shp'", "ship"),
    ('[locks]\naim = "no opinion"', "locks.aim cannot have 'no opinion'", "defaults"),
    ('[minimums]\npython = "three"', "python is 'three'", "3.12"),
    ('[minimums]\ncoverage = "90"', "minimums has no key coverage", "python"),
    ('[features]\nforbit = ["celery"]', "forbit", "forbid"),
    ('[rules.levels]\nimport-cycel = "error"', "no rule import-cycel", "import-cycle"),
    ('[rules.levels]\nimport-cycle = "eror"', "'eror'", "error"),
    ('[rules.levels]\npolicy-lock = "off"', "policy-lock is the policy's own", "leave it out"),
    ("[rules.limits]\nimport-cycle = 3", "import-cycle has no limit", "count"),
    ('pack = "./here"', "not an address that everyone can reach", "gh:"),
    ("exceptions = 3", "exceptions must be tables", "[[exceptions]]"),
    (EXCEPTION.format(key="pack", until='"soon"'), "not a date", "2027"),
    (EXCEPTION.format(key="", until="2027-01-31"), "a rule or a key", "locks"),
    (
        '[[exceptions]]\nkey = "pack"\nowner = "Ann"\nuntil = 2027-01-31\nreason = "old"\n',
        "for everything",
        "repository",
    ),
    ("[locks", "not TOML", ""),
]


@pytest.mark.parametrize(("text", "message", "hint"), WRONG)
def test_a_fault_is_named_with_what_to_write(
    write_policy: WritePolicy, text: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        find_policy(write_policy(text))
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("missing", ["owner", "until", "reason"])
def test_an_exception_needs_an_owner_a_day_and_a_reason(
    write_policy: WritePolicy, missing: str
) -> None:
    lines = EXCEPTION.format(key="pack", until="2027-01-31").splitlines()
    text = "\n".join(line for line in lines if not line.startswith(missing))
    with pytest.raises(UsageError, match=f"{missing} is missing"):
        find_policy(write_policy(text))


def test_a_policy_needs_a_name_and_an_owner(tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text('name = "web"\n')
    with pytest.raises(UsageError, match="owner is missing"):
        find_policy(str(tmp_path / "web.toml"))


def test_a_child_adds_and_tightens_and_has_no_opinion(write_policy: WritePolicy) -> None:
    write_policy(
        '[locks]\ndatabase = "postgres"\n[minimums]\npython = "3.11"\n'
        '[defaults]\nstage = "product"\naim = "learn"\n'
        '[rules]\nlevels = { import-cycle = "note" }\n'
        '[features]\nforbid = ["metrics"]\nallow = ["api", "postgres", "docker"]\n',
        name="base",
    )
    child = write_policy(
        '[locks]\nframework = "flask"\ndatabase = "postgres"\n[minimums]\npython = "3.12"\n'
        '[defaults]\nstage = "no opinion"\naim = "ship"\n'
        '[rules]\nlevels = { import-cycle = "error" }\n'
        '[features]\nforbid = ["celery"]\nallow = ["api", "postgres"]\n',
        extends="base.toml",
    )
    assert values(child) == {
        "locks.database": "postgres",
        "locks.framework": "flask",
        "minimums.python": "3.12",
        "defaults.aim": "ship",
        "rules.levels.import-cycle": "error",
        "features.forbid.metrics": "forbidden",
        "features.forbid.celery": "forbidden",
        "features.allow": ("api", "postgres"),
    }
    policy = find_policy(child)
    assert policy.extends == ("base",)
    assert policy.settings["locks.database"].owner == "the base team"
    assert policy.settings["minimums.python"].owner == "the web team"


WEAKER = [
    ('[locks]\ndatabase = "postgres"', '[locks]\ndatabase = "sqlite"'),
    ('[minimums]\npython = "3.12"', '[minimums]\npython = "3.9"'),
    ('[features]\nallow = ["api"]', '[features]\nallow = ["api", "celery"]'),
    ("[rules.levels]\nimport-cycle = 'error'", "[rules.levels]\nimport-cycle = 'off'"),
    ("[rules.limits]\nmodule-lines = 500", "[rules.limits]\nmodule-lines = 900"),
    ('pack = "gh:acme/pack"', 'pack = "gh:other/pack"'),
    ('[locks]\ndatabase = "postgres"', EXCEPTION.format(key="locks.database", until="2099-01-01")),
]


@pytest.mark.parametrize(("base", "child"), WEAKER)
def test_a_child_cannot_weaken_what_it_extends(
    write_policy: WritePolicy, base: str, child: str
) -> None:
    write_policy(base, name="base")
    with pytest.raises(UsageError, match="the policy web weakens base") as caught:
        find_policy(write_policy(child, extends="base.toml"))
    assert "the base team" in caught.value.hint


def test_a_forbidden_feature_stays_forbidden(write_policy: WritePolicy) -> None:
    write_policy('[features]\nforbid = ["celery"]', name="base")
    child = write_policy('[features]\nrequire = ["celery"]', extends="base.toml")
    with pytest.raises(UsageError, match="contradicts itself"):
        find_policy(child)


def test_a_policy_that_extends_itself_is_an_error(write_policy: WritePolicy) -> None:
    with pytest.raises(UsageError, match="or itself"):
        find_policy(write_policy(extends="web.toml"))


def test_a_hash_pins_the_file(write_policy: WritePolicy) -> None:
    place = write_policy('[locks]\naim = "ship"')
    digest = sha256(Path(place).read_bytes()).hexdigest()
    assert find_policy(f"{place}#sha256={digest}").name == "web"
    with pytest.raises(ScaffoldError, match="another hash"):
        find_policy(f"{place}#sha256={'0' * 64}")
    with pytest.raises(UsageError, match="does not end in a hash"):
        find_policy(f"{place}#md5=1")


def test_a_file_of_one_machine_is_never_recorded(write_policy: WritePolicy) -> None:
    place = write_policy()
    assert find_policy(place).record is None
    assert find_policy(f"file://{place}").record is None


def test_a_policy_of_a_repository_extends_a_file_beside_it(
    tmp_path: Path, write_policy: WritePolicy
) -> None:
    write_policy('[locks]\naim = "ship"', name="base")
    folder = Path(write_policy(extends="base.toml")).parent
    commit(folder, tag="v1")
    found = find_policy(f"file://{folder}@v1//web.toml")
    assert found.extends == ("base",)
    write_policy(extends="../secret.toml", name="out")
    (tmp_path / "secret.toml").write_text('name = "secret"\nowner = "x"\n')
    commit(folder, tag="v2")
    with pytest.raises(UsageError, match="leads out of"):
        find_policy(f"file://{folder}@v2//out.toml")
    with pytest.raises(UsageError, match="there is no policy in"):
        find_policy(f"file://{folder}@v1//missing.toml")


@pytest.mark.usefixtures("cold_cache")
def test_an_address_works_offline_after_the_first_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = b'name = "web"\nowner = "the web team"\n'
    place = "scaffold.policies.locate.download"
    monkeypatch.setattr(place, lambda *_, **__: content)
    found = find_policy(ADDRESS)
    assert found.record == PolicyRecord(ADDRESS, sha256=sha256(content).hexdigest())

    def unreachable(*_: object, **__: object) -> bytes:
        raise OSError("no network")

    monkeypatch.setattr(place, unreachable)
    assert find_policy(ADDRESS, found.record).note == ""
    assert "what was fetched before is used" in find_policy(ADDRESS).note
    with pytest.raises(ScaffoldError, match="cannot be fetched"):
        find_policy("https://policies.example/other.toml")
    monkeypatch.setattr(place, lambda *_, **__: content + b"# changed\n")
    find_policy(ADDRESS)
    with pytest.raises(ScaffoldError, match="pinned") as caught:
        find_policy(ADDRESS, found.record)
    assert "scaffold update" in caught.value.hint
    with pytest.raises(UsageError, match="not safe"):
        find_policy("http://policies.example/web.toml")


@pytest.mark.usefixtures("cold_cache")
def test_a_policy_from_elsewhere_cannot_extend_a_file_of_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = b'name = "web"\nowner = "us"\nextends = "file:///etc/web.toml"\n'
    monkeypatch.setattr("scaffold.policies.locate.download", lambda *_, **__: text)
    with pytest.raises(UsageError, match="a file of one machine"):
        find_policy(ADDRESS)


def test_what_binds_from_outside_comes_first(
    write_policy: WritePolicy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    flag, variable, own = (write_policy(name=name) for name in ("flag", "variable", "own"))
    config = tmp_path / "config/scaffold"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'policy = "{own}"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    recorded = PolicyRecord("article")

    def bound(given: str, record: PolicyRecord | None) -> str:
        found = binding_policy(given, record)
        return found.name if found else ""

    assert bound("", None) == "own"
    assert bound("", recorded) == "article"
    monkeypatch.setenv("SCAFFOLD_POLICY", variable)
    assert bound("", recorded) == "variable"
    assert bound(flag, recorded) == "flag"


def test_an_exception_lifts_a_key_in_its_repository_until_its_day(
    write_policy: WritePolicy,
) -> None:
    text = '[locks]\naim = "ship"\n' + EXCEPTION.format(key="locks.aim", until="2027-01-31")
    policy = find_policy(write_policy(text))
    old = plain_address("git@github.com:Acme/old.git")

    def locked(repository: str, day: date) -> bool:
        return "locks.aim" in policy.for_repository(repository, day).settings

    assert not locked(old, date(2027, 1, 31))
    assert locked(old, date(2027, 2, 1))
    assert locked("github.com/acme/new", date(2027, 1, 31))


@pytest.mark.parametrize(
    "address",
    [
        "gh:acme/shop",
        "https://github.com/acme/shop.git",
        "git@github.com:acme/shop",
        "ssh://git@github.com/Acme/shop",
    ],
)
def test_an_address_is_the_same_however_it_is_written(address: str) -> None:
    assert plain_address(address) == "github.com/acme/shop"
