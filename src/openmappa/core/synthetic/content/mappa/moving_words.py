"""What generated transfers, stays, releases and a further offence say. Slots are pronouns alone."""

from collections.abc import Mapping
from typing import NamedTuple

TRANSFERRED = (
    "{He} has been offered a tenancy there through a housing association, and has a job to go to. The family on that "
    "side knows and was visited.",
    "{He} wants to live near a brother. The address was seen from outside; the brother has not been spoken with yet.",
)
ADDRESS = ("Flat 4, 12 Invented Street", "The Old Bakery, Made-up Lane")
ANSWERS: Mapping[str, str] = {
    "move": "Work and a tenancy. The housing association confirmed both in writing last week.",
    "in_force": "The order or licence with its conditions, and registration. The dates are on the front sheet.",
    "risk": "As in the last assessment. What comes first is days without company, and a missed appointment.",
    "victims": "No contact is a condition. No child is known at the new address; children’s services checked it.",
    "work": "The programme goes on; a place was asked for in the new area. Weekly contact until then.",
    "first_contact": "The probation office, on the day after the move, at ten. The receiving area names who.",
}
INVITED_HOW = "The coordinator was invited by letter and by telephone, and took part by telephone."
DECLINED = (
    "Nobody has spoken with the brother, and the programme place is not confirmed. We take the case as soon as both "
    "are done; ring me and it goes quickly."
)
STAY: Mapping[str, str] = {
    "place": "Guest room at a cousin’s, 3 Nowhere Close",
    "contact": "The cousin’s landline is with the case manager",
    "why": "{His} cousin is ill, and {he} helps for two weeks. No child lives there or visits.",
}


class Release(NamedTuple):
    """A release that is expected in so many days: where to, on which conditions, who knows."""

    in_days: int
    going_to: str
    conditions: str
    told: str


RELEASES = (
    Release(
        19,
        "Approved premises, a bed is booked",
        "Residence as told; no contact with the victim; three places to keep away from.",
        "The approved premises",
    ),
    Release(
        26,
        "A room that housing found, first night not yet confirmed",
        "Curfew from seven; reports on the day of release.",
        "Housing, the victim contact officer",
    ),
)
FURTHER = (
    "Charged with a sexual assault on an adult while under supervision. Invented, like everything here. The charge is "
    "before the court; nothing is proved."
)
