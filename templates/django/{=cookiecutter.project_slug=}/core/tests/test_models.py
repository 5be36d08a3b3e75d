import pytest
from django.db import IntegrityError

from apps.accounts.models import User
from core.conflicts import is_conflict


def test_a_value_that_is_taken_is_a_conflict(user):
    with pytest.raises(IntegrityError) as caught:
        User(email=user.email).save()
    assert is_conflict(caught.value)
