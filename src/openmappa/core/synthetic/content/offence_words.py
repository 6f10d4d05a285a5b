"""What OASys says of invented offences: by kind of offence, in plain words that describe nothing and name nobody."""

from collections.abc import Mapping

Words = Mapping[str, str]

CHILD_CONTACT: Words = {
    "item_2_1": "An invented offence: sexual assault of a child, more than once, in a home that trusted the offender.",
    "item_2_4": "A child of a family that the offender knew.",
    "item_2_5": "The child changed school; the family moved. (Invented.)",
    "item_2_8": "Sought to be alone with a child after a loss of work and company.",
    "item_2_3_1": "Chosen for their age, and because the family trusted the offender.",
    "who": "Children whom the offender gets to know through their families.",
    "nature": "Sexual assault, which a child may take years to recover from, or never.",
    "when": "Whenever the offender is alone with a child.",
    "raises": "A new partner with children. Work or a hobby near children. Drink, or days without company.",
    "lowers": "No contact with children without somebody who knows. Work in the programme. A settled home.",
}
ADULT_CONTACT: Words = {
    "item_2_1": "An invented offence: sexual assault of an adult, in the evening, after both had been drinking.",
    "item_2_4": "An adult whom the offender had met before.",
    "item_2_5": "The victim no longer goes out alone. (Invented.)",
    "item_2_8": "Anger after a refusal; drink made it easier.",
    "item_2_3_1": "Chosen because nobody was near.",
    "who": "Adults whom the offender meets in the evening, and a partner.",
    "nature": "Sexual assault, with threats.",
    "when": "After drinking, at weekends, after a quarrel.",
    "raises": "Drink. The end of a relationship. Nights without a home to go to.",
    "lowers": "Staying sober. Leaving when angry. People who know and who ask.",
}
IMAGES: Words = {
    "item_2_1": "An invented offence: indecent images of children, kept on a computer at home.",
    "item_2_4": "Children in images; none known to the offender.",
    "item_2_5": "Each copy goes on harming those who were shown.",
    "item_2_8": "Long nights alone; curiosity that became a habit.",
    "item_2_3_1": "Images of one age were kept.",
    "who": "Children in images; children whom the offender could come to know.",
    "nature": "Further images, and with them the harm of those who are shown; contact cannot be ruled out.",
    "when": "At night, alone, with a computer.",
    "raises": "A computer that nobody checks. Being alone for days. Low mood.",
    "lowers": "A computer in the living room with monitoring. Company. The internet programme.",
}
EXPOSURE: Words = {
    "item_2_1": "An invented offence: indecent exposure in a park, three times in a month.",
    "item_2_4": "Passers-by, most of them women, not known to the offender.",
    "item_2_5": "They were frightened; one walks another way now. (Invented.)",
    "item_2_8": "Tension that was let out in this way.",
    "item_2_3_1": "Whoever came by alone.",
    "who": "Women who are alone in parks and on paths.",
    "nature": "Fright and distress; contact offences cannot be ruled out.",
    "when": "In the early evening, after a bad day.",
    "raises": "Quarrels at home. Drink. Long walks without a purpose.",
    "lowers": "Keeping away from the park. Telling somebody when tension rises.",
}
OFFENCES: Mapping[str, Words] = {
    "child_contact": CHILD_CONTACT,
    "adult_contact": ADULT_CONTACT,
    "images": IMAGES,
    "exposure": EXPOSURE,
}
COMMON: Words = {
    "item_fa1": "As in 2.1, which is complete.",
    "item_fa2": "Indoors, over some weeks, in the year before the sentence.",
    "item_fa3": "Some planning: waited until nobody else was near. No weapon.",
    "item_fa5": "Nobody else.",
    "item_fa6": "As in 2.8.",
    "item_fa7": "The prosecution's papers and the pre-sentence report.",
    "item_fa8": "An earlier conviction of the same kind.",
    "item_fa9": "Some years before, in another invented town.",
    "item_fa10": "Much the same way.",
    "item_fa12": "Nobody else.",
    "item_fa13": "The same motive, by own account.",
    "item_fa14": "The record of convictions, and a report of that time.",
    "item_fa18": "None who can be named.",
    "item_fa27": "The duty desk of children's services.",
    "item_fa28": "None.",
    "item_fa30": "Known since the sentence; passed on to children's services on the same day.",
    "item_8_2": "Cannabis, by own account. Never injected.",
    "item_10_7": "Nothing beyond what stands above.",
    "item_12_7": "None so far.",
    "item_13_3": "Works shifts; appointments in the morning.",
    "reason_against": "Nothing in the screening adds to what is known; the level is low and settled.",
    "children_circumstances": "Children in the offender's circle, when no other adult is there.",
}
"""By the name of the item, where all offences say the same."""
BECAUSE: Words = {
    "item_1_11": "A missed appointment led to a return to court.",
    "item_2_2_1": "A threat with an object at hand.",
    "item_2_6_yes": "Speaks of what it did to them, unasked.",
    "item_2_6_no": "Speaks of their own loss only.",
    "item_2_7": "Says that others showed the way.",
    "item_2_9": "Says so at interview.",
    "item_2_11_yes": "Accepts what was found at court.",
    "item_2_11_no": "Accepts the facts, and blames the victim or drink.",
    "item_2_13": "Nothing before was as serious.",
    "item_2_14": "The same within a year of the sentence before.",
    "item_13_1": "Back pain; cannot stand for long.",
    "item_6_7": "Two calls to the police, no charge.",
    "item_12_2": "Remarks about neighbours.",
    "item_r1_2_14": "Indecent images.",
    "item_r2_2": "A neighbour has young children.",
    "item_fa15": "Two children in the building; children's services know.",
    "item_fa26": "A conference took place; no plan was needed.",
    "item_fa36": "An overdose, years ago.",
    "item_fa58": "Did not tell of a new friendship.",
}
"""Words behind an answer that is no score."""
LEVEL_BECAUSE: Words = {
    "medium": "Signs that can be named, and unlikely as long as home and supervision hold.",
    "high": "It could happen at any time: the signs stand above, and what holds it back is new.",
    "very_high": "It is close: the signs of the weeks before the offence are there again.",
}
HOW_CLOSE: Words = {
    "low": "Not likely as things stand.",
    "medium": "Only if something changes.",
    "high": "At any time.",
    "very_high": "Soon.",
}
"""How close harm is, before the words of when it is most likely."""
HOLDS: Words = {
    "race": "Asked; has been called names in the hostel. The hostel's manager knows.",
    "faith": "Goes to prayers at noon; appointments are made around them.",
    "literacy": "Reads slowly. The licence was read aloud; worksheets are recorded on tape.",
    "disability": "Cannot manage stairs; seen on the ground floor.",
    "caring": "Looks after a parent two days a week; appointments on the others.",
    "age": "Much older than the others in the group; one-to-one sessions first.",
}
"""Diversity: what there is to take account of, and what is done."""
NO_NEED = "Asked on the first day: {title} makes no difference to how the work is done, and they said so themselves."
BLANK = "N/A"
"""What stood in the box of most plans that were inspected, with no word why (5.18)."""
