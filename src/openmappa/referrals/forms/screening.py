"""The forms of screening: which case it is, what is missing, who screens, what each thinks, the decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.packs.mappa_referral_rules import Seat
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.words import Outcome
from openmappa.ui.forms import Form, LongTextField, RadioField


class LookForm(Form):
    """What to look for among the cases of the area."""

    text = forms.CharField(label="Name, reference, PNC or CRN", max_length=200)


class MatchForm(Form):
    """Which of the cases that were found the referral is about."""

    case = RadioField(label="Which case is it about?", error_messages={"required": "Choose the case"})

    def __init__(self, *args: Any, cases: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {str(case.key): case for case in cases}
        self.fields["case"].choices = [(key, _case_label(case)) for key, case in self.cases.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Case:
        """The case that was chosen."""
        return self.cases[self.cleaned_data["case"]]


class MoreForm(Form):
    """What is missing."""

    words = LongTextField(label="What is missing?", max_length=2000, error_messages={"required": "Say what is missing"})


class ScreenersForm(Form):
    """Who is asked to sit in each seat."""

    def __init__(self, *args: Any, seats: Mapping[Seat, Sequence[User]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {seat.id: {str(person.pk): person for person in people} for seat, people in seats.items()}
        for seat, people in seats.items():
            choices = [("", "Choose a person"), *((str(each.pk), _person_label(each)) for each in people)]
            field = forms.ChoiceField(label=seat.label, choices=choices, required=False)
            self.fields[seat.id] = field

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if not any(answers.get(seat) for seat in self.people):
            self.refuse(next(iter(self.people), None), "Choose at least one person")
        return answers

    @property
    def chosen(self) -> dict[str, User]:
        """Who was chosen, by seat."""
        return {
            seat: people[self.cleaned_data[seat]] for seat, people in self.people.items() if self.cleaned_data[seat]
        }


class ViewForm(Form):
    """What somebody who screens thinks."""

    view = RadioField(label="What should it come to?", choices=Outcome.choices)
    reasons = LongTextField(
        label="Why?", max_length=4000, error_messages={"required": "Give the reasons for your view"}
    )

    @property
    def chosen(self) -> Outcome:
        """The view that was chosen."""
        return Outcome(self.cleaned_data["view"])


class DecideForm(Form):
    """What the coordinator decides. Without a case there is only one outcome, and no category."""

    outcome = RadioField(label="What do you decide?", choices=Outcome.choices)
    category = RadioField(label="Category", choices=[], required=False)
    reasons = LongTextField(
        label="Why?", max_length=4000, error_messages={"required": "Give the reasons for the decision"}
    )
    words = LongTextField(label="More for the referrer, in plain words", required=False, max_length=1000)

    def __init__(self, *args: Any, matched: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not matched:
            self.fields["outcome"].choices = [(Outcome.NOT_MAPPA.value, Outcome.NOT_MAPPA.label)]  # type: ignore[attr-defined]
            del self.fields["category"]
        else:
            self.fields["category"].choices = category_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        outcome = answers.get("outcome")
        if outcome and Outcome(outcome).level and not answers.get("category"):
            self.refuse("category", "Choose the category that the case is in")
        return answers

    def details(self) -> dict[str, Any]:
        """What was answered, as ``decide_referral`` takes it."""
        answers = self.cleaned_data
        category = int(answers["category"]) if answers.get("category") else None
        return {
            "outcome": Outcome(answers["outcome"]),
            "category": category,
            "reasons": answers["reasons"],
            "words": answers["words"],
        }


def category_choices() -> list[tuple[str, str]]:
    """The three categories, to choose from."""
    return [(str(one.number), f"Category {one.number}: {one.label}") for one in referral_rules().categories]


def _case_label(case: Case) -> str:
    born = f"{case.person.born_on:%d.%m.%Y}"
    return f"{case.person.full_name}, born {born}, {case.reference}"


def _person_label(person: User) -> str:
    place = person.unit.name if person.unit else person.agency_name
    return f"{person.full_name}, {person.rank_label.lower()}, {place}"
