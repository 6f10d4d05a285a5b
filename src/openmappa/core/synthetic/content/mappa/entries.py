"""The minutes of a generated meeting, item by item: what was said in substance, and by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.synthetic.content.mappa.decision_words import LAST_ACTIONS, NO_LAST_ACTIONS, REVIEW, STAYS
from openmappa.core.synthetic.content.mappa.filling import filled
from openmappa.core.synthetic.content.mappa.held import ATTENDED, DEPUTY, ActionStory, EntryText, Seat
from openmappa.core.synthetic.content.mappa.informing import information
from openmappa.core.synthetic.content.mappa.item_words import (
    ACCOMMODATION,
    CHANGE,
    CHILDREN,
    DIVERSITY,
    HARM,
    LIKELIHOOD,
    MEDIA,
    NO_PLAN,
    PLAN,
    VICTIMS,
)
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER
from openmappa.core.synthetic.content.mappa.standing import Standing
from openmappa.core.synthetic.content.mappa.unrepeated import Unrepeated
from openmappa.core.synthetic.content.profile import Profile
from openmappa.core.synthetic.dealing import Dice

CONFIDENTIAL, VICTIM, OPEN = "confidential", "victim", "open"
KEPT_CLOSE = ("police incident", "police moved", "social children")
"""Information that is kept to those cleared for it, half of the time."""


@dataclass(frozen=True, slots=True)
class Around:
    """One meeting as its minute-taker sees it: the person, the record on that day, and chance."""

    on: date
    level: int
    person: Profile
    state: Standing
    sex: str
    dealt: Unrepeated
    dice: Dice

    def say(self, name: str, deck: Sequence[str]) -> str:
        """The next words of a deck, for this case."""
        return filled(self.dealt.one(name, deck), self.state, self.sex, self.dealt)


def here(seats: Sequence[Seat]) -> list[str]:
    """The posts of those who were there, or whose deputy was."""
    return [seat.post for seat in seats if seat.attendance in (ATTENDED, DEPUTY)]


def written(around: Around, seats: Sequence[Seat]) -> dict[str, str]:
    """What posts sent in writing: two in three of those who stay away, one in five of those who come."""
    found = {}
    present = here(seats)
    for seat in seats:
        decks = information(seat.post, around.person, around.state, around.on)
        if decks and around.dice.roll() < (0.2 if seat.post in present else 0.66):
            found[seat.post] = around.say(*decks[0])
    return found


def entries(around: Around, seats: Sequence[Seat], before: Sequence[ActionStory]) -> Iterator[EntryText]:
    """What was said under each item; `before` are the actions that had been agreed and not yet accounted for."""
    yield from _last_actions(around, before)
    yield from _information(around, seats)
    yield from _risk(around, here(seats))
    yield from _victims(around, here(seats))
    yield from _children(around, here(seats))
    strength = around.person.needs["accommodation"]
    who = "housing" if "housing" in here(seats) else ""
    yield EntryText("accommodation", who, around.say(f"accommodation {strength}", ACCOMMODATION[strength]))
    yield EntryText("diversity", "", around.say("diversity", DIVERSITY))
    yield EntryText("community", "", around.say("media", MEDIA))
    plan = ("plan", PLAN) if around.state.rmp_on else ("no plan", NO_PLAN)
    yield EntryText("risk-management-plan", "", around.say(*plan))


def level_reasons(around: Around) -> str:
    """Why the case stays at its level."""
    return around.say(f"stays {around.level}", STAYS[around.level])


def review_reason(around: Around) -> str:
    """Why the next meeting is on its day."""
    return around.say("review", REVIEW)


def _last_actions(around: Around, before: Sequence[ActionStory]) -> Iterator[EntryText]:
    if not before:
        yield EntryText("last-actions", "", around.say("no last actions", NO_LAST_ACTIONS))
        return
    yield EntryText("last-actions", "", around.say("last actions", LAST_ACTIONS))
    for story in before:
        yield EntryText("last-actions", story.post, f"{story.number}: {_went(story, around.on)}")


def _went(story: ActionStory, on: date) -> str:
    if story.done_on is not None and story.done_on <= on:
        return story.evidence
    late = on > story.due_on
    return f"Not done yet. {'It is late; it stays with the same owner.' if late else 'Its day has not come.'}"


def _information(around: Around, seats: Sequence[Seat]) -> Iterator[EntryText]:
    present = here(seats)
    for seat in seats:
        if seat.post == "victims":
            continue  # under its own item
        if seat.wrote:
            yield EntryText("information", seat.post, f"In writing: {seat.wrote}")
        if seat.post not in present:
            continue
        decks = information(seat.post, around.person, around.state, around.on)
        for name, deck in decks[1:] if seat.wrote else decks:
            close = name in KEPT_CLOSE and around.dice.roll() < 0.5
            yield EntryText("information", seat.post, around.say(name, deck), CONFIDENTIAL if close else OPEN)


def _risk(around: Around, present: Sequence[str]) -> Iterator[EntryText]:
    band, offence = around.state.band, around.person.offence
    police = next((post for post in (OFFICER, "sergeant", "inspector") if post in present), "")
    probation = next((post for post in (CASE_MANAGER, "senior") if post in present), "")
    yield EntryText("likelihood-and-harm", police, around.say(f"likelihood {band}", LIKELIHOOD[band]))
    yield EntryText("likelihood-and-harm", probation, around.say(f"harm {offence}", HARM[offence]))
    yield EntryText("likelihood-and-harm", "", around.say("change", CHANGE))


def _victims(around: Around, present: Sequence[str]) -> Iterator[EntryText]:
    what = "known" if around.state.victim else "none"
    yield EntryText("victims", "", around.say(f"victims {what}", VICTIMS[what]))
    if "victims" in present:
        for name, deck in information("victims", around.person, around.state, around.on):
            yield EntryText("victims", "victims", around.say(name, deck), VICTIM)


def _children(around: Around, present: Sequence[str]) -> Iterator[EntryText]:
    what = "risk" if around.person.at_risk == "children" else "none"
    who = next((post for post in ("child_protection", "social") if post in present), "")
    yield EntryText("children", who, around.say(f"children {what}", CHILDREN[what]))
