"""The forms that keep a board: seats, meetings, the business plan, links to other bodies."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from openmappa.accounts.models import Agency, User
from openmappa.board.models.links import Exchange
from openmappa.board.models.meetings import BoardMeeting
from openmappa.board.models.plan import BusinessAction
from openmappa.board.models.seats import Member
from openmappa.board.queries.figures import standards_by_id
from openmappa.board.queries.rules import rules
from openmappa.board.services.linking import Reported
from openmappa.board.services.meeting import NotedCame
from openmappa.board.services.planning import ActionSaid, NoteSaid
from openmappa.board.services.seating import SeatSaid
from openmappa.core.board.plan import Step
from openmappa.core.board.seats import Came, SeatKind
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.formats import day
from openmappa.ui.forms import Form, LongTextField, OnceForm, RadioField, SeenForm

NOBODY = "Nobody of these"


class Chosen(forms.ChoiceField):
    """One of the rows that the view gives, or none of them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.rows: Mapping[str, Any] = {}

    def offer(self, rows: Iterable[Any], label: Any, none: str) -> None:
        """Offer these rows, by their primary keys, each called by ``label``."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", none), *((pk, label(row)) for pk, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        """The row itself; None where none was chosen."""
        return self.rows.get(super().clean(value))


class SeatForm(OnceForm, SeenForm):
    """Who has a seat, for whom, and how."""

    kind = RadioField(
        label="Why do they have a seat?",
        choices=[(kind.value, kind.label) for kind in SeatKind],
        error_messages={"required": "Select why they have a seat"},
    )
    agency = Chosen(label="Agency")
    person = Chosen(label="Person with a sign-in")
    name = forms.CharField(label="Name, where they have none", required=False, max_length=150)
    post = forms.CharField(label="Post", required=False, max_length=150)
    speaks_for = forms.CharField(label="Speaks for other agencies as well", required=False, max_length=300)
    deputy = forms.CharField(label="Deputy", required=False, max_length=200)
    chairs = forms.BooleanField(label="Has the chair", required=False)
    from_on = DateInputField(label="First day")

    def __init__(
        self, *args: Any, agencies: Sequence[Agency], people: Sequence[User], member: Member | None, **options: Any
    ) -> None:
        if member is not None:
            plain = ("kind", "name", "post", "speaks_for", "deputy", "chairs", "from_on", "version")
            chosen = {"agency": str(member.agency_id or ""), "person": str(member.person_id or "")}
            options["initial"] = {name: getattr(member, name) for name in plain} | chosen
        super().__init__(*args, **options)
        _offer(self, "agency", agencies, lambda agency: agency.name, "None: a lay adviser")
        _offer(self, "person", people, lambda user: f"{user.agency.name}: {user.full_name}", NOBODY)

    def said(self) -> SeatSaid:
        """As the service takes it."""
        said = {name: self.cleaned_data[name] for name in ("agency", "person", "from_on", "chairs")}
        words = {name: self.cleaned_data[name] for name in ("name", "post", "speaks_for", "deputy")}
        return SeatSaid(kind=SeatKind(self.cleaned_data["kind"]), **said, **words)


class EndSeatForm(Form):
    """The last day of somebody's time on the board."""

    until_on = DateInputField(label="Last day")


class CallForm(OnceForm):
    """When and where the board meets."""

    on = DateInputField(label="Day of the meeting")
    place = forms.CharField(label="Where", required=False, max_length=200)


class CallOffForm(Form):
    """Why a meeting is called off."""

    reason = forms.CharField(label="Why is it called off?", max_length=300)


