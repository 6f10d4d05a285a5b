"""What is under way in the areas of a demonstration on its first day: what is to come, orders, a review."""

from collections import Counter

from openmappa.caseload.services.content.mappa.cases_at_hand import CasesAtHand
from openmappa.caseload.services.content.mappa.coming import call_coming
from openmappa.caseload.services.content.mappa.moving import (
    leave_a_stay,
    leave_numbers,
    leave_releases,
    leave_transfers,
)
from openmappa.caseload.services.content.mappa.ordering import leave_a_recall, leave_orders
from openmappa.caseload.services.content.mappa.people import Desk, desks
from openmappa.caseload.services.content.mappa.reviewing import leave_a_review
from openmappa.caseload.services.content.mappa.waiting import leave_an_outside_meeting, leave_referrals
from openmappa.cases.models import Case
from openmappa.transfers.models import ContactDetails


def leave_mappa_under_way(source: str) -> dict[str, int]:
    """Begin it in every area of the source where nothing was left yet; returns how much of each there is."""
    areas = [desk for _, desk in sorted(desks().items()) if _is_bare(source, desk)]
    found: Counter[str] = Counter()
    for number, desk in enumerate(areas):
        cases, other = CasesAtHand(source, desk), _next(areas, number)
        found["coming"] += call_coming(source, desk)
        found["referrals"] += leave_referrals(desk, cases)
        found["outside"] += leave_an_outside_meeting(desk, cases)
        leave_numbers(desk)
        found["stays"] += leave_a_stay(desk, other, cases)
        found["releases"] += leave_releases(desk, cases)
        if number == 0:
            found["transfers"] += leave_transfers(desk, other, cases) if other else 0
            found["reviews"] += leave_a_review(desk, cases)
            found["orders"] += leave_orders(cases)
            found["recalls"] += leave_a_recall(cases)
    return dict(found)


def _is_bare(source: str, desk: Desk) -> bool:
    """Whether the source has cases in an area whose coordinator has no numbers yet: they are left the first time."""
    held = Case.objects.filter(source=source, area=desk.area).exists()
    return held and not ContactDetails.objects.filter(person=desk.coordinator).exists()


def _next(areas: list[Desk], number: int) -> Desk | None:
    return areas[(number + 1) % len(areas)] if len(areas) > 1 else None
