"""Pages of a query, and their order."""

import pytest
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from app.blueprints.accounts.models import User
from app.blueprints.accounts.tests.factories import UserFactory
from app.pagination import orderings, paginate

ORDERINGS = orderings({"name": User.name})


def test_pages_hold_every_row_once():
    for name in ("Ada", "Bea", "Cyd"):
        UserFactory(name=name)
    query = select(User).order_by(ORDERINGS["-name"])
    first, second = paginate(query, 1, 2), paginate(query, 2, 2)
    assert [user.name for user in (*first.results, *second.results)] == ["Cyd", "Bea", "Ada"]
    assert (first.count, first.pages, second.page) == (3, 2, 2)


@pytest.mark.parametrize("page", [0, 2, -1])
def test_there_is_no_such_page(page):
    with pytest.raises(NotFound):
        paginate(select(User), page, 20)
