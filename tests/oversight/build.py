"""Made-up rows of the log, for the tests of what is read from it."""

from datetime import datetime, timedelta

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.oversight.models import UnusualReading

FIRST = 900_000
"""Numbers of cases from here on are nobody's: the log keeps numbers, not references."""


def minutes_ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def logged(by: User, *, minutes: float = 5, **more: object) -> Event:
    """One look of somebody's, as the log has it."""
    usual: dict[str, object] = {"verb": "read case", "operation": "consultation", "channel": "web"}
    who = {"by_id": by.pk, "by_name": by.full_name, "agency": by.agency_name, "role": by.role}
    about = {"page": "timeline:front_sheet"}
    return Event.objects.create(**who, at=minutes_ago(minutes), **({"about": about} | usual | more))


def read_so_many(by: User, count: int, *, minutes: float = 5, first: int = FIRST) -> None:
    """Somebody opened so many different cases, so long ago."""
    who = {"by_id": by.pk, "by_name": by.full_name, "agency": by.agency_name, "role": by.role}
    at = minutes_ago(minutes)
    Event.objects.bulk_create(
        Event(
            **who,
            at=at + timedelta(milliseconds=number),
            verb="read case",
            operation="consultation",
            channel="web",
            case_id=first + number,
            about={"page": "timeline:front_sheet"},
            correlation="00000000-0000-4000-8000-000000000001",
        )
        for number in range(count)
    )


def found(person: User, **more: object) -> UnusualReading:
    """Unusual reading that waits to be judged."""
    usual: dict[str, object] = {"measure": "opened_in_an_hour", "counted": 26, "allowed": 25}
    usual["found_on"] = timezone.localdate()
    return UnusualReading.objects.create(person=person, **(usual | more))


def a_stop(person: User, *, minutes: float = 1, lasts: float = 40) -> UnusualReading:
    """A stop that began so many minutes ago and lasts so many more."""
    return found(person, counted=61, allowed=60, found_at=minutes_ago(minutes), stopped_until=minutes_ago(-lasts))
