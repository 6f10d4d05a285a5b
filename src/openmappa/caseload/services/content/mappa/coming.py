"""The meetings of the next four weeks: cases that are due or overdue for review, invited, some answered already.

Each is what calling a sitting would have left behind, written in a few statements: one service call for each of some
hundred meetings would take longer than all the rest of a demonstration.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from openmappa.caseload.services.content.mappa.grounds import grounds_of_all
from openmappa.caseload.services.content.mappa.inviting import Invited, invite, tell_of_sittings
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.caseload.services.content.mappa.sittings import BEGINS, MINUTES, ROOMS, chairing
from openmappa.cases.models import Case
from openmappa.core.dates import add_working_days
from openmappa.core.synthetic.content.live import NEWCOMERS
from openmappa.core.synthetic.content.mappa.coming_words import BEFOREHAND, WHY
from openmappa.core.synthetic.content.mappa.posts import POSTS
from openmappa.core.synthetic.content.mappa.unrepeated import Unrepeated
from openmappa.core.synthetic.content.scores import weighted
from openmappa.core.synthetic.dealing import Dice
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.grounds import Grounds
from openmappa.meetings.words import Reply
from openmappa.timeline.models import Duty

IN = {2: (3, 8, 13, 18), 3: (5, 10, 15)}
"""In how many working days sittings of each level are: three or four in the next four weeks."""
ON_A_LIST = {2: 4, 3: 2}
ANSWERS = ((Reply.COMES, 0.5), (Reply.APOLOGIES, 0.12), (Reply.DEPUTY, 0.08), (Reply.NONE, 0.3))
WRITES = 0.3
"""How many of the case's own people have written something beforehand."""
NAMES = {post.title: name for name, post in POSTS.items()}
SHOWN = ("probation1", "police1")
"""Whose cases come first, since the demonstration is tried with them."""


@dataclass(frozen=True)
class Listed:
    """A meeting on a list, and why the child protection unit and the victim contact officer are asked."""

    meeting: Meeting
    grounds: Grounds

    def say_why(self) -> None:
        """Write into the meeting why they are asked."""
        child, victim = self.grounds
        self.meeting.concerns_child, self.meeting.child_why = bool(child), " ".join(child)
        self.meeting.concerns_victim, self.meeting.victim_why = bool(victim), " ".join(victim)


def call_coming(source: str, desk: Desk) -> int:
    """Call the sittings of an area; returns how many meetings there are."""
    dice = Dice(source, "coming", desk.area.code)
    words = Unrepeated(source, "coming", desk.area.code)
    waiting = {level: _due(source, desk, level, len(IN[level]) * ON_A_LIST[level]) for level in IN}
    grounds = grounds_of_all([case for cases in waiting.values() for case in cases])
    listed = [
        Listed(meeting, grounds[meeting.case_id])
        for level, cases in waiting.items()
        for meeting in _lists(desk, level, cases, dice, words)
    ]
    for each in listed:
        each.say_why()
    sittings = list({each.meeting.sitting.key: each.meeting.sitting for each in listed}.values())
    Sitting.objects.bulk_create(sittings)
    Meeting.objects.bulk_create(each.meeting for each in listed)
    invited = invite(desk, [(each.meeting, each.grounds) for each in listed])
    _answer(invited, dice)
    _write(invited, dice, words)
    tell_of_sittings(desk, sittings, invited)
    return len(listed)


def _lists(desk: Desk, level: int, waiting: Sequence[Case], dice: Dice, words: Unrepeated) -> Iterator[Meeting]:
    days = IN[level]
    for place, working_days in enumerate(days):
        cases = waiting[place :: len(days)]
        if cases:
            sitting = _sitting(desk, level, add_working_days(timezone.localdate(), working_days), len(cases), dice)
            for number, case in enumerate(cases):
                yield _meeting(desk, sitting, case, number, words.one(f"why {level}", WHY[level]))


def _due(source: str, desk: Desk, level: int, most: int) -> list[Case]:
    """The cases of a level whose review is due first, one of each whom the demonstration shows before them."""
    duties = Duty.objects.open().filter(standard="mappa-review", area=desk.area, case__source=source)
    due = duties.filter(case__standing__mappa_level=level, case__standing__closed=False).order_by("due_on", "case_id")
    found = [
        duty.case
        for duty in due.select_related("case__police_officer__agency", "case__case_manager__agency", "case__area")
        if not duty.case.reference.endswith(NEWCOMERS) and not duty.case.restricted
    ]
    prefix = desk.coordinator.username.partition(".")[0]
    shown = [next((case for case in found if _held_by(case, f"{prefix}.{name}")), None) for name in SHOWN]
    first = list(dict.fromkeys(case for case in shown if case is not None))
    return [*first, *(case for case in found if case not in first)][:most]


def _held_by(case: Case, username: str) -> bool:
    return username in {person.username for person in (case.police_officer, case.case_manager) if person}


def _sitting(desk: Desk, level: int, day: date, count: int, dice: Dice) -> Sitting:
    chair, minute_taker = chairing(desk, level, dice)
    place, room = dice.one_of(ROOMS)
    begins = timezone.make_aware(datetime.combine(day, BEGINS[level]))
    return Sitting(
        area=desk.area,
        level=level,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=MINUTES[level] * count),
        place=place,
        room=room,
        chair=chair,
        minute_taker=minute_taker,
        called_by=desk.coordinator,
        called_at=timezone.now(),
    )


def _meeting(desk: Desk, sitting: Sitting, case: Case, number: int, why: str) -> Meeting:
    return Meeting(
        sitting=sitting,
        case=case,
        number=number + 1,
        starts_at=sitting.starts_at + timedelta(minutes=MINUTES[sitting.level] * number),
        minutes=MINUTES[sitting.level],
        why=why,
        listed_by=desk.coordinator,
        listed_at=sitting.called_at,
    )


def _answer(invited: Sequence[Invited], dice: Dice) -> None:
    """Some have answered the invitation."""
    for each in invited:
        each.invitee.reply = weighted(list(ANSWERS), dice)
        each.invitee.replied_at = timezone.now() if each.invitee.reply else None
        if each.invitee.reply == Reply.DEPUTY:
            each.invitee.deputy_name = f"Deputy {each.invitee.name.rpartition(' ')[2]}"
    Invited.save(invited)


def _write(invited: Sequence[Invited], dice: Dice, words: Unrepeated) -> None:
    """Some have written what they know: the case's own people, and partner agencies."""
    Contribution.objects.bulk_create(
        _contribution(each, words)
        for each in invited
        if each.invitee.person is not None and _deck(each) and dice.roll() < WRITES
    )


def _deck(each: Invited) -> str:
    """Whose words they write: the case's own officer and manager, and posts that have their own; nobody else's."""
    case, invitee = each.meeting.case, each.invitee
    if invitee.person_id in (case.police_officer_id, case.case_manager_id):
        return str(invitee.agency.kind)
    post = NAMES.get(invitee.post, "")
    return post if post in BEFOREHAND else ""


def _contribution(each: Invited, words: Unrepeated) -> Contribution:
    deck, now = _deck(each), timezone.now()
    return Contribution(
        meeting=each.meeting,
        case=each.meeting.case,
        agency=each.invitee.agency,
        written_by=each.invitee.person,
        compartment="open",
        text=words.one(f"beforehand {deck}", BEFOREHAND[deck]),
        started_at=now,
        saved_at=now,
        sent_at=now,
    )
