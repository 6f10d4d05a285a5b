"""The forms of minutes: a line of a draft, issuing, correcting, telling the offender, withdrawing a copy."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.core.compartments import Compartment
from openmappa.minutes.words import PLACES, How
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import Form, LongTextField, RadioField


class DraftForm(Form):
    """Whatever is done with a draft names the revision that was read."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class LineForm(DraftForm):
    """One line of a draft."""

    text = LongTextField(label="What the minutes say", max_length=20000)
    plain_words = LongTextField(
        label="What the offender may be told of it",
        max_length=2000,
        required=False,
        help_text="In words to them. Leave it empty if they may not be told.",
    )
    compartment = RadioField(label="Who reads it?", choices=PLACES)

    def __init__(self, *args: Any, is_decision: bool, places: Iterable[Compartment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to = {place.value for place in places}
        self.fields["compartment"].choices = [each for each in PLACES if each[0] in open_to]  # type: ignore[attr-defined]
        if not is_decision:
            del self.fields["plain_words"]


class NewLineForm(DraftForm):
    """A line that the draft lacks."""

    heading = forms.CharField(label="Under which heading", max_length=150, required=False)
    text = LongTextField(label="What the minutes say", max_length=20000)
    compartment = RadioField(label="Who reads it?", choices=PLACES)


class ReasonForm(Form):
    """A reason, in the words of whoever gives it."""

    reason = LongTextField(label="Why?", max_length=2000)


class TellingForm(Form):
    """That the offender was told: when, by whom, how."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    on = RecentDateField(label="Date the offender was told")
    told_by = forms.ChoiceField(label="Who told them?")
    how = RadioField(label="How?", choices=How.choices)
    response = LongTextField(label="What they said to it", max_length=4000, required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        named = [(code, f"{one.full_name}, {one.agency.name}") for code, one in self.people.items()]
        self.fields["told_by"].choices = named  # type: ignore[attr-defined]

    @property
    def person(self) -> User:
        """Who told them."""
        return self.people[self.cleaned_data["told_by"]]
