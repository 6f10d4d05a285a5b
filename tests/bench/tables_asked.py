"""Every live table asked for on the real stack, then an inspection, all timed:
``python -m tests.bench.tables_asked OUT TIMES ROUNDS``.

Runs in a process of its own on a record with a small caseload, which it multiplies first.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

django.setup()

from openmappa.accounts.acting import as_job  # noqa: E402 - models need the set-up above
from openmappa.accounts.models import Area, User  # noqa: E402
from openmappa.board.queries.groups import TOLD_APART, Happening  # noqa: E402
from openmappa.board.queries.rows import RowsBy  # noqa: E402
from openmappa.caseload.services.demo import staff_the_demonstration  # noqa: E402
from openmappa.core.access import Role  # noqa: E402
from openmappa.past.models import PastDay  # noqa: E402
from tests.bench.inspected import inspected  # noqa: E402
from tests.bench.multiplied import multiplied  # noqa: E402

BACK = 1
"""The past day that is asked for, in days ago. It has the rows of the present: how many there are is what counts."""
CASES = """
INSERT INTO past_pastcase (day_id, case_id, force, police_unit_id, probation_unit_id, police_officer_id,
    case_manager_id, band, harm_level, mappa_level, visit_months, supervised, registered, in_custody, closed)
SELECT %s, c.id, c.force, c.police_unit_id, c.probation_unit_id, c.police_officer_id, c.case_manager_id, s.band,
    s.harm_level, s.mappa_level, NULL, s.supervised, s.registered, s.in_custody, s.closed
FROM cases_case c JOIN timeline_standing s ON s.case_id = c.id WHERE c.area_id = %s
"""
DUTIES = """
INSERT INTO past_pastduty (day_id, case_id, standard, of, opened_on, due_on, met_on, closed_on)
SELECT %s, case_id, standard, of, opened_on, due_on, met_on, closed_on FROM timeline_duty
WHERE area_id = %s AND opened_on <= %s
"""


def a_past_day(by: User) -> None:
    """A past day of every area, with as many rows as a true one."""
    on, now = timezone.localdate() - timedelta(days=BACK), timezone.now()
    with as_job("bench"), connection.cursor() as cursor:
        for area in Area.objects.all():
            day = PastDay.objects.create(
                area=area, on=on, known=False, asked_by=by, asked_at=now, began_at=now, finished_at=now
            )
            cursor.execute(CASES, [day.pk, area.pk])
            cursor.execute(DUTIES, [day.pk, area.pk, on])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE past_pastcase")
        cursor.execute("ANALYZE past_pastduty")


def tables() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every table: what it is called here, its address, and what it is asked."""
    since = timezone.localdate() - timedelta(days=5 * 365)
    five_years = {f"since-{part}": str(getattr(since, part)) for part in ("day", "month", "year")}
    for by in RowsBy:
        yield f"any table by {by.value}, all standards, five years", "tables", {"by": by.value, **five_years}
        yield f"any table by {by.value}, home visits", "tables", {"by": by.value, "standard": "home-visit"}
    for months in ("12", "24"):
        yield f"overview, {months} months", "overview", {"months": months}
        yield f"tables of the report, all on one page, {months} months", "report", {"months": months}
    for by in TOLD_APART:
        for what in Happening:
            yield f"groups by {by.value}: {what.value}", "groups", {"by": by.value, "what": what.value}


def main(out: Path, times: int, rounds: int) -> None:
    """Multiply the record, time everything, and write the best of so many rounds to ``out``."""
    settings.STATIC_ROOT = out.parent / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    staff_the_demonstration()
    rows = multiplied(times)
    coordinator = User.objects.filter(role=Role.MAPPA_COORDINATOR).order_by("pk")[0]
    inspector = User.objects.filter(role=Role.INSPECTOR, area__isnull=True).order_by("pk")[0]
    a_past_day(inspector)
    on = timezone.localdate() - timedelta(days=BACK)
    past = {"reading": "stood", **{f"on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}}
    best: dict[str, float] = {}
    for user, where in ((coordinator, "one area"), (inspector, "all areas")):
        browser = Client(SERVER_NAME="127.0.0.1")
        browser.force_login(user)
        for name, page, query in tables():
            if where == "all areas" and page != "tables":
                continue  # the other pages are of one area
            for reading, more in (("", {}), (", of a past day", past)):
                address = f"{reverse(f'board:{page}')}?{urlencode({**query, **more})}"
                best[f"{name}, {where}{reading}"] = min(_milliseconds(browser, address) for _ in range(rounds))
    out.write_text(json.dumps({"rows": rows, "best_ms": best, "assurance_ms": inspected(rounds)}))


def _milliseconds(browser: Client, address: str) -> float:
    began = time.perf_counter()
    response = browser.get(address)
    took = (time.perf_counter() - began) * 1000
    if response.status_code != 200 or b"not worked out yet" in response.content or b"problem" in response.content:
        raise SystemExit(f"{address} gave {response.status_code}, and no table.")
    return took


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
