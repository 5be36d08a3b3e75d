"""Forms of the specimens."""

from core.pages.forms import ModelForm
from tests.specimens.models import Thing


class ThingForm(ModelForm[Thing]):
    """A form for things."""

    class Meta(ModelForm.Meta):
        model = Thing
        exclude = ("owner",)
