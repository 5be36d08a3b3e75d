"""The matrix: every allowed pair, nothing that is not allowed, always the same."""

import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.errors import UsageError
from scaffold.packs.pack import Feature, Pack, choose_features, read_pack
from scaffold.smoke.config import SmokeConfig
from scaffold.smoke.planning.cases import features_of, space
from scaffold.smoke.planning.matrix import Row, Space, coverage, everything, pairs, targets
from tests.integration.smoke.tiny import write_pack

NAMES = ("ash", "birch", "cedar", "elm", "fir", "yew")
CONFIG = SmokeConfig((), resources={"none": {}, "some": {}})


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Packs with requirements, conflicts and groups; some of their features cannot be had."""
    names = NAMES[: draw(st.integers(0, len(NAMES)))]
    features = {}
    for name in names:
        others = st.lists(st.sampled_from([n for n in names if n != name]), max_size=2, unique=True)
        features[name] = Feature(
            name,
            (),
            requires=tuple(draw(others)) if len(names) > 1 else (),
            conflicts=tuple(draw(others)) if len(names) > 1 and draw(st.booleans()) else (),
            group=draw(st.sampled_from(["", "", "", "kind"])),
        )
    return Pack(Path("/nowhere"), "p", "P", "1", {}, {}, features, ())


def allowed_rows(options: Space, pack: Pack) -> list[Row]:
    """All rows by brute force, judged by `pack.choose` alone."""
    rows: list[dict[str, str]] = [{}]
    for name, values in options.parameters.items():
        rows = [{**row, name: value} for row in rows for value in values]
    return [row for row in rows if allowed(pack, row)]


def allowed(pack: Pack, row: Row) -> bool:
    chosen = features_of(pack, row)
    try:
        return choose_features(pack, chosen)[0] == chosen
    except UsageError:
        return False


@settings(max_examples=60, deadline=None)
@given(packs())
def test_every_pair_that_an_allowed_row_can_hold_is_in_some_row(pack: Pack) -> None:
    options = space(pack, CONFIG)
    rows = pairs(options)
    assert all(allowed(pack, row) for row in rows)
    possible = {
        frozenset(pair)
        for row in allowed_rows(options, pack)
        for pair in combinations(row.items(), min(2, len(row)))
    }
    held = {frozenset(pair) for row in rows for pair in combinations(row.items(), min(2, len(row)))}
    assert possible <= held
    assert set(targets(options)) == possible
    assert coverage(rows, options) == (len(possible), len(possible))


@settings(max_examples=30, deadline=None)
@given(packs())
def test_everything_is_every_allowed_row_once(pack: Pack) -> None:
    options = space(pack, CONFIG)
    found = [tuple(sorted(row.items())) for row in everything(options)]
    assert len(found) == len(set(found))
    assert set(found) == {tuple(sorted(row.items())) for row in allowed_rows(options, pack)}


@settings(max_examples=30, deadline=None)
@given(packs())
def test_the_first_rows_add_most(pack: Pack) -> None:
    options = space(pack, CONFIG)
    rows = pairs(options)
    covered = [coverage(rows[:count], options)[0] for count in range(len(rows) + 1)]
    gains = [after - before for before, after in pairwise(covered)]
    assert gains == sorted(gains, reverse=True)
    assert all(gains)


def test_the_matrix_is_the_same_in_another_process(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    script = (
        "from scaffold.packs.pack import read_pack; from pathlib import Path;"
        "from scaffold.smoke.planning import cases, matrix;"
        "from scaffold.smoke.config_loader import read_config;"
        f"pack = read_pack(Path({str(pack)!r}));"
        "print(matrix.pairs(cases.space(pack, read_config(pack))))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[4])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(texts) == 1


def test_a_joint_of_three_features_is_covered_too(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    (root / "features/alpha+gamma+redis").mkdir()
    pack = read_pack(root)
    rows = pairs(space(pack, CONFIG))
    assert any({"alpha", "gamma", "redis"} <= set(features_of(pack, row)) for row in rows)


def test_thirty_options_stay_few_recipes() -> None:
    features = {f"f{number}": Feature(f"f{number}", ()) for number in range(30)}
    pack = Pack(Path("/nowhere"), "p", "P", "1", {}, {}, features, ())
    options = space(pack, CONFIG)
    rows = pairs(options)
    assert coverage(rows, options)[0] == coverage(rows, options)[1]
    assert len(rows) <= 16
