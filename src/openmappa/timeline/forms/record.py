"""The forms that record one fact: the base of them all, and the few that need more than a choice and a day."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from openmappa.core.standards.facts import KINDS, Fact, Value
from openmappa.core.standards.words import in_full
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.timeline.queries.open_actions import next_action_number, open_actions
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, RadioField

NO_LEVEL = "none"
FORCE_TABLE, OWN_INTERVAL = "table", "own"


class FactForm(CaseForm):
    """A form that makes one fact of one kind. Its fields are named after the kind's details, and ``on`` is the day.

    ``starts_today`` chooses today beforehand. ``conditional`` names the fields that are asked only with one answer.
    ``layout`` is the template of the fields. ``preview`` names the address that says what the answers so far come to,
    where there is one; the layout then has a live region of the name ``preview``.
    """

    kind: ClassVar[str]
    starts_today: ClassVar[bool] = False
    hints: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    conditional: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    layout: ClassVar[str] = "timeline/fields.html"
    preview: ClassVar[str] = ""

    def __init__(self, data: Any = None, *, frame: CaseFrame, given: Mapping[str, str] | None = None) -> None:
        self.frame = frame
        super().__init__(
            data, initial={"version": frame.case.version, **self.beforehand(), **self._offered(given or {})}
        )
        self.make_ready()

    def beforehand(self) -> dict[str, Any]:
        """What is chosen when the form is opened."""
        return {"on": self.frame.today} if self.starts_today else {}

    def make_ready(self) -> None:
        """Fill in choices that depend on the case."""

    def details(self) -> dict[str, Value]:
        """The fact's details, from the cleaned answers."""
        found: dict[str, Value] = {}
        for detail in KINDS[self.kind].details:
            answer = self.cleaned_data.get(detail.name)
            if answer in (None, ""):
                continue
            found[detail.name] = int(answer) if detail.type == "integer" else answer
        return found

    @property
    def fact(self) -> Fact:
        """The fact that the cleaned answers say happened."""
        return Fact(self.kind, self.cleaned_data["on"], self.details(), self.frame.today)

    @property
    def is_impossible(self) -> str:
        """Why there is nothing to record with this form at all; empty when there is."""
        return ""

    @property
    def shown_within(self) -> set[str]:
        """The fields that stand inside another's answer."""
        return {name for answers in self.conditional.values() for name in answers.values()}

    def _offered(self, given: Mapping[str, str]) -> dict[str, str]:
        """The answers that a link chose beforehand, as far as they are choices of this kind."""
        choices = {detail.name: {str(choice) for choice in detail.choices} for detail in KINDS[self.kind].details}
        return {name: value for name, value in given.items() if value in choices.get(name, ())}


class OasysForm(FactForm):
    """An OASys, which may or may not give a level of risk of harm."""

    def details(self) -> dict[str, Value]:
        found = super().details()
        return {name: value for name, value in found.items() if value != NO_LEVEL}


class VisitIntervalForm(FactForm):
    """An interval for this case alone, or back to the force's table."""

    conditional = {"how": {OWN_INTERVAL: "months"}}

    def details(self) -> dict[str, Value]:
        own = self.cleaned_data["how"] == OWN_INTERVAL
        return {"months": self.cleaned_data["months"] if own else None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("how") == OWN_INTERVAL and not cleaned.get("months") and "months" not in self.errors:
            self.add_error("months", "Enter the number of months between visits")
        return cleaned


class OwnServiceForm(FactForm):
    """A fact of one of the two services, which starts as the person's own."""

    def beforehand(self) -> dict[str, Any]:
        return {**super().beforehand(), "service": self.frame.user.service}


class ActionAgreedForm(FactForm):
    """An action of a meeting, with a number that the case does not have yet."""

    def beforehand(self) -> dict[str, Any]:
        return {**super().beforehand(), "action": next_action_number(self.frame.case)}


class ActionCompletedForm(FactForm):
    """One of the case's open actions."""

    def make_ready(self) -> None:
        self.waiting = open_actions(self.frame.case)
        field = self.fields["action"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (action.name, f"{action.name}: for {action.whose}, due {in_full(action.due_on)}") for action in self.waiting
        ]

    @property
    def is_impossible(self) -> str:
        return "" if self.waiting else "No action is open on this case, so there is none to complete."


def fact_form(
    kind: str,
    day: str,
    fields: Mapping[str, forms.Field] | None = None,
    *,
    then: Mapping[str, forms.Field] | None = None,
    base: type[FactForm] = FactForm,
    today: bool = False,
    hints: Mapping[str, Mapping[str, str]] | None = None,
) -> type[FactForm]:
    """A form class for one kind of fact: its fields in order, the day, labelled ``day``, and the fields of ``then``."""
    asked = {**(fields or {}), "on": RecentDateField(label=day), **(then or {})}
    extra = {"kind": kind, "starts_today": today, "hints": hints or {}, "__doc__": f"Records {kind}."}
    name = "".join(part.capitalize() for part in kind.split("_"))
    return type(f"{name}Form", (base,), {**asked, **extra})


def choice(label: str, choices: Mapping[str, str], *, required: bool = True, hint: str = "") -> RadioField:
    """A question with a few answers, as radio buttons."""
    return RadioField(label=label, choices=list(choices.items()), required=required, help_text=hint)
