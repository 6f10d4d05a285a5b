"""MAPPA on one case: what was agreed, and whether it is being done (7.8, 7.9).

From the facts and duties of the case, so that meetings, minutes and actions that came from another system stand beside
those made here: both leave the same facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.actions.queries.of_case import ActionLine, lines
from openmappa.core.standards.words import in_full
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.formats import joined

MEETING, LEVEL, TOLD = "mappa_meeting_held", "mappa_level_set", "offender_informed"
ACTIONS = ("action_agreed", "action_completed")
POLICE_FILE, PROBATION_FILE, OFFENDER = "minutes-police", "minutes-probation", "offender-informed"
AFTER: Mapping[str, str] = {
    POLICE_FILE: "Minutes on the police file",
    PROBATION_FILE: "Minutes on the probation file",
    OFFENDER: "Offender told of the decisions",
}
"""What is to be done after each meeting, by standard, in the order of the page."""
REVIEW = "mappa-review"


@dataclass(frozen=True)
class After:
    """One thing that is to be done after a meeting: by when, and when it was; ``closed_on``: it no longer applies."""

    standard: str
    due_on: date
    done_on: date | None
    closed_on: date | None

    @property
    def title(self) -> str:
        """What it is."""
        return AFTER[self.standard]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and self.closed_on is None

    def is_late(self, today: date) -> bool:
        """Whether it is still to be done and its day has passed."""
        return self.is_open and self.due_on < today

    @property
    def came_late(self) -> bool:
        """Whether it was done after its day."""
        return self.done_on is not None and self.done_on > self.due_on


@dataclass(frozen=True)
class Held:
    """A meeting that was held, with what had to follow it."""

    fact: Fact
    level: int
    after: Sequence[After]


@dataclass(frozen=True)
class Tracking:
    """What the page shows of a case, from its facts and duties. Levels and meetings: the newest first."""

    levels: Sequence[Fact]
    held: Sequence[Held]
    actions: Sequence[ActionLine]
    told: Sequence[Fact]
    review: Duty | None
    """The review that is due; None where the level asks for none."""

    @property
    def open_actions(self) -> list[ActionLine]:
        """Those that nobody has completed."""
        return [one for one in self.actions if one.is_open]

    def not_done(self, today: date) -> list[str]:
        """What is past its day, one sentence each, for the top of the page. Empty: all that is due is being done."""
        found = []
        if self.review is not None and self.review.due_on < today:
            found.append(f"No meeting has reviewed the case; one was due by {in_full(self.review.due_on)}")
        if late := [one.name for one in self.actions if one.is_overdue(today)]:
            one = len(late) == 1
            found.append(
                f"{'Action' if one else 'Actions'} {joined(late)} {'is' if one else 'are'} past the day agreed"
            )
        for meeting in self.held:
            found += [
                f"{each.title}: not since the meeting of {in_full(meeting.fact.on)}"
                for each in meeting.after
                if each.is_late(today)
            ]
        return found


def tracking_of(frame: CaseFrame) -> Tracking:
    """All of it, as of today. Two queries."""
    kinds = (LEVEL, MEETING, TOLD, *ACTIONS)
    facts = list(Fact.objects.filter(case=frame.case, kind__in=kinds).standing().select_related("recorded_by"))
    duties = list(Duty.objects.filter(case=frame.case, standard__in=[REVIEW, *AFTER]).order_by("opened_on", "id"))
    return Tracking(
        levels=_newest_first(facts, LEVEL),
        held=[_held(fact, duties) for fact in _newest_first(facts, MEETING)],
        actions=lines([fact for fact in facts if fact.kind in ACTIONS], ()),
        told=_newest_first(facts, TOLD),
        review=next((each for each in duties if each.standard == REVIEW and _is_open(each)), None),
    )


def _newest_first(facts: Sequence[Fact], kind: str) -> list[Fact]:
    return [fact for fact in reversed(facts) if fact.kind == kind]


def _held(fact: Fact, duties: Sequence[Duty]) -> Held:
    of_it = {duty.standard: duty for duty in duties if duty.because_fact_id == fact.pk}
    after = [
        After(standard, duty.due_on, duty.met_on, duty.closed_on)
        for standard in AFTER
        if (duty := of_it.get(standard)) is not None
    ]
    return Held(fact, int(fact.details["level"]), after)


def _is_open(duty: Duty) -> bool:
    return duty.met_on is None and duty.closed_on is None
