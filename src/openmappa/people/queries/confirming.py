"""The report of whose access was confirmed, and of whose was not (NCSC cloud principle 9)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from openmappa.accounts.models import User
from openmappa.people.queries.people import RECERTIFY_DAYS

HEADINGS = ("Name", "User name", "Role", "Rank or grade", "Agency", "Unit", "Area", "Last confirmed", "Standing")


@dataclass(frozen=True)
class Standing:
    """How many people have access, how many of them were confirmed in time, late, and never."""

    people: int
    in_time: int
    late: int
    never: int


def standing_of(people: QuerySet[User], today: date) -> Standing:
    """How the access of these people stands. One query."""
    oldest = today - timedelta(days=RECERTIFY_DAYS)
    counted = (
        people.filter(is_active=True)
        .order_by()
        .aggregate(
            people=Count("pk"),
            in_time=Count("pk", filter=Q(recertified_on__gte=oldest)),
            late=Count("pk", filter=Q(recertified_on__lt=oldest)),
            never=Count("pk", filter=Q(recertified_on__isnull=True)),
        )
    )
    return Standing(**counted)


def report_rows(people: QuerySet[User], today: date) -> list[tuple[str, ...]]:
    """One row for each person with access, as the file shows it, by name. One query."""
    return [
        (
            person.full_name,
            person.username,
            person.role_label,
            person.rank_label,
            person.agency_name,
            person.unit.name if person.unit else "",
            person.area.name if person.area else "",
            person.recertified_on.isoformat() if person.recertified_on else "",
            standing_in_words(person, today),
        )
        for person in people.filter(is_active=True).order_by("full_name", "pk")
    ]


def standing_in_words(person: User, today: date) -> str:
    """Where one person stands: confirmed in time, late by so many days, or never."""
    if person.recertified_on is None:
        return "Never confirmed"
    days = (today - person.recertified_on).days - RECERTIFY_DAYS
    return f"{days} {'day' if days == 1 else 'days'} late" if days > 0 else "Confirmed"
