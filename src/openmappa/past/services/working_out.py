"""Working out the past days that somebody asked for, each case with the engine. For a job.

Cost: reading every fact of the area's cases once, and going through them: about a minute for 20,000 cases.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from openmappa.accounts.acting import alone, as_job
from openmappa.audit.services import log
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards import duties as engine
from openmappa.core.standards.facts import Fact, fact_from_row
from openmappa.core.standards.state import state
from openmappa.past.models import PastDay

JOB = "work_out_past_days"
AT_ONCE = 500
"""So many cases are gone through in one transaction, and then the page shows how far it is."""
KEPT = timedelta(days=14)
"""How long a past day is kept once it was worked out. Whoever needs it again asks again."""
ONE_AT_A_TIME = 0x4F4D_5041
HELD = """
SELECT c.id, CASE WHEN r.area_id = c.area_id THEN c.force ELSE a.force END, r.police_unit_id, r.probation_unit_id,
    r.police_officer_id, r.case_manager_id
FROM (
    SELECT DISTINCT ON (case_id) case_id, area_id, police_unit_id, probation_unit_id, police_officer_id, case_manager_id
    FROM cases_responsibility WHERE number = 1 OR from_at < %s ORDER BY case_id, number DESC
) r JOIN cases_case c ON c.id = r.case_id JOIN accounts_area a ON a.id = r.area_id
WHERE r.area_id = %s ORDER BY c.id
"""
# Entered later than the work began, or found to be a mistake later, does not count: one moment's record.
FACTS = """
SELECT case_id, kind, "on", details, recorded_on FROM timeline_fact
WHERE case_id = ANY (%(cases)s) AND "on" <= %(on)s AND recorded_at <= %(began)s
    AND (voided_at IS NULL OR voided_at > %(began)s
        OR (%(known)s AND (voided_at AT TIME ZONE %(zone)s)::date > %(on)s))
    AND (NOT %(known)s OR recorded_on <= %(on)s)
ORDER BY case_id, "on", id
"""
CASES = """
INSERT INTO past_pastcase (day_id, case_id, force, police_unit_id, probation_unit_id, police_officer_id,
    case_manager_id, band, harm_level, mappa_level, visit_months, supervised, registered, in_custody, closed)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[],
    %s::text[], %s::smallint[], %s::smallint[], %s::boolean[], %s::boolean[], %s::boolean[], %s::boolean[])
"""
DUTIES = """
INSERT INTO past_pastduty (day_id, case_id, standard, of, opened_on, due_on, met_on, closed_on)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::date[], %s::date[], %s::date[], %s::date[])
"""


@dataclass(frozen=True)
class Held:
    """A case that the area answered for on the day, by which units, under which force's policy."""

    case: int
    force: str
    police_unit: int | None
    probation_unit: int | None
    police_officer: int | None
    case_manager: int | None


def work_out_past_days() -> int:
    """Work out every past day that waits, and delete those that were kept long enough; how many were worked out.

    Stopped at any moment, it begins that day anew the next time; of two at once, one does nothing.
    """
    worked_out = 0
    with alone(ONE_AT_A_TIME) as got:
        if not got:
            return 0
        with as_job(JOB):
            PastDay.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()
            waiting = list(PastDay.objects.waiting().values_list("pk", flat=True))
        for pk in waiting:
            _work_out(pk)
            worked_out += 1
    return worked_out


def _work_out(pk: int) -> None:
    with as_job(JOB):
        day = PastDay.objects.select_for_update(of=("self",)).get(pk=pk)
        _clear(pk)
        day.began_at, day.done = timezone.now(), 0
        held = _held(day)
        day.cases = len(held)
        day.save(update_fields=["began_at", "done", "cases"])
    for first in range(0, len(held), AT_ONCE):
        with as_job(JOB):
            _write(day, held[first : first + AT_ONCE])
            PastDay.objects.filter(pk=pk).update(done=min(first + AT_ONCE, len(held)))
    with as_job(JOB):
        PastDay.objects.filter(pk=pk).update(finished_at=timezone.now())
        about = {"area": day.area_id, "on": day.on.isoformat(), "known": day.known, "cases": day.cases}
        log(by=None, verb="work out past day", about=about)


def _clear(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM past_pastduty WHERE day_id = %s", [pk])
        cursor.execute("DELETE FROM past_pastcase WHERE day_id = %s", [pk])


def _held(day: PastDay) -> list[Held]:
    """The cases of the area at the end of the day. Before the record of who is responsible begins, its first entry."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [_end_of(day.on), day.area_id])
        return [Held(*row) for row in cursor.fetchall()]


def _write(day: PastDay, held: Sequence[Held]) -> None:
    """What these cases were on the day. A case of which nothing is known by then did not exist."""
    facts = _facts(day, [each.case for each in held])
    cases: list[tuple[object, ...]] = []
    duties: list[tuple[object, ...]] = []
    known_on = day.on if day.known else None
    for each in held:
        of_case = facts.get(each.case)
        if not of_case:
            continue
        then = state(of_case, day.on, known_on)
        cases.append(
            (
                *(each.case, each.force, each.police_unit, each.probation_unit, each.police_officer),
                *(each.case_manager, then.band or "", then.harm or "", then.mappa_level, then.visit_months),
                *(then.supervised, then.registered, then.in_custody, then.closed),
            )
        )
        for duty in engine.duties(of_case, packs_in_service(), force=each.force, as_of=day.on, known_on=known_on):
            dates = (duty.opened_on, duty.due_on, duty.met_on, duty.closed_on)
            duties.append((each.case, duty.standard, duty.of, *dates))
    with connection.cursor() as cursor:
        if cases:
            cursor.execute(CASES, [day.pk, *map(list, zip(*cases, strict=True))])
        if duties:
            cursor.execute(DUTIES, [day.pk, *map(list, zip(*duties, strict=True))])


def _facts(day: PastDay, cases: list[int]) -> dict[int, list[Fact]]:
    """The facts of these cases that existed, or were known, on the day, in the engine's order."""
    values: dict[str, Any] = {"cases": cases, "on": day.on, "began": day.began_at, "known": day.known, "zone": _zone()}
    found: dict[int, list[Fact]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(FACTS, values)
        for case, kind, on, details, recorded_on in cursor.fetchall():
            found[case].append(fact_from_row(kind, on, json.loads(details), recorded_on))
    return found


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _zone() -> str:
    return str(timezone.get_default_timezone())
