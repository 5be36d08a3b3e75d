import io

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_permissions_count_for_staff_only(user, staff):
    user.user_permissions.set(staff.user_permissions.all())
    assert staff.has_perm("accounts.change_user")
    assert not user.has_perm("accounts.change_user")
    assert not UserFactory(is_superuser=True).has_perm("accounts.change_user")


def create(monkeypatch, *args, again=PASSWORD, password=PASSWORD):
    answers = [password, again]
    monkeypatch.setattr("builtins.input", lambda question: answers.pop(0))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    call_command("create_user", *args)


def test_create_user(monkeypatch):
    create(monkeypatch, "Ada@example.com", "--name", "Ada")
    user = User.objects.get(email="ada@example.com")
    assert (str(user), user.is_staff, user.check_password(PASSWORD)) == ("Ada", False, True)
    create(monkeypatch, "root@example.com", "--staff")
    assert User.objects.get(email="root@example.com").has_perm("accounts.change_user")


@pytest.mark.parametrize(
    ("email", "password", "again", "message"),
    [
        ("new@example.com", PASSWORD, "other", "differ"),
        ("new@example.com", "short", "short", "too short"),
        ("nobody", PASSWORD, PASSWORD, "valid email"),
        ("ADA@example.com", PASSWORD, PASSWORD, "already exists"),
    ],
)
def test_what_cannot_be_a_user(monkeypatch, email, password, again, message):
    UserFactory(email="ada@example.com")
    with pytest.raises(CommandError, match=message):
        create(monkeypatch, email, password=password, again=again)
    assert User.objects.count() == 1


def test_demo_data_is_for_development(settings, capsys):
    for name in ["seed"{%% for app in cookiecutter._apps if app.resources %%}, "seed_{= app.name =}"{%% endfor %%}]:
        with pytest.raises(CommandError, match="for development only"):
            call_command(name)
    settings.DEBUG = True
    call_command("seed")
    call_command("seed")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Added demo data. Log in as demo@example.com")
    assert second.startswith("The demo data is there already.")
# % for app in cookiecutter._apps if app.resources
    with pytest.raises(CommandError, match="already"):
        call_command("seed_{= app.name =}")
# % endfor
