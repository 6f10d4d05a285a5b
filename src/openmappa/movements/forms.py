"""The forms of planned releases and temporary moves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.cases.models import Case
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.models.release import ReleaseNotice
from openmappa.movements.queries.rules import rules
from openmappa.movements.services.moves import Stay
from openmappa.movements.services.releases import Planned, Typed
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.formats import day
from openmappa.ui.forms import Form, LongTextField, OnceForm, RadioField, SeenForm

MATCH, HAND_ON, SET_ASIDE = "match", "hand_on", "set_aside"
MOVE, WITHDRAW = "move", "withdraw"
ACKNOWLEDGE, RETURN, EXTEND = "acknowledge", "return", "extend"
OTHER_PRISON = "other"
ABROAD = "abroad"


class ReleaseForm(OnceForm):
    """Notice of a release on a case."""

    expected_on = DateInputField(label="Expected day of release")
    prison = forms.ChoiceField(label="Prison")
    prison_name = forms.CharField(label="Name of the prison", required=False, max_length=150)
    area = forms.ChoiceField(label="Area the person is going to")
    going_to = forms.CharField(label="Address, or where in the area", max_length=300)
    conditions = LongTextField(label="Licence conditions, in short", required=False, max_length=2000)
    told = LongTextField(label="Who has been told already?", required=False, max_length=1000)

    def __init__(self, *args: Any, areas: Sequence[Area], prisons: Iterable[Agency], by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = {str(area.pk): area for area in areas}
        self.prisons = {str(agency.pk): agency for agency in prisons}
        _offer(self, "area", "Choose the area", [(pk, area.name) for pk, area in self.areas.items()])
        if by.agency.kind == Agency.Kind.PRISON:
            del self.fields["prison"], self.fields["prison_name"]
            return
        known = [(pk, agency.name) for pk, agency in self.prisons.items()]
        _offer(self, "prison", "Choose the prison", [*known, (OTHER_PRISON, "Another prison")])

    def clean(self) -> dict[str, Any]:
        """Another prison has a name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("prison") == OTHER_PRISON and not cleaned.get("prison_name"):
            self.add_error("prison_name", "Enter the name of the prison")
        return cleaned

    def planned(self) -> Planned:
        """What the notice says, as the service takes it."""
        said = self.cleaned_data
        texts = {name: said[name] for name in ("going_to", "conditions", "told")}
        prison = self.prisons.get(said.get("prison", ""))
        name = said.get("prison_name", "")
        return Planned(said["expected_on"], self.areas[said["area"]], prison=prison, prison_name=name, **texts)


class PrisonersReleaseForm(ReleaseForm):
    """Notice of a release of somebody who is typed."""

    person_name = forms.CharField(label="Full name of the person", max_length=200)
    born_on = DateInputField(label="Date of birth", in_past=True)
    prison_number = forms.CharField(label="Prison number", required=False, max_length=40)
    reference = forms.CharField(label="Case reference", required=False, max_length=60)

    def typed(self) -> Typed:
        """Whom it is about, as the service takes it."""
        said = self.cleaned_data
        return Typed(said["person_name"], said["born_on"], said["prison_number"], said["reference"])


class AcknowledgeForm(Form):
    """That one knows of a release, and what one does about it."""

    words = LongTextField(label="What are you doing about it?", required=False, max_length=1000)


class MatchForm(SeenForm):
    """Which case a notice is about; or whose it may be; or why it is nobody's here."""

    what = RadioField(label="What is to become of this notice?", error_messages={"required": "Select what to do"})
    case = RadioField(label="Which case is it?", required=False)
    area = forms.ChoiceField(label="Area that manages the case", required=False)
    reason = LongTextField(label="Why?", required=False, max_length=1000)

    def __init__(
        self,
        *args: Any,
        notice: ReleaseNotice,
        cases: Sequence[tuple[Case, bool]],
        areas: Sequence[Area],
        **options: Any,
    ) -> None:
        super().__init__(*args, initial={"version": notice.version}, **options)
        self.cases = {str(case.key): case for case, _ in cases}
        self.areas = {str(area.pk): area for area in areas if area.pk != notice.area_id}
        labels = [
            (str(case.key), f"{case.person.full_name}, {case.reference}, born {day(case.person.born_on)}"
             f"{' (the same day)' if same else ''}")
            for case, same in cases
        ]  # fmt: skip
        ways = [(MATCH, "It is about this case")] if cases else []
        ways += [(HAND_ON, "The case may be of another area")] if self.areas else []
        self.fields["what"].choices = [*ways, (SET_ASIDE, "It is about nobody who is managed here")]  # type: ignore[attr-defined]
        self.fields["case"].choices = labels  # type: ignore[attr-defined]
        _offer(self, "area", "Choose the area", [(pk, area.name) for pk, area in self.areas.items()])

    def clean(self) -> dict[str, Any]:
        """Each way needs its own answer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needs = {
            MATCH: ("case", "Select the case"),
            HAND_ON: ("area", "Choose the area"),
            SET_ASIDE: ("reason", "Say why"),
        }
        name, sentence = needs.get(cleaned.get("what", ""), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, sentence)
        return cleaned


class ChangeReleaseForm(SeenForm):
    """Another day of release, or none."""

    what = RadioField(
        label="What has changed?",
        choices=[(MOVE, "The release is on another day"), (WITHDRAW, "The person is not released")],
        error_messages={"required": "Select what has changed"},
    )
    expected_on = DateInputField(label="New day of release", required=False)
    reason = LongTextField(label="Why?", max_length=1000, error_messages={"required": "Say why"})

    def clean(self) -> dict[str, Any]:
        """Another day is given."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("what") == MOVE and not cleaned.get("expected_on") and "expected_on" not in self.errors:
            self.add_error("expected_on", "Enter the new day of release")
        return cleaned


