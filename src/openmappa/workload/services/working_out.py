"""Working out the what-if questions that somebody asked, from every case of their areas. For a job.

Nothing is written but the question's own row. Cost: reading every fact of the areas once and going through the cases
by the engine, in every core from some thousand cases on.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from django.db import OperationalError, connection
from django.utils import timezone

from openmappa.accounts.acting import alone, as_job
from openmappa.audit.services import log
from openmappa.core.collecting import without_collector
from openmappa.core.errors import PackError
from openmappa.core.workload.digest import Json, digest
from openmappa.core.workload.what_if import Question as CoreQuestion
from openmappa.workload.models import Question
from openmappa.workload.queries.drafts import read_question
from openmappa.workload.services.counting import Counter, Counters, Given, Uncounted, counter_for

JOB = "work_out_what_if"
AT_ONCE = 500
"""So many cases are read in one transaction, and then the page shows how far it is."""
ONE_AT_A_TIME = 0x4F4D_5749
FAULT = (
    "This could not be worked out: something in the service went wrong, and it was written into its log. Ask again; if "
    "it happens again, tell your service desk the time."
)
HELD = """
SELECT c.id, a.code, c.force, c.case_manager_id, c.police_officer_id
FROM cases_case c JOIN accounts_area a ON a.id = c.area_id WHERE %(area)s::bigint IS NULL OR c.area_id = %(area)s
ORDER BY c.id
"""
# Entered later than the work began, or found to be a mistake later, does not count: one moment's record.
FACTS = """
SELECT case_id, json_agg(json_build_array(kind, "on", details, recorded_on) ORDER BY "on", id)::text
FROM timeline_fact
WHERE case_id = ANY (%(cases)s) AND "on" <= %(on)s AND recorded_at <= %(began)s
    AND (voided_at IS NULL OR voided_at > %(began)s)
GROUP BY case_id ORDER BY case_id
"""
logger = logging.getLogger(__name__)
Held = tuple[int, str, str, int | None, int | None]


class Gone(Exception):
    """Whoever asked has taken the question away."""


def work_out_what_if() -> int:
    """Work out every question that waits, and delete those that were kept long enough; how many were worked out.

    Stopped at any moment, it begins that question anew the next time; of two at once, one does nothing.
    """
    worked_out = 0
    with alone(ONE_AT_A_TIME) as got:
        if not got:
            return 0
        with as_job(JOB):
            Question.objects.kept_long_enough().delete()
        while (pk := _next()) is not None:
            _work_out(pk)
            worked_out += 1
    return worked_out


def _next() -> int | None:
    with as_job(JOB):
        return Question.objects.waiting().values_list("pk", flat=True).first()


def _work_out(pk: int) -> None:
    """One question: its answer, or why there is none. A fault of ours ends it as well, so that others get their turn.

    Raises OperationalError when the database goes away: the question then waits, as after any stop.
    """
    try:
        answer, problem = _answered(pk), ""
    except Gone:
        return
    except OperationalError:
        raise
    except (PackError, Uncounted) as error:
        answer, problem = None, str(error)
    except Exception:
        logger.exception("A what-if question could not be worked out: %s", pk)
        answer, problem = None, FAULT
    with as_job(JOB):
        Question.objects.filter(pk=pk).update(finished_at=timezone.now(), answer=answer, problem=problem)
        log(by=None, verb="work out what if", about={"question": pk, "answered": not problem})


def _answered(pk: int) -> Json:
    with as_job(JOB):
        row = Question.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            raise Gone
        began = timezone.now()
        held = _held(row.area_id)
        Question.objects.filter(pk=pk).update(began_at=began, done=0, cases=len(held))
    question = read_question(row.drafts, row.minutes, row.hours, on=row.on, months=row.months)
    counter = counter_for(question, len(held))
    try:
        return _counted(pk, question, held, began, counter)
    finally:
        counter.stop()


def _counted(
    pk: int, question: CoreQuestion, held: Sequence[Held], began: datetime, counter: Counter | Counters
) -> Json:
    for first in range(0, len(held), AT_ONCE):
        with as_job(JOB):
            given = _given(held[first : first + AT_ONCE], question.on, began)
        counter.take(given)
        with as_job(JOB):
            if not Question.objects.filter(pk=pk).update(done=min(first + AT_ONCE, len(held))):
                raise Gone
    with without_collector():
        return digest(counter.answer())


def _held(area: int | None) -> list[Held]:
    """The cases that the area answers for today, of every area for None, with the area's code, force and staff."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"area": area})
        return list(cursor.fetchall())


def _given(held: Sequence[Held], on: date, began: datetime) -> list[Given]:
    """These cases with their facts, as they were known when the work began."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"cases": [case for case, *_ in held], "on": on, "began": began})
        facts = dict(cursor.fetchall())
    return [
        Given(area, force, _staff(case_manager, police_officer), facts.get(case, "[]"))
        for case, area, force, case_manager, police_officer in held
    ]


def _staff(case_manager: int | None, police_officer: int | None) -> dict[str, str]:
    found = {"case_manager": case_manager, "police_officer": police_officer}
    return {slot: str(person) for slot, person in found.items() if person is not None}
