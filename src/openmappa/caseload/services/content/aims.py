"""What the boards of a demonstration set themselves to reach: targets of some standards, and one that was raised."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.board.models.targets import Target
from openmappa.core.access import Role
from openmappa.core.dates import add_months

TARGETS = (
    ("home-visit", 50, 40, 18, "First target of the board, as reached in the year before (a generated decision)"),
    ("home-visit", 90, 55, 9, "Raised by the board: visits come first after the inspection (a generated decision)"),
    ("rm2000-start", 60, 45, 9, "The board's plan for the year, action 2 (a generated decision)"),
    ("rm2000-countersign", 50, 40, 9, "The board's plan for the year, action 2 (a generated decision)"),
    ("oasys-start", 60, 50, 9, "The probation area's own plan (a generated decision)"),
    ("plan-review", 40, 30, 9, "The probation area's own plan (a generated decision)"),
    ("rmp-start", 80, 70, 9, "7.7 of the inspection report: one in five (a generated decision)"),
    ("mappa-review", 50, 40, 9, "The board's plan for the year, action 4 (a generated decision)"),
    ("minutes-police", 60, 48, 9, "The board's plan for the year, action 5 (a generated decision)"),
    ("minutes-probation", 60, 48, 9, "The board's plan for the year, action 5 (a generated decision)"),
    ("offender-informed", 50, 40, 9, "The board's plan for the year, action 6 (a generated decision)"),
    ("initial-notification", 90, 85, 9, "The law gives three days (a generated decision)"),
    ("change-notification", 100, 95, 9, "The law gives three days (a generated decision)"),
)
"""Standard, target, near from, how many months ago it began, and why."""
BEFORE = timedelta(days=10)
NOON = time(12)


def leave_targets(source: str) -> int:
    """Set them in every area with cases of the source where nobody has set any; how many there are now more."""
    today = timezone.localdate()
    rows: list[Target] = []
    for area in Area.objects.filter(cases__source=source).distinct():
        coordinator = User.objects.filter(area=area, role=Role.MAPPA_COORDINATOR, is_active=True).order_by("pk").first()
        if coordinator is None or Target.objects.filter(area=area).exists():
            continue
        for standard, percent, near_from, months, reason in TARGETS:
            from_on = add_months(today, -months).replace(day=1)
            set_at = timezone.make_aware(datetime.combine(from_on - BEFORE, NOON))
            aim = {"percent": percent, "near_from": near_from, "from_on": from_on}
            rows.append(Target(area=area, standard=standard, reason=reason, set_by=coordinator, set_at=set_at, **aim))
    Target.objects.bulk_create(rows)
    return len(rows)
