import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache

from apps.accounts.tests.factories import UserFactory

# % for name in cookiecutter._slots.pytest_plugins
{%% if loop.first %%}
pytest_plugins = [
{%% endif %%}
    "{= name =}",
{%% if loop.last %%}
]
{%% endif %%}
# % endfor


@pytest.fixture(autouse=True)
def _clear_cache():
    """Rate limits are counted in the cache: no test sees those of another."""
    cache.clear()


@pytest.fixture
def user(db):
    return UserFactory()


@pytest.fixture
def staff(db):
    """A member of staff with every permission."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    return user


@pytest.fixture
def staff_without_permission(db):
    return UserFactory(is_staff=True)
