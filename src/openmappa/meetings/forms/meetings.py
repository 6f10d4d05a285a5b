"""The forms of the meeting on a case: inviting, answering, attendance, written information."""

from typing import Any

from django import forms

from openmappa.accounts.models import Agency, User
from openmappa.core.access import Rank
from openmappa.core.compartments import Compartment
from openmappa.core.posts import RANKS_OF_AGENCY
from openmappa.meetings.forms.fields import SentOnce
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.words import Attendance, InviteeKind, Reply
from openmappa.ui.forms import LongTextField, RadioField

POST, PERSON, OTHER = "post", "person", "other"
NOBODY = ("", "Choose one")


class Invite(SentOnce):
    """A post of the directory, a person, or somebody by name who has no sign-in."""

    whom = RadioField(
        label="Who is invited?",
        choices=[(POST, "A post of the directory"), (PERSON, "A person"), (OTHER, "Somebody without a sign-in")],
        error_messages={"required": "Select who is invited"},
    )
    entry = forms.ChoiceField(label="Post", required=False)
    person = forms.ChoiceField(label="Person", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    name = forms.CharField(label="Name", required=False, max_length=150)
    post = forms.CharField(label="What they are", required=False, max_length=150)
    email = forms.EmailField(label="E-mail address", required=False)

    def __init__(
        self, *args: Any, entries: list[DirectoryEntry], people: list[User], agencies: list[Agency], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.offered: dict[str, dict[str, Any]] = {
            "entry": {str(one.key): one for one in entries},
            "person": {str(one.pk): one for one in people},
            "agency": {str(one.pk): one for one in agencies},
        }
        self._offer("entry", [(str(one.key), f"{one.post}, {one.agency.name}") for one in entries])
        self._offer("person", [(str(one.pk), f"{one.full_name}, {one.agency_name}") for one in people])
        self._offer("agency", [(str(one.pk), one.name) for one in agencies])

    def clean(self) -> dict[str, Any]:
        """Ask for the one that was chosen."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        whom = answers.get("whom")
        if whom == POST and not answers.get("entry"):
            self.add_error("entry", "Choose the post")
        if whom == PERSON and not answers.get("person"):
            self.add_error("person", "Choose the person")
        if whom == OTHER and not answers.get("agency"):
            self.add_error("agency", "Choose the agency")
        if whom == OTHER and not answers.get("name"):
            self.add_error("name", "Enter the name")
        return answers

    def details(self) -> dict[str, Any]:
        """Who was chosen, as the service takes it."""
        answers = self.cleaned_data
        if answers["whom"] == POST:
            return {"entry": self.offered["entry"][answers["entry"]]}
        if answers["whom"] == PERSON:
            return {"person": self.offered["person"][answers["person"]]}
        agency = self.offered["agency"][answers["agency"]]
        return {"agency": agency, **{name: answers[name] for name in ("name", "post", "email")}}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [NOBODY, *choices]  # type: ignore[attr-defined]


class Answer(SentOnce):
    """Whether they come."""

    reply = RadioField(
        label="Will you come?",
        choices=[(Reply.COMES, "Yes"), (Reply.DEPUTY, "No, a deputy comes"), (Reply.APOLOGIES, "No, apologies")],
        error_messages={"required": "Select whether you come"},
    )
    deputy_name = forms.CharField(label="Name of the deputy", required=False, max_length=150)

    def clean(self) -> dict[str, Any]:
        """Ask for the deputy's name where one comes."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("reply") == Reply.DEPUTY and not answers.get("deputy_name"):
            self.add_error("deputy_name", "Enter the name of the deputy")
        return answers

    def details(self) -> dict[str, Any]:
        """The answer, as the service takes it."""
        return {"reply": Reply(self.cleaned_data["reply"]), "deputy_name": self.cleaned_data["deputy_name"]}


class NoteAttendance(SentOnce):
    """Who was there, with rank or grade, and what they sent in writing."""

    attendance = RadioField(
        label="Were they there?",
        choices=[(each.value, each.label) for each in Attendance if each],
        error_messages={"required": "Select whether they were there"},
    )
    name = forms.CharField(label="Who was there", required=False, max_length=150)
    rank = forms.ChoiceField(label="Rank or grade", required=False)
    grade = forms.CharField(label="Grade in words", required=False, max_length=100)
    sent_in_writing = LongTextField(label="What they sent in writing", required=False, max_length=2000)

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        ranks = RANKS_OF_AGENCY.get(agency.kind, (Rank.NONE,))
        shown = [("", "Their own, or not known"), *((rank.value, rank.label) for rank in ranks if rank != Rank.NONE)]
        self.fields["rank"].choices = shown  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What was answered, as the service takes it."""
        answers = self.cleaned_data
        return {
            "attendance": Attendance(answers["attendance"]),
            "rank": Rank(answers["rank"]) if answers["rank"] else None,
            **{name: answers[name] for name in ("name", "grade", "sent_in_writing")},
        }


class Inform(SentOnce):
    """What one's agency knows, who may read it, and whether it is sent or kept as a draft."""

    text = LongTextField(
        label="What does your agency know?",
        max_length=10_000,
        error_messages={"required": "Write what your agency knows. Where it knows nothing, write that"},
    )
    compartment = RadioField(label="Who may read it?", error_messages={"required": "Select who may read it"})

    def __init__(self, *args: Any, places: tuple[Compartment, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["compartment"].choices = [(one.value, one.label) for one in places]  # type: ignore[attr-defined]
        self.hints = {one.value: one.sentence for one in places}


class Post(SentOnce):
    """A post of the directory: whose, what it is called, who holds it, which meetings it is always invited to."""

    agency = forms.ChoiceField(label="Agency", error_messages={"required": "Choose the agency"})
    post = forms.CharField(label="Post", max_length=150, error_messages={"required": "Enter what the post is called"})
    kind = RadioField(
        label="What is it invited for?",
        choices=[(kind.value, kind.label) for kind in InviteeKind],
        error_messages={"required": "Select what it is invited for"},
    )
    person = forms.ChoiceField(label="Who holds it, where they have a sign-in", required=False)
    holder = forms.CharField(label="Name, where they have none", required=False, max_length=150)
    email = forms.EmailField(label="E-mail address, where they have none", required=False)
    phone = forms.CharField(label="Telephone", required=False, max_length=40)
    core_at_2 = forms.BooleanField(label="Always invited to Level 2", required=False)
    core_at_3 = forms.BooleanField(label="Always invited to Level 3", required=False)

    def __init__(self, *args: Any, people: list[User], agencies: list[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        self.agencies = {str(one.pk): one for one in agencies}
        named = [(str(one.pk), f"{one.full_name}, {one.agency_name}") for one in people]
        self.fields["person"].choices = [("", "Nobody with a sign-in"), *named]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [NOBODY, *((str(one.pk), one.name) for one in agencies)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a person or a name."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not answers.get("person") and not answers.get("holder"):
            self.add_error("person", "Choose who holds the post, or enter a name below")
        return answers

    def details(self) -> dict[str, Any]:
        """What was answered, as the service takes it."""
        answers = self.cleaned_data
        plain = ("post", "holder", "email", "phone", "core_at_2", "core_at_3")
        return {
            "agency": self.agencies[answers["agency"]],
            "kind": InviteeKind(answers["kind"]),
            "person": self.people.get(answers["person"]),
            **{name: answers[name] for name in plain},
        }
