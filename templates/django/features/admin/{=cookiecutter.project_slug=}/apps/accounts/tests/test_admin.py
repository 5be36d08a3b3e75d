import pytest

from apps.accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_admin_is_for_staff(client, user, staff):
    assert client.get("/admin/").status_code == 302
    client.force_login(user)
    assert client.get("/admin/").status_code == 302
    client.force_login(staff)
    assert client.get("/admin/").status_code == 200


def test_admin_of_users(admin_client, user):
    assert user.email in admin_client.get("/admin/accounts/user/").text
    assert admin_client.get(f"/admin/accounts/user/{user.pk}/change/").status_code == 200
    values = {"email": "new@example.com", "name": "New", "usable_password": "true"}
    values |= {"password1": PASSWORD, "password2": PASSWORD}
    assert admin_client.post("/admin/accounts/user/add/", values).status_code == 302
