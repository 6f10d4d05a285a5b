"""The forms of signing a plan, judging a signed one, and giving up a draft."""

from typing import Any

from django import forms

from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, Form, LongTextField, RadioField, YesNoField


class SignForm(CaseForm):
    """The signature under a plan. Of a correction it is asked whether the old entry was wrong."""

    on = RecentDateField(label="Date the plan was completed")
    ask = forms.BooleanField(label="Ask the line manager to countersign it", required=False)
    was_wrong = YesNoField(
        label="Was the plan that this corrects a mistake from the beginning?",
        yes="Yes: void its entry on the timeline",
        no="No: both stand, one after the other",
        required=False,
    )
    void_reason = LongTextField(label="What was wrong with it?", required=False, max_length=1000)

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if corrects:
            self.fields["was_wrong"].required = True
        else:
            del self.fields["was_wrong"], self.fields["void_reason"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("was_wrong") and not (answers.get("void_reason") or "").strip():
            self.refuse("void_reason", "Say what was wrong with it: the reason stays on the timeline")
        return answers

    @property
    def why_void(self) -> str:
        """Why the old entry is voided; "" where it stands."""
        return self.cleaned_data["void_reason"] if self.cleaned_data.get("was_wrong") else ""


class JudgeForm(Form):
    """A line manager countersigns a plan, or returns it with what has to change."""

    decision = RadioField(
        label="What do you decide?",
        choices=[("countersign", "Countersign it"), ("return", "Return it, with what has to change")],
    )
    comment = LongTextField(label="Comment", required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("decision") == "return" and not (answers.get("comment") or "").strip():
            self.refuse("comment", "Say what has to change: whoever signed the plan reads it")
        return answers


class AbandonForm(Form):
    """Why a draft is given up."""

    reason = LongTextField(label="Why is this draft given up?", max_length=1000)
