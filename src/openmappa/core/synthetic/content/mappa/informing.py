"""What each agency at a generated meeting knows, in words that fit the case and its record on that day."""

from collections.abc import Iterator
from datetime import date

from openmappa.core.synthetic.content.mappa.information_words import (
    HEALTH,
    HOSTEL,
    HOUSING,
    JOBCENTRE,
    POLICE,
    PRISON,
    PROBATION,
    SOCIAL,
    VICTIM,
)
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER
from openmappa.core.synthetic.content.mappa.standing import Standing
from openmappa.core.synthetic.content.profile import Profile

Deck = tuple[str, ...]
Named = tuple[str, Deck]
STRENGTHS = ("settled", "some", "serious")
SAYS_NOTHING = ("inspector", "superintendent", "assistant_chief", "sergeant", "senior", "child_protection")
"""Posts that speak to other items of the agenda."""


def information(post: str, person: Profile, state: Standing, today: date) -> list[Named]:
    """The decks from which this post's information comes, each with a name; none for a post that brings none."""
    if post == OFFICER:
        return list(_police(state, today))
    if post == CASE_MANAGER:
        return list(_probation(state, today))
    if post in SAYS_NOTHING:
        return []
    return [_other(post, person)]


def _police(state: Standing, today: date) -> Iterator[Named]:
    if state.in_custody:
        yield "police custody", POLICE["custody"]
        return
    days = {"seen": state.seen_on, "not_seen": state.missed_on, "refused": state.refused_on}
    last = max((day, what) for what, day in {**days, "unvisited": date.min}.items() if day is not None)[1]
    yield f"police {last}", POLICE[last]
    if state.recent(state.incident_on, today):
        yield "police incident", POLICE["incident"]
    elif state.recent(state.moved_on, today):
        yield "police moved", POLICE["moved"]
    else:
        yield "police quiet", POLICE["quiet"]


def _probation(state: Standing, today: date) -> Iterator[Named]:
    if state.in_custody:
        yield "probation custody", PROBATION["custody"]
    elif not state.supervised:
        yield "probation ended", PROBATION["ended"]
        return
    else:
        what = "breach" if state.recent(state.breach_on, today) else "attends"
        yield f"probation {what}", PROBATION[what]
        programme = "programme_on" if state.programme_on else "programme_waiting"
        what = programme if state.programme_required else "no_programme"
        yield f"probation {what}", PROBATION[what]
    what = "oasys" if state.oasys_on else "unassessed"
    yield f"probation {what}", PROBATION[what]


def _other(post: str, person: Profile) -> Named:
    if post == "housing":
        strength = STRENGTHS[person.needs["accommodation"]]
        return f"housing {strength}", HOUSING[strength]
    if post == "social":
        what = "children" if person.at_risk == "children" else "none"
        return f"social {what}", SOCIAL[what]
    if post == "health":
        needs = {"drink": "alcohol-misuse", "mood": "emotional-well-being", "drugs": "drug-misuse"}
        what = next((what for what, need in needs.items() if person.needs[need] > 0), "none")
        return f"health {what}", HEALTH[what]
    return post, {"victims": VICTIM, "hostel": HOSTEL, "prison": PRISON, "jobcentre": JOBCENTRE}[post]
