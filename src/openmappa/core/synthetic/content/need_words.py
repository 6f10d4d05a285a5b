"""Evidence behind the scores of OASys sections 3 to 12, in invented words: nobody said any of it, and nobody is named.

For each item what is written for some problem, and what for a serious one.
"""

from collections.abc import Mapping

Pair = tuple[str, str]

ACCOMMODATION: Mapping[str, Pair] = {
    "item_3_3": ("No address of their own.", "No address since leaving: a different sofa every week."),
    "item_3_4": ("One damp room, shared kitchen.", "A room without heating, shared with two others who drink."),
    "item_3_5": (
        "Three weeks behind with the rent; a plan is agreed.",
        "Notice to leave has been served; nothing follows.",
    ),
    "item_3_6": ("A play area ten minutes away.", "The window looks onto a school path; a move is being sought."),
}
WORK: Mapping[str, Pair] = {
    "item_4_2": ("Out of work for some months.", "Out of work for years, and not looking."),
    "item_4_3": ("Two jobs in five years, with gaps.", "Never held a job for longer than three months."),
    "item_4_4": ("Warehouse work only; no licence.", "No trade, no certificate, no experience that counts."),
    "item_4_5": ("Would work, but turns down what is offered.", "Says that work is for others."),
    "item_4_6": ("Missed much of the last school year.", "Left school at thirteen."),
    "item_4_7": (
        "Reads slowly; asks for letters to be read out.",
        "Cannot read the licence; it was read aloud and explained.",
    ),
    "item_4_8": ("Had help in class.", "A report speaks of a learning disability; an assessment is asked for."),
    "item_4_9": ("A first-aid certificate.", "None."),
    "item_4_10": ("Started a course and dropped it.", "Refuses any course."),
}
MONEY: Mapping[str, Pair] = {
    "item_5_2": ("Benefit just covers the week.", "Debts of several months' income; letters unopened."),
    "item_5_3": ("Runs out two days before the next payment.", "No idea what comes in and what goes out."),
    "item_5_4": ("Admits to selling things that were not theirs.", "Most of the money cannot be explained."),
    "item_5_5": ("A brother pays the telephone.", "Lives wholly on a parent's pension."),
    "item_5_6": ("Scratch cards every day.", "Owes money to a lender who comes to the door."),
}
RELATIONSHIPS: Mapping[str, Pair] = {
    "item_6_1": ("Rings a sister at Christmas, no more.", "No family member will have contact."),
    "item_6_2": ("A relative has a record.", "Two close relatives have records, one for a like offence."),
    "item_6_3": ("Parents parted early; three schools.", "In care from the age of seven; spoke of neglect."),
    "item_6_4": (
        "A new partner who has been told part of it.",
        "A partner who does not know, with visits by her family.",
    ),
    "item_6_5": ("The partner has a record.", "The partner has a record and misses appointments too."),
    "item_6_6": ("Relationships that lasted months.", "Never lived with an adult partner; prefers younger company."),
}
LIFESTYLE: Mapping[str, Pair] = {
    "item_7_1": ("One friend from work.", "Nobody outside the circle of the offence."),
    "item_7_2": ("Hours in the arcade where younger people meet.", "Spends the day where the offences began."),
    "item_7_3": ("Agrees with whoever speaks last.", "Goes along with two men who were told to keep away."),
    "item_7_4": ("Borrows and does not give back.", "Makes use of people who cannot refuse."),
    "item_7_5": ("Took a lift from somebody unknown.", "Does what comes to mind; the last three incidents show it."),
}
DRUGS: Mapping[str, Pair] = {
    "item_8_4": ("Uses a class A drug.", "Uses a class A drug; two tests were positive."),
    "item_8_5": ("Now and then, by own account.", "Daily, by own account and a test."),
    "item_8_6": ("Years ago.", "Fresh marks, seen by the nurse."),
    "item_8_7": ("One quarrel over money for drugs.", "Two assaults while under the influence."),
    "item_8_8": ("Will think about it.", "Sees no need to stop."),
    "item_8_9": ("Some days are given over to it.", "Nothing else happens in the day."),
}
ALCOHOL: Mapping[str, Pair] = {
    "item_9_1": ("Four cans most evenings.", "Smelt of drink at two of three appointments."),
    "item_9_2": ("At weekends.", "Twice a week until unconscious, by own account."),
    "item_9_3": ("Heavy in the twenties.", "Heavy for ten years; lost a job and a licence over it."),
    "item_9_4": ("Shouting, no more.", "The index offence and an earlier assault were in drink."),
    "item_9_5": ("Will cut down, not stop.", "Says that there is no problem."),
}
WELL_BEING: Mapping[str, Pair] = {
    "item_10_1": ("Comes to the office upset after each letter.", "Stops eating and answering when things go wrong."),
    "item_10_2": ("Low since the sentence; sleeps badly.", "Under the doctor for depression; missed two appointments."),
    "item_10_3": ("Sees one neighbour.", "Speaks to nobody from one week to the next."),
    "item_10_4": ("Says they are no use to anybody.", "Says they cannot be other than they are."),
    "item_10_5": ("Thoughts of it last winter.", "An overdose last year; the doctor knows."),
    "item_10_6": ("Medication that helps.", "An illness that was treated in hospital; medication is often missed."),
}
THINKING: Mapping[str, Pair] = {
    "item_11_1": ("Shy with adults, at ease with the young.", "Falls out with everybody who says no."),
    "item_11_2": ("Bought a computer against advice.", "Acts first; every account of the offences shows it."),
    "item_11_3": ("Talks over others.", "Decides whom the partner may see."),
    "item_11_4": ("Raises the voice.", "Threw a chair in the waiting room."),
    "item_11_5": ("Sees it when it is pointed out.", "Sees no problem in being alone with children."),
    "item_11_6": ("Gives up after one try.", "Every way out that is found leads back to the same place."),
    "item_11_7": ("Sees it for themselves, not for others.", "Did not think that anybody would be hurt."),
    "item_11_8": ("Starts much.", "Has finished nothing this year."),
    "item_11_9": ("Says the right words.", "Speaks of nobody but themselves."),
    "item_11_10": ("Plans until the weekend.", "Lives from hour to hour."),
}
ATTITUDES: Mapping[str, Pair] = {
    "item_12_1": ("Small things do not count.", "Says that everybody does it."),
    "item_12_3": ("Short answers to some staff.", "Refuses to speak to women on the staff."),
    "item_12_4": ("Comes late, but comes.", "Says the licence is a joke; two warnings."),
    "item_12_5": ("Feels that the street is against them.", "Says they owe nobody anything."),
    "item_12_6": ("Blames drink.", "Says there is nothing to understand."),
    "item_12_8": ("Wants to, some days.", "Does not want to stop."),
}
EVIDENCE: Mapping[str, Pair] = {
    **ACCOMMODATION,
    **WORK,
    **MONEY,
    **RELATIONSHIPS,
    **LIFESTYLE,
    **DRUGS,
    **ALCOHOL,
    **WELL_BEING,
    **THINKING,
    **ATTITUDES,
}
"""By the name of the item: words for an answer of 1, words for an answer of 2."""

SOURCES = (
    *("Told at interview.", "Seen on a home visit.", "From the pre-sentence report.", "From the prison's report."),
    *(
        "The police officer's note says so too.",
        "From the last assessment, and asked again.",
        "A hostel worker said so.",
    ),
)
"""Where evidence that is good enough says that it comes from."""
THIN = ("See file.", "As before.", "Noted.", "Known.", "See PSR.")
"""What stands in the box where it was not used to justify the score (7.5)."""
