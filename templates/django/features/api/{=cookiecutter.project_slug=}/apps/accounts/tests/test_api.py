from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken

from apps.accounts.tests.factories import NEW_PASSWORD, PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
TOKEN, ME = "/api/v1/auth/token/", "/api/v1/auth/me/"


def log_in(api, user, password=PASSWORD):
    return api.post(TOKEN, {"email": user.email, "password": password})


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_a_token_is_made_used_and_revoked(api, user):
    response = log_in(api, user)
    assert response.status_code == 201
    assert set(response.json()) == {"token", "expiresAt"}
    headers = bearer(response.json()["token"])
    me = api.get(ME, headers=headers).json()
    assert (me["id"], me["email"], me["isStaff"]) == (user.pk, user.email, False)
    assert api.delete(TOKEN, headers=headers).status_code == 204
    assert api.get(ME, headers=headers).status_code == 401


@pytest.mark.parametrize("token", ["nonsense", "\xff", "a b", ""])
def test_a_bad_token_is_refused(api, token):
    assert api.get(ME, headers=bearer(token)).status_code == 401


def test_without_a_token(api):
    response = api.get(ME)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert api.delete(TOKEN).status_code == 401


def test_a_token_is_hashed_and_expires(api, user):
    token = log_in(api, user).json()["token"]
    assert not AuthToken.objects.filter(digest__contains=token).exists()
    AuthToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert api.get(ME, headers=bearer(token)).status_code == 401


def test_a_new_password_ends_every_token(api, user):
    token = log_in(api, user).json()["token"]
    user.set_password(NEW_PASSWORD)
    user.save()
    assert api.get(ME, headers=bearer(token)).status_code == 401


def test_wrong_passwords_are_limited(api, user):
    for _ in range(5):
        assert log_in(api, user, "wrong").status_code == 401
    response = log_in(api, user)
    assert response.status_code == 429
    assert response["Retry-After"] == "300"


@pytest.mark.parametrize("values", [{"is_active": False}, {"address": None}])
def test_who_may_not_log_in_gets_no_token(api, values):
    assert log_in(api, UserFactory(**values)).status_code == 401


def test_a_session_needs_a_csrf_token_to_write(user):
    from rest_framework.test import APIClient

    api = APIClient(enforce_csrf_checks=True)
    api.force_login(user)
    assert api.get(ME).status_code == 200
    assert api.delete(TOKEN).status_code == 401  # no token in this request
    client_with_csrf = APIClient(enforce_csrf_checks=True)
    client_with_csrf.force_login(user)
    assert client_with_csrf.patch(ME, {}).status_code == 403
