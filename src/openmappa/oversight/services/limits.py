"""Counting what somebody reads while they read it: telling a colleague past one limit, stopping at the next.

Counting is right for two processes: whoever opens a case holds a lock of their own, for the length of the transaction,
so that the pages one person opens at the same moment are counted one after the other. Nobody waits for anybody else.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.models import Operation
from openmappa.audit.services import log
from openmappa.cases.models import Involvement
from openmappa.core.involvement import InvolvementKind
from openmappa.core.reading_limits import (
    DAY,
    FORM_MAY_BE_OPEN,
    HOUR,
    SENDINGS_LET_THROUGH,
    Measure,
    Opened,
    Passed,
    limit_of,
    stopped_from_listing,
    stopped_from_opening,
    unusual,
    unusual_opening,
    unusual_share,
)
from openmappa.notices.services import tell
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.queries.cases import seen_case_of_key
from openmappa.oversight.queries.people import who_is_told_about
from openmappa.oversight.queries.reading import listed_since, opened_since, outside_caseload, searches_since

LOCK = 20_050_331
"""The first half of the advisory locks of readers; the second is the person."""
KIND = "unusual_reading"


@dataclass(frozen=True)
class Admission:
    """What is known of somebody's reading before a page is made: of which case, and whether reading stops here."""

    at: datetime
    case_id: int | None
    opened: tuple[Opened, ...]
    counted_from: datetime
    noticed: frozenset[str]
    stop: UnusualReading | None


def factor() -> float:
    """What every limit is multiplied by on this installation (OPENMAPPA_READING_LIMITS_FACTOR)."""
    return float(getattr(settings, "OPENMAPPA_READING_LIMITS_FACTOR", 1))


def admit(*, by: User, key: uuid.UUID | None, sending: bool) -> Admission:
    """Count before a page is made; ``stop`` is set where this person may not open it now.

    ``key`` is the case's, None for a list. ``sending``: a form is being sent. Cost: a lock and three statements for a
    page of a case, one for a list.
    """
    if key is not None:
        _one_at_a_time(by)
    now = timezone.now()
    lately = list(UnusualReading.objects.filter(person=by, found_at__gt=now - DAY))
    case_id = seen_case_of_key(key) if key is not None else None
    counted_from = max([now - DAY, *(row.judged_at for row in lately if _lifted(row) and row.judged_at)])
    opened = tuple(opened_since(by, counted_from)) if case_id is not None else ()
    stop = next((row for row in lately if _holds(row, now)), None)
    if stop is not None:
        goes_through = case_id is not None and _let_through(by, stop, case_id, opened, now, sending)
        stop = None if goes_through else stop
    elif case_id is not None:
        passed = stopped_from_opening(by.role, case_id, opened, now, factor=factor())
        stop = _found(by, passed, now) if passed else None
    today = timezone.localdate(now)
    noticed = frozenset(row.measure for row in lately if not row.is_stop and row.found_on == today)
    return Admission(now, case_id, opened, counted_from, noticed, stop)


def count_opened(*, by: User, admission: Admission) -> None:
    """After a case was shown: tell a colleague where it was one more than usual."""
    now, case = timezone.now(), admission.case_id
    if case is None or any(each.case == case and each.at > now - HOUR for each in admission.opened):
        return
    opened = [*(each for each in admission.opened if each.case != case), Opened(case, now)]
    found = unusual_opening(by.role, opened, now, factor=factor())
    if Measure.OUTSIDE_CASELOAD not in admission.noticed and limit_of(by.role, Measure.OUTSIDE_CASELOAD):
        share = unusual_share(by.role, outside_caseload(by, opened), len(opened)) if len(opened) > 1 else None
        found += [share] if share else []
    for passed in found:
        if passed.measure not in admission.noticed:
            _found(by, passed, now)


def count_listed(*, by: User, admission: Admission) -> None:
    """After a list of cases was shown: tell a colleague past the soft limit; past the hard one the next page stops."""
    now = timezone.now()
    listed = listed_since(by, admission.counted_from)
    stop = stopped_from_listing(by.role, listed, now, factor=factor())
    soft = unusual(by.role, Measure.LISTED_IN_A_DAY, listed, factor=factor())
    for passed in (stop, soft if soft and soft.measure not in admission.noticed else None):
        if passed:
            _found(by, passed, now)


def count_search(*, by: User, words: str) -> None:
    """After a search: tell a colleague when the same words were looked for again and again."""
    now = timezone.now()
    passed = unusual(by.role, Measure.SAME_WORDS, searches_since(by, words, now - DAY), factor=factor())
    if passed:
        _found(by, passed, now)


def _one_at_a_time(by: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, by.pk % 2**31])


def _holds(row: UnusualReading, now: datetime) -> bool:
    return row.stopped_until is not None and row.stopped_until > now and not _lifted(row)


def _lifted(row: UnusualReading) -> bool:
    return row.is_stop and row.finding == UnusualReading.Finding.EXPLAINED


def _let_through(
    by: User, stop: UnusualReading, case_id: int, opened: tuple[Opened, ...], now: datetime, sending: bool
) -> bool:
    """What a stop does not hold up: a form that is open already, a few times, and a case opened in an emergency."""
    in_emergency = Involvement.objects.in_force_at(now).filter(
        person=by, case_id=case_id, kind=InvolvementKind.BREAK_GLASS
    )
    if in_emergency.exists():
        return True
    was_open = any(each.case == case_id and each.at > now - FORM_MAY_BE_OPEN for each in opened)
    if not (sending and was_open and stop.let_through < SENDINGS_LET_THROUGH):
        return False
    stop.let_through += 1
    stop.save(update_fields=["let_through"])
    return True


def _found(by: User, passed: Passed, now: datetime) -> UnusualReading:
    """Keep that a limit was passed, once, and tell those who look at it."""
    _one_at_a_time(by)
    today = timezone.localdate(now)
    row = _already(by, passed, now)
    if row is not None:
        return row
    row = UnusualReading.objects.create(
        person=by,
        measure=passed.measure,
        counted=passed.count,
        allowed=passed.limit,
        found_at=now,
        found_on=today,
        stopped_until=passed.until,
    )
    about = {"unusual_reading": row.pk, "measure": passed.measure, "counted": passed.count, "allowed": passed.limit}
    log(by=by, verb="stopped reading" if row.is_stop else "read past a limit", operation=Operation.ACCESS, about=about)
    words = f"{by.full_name}: {passed.count} {passed.measure.label}; {passed.limit} are usual. Please look at it."
    if row.is_stop:
        words = (
            f"{by.full_name}’s access to cases has stopped: {passed.count} {passed.measure.label}. Please judge it now."
        )
    tell(people=who_is_told_about(by), kind=KIND, words=words, link=reverse("oversight:judge", kwargs={"pk": row.pk}))
    return row


def _already(by: User, passed: Passed, now: datetime) -> UnusualReading | None:
    """The same, found before: a stop that is in force, or what a colleague was told today."""
    rows = UnusualReading.objects.filter(person=by, measure=passed.measure)
    if passed.is_stop:
        return rows.stopping_at(now).first()
    return rows.filter(stopped_until__isnull=True, found_on=timezone.localdate(now)).first()
