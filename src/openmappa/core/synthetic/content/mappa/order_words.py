"""What generated civil orders and a recall say. Slots are pronouns alone; no place and nobody is real."""

COURT = "Inventford Magistrates’ Court"
LINES = (
    "Not to be alone with anybody under 16.",
    "Not to go within 100 metres of the swimming pool in Invented Street.",
    "Not to use a device with internet unless the officer of the case may look at it.",
)
LINES_ENDING = (
    "Not to take work, paid or not, with anybody under 18.",
    "Not to enter Made-up Park.",
)
REASONS = "The court found that it was needed to protect children from serious sexual harm."
BREACH = "{He} was seen at the swimming pool by a member of its staff, who rang the police."
APPLIED = "The application rests on two home visits at which a second telephone was found."
RECALLED = "{He} left the approved premises at night, has not come back, and does not answer the telephone."
