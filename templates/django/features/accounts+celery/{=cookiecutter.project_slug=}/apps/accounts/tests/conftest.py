import pytest


@pytest.fixture(autouse=True)
def _mail_leaves_at_once(monkeypatch):
    """Tests run in a transaction that is never committed."""
    monkeypatch.setattr("apps.accounts.background.on_commit", lambda send, robust: send())
