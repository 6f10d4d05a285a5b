"""Who sits on the boards of a demonstration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.board.models.seats import Member
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.core.synthetic.content.board.words import LAY, SEATS, SeatWords
from openmappa.core.synthetic.content.mappa.posts import AGENCIES

EVENING = time(17, 30)


@dataclass(frozen=True)
class Seats:
    """The board of an area of a demonstration: who keeps it, and its seats in the order of the words."""

    area: Area
    keeper: User
    members: tuple[Member, ...]
    today: date

    def of(self, agency: str) -> Member | None:
        """The first seat of an agency by its short name."""
        return next((row for row, words in zip(self.members, SEATS, strict=True) if words.agency == agency), None)

    def agency(self, short: str) -> Agency | None:
        """An agency by its short name."""
        member = self.of(short) if short else None
        return member.agency if member else None


def evening_of(day: date) -> datetime:
    """When something of that day was written down; never later than now."""
    return min(timezone.make_aware(datetime.combine(day, EVENING)), timezone.now())


def seat_everybody(desk: Desk) -> Seats:
    """Give the seats of a board. Its coordinator keeps it."""
    today = timezone.localdate()
    prefix, _, _ = desk.coordinator.username.partition(".")
    people = {
        user.username.partition(".")[2]: user
        for user in User.objects.filter(username__startswith=f"{prefix}.", area=desk.area).select_related("agency")
    }
    family = desk.coordinator.full_name.rpartition(" ")[2]
    rows = [_seat(desk, words, people.get(words.sign_in), family, today) for words in SEATS]
    Member.objects.bulk_create(rows)
    return Seats(desk.area, desk.coordinator, tuple(rows), today)


def _seat(desk: Desk, words: SeatWords, person: User | None, family: str, today: date) -> Member:
    began = today - timedelta(days=words.days)
    ended = today - timedelta(days=words.ended) if words.ended else None
    return Member(
        area=desk.area,
        kind=words.kind,
        agency=None if words.agency == LAY else _agency(desk, words.agency, _known(desk)),
        person=person,
        name="" if person else f"{words.given} {family}",
        post=words.title,
        speaks_for=words.speaks_for,
        deputy=words.deputy,
        chairs=words.chairs,
        from_on=began,
        until_on=ended,
        added_by=desk.coordinator,
        added_at=evening_of(began),
        ended_by=desk.coordinator if ended else None,
        ended_at=evening_of(ended) if ended else None,
    )


def _known(desk: Desk) -> Mapping[str, Agency]:
    """The agencies of those in the area's directory, by the short names of its posts."""
    found = {"police": desk.police.agency, "probation": desk.probation.agency}
    posts = {"prison": "prison", "housing": "housing", "health": "health", "social": "social-services"}
    return found | {short: desk.attendees[post].agency for post, short in posts.items()}


def _agency(desk: Desk, short: str, known: Mapping[str, Agency]) -> Agency:
    if short in known:
        return known[short]
    words, kind = AGENCIES[short]
    return Agency.objects.get_or_create(
        code=f"demo-{short}-{desk.area.code}", defaults={"name": f"{desk.area.name} {words}", "kind": kind}
    )[0]
