"""The sittings that generated meetings were in: the meetings of an area, a level and a day, one after the other."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.caseload.services.content.moments import started_at
from openmappa.core.synthetic.content.mappa.held import HeldText
from openmappa.core.synthetic.dealing import Dice
from openmappa.meetings.models.sitting import Meeting, Sitting

MINUTES = {2: 30, 3: 60}
BEGINS = {2: time(9, 30), 3: time(13, 30)}
CALLED_BEFORE = timedelta(days=21)
ROOMS = (
    ("Police headquarters", "Conference room"),
    ("Probation office, Market Street", "Meeting room 2"),
    ("Civic centre", "Committee room B"),
    ("Divisional police station", "Briefing room"),
)


@dataclass(frozen=True)
class Held:
    """One meeting with its row: the case, what was said, and where it sat."""

    filed: Filed
    desk: Desk
    text: HeldText
    meeting: Meeting

    @property
    def sitting(self) -> Sitting:
        """The sitting that it was in."""
        return self.meeting.sitting

    @property
    def ended_at(self) -> datetime:
        """When it ended."""
        return self.meeting.starts_at + timedelta(minutes=MINUTES[self.text.level])


def seated(source: str, meetings: Iterable[tuple[Filed, Desk, HeldText]]) -> list[Held]:
    """The meetings, each with its unsaved row and sitting, in the order of areas, days and levels."""
    lists: dict[tuple[int, object, int], list[tuple[Filed, Desk, HeldText]]] = {}
    for each in meetings:
        _, desk, text = each
        lists.setdefault((desk.area.pk, text.on, text.level), []).append(each)
    return [
        held
        for key, together in sorted(lists.items(), key=lambda item: (str(item[0][1]), item[0][0], item[0][2]))
        for held in _sitting(Dice(source, "sitting", *key), together)
    ]


def chairing(desk: Desk, level: int, dice: Dice) -> tuple[User, User]:
    """Who chairs and who takes the minutes: the coordinator chairs Level 3, as one did all of them (7.2)."""
    if level > 2:
        return desk.coordinator, desk.probation
    return dice.one_of(
        [(desk.probation, desk.coordinator), (desk.coordinator, desk.probation), (desk.police, desk.coordinator)]
    )


def _sitting(dice: Dice, together: Sequence[tuple[Filed, Desk, HeldText]]) -> Iterable[Held]:
    _, desk, first = together[0]
    chair, minute_taker = chairing(desk, first.level, dice)
    place, room = dice.one_of(ROOMS)
    begins = timezone.make_aware(datetime.combine(first.on, BEGINS[first.level]))
    length = timedelta(minutes=MINUTES[first.level])
    sitting = Sitting(
        key=uuid.uuid4(),
        area=desk.area,
        level=first.level,
        starts_at=begins,
        ends_at=begins + length * len(together),
        place=place,
        room=room,
        chair=chair,
        minute_taker=minute_taker,
        called_by=desk.coordinator,
        called_at=started_at(first.on - CALLED_BEFORE),
    )
    for place_in, (filed, own, text) in enumerate(together):
        starts = begins + length * place_in
        row = Meeting(
            sitting=sitting,
            case=filed.case,
            number=place_in + 1,
            starts_at=starts,
            minutes=MINUTES[text.level],
            why=text.why,
            concerns_child=text.concerns_child,
            child_why=CHILD if text.concerns_child else "",
            concerns_victim=text.concerns_victim,
            victim_why=VICTIM if text.concerns_victim else "",
            listed_by=desk.coordinator,
            listed_at=sitting.called_at,
            opened_at=starts,
            opened_by=minute_taker,
            review_on=text.review_on,
            review_reason=text.review_reason,
        )
        yield Held(filed, own, text, row)


CHILD = "The assessment puts children among those who could be harmed."
VICTIM = "There is a victim who is entitled to be kept informed."
AT_ONCE = 1000
CLOSING = ("closed_at", "closed_by", "fact")


def open_all(held: Sequence[Held]) -> int:
    """Write the sittings, and each meeting as one that has begun and not ended; returns how many sittings."""
    sittings = list({each.sitting.key: each.sitting for each in held}.values())
    Sitting.objects.bulk_create(sittings, AT_ONCE)
    Meeting.objects.bulk_create((each.meeting for each in held), AT_ONCE)
    return len(sittings)


def close(held: Sequence[Held]) -> None:
    """Close the meetings, each with its fact."""
    for each in held:
        each.meeting.closed_at = each.ended_at
        each.meeting.closed_by = each.sitting.minute_taker
        each.meeting.fact_id = each.filed.ids[each.text.fact]
    Meeting.objects.bulk_update([each.meeting for each in held], CLOSING, AT_ONCE)
