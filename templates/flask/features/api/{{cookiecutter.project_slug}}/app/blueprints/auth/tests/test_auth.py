"""Tokens and who is signed in."""

import datetime as dt

import sqlalchemy as sa
from app.blueprints.accounts.services import set_password
from app.blueprints.auth.models import Token
from app.core.columns import utc_now
from app.core.db import db

TOKEN, ME = "/api/v1/auth/token/", "/api/v1/auth/me/"


def bearer(client, user) -> dict[str, str]:
    body = {"email": user.email, "password": "correct-horse"}
    answer = client.post(TOKEN, json=body)
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json['token']}"}


def test_a_token_for_credentials(client, user) -> None:
    wrong = client.post(TOKEN, json={"email": user.email, "password": "wrong"})
    assert (wrong.status_code, wrong.mimetype) == (401, "application/problem+json")
    header = bearer(client, user)
    assert client.get(ME, headers=header).json == {
        "id": user.id,
        "email": user.email,
        "name": "Ada",
        "isStaff": False,
    }
    assert client.get(ME).headers["WWW-Authenticate"] == "Bearer"


def test_only_a_hash_is_kept(client, user) -> None:
    key = bearer(client, user)["Authorization"].removeprefix("Bearer ")
    token = db.session.scalars(sa.select(Token)).one()
    assert key not in token.token_hash
    assert str(token) == f"token of {user.email}"


def test_a_token_can_be_revoked(client, user_client, user) -> None:
    header = bearer(client, user)
    assert client.delete(TOKEN, headers=header).status_code == 204
    assert client.get(ME, headers=header).status_code == 401
    assert user_client.delete(TOKEN).status_code == 401


def test_a_token_expires_and_is_forgotten(client, user) -> None:
    header = bearer(client, user)
    token = db.session.scalars(sa.select(Token)).one()
    token.expires_at = utc_now() - dt.timedelta(seconds=1)
    db.session.commit()
    assert client.get(ME, headers=header).status_code == 401
    bearer(client, user)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Token)) == 1


def test_a_token_of_a_closed_account_is_worthless(client, user) -> None:
    header = bearer(client, user)
    user.is_active = False
    db.session.commit()
    assert client.get(ME, headers=header).status_code == 401


def test_a_token_ends_with_the_password_it_was_given_for(client, user) -> None:
    header = bearer(client, user)
    assert client.get(ME, headers=header).status_code == 200
    set_password(user, "another-horse")
    assert client.get(ME, headers=header).status_code == 401


def test_a_session_is_an_identity_too(user_client, user) -> None:
    assert user_client.get(ME).json["email"] == user.email
