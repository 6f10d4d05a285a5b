"""The interventions of generated plans: those of Table 2, with when, by whom and why now."""

from collections.abc import Mapping
from typing import NamedTuple


class Step(NamedTuple):
    """An intervention: `starts` is so many days after what comes first, where something does; `weeks` is its length."""

    kind: str
    what: str
    provider: str
    why_now: str
    plain: str
    starts: int
    weeks: int


CONSTRUCTIVE, RESTRICTIVE = "constructive", "restrictive"
STEPS: Mapping[str, Step] = {
    "office": Step(
        CONSTRUCTIVE,
        "Supervision at the office, once a week",
        "Probation",
        "First of all: it prepares for everything else.",
        "Come to the office every week.",
        0,
        16,
    ),
    "programme": Step(
        CONSTRUCTIVE,
        "Accredited programme for sex offenders",
        "Programmes team",
        "Once home and supervision have settled.",
        "Go to the programme when your place comes up.",
        42,
        30,
    ),
    "premises": Step(
        RESTRICTIVE,
        "Living at approved premises",
        "Approved premises",
        "From the first night: there is no other home that is safe.",
        "Live at the hostel and keep its rules.",
        0,
        12,
    ),
    "movements": Step(
        RESTRICTIVE,
        "Movements checked by police and probation",
        "Police",
        "From the first week, while little is known.",
        "Tell us where you go. We will check.",
        0,
        16,
    ),
    "associations": Step(
        RESTRICTIVE,
        "No contact with named people or groups",
        "Probation",
        "From the first day, by the licence or order.",
        "Have no contact with the people in your conditions.",
        0,
        26,
    ),
    "residence": Step(
        RESTRICTIVE,
        "Living only where it was approved",
        "Probation",
        "From the first day, by the licence or order.",
        "Live only where we have agreed.",
        0,
        26,
    ),
    "prohibited": Step(
        RESTRICTIVE,
        "Areas that may not be entered",
        "Police",
        "From the first day.",
        "Keep out of the areas on your map.",
        0,
        26,
    ),
    "curfew": Step(
        RESTRICTIVE,
        "Curfew in the evening",
        "Monitoring company",
        "For the first three months, then it is looked at again.",
        "Be at home from seven in the evening.",
        0,
        12,
    ),
    "possessions": Step(
        RESTRICTIVE,
        "No computer that goes online",
        "Police",
        "Until the work on triggers is done.",
        "Do not use a computer that goes online.",
        0,
        26,
    ),
    "tagging": Step(
        RESTRICTIVE,
        "Electronic monitoring",
        "Monitoring company",
        "With the curfew.",
        "Wear the tag.",
        0,
        12,
    ),
    "surveillance": Step(
        RESTRICTIVE,
        "Surveillance",
        "Police",
        "While the level is very high.",
        "",
        0,
        4,
    ),
}
"""By figure of Table 2. Surveillance has no plain words: it never stands in the offender's copy."""
