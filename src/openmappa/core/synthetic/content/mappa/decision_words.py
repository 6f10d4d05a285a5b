"""What generated meetings decide, with reasons, dissent and words for the offender; and disclosure, every time."""

from collections.abc import Mapping
from typing import NamedTuple

Deck = tuple[str, ...]


class Decided(NamedTuple):
    """A decision, why, and what the offender may be told of it; no `plain` words where they may not be told."""

    text: str
    reasons: str
    plain: str = ""


DECISIONS: Mapping[str, tuple[Decided, ...]] = {
    "any": (
        Decided(
            "Police visit every two weeks until the next meeting, and one visit in three is joint.",
            "What {he} says at the office and what is seen at home have not been compared for months.",
            "A police officer will visit you every two weeks. Sometimes your case manager will come too.",
        ),
        Decided(
            "No change to the conditions. They are kept, and they cover what was feared.",
            "A condition that is never tested was compared with one that is: both were useful.",
            "Your conditions stay as they are.",
        ),
        Decided(
            "The area around {place} is added to the places to keep away from.",
            "It was part of the pattern, and {his} way to work does not lead past it.",
            "You must now also keep away from {place}. Your case manager will show you the map.",
        ),
        Decided(
            "Case manager and police officer speak every Friday, whether or not something happened.",
            "Twice one of them learned of something ten days after the other.",
        ),
        Decided(
            "A warning marker is put on the address, so that whoever is called there first knows.",
            "Uniformed officers have attended without knowing who lives there.",
        ),
        Decided(
            "The curfew is not asked for.",
            "None of the offences was at night. It would cost {him} the evening job and add nothing.",
            "You will not have a curfew.",
        ),
        Decided(
            "If an appointment is missed, police call at the address on the same day.",
            "In the past two missed appointments came before the offence.",
            "If you miss an appointment, the police will call at your home the same day.",
        ),
        Decided(
            "The programme goes first. Work that falls on its days is to be turned down.",
            "Each earlier attempt ended when {he} found work.",
            "The programme comes first. Tell us before you take work on those days.",
        ),
        Decided(
            "The photograph on file is replaced, and given to the neighbourhood team.",
            "The one in use is nine years old, with a beard.",
        ),
        Decided(
            "An order to keep {him} from certain places is to be looked at by the force solicitor.",
            "The licence ends before the risk does.",
        ),
    ),
    "children": (
        Decided(
            "Any contact with a child of the family needs the agreement of children’s services first.",
            "The family means well and has been wrong about {him} before.",
            "You may not see children of your family until children’s services have agreed.",
        ),
        Decided(
            "Children’s services assess the household in which {he} is a guest.",
            "Two children live there. Nobody has asked their mother what she knows.",
        ),
        Decided(
            "{He} does not take the course at the college while under-sixteens are taught in the same building.",
            "The timetable was read: the breaks fall together.",
            "You cannot take the course at the college this term. We will look for another.",
        ),
        Decided(
            "Computer checks once a month, with the officer who is trained for them.",
            "Images were part of the offending, or could be.",
            "An officer will check your computer once a month.",
        ),
    ),
    "homeless": (
        Decided(
            "A bed at approved premises is asked for, for twelve weeks, while housing looks.",
            "Without an address nobody can visit, and {he} does worse from week to week.",
            "We are asking for a place in a hostel for you, for twelve weeks.",
        ),
        Decided(
            "Housing treats the application as urgent, with the list of areas that are not suitable.",
            "The usual wait is five months; the notice runs out in four weeks.",
            "The housing office will deal with your application first.",
        ),
        Decided(
            "{He} reports to the police station every evening until there is an address.",
            "It is the least that can be done to know where {he} is.",
            "Until you have an address, report to the police station every evening.",
        ),
    ),
    "custody": (
        Decided(
            "The case is discussed again six weeks before release, with the prison in the room.",
            "The last release was heard of two days before.",
            "We will meet again before you are released.",
        ),
        Decided(
            "Licence conditions are drafted now: residence, no contact, and three places.",
            "The parole unit needs them eight weeks ahead.",
            "We are asking for extra conditions on your licence. Your case manager will go through them with you.",
        ),
        Decided(
            "Mail and telephone stay monitored.",
            "One letter was stopped last month.",
        ),
    ),
    "drink": (
        Decided(
            "Alcohol work comes before everything else for eight weeks.",
            "Drink was there in every offence and in last month’s incident.",
            "For the next eight weeks your sessions will be about drinking.",
        ),
        Decided(
            "The alcohol worker tells the case manager of a missed session on the day.",
            "So far it took until the monthly letter.",
            "If you miss a session with the alcohol worker, we will be told that day.",
        ),
    ),
    "victim": (
        Decided(
            "The exclusion is drawn again around the streets that the victim uses now.",
            "The old one protects a house in which nobody lives.",
            "The area you must keep out of has changed. You will be given a new map.",
        ),
        Decided(
            "The victim unit is told of every move and every release on the day before.",
            "Once they heard of it from a neighbour.",
        ),
        Decided(
            "No contact stays a condition, in writing and through others.",
            "A card came through a relative in the summer.",
            "You may not contact the person you hurt, and nobody may do it for you.",
        ),
        Decided(
            "What is said of the victim is left out of the copies for agencies that need not know.",
            "The circle has grown with the case.",
        ),
        Decided(
            "The unit, and nobody else, answers questions from the victim’s family.",
            "Two agencies had given two answers.",
        ),
    ),
}  # fmt: skip
DISSENT: Mapping[str, Deck] = {
    "housing": (
        "Housing would have preferred an address in another town, and asked for this to be written down.",
        "Housing thinks that the list of unsuitable areas cannot be met, and said so.",
    ),
    "health": (
        "The nurse thinks that more visits will drive {him} from treatment.",
        "Health did not agree that it may tell others of a missed appointment, and will ask its lawyer.",
    ),
    "social": (
        "Children’s services hold that this should have been done a month ago.",
        "Children’s services would go further, and have the family told today.",
    ),
    "senior": ("Probation sees no ground for it in the last six months.", "Probation doubts that it can be enforced."),
    "sergeant": (
        "Police would visit every week, and accept the decision.",
        "Police do not have the officers for it before the spring, and wanted that minuted.",
    ),
}


