"""The forms of a decision on the level, and of the category."""

from typing import Any

from django import forms

from openmappa.core.mappa.category import Answers
from openmappa.core.mappa.levels import CATEGORY_3_IS_NOT_LEVEL_1
from openmappa.referrals.forms.screening import category_choices
from openmappa.referrals.queries.rules import referral_rules
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, Form, LongTextField, RadioField, YesNoField

LEVELS = [("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3")]
NONE = "none"


class LevelForm(CaseForm):
    """The coordinator's own decision on the level of a case."""

    on = RecentDateField(label="Date it was decided")
    level = RadioField(label="Level", choices=LEVELS)
    category = RadioField(label="Category", choices=[])
    reasons = LongTextField(
        label="Why?", max_length=4000, error_messages={"required": "Give the reasons for the decision"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if (answers.get("level"), answers.get("category")) == ("1", "3"):
            self.refuse("category", CATEGORY_3_IS_NOT_LEVEL_1)
        return answers


class CategoryForm(Form):
    """What the record does not hold, and the category that a person confirms."""

    offence = RadioField(label="Which kind of offence matters most?", choices=[], required=False)
    sentence_months = forms.IntegerField(
        label="Length of the sentence of custody in months", required=False, min_value=0
    )
    hospital_order = YesNoField(label="Was a hospital order made for it?", required=False)
    category = RadioField(label="Which category is the case in?", choices=[])
    reason = LongTextField(label="Reason", required=False, max_length=2000)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, preview: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offences = [(one.id, one.label) for one in referral_rules().offences]
        self.fields["offence"].choices = offences  # type: ignore[attr-defined]
        self.fields["category"].choices = [*category_choices(), (NONE, "In no category")]  # type: ignore[attr-defined]
        if preview:
            self.fields["category"].required = False

    @property
    def answers(self) -> Answers:
        """What was answered of offence and sentence, as far as it is answered rightly."""
        said = self.cleaned_data
        return Answers(said.get("offence", ""), said.get("sentence_months"), said.get("hospital_order"))

    @property
    def chosen(self) -> int | None:
        """The category that was chosen; None is that the case is in none."""
        return None if self.cleaned_data["category"] == NONE else int(self.cleaned_data["category"])
