"""Requests for information to other parties on the generated cases, a few of them overdue."""

from collections.abc import Sequence

from django.utils import timezone

from openmappa.caseload.services.content.filed import Filed
from openmappa.core.synthetic.content.asking import Asked, Asking
from openmappa.oasys.models_around import InformationRequest

AT_ONCE = 1000


def write_requests(cases: Sequence[Filed], asking: Asking) -> int:
    """Write them for these cases, in one statement; returns how many."""
    today = timezone.localdate()
    rows = [_row(filed, asked) for filed in cases if filed.manager for asked in asking.of(filed.content, today)]
    InformationRequest.objects.bulk_create(rows, AT_ONCE)
    return len(rows)


def _row(filed: Filed, asked: Asked) -> InformationRequest:
    return InformationRequest(
        case=filed.case,
        agency=asked.agency,
        post=asked.post,
        question=asked.question,
        way="letter",
        asked_on=asked.asked_on,
        due_on=asked.due_on,
        asked_by=filed.case.case_manager,
        answered_on=asked.answered_on,
        answer=asked.answer,
        answered_by=filed.case.case_manager if asked.answered_on else None,
    )
