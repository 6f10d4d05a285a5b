"""The forms of civil orders and recalls: a step, a breach, a recall, and setting aside what was a mistake."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from openmappa.core.orders.breach import BreachDays
from openmappa.core.orders.kinds import KINDS
from openmappa.core.orders.life import LASTING, Step
from openmappa.core.orders.recall import REASONS, Decision
from openmappa.core.standards.words import kind_label
from openmappa.orders.models.breach import OrderBreach
from openmappa.orders.services.breaches import Breach
from openmappa.orders.services.recalls import Request
from openmappa.orders.services.recording import Entry
from openmappa.timeline.models import Fact
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.formats import day
from openmappa.ui.forms import LongTextField, OnceForm, RadioField, SeenForm

A_DAY, FURTHER_ORDER = "day", "further_order"
LAST_STEP, WHOLE_ORDER = "step", "order"

WHEN: Mapping[Step, str] = {
    Step.APPLIED: "Day of the application",
    Step.INTERIM: "Day on which the interim order was made",
    Step.MADE: "Day on which the order was made",
    Step.VARIED: "Day on which it was varied",
    Step.RENEWED: "Day on which it was renewed",
    Step.DISCHARGED: "Day on which it was discharged",
    Step.REFUSED: "Day on which it was refused",
    Step.WITHDRAWN: "Day on which the application was withdrawn",
}
WITHOUT_COURT = (Step.WITHDRAWN,)
WITH_LINES = (Step.INTERIM, Step.MADE, Step.VARIED)


class StepForm(OnceForm, SeenForm):
    """What happened to an order: the fields that this step has. ``kind`` is asked of the first alone."""

    kind = RadioField(label="Which order is it?", error_messages={"required": "Select the kind of order"})
    on = DateInputField(label="Day", in_past=True)
    applicant = forms.CharField(label="Who applied", max_length=150)
    court = forms.CharField(label="Court", required=False, max_length=150)
    lasts = RadioField(
        label="How long does it last?",
        choices=[(A_DAY, "Until a day"), (FURTHER_ORDER, "Until further order")],
        error_messages={"required": "Select how long it lasts"},
    )
    until_on = DateInputField(label="Last day", required=False)
    lines = LongTextField(label="What it prohibits or requires, one to a line", required=False, max_length=4000)
    words = LongTextField(label="Anything else", required=False, max_length=2000)

    def __init__(self, *args: Any, step: Step, first: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.step = step
        self.fields["on"].label = WHEN[step]
        self.fields["on"].error_messages["required"] = f"Enter the {WHEN[step][:1].lower()}{WHEN[step][1:]}"
        self.fields["kind"].choices = [(kind.id, kind.label) for kind in KINDS.values()]  # type: ignore[attr-defined]
        kept = {
            "kind": first,
            "applicant": step is Step.APPLIED,
            "court": step not in WITHOUT_COURT,
            "lasts": step in LASTING and step is not Step.INTERIM,
            "until_on": step in LASTING,
            "lines": step in WITH_LINES,
        }
        for name in (name for name, has in kept.items() if not has):
            del self.fields[name]

    def entry(self) -> Entry:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        open_ended = said.get("lasts") == FURTHER_ORDER
        return Entry(
            self.step,
            said["on"],
            applicant=said.get("applicant", ""),
            court=said.get("court", ""),
            until_on=None if open_ended else said.get("until_on"),
            open_ended=open_ended,
            lines=said.get("lines", ""),
            words=said["words"],
        )

    def clean(self) -> dict[str, Any]:
        """Until further order and a last day do not go together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("lasts") == FURTHER_ORDER and cleaned.get("until_on"):
            self.add_error("until_on", "Select “Until a day”, or leave the last day empty")
        return cleaned


class BreachForm(OnceForm, SeenForm):
    """A breach: what happened when, and what became of it."""

    on = DateInputField(label="Day of the breach", in_past=True)
    what = LongTextField(label="What did the person do?", max_length=2000)
    reported_on = DateInputField(label="Day it was reported", in_past=True)
    charged_on = DateInputField(label="Day of the charge", in_past=True, required=False)
    convicted_on = DateInputField(label="Day of the conviction", in_past=True, required=False)
    dropped_on = DateInputField(label="Day of the decision on no further action", in_past=True, required=False)
    outcome = LongTextField(label="What came of it", required=False, max_length=1000)

    def __init__(self, *args: Any, breach: OrderBreach | None = None, **options: Any) -> None:
        options.setdefault("initial", _as_it_is(breach) if breach else {"reported_on": timezone.localdate()})
        super().__init__(*args, **options)

    def breach(self) -> Breach:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        names = ("on", "reported_on", "charged_on", "convicted_on", "dropped_on")
        return Breach(BreachDays(*(said[name] for name in names)), said["what"], said["outcome"])


class SetAsideForm(SeenForm):
    """What was recorded by mistake, and why."""

    what = RadioField(label="What was a mistake?", error_messages={"required": "Select what was a mistake"})
    reason = LongTextField(
        label="Why was it a mistake?", max_length=1000, error_messages={"required": "Say why it was a mistake"}
    )

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if len(ways) < 2:
            del self.fields["what"]
        else:
            self.fields["what"].choices = list(ways)  # type: ignore[attr-defined]


class RecallForm(OnceForm):
    """A request for recall: when, by whom, why."""

    asked_on = DateInputField(label="Day on which recall was asked for", in_past=True)
    asked_for_by = forms.CharField(label="Who asked for it", max_length=150)
    reason = RadioField(label="Why?", choices=list(REASONS.items()), error_messages={"required": "Select the reason"})
    words = LongTextField(label="What happened?", max_length=2000, error_messages={"required": "Say what happened"})

    def request(self) -> Request:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        return Request(said["asked_on"], said["asked_for_by"], said["reason"], said["words"])


class DecideRecallForm(SeenForm):
    """What was decided on a request for recall."""

    decision = RadioField(
        label="What was decided?",
        choices=[(Decision.REVOKED.value, "The licence was revoked"), (Decision.REFUSED.value, "It was not revoked")],
        error_messages={"required": "Select what was decided"},
    )
    decided_on = DateInputField(label="Day of the decision", in_past=True)


class CustodyForm(SeenForm):
    """The return, or the release: an entry of the record that says so already, or a new one of a day."""

    fact = RadioField(
        label="Is it one of these entries?", error_messages={"required": "Select one, or “None of these”"}
    )
    on = DateInputField(label="Day", in_past=True, required=False)

    NEW = "new"

    def __init__(self, *args: Any, label: str, offered: Sequence[Fact], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label = label
        if offered:
            known = [(str(fact.pk), f"{kind_label(fact.kind)}, {day(fact.on)}") for fact in offered]
            self.fields["fact"].choices = [*known, (self.NEW, "None of these: record it now")]  # type: ignore[attr-defined]
        else:
            del self.fields["fact"]
            self.fields["on"].required = True

    def clean(self) -> dict[str, Any]:
        """A new entry has a day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("fact") == self.NEW and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day")
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """As the service takes it."""
        fact = self.cleaned_data.get("fact")
        if fact and fact != self.NEW:
            return {"fact_id": int(fact)}
        return {"on": self.cleaned_data["on"]}


def _as_it_is(breach: OrderBreach) -> dict[str, Any]:
    names = ("version", "on", "what", "reported_on", "charged_on", "convicted_on", "dropped_on", "outcome")
    return {name: getattr(breach, name) for name in names}
