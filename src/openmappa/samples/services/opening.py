"""Bringing what is open in step with what is in a sample."""

from django.db import connection

from openmappa.accounts.acting import restate
from openmappa.accounts.models import User
from openmappa.samples.models import DrawnSample

OPEN = "SELECT samples_open(%s, %s, %s)"
WHY = "Drawn by lot for an inspection or an audit that this person works on"
WHY_ENDS = "The case was replaced, the person works on it no more, or it has ended"


def open_cases(*, by: User, drawn: DrawnSample) -> list[int]:
    """Give every case of the sample to everybody who works on it, and end what was given of others; the cases' numbers.

    The database does it (``samples_open``), since whoever draws may see none of the cases. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [drawn.pk, WHY, WHY_ENDS])
        (found,) = cursor.fetchone() or ([],)
    restate(by)
    return list(found)
