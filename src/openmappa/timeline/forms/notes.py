"""The forms for notes and files: what it says, who may read it, what it rests on and whom it concerns."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from openmappa.core.compartments import HANDLING, Compartment
from openmappa.core.grading import INFORMATION, NEVER_OPEN, SOURCES, Basis, Concern, Grading
from openmappa.notes.models import Entry, Note, open_compartments
from openmappa.notes.queries import originating_agencies, record_version
from openmappa.notes.services import Placed
from openmappa.notes.uploads.kinds import TAKEN_IN
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, LongTextField, RadioField

BASES = [each for each in Basis if each is not Basis.INTELLIGENCE]
GRADED = ("source_grade", "information_grade", "handling", "agency")
NOT_CHOSEN = ("", "Choose")
STAYS = "stays"
CHOOSE_AGAIN = "Choose the file again: a browser does not keep it when a form comes back"


def asked(message: str) -> dict[str, str]:
    """What is said when a question is not answered, or answered with what was not offered."""
    return {"required": message, "invalid_choice": message}


class PlacedForm(CaseForm):
    """What notes and files are both asked: the day, who may read it, what it rests on, whom it concerns."""

    on = RecentDateField(label="Date it is about")
    compartment = RadioField(label="Who may read it?", error_messages=asked("Select who may read it"))
    source_grade = forms.ChoiceField(
        label="How reliable is the source?",
        required=False,
        choices=[NOT_CHOSEN, *((code, f"{code}: {words}") for code, words in SOURCES.items())],
    )
    information_grade = forms.ChoiceField(
        label="How good is the information?",
        required=False,
        choices=[NOT_CHOSEN, *((str(code), f"{code}: {words}") for code, words in INFORMATION.items())],
    )
    handling = forms.ChoiceField(
        label="Who may it go to? (handling code)",
        required=False,
        choices=[NOT_CHOSEN, *((str(code), f"{code}: {handling.label}") for code, handling in HANDLING.items())],
    )
    agency = forms.ChoiceField(label="Which agency does it come from?", required=False)
    basis = RadioField(
        label="What does it rest on?",
        required=False,
        choices=[(each.value, each.label) for each in BASES],
        error_messages=asked("Select what it rests on"),
    )
    concerns = RadioField(
        label="Whom does it concern?",
        choices=[(each.value, each.label) for each in Concern],
        error_messages=asked("Select whom it concerns"),
    )

    compartment_hints = {each.value: each.sentence for each in Compartment}
    basis_hints = {each.value: each.sentence for each in BASES}

    def __init__(self, data: Any = None, files: Any = None, *, frame: CaseFrame, old: Entry | None = None) -> None:
        self.frame = frame
        self._agencies = {str(agency.pk): agency for agency in originating_agencies(frame.user)}
        seen = {
            "version": record_version(frame.user, frame.case),
            "on": frame.today,
            "agency": str(frame.user.agency_id),
        }
        super().__init__(data, files, initial=seen | (self._as_before(old) if old else {}))
        readable = open_compartments(frame.user, frame.case)
        self._offer("compartment", [(each.value, each.label) for each in Compartment if each in readable])
        self._offer("agency", [(pk, agency.name) for pk, agency in self._agencies.items()])

    @property
    def placed(self) -> Placed:
        """Where it goes, from the cleaned answers."""
        answers = self.cleaned_data
        compartment = Compartment(answers["compartment"])
        graded = compartment is Compartment.INTELLIGENCE
        return Placed(
            compartment=compartment,
            basis=Basis.INTELLIGENCE if graded else Basis(answers["basis"]),
            concerns=Concern(answers["concerns"]),
            on=answers["on"],
            grading=self._grading() if graded else None,
            agency=self._agencies[answers["agency"]] if graded else None,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the grades of intelligence, and for what anything else rests on; keep victims out of the open."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        compartment = cleaned.get("compartment")
        if compartment == Compartment.INTELLIGENCE:
            for name, message in (
                ("source_grade", "Select how reliable the source is"),
                ("information_grade", "Select how good the information is"),
                ("handling", "Select who it may go to"),
                ("agency", "Select which agency it comes from"),
            ):
                self._ask(cleaned, name, message)
        elif compartment:
            self._ask(cleaned, "basis", "Select what it rests on")
        if compartment == Compartment.OPEN and cleaned.get("concerns") in NEVER_OPEN:
            self.add_error(
                "compartment",
                "What concerns a victim or a witness is not left open to everybody. Select a part that fewer read",
            )
        return cleaned

    def _ask(self, cleaned: dict[str, Any], name: str, message: str) -> None:
        if not cleaned.get(name) and name not in self.errors:
            self.add_error(name, message)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _grading(self) -> Grading:
        answers = self.cleaned_data
        return Grading(answers["source_grade"], int(answers["information_grade"]), int(answers["handling"]))

    def _as_before(self, old: Entry) -> dict[str, Any]:
        shown = {name: getattr(old, name) for name in ("on", "compartment", "concerns", "source_grade")}
        numbers = {name: str(getattr(old, name) or "") for name in ("information_grade", "handling")}
        basis = "" if old.basis == Basis.INTELLIGENCE else old.basis
        return {**shown, **numbers, "basis": basis, "agency": str(old.agency_id)}


class NoteForm(PlacedForm):
    """A note."""

    text = LongTextField(label="Note", max_length=10_000, error_messages={"required": "Write the note"})

    field_order: Sequence[str] = ("text", "on", "compartment", *GRADED, "basis", "concerns")

    def _as_before(self, old: Entry) -> dict[str, Any]:
        return {**super()._as_before(old), "text": old.text if isinstance(old, Note) else ""}


class CorrectionForm(NoteForm):
    """A note instead of an earlier one, which it begins as."""

    because = forms.CharField(
        label="What was wrong with the earlier note?",
        max_length=500,
        error_messages={"required": "Say what was wrong with the earlier note"},
    )

    field_order = ("text", "because", "on", "compartment", *GRADED, "basis", "concerns")


class FileForm(PlacedForm):
    """A file. ``too_large`` says that one was sent which is past the limit, and was not kept."""

    file = forms.FileField(
        label="File",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another"},
        help_text=f"{TAKEN_IN}. Place and camera are taken out of pictures; macros and passwords are refused.",
    )
    title = forms.CharField(label="Title", max_length=150, help_text="What the timeline calls it.")
    description = LongTextField(label="What is in it, and where it comes from", required=False, max_length=2_000)

    field_order = ("file", "title", "description", "on", "compartment", *GRADED, "basis", "concerns")

    def __init__(self, data: Any = None, files: Any = None, *, frame: CaseFrame, too_large: int = 0) -> None:
        super().__init__(data, files, frame=frame)
        if too_large:
            message = f"The file is larger than {too_large} MB. Save it in a smaller size, or in parts"
            self.fields["file"].error_messages["required"] = message

    @property
    def upload(self) -> "UploadedFile[bytes]":
        """The file that was sent."""
        sent = self.cleaned_data["file"]
        assert isinstance(sent, UploadedFile)
        return sent

    def clean(self) -> dict[str, Any]:
        """Where another answer is refused, say that the file has to be chosen again."""
        cleaned = super().clean()
        if self.errors and "file" not in self.errors:
            self.add_error("file", CHOOSE_AGAIN)
        return cleaned


class VoidEntryForm(CaseForm):
    """The reason why a note or file is a mistake, and whether fewer people should read it from now on."""

    reason = LongTextField(
        label="Why is this a mistake?",
        max_length=500,
        help_text="For example: about another person. The reason stays on the timeline with your name.",
        error_messages={"required": "Say why this is a mistake"},
    )
    retreat_to = RadioField(
        label="Should fewer people be able to read it from now on?",
        required=False,
        help_text="For what should not have been written so openly.",
    )

    def __init__(self, data: Any = None, *, frame: CaseFrame, narrower: Iterable[Compartment]) -> None:
        version = record_version(frame.user, frame.case)
        super().__init__(data, initial={"version": version, "retreat_to": STAYS})
        choices = [(each.value, f"Yes, move it to: {each.label}") for each in narrower]
        if choices:
            field = self.fields["retreat_to"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(STAYS, "No, leave it where it is"), *choices]
        else:
            del self.fields["retreat_to"]

    @property
    def retreat(self) -> Compartment | None:
        """Where it is moved to; None where it stays."""
        chosen = self.cleaned_data.get("retreat_to")
        return Compartment(chosen) if chosen and chosen != STAYS else None
