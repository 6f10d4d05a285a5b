"""Two people who have just been sentenced, for whoever wants to try the work from its beginning."""

from collections.abc import Mapping
from datetime import date, timedelta

from openmappa.core.caseload import CaseRecord, PersonRecord
from openmappa.core.dates import add_months
from openmappa.core.standards.facts import Fact, Value

NEW, SCORED_BEFORE = "NEW1", "NEW2"
ORDER_YEARS, REGISTERED_YEARS = 3, 5
DAYS_AGO = 2


def newcomers(prefix: str, area: str, force: str, staff: Mapping[str, str], today: date) -> list[CaseRecord]:
    """One of whom nothing is assessed yet; and one whose RM2000 is of years ago and has to be scored again.

    Both are men on a community order since two days, registered, for `staff` of the area.
    """
    sentenced = today - timedelta(days=DAYS_AGO)
    first = _person("Newcomer", "Madeup-Example", add_months(today, -12 * 41), "1")
    second = _person("Returner", "Fictional-Specimen", add_months(today, -12 * 36), "2")
    before = add_months(sentenced, -12 * 6)
    scored = Fact("rm2000_completed", before, {"band": "high", "rank": "constable"}, before)
    return [
        CaseRecord(f"{prefix}-{NEW}", area, force, first, dict(staff), _sentence(sentenced)),
        CaseRecord(f"{prefix}-{SCORED_BEFORE}", area, force, second, dict(staff), (scored, *_sentence(sentenced))),
    ]


def _person(given: str, family: str, born_on: date, number: str) -> PersonRecord:
    return PersonRecord(
        given_names=given,
        family_name=family,
        born_on=born_on,
        sex="male",
        aliases=(),
        ethnicity="white_british",
        pnc_id=f"{born_on.year % 100:02}/999{number}X",
        crn=f"N99999{number}",
    )


def _sentence(day: date) -> tuple[Fact, ...]:
    order: Mapping[str, Value] = {"order": "community_order", "ends": add_months(day, 12 * ORDER_YEARS)}
    return (
        Fact("order_started", day, order, day),
        Fact("registered", day, {"ends": add_months(day, 12 * REGISTERED_YEARS)}, day),
        Fact("mappa_level_set", day, {"level": 2, "category": 1}, day),
    )
