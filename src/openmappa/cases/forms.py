"""The one box that a case is looked for with."""

from django import forms

from openmappa.core.names import name_parts, squeezed
from openmappa.ui.forms import Form

EMPTY = "Enter a name, case reference, PNC or CRN"


class FindCase(Form):
    """What to look for. It is posted, so that no name and no number of a person stands in an address."""

    text = forms.CharField(
        label="Name, case reference, PNC or CRN",
        max_length=100,
        error_messages={"required": EMPTY, "max_length": "Enter 100 characters or fewer"},
    )

    def clean_text(self) -> str:
        """Refuse what holds no letter and no digit: there is nothing in it to look for."""
        text: str = self.cleaned_data["text"]
        if not name_parts(text) and not squeezed(text):
            raise forms.ValidationError(EMPTY)
        return text
