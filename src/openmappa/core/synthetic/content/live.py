"""Four people that nobody has worked on: two just sentenced, two for MAPPA, for whoever wants to try the work."""

from collections.abc import Mapping
from datetime import date, timedelta

from openmappa.core.caseload import CaseRecord, PersonRecord
from openmappa.core.dates import add_months
from openmappa.core.standards.facts import Fact, Value

NEW, SCORED_BEFORE, TO_REFER, TO_MOVE = NEWCOMERS = "NEW1", "NEW2", "NEW3", "NEW4"
"""How their references end. The last two have been supervised for some months, at Level 1 and at Level 2."""
ORDER_YEARS, REGISTERED_YEARS = 3, 5
DAYS_AGO = 2
SETTLED_DAYS_AGO = 150
LEVEL_2_DAYS_AGO = 40


def newcomers(prefix: str, area: str, force: str, staff: Mapping[str, str], today: date) -> list[CaseRecord]:
    """One of whom nothing is assessed yet, one whose RM2000 is of years ago; one to refer to MAPPA, and one who moves.

    All are men on a community order, registered, for `staff` of the area: the first two since two days.
    """
    sentenced = today - timedelta(days=DAYS_AGO)
    first = _person("Newcomer", "Madeup-Example", add_months(today, -12 * 41), "1")
    second = _person("Returner", "Fictional-Specimen", add_months(today, -12 * 36), "2")
    before = add_months(sentenced, -12 * 6)
    scored = Fact("rm2000_completed", before, {"band": "high", "rank": "constable"}, before)
    third = _person("Lodger", "Placeholder-Example", add_months(today, -12 * 47), "3")
    fourth = _person("Mover", "Invented-Specimen", add_months(today, -12 * 29), "4")
    settled = today - timedelta(days=SETTLED_DAYS_AGO)
    raised = _level(today - timedelta(days=LEVEL_2_DAYS_AGO), 2)
    return [
        CaseRecord(f"{prefix}-{NEW}", area, force, first, dict(staff), _sentence(sentenced)),
        CaseRecord(f"{prefix}-{SCORED_BEFORE}", area, force, second, dict(staff), (scored, *_sentence(sentenced))),
        CaseRecord(f"{prefix}-{TO_REFER}", area, force, third, dict(staff), _settled(settled, today)),
        CaseRecord(f"{prefix}-{TO_MOVE}", area, force, fourth, dict(staff), (*_settled(settled, today), raised)),
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


def _sentence(day: date, level: int = 2) -> tuple[Fact, ...]:
    order: Mapping[str, Value] = {"order": "community_order", "ends": add_months(day, 12 * ORDER_YEARS)}
    return (
        Fact("order_started", day, order, day),
        Fact("registered", day, {"ends": add_months(day, 12 * REGISTERED_YEARS)}, day),
        _level(day, level),
    )


def _level(day: date, level: int) -> Fact:
    return Fact("mappa_level_set", day, {"level": level, "category": 1}, day)


def _settled(day: date, today: date) -> tuple[Fact, ...]:
    """Everything that was due since a sentence of some months ago, done on time, at Level 1."""
    visit: Mapping[str, Value] = {"service": "police", "outcome": "seen", "announced": False, "joint": False}
    done: tuple[tuple[str, int, Mapping[str, Value]], ...] = (
        ("initial_notification_made", 1, {}),
        ("rm2000_completed", 4, {"band": "high", "rank": "constable"}),
        ("rm2000_countersigned", 8, {}),
        ("oasys_completed", 12, {"stage": "start", "harm": "high"}),
        ("isp_completed", 13, {}),
        ("rmp_completed", 14, {}),
        ("home_visit", 60, visit),
        ("oasys_completed", 100, {"stage": "review", "harm": "high"}),
        ("plan_reviewed", 102, {}),
        ("rmp_reviewed", 103, {}),
        ("home_visit", 130, visit),
    )
    days = ((kind, day + timedelta(days=after), details) for kind, after, details in done)
    facts = (Fact(kind, on, details, on) for kind, on, details in days if on <= today)
    return (*_sentence(day, 1), *facts)
