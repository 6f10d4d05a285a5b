"""Asking for a past day: a job works it out, and tables are then counted from it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.past.errors import NotPast
from openmappa.past.models import PastDay


def ask_for_past_day(*, by: User, areas: Sequence[Area], on: date, known: bool) -> list[PastDay]:
    """Have the record of these areas worked out as of a past day; one that was worked out before is worked out anew.

    ``known``: as it was known on that day, otherwise by what is known now. What waits already goes on waiting. Areas
    whose figures the person does not see are left out. Raises NotAllowed; NotPast for a day that is not over.
    """
    require(by, Permission.VIEW_FIGURES)
    now = timezone.now()
    if on >= timezone.localdate(now):
        raise NotPast("The day must be over: yesterday or earlier. Leave it out to see the present.")
    seen = {area.pk for area in areas_for(by)}
    with transaction.atomic():
        rows = [_asked(by, area, on, known) for area in areas if area.pk in seen]
        about = {"areas": [row.area.code for row in rows], "on": on.isoformat(), "known": known}
        log(by=by, verb="ask for past day", about=about)
        return rows


def _asked(by: User, area: Area, on: date, known: bool) -> PastDay:
    now = timezone.now()
    row, made = PastDay.objects.select_for_update(of=("self",)).get_or_create(
        area=area, on=on, known=known, defaults={"asked_by": by, "asked_at": now}
    )
    if not made and row.is_ready:
        row.asked_by, row.asked_at, row.began_at, row.finished_at, row.done = by, now, None, None, 0
        row.save(update_fields=["asked_by", "asked_at", "began_at", "finished_at", "done"])
    return row
