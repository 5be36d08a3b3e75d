"""The admin of users: found by what staff know of them, and changed by a file of the blueprint."""

import datetime as dt
from decimal import Decimal

import pytest

from app.blueprints.accounts.models import User
from app.blueprints.specimens.models import Thing
from app.core.admin import ModelAdmin
from app.core.db import db
from app.core.samples import sample

USERS = "/admin/accounts/user/"
NOON, LATER = "2024-05-01 12:00:00", "2024-05-01 12:00:01"


def test_staff_find_users_by_name_and_by_address(staff_client, user) -> None:
    for term in (user.name, user.email):
        page = staff_client.get(USERS, query_string={"search": term}).text
        assert user.email in page
        assert "staff@example.com" not in page.partition("<table")[2]


def test_a_filter_keeps_what_it_asks_for(staff_client, user) -> None:
    query = {"flt0_is_staff_equals": "0"}
    page = staff_client.get(USERS, query_string=query).text
    assert user.email in page
    assert "staff@example.com" not in page.partition("<table")[2]


def test_the_admin_file_of_a_blueprint_changes_its_model(staff_client, user) -> None:
    assert "/admin/accounts/user/delete/" not in staff_client.get(USERS).text
    staff_client.post("/admin/accounts/user/delete/", data={"id": user.id})
    db.session.expire_all()
    assert db.session.get(type(user), user.id)


class Filtered(ModelAdmin):
    """Filters by a moment and by an exact number, whose types are ours."""

    column_filters = ("created_at", "price")


@pytest.mark.parametrize(
    ("name", "word", "found", "missed"),
    [
        ("price", "equals", "2.50", "2.51"),
        ("price", "greater than", "2.49", "2.50"),
        ("price", "in list", "1,2.5", "1,2"),
        ("created_at", "equals", NOON, LATER),
        ("created_at", "smaller than", LATER, NOON),
        ("created_at", "between", f"{NOON} to {LATER}", f"{LATER} to {LATER}"),
        ("created_at", "empty", "0", "1"),
    ],
)
def test_moments_and_exact_numbers_can_be_filtered_by(app, name, word, found, missed) -> None:
    moment = dt.datetime.fromisoformat(f"{NOON}+00:00")
    sample(Thing, price=Decimal("2.50")).created_at = moment
    filters = [one for one in Filtered(Thing).get_filters() if one.column.key == name]
    (chosen,) = [one for one in filters if one.operation() == word]
    for value, rows in ((found, 1), (missed, 0)):
        assert chosen.validate(value)
        query = chosen.apply(db.session.query(Thing), chosen.clean(value))
        assert query.count() == rows


class Narrow(ModelAdmin):
    """Sets what may be set, to less than the default."""

    column_filters = ()
    form_excluded_columns = ("is_staff",)


def test_a_subclass_may_take_away_what_is_read_off_the_model(app) -> None:
    fields = {view: list(view(User).get_create_form()()._fields) for view in (ModelAdmin, Narrow)}
    assert "is_staff" in fields[ModelAdmin]
    assert set(fields[ModelAdmin]) - set(fields[Narrow]) == {"is_staff"}
    assert not Narrow(User).get_filters()
    assert "password_hash" not in fields[Narrow]


def test_ids_and_pages_that_are_none_are_no_server_errors(staff_client) -> None:
    for page in ("edit/?id=x", "edit/?id=1&id=2", "details/?id="):
        assert staff_client.get(USERS + page).status_code == 302
    for page in (f"edit/?id={10**30}", f"?page={10**30}"):
        assert staff_client.get(USERS + page).status_code in {302, 400}


@pytest.mark.parametrize("url", ["https:elsewhere.example", "//elsewhere.example", "javascript:1"])
def test_the_way_back_leads_to_no_other_site(staff_client, url) -> None:
    assert staff_client.get(f"{USERS}new/?url={url}").status_code == 400
    assert staff_client.get(f"{USERS}edit/?id=0&url={USERS}").location == USERS
