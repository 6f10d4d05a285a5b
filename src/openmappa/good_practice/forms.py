"""The forms of the library: an entry written, and withdrawn."""

from typing import Any

from django import forms

from openmappa.good_practice.queries import framework
from openmappa.good_practice.services import PracticeSaid
from openmappa.ui.forms import Form, LongTextField, OnceForm


class PracticeForm(OnceForm):
    """What works, what shows it, and which criterion it serves."""

    title = forms.CharField(label="What is it, in a few words?", max_length=200)
    text = LongTextField(label="What was done?", max_length=8000, error_messages={"required": "Say what was done"})
    shows = LongTextField(label="What shows that it works?", required=False, max_length=4000)
    criterion = forms.ChoiceField(
        label="Which criterion of an inspection does it serve?",
        error_messages={"required": "Select the criterion that it serves"},
    )
    source = forms.CharField(label="Where is it from?", max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [
            (chapter.title, [(one.code, one.title) for one in chapter.criteria]) for chapter in framework().chapters
        ]
        self.fields["criterion"].choices = [("", "Choose a criterion"), *known]  # type: ignore[attr-defined]

    def said(self) -> PracticeSaid:
        """As the service takes it."""
        return PracticeSaid(
            **{name: self.cleaned_data[name] for name in ("title", "text", "shows", "criterion", "source")}
        )


class WithdrawForm(Form):
    """Why an entry is withdrawn."""

    why = LongTextField(
        label="Why is it withdrawn?", max_length=500, error_messages={"required": "Say why it is withdrawn"}
    )
