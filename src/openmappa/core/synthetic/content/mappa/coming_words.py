"""Why generated meetings of the next weeks were called, and what agencies have written for them beforehand."""

from collections.abc import Mapping

Deck = tuple[str, ...]
WHY: Mapping[int, Deck] = {
    2: (
        "Review is due. The address and the programme are to be looked at again.",
        "Overdue for review. The actions of last time have not been accounted for.",
        "Review at the usual time; housing asks for half an hour.",
        "To look again after the change of address.",
        "The order ends in spring, and what comes after it has to be planned.",
        "The officer’s last two visits found nobody at home.",
        "Review of the plan after the last assessment.",
        "Two agencies tell the story of the summer differently. To put it together.",
        "Regular review. The tutors’ report will be there.",
        "Employment was found. To agree who knows what at the workplace.",
        "Disclosure to the family is to be considered again.",
        "Review after the case manager changed.",
        "The neighbours have started to ask. To agree what is said, and by whom.",
        "Treatment ends this month, and the surgery wants to hand over.",
        "To decide whether the level is still right.",
        "Review of three actions that are late.",
        "A new partner is spoken of. To bring together what is known.",
    ),
    3: (
        "Monthly review of the panel.",
        "Overdue for review by the panel: resources have to be confirmed for another month.",
        "To decide on the bed and on patrols for the next month.",
        "Press interest. To agree one line and who holds it.",
        "To look at the first weeks outside.",
        "To decide whether Level 2 can hold the rest.",
        "Review after the incident, with the superintendent in the room.",
    ),
}
BEFOREHAND: Mapping[str, Deck] = {
    "police": (
        "Seen at home this month without notice; sober, civil, alone. Nothing to add to the log.",
        "Two visits since the last meeting, one without an answer. I will bring the dates.",
        "The vehicle was stopped once on the ring road. No offence; the passenger is being looked up.",
        "Registration is in order. There was one question about travel, which was answered.",
        "The neighbourhood team has had no calls. They have the new photograph.",
        "The computer was looked at last week. Result by the meeting.",
        "I ask for a second officer on the next visit, and will say why.",
    ),
    "probation": (
        "Attendance is good. The last three sessions were on the weeks before the offence.",
        "One warning letter since the last meeting, for a missed appointment. It was explained and accepted.",
        "OASys is being reviewed and will be finished by the meeting.",
        "The programme begins next month. Motivation goes up and down with the news from home.",
        "The plan has four objectives; two are reached, with what shows it on file.",
        "Speaks of moving to be near a brother. I have asked for the address.",
        "I propose to keep the level, and weekly contact.",
    ),
    "housing": (
        "Rent is paid. No complaints since the autumn.",
        "We can offer a flat from the first of next month, if the street is accepted.",
        "The tenancy is up for renewal. We would like to hear views before we sign.",
        "There is nothing new on our side. We will come all the same.",
        "A repair was refused three times; nobody let us in.",
        "Two vacancies fit the list. Neither looks onto a school.",
    ),
    "health": (
        "Appointments are kept. Nothing new that bears on risk.",
        "Medication was changed last month; the nurse sees no worsening.",
        "One appointment missed and one kept since the last meeting.",
        "The referral for talking therapy has come up. It begins after the holidays.",
        "We have consent to say that treatment goes on, and no more than that.",
        "Not in touch with us since the summer.",
    ),
    "social": (
        "No child is known at the address; checked again this week.",
        "The assessment of the household is finished. I will bring its result.",
        "A relative rang us about the holidays. We would like ten minutes on that.",
        "Nothing open with us. We ask to be told of a new partner.",
        "A school asked in general terms. It was given general advice.",
        "The family agreed in writing to who is there when.",
    ),
}
"""By post where the post has words of its own, else by the kind of agency."""
