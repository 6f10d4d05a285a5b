"""The meetings of a board over three years, its plan, and what it reported to others: in a demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from openmappa.board.models.links import Exchange, OtherBody
from openmappa.board.models.meetings import Attendance, BoardMeeting, Decision
from openmappa.board.models.plan import Aim, BusinessAction, BusinessNote, BusinessPlan
from openmappa.caseload.services.content.board.people import Seats, evening_of
from openmappa.caseload.services.content.moments import working_day
from openmappa.core.board.seats import Came
from openmappa.core.board.years import year_of
from openmappa.core.synthetic.content.board.earlier_words import EARLIER_AGO, EARLIER_CAME, EARLIER_SAID
from openmappa.core.synthetic.content.board.link_words import BODIES, BodyWords, ReportWords
from openmappa.core.synthetic.content.board.words import (
    AIMS,
    ALSO,
    CAME,
    MEETINGS_AGO,
    NEXT_IN,
    PLACE,
    PLAN_BEGAN_AGO,
    PLAN_DAYS,
    SAID,
    DecisionWords,
    PlanActionWords,
)

LETTERS = {"a": Came.ATTENDED, "d": Came.DEPUTY, "p": Came.APOLOGIES, "x": Came.ABSENT}


@dataclass(frozen=True)
class Told:
    """A meeting in words: so many days ago, who came, what was said, what was decided."""

    ago: int
    came: str
    notes: str
    decided: Sequence[DecisionWords]


EARLIER = [Told(ago, came, *said) for ago, came, said in zip(EARLIER_AGO, EARLIER_CAME, EARLIER_SAID, strict=True)]
LAST_YEAR = [Told(ago, came, *said) for ago, came, said in zip(MEETINGS_AGO, CAME, SAID, strict=True)]


def write_meetings(seats: Seats) -> list[BoardMeeting]:
    """Three years of meetings that are closed, with who came and what was decided; and one to come.

    Returns those of the last year.
    """
    told = [(each, _held(seats, each)) for each in (*EARLIER, *LAST_YEAR)]
    coming = BoardMeeting(
        area=seats.area,
        on=working_day(seats.today + timedelta(days=NEXT_IN)),
        place=PLACE,
        called_by=seats.keeper,
        called_at=evening_of(seats.today - timedelta(days=20)),
    )
    BoardMeeting.objects.bulk_create([*(meeting for _, meeting in told), coming])
    Attendance.objects.bulk_create([row for words, meeting in told for row in _came(seats, meeting, words.came)])
    Decision.objects.bulk_create([row for words, meeting in told for row in _decided(seats, meeting, words.decided)])
    return [meeting for _, meeting in told[len(EARLIER) :]]


def _held(seats: Seats, told: Told) -> BoardMeeting:
    on = working_day(seats.today - timedelta(days=told.ago))
    return BoardMeeting(
        area=seats.area,
        on=on,
        place=PLACE,
        notes=told.notes,
        also_present=ALSO,
        called_by=seats.keeper,
        called_at=evening_of(on - timedelta(days=40)),
        closed_by=seats.keeper,
        closed_at=evening_of(on),
    )


def _came(seats: Seats, meeting: BoardMeeting, came: str) -> list[Attendance]:
    seated = [member for member in seats.members if member.is_seated_on(meeting.on)]
    rows = []
    for member, letter in zip(seated, came, strict=False):
        how = LETTERS[letter] if letter != "d" or member.deputy else Came.APOLOGIES
        deputy = member.deputy if how is Came.DEPUTY else ""
        noted = {"noted_by": seats.keeper, "noted_at": evening_of(meeting.on)}
        rows.append(Attendance(meeting=meeting, member=member, came=how.value, deputy=deputy, **noted))
    return rows


def _decided(seats: Seats, meeting: BoardMeeting, decided: Sequence[DecisionWords]) -> list[Decision]:
    return [
        Decision(
            meeting=meeting,
            number=number,
            text=words.text,
            reasons=words.reasons,
            agency=seats.agency(words.agency),
            noted_by=seats.keeper,
            noted_at=evening_of(meeting.on),
        )
        for number, words in enumerate(decided, start=1)
    ]


def write_plan(seats: Seats, held: list[BoardMeeting]) -> BusinessPlan:
    """The plan that the first of these meetings agreed, as it was looked at again since."""
    began = seats.today - timedelta(days=PLAN_BEGAN_AGO)
    until = began + timedelta(days=PLAN_DAYS)
    plan = BusinessPlan.objects.create(
        area=seats.area,
        title=f"Business plan {began.year} to {until.year}",
        from_on=began,
        until_on=until,
        made_by=seats.keeper,
        made_at=evening_of(began),
        agreed_in=held[0],
    )
    for number, words in enumerate(AIMS, start=1):
        said = {"added_by": seats.keeper, "added_at": evening_of(began)}
        aim = Aim.objects.create(plan=plan, number=number, text=words.text, because=words.because, **said)
        for place, each in enumerate(words.actions, start=1):
            _write_action(seats, held, aim, place, each)
    return plan


def _write_action(seats: Seats, held: list[BoardMeeting], aim: Aim, number: int, words: PlanActionWords) -> None:
    due_on = seats.today + timedelta(days=words.due_in)
    owner = seats.of(words.agency)
    assert owner is not None, "each action of the words is of an agency that has a seat"
    action = BusinessAction.objects.create(
        aim=aim,
        number=number,
        text=words.text,
        owner=owner,
        agency=owner.agency,
        first_due_on=due_on,
        due_on=due_on,
        standard=words.standard,
        added_by=seats.keeper,
        added_at=aim.added_at,
    )
    for said in words.notes:
        meeting = held[said.meeting]
        moved_to = due_on + timedelta(days=said.days) if said.days else None
        BusinessNote.objects.create(
            action=action,
            step=said.step,
            on=meeting.on,
            words=said.words,
            late_words=said.late,
            moved_to=moved_to,
            meeting=meeting,
            noted_by=seats.keeper,
            noted_at=evening_of(meeting.on),
        )
        action.last_step, action.due_on = said.step, moved_to or action.due_on
        action.done_on = meeting.on if said.step == "done" else None
        action.version += 1
    action.save()


def write_links(seats: Seats) -> int:
    """The other bodies, and what was said to each and by each; how many bodies."""
    for words in BODIES:
        _write_body(seats, words)
    return len(BODIES)


def _write_body(seats: Seats, words: BodyWords) -> None:
    body = OtherBody.objects.create(
        area=seats.area,
        kind=words.kind,
        name=words.name.format(area=seats.area.name),
        sits_on_both=seats.of(words.sits) if words.sits else None,
        contact=words.contact,
        added_by=seats.keeper,
        added_at=evening_of(year_of(seats.today).before.since),
    )
    Exchange.objects.bulk_create([_exchange(seats, body, each) for each in words.reports])


def _exchange(seats: Seats, body: OtherBody, words: ReportWords) -> Exchange:
    reported = seats.today - timedelta(days=words.days_ago)
    answered = seats.today - timedelta(days=words.answered_ago) if words.answered_ago else None
    return Exchange(
        body=body,
        reported_on=reported,
        reported_by_whom=words.by_whom,
        way=words.way,
        what=words.what,
        noted_by=seats.keeper,
        noted_at=evening_of(reported),
        answer=words.answer,
        answered_on=answered,
        answer_noted_by=seats.keeper if answered else None,
        answer_noted_at=evening_of(answered) if answered else None,
    )
