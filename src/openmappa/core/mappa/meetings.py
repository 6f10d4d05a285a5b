"""MAPPA meetings: how often, at what time, who has to be told of one and why, and what stands in its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openmappa.core.bands import HarmLevel
from openmappa.core.dates import add_months, add_working_days
from openmappa.core.packs.mappa_meetings_rules import MeetingRules

ALSO_BY_OCCASION = ("current", "previous", "both")
"""What an answer of OASys says where something happened on an occasion, instead of yes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What of a sitting can stand in another's way: when, where, and who chairs. ``key`` tells it apart."""

    key: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    room: str = ""
    chair: int = 0

    def overlaps(self, other: "Slot") -> bool:
        """Whether both are on at one moment; one that begins when the other ends does not overlap."""
        return self.key != other.key and self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sittings that stand in each other's way, and what it is that both need: ``room`` or ``chair``."""

    over: str
    other: Slot


def clashes(slot: Slot, others: Iterable[Slot]) -> tuple[Clash, ...]:
    """What stands in the way of a sitting: the same room of the same place, or the same chair, at the same time."""
    found = []
    for other in others:
        if not slot.overlaps(other):
            continue
        if slot.room and _same(slot.room, other.room) and _same(slot.place, other.place):
            found.append(Clash("room", other))
        if slot.chair and slot.chair == other.chair:
            found.append(Clash("chair", other))
    return tuple(found)


def start_times(starts_at: datetime, minutes: Sequence[int]) -> tuple[datetime, ...]:
    """When each case of a list begins, one after the other, where each takes so many minutes; then when the last ends.

    One more instant than there are cases.
    """
    times = [starts_at]
    for each in minutes:
        times.append(times[-1] + timedelta(minutes=each))
    return tuple(times)


def review_due(level: int, held_on: date, rules: MeetingRules) -> date:
    """The last day for the next meeting on a case of this level (2 or 3) after one that was held on a day."""
    return add_months(held_on, rules.review_months(level))


def minutes_due(level: int, held_on: date, rules: MeetingRules) -> date:
    """The last day on which the minutes of a meeting held on a day are to stand on every file."""
    return add_working_days(held_on, rules.minutes_days(level))


def opens_until(ends_at: datetime, rules: MeetingRules) -> datetime:
    """Until when being invited to a meeting opens its case."""
    return ends_at + timedelta(days=rules.access.days)


def risk_to_a_child(
    levels: Mapping[str, HarmLevel], answers: Mapping[str, object], titles: Mapping[str, str], rules: MeetingRules
) -> tuple[str, ...]:
    """Why the local child protection unit is told of a meeting: one sentence for each reason, if there is one.

    ``levels``: the levels of harm to children that OASys gives, by the place in words ("in the community").
    ``answers`` and ``titles``: answers of OASys, and what was asked, by the name of the question.
    """
    found = [
        f"OASys, risk of harm to children {place}: {level.value.replace('_', ' ')}."
        for place, level in sorted(levels.items())
        if level in rules.children.levels
    ]
    said = [name for name in rules.children.answers if _says_so(answers.get(name))]
    return (*found, *(f"OASys, {name}: {titles.get(name, 'answered yes')}." for name in said))


def victim_to_hear(facts: Iterable[str], contact_officers: int, rules: MeetingRules) -> tuple[str, ...]:
    """Why the victim contact officer is invited: one sentence for each reason; empty where there is no victim to hear.

    ``facts``: the kinds of facts on the case. ``contact_officers``: how many are named for the case's victim.
    """
    found = []
    if rules.victims.fact in set(facts):
        found.append("A victim is entitled to contact.")
    if contact_officers:
        found.append("A victim contact officer is named for this case.")
    return tuple(found)


def _says_so(answer: object) -> bool:
    return answer is True or answer in ALSO_BY_OCCASION


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
