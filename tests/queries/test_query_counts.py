"""Lists, details and admin lists cost the same with 5 and with 50 rows on the page."""

import json
from pathlib import Path

from tests.proofs import inside, is_flask

HERE = Path(__file__).parent


def test_more_rows_cost_no_more_queries(project: Path, tmp_path: Path) -> None:
    probe = HERE / ("flask_probe.py" if is_flask(project) else "django_probe.py")
    database = f"sqlite:///{tmp_path / 'queries.sqlite3'}"
    variables = {"DATABASE_URL": database, "PYTHONPATH": str(project), "SECRET_KEY": "for tests"}
    done = inside(project, ["python", str(probe)], **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) == 14
    wrong = []
    for name, row in found.items():
        few, many = row["queries"]
        if len(few) != len(many) or not few:
            wrong.append(f"{name}: {len(few)} became {len(many)}:\n" + "\n".join(many[:8]))
        # Rows with few related rows would prove nothing.
        if row["related"][0] < row["wanted"][0] or row["related"][1] < row["wanted"][1]:
            wrong.append(f"{name}: {row['related']} related rows shown, not {row['wanted']}")
        print(f"{name}: {len(few)} queries with {row['wanted'][0]} rows, {len(many)} with "
              f"{row['wanted'][1]}")  # fmt: skip
    assert not wrong, "\n".join(wrong)
