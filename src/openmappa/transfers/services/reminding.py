"""Reminding both coordinators of a transfer that is not answered in time. A job; it may run twice and be stopped."""

from datetime import date

from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.audit.services import log
from openmappa.core.mappa.transfers import remind_again
from openmappa.notices.services import tell
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import brokers_of, late, rules
from openmappa.transfers.services.around import KIND, page_of

JOB = "remind_of_transfers"


def remind_of_transfers(today: date | None = None) -> int:
    """Tell the coordinators of both areas of every answer that is late, as often as the pack says; how many were due.

    One transaction for each, so that it may be stopped at any moment; two at once tell nobody twice.
    """
    day = today or timezone.localdate()
    with as_job(JOB):
        waiting = list(late(day).values_list("pk", flat=True))
    return sum(_remind(pk, day) for pk in waiting)


def _remind(pk: int, today: date) -> bool:
    with as_job(JOB):
        rows = late(today).select_for_update(of=("self",), skip_locked=True)
        row = rows.select_related("from_area", "to_area").filter(pk=pk).first()
        if row is None or row.due_on is None or not remind_again(rules(), row.due_on, row.reminded_on, today):
            return False
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        _tell(row, today)
        log(by=None, verb="remind of transfer", case_id=row.case_id, about={"transfer": row.pk})
        return True


def _tell(row: Transfer, today: date) -> None:
    people = [*brokers_of(row.from_area_id, today), *brokers_of(row.to_area_id, today)]
    words = (
        f"{row.to_area.name} has not answered in time whether it takes case {row.reference} on. "
        f"{row.from_area.name} stays responsible until it does."
    )
    tell(people=people, kind=KIND, words=words, case_id=row.case_id, link=page_of(row), due_on=row.due_on)
