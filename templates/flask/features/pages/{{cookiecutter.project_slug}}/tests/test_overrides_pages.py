"""What the pages of a resource can change of what is read off its model."""

from collections.abc import Sequence

import pytest
from flask import Blueprint

from app.blueprints.accounts.services import create_user
from app.blueprints.specimens.models import Thing
from app.core.db import Base, db
from app.core.fields import Field
from app.core.forms import RecordForm
from app.core.pages import ResourcePages
from app.core.samples import sample


class StrictForm(RecordForm):
    """A form with a rule of its own."""

    def validate(self) -> bool:
        right = super().validate() and self["title"].data != "Nonsense"
        if not right:
            self.form_errors.append("This is nonsense.")
        return right


class ShortPages(ResourcePages[Thing]):
    """Pages with a form of their own, for one field."""

    model = Thing
    form_class = StrictForm
    columns = ("title",)

    def inputs(self) -> Sequence[Field]:
        return [field for field in super().inputs() if field.name == "title"]


@pytest.fixture
def tried(make_app, tmp_path):
    """The browser of a user with a thing, on a blueprint with a template of its own."""
    (tmp_path / "tried").mkdir()
    own = '{% extends "base.html" %}{% block title %}Our own{% endblock %}'
    (tmp_path / "tried/specimens_thing_detail.html").write_text(own)
    app = make_app(WTF_CSRF_ENABLED=False, SESSION_COOKIE_SECURE=False)
    blueprint = Blueprint("tried", __name__, url_prefix="/tried", template_folder=str(tmp_path))
    ShortPages.mount(blueprint, "/things/")
    app.register_blueprint(blueprint)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        user = create_user("user@example.com", "correct-horse")
        sample(Thing, owner_id=user.id, title="Lamp")
    client = app.test_client()
    sent = {"email": "user@example.com", "password": "correct-horse"}
    assert client.post("/accounts/login/", data=sent).status_code == 302
    return client


def test_a_template_of_the_blueprint_comes_first(tried) -> None:
    assert "<title>Our own" in tried.get("/tried/things/1/").text
    assert "<title>Things" in tried.get("/tried/things/").text


def test_a_form_of_its_own(tried) -> None:
    assert tried.get("/tried/things/1/edit/").text.count("<label") == 1
    refused = tried.post("/tried/things/1/edit/", data={"title": "Nonsense"})
    assert (refused.status_code, "This is nonsense." in refused.text) == (422, True)
    assert tried.post("/tried/things/1/edit/", data={"title": "Vase"}).status_code == 302


def test_names_follow_the_model() -> None:
    assert (ShortPages.label, ShortPages.label_plural) == ("Thing", "Things")
