"""Deleting in the admin: one row, many at once, and those that others need."""

from app.blueprints.specimens.models import Kind, Thing
from app.core.samples import count, sample

KINDS, THINGS = "/admin/specimens/kind/", "/admin/specimens/thing/"


def test_chosen_rows_are_deleted_together(staff_client) -> None:
    rows = [sample(Thing), sample(Thing)]
    chosen = {"action": "delete", "rowid": [*(row.id for row in rows), "x"]}
    assert staff_client.post(f"{THINGS}action/", data=chosen).status_code == 302
    assert count(Thing) == 0


def test_a_row_that_others_need_stays(staff_client) -> None:
    kind = sample(Thing).kind_id
    before = count(Kind)
    one, many = {"id": kind}, {"action": "delete", "rowid": [kind]}
    for place, sent in (("delete", one), ("action", many)):
        answer = staff_client.post(f"{KINDS}{place}/", data=sent, follow_redirects=True)
        assert "other rows need this one" in answer.text
        assert "DELETE FROM" not in answer.text
    assert count(Kind) == before
