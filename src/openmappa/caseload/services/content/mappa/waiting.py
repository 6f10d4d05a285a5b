"""Referrals that wait in the areas of a demonstration, and a meeting that was held outside MAPPA."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from openmappa.caseload.services.content.mappa.cases_at_hand import CasesAtHand, spoken_of
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.levels import referral_row, referrer
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.cases.models import Case
from openmappa.core.dates import add_working_days
from openmappa.core.synthetic.content.mappa.referral_words import OUTSIDE, QUESTION, WAITING, Waiting
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.services.other_meetings import Held, ask_about_meeting, record_other_meeting

URGENT_DAYS = 2


def leave_referrals(desk: Desk, cases: CasesAtHand) -> int:
    """Leave referrals waiting: an urgent one, one from housing, a late one; four where housing can sign in."""
    rows = list(_referrals(desk, cases))
    Referral.objects.bulk_create(rows)
    return len(rows)


def _referrals(desk: Desk, cases: CasesAtHand) -> Iterator[Referral]:
    housing = desk.attendees["housing"]
    for waiting in WAITING if housing.person is not None else WAITING[:3]:
        case = cases.take(standing__mappa_level=1) or cases.take(standing__mappa_level=2)
        if case is not None:
            yield _referral(desk, case, waiting)


def _referral(desk: Desk, case: Case, waiting: Waiting) -> Referral:
    on = timezone.localdate() - timedelta(days=waiting.days_ago)
    row = referral_row(case, desk, waiting.post, spoken_of(waiting.reasons, case), on, 2)
    row.tests = list(waiting.tests)
    if waiting.urgent:
        row.urgent, row.urgent_words = True, "Two small children are there every day."
        row.children, row.children_words = True, "Two, of primary school age, in the same house."
        row.due_on = add_working_days(on, URGENT_DAYS)
    if referrer(case, desk, waiting.post).role == "partner_member":
        row.name, row.born_on = f"{case.person.given_names} {case.person.family_name}", case.person.born_on
        row.case = row.matched_by = row.matched_at = None
    return row


def leave_an_outside_meeting(desk: Desk, cases: CasesAtHand) -> int:
    """A professionals' meeting outside MAPPA, about which the coordinator has asked and nobody has answered (7.3)."""
    case = cases.take(standing__mappa_level=1) or cases.take()
    if case is None or case.case_manager is None:
        return 0
    held = Held(
        kind="professionals",
        held_on=timezone.localdate() - timedelta(days=12),
        who=OUTSIDE["who"],
        purpose=OUTSIDE["why"],
        why_not_mappa=OUTSIDE["why_not"],
        agreed=OUTSIDE["agreed"],
    )
    with a_deed():
        meeting = record_other_meeting(by=case.case_manager, case=case, held=held)
    with a_deed():
        ask_about_meeting(by=desk.coordinator, meeting=meeting, words=QUESTION)
    return 1
