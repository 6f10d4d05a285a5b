"""The form that turns a draft list into a sitting: which of the cases, when and where."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from openmappa.coordination.queries.day import ReviewDue
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.formats import short_day
from openmappa.ui.forms import CheckboxesField, OnceForm

TIMES = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p")


class DayForm(OnceForm):
    """A day of meetings. ``despite_clashes`` is asked only once something stands in the way."""

    cases = CheckboxesField(label="Cases", error_messages={"required": "Select at least one case"})
    on = DateInputField(label="Day")
    at = forms.TimeField(
        label="Time it begins",
        input_formats=TIMES,
        widget=forms.TextInput,
        error_messages={"invalid": "Enter the time with hours and minutes, like 10:00"},
    )
    place = forms.CharField(label="Place", max_length=150, required=False)
    room = forms.CharField(label="Room", max_length=100, required=False)
    link = forms.URLField(label="Link to join", max_length=300, required=False, assume_scheme="https")
    despite_clashes = forms.BooleanField(label="Call it all the same", required=False)

    def __init__(self, data: Any = None, *, listed: Sequence[ReviewDue], today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.listed = {str(each.case.key): each for each in listed}
        field = self.fields["cases"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, _words(each)) for key, each in self.listed.items()]
        day = self.fields["on"]
        assert isinstance(day, DateInputField)
        day.set_earliest(today, "a sitting cannot be called for a day that has passed")

    @property
    def chosen(self) -> list[ReviewDue]:
        """The cases that were selected, in the order of the list."""
        return [each for key, each in self.listed.items() if key in self.cleaned_data["cases"]]

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        at = datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"])
        return at.replace(tzinfo=timezone.get_current_timezone())


def _words(each: ReviewDue) -> str:
    return f"{each.case.person.full_name}, {each.case.reference}: review by {short_day(each.due_on)}"
