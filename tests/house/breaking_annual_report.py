"""For each constraint on annual reports: a row that breaks it."""

from collections.abc import Callable

from tests.annual_report.build import a_commentary, a_published_report, a_report
from tests.timeline.build import make_person

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role


def by() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def twice(make: Callable[[], object]) -> None:
    make()
    make()


def commentary_twice() -> None:
    report = a_report(by())
    twice(lambda: a_commentary(report, by()))


def number_twice() -> None:
    report = a_report(by())
    twice(lambda: a_published_report(report, by()))


BREAKS: dict[str, Callable[[Case], object]] = {
    "annual_report_once_a_year": lambda case: twice(lambda: a_report(by())),
    "annual_report_of_a_year": lambda case: a_report(by(), year=205),
    "commentary_once_a_section": lambda case: commentary_twice(),
    "commentary_section_is_known": lambda case: a_commentary(a_report(by()), by(), section="afterword"),
    "published_report_number_once": lambda case: number_twice(),
    "published_report_correction_says_what": lambda case: a_published_report(a_report(by()), by(), number=2),
}
