"""The actions of a generated case: who does each, in which words, and what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.mappa.action_words import (
    ASKED,
    BY_MANAGER,
    BY_OFFICER,
    CANNOT_DO,
    PARTNERS,
    SENIOR,
    SERGEANT,
    Task,
)
from openmappa.core.synthetic.content.mappa.filling import day_in_words, filled, month_in_words
from openmappa.core.synthetic.content.mappa.held import ACCEPTED, AGREED, CANNOT, COMPLETED, QUESTIONED, ActionStory
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER
from openmappa.core.synthetic.content.mappa.standing import Standing
from openmappa.core.synthetic.content.mappa.unrepeated import Unrepeated
from openmappa.core.synthetic.content.profile import Profile
from openmappa.core.synthetic.content.scores import weighted
from openmappa.core.synthetic.dealing import Dice

DECKS: Mapping[str, tuple[Task, ...]] = {
    OFFICER: BY_OFFICER,
    "sergeant": SERGEANT,
    CASE_MANAGER: BY_MANAGER,
    "senior": SENIOR,
    **PARTNERS,
}
REASONS: Mapping[str, tuple[str, ...]] = {QUESTIONED: ASKED, CANNOT: CANNOT_DO}
OPEN_STATES = ((ACCEPTED, 0.6), (AGREED, 0.26), (QUESTIONED, 0.09), (CANNOT, 0.05))
"""Where an action stands that nobody has done yet. Believable, and no findings."""


class Owners(NamedTuple):
    """What decides who is given an action."""

    person: Profile
    state: Standing


def posts_for(service: str, owners: Owners) -> list[tuple[str, float]]:
    """Who could be given an action that this service answers for, and how often each is."""
    person, state = owners
    if service == "police":
        prison = [("prison", 0.2)] if state.in_custody else []
        return [(OFFICER, 0.78), ("sergeant", 0.17), *prison]
    needs = person.needs
    found = [(CASE_MANAGER, 0.55), ("senior", 0.1), ("housing", 0.1 + 0.08 * needs["accommodation"])]
    if person.at_risk == "children":
        found.append(("social", 0.15))
    if needs["emotional-well-being"] or needs["alcohol-misuse"]:
        found.append(("health", 0.1))
    if needs["education-training-employability"]:
        found.append(("jobcentre", 0.03))
    if state.victim_referred:
        found.append(("victims", 0.05))
    return [*found, ("prison", 0.2)] if state.in_custody else [*found, ("hostel", 0.04)]


class Stories:
    """Tells the actions of one case, in the order in which they were agreed."""

    def __init__(self, known: Known, person: Profile, seed: str, dealt: Unrepeated) -> None:
        self._known = known
        self._person = person
        self._dice = Dice(seed, known.reference, "actions")
        self._dealt = dealt
        self._done = {str(fact.details["action"]): (place, fact) for place, fact in known.of_kind("action_completed")}

    def tell(self, place: int, fact: Fact, state: Standing) -> ActionStory:
        """The action behind an ``action_agreed``."""
        service, number = str(fact.details["service"]), str(fact.details["action"])
        post = weighted(posts_for(service, Owners(self._person, state)), self._dice)
        due = fact.details["due_on"]
        assert isinstance(due, date), due
        task = self._dealt.one(f"action {post}", DECKS[post])
        text = self._words(task.text, state, month=month_in_words(due))
        story = ActionStory(number, text, post, service, place, fact.on, due, weighted(list(OPEN_STATES), self._dice))
        if number not in self._done:
            return self._open(story)
        done, completed = self._done[number]
        evidence = self._words(task.evidence, state, done=day_in_words(completed.on))
        return replace(story, state=COMPLETED, done=done, done_on=completed.on, evidence=evidence)

    def _words(self, text: str, state: Standing, **more: str) -> str:
        return filled(text, state, self._known.sex, self._dealt, more)

    def _open(self, story: ActionStory) -> ActionStory:
        deck = REASONS.get(story.state)
        return replace(story, reason=self._dealt.one(story.state, deck)) if deck else story
