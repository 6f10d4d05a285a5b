"""A serious further offence in a demonstration: the review is open, and one agency has begun to write (4.23)."""

from datetime import timedelta

from django.utils import timezone

from openmappa.caseload.services.content.mappa.cases_at_hand import CasesAtHand
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.core.synthetic.content.mappa.moving_words import FURTHER
from openmappa.further_offences.services.reviewing import Alleged, open_review

OFFENCE_AGO, CHARGED_AGO = timedelta(days=16), timedelta(days=11)


def leave_a_review(desk: Desk, cases: CasesAtHand) -> int:
    """Open the review of one case, as the probation line manager would."""
    case = cases.take(standing__mappa_level__gte=2, standing__in_custody=False, probation_unit=desk.probation.unit)
    if case is None:
        return 0
    today = timezone.localdate()
    alleged = Alleged("other", FURTHER, today - OFFENCE_AGO, today - CHARGED_AGO)
    with a_deed():
        open_review(by=desk.probation, case=case, alleged=alleged)
    return 1
