"""The forms of emergency access: asking for it, and judging it."""

from datetime import date
from typing import Any

from django import forms

from openmappa.core.names import name_parts, squeezed
from openmappa.emergency.models import Emergency, Outcome
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField, RadioField

SHORTEST_REASON = 20
NUMBER, NAME = "number", "name"
TOO_SHORT = (
    f"Say in a few more words why you need this case now: at least {SHORTEST_REASON} characters. "
    "Whoever reviews it was not there"
)


class ActNow(Form):
    """Which case, what kind of emergency, and why. It is posted, so that nothing of it stands in an address."""

    how = RadioField(
        label="How can you say exactly which case it is?",
        choices=[(NUMBER, "By its reference, PNC or CRN"), (NAME, "By full name and date of birth")],
        error_messages={"required": "Select how you can say which case it is"},
    )
    number = forms.CharField(label="Case reference, PNC or CRN", max_length=60, required=False)
    full_name = forms.CharField(label="Full name", max_length=200, required=False)
    born_on = DateInputField(label="Date of birth", in_past=True, required=False)
    kind = RadioField(
        label="What kind of emergency is it?",
        choices=Emergency.choices,
        error_messages={"required": "Select what kind of emergency it is"},
    )
    reason = LongTextField(
        label="Why do you need this case now?",
        max_length=2000,
        min_length=SHORTEST_REASON,
        error_messages={"required": "Say why you need this case now", "min_length": TOO_SHORT},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the number, or for name and date of birth, as was chosen; what belongs to the other is left out."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("how") == NUMBER and not squeezed(cleaned.get("number", "")):
            self._ask("number", "Enter the case reference, PNC or CRN")
        if cleaned.get("how") == NAME:
            if len(name_parts(cleaned.get("full_name", ""))) < 2:
                self._ask("full_name", "Enter the full name: given names and family name")
            if not cleaned.get("born_on"):
                self._ask("born_on", "Enter the date of birth")
        return cleaned

    def _ask(self, name: str, message: str) -> None:
        if name not in self.errors:
            self.add_error(name, message)

    @property
    def at_fault(self) -> str:
        """The field to blame when no case fits."""
        return "number" if self.cleaned_data["how"] == NUMBER else "full_name"

    def details(self) -> dict[str, Any]:
        """What was answered, as ``open_in_emergency`` takes it."""
        answers = self.cleaned_data
        by_number = answers["how"] == NUMBER
        born_on: date | None = None if by_number else answers["born_on"]
        return {
            "number": answers["number"] if by_number else "",
            "full_name": "" if by_number else answers["full_name"],
            "born_on": born_on,
            "kind": Emergency(answers["kind"]),
            "reason": answers["reason"],
        }


class Judge(Form):
    """What a reviewer thinks of one emergency access."""

    outcome = RadioField(
        label="Was it justified?",
        choices=Outcome.choices,
        error_messages={"required": "Select whether it was justified"},
    )
    words = LongTextField(
        label="Why do you think so?",
        max_length=2000,
        error_messages={"required": "Say in a sentence why you think so"},
    )
