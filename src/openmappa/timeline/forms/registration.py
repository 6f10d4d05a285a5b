"""The form that records a registration, and works out how long it lasts where the court's notice is not at hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from openmappa.core.answers import AnswersRefused
from openmappa.core.packs.load import load_registration
from openmappa.core.packs.registration_rules import WITH_LENGTH, DisposalKind, RegistrationRules
from openmappa.core.registration.periods import Disposal, NotificationPeriod, notification_period
from openmappa.core.standards.facts import Value
from openmappa.core.standards.words import in_full
from openmappa.timeline.forms.record import FactForm
from openmappa.timeline.queries.frame import age_on
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import RadioField

PACK = "england-wales-2005"
INDEFINITE, FROM_NOTICE, WORKED_OUT = "indefinite", "notice", "worked_out"
PERIODS = {
    INDEFINITE: "Indefinitely",
    FROM_NOTICE: "Until the last day that the court’s notice gives",
    WORKED_OUT: "Work it out from how the person was dealt with",
}
DISPOSALS = {
    DisposalKind.IMPRISONMENT: "Imprisonment for a fixed term",
    DisposalKind.INDETERMINATE: "Life, or another indeterminate sentence",
    DisposalKind.HOSPITAL_RESTRICTED: "Hospital, with a restriction order",
    DisposalKind.HOSPITAL: "Hospital, without a restriction order",
    DisposalKind.CAUTION: "Caution, reprimand or final warning",
    DisposalKind.CONDITIONAL_DISCHARGE: "Conditional discharge",
    DisposalKind.OTHER: "Something else, such as a community order or a fine",
}
LENGTHS = {DisposalKind.IMPRISONMENT: "term", DisposalKind.CONDITIONAL_DISCHARGE: "discharge"}
"""What the fields for a length are called, by disposal."""

ENDS_HINT = "As it stands on the notice. For example, 27 3 2026"
RELEVANT_HINT = (
    "The relevant date, even when the sentence came later. Leave empty if it is the day registration began. "
    "For example, 27 3 2026"
)
NOT_YET_SHOWN = "Check below how long registration lasts and why. Then save"


def notification_rules() -> RegistrationRules:
    """The rules that periods are worked out by."""
    return load_registration(PACK)


class RegisteredForm(FactForm):
    """A registration: indefinite, to the last day on the court's notice, or for the period that the Act gives.

    A period that was worked out is saved only when the person has been shown it: ``shown``, in the piece of page that
    shows it, says which last day that was.
    """

    kind = "registered"
    layout = "timeline/registration_fields.html"
    preview = "timeline:preview_registration"

    on = RecentDateField(label="Date registration began")
    period = RadioField(label="How long does registration last?", choices=list(PERIODS.items()))
    ends = DateInputField(label="Last day of registration", required=False, help_text=ENDS_HINT)
    disposal = RadioField(label="How was the person dealt with?", choices=list(DISPOSALS.items()), required=False)
    term_months = forms.IntegerField(label="Months of the term", required=False, help_text="2 years are 24")
    term_days = forms.IntegerField(label="Days of the term", required=False, help_text="On top of the months, if any")
    discharge_months = forms.IntegerField(label="Months of the discharge", required=False)
    discharge_days = forms.IntegerField(
        label="Days of the discharge", required=False, help_text="On top of the months, if any"
    )
    relevant_on = DateInputField(
        label="Date of conviction, finding or caution", required=False, in_past=True, help_text=RELEVANT_HINT
    )

    hints = {
        "disposal": {
            DisposalKind.IMPRISONMENT: "Consecutive terms added up. A suspended term in full (remembered: check)",
            DisposalKind.CONDITIONAL_DISCHARGE: (
                "If it was ordered on a later day than the conviction, give the day it ends as the last day above"
            ),
            DisposalKind.OTHER: "Not an absolute discharge: that does not lead to registration",
        }
    }
    worked_out: NotificationPeriod | None = None
    """The period, once every answer that it needs is there and makes sense."""

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way of giving the period needs, and work it out where that is the way."""
        cleaned = super().clean() or self.cleaned_data
        match cleaned.get("period"):
            case "notice":
                self._ask("ends", "Enter the last day of registration, as it stands on the court’s notice")
            case "worked_out":
                self._work_out(cleaned)
        return cleaned

    def details(self) -> dict[str, Value]:
        ends_on = self.cleaned_data["ends"] if self.cleaned_data["period"] == FROM_NOTICE else None
        if self.cleaned_data["period"] == WORKED_OUT and self.worked_out is not None:
            ends_on = self.worked_out.ends_on
        return {} if ends_on is None else {"ends": ends_on}

    @property
    def in_the_way(self) -> list[str]:
        """What is still missing or wrong before the period can be worked out, in the order of the form."""
        if not self.is_bound:
            return []
        lengths = [length for kind, length in LENGTHS.items() if kind != self.cleaned_data.get("disposal")]
        unasked = {"ends", *(f"{length}_{unit}" for length in lengths for unit in ("months", "days"))}
        asked = (name for name in self.fields if name not in unasked)
        return [str(message) for name in asked for message in self.errors.get(name, ())]

    @property
    def age_then(self) -> int | None:
        """The person's age on the relevant date of the period that was worked out."""
        return self._age_on(self.worked_out.begins_on) if self.worked_out else None

    @property
    def shown(self) -> str:
        """What the page sends back to say which result it has shown."""
        return str(self.worked_out.ends_on or INDEFINITE) if self.worked_out else ""

    def _ask(self, name: str, sentence: str) -> None:
        if self.cleaned_data.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, sentence)

    def _work_out(self, cleaned: Mapping[str, Any]) -> None:
        self._ask("disposal", "Select how the person was dealt with")
        began_on, relevant_on = cleaned.get("on"), cleaned.get("relevant_on") or cleaned.get("on")
        if began_on and relevant_on and relevant_on > began_on:
            day = in_full(began_on)
            self.add_error("relevant_on", f"This must be on or before {day}, when registration began")
        disposal = self._disposal(cleaned)
        if disposal is None or relevant_on is None or "relevant_on" in self.errors:
            return
        self.worked_out = self._period(disposal, relevant_on)
        if self.worked_out is not None:
            self._refuse_ended(self.worked_out, began_on)
            self._refuse_unseen()

    def _disposal(self, cleaned: Mapping[str, Any]) -> Disposal | None:
        """The disposal with its length; None while there is none or its length cannot be read."""
        if not cleaned.get("disposal"):
            return None
        kind = DisposalKind(cleaned["disposal"])
        if kind not in WITH_LENGTH:
            return Disposal(kind)
        names = [f"{LENGTHS[kind]}_months", f"{LENGTHS[kind]}_days"]
        if any(name in self.errors for name in names):
            return None
        months, days = (cleaned.get(name) for name in names)
        return Disposal(kind, 0 if months is None and days else months, days or 0)

    def _period(self, disposal: Disposal, relevant_on: date) -> NotificationPeriod | None:
        """The period; answers that cannot be become errors at their fields."""
        age = self._age_on(relevant_on)
        try:
            return notification_period(disposal, relevant_on=relevant_on, age=age, rules=notification_rules())
        except AnswersRefused as refused:
            length = LENGTHS.get(disposal.kind, "")
            day = "relevant_on" if self.cleaned_data.get("relevant_on") else "on"
            places = {"age": day, "months": f"{length}_months", "days": f"{length}_days"}
            for name, sentence in refused.problems.items():
                self.add_error(places[name], sentence)
            return None

    def _refuse_ended(self, period: NotificationPeriod, began_on: date | None) -> None:
        if period.ends_on and began_on and period.ends_on < began_on:
            sentence = (
                f"By this, registration ended on {in_full(period.ends_on)}, before it began on {in_full(began_on)}: "
                "check the dates and how the person was dealt with"
            )
            self.add_error("disposal", sentence)

    def _refuse_unseen(self) -> None:
        """A result that the person has not been shown is not saved; looking at it is no mistake."""
        if "preview" not in self.data and self.data.get("shown") != self.shown and not self.errors:
            self.add_error("disposal", NOT_YET_SHOWN)

    def _age_on(self, day: date) -> int:
        return age_on(day, born_on=self.frame.case.person.born_on)
