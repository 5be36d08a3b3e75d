"""Tokens in the admin."""

from app.blueprints.auth.services import create_token, user_of_token
from app.core.db import db

TOKENS = "/admin/auth/token/"


def test_staff_revoke_a_token_but_hand_it_to_nobody(staff_client, user) -> None:
    key, token = create_token(user)
    page = staff_client.get(f"{TOKENS}edit/?id={token.id}").text
    assert 'name="expires_at"' in page
    assert 'name="user"' not in page
    assert staff_client.post(f"{TOKENS}delete/", data={"id": token.id}).status_code == 302
    db.session.expire_all()
    assert user_of_token(key) is None
