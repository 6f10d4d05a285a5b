"""The forms of an RM2000: its seven answers, and a countersignature."""

from django import forms

from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, LongTextField, YesNoField

MOST = 999


class ScoreRm2000(CaseForm):
    """The answers to RM2000/S. What each means, and what it scores, is the pack's."""

    on = RecentDateField(label="Date of scoring")
    age_at_risk = forms.IntegerField(label="Age at commencement of risk", min_value=0, max_value=MOST)
    sexual_appearances = forms.IntegerField(label="Sexual appearances", min_value=0, max_value=MOST)
    criminal_appearances = forms.IntegerField(label="Criminal appearances", min_value=0, max_value=MOST)
    male_victim = YesNoField(label="Has there been a male victim of a sexual offence?")
    stranger_victim = YesNoField(label="Has a victim of a sexual offence been a stranger?")
    single = YesNoField(label="Is he single?")
    non_contact = YesNoField(label="Has there been a non-contact sexual offence?")

    def items(self) -> Rm2000SItems:
        """The answers, as the instrument takes them."""
        return Rm2000SItems(**{name: self.cleaned_data[name] for name in Rm2000SItems.__dataclass_fields__})

    def answers_so_far(self) -> dict[str, object]:
        """Whatever has been answered so far and can be read; nothing is refused."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class CountersignRm2000(CaseForm):
    """A signature, given today, with a comment for whoever scored it."""

    comment = LongTextField(label="Comment", required=False, max_length=1000)
