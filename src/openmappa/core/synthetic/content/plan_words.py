"""What generated plans say: objectives that are SMART and ones that are not, interventions, contingencies, liaison."""

from collections.abc import Mapping
from typing import NamedTuple


class Aim(NamedTuple):
    """An objective in two wordings: SMART, and as most were (Table 3). `owner` does it; `plain` is for the offender."""

    what: str
    measure: str
    owner: str
    plain: str
    vague: str


OFFENDER, MANAGER, OFFICER = "offender", "manager", "officer"
VAGUE_MEASURE = "Ongoing, in supervision."
KEPT = "From before objectives were checked."
"""Why the words of an old objective stand although the check advises against them."""
AIMS: Mapping[str, Aim] = {
    "accommodation": Aim(
        "Applies for three tenancies on the housing office's list, and takes the first that is offered.",
        "Copies of 3 applications on file, and a tenancy that is signed.",
        OFFENDER,
        "Apply for three flats from the list. Take the first one you are offered.",
        "Address accommodation issues.",
    ),
    "education-training-employability": Aim(
        "Attends the job club every Wednesday for eight weeks, and applies for one job a week.",
        "The club's register shows 8 of 8 sessions; copies of 8 applications.",
        OFFENDER,
        "Go to the job club on Wednesdays for eight weeks. Apply for one job each week.",
        "Improve employability.",
    ),
    "finances": Aim(
        "Signs a repayment plan with the credit union, and pays 10 pounds a week.",
        "Bank statements show 12 payments.",
        OFFENDER,
        "Sign a plan with the credit union and pay ten pounds a week.",
        "Look at budgeting.",
    ),
    "relationships": Aim(
        "Tells a new partner of the conviction together with the case manager, within two weeks of meeting.",
        "An entry in the record for each of the talks, with who was there.",
        OFFENDER,
        "If you meet somebody new, tell us within two weeks. We will tell them together.",
        "Explore relationships.",
    ),
    "lifestyle-and-associates": Aim(
        "Joins one group for adults from the list that was agreed, and goes once a week.",
        "The organiser's list shows 10 of 12 weeks.",
        OFFENDER,
        "Join one of the groups on your list and go every week.",
        "Work on lifestyle and associates.",
    ),
    "drug-misuse": Aim(
        "Attends the drug service every two weeks and gives a test each time.",
        "Results of 6 tests on file, each of them negative.",
        OFFENDER,
        "Go to the drug service every two weeks and give a test.",
        "Address drug use.",
    ),
    "alcohol-misuse": Aim(
        "Completes the 12 sessions of the alcohol course, and keeps a diary of what they drink.",
        "The tutor's register shows 12 of 12 sessions, and the diary is on file.",
        OFFENDER,
        "Finish the 12 sessions of the alcohol course. Write down what you drink.",
        "Reduce drinking.",
    ),
    "emotional-well-being": Aim(
        "Sees the doctor within two weeks, and keeps the four appointments that follow.",
        "The surgery's letter names 5 appointments that were kept.",
        OFFENDER,
        "See your doctor within two weeks, and keep the next four appointments.",
        "Monitor emotional state.",
    ),
    "thinking-and-behaviour": Aim(
        "Completes exercises 1 to 6 of the workbook on warning signs, one a week, with the case manager.",
        "Six exercises on file, each signed by both.",
        OFFENDER,
        "Do exercises 1 to 6 of the workbook, one each week.",
        "Work on offending behaviour.",
    ),
    "attitudes": Aim(
        "Writes an account of the offence as it was for the victim, and reads it to the case manager.",
        "The account is on file; the note of the session says what was missing.",
        OFFENDER,
        "Write down what the offence was like for the person you hurt, and read it to us.",
        "Challenge attitudes and increase victim empathy.",
    ),
    "harm": Aim(
        "Keeps away from the three places on the map, and agrees another way to work by the second appointment.",
        "The map is signed; the police officer's visits find no entry to the contrary in 16 weeks.",
        OFFENDER,
        "Keep away from the three places on the map. Agree another way to work with us.",
        "Ensure risk is managed.",
    ),
}
"""By section of OASys; "harm" is the one about those who could be harmed."""