class Disclosing(NamedTuple):
    """A disclosure that was decided on: to whom, what, and which post makes it."""

    to_whom: str
    what: str
    post: str


MADE: tuple[Disclosing, ...] = (
    Disclosing("the new partner", "That there is a conviction and of which kind, with {him} present.", "case_manager"),
    Disclosing("the warden of the flats", "That {he} is not to be asked to help with the children’s club.", "officer"),
    Disclosing("the head of the primary school", "A name and a photograph, and what to do if {he} is seen.", "officer"),
    Disclosing("the landlord", "That police will call, and why no family should be put on that landing.", "housing"),
    Disclosing("{his} employer", "That {he} may not work alone with young people. Nothing of the offence.", "officer"),
    Disclosing("the leader of the church", "The conviction, so that its safeguarding policy can be kept.", "officer"),
    Disclosing("{his} sister", "That her children must not be left with {him}, and why.", "social"),
    Disclosing("the swimming baths’ manager", "A photograph, and a telephone number.", "officer"),
    Disclosing("the college", "That {he} must not be enrolled in a group with under-sixteens.", "case_manager"),
)
NOT_MADE: Deck = (
    "Nobody is at risk who does not know already. {He} has told {his} employer {himself}, and it was checked.",
    "Considered for the neighbours and decided against: no child lives there, and it would cost the address.",
    "Considered for the employer. {He} works alone at night; a disclosure would protect nobody.",
    "Not today. The new acquaintance has no children. To be looked at again as soon as that changes.",
    "The school was thought of. General advice to all schools in the district has the same effect.",
    "No. It would be the fourth move this year, and {he} would be harder to see.",
    "The family knows. They were asked what they know, and it is right.",
    "Decided against while {he} is inside; it belongs on the agenda of the meeting before release.",
    "The landlord knows enough. Telling the other tenants was weighed, and would lead to trouble and no safety.",
    "The pool’s manager has been told by {him}, with the officer there. No more is needed.",
    "No person was found to whom a disclosure would be both necessary and useful.",
    "{His} right to be left alone and the risk were weighed. There is no particular person at risk today.",
)
TOLD_HOW: Deck = ("meeting", "letter", "meeting", "phone", "meeting")
RESPONSES: Deck = (
    "Listened, and asked for a copy.",
    "Said that it was what was expected.",
    "Did not agree with the visits; had nothing to add in the end.",
    "Asked when the next meeting is and whether anybody speaks there for the offender.",
    "Was relieved about the hostel place.",
    "Signed the list.",
    "",
)
STAYS: Mapping[int, Deck] = {
    2: (
        "Level 2 stays: more than one agency has something to do every week.",
        "Level 2. Level 1 was considered and would leave housing out.",
        "Remains at Level 2 until the programme is over.",
        "Level 2, since the two services could not hold this alone.",
        "No change of level. The sergeant asked about Level 3; nothing here needs a chief officer’s money or name.",
        "Level 2. It will be looked at again once there is an address.",
        "Kept at Level 2, unanimously.",
        "Level 2: what brought the case here is not over.",
    ),
    3: (
        "Level 3 stays: harm is imminent enough, and resources are needed that only the panel can give.",
        "Remains with the panel while the press is interested.",
        "Level 3. The chief inspector will keep the extra patrols for a month.",
        "Level 3, for one more month; then Level 2 is to be argued.",
        "No change. Without the panel the bed would go.",
        "Kept at Level 3. Probation’s assistant chief officer wants to hear of any change herself.",
        "Level 3: nobody could name what has become safer.",
    ),
}
REVIEW: Deck = (
    "Within the usual time.",
    "Earlier than usual: the notice on the flat runs out then.",
    "As the level asks.",
    "After the next programme block.",
    "A week after the officer’s leave, so that both are there.",
    "Set before anybody left the room.",
)
WHY: Mapping[str, Deck] = {
    "first": (
        "First meeting: to see who knows what, and to agree who does what.",
        "New at this level. The agencies have not met about this person before.",
    ),
    "review": (
        "Review at the level’s usual time.",
        "Review of the actions agreed, and of the address.",
        "Review; housing asked for it to be early.",
        "Regular review. The programme’s report will be there.",
        "To look again at the risk management plan, which changed since.",
        "Review after a change of circumstances.",
    ),
    "incident": (
        "Called early, after what was reported last month.",
        "To decide what follows from the incident.",
    ),
    "custody": ("To prepare for release.", "To plan the licence and the first weeks outside."),
}
LAST_ACTIONS: Deck = (
    "Each action of the last meeting was read out and accounted for.",
    "All actions were gone through. What is open is repeated below with its day.",
    "The list was read. Who was not here had sent word of theirs.",
    "The coordinator read the list; two owners had to be telephoned during the meeting.",
    "Gone through one by one. Nothing was passed over.",
    "Actions were taken first, in fifteen minutes.",
)
NO_LAST_ACTIONS: Deck = ("There are no actions from before.", "First meeting, so no actions to account for.")