class ArrivalForm(Form):
    """From which prison somebody came without notice."""

    prison = forms.ChoiceField(label="Prison")
    prison_name = forms.CharField(label="Name of the prison", required=False, max_length=150)
    words = LongTextField(label="What is known about it?", required=False, max_length=1000)

    def __init__(self, *args: Any, prisons: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.prisons = {str(agency.pk): agency for agency in prisons}
        known = [(pk, agency.name) for pk, agency in self.prisons.items()]
        _offer(self, "prison", "Choose the prison", [*known, (OTHER_PRISON, "Another prison")])

    def details(self) -> dict[str, Any]:
        """As the service takes it."""
        said = self.cleaned_data
        return {"prison": self.prisons.get(said["prison"]), "prison_name": said["prison_name"], "words": said["words"]}


class MoveForm(OnceForm):
    """Notice of a temporary move."""

    kind = RadioField(label="What kind of stay is it?", error_messages={"required": "Select what kind of stay it is"})
    from_on = DateInputField(label="First day away")
    until_on = DateInputField(label="Last day away")
    host = forms.ChoiceField(label="Where is it?")
    place = forms.CharField(label="Address or place", max_length=300)
    contact = forms.CharField(label="Contact there", required=False, max_length=200)
    why = LongTextField(label="What should the other area know?", required=False, max_length=2000)

    def __init__(self, *args: Any, hosts: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.hosts = {str(user.pk): user for user in hosts}
        self.fields["kind"].choices = [(one.id, one.label) for one in rules().kinds]  # type: ignore[attr-defined]
        people = [(pk, f"{user.area}: {user.full_name}, MAPPA coordinator") for pk, user in self.hosts.items()]
        _offer(self, "host", "Choose the area and its coordinator", [*people, (ABROAD, "Outside the United Kingdom")])

    def stay(self) -> Stay:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        host = self.hosts.get(said["host"])
        names = ("kind", "from_on", "until_on", "place", "contact", "why")
        return Stay(host=host, abroad=host is None, **{name: said[name] for name in names})


class ChangeMoveForm(SeenForm):
    """What became of a temporary move: acknowledged, back, longer or shorter, or not taking place."""

    what = RadioField(label="What do you want to do?", error_messages={"required": "Select what you want to do"})
    words = LongTextField(label="What are you doing about it?", required=False, max_length=1000)
    returned_on = DateInputField(label="Day of return", required=False)
    until_on = DateInputField(label="New last day", required=False)
    reason = LongTextField(label="Why?", required=False, max_length=1000)

    LABELS: Mapping[str, str] = {
        ACKNOWLEDGE: "Acknowledge that you know of it",
        RETURN: "Record that the person is back",
        EXTEND: "Change the last day",
        WITHDRAW: "Withdraw it: the person does not go",
    }

    def __init__(self, *args: Any, move: TemporaryMove, ways: Sequence[str], **options: Any) -> None:
        super().__init__(*args, initial={"version": move.version, "returned_on": timezone.localdate()}, **options)
        self.fields["what"].choices = [(way, self.LABELS[way]) for way in ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each way needs its own answer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needs = {
            RETURN: ("returned_on", "Enter the day of return"),
            EXTEND: ("until_on", "Enter the new last day"),
            WITHDRAW: ("reason", "Say why"),
        }
        name, sentence = needs.get(cleaned.get("what", ""), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, sentence)
        return cleaned


def first_choice(form: Form, name: str, value: date | str) -> None:
    """What a field starts with when nothing was sent."""
    form.fields[name].initial = value


def _offer(form: Form, name: str, empty: str, choices: Iterable[tuple[str, str]]) -> None:
    form.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]
