"""When the invented work was done: in the afternoon of the day on which its fact was written down."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from openmappa.core.dates import add_working_days

SIGNED, COUNTERSIGNED, STARTED = time(16, 10), time(11, 30), time(9, 20)


def signed_at(day: date) -> datetime:
    """When something was signed that was written down on this day."""
    return _at(day, SIGNED)


def started_at(day: date) -> datetime:
    """When it was begun."""
    return _at(day - timedelta(days=2), STARTED)


def countersigned_at(day: date) -> datetime:
    """When the line manager countersigned it: the next day but one, never later than now."""
    return min(_at(day + timedelta(days=2), COUNTERSIGNED), timezone.now())


def working_day(day: date) -> date:
    """The day, or the next working day where it is none."""
    return add_working_days(day - timedelta(days=1), 1)


def _at(day: date, when: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, when))
