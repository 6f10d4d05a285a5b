"""The panel that narrows and sorts a worklist."""

from django import forms

from openmappa.ui.forms import CheckboxesField, Form
from openmappa.worklist.queries.filters import BANDS, HARM_LEVELS, MAPPA_LEVELS, SORTS, Filters, standards


class FilterForm(Form):
    """The panel of filters, showing those in use."""

    standard = forms.ChoiceField(label="Standard", required=False)
    band = CheckboxesField(label="Likelihood of reconviction", required=False, choices=list(BANDS.items()))
    harm = CheckboxesField(label="Risk of harm", required=False, choices=list(HARM_LEVELS.items()))
    level = CheckboxesField(label="MAPPA level", required=False, choices=list(MAPPA_LEVELS.items()))
    sort = forms.ChoiceField(label="Sort by", required=False, choices=list(SORTS.items()))

    def __init__(self, filters: Filters) -> None:
        super().__init__(initial={name: getattr(filters, name) for name in self.base_fields})
        choice = self.fields["standard"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "All standards"), *standards().items()]
