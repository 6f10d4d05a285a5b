"""Who is invited to a generated meeting and who comes: case managers and police officers as in Table 6."""

from collections.abc import Iterator
from dataclasses import replace

from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.content.mappa.held import ABSENT, APOLOGIES, ATTENDED, DEPUTY, Seat
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER, POSTS
from openmappa.core.synthetic.content.mappa.standing import Standing
from openmappa.core.synthetic.content.profile import Profile
from openmappa.core.synthetic.content.scores import weighted
from openmappa.core.synthetic.dealing import Dice

COMES = {
    "sergeant": 0.85,
    "inspector": 0.5,
    "superintendent": 0.6,
    "senior": 0.75,
    "assistant_chief": 0.55,
    "child_protection": 0.65,
    "victims": 0.8,
    "social": 0.6,
    "housing": 0.7,
    "health": 0.5,
    "hostel": 0.6,
    "prison": 0.35,
    "jobcentre": 0.4,
}
"""How often others come. Believable, and no findings."""
INSTEAD = ((DEPUTY, 0.3), (APOLOGIES, 0.5), (ABSENT, 0.2))


def invited(level: int, person: Profile, state: Standing) -> list[str]:
    """The posts that belong to a meeting on this person: core members, and those that the case asks for."""
    core = [name for name, post in POSTS.items() if (post.core_at_3 if level > 2 else post.core_at_2)]
    wanted = {
        "child_protection": person.at_risk == "children",
        "victims": state.victim,
        "health": bool(person.needs["emotional-well-being"] or person.needs["alcohol-misuse"]),
        "hostel": state.supervised and not state.in_custody and person.needs["accommodation"] > 1,
        "prison": state.in_custody,
        "jobcentre": level == 2 and person.needs["education-training-employability"] > 1,
    }
    return [CASE_MANAGER, OFFICER, *core, *(name for name, asked in wanted.items() if asked and name not in core)]


def seated(posts: list[str], decks: Decks, dice: Dice) -> Iterator[Seat]:
    """Whether each of them came."""
    for post in posts:
        if post == CASE_MANAGER:
            comes = decks.yes("mappa_case_manager_attends")
        elif post == OFFICER:
            comes = decks.yes("mappa_police_attends")
        else:
            comes = dice.roll() < COMES[post]
        yield Seat(post, ATTENDED if comes else weighted(list(INSTEAD), dice))


def wrote(seat: Seat, text: str) -> Seat:
    """The seat of somebody who sent this in writing beforehand."""
    return replace(seat, wrote=text)
