"""The form for a home visit: one page, quick to fill, asking for nothing that its outcome does not need."""

from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, LongTextField, RadioField, YesNoField

OUTCOMES = [("seen", "Seen"), ("not_seen", "Not seen"), ("refused", "Refused to be seen or to let us in")]


class RecordHomeVisit(CaseForm):
    """A visit to the offender's home. Only a visit on which somebody was seen asks what was observed."""

    on = RecentDateField(label="Date of visit")
    outcome = RadioField(label="Outcome", choices=OUTCOMES)
    observed = LongTextField(label="What was observed?", required=False, max_length=4000)
    has_concern = YesNoField(label="Was there anything of concern?", required=False)
    concern = LongTextField(label="What was of concern?", required=False, max_length=4000)
    intelligence_to_submit = YesNoField(label="Is there intelligence to submit?", required=False)
    announced = YesNoField(
        label="Was the visit announced?",
        yes="Announced",
        no="Unannounced",
        error_messages={"required": "Select whether the visit was announced"},
    )
    joint = YesNoField(
        label="Was it a joint visit by police and probation?",
        error_messages={"required": "Select whether it was a joint visit"},
    )
    visited_by = forms.ChoiceField(label="Who made the visit?")
    accompanied_by = forms.CharField(label="Who else was there from either service?", required=False, max_length=200)

    def __init__(self, *args: Any, visitors: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.visitors = {str(visitor.pk): visitor for visitor in visitors}
        self.fields["visited_by"].choices = [  # type: ignore[attr-defined]
            (pk, f"{visitor.full_name}, {visitor.agency_name}") for pk, visitor in self.visitors.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what was observed, and for a yes or no on concern and intelligence, only where somebody was seen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == "seen":
            self._ask(cleaned, "observed", "Enter what was observed")
            self._ask(cleaned, "has_concern", "Select whether there was anything of concern")
            self._ask(cleaned, "intelligence_to_submit", "Select whether there is intelligence to submit")
        if cleaned.get("has_concern") and not cleaned.get("concern"):
            self.add_error("concern", "Enter what was of concern")
        if "visited_by" in cleaned:
            cleaned["visitor"] = self.visitors[cleaned["visited_by"]]
        return cleaned

    def _ask(self, cleaned: dict[str, Any], name: str, message: str) -> None:
        if cleaned.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, message)

    def details(self) -> dict[str, Any]:
        """What was answered, as ``record_home_visit`` takes it; what was typed is kept even where not called for."""
        answers = self.cleaned_data
        return {
            "visited_on": answers["on"],
            "visited_by": answers["visitor"],
            "outcome": answers["outcome"],
            "announced": answers["announced"],
            "joint": answers["joint"],
            "accompanied_by": answers["accompanied_by"],
            "observed": answers["observed"],
            "concern": answers["concern"] if answers["has_concern"] else "",
            "intelligence_to_submit": bool(answers["intelligence_to_submit"]),
        }
