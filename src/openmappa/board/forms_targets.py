"""The form that sets a target."""

from typing import Any

from django import forms

from openmappa.core.inspection.targets import WHOLE, Aim
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField


class TargetForm(Form):
    """What is to be reached from a day on. Both percentages left out end the target."""

    percent = forms.IntegerField(label="Target", min_value=1, max_value=WHOLE, required=False)
    near_from = forms.IntegerField(label="Near from", min_value=1, max_value=WHOLE, required=False)
    from_on = DateInputField(label="From")
    reason = LongTextField(label="Why", max_length=1000)

    def clean(self) -> dict[str, Any]:
        """Refuse one percentage without the other, and a lower one that is higher."""
        answers: dict[str, Any] = super().clean() or {}
        if self.errors:
            return answers
        percent, near_from = answers["percent"], answers["near_from"]
        if percent is None and near_from is not None:
            self.refuse("percent", "Enter the target as well, or leave both empty to end it")
        elif percent is not None and near_from is None:
            self.refuse("near_from", "Enter from which percentage a shortfall counts as near")
        elif percent is not None and near_from > percent:
            self.refuse("near_from", f"Near from must be {percent} or less: it lies below the target")
        return answers

    @property
    def said(self) -> dict[str, Any]:
        """What ``set_target`` takes, once the form is valid; no aim ends the target."""
        answers = self.cleaned_data
        percent, near_from = answers["percent"], answers["near_from"]
        aim = None if percent is None else Aim(percent, near_from)
        return {"aim": aim, "from_on": answers["from_on"], "reason": answers["reason"]}
