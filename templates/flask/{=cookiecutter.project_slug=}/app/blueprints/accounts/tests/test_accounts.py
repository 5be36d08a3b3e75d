"""Logging in and out; the command that makes users."""

import pytest

from app.blueprints.accounts import services
from app.blueprints.accounts.models import Role, User
from app.blueprints.accounts.tests.factories import PASSWORD, UserFactory
from app.extensions import db


def test_log_in_and_out(client, login, user):
    assert "Log in" in client.get("/").text
    login(user)
    assert "Log out" in client.get("/").text
    assert client.get("/accounts/logout/").status_code == 405
    client.post("/accounts/logout/")
    assert "Log in" in client.get("/").text


def test_a_wrong_password_and_an_unknown_address_look_alike(client, user):
    def answer(email):
        data = {"email": email, "password": "wrong password"}
        response = client.post("/accounts/login/", data=data)
        return response.status_code, response.text.replace(email, "")

    assert answer(user.email) == answer("nobody@example.com")


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/", "/\\example.org/", "/\t/example.org"]
)
def test_next_leads_to_no_other_host(client, user, target):
    data = {"email": user.email, "password": PASSWORD}
    response = client.post("/accounts/login/", query_string={"next": target}, data=data)
    location = response.location or ""
    assert "example.org" not in location or location.startswith("/%5C")


def test_an_inactive_user_has_no_access(client, login, user):
    login(user)
    user.active = False
    db.session.commit()
    assert "Log in" in client.get("/").text
    data = {"email": user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", data=data).status_code == 200


def test_a_long_password_is_refused(client, user):
    data = {"email": user.email, "password": "x" * 100_000}
    assert client.post("/accounts/login/", data=data).status_code == 400


def test_a_command_creates_staff(app):
    arguments = ["create-user", "boss@EXAMPLE.com", "--staff", "--password", PASSWORD]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    [boss] = db.session.query(User)
    assert (boss.email, boss.is_staff) == ("boss@example.com", True)


@pytest.mark.parametrize(
    ("email", "password", "message"),
    [
        ("nobody", PASSWORD, "Invalid email address"),
        ("new@example.com", "short", "at least 10 characters"),
        ("user@example.com", PASSWORD, "already"),
    ],
)
def test_the_command_says_what_is_wrong(app, email, password, message):
    UserFactory.create(email="user@example.com")
    arguments = ["create-user", email, "--password", password]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 1
    assert message in result.output


def test_people_are_shown_by_name_and_never_by_address():
    user = UserFactory.create(name="")
    assert str(user) == f"User {user.id}"
    user.name = "Ada"
    assert str(user) == "Ada"
    assert str(Role(name="staff")) == "staff"
{%% set users = namespace(refs=false, m2ms=false) %%}
# % for app in cookiecutter._apps
# % for resource in app.resources
# % for field in resource.inputs if field.target and field.target.app == "accounts"
{%% if field.type == "ref" %%}{%% set users.refs = true %%}{%% else %%}{%% set users.m2ms = true %%}{%% endif %%}
# % endfor
# % endfor
# % endfor
# % if users.refs


def test_a_user_is_found_by_id(user):
    assert services.find_user(user.id) is user
    assert services.find_user(user.id + 1) is None
# % endif
# % if users.m2ms


def test_users_are_found_by_ids(user):
    assert services.users_with_ids([user.id, user.id + 1]) == [user]
# % endif
