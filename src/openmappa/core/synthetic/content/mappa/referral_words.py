"""Why generated cases were referred, what three people thought, why levels were set, and who waits today."""

from collections.abc import Mapping
from typing import NamedTuple

Deck = tuple[str, ...]
REFERRED: Mapping[str, Deck] = {
    "case_manager": (
        "High risk of harm in the new assessment, and three agencies have a part in it. They do not know of each"
        " other.",
        "Release is near and there is no address. The prison and housing have to be in one room.",
        "Supervision alone does not hold this. {He} keeps appointments and tells us nothing.",
        "The plan depends on housing and on the surgery, and neither has agreed to anything.",
    ),
    "officer": (
        "Visits show more than the record does: new acquaintances, doors closed, a computer that appeared.",
        "Registered last month. The pattern of the offence reaches into two districts.",
        "{He} was seen twice near {place}. Nothing to charge, enough to plan for.",
    ),
    "housing": (
        "A tenancy is being asked for in a block with families. We need to know what we are not told.",
        "Neighbours have started to talk. We would like to know what we can say.",
    ),
    "social": (
        "A child spoke at school of a friend of the family. The name is on the register.",
        "An assessment of the household found somebody who is registered. The mother did not know.",
    ),
    "health": ("Said in treatment what worries us; consent to tell you was given for this much.",),
}
VIEWS: Mapping[str, Deck] = {
    "coordinator": (
        "Level {level}: more than one agency is needed, and the plan depends on all of them coming.",
        "Level {level}. The tests for it are met, and the one on resources is the one that counts.",
        "I read the file and spoke with both. Level {level}.",
        "Level {level}, to be looked at again after the first review.",
    ),
    "senior": (
        "I agree. The case manager should not carry this alone.",
        "Agreed, and earlier would have been better.",
        "Level {level} is right while there is no address.",
        "I agree with reservations: the last three months were quiet.",
    ),
    "inspector": (
        "Police agree. Two officers know the address.",
        "Agreed: what the visits show cannot be left to one service.",
        "Level {level}, and police will bring the intelligence to the first meeting.",
        "I would have said a month ago that this was needed.",
    ),
}
LEVELS: Mapping[str, Deck] = {
    "1": (
        "One agency can manage the risk: conditions are kept and nothing has to be agreed with others.",
        "Risk of harm does not need agencies to meet. The two services talk, and that is enough.",
        "Ordinary risk management. To be referred again if there is a new partner or no address.",
    ),
    "1_ended": (
        "Supervision has ended. Police go on alone at Level 1, with visits as the band asks.",
        "The order is over, and the plan that needed several agencies with it.",
        "No longer supervised. Registration stays; a referral is possible at any time.",
    ),
    "1_down": (
        "The reasons for the higher level are over: there is a home, and the programme is done.",
        "Two reviews without anything new. Level 1, and the referral form is a page long.",
    ),
    "2": (
        "Housing, probation and police each hold a part of the plan, and have to agree on it.",
        "Risk of harm is high, and what lowers it lies with other agencies.",
        "A Level 1 plan was tried and did not hold.",
        "Level 2, because of the children in the wider family and the lack of an address.",
        "Several agencies must act together; no exceptional resources are needed.",
        "To begin with Level 2 at sentence and see after the first assessment.",
    ),
    "2_down": (
        "The panel has done what only it could do. Level 2 can hold the rest.",
        "Resources at the level of chief officers are no longer needed.",
        "The press has lost interest and the bed is found: Level 2.",
    ),
    "3": (
        "The critical few: harm is imminent and serious, and needs what only senior managers can commit.",
        "Very high risk of harm, and public interest that will not pass soon.",
        "Close monitoring around the clock for the first weeks has to be paid for by somebody at the table.",
        "Level 3: four agencies, no address, and a release date.",
    ),
}


class Waiting(NamedTuple):
    """A referral that waits: from which post, why, how many days ago, and whether it is urgent."""

    post: str
    reasons: str
    days_ago: int
    tests: tuple[str, ...]
    urgent: bool = False


WAITING: tuple[Waiting, ...] = (
    Waiting(
        "officer",
        "Seen this week with a woman and two small children, who call {him} uncle. {He} says that they are neighbours. "
        "Children’s services have been rung. This cannot wait for the usual list.",
        1,
        ("worse", "several_agencies"),
        True,
    ),
    Waiting(
        "housing",
        "Has applied for a two-bedroom flat with somebody we do not know. Three families live on that landing. We have "
        "not answered, and the offer stands until the end of next week.",
        4,
        ("accommodation",),
    ),
    Waiting(
        "case_manager",
        "Assessed as high risk of harm last month. The plan needs the surgery, the hostel and police, and each has a "
        "different picture of the last six months.",
        17,
        ("high_harm", "several_agencies"),
    ),
    Waiting(
        "social",
        "A mother asked us about a friend who stays at her sister’s house. {He} is registered. She has not been told. "
        "We need to decide together, before the weekend if possible.",
        6,
        ("disclosure",),
    ),
)
"""One urgent, one from housing, one late, one from children’s services."""
OUTSIDE: Mapping[str, str] = {
    "who": "Case manager, police officer, the hostel’s manager, a social worker.",
    "why": "To decide whether what has come together over the months justifies a MAPPA meeting.",
    "why_not": "It was not clear that there is enough for one, and the hostel could not wait for the next list.",
    "agreed": "To watch for a month: a move that was not notified at once, a course broken off, and a van. Then to "
    "meet again.",
}
"""A professionals' meeting outside MAPPA (7.3)."""
QUESTION = (
    "Four agencies agreed on a plan, and none of it is minuted. Why was this not referred, and may I list it for the "
    "next Level 2 sitting?"
)