class Contingent(NamedTuple):
    """If this happens, this is done, by whom."""

    trigger: str
    what: str
    owner: str


CONTINGENCIES = (
    Contingent(
        "An appointment is missed without a word.",
        "Phones the same day, visits the next, and tells the police.",
        MANAGER,
    ),
    Contingent(
        "Seen near one of the places on the map.",
        "Arrests where the order allows, and phones the case manager.",
        OFFICER,
    ),
    Contingent("A new partner with children.", "Tells children's services the same day.", MANAGER),
    Contingent(
        "Drunk, or no longer taking medication.",
        "Sees them on the same day and asks for the licence to be looked at.",
        MANAGER,
    ),
)
THIN_CONTINGENCY = Contingent("Concerns arise.", "Contact other agencies.", MANAGER)
ACTIONS = (
    ("Visits at home unannounced every two weeks, and writes what was seen the same day.", OFFICER),
    ("Gives the hostel's staff the list of warning signs.", MANAGER),
    ("Asks children's services whether the new address is known to them.", MANAGER),
    ("Checks the computer once a month.", OFFICER),
    ("Sends the housing office the areas that are not suitable.", MANAGER),
)
THIN_ACTION = ("Liaise with police.", MANAGER)
LIAISON = (
    "Case manager",
    "Police officer",
    "By phone every Friday, and after each visit",
    "What was seen, and what is planned next week.",
)
THIN_LIAISON = ("Case manager", "Police", "As needed", "The case.")
GOOD: Mapping[str, str] = {
    "own_words": "“I will do the course. The Wednesday is hard because of work.”",
    "diversity": "Asked at the first appointment, read in the court report: reads slowly, lives alone, no other need.",
    "adapted": "Letters are read out on the phone; the workbook was recorded on tape.",
    "community": "A sister who knows; a job from next month; the allotment on Sundays.",
    "contact": "Weekly at the office with the case manager; a home visit with the police officer every month.",
    "victim_issues": "The victim contact officer was asked; no contact is a condition, and the reasons were explained.",
    "other_agencies": "Police visit; housing finds a place away from schools; children's services know of the address.",
    "existing_controls": "Conditions on residence and contact; registration; the places on the map.",
    "added_measures": "A joint visit each month; the hostel's staff have the list of warning signs.",
    "conditions": "None beyond those of the licence or order.",
    "rm_contact": "Case manager weekly at the office and monthly at home; police officer every two weeks at home.",
    "comments": "",
    "victim_safety": "The victim's home and school may not be approached; the victim unit is told of changes.",
    "third_party": "The sister has asked that her help should not be spoken of.",
    "hidden_controls": "",
}
THIN: Mapping[str, str] = {
    "own_words": "Agreed.",
    "diversity": "No diversity issues.",
    "adapted": "No need seen.",
    "community": "Lives in the community.",
    "contact": "In line with national standards.",
    "victim_issues": "Victim empathy work.",
    "other_agencies": "Police.",
    "existing_controls": "Licence conditions.",
    "added_measures": "",
    "conditions": "",
    "rm_contact": "Regular contact.",
    "comments": "",
    "victim_safety": "No contact with victim.",
    "third_party": "",
    "hidden_controls": "",
}
NOT_SHARED = "Not written down."
REVIEW_WHY = "Sixteen weeks have gone by."
REVIEW_CHANGED = "Checked against the last assessment: what moved stands under each objective."
REVIEW_THIN = "Nothing changed."
MAPPA_TAKEN_IN = "Each action of the last meeting stands above, with who does it."
MAPPA_NOT = "See minutes."
PROGRESS: Mapping[str, tuple[str, ...]] = {
    "open": ("Three of the steps are done; the register shows it.", "Begun; the first entry is on file."),
    "achieved": ("Done: the letter is on file.", "Done: the register shows every session."),
    "partly": ("Half of it: stopped after a change of address.",),
    "dropped": ("No longer needed: the last assessment shows no need.",),
}
THIN_PROGRESS = "Ongoing."
STEP_RUNS = "It began as planned."
ACTION_DONE = "Done: the note of that day says so."
