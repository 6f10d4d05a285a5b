"""Made-up people: the person a case is about, and the staff who are responsible for it."""

from datetime import date

from openmappa.core.caseload import Name, PersonRecord
from openmappa.core.synthetic.days import Calendar
from openmappa.core.synthetic.dealing import Dice
from openmappa.core.synthetic.plan import LOWEST_BAND_FROM, CasePlan
from openmappa.core.synthetic.vocabulary import (
    AREAS,
    FAMILY_BEGINNINGS,
    FAMILY_ENDINGS,
    FORCES,
    GIVEN_NAMES,
    LETTERS,
    PREFIXES,
)

ADULT = 18  # RM2000 and licences are for adults: nobody is younger when the history begins
YEAR = 365.25


def area_name(area: int) -> str:
    """The name of an area, counted from 0: five invented ones, then numbered ones."""
    return AREAS[area] if area < len(AREAS) else f"area-{area + 1}"


def area_prefix(area: int) -> str:
    """What the references of an area's cases begin with."""
    return PREFIXES[area] if area < len(PREFIXES) else f"A{area + 1:02}"


def force_of(area: int) -> str:
    """The area's row of the visit policy table."""
    return FORCES[area % len(FORCES)]


def staff_of(area: int, cases: int, dice: Dice) -> dict[str, str]:
    """Who is responsible: one of the area's police officers and one of its case managers.

    A hundred cases have four and five; a large area has one for every hundred and one for every forty (6.5).
    """
    initial = LETTERS[area] if area < len(AREAS) else f"a{area + 1}"
    managers, officers = max(5, cases // 40), max(4, cases // 100)
    return {
        "case_manager": f"{initial}.probation{dice.between(1, managers)}",
        "police_officer": f"{initial}.police{dice.between(1, officers)}",
    }


def person_of(plan: CasePlan, area: int, position: int, calendar: Calendar, dice: Dice, middle: bool) -> PersonRecord:
    """The person: a name nobody bears, a birthday that fits the age dealt, and numbers no real record has.

    `position` is the case's place in the whole caseload; it makes the numbers unique.
    """
    born = _born(plan, calendar, dice)
    given, family = _given(dice), _family(dice)
    return PersonRecord(
        given_names=f"{given} {_given(dice)}" if middle else given,
        family_name=family,
        born_on=born,
        sex=plan.answers.get("sex", "male"),
        aliases=(_alias(given, family, dice),) if plan.has("alias", "yes") else (),
        ethnicity=plan.answers["ethnicity"],
        pnc_id=f"{born.year % 100:02}/{position:04}X",
        crn=f"{LETTERS[area % 26].upper()}{area // 26 * 100_000 + plan.number:06}",
    )


def _born(plan: CasePlan, calendar: Calendar, dice: Dice) -> date:
    youngest, oldest = map(int, plan.answers["age"].split("_to_"))
    until = calendar.date(plan.until)
    years = dice.between(youngest, oldest)
    days = int((years + dice.roll()) * YEAR)
    latest = plan.registered_on - int((ADULT + 1) * YEAR)
    if plan.has("band", "low") or plan.has("band_before", "low"):
        latest = min(latest, plan.order_on - int((LOWEST_BAND_FROM + 1) * YEAR))
    return date.fromordinal(min(until.toordinal() - days, latest))


def _given(dice: Dice) -> str:
    return dice.one_of(GIVEN_NAMES)


def _family(dice: Dice) -> str:
    return dice.one_of(FAMILY_BEGINNINGS) + dice.one_of(FAMILY_ENDINGS)


def _alias(given: str, family: str, dice: Dice) -> Name:
    """An initial with another family name, another given name, or another family name."""
    other = Name(_given(dice), _family(dice))
    return dice.one_of(
        (Name(given[0], other.family_name), Name(other.given_names, family), Name(given, other.family_name))
    )
