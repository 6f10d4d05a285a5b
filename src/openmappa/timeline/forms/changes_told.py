"""The forms about changes that others are told of."""

from collections.abc import Iterable
from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis
from openmappa.core.packs.change_rules import Topic
from openmappa.notes.models import open_compartments
from openmappa.timeline.forms.notes import BASES, asked
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import CaseForm, Form, LongTextField, RadioField

URGENT, SOON = "urgent", "soon"


class CommentForm(Form):
    """What somebody did about a change that they acknowledge; it may be left empty."""

    comment = LongTextField(label="What did you do about it?", required=False, max_length=1_000)


class KnownOnForm(Form):
    """A day of the past, as the record stood at whose end something is shown."""

    known_on = DateInputField(label="As it was known on", in_past=True)


class TellForm(CaseForm):
    """What others are told of in somebody's own words: the day, what it rests on, and who reads it.

    ``places`` are the compartments that it may stand in, as far as this person reads them.
    """

    places: tuple[Compartment, ...] = ()

    on = RecentDateField(label="Date it changed, or you heard of it")
    text = LongTextField(label="What changed?", max_length=4_000, error_messages={"required": "Say what changed"})
    basis = RadioField(
        label="What does it rest on?",
        choices=[(each.value, each.label) for each in BASES],
        error_messages=asked("Select what it rests on"),
    )
    compartment = RadioField(label="Who may read it?", error_messages=asked("Select who may read it"))

    def __init__(self, data: Any = None, *, frame: CaseFrame) -> None:
        super().__init__(data, initial={"version": frame.case.version, "on": frame.today})
        readable = open_compartments(frame.user, frame.case)
        self.offer("compartment", [(each.value, each.label) for each in self.places if each in readable])

    @property
    def hints(self) -> dict[str, dict[str, str]]:
        """What each answer means."""
        places = {each.value: each.sentence for each in self.places}
        return {"basis": {each.value: each.sentence for each in BASES}, "compartment": places}

    @property
    def stands_in(self) -> Compartment:
        """Where what is said is to stand."""
        return Compartment(self.cleaned_data["compartment"])

    @property
    def rests_on(self) -> Basis:
        """What it rests on."""
        return Basis(self.cleaned_data["basis"])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let these be the answers to a question."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class CircumstancesForm(TellForm):
    """A change in somebody's life that bears on the case: what it is about, and a short statement."""

    places = (Compartment.OPEN, Compartment.CONFIDENTIAL)
    topic = RadioField(label="What is it about?", error_messages=asked("Select what it is about"))

    field_order = ("topic", "text", "on", "basis", "compartment")

    def __init__(self, data: Any = None, *, frame: CaseFrame, topics: Iterable[Topic]) -> None:
        super().__init__(data, frame=frame)
        self.offer("topic", [(topic.id, topic.words) for topic in topics])


class VictimRiskForm(TellForm):
    """That the risk to a victim changed, how urgent that is and whom to ring; what it is goes behind its wall."""

    places = (Compartment.VICTIM, Compartment.CONFIDENTIAL)
    urgency = RadioField(
        label="How urgent is it?",
        choices=[(URGENT, "Urgent: somebody may be in danger now"), (SOON, "It can wait two working days")],
        error_messages=asked("Select how urgent it is"),
    )
    contact = forms.ChoiceField(label="Whom should they ring?", error_messages=asked("Select whom they should ring"))

    field_order = ("urgency", "contact", "text", "on", "basis", "compartment")

    def __init__(self, data: Any = None, *, frame: CaseFrame, contacts: Iterable[User]) -> None:
        super().__init__(data, frame=frame)
        self._contacts = {str(person.pk): person for person in (frame.user, *contacts)}
        self.offer(
            "contact",
            [
                (pk, "Me" if person.pk == frame.user.pk else f"{person.full_name}, {person.role_label}")
                for pk, person in self._contacts.items()
            ],
        )

    @property
    def whom_to_ring(self) -> User:
        """The person that others should ring."""
        return self._contacts[self.cleaned_data["contact"]]

    @property
    def is_urgent(self) -> bool:
        """Whether it cannot wait."""
        return bool(self.cleaned_data["urgency"] == URGENT)