class AttendanceForm(Form):
    """For each seat how it went, and who came in the member's place. Built from the seats of the meeting's day."""

    def __init__(self, *args: Any, seats: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.seats = seats
        for seat in seats:
            pk, noted = seat.member.pk, seat.noted
            self.fields[f"came_{pk}"] = RadioField(
                label=f"{seat.member.who}, {seat.member.whose}",
                choices=[(each.value, each.label) for each in Came],
                required=False,
                initial=noted.came if noted else None,
            )
            self.fields[f"deputy_{pk}"] = forms.CharField(
                label=f"Who came for {seat.member.who}",
                required=False,
                max_length=200,
                initial=noted.deputy if noted and noted.deputy else seat.member.deputy,
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The two fields of each seat."""
        return [(self[f"came_{seat.member.pk}"], self[f"deputy_{seat.member.pk}"]) for seat in self.seats]

    def came(self) -> NotedCame:
        """As the service takes it: the seats of which something was said."""
        said = self.cleaned_data
        keys = [seat.member.pk for seat in self.seats if said[f"came_{seat.member.pk}"]]
        return {pk: (Came(said[f"came_{pk}"]), said[f"deputy_{pk}"]) for pk in keys}


class NotesForm(SeenForm):
    """What was said at a meeting, and who else was there."""

    also_present = forms.CharField(label="Who else was there", required=False, max_length=500)
    notes = LongTextField(label="What was said", required=False, max_length=20_000)

    def __init__(self, *args: Any, meeting: BoardMeeting, **options: Any) -> None:
        initial = {name: getattr(meeting, name) for name in ("also_present", "notes", "version")}
        super().__init__(*args, initial=initial, **options)


class DecisionForm(OnceForm):
    """What was decided, why, and who is to see to it."""

    text = LongTextField(
        label="What was decided?", max_length=2000, error_messages={"required": "Write what was decided"}
    )
    reasons = LongTextField(label="Why?", max_length=2000, error_messages={"required": "Write why"})
    agency = Chosen(label="Which agency sees to it?")

    def __init__(self, *args: Any, agencies: Sequence[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "agency", agencies, lambda agency: agency.name, "No one agency")


class PlanForm(OnceForm):
    """A business plan: what it is called, and from when to when it runs."""

    title = forms.CharField(label="Title", max_length=200)
    from_on = DateInputField(label="First day")
    until_on = DateInputField(label="Last day")


class AgreeForm(Form):
    """At which meeting the plan was agreed."""

    meeting = Chosen(label="Which meeting agreed it?")

    def __init__(self, *args: Any, meetings: Sequence[BoardMeeting], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "meeting", meetings, lambda meeting: day(meeting.on), "Choose a meeting")

    def clean_meeting(self) -> BoardMeeting:
        """A meeting has to be chosen."""
        found = self.cleaned_data["meeting"]
        if not isinstance(found, BoardMeeting):
            raise forms.ValidationError("Select the meeting")
        return found


class AimForm(OnceForm):
    """What the board wants to be so, and why."""

    text = LongTextField(
        label="What is to be so?", max_length=500, error_messages={"required": "Write what is to be so"}
    )
    because = LongTextField(label="Why?", required=False, max_length=2000)


class ActionForm(OnceForm):
    """What is done for an aim, by whom, by when, and what measures it."""

    text = LongTextField(
        label="What is to be done?", max_length=500, error_messages={"required": "Write what is to be done"}
    )
    owner = Chosen(label="Which member does it?")
    owner_words = forms.CharField(label="Who does it, where no member does", required=False, max_length=200)
    agency = Chosen(label="Of which agency, where no member does")
    due_on = DateInputField(label="By when")
    standard = forms.ChoiceField(label="Which standard measures it?", required=False)

    def __init__(self, *args: Any, members: Sequence[Member], agencies: Sequence[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "owner", members, lambda member: f"{member.who}, {member.whose}", NOBODY)
        _offer(self, "agency", agencies, lambda agency: agency.name, "None")
        known = [("", "None: it is not measured by a standard"), *standards_by_id().items()]
        self.fields["standard"].choices = known  # type: ignore[attr-defined]

    def said(self) -> ActionSaid:
        """As the service takes it."""
        names = ("text", "due_on", "owner", "owner_words", "agency", "standard")
        return ActionSaid(**{name: self.cleaned_data[name] for name in names})


class ProgressForm(OnceForm, SeenForm):
    """How an action stands, on which day, and what shows it."""

    step = RadioField(
        label="How does it stand?",
        choices=[(step.value, step.label) for step in Step],
        error_messages={"required": "Select how it stands"},
    )
    on = DateInputField(label="Day of this word", in_past=True)
    words = LongTextField(label="What shows it, or what is the reason?", required=False, max_length=2000)
    moved_to = DateInputField(label="New day, where it is moved", required=False)
    late_words = LongTextField(
        label="Why was it late, where it is done after its day?", required=False, max_length=1000
    )
    meeting = Chosen(label="At which meeting was this said?")

    def __init__(self, *args: Any, action: BusinessAction, meetings: Sequence[BoardMeeting], **options: Any) -> None:
        options["initial"] = {"version": action.version} | options.get("initial", {})
        super().__init__(*args, **options)
        _offer(self, "meeting", meetings, lambda meeting: day(meeting.on), "Between two meetings")

    def said(self) -> NoteSaid:
        """As the service takes it."""
        names = ("on", "words", "late_words", "moved_to", "meeting")
        return NoteSaid(Step(self.cleaned_data["step"]), **{name: self.cleaned_data[name] for name in names})


class BodyForm(OnceForm):
    """Another body that the board is linked to."""

    kind = RadioField(label="What is it?", error_messages={"required": "Select what it is"})
    name = forms.CharField(label="Name", max_length=200)
    sits_on_both = Chosen(label="Which member sits on both?")
    contact = forms.CharField(label="Whom to write to there", required=False, max_length=200)

    def __init__(self, *args: Any, members: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "sits_on_both", members, lambda member: f"{member.who}, {member.whose}", "Nobody")
        self.fields["kind"].choices = [(one.id, one.label) for one in rules().bodies]  # type: ignore[attr-defined]


class ReportForm(OnceForm):
    """What was reported to another body."""

    on = DateInputField(label="Day of the report", in_past=True)
    by_whom = forms.CharField(label="Who reported it", max_length=200)
    way = RadioField(label="How?", choices=Exchange.Way.choices, error_messages={"required": "Select how"})
    what = LongTextField(label="What was reported?", max_length=4000, error_messages={"required": "Write what"})
    meeting = Chosen(label="At which meeting was that decided?")

    def __init__(self, *args: Any, meetings: Sequence[BoardMeeting], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "meeting", meetings, lambda meeting: day(meeting.on), "At none")

    def said(self) -> Reported:
        """As the service takes it."""
        return Reported(**{name: self.cleaned_data[name] for name in ("on", "by_whom", "way", "what", "meeting")})


class AnswerForm(Form):
    """What came back from another body."""

    on = DateInputField(label="Day it came", in_past=True)
    answer = LongTextField(
        label="What came back?", max_length=4000, error_messages={"required": "Write what came back"}
    )


def _offer(form: Form, name: str, rows: Iterable[Any], label: Any, none: str) -> None:
    field = form.fields[name]
    assert isinstance(field, Chosen)
    field.offer(rows, label, none)
