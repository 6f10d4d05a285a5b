"""The forms on actions: agreeing one, and each thing that can be done with one."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict

from openmappa.accounts.models import Agency, Area, User
from openmappa.actions.models import Action
from openmappa.core.access import PERMISSIONS, Permission, Service
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import OnceForm, RadioField, SeenForm

DOES_ACTIONS = sorted(role.value for role in PERMISSIONS[Permission.DO_ACTION])
SERVICES = [("police", "Police"), ("probation", "Probation")]


class DeedForm(OnceForm, SeenForm):
    """A form on one action: knows the version that was seen, and sends each submission once."""

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": action.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.action = action
        self.make_ready()

    def make_ready(self) -> None:
        """Fill in what depends on the action."""

    def answers(self) -> dict[str, Any]:
        """What the service is given of the answers."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "submission")}

    def seen_again(self, version: int) -> None:
        """Take the action as it is now for seen: the page shows it beside what was typed."""
        self.data = {**self.data.dict(), "version": str(version)} if isinstance(self.data, QueryDict) else self.data


class WordsForm(DeedForm):
    """A reason, a question or an answer. Subclasses say which."""

    words = forms.CharField(widget=forms.Textarea)


class QuestionForm(WordsForm):
    words = forms.CharField(label="Your question", widget=forms.Textarea)


class AnswerForm(WordsForm):
    words = forms.CharField(label="The answer", widget=forms.Textarea)


class CannotForm(WordsForm):
    words = forms.CharField(
        label="Why it cannot be done",
        widget=forms.Textarea,
        help_text="The chair reads this and agrees, changes the action or gives it to somebody else.",
    )


class DeclineForm(WordsForm):
    words = forms.CharField(label="Why you do not take it on", widget=forms.Textarea)


class AgreeCannotForm(WordsForm):
    words = forms.CharField(
        label="Why you agree",
        widget=forms.Textarea,
        help_text="And what is done instead, if anything is. Nobody has to do the action any more.",
    )


class CompleteForm(DeedForm):
    on = RecentDateField(label="Date it was done")
    evidence = forms.CharField(
        label="What was done",
        widget=forms.Textarea,
        help_text="And how that can be told: a date, a letter, who confirmed it.",
    )


class MoveForm(DeedForm):
    due_on = DateInputField(label="New date it is due")
    words = forms.CharField(label="Reason", widget=forms.Textarea)


class ChangeForm(DeedForm):
    text = forms.CharField(label="What has to be done", widget=forms.Textarea)
    due_on = DateInputField(label="Date it is due")
    words = forms.CharField(label="Reason for the change", widget=forms.Textarea)

    def make_ready(self) -> None:
        self.initial.update({"text": self.action.text, "due_on": self.action.due_on})


class HandOverForm(DeedForm):
    to = forms.ChoiceField(label="Person or agency who is to do it")
    words = forms.CharField(
        label="Reason",
        widget=forms.Textarea,
        help_text="They read this before they take it on. It stays yours until then.",
    )

    def make_ready(self) -> None:
        self.people = people_for(self.action.area, self.action.agency)
        self.agencies = agencies_in(self.action.area)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *_choices(self.people, self.agencies, self.action.owner_id)]

    def answers(self) -> dict[str, Any]:
        agency, person = chosen(self.cleaned_data["to"], self.people, self.agencies)
        return {"agency": agency, "person": person, "words": self.cleaned_data["words"]}


class AgreeForm(OnceForm):
    """An action agreed outside the minutes of a meeting, such as at a professionals' meeting."""

    text = forms.CharField(
        label="What has to be done",
        widget=forms.Textarea,
        help_text="The owner may see nothing else of the case: say it in full, without names that they need not know.",
    )
    to = forms.ChoiceField(label="Person or agency who does it")
    service = RadioField(
        label="Which service answers for it?",
        choices=SERVICES,
        required=False,
        help_text="Only where it is of neither: the service that sees to it that a partner agency does its action.",
    )
    on = RecentDateField(label="Date it was agreed")
    due_on = DateInputField(label="Date it is due")

    def __init__(self, *args: Any, area: Area, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.agencies = people_for(area, agency), agencies_in(area)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *_choices(self.people, self.agencies, None)]

    def answers(self) -> dict[str, Any]:
        """What ``agree_action`` is given of the answers. Without a choice probation answers for a partner's action."""
        agency, person = chosen(self.cleaned_data["to"], self.people, self.agencies)
        own = agency.kind in (Agency.Kind.POLICE, Agency.Kind.PROBATION)
        service = Service(agency.kind) if own else Service(self.cleaned_data["service"] or Service.PROBATION)
        words = "" if person else f"{agency.name}, nobody named"
        said = {"text": self.cleaned_data["text"], "agreed_on": self.cleaned_data["on"]}
        said |= {"due_on": self.cleaned_data["due_on"], "service": service}
        return {**said, "agency": agency, "owner": person, "owner_words": words[:150], "meeting": None}


def people_for(area: Area, agency: Agency) -> list[User]:
    """Whom an action can go to by name: those of the area who do actions, of its own agency first. One query."""
    rows = User.objects.filter(area=area, role__in=DOES_ACTIONS, is_active=True)
    return sorted(rows, key=lambda one: (one.agency_id != agency.pk, one.agency.name, one.full_name))


def agencies_in(area: Area) -> list[Agency]:
    """The agencies that have a unit or a person in the area. One query."""
    return list(Agency.objects.filter(Q(units__area=area) | Q(people__area=area)).distinct().order_by("name"))


def chosen(value: str, people: list[User], agencies: list[Agency]) -> tuple[Agency, User | None]:
    """The agency, and the person where one was chosen, behind a choice of the form."""
    kind, pk = value[0], int(value[1:])
    if kind == "a":
        return next(each for each in agencies if each.pk == pk), None
    person = next(each for each in people if each.pk == pk)
    return person.agency, person


def _choices(people: list[User], agencies: list[Agency], but: int | None) -> list[tuple[str, str]]:
    named = [(f"p{one.pk}", f"{one.full_name}, {one.agency.name}") for one in people if one.pk != but]
    return [*named, *((f"a{each.pk}", f"{each.name}: nobody named") for each in agencies)]
