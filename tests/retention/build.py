"""Made-up cases that are over, and the people who decide what becomes of them."""

from datetime import date

from django.db import connection

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.dates import add_months
from openmappa.retention.models import Certificate, Disposal, Hold, Review
from openmappa.retention.services import approve_disposal, hold_disposal, keep_case, propose_disposal
from tests.timeline.build import make_case, make_person, today, write

NOT_NEEDED = "no_longer_necessary"
MISTAKE = "opened_by_mistake"
HARM = "serious_harm"
SECRET = "Zzyzx-Unmistakable"


def years_ago(years: int) -> date:
    return add_months(today(), -12 * years)


def a_line_manager(**more: object) -> User:
    return make_person(Role.LINE_MANAGER, rank=Rank.INSPECTOR, **more)  # type: ignore[arg-type]


def a_coordinator(**more: object) -> User:
    return make_person(Role.MAPPA_COORDINATOR, **more)  # type: ignore[arg-type]


def an_old_case(**staff: User) -> Case:
    """A case of group 3 that was closed eight years ago: the six years clear are over."""
    case = make_case(**staff)
    write(case, "order_started", years_ago(10), order="community_order")
    write(case, "order_ended", years_ago(8))
    write(case, "case_closed", years_ago(8))
    return case


def a_registered_case(**staff: User) -> Case:
    """A case of group 1, open, registered twelve years ago: the review after ten years is two years late."""
    case = make_case(**staff)
    write(case, "registered", years_ago(12))
    return case


def kept(case: Case, by: User, **more: object) -> Review:
    with as_person(by):
        return keep_case(by=by, case=case, grounds=[HARM], words="Still needed.", **more)  # type: ignore[arg-type]


def proposed(case: Case, by: User, ground: str = NOT_NEEDED) -> Disposal:
    with as_person(by):
        return propose_disposal(by=by, case=case, ground=ground, words="No longer needed.").disposal


def held(case: Case, by: User, reason: str = "A civil claim is before the county court.") -> Hold:
    with as_person(by):
        return hold_disposal(by=by, case=case, reason=reason)


def disposed(case: Case, manager: User, coordinator: User, ground: str = NOT_NEEDED) -> Certificate:
    disposal = proposed(case, manager, ground)
    with as_person(coordinator):
        return approve_disposal(by=coordinator, disposal=disposal, words="I looked at the whole case.")


def rows(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def everything_kept() -> str:
    """Every row of every table, as text."""
    tables = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
        "AND NOT relispartition AND has_table_privilege(oid, 'SELECT')"
    )
    return "\n".join(str(rows(f"SELECT t::text FROM {table} t")) for (table,) in tables)
