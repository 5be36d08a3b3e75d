from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.tokens.models import Token
from conftest import PASSWORD

pytestmark = pytest.mark.django_db
ME, TOKEN = "/api/v1/auth/me/", "/api/v1/auth/token/"


def ask(client: Client, password: str = PASSWORD) -> Any:
    body = {"email": "ADA@example.com", "password": password}
    return client.post(TOKEN, body, content_type="application/json")


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_a_token_lives_until_it_is_revoked(client: Client, user: User) -> None:
    answer = ask(client)
    assert answer.status_code == 201
    text = answer.json()["token"]
    assert answer.json()["expiresAt"].endswith("Z")
    assert client.get(ME, headers=bearer(text)).json()["email"] == user.email
    assert text not in str(list(Token.objects.values()))
    assert user.email in str(Token.objects.get())
    assert client.delete(TOKEN, headers=bearer(text)).status_code == 204
    answer = client.get(ME, headers=bearer(text))
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_dies_of_age_and_with_the_password(client: Client, user: User) -> None:
    text = ask(client).json()["token"]
    user.set_password("another-horse-battery")
    user.save()
    assert client.get(ME, headers=bearer(text)).status_code == 401
    user.set_password(PASSWORD)
    user.save()
    text = ask(client).json()["token"]
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(ME, headers=bearer(text)).status_code == 401
    ask(client)
    assert Token.objects.count() == 1, "what has expired is cleared away"


@pytest.mark.parametrize("value", ["Bearer x", "Bearer", "Bearer a b", "bearer \u00e9"])
def test_a_bad_token_is_refused(client: Client, value: str) -> None:
    assert client.get("/api/v1/auth/me/", headers={"Authorization": value}).status_code == 401


def test_revoking_needs_a_token(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.delete(TOKEN, headers={"Authorization": "Basic x"}).status_code == 401


def test_guessing_is_answered_with_a_pause(client: Client, user: User) -> None:
    for _ in range(10):
        assert ask(client, "wrong").status_code == 401
    answer = ask(client)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
