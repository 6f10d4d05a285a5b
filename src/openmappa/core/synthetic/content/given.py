"""The answers of an OASys that follow from who somebody is and what is known at the moment, by the name of the item."""

from collections.abc import Mapping
from typing import NamedTuple

from openmappa.core.bands import HarmLevel
from openmappa.core.packs.oasys_rules import FULL_ANALYSIS, IN_CUSTODY, Answer, AtRisk, Place
from openmappa.core.synthetic.content.offence_words import HOW_CLOSE, OFFENCES
from openmappa.core.synthetic.content.profile import Profile
from openmappa.core.synthetic.dealing import Dice

THIN_HARM: Mapping[str, str] = {
    "who": "The public.",
    "nature": "Sexual offences.",
    "when": "Not known.",
    "raises": "Drink.",
    "lowers": "Supervision.",
}
"""A harm summary that nobody could act on (Table 4)."""
WITHOUT_FULL_ANALYSIS = 0.25
"""How often a full analysis is decided against where the level is low: a reason is given, and a manager agrees."""


class Moment(NamedTuple):
    """When an OASys was made: its stage, the level of harm it comes to, and whether the person was in prison."""

    stage: str
    harm: HarmLevel
    in_custody: bool


def of_the_record(profile: Profile, dice: Dice) -> dict[str, Answer]:
    """Section 1, section 2 and what OGRS3 is worked out from: these stay the same from one OASys to the next."""
    sanctions = profile.earlier + profile.cautions
    child = profile.offence in ("child_contact", "images")
    return {
        "item_1_3": dice.between(1, 4),
        "item_1_4": profile.burglary,
        "item_1_5": profile.under_18,
        "item_1_6": profile.earlier - profile.under_18,
        "item_1_7": profile.age_at_first,
        "item_1_8": profile.age_at_first,
        "item_1_9": 0,
        "item_1_10": dice.between(0, profile.earlier // 3),
        "item_1_11": profile.earlier > 0 and dice.roll() < 0.3,
        "item_1_17": profile.earlier_sexual,
        "item_1_18": profile.earlier_violent,
        "item_1_19": profile.earlier_other,
        "item_1_24": profile.cautions,
        "item_2_2_1": dice.roll() < 0.04,
        "item_2_2_2": profile.offence == "adult_contact" and dice.roll() < 0.4,
        "item_2_2_4": True,
        "item_2_3_1": True,
        "item_2_3_2": profile.offence == "child_contact" and dice.roll() < 0.6,
        "item_2_3_3": profile.stranger,
        "item_2_6": profile.needs["attitudes"] == 0,
        "item_2_9": True,
        "item_2_11": profile.needs["attitudes"] < 2,
        "item_2_13": profile.earlier_sexual == 0 and dice.roll() < 0.5,
        "item_2_14": profile.earlier_sexual > 1,
        "sex": "female" if profile.female else "male",
        "age_at_conviction": profile.age_at_sentence,
        "age_at_first_sanction": profile.age_at_first,
        "age_at_risk_date": profile.age_at_risk,
        "previous_sanctions": sanctions,
        "offence_group": "sexual_child" if child else "sexual_not_child",
        "ogrs2": min(80, 5 + 2 * sanctions + dice.between(0, 8)),
        "total": min(168, 8 + 6 * sum(profile.needs.values()) + dice.between(0, 12)),
        "item_8_1": profile.needs["drug-misuse"] > 0,
    }


def of_harm(profile: Profile, moment: Moment, careful: bool, dice: Dice) -> dict[str, Answer]:
    """Screening, summary and levels; the highest of the levels is the one of the moment."""
    occasion = "both" if profile.earlier_sexual else "current"
    offence = {"child_contact": "item_r1_2_3", "adult_contact": "item_r1_2_4"}.get(profile.offence, "item_r1_2_14")
    full = moment.harm is not HarmLevel.LOW or dice.roll() >= WITHOUT_FULL_ANALYSIS
    return {
        offence: occasion,
        "item_r1_3_7": "previous" if moment.harm is HarmLevel.VERY_HIGH else "never",
        "item_r2_2": profile.at_risk == "children" and dice.roll() < 0.3,
        "item_r3_2": profile.needs["emotional-well-being"] == 2,
        FULL_ANALYSIS: full,
        "earlier": profile.earlier_sexual > 0,
        "item_fa15": profile.at_risk == "children" and moment.harm.place > 1,
        "item_fa26": dice.roll() < 0.1,
        "item_fa36": profile.needs["emotional-well-being"] == 2,
        "item_fa58": moment.harm.place > 1 and dice.roll() < 0.3,
        **({"when": f"{HOW_CLOSE[moment.harm]} {OFFENCES[profile.offence]['when']}"} if careful else THIN_HARM),
        **_levels(profile, moment, dice),
    }


def _levels(profile: Profile, moment: Moment, dice: Dice) -> dict[str, Answer]:
    found: dict[str, Answer] = {IN_CUSTODY: moment.in_custody}
    for who in AtRisk:
        level = HarmLevel.LOW
        if who == profile.at_risk:
            level = moment.harm
        elif who not in (AtRisk.STAFF, AtRisk.PRISONERS) and moment.harm.place > 1 and dice.roll() < 0.4:
            level = HarmLevel.MEDIUM
        found[f"{who}_{Place.COMMUNITY}"] = level.value
        found[f"{who}_{Place.CUSTODY}"] = HarmLevel.LOW.value
    return found
