"""What agencies tell generated meetings, by agency and by what the record shows. Words name nobody.

Slots are filled by ``filling``: {he}, {him}, {his}, {He}, {His}, {visit}, {missed}, {refused}, {incident}, {breach},
{moved}, {oasys}, {rmp}, {programme}, {place}, {day}.
"""

from collections.abc import Mapping

Deck = tuple[str, ...]
POLICE: Mapping[str, Deck] = {
    "seen": (
        "Seen at home on {visit}, unannounced. The rooms were tidy, nobody else was there and {he} spoke freely.",
        "Home visit on {visit}: {he} let the officer in at once and showed every room. No new purchases.",
        "The officer called on {visit}, early in the evening. {He} was cooking for one. Nothing in the flat raised"
        " concern.",
        "Visited on {visit}. {He} was civil, a little short. A second toothbrush was seen and {he} was asked about it.",
        "At the visit of {visit} {he} volunteered that {he} had been near {place} on an errand and had turned back.",
        "Seen on {visit}. {He} asked twice how long registration lasts. Neighbours on both sides say {he} is quiet.",
        "The visit of {visit} lasted forty minutes. {He} had the letter of the last meeting on the table.",
        "Unannounced visit on {visit}. The computer was looked at with {his} agreement; nothing was found.",
        "Seen on {visit} with a colleague. {He} talks more when there are two, and less about the offence.",
        "Officer reports from {visit}: curtains closed at noon, but {he} was dressed, sober and polite.",
    ),
    "not_seen": (
        "No answer on {missed}. A card was left. {He} telephoned the next morning and gave a reason.",
        "Called on {missed} and found nobody. A neighbour said {he} leaves early on {day}s.",
        "Nobody opened on {missed}; lights were on. The officer will go at another time of day.",
        "Not at home on {missed}. The visit is to be made again before the next meeting, without notice.",
        "The officer called on {missed} in the morning and again at six, and met nobody.",
    ),
    "refused": (
        "On {refused} {he} spoke at the door and would not let the officer in. There is no power to insist; it was"
        " noted.",
        "Entry was refused on {refused}. {He} said it was not a good day. The case manager was told within the hour.",
        "On {refused} {he} asked the officer to come with an appointment. {He} was told why there will be none.",
    ),
    "unvisited": (
        "Not yet visited at this address. The first visit is planned for this week.",
        "No visit on record. The sergeant accepts that this is overdue and gives it to the officer as a priority.",
        "The officer has not met {him} outside the station so far.",
    ),
    "incident": (
        "The incident of {incident} was looked into. Two statements were taken; no charge followed.",
        "After the incident of {incident} the beat officer passes by on {day}s. Nothing since.",
        "The log of {incident} was read out. Control now has a marker on the address.",
        "What was reported on {incident} could not be confirmed. It fits the pattern, and stays on file.",
    ),
    "moved": (
        "The change of address was registered. The new street was walked: {place} is six minutes away on foot.",
        "{He} moved on {moved}. Checks on the new household came back clear.",
        "At the new address since {moved}. The beat team has a photograph and knows whom to ring.",
        "The new address is on a bus route past {place}. The officer has raised it with {him}.",
    ),
    "custody": (
        "In custody, so there were no visits. The officer has asked the prison for its intelligence summary.",
        "Visits begin on the first working day after release. The address given was looked at from outside.",
        "Nothing from the prison that police did not know. {His} last address has a new tenant.",
    ),
    "quiet": (
        "No calls to the address and no stops in the last three months.",
        "Nothing new on the police systems. Registration is in order.",
        "The neighbourhood team has had no reports. {His} vehicle was checked; it is taxed and in {his} name.",
        "One stop, on foot, at ten in the evening near {place}. {He} gave {his} name and a sensible account.",
        "No crime reports name {him}. One anonymous call was weak and could not be built on.",
        "Checks with two neighbouring forces gave nothing.",
        "The register was checked this morning: address, bank and telephone are as notified.",
    ),
}
PROBATION: Mapping[str, Deck] = {
    "attends": (
        "{He} has kept every appointment since the last meeting, and arrives ten minutes early.",
        "Attendance is good. {He} brings {his} diary, and what is in it can be checked.",
        "Seven of eight appointments kept; the eighth was moved in advance.",
        "{He} comes, sits down and waits to be asked. What {he} says of {his} week holds together.",
        "Contact is weekly at the office. {He} was open about a bad fortnight, before anybody asked.",
        "{He} keeps appointments, though the last two were spent on benefits and not on the offence.",
        "Reporting as required. {He} now names two of {his} warning signs without help.",
        "Supervision goes on. {He} still calls the victim “the other party”; this is worked on.",
    ),
    "breach": (
        "After the breach of {breach} {he} was seen the next day. The terms were read through line by line.",
        "The breach of {breach} has been dealt with. {He} says {he} thought the curfew ended at nine.",
        "Since {breach} there was a warning letter, and contact twice a week.",
    ),
    "oasys": (
        "OASys was completed on {oasys} and puts the risk of harm at {harm}.",
        "The assessment of {oasys} stands: {harm} risk of harm. The needs are those of the spring.",
        "By the OASys of {oasys} the risk is {harm}. What raises it is written on the first page of the plan.",
        "Last assessed on {oasys}, at {harm}. Nothing heard today would move it down.",
    ),
    "unassessed": (
        "OASys has not been completed. The case manager gives a date: within ten working days.",
        "There is no OASys yet. Until there is one the meeting treats {him} as high risk.",
    ),
    "programme_on": (
        "{He} started the programme on {programme}. The tutors say {he} does the exercises and stays on the surface.",
        "The tutors report from the programme: eleven sessions, none missed, and one heated exchange, well repaired.",
        "In the group since {programme}. {He} gives others good advice and applies little of it so far.",
        "Programme tutors see movement: {he} can say what {he} did in the hour before.",
        "The block on relationships starts next week; the tutors expect it to be hard for {him}.",
    ),
    "programme_waiting": (
        "The programme has a waiting list of four months. One-to-one sessions fill the time.",
        "Still waiting for a place in the group. {He} does the preparation with the case manager.",
        "A place is promised for the next intake. {He} asks about it every week.",
    ),
    "no_programme": (
        "No programme: {his} time on the order is too short. The workbook is used instead.",
        "{He} was found unsuitable for the group. Individual sessions follow the same outline.",
        "Work on the offence goes through supervision, one exercise a fortnight.",
    ),
    "custody": (
        "The prison’s offender manager says {he} keeps to {himself} and has done one course.",
        "Seen in the visits room this month. {He} has no plan for the first evening out, beyond “my sister’s”.",
        "A video link with the prison was held. {He} agreed to live where {he} is told, for three months.",
    ),
    "ended": (
        "Supervision has ended. Probation has no contact and speaks from the file.",
        "The order is over; the last report says what helped. Police alone visit now.",
    ),
}
HOUSING: Mapping[str, Deck] = {
    "settled": (
        "Rent is paid to the day. No complaints from the stairwell.",
        "The tenancy runs in {his} name and is reviewed in a year. The block has no families on that landing.",
        "A routine inspection found the flat clean and the smoke alarm disconnected. It was put back.",
        "No change. {He} has asked for a transfer nearer to work and was told what would have to be checked first.",
        "The caretaker sees {him} most mornings. Nothing to report.",
    ),
    "some": (
        "Three weeks of arrears. A payment plan was signed and the first two payments came.",
        "The room is damp and {he} has complained twice. A repair is booked.",
        "{He} is in a shared house. Two of the others are moving out and the landlord will not say who comes.",
        "A neighbour complained about music. The officer rang the bell; it was another flat.",
        "The private landlord has not been told of the conviction and is not asking.",
    ),
    "serious": (
        "Notice has been served. {He} will be homeless within the month unless something is found.",
        "Three addresses were offered. Two look onto {place}; the third has gone.",
        "{He} is sleeping on sofas. Housing has no address that it can stand behind.",
        "The hostel bed ends in two weeks. An application for supported lettings is in, without the risk form.",
        "The areas that are not suitable cover most of what is vacant. Housing asks which matter most.",
    ),
}
SOCIAL: Mapping[str, Deck] = {
    "children": (
        "No child is known at the address. The file was searched by address and by telephone number.",
        "A former partner has two children. They were visited; she knows of the conviction and wants no contact.",
        "A niece stays with {his} mother at weekends. The family has agreed that {he} is not there then.",
        "One anonymous referral about a child in the stairwell. It was looked into within the day and closed.",
        "The school next to {place} has been given advice in general terms, without a name.",
        "A strategy discussion was held in the summer. There is no child protection plan today.",
        "The new partner’s son is eight. An assessment is open and will be finished in five weeks.",
        "The nursery’s head knows whom to ring. She has rung once, about somebody else.",
    ),
    "none": (
        "Nothing is known to children’s services.",
        "No open case and no closed one under this address.",
        "Children’s services have no part in this; they stay on the list for one more meeting.",
        "Checked again this week: no contact with any family that is known here.",
    ),
}
HEALTH: Mapping[str, Deck] = {
    "mood": (
        "{He} sees the surgery every month. Medication is taken; the nurse counts the blister packs.",
        "Low in the autumn, better now. There was no talk of harm to {himself} or others.",
        "Two appointments with the community team were missed, the third was kept. {He} cried, and came back.",
        "{He} was referred for talking therapy and is on the list. The wait is eleven weeks.",
    ),
    "drink": (
        "{He} says two pints at weekends. The blood test says more.",
        "The alcohol worker has seen {him} five times. {He} keeps a diary of what {he} drinks and it looks honest.",
        "Drinks alone, in the evening, when the week went badly. The worker has shown {him} how to ring.",
        "No alcohol for nine weeks by {his} own account, and {he} looks it.",
    ),
    "drugs": (
        "In touch with the drug service; the last two tests were negative.",
        "{He} missed the test on {day}. The service will offer one more.",
    ),
    "none": (
        "Nothing that bears on risk. The surgery sees {him} for {his} back.",
        "Not known to mental health services. A check was made by name and date of birth.",
        "No treatment and no request for any.",
        "The trust has nothing to add, and leaves its telephone number.",
    ),
}
VICTIM: Deck = (
    "The victim was told that a meeting would be held, and asked for one thing: not to be surprised.",
    "The victim does not want to be told of every step; a release or a move is what should be passed on.",
    "Contact is kept by letter. The victim’s area is written into the conditions as one {he} may not enter.",
    "The family has moved. The exclusion was redrawn, and the old one stays until the order ends.",
    "The victim saw {him} at a distance in town. It was by chance; the talk after it was hard.",
    "The victim unit wrote twice and had no answer. It will not write a third time.",
    "The victim asked whether {he} had said sorry. It was explained what can be passed on and what cannot.",
)
HOSTEL: Deck = (
    "At the hostel {he} keeps the curfew and signs in at ten each evening.",
    "Hostel staff have had to speak to {him} once about another resident’s room.",
    "{He} helps in the kitchen. Staff see a change on days when post comes.",
    "Room searches on two {day}s found nothing.",
)
PRISON: Deck = (
    "The prison reports no adjudications. {He} works in the laundry and asks to stay there.",
    "Security has one entry: a letter to an address that was not on {his} list. It was stopped.",
    "Release is discussed with {him} on the wing. {He} has been told where {he} may not live.",
    "Public protection measures apply: mail and telephone are monitored.",
    "{He} completed the course on thinking skills; the report says that {he} listened.",
)
JOBCENTRE: Deck = (
    "{He} has applied for two warehouse jobs. The adviser knows which kinds of work are ruled out.",
    "An offer from a leisure centre was withdrawn in time.",
    "{He} starts four hours a week of sorting at the depot, with adults only.",
)
