"""The forms of a meeting outside MAPPA, of a question about it, and of the answer."""

from typing import Any

from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.services.other_meetings import Held
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import Form, LongTextField, OnceForm, RadioField


class OtherMeetingForm(OnceForm):
    """A meeting about a case outside MAPPA."""

    kind = RadioField(label="What kind of meeting was it?", choices=[])
    held_on = RecentDateField(label="Date of the meeting")
    who = LongTextField(label="Who was there?", max_length=1000)
    purpose = LongTextField(label="What was it for?", max_length=2000)
    why_not_mappa = LongTextField(label="Why was it not a MAPPA meeting?", max_length=2000)
    agreed = LongTextField(label="What was agreed?", required=False, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.id, kind.label) for kind in referral_rules().other_meetings]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def held(self) -> Held:
        """What was answered."""
        return Held(**{name: value for name, value in self.cleaned_data.items() if name != "submission"})


class QuestionForm(Form):
    """What the coordinator asks about such a meeting."""

    words = LongTextField(label="What do you ask?", max_length=2000)
