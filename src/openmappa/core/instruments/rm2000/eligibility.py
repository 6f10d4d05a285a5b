"""Who is scored on RM2000, as far as the record can tell; and the coded reason where nobody is."""

from datetime import date

from openmappa.core.dates import add_months
from openmappa.core.packs.rm2000.shapes import NoScoreReason, Rm2000Rules


def reasons_of_record(sex: str, born_on: date | None, as_of: date, rules: Rm2000Rules) -> tuple[NoScoreReason, ...]:
    """The reasons why no score is made that the record itself gives: the person is no man, or is under 18.

    The other conditions (a conviction, an offence after the age of 16) are for the assessor, who has the papers.
    `sex` is "male" or anything else. Nobody whose date of birth is not known, or is
    still to come (a day that was mistyped), is taken to be under 18.
    """
    codes = [] if sex == "male" else ["not_male"]
    if born_on is not None and born_on <= as_of < add_months(born_on, 12 * _lowest_age(rules)):
        codes.append("under_18")
    return tuple(rules.no_score_reason(code) for code in codes)


def _lowest_age(rules: Rm2000Rules) -> int:
    return next(item.lowest for item in rules.s.items if item.name == "age_at_risk")
