"""Actions that generated meetings agree, by who does them, each with what was found when it was done.

Slots as in ``information_words``, and {month}: the month in which the action is due; {done}: the day it was done.
"""

from collections.abc import Mapping
from typing import NamedTuple

Deck = tuple[str, ...]


class Task(NamedTuple):
    """What is to be done, and what shows that it was."""

    text: str
    evidence: str


def _tasks(*pairs: tuple[str, str]) -> tuple[Task, ...]:
    return tuple(Task(*pair) for pair in pairs)


BY_OFFICER = _tasks(
    (
        "Visit at home without notice before the middle of {month}, and write down what was seen.",
        "Visited on {done}, unannounced. {He} was in, alone. What was seen is on the record.",
    ),
    (
        "Check the computer at the address and the telephone, with {his} agreement in writing.",
        "Both were checked on {done}. Nothing found; the consent form is on file.",
    ),
    (
        "Walk the way from the address to {place} and report what lies on it.",
        "Walked on {done} at half past three. Nine minutes; one playground on the way.",
    ),
    (
        "Take a new photograph and give it to the neighbourhood team.",
        "Taken on {done} at the station, and on the team’s board since.",
    ),
    (
        "Find out who visits on {day}s, and tell the case manager.",
        "A cousin, on his way home from work. Told to the case manager on {done}.",
    ),
    ("Put a warning marker on the address.", "The marker is live since {done}; control confirmed it."),
    ("Ask the neighbouring force whether {he} is known there.", "Answer of {done}: no trace under any of the names."),
    (
        "Speak with the manager of {place} about what was agreed on disclosure.",
        "Spoken with on {done}. A note of what was said, and of what was not, is on file.",
    ),
    (
        "Look up every call to the address since the last meeting.",
        "Looked up on {done}: two calls, both about the flat above.",
    ),
    ("Check the vehicle’s keeper and insurance.", "Checked on {done}. Insured, and kept by {him}."),
    (
        "Score the RM2000 again and bring it to the next meeting.",
        "Looked at again on {done} with the sergeant; no answer changes.",
    ),
    ("Give control a telephone number that is answered at night.", "On the log since {done}. It was tried once."),
    (
        "Show {him} the map of places to keep away from, and have it signed.",
        "Signed on {done}. {He} asked about one street, and was given the answer.",
    ),
    (
        "Ask the force solicitor whether the evidence is enough for an order.",
        "Her letter of {done}: not yet. She says what would be.",
    ),
    ("Join the case manager for one visit in {month}.", "Joint visit on {done}, forty minutes."),
    ("Check whether {he} has asked for a passport.", "No application up to {done}."),
    (
        "Find the registered keeper of the white van that was seen outside.",
        "A plumber who works two doors on. Closed on {done}.",
    ),
    ("Tell the beat officer about the paths by {place}.", "Told on {done}; they are on the patrol sheet."),
    (
        "Verify the alibi for the evening in question.",
        "The supervisor and the time clock bear it out. Closed on {done}.",
    ),
    ("Ask the prison’s police liaison for its summary.", "The summary came on {done}, two pages."),
    ("Check the bank details that {he} must notify.", "As notified; checked on {done}."),
    ("Meet the new landlord together with housing.", "Met on {done}. He will ring before he lets the second room."),
    (
        "Confirm in person that {he} lives where {he} says, at seven in the morning.",
        "Seen at the door on {done}, at ten past seven.",
    ),
    ("Ask the safer schools officer what {place} has seen.", "Nothing seen there; answer of {done}."),
)
SERGEANT = _tasks(
    ("Name a second officer who visits when the first is away.", "Named on {done} and introduced on a joint visit."),
    ("Arrange patrols past {place} at closing time until {month}.", "On the patrol plan since {done}."),
    ("Agree one line for the press with probation.", "Agreed on {done}; both press officers have it."),
    ("Take the case to the weekly tasking meeting.", "Taken on {done}. Two hours a week were given."),
    ("Ask for two days of covert work, or say why not.", "Asked on {done}, and refused: not proportionate today."),
    ("Find an officer trained to look at computers, for {month}.", "Found, from the next division; booked on {done}."),
)
BY_MANAGER = _tasks(
    ("Complete OASys, with what the meeting heard.", "Completed and signed on {done}."),
    ("Write today’s actions into the risk management plan.", "In the plan since {done}."),
    (
        "Go through the licence with {him}, line by line.",
        "Done on {done}; it took the hour. {He} initialled each page.",
    ),
    ("Book a place on the programme that starts in {month}.", "Booked on {done}; the letter is on file."),
    ("Send housing the risk form and the list of areas that are not suitable.", "Sent on {done}, and received."),
    ("See the family together with children’s services.", "Seen on {done}. They knew less than we thought."),
    (
        "Talk with {him} about who is told, and how, if there is a partner.",
        "Talked through on {done}. {He} wants to be in the room.",
    ),
    ("Apply for a bed at approved premises.", "Applied on {done}; a bed from the week after."),
    (
        "Ask the surgery, with {his} consent, whether appointments are kept.",
        "Letter of {done}: four of five kept.",
    ),
    ("Ask the court for a change of the condition on residence.", "Granted on {done}."),
    ("Move supervision to {day}, so that it does not collide with work.", "Moved with effect from {done}."),
    ("Read the trial judge’s remarks and bring the part that matters.", "Read on {done}; half a page is on file."),
    ("Check the story about the evening class with the college.", "The college confirmed it on {done}."),
    ("Visit at home once a month, with the police officer if possible.", "First visit on {done}, with the officer."),
    ("Write to the prison for the reports of the two courses.", "One report came on {done}; the other is lost."),
    ("Make a plan with {him} for the week of the anniversary.", "Made on {done}: where, with whom, whom to ring."),
    ("Ask the tutors for a report before the next meeting.", "Report of {done}, passed round."),
    (
        "Refer {him} to the alcohol worker, and go along to the first appointment.",
        "Went along on {done}. A second appointment was made.",
    ),
    ("Draft the extra licence conditions and send them to the parole unit.", "Sent on {done}; three of four accepted."),
    (
        "Explain to {him} what this meeting decided, from the list.",
        "Explained on {done}. {He} had one question, about the visits.",
    ),
    ("Find out why {he} stopped going to the group at {place}.", "A change of shifts, it turned out on {done}."),
    ("Ask for an assessment of a possible learning difficulty.", "Asked on {done}; the wait is eight weeks."),
    ("Check the visitors’ list with the hostel.", "Checked on {done}: two names, both known."),
    ("Agree with {him} whom {he} rings when it gets difficult.", "Three numbers on a card, since {done}."),
)
SENIOR = _tasks(
    ("Decide on weekly contact by {month}, and find the hours for it.", "Weekly since {done}."),
    ("Look at the file and countersign the assessment.", "Countersigned on {done}, with one remark."),
    ("Raise the waiting time for the programme with the treatment manager.", "Raised on {done}: two places in spring."),
    ("Name who covers the case in {month}.", "Named on {done}; the handover was in person."),
    ("Speak with the area’s lawyer on what may be told to the landlord.", "Advice of {done}: the minimum, in person."),
)
PARTNERS: Mapping[str, tuple[Task, ...]] = {
    "housing": _tasks(
        (
            "Find an address outside the areas on the list, before the middle of {month}.",
            "A one-room flat over the cycle shop; offered on {done}.",
        ),
        ("Tell the officer before anybody new moves into the house.", "The landlord signed to that on {done}."),
        (
            "Bring the tenancy agreement and the history of complaints to the next meeting.",
            "Both were sent on {done}: two complaints, both withdrawn.",
        ),
        ("Hold the flat until the checks are done, for ten days.", "Held until {done}; the checks came back in time."),
        ("Agree a plan for the arrears, so that the tenancy stands.", "Signed on {done}: ten pounds a week."),
        ("Have the caretaker’s number given to the officer.", "Given on {done}."),
        ("Move the application to the urgent list.", "Moved on {done}; third on that list."),
        ("Say which vacant flats do not look onto {place}.", "Four of eleven; the list went out on {done}."),
    ),
    "social": _tasks(
        (
            "Visit the household with the two children, and say what their mother knows.",
            "Visited on {done}. She knew of a conviction, not which.",
        ),
        ("Check the new address against the list of children who are known.", "No child; checked on {done}."),
        ("Hold a strategy discussion within five days.", "Held on {done}. No further enquiry; the note is sent."),
        ("Ask the nursery whether {he} has been seen there.", "Not seen; the head rang back on {done}."),
        ("Finish the assessment and send its result to the coordinator.", "Sent on {done}."),
        ("Speak with the former partner about contact in the holidays.", "Spoken with on {done}. There will be none."),
    ),
    "health": _tasks(
        ("Arrange an appointment with the forensic psychologist in {month}.", "Given for the week after {done}."),
        ("Ask the surgery whether medication is still collected.", "Collected every month; answer of {done}."),
        (
            "Say in writing what may be shared about treatment, and on which ground.",
            "Letter of {done}: attendance and risk, nothing else.",
        ),
        ("Offer {him} one more test at the drug service.", "Taken on {done}; negative."),
        ("Tell the case manager of a missed appointment on the day.", "Agreed with the clinic on {done}."),
    ),
    "hostel": _tasks(
        ("Move {him} to a room that does not look onto the street.", "Moved on {done}."),
        ("Give staff on nights the list of warning signs.", "Given out on {done}; all have signed for it."),
        ("Report every absence of more than an hour to the officer.", "In the book since {done}; none so far."),
    ),
    "prison": _tasks(
        ("Send the security summary to the coordinator by {month}.", "Sent on {done}."),
        (
            "Tell police and probation of any change of the release date on the same day.",
            "Noted on the wing and in reception on {done}.",
        ),
        ("Keep mail and telephone monitored, and report what is stopped.", "Report of {done}: one letter."),
    ),
    "victims": _tasks(
        ("Tell the victim of the new exclusion, before it takes effect.", "Told on {done}, at home."),
        ("Ask the victim whether they want to be told of a move.", "Asked on {done}: yes, by telephone."),
    ),
    "jobcentre": _tasks(
        ("Send no vacancies with children or young people.", "Marked on the file on {done}."),
        ("Ring the case manager before {he} is put forward for a job.", "Rang on {done} about the depot."),
    ),
}
ASKED: Deck = (
    "I was not at the meeting and do not know this address. Is it not for the neighbourhood team?",
    "The day cannot be kept: whoever is trained for it is away until the month after. May it be moved?",
    "Which of the two is meant? The minutes can be read either way.",
    "I can do the first half. The second needs a consent that we do not have. What then?",
)
CANNOT_DO: Deck = (
    "Not within the time: what it needs was refused, and I have written down by whom.",
    "Consent was withdrawn last week, so nobody will answer us.",
    "The post is vacant since last month and nobody covers it.",
)
