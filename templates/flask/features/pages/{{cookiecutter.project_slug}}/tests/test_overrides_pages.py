"""What the pages of a resource can change of what is read off its model."""

from app.blueprints.overrides_pages.views import ShortPages
from app.blueprints.specimens.models import Thing
from app.core.samples import sample

PLACE = "/overrides/things/"


def test_a_template_of_the_blueprint_comes_first(client) -> None:
    thing = sample(Thing)
    assert "<title>Our own" in client.get(f"{PLACE}{thing.id}/").text
    assert "<title>Things" in client.get(PLACE).text


def test_a_form_of_its_own(user, user_client) -> None:
    edit = f"{PLACE}{sample(Thing, owner_id=user.id).id}/edit/"
    assert user_client.get(edit).text.count("<label") == 1
    refused = user_client.post(edit, data={"title": "Nonsense"})
    assert (refused.status_code, "This is nonsense." in refused.text) == (422, True)
    assert user_client.post(edit, data={"title": "Vase"}).status_code == 302


def test_names_follow_the_model() -> None:
    assert (ShortPages.label, ShortPages.label_plural) == ("Thing", "Things")
