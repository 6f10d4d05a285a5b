"""The forms of a plan's parts: objective, intervention, action, contingency, liaison, and what became of one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from openmappa.core.plans.smart import Wording
from openmappa.plans.forms.base import DraftForm, OwnedForm
from openmappa.plans.models.parts import Intervention, PlanGround
from openmappa.plans.models.plan import Plan
from openmappa.plans.words import ActionState, Heading, InterventionKind, InterventionState, ObjectiveState
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import CheckboxesField, LongTextField, RadioField

SHORT = 120
STATES: Mapping[str, type[ObjectiveState] | type[InterventionState] | type[ActionState]] = {
    "objective": ObjectiveState,
    "intervention": InterventionState,
    "action": ActionState,
}


class ObjectiveForm(OwnedForm):
    """An objective; what is wrong with its words is shown while they are typed."""

    what = LongTextField(
        label="What exactly will be done?",
        max_length=500,
        help_text="Begin with what somebody does: attends, completes, writes, keeps.",
    )
    measure = LongTextField(
        label="How will you know that it was done?",
        max_length=500,
        help_text="Something that somebody else could look at: a number, a record, an event.",
    )
    due_on = DateInputField(label="By when?")
    grounds = CheckboxesField(label="Which need or harm factor does it answer?", required=False)
    plain_words = LongTextField(
        label="In plain words, for the offender",
        required=False,
        max_length=500,
        help_text="They read this in their copy: short sentences, “you”. Leave empty only if they must not know of it.",
    )
    insist_reason = LongTextField(
        label="Keep your words all the same: why?",
        required=False,
        max_length=500,
        help_text="Only where the check advises against them. Your line manager sees the reason.",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, case=plan.case, **kwargs)
        self.rows = {row.code: row for row in plan.grounds.order_by("-kind", "id")}
        self._several("grounds").choices = [(code, _ground_label(row)) for code, row in self.rows.items()]

    def wording(self) -> Wording:
        """The words so far, for the check; what is not answered is empty."""
        answers = self.cleaned_data
        return Wording(
            answers.get("what") or "", answers.get("measure") or "", self.owner_named(), answers.get("due_on")
        )

    def part(self) -> dict[str, Any]:
        """The columns that are saved."""
        return {**self.values("what", "measure", "due_on", "plain_words", "insist_reason"), **self.owner_values()}

    def chosen_grounds(self) -> list[PlanGround]:
        """The needs and harm factors that were ticked."""
        return [self.rows[code] for code in self.cleaned_data["grounds"] if code in self.rows]

    def _several(self, name: str) -> CheckboxesField:
        field = self.fields[name]
        assert isinstance(field, CheckboxesField)
        return field


class InterventionForm(DraftForm):
    """What is done with the offender, when, and what has to come first."""

    kind = RadioField(label="What does it do?", choices=InterventionKind.choices)
    heading = forms.ChoiceField(
        label="Which of these is it?",
        required=False,
        choices=[("", "Not said"), *Heading.choices],
        help_text="Tables of an area count interventions by this.",
    )
    what = forms.CharField(
        label="What is it?", max_length=200, help_text="For example, accredited programme, or curfew."
    )
    provider = forms.CharField(label="Who provides it?", max_length=SHORT)
    why_now = LongTextField(
        label="Why this, and why at this time?",
        max_length=1000,
        help_text="What makes it likely to work with this person: type, pace, place; and why not sooner or later.",
    )
    after = forms.ChoiceField(label="What has to come first?", required=False)
    starts_on = DateInputField(label="When does it start?")
    ends_on = DateInputField(label="When does it end?", required=False)
    plain_words = LongTextField(
        label="In plain words, for the offender",
        required=False,
        max_length=500,
        help_text="They read this in their copy. Leave empty if they must not know of it.",
    )

    def __init__(self, *args: Any, plan: Plan, part: Intervention | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = plan.interventions.exclude(pk=part.pk) if part else plan.interventions.all()
        field = self.fields["after"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nothing"), *((str(one.pk), f"{one.number}. {one.what}") for one in others)]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        starts_on, ends_on = answers.get("starts_on"), answers.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.refuse("ends_on", "It must end on or after the day on which it starts")
        return answers

    def part(self) -> dict[str, Any]:
        """The columns that are saved."""
        after = self.cleaned_data["after"]
        named = self.values("kind", "heading", "what", "provider", "why_now", "starts_on", "ends_on", "plain_words")
        return {**named, "after_id": int(after) if after else None}


class ActionForm(OwnedForm):
    """Something that somebody has to do by a day."""

    what = LongTextField(label="What has to be done?", max_length=500)
    due_on = DateInputField(label="By when?")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, case=plan.case, **kwargs)

    def part(self) -> dict[str, Any]:
        """The columns that are saved."""
        return {**self.values("what", "due_on"), **self.owner_values()}


class ContingencyForm(OwnedForm):
    """If this happens, this is done."""

    trigger = LongTextField(
        label="What would show that the plan is failing?",
        max_length=500,
        help_text="Something that can be noticed: a missed appointment, a call from the hostel.",
    )
    what = LongTextField(label="What is done then?", max_length=500, help_text="First step first; how soon.")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, case=plan.case, **kwargs)

    def part(self) -> dict[str, Any]:
        """The columns that are saved."""
        return {**self.values("trigger", "what"), **self.owner_values()}


class LiaisonForm(DraftForm):
    """Who talks to whom."""

    who = forms.CharField(label="Who?", max_length=SHORT, help_text="For example, the case manager.")
    with_whom = forms.CharField(label="Talks to whom?", max_length=SHORT)
    how_often = forms.CharField(
        label="How often?", max_length=SHORT, help_text="For example, every Monday by telephone."
    )
    about = LongTextField(label="About what?", max_length=500)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def part(self) -> dict[str, Any]:
        """The columns that are saved."""
        return self.values("who", "with_whom", "how_often", "about")


class GroundForm(DraftForm):
    """Why a need or harm factor has no objective yet."""

    why_not_yet = LongTextField(
        label="Why is there no objective for it yet?",
        max_length=1000,
        help_text="What has to happen first, and when it will be looked at again.",
    )


class ProgressForm(DraftForm):
    """Where a part stands, since when, and what shows it."""

    state = RadioField(label="Where does it stand?")
    on = RecentDateField(label="On which day did it stand like this?")
    evidence = LongTextField(
        label="What shows it?",
        max_length=2000,
        help_text="What you saw or read, or who told you. A colleague has to be able to check it.",
    )

    def __init__(self, *args: Any, what: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = STATES[what].choices


def _ground_label(row: PlanGround) -> str:
    return f"{row.get_kind_display()}: {row.label}"


PART_FORMS: Mapping[str, type[ObjectiveForm | InterventionForm | ActionForm | ContingencyForm | LiaisonForm]] = {
    "objective": ObjectiveForm,
    "intervention": InterventionForm,
    "action": ActionForm,
    "contingency": ContingencyForm,
    "liaison": LiaisonForm,
}
