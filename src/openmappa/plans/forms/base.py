"""What forms on a draft have in common: the mark of what the page showed, and who does something."""

from typing import Any

from django import forms
from django.db.models import Q

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.plans.words import OwnerKind
from openmappa.ui.forms import OnceForm, RadioField


class DraftForm(OnceForm):
    """A form on a part of a draft: ``seen`` marks what it showed, ``accept`` what others saved since."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    accept = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    @property
    def mark(self) -> str:
        """The mark of what this person has seen: when they opened the form, or when told what others saved."""
        return str(self.cleaned_data["accept"] or self.cleaned_data["seen"])

    @property
    def labels(self) -> dict[str, str]:
        """The question of each field, for what others answered meanwhile."""
        return {name: str(field.label) for name, field in self.fields.items()}

    def values(self, *names: str) -> dict[str, Any]:
        """These answers, texts trimmed."""
        return {name: self.cleaned_data[name] for name in names}


class OwnedForm(DraftForm):
    """A form on something that somebody has to do: the offender, a person of the case, or another agency by name."""

    owner_kind = RadioField(label="Who does it?", choices=OwnerKind.choices)
    owner = forms.ChoiceField(label="Which person?", required=False)
    owner_agency = forms.CharField(label="Which agency?", required=False, max_length=120)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people_of(case)
        choices = [("", "Choose a person"), *((str(person.pk), who_is(person, case)) for person in self.people)]
        self._choice("owner").choices = choices

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        kind = answers.get("owner_kind")
        if kind == OwnerKind.PERSON and not answers.get("owner"):
            self.refuse("owner", "Choose the person who does it")
        if kind == OwnerKind.AGENCY and not (answers.get("owner_agency") or "").strip():
            self.refuse("owner_agency", "Enter the name of the agency that does it")
        return answers

    def owner_values(self) -> dict[str, Any]:
        """The three columns that say who does it."""
        kind = self.cleaned_data["owner_kind"]
        return {
            "owner_kind": kind,
            "owner_id": int(self.cleaned_data["owner"]) if kind == OwnerKind.PERSON else None,
            "owner_agency": self.cleaned_data["owner_agency"].strip() if kind == OwnerKind.AGENCY else "",
        }

    def owner_named(self) -> str:
        """Who does it as far as it is answered; "" where nobody is chosen."""
        kind, answers = self.cleaned_data.get("owner_kind"), self.cleaned_data
        if kind == OwnerKind.OFFENDER:
            return "The offender"
        if kind == OwnerKind.PERSON:
            return "A person of the case" if answers.get("owner") else ""
        return str(answers.get("owner_agency") or "")

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


def people_of(case: Case) -> list[User]:
    """Who works on this case: those responsible, and their units. One query."""
    units = [unit for unit in (case.police_unit_id, case.probation_unit_id) if unit]
    named = [person for person in (case.police_officer_id, case.case_manager_id) if person]
    rows = User.objects.filter(Q(unit_id__in=units) | Q(pk__in=named), is_active=True)
    return sorted(rows.select_related("agency"), key=lambda person: (person.pk not in named, person.full_name))


def who_is(person: User, case: Case) -> str:
    """A person with what they are on this case."""
    if person.pk == case.case_manager_id:
        return f"{person.full_name}, case manager of this case"
    if person.pk == case.police_officer_id:
        return f"{person.full_name}, police officer of this case"
    return f"{person.full_name}, {person.role_label.lower()}"
