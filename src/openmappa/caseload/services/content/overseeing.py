"""What line managers left behind on the generated cases: marks of quality, reviews, and why starts were late."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.assessments.queries import PACK
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.moments import signed_at
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.synthetic.content.oversight import CaseReview, Marking, Overseer
from openmappa.line_management.models import LatenessReason, ManagementReview, QualityMark, QualityMarking
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.starts import is_late
from openmappa.notes.models import Note
from openmappa.timeline.models import Duty

AT_ONCE = 1000
MARKED_AFTER = timedelta(days=21)
MONTH = timedelta(days=30)


def write_oversight(cases: Sequence[Filed], overseer: Overseer) -> int:
    """Write it for these cases, in eight statements or so; returns how many markings, reviews and reasons."""
    return _write_markings(cases, overseer) + _write_reviews(cases, overseer) + _write_reasons(cases, overseer)


def _write_markings(cases: Sequence[Filed], overseer: Overseer) -> int:
    markings, marks = [], []
    for filed in cases:
        manager = filed.managers.probation
        if manager is None or filed.manager is None:
            continue
        for marking in overseer.markings(filed.content):
            row = _marking(filed, manager, marking)
            markings.append(row)
            marks += [
                QualityMark(marking=row, case=filed.case, criterion=name, mark=mark.value, comment=comment)
                for name, (mark, comment) in marking.marks.items()
            ]
    QualityMarking.objects.bulk_create(markings, AT_ONCE)
    QualityMark.objects.bulk_create(marks, AT_ONCE)
    return len(markings)


def _marking(filed: Filed, manager: User, marking: Marking) -> QualityMarking:
    fact = filed.known.facts[marking.fact]
    author = filed.case.case_manager
    return QualityMarking(
        case=filed.case,
        fact_id=filed.ids[marking.fact],
        author=author,
        unit_id=(author.unit_id if author else None) or filed.case.probation_unit_id or 0,
        marked_by=manager,
        marked_on=min(fact.recorded_on + MARKED_AFTER, timezone.localdate()),
        pack=PACK,
    )


def _write_reviews(cases: Sequence[Filed], overseer: Overseer) -> int:
    made = list(_reviews(cases, overseer))
    notes = Note.objects.bulk_create([_note(filed, manager, review) for filed, manager, review in made], AT_ONCE)
    ManagementReview.objects.bulk_create(
        [
            ManagementReview(
                case=filed.case,
                reviewed_on=review.on,
                reviewed_by=manager,
                looked_at=list(review.looked_at),
                outcomes=[review.outcome],
                next_on=review.next_on,
                note=note,
                pack=PACK,
            )
            for note, (filed, manager, review) in zip(notes, made, strict=True)
        ],
        AT_ONCE,
    )
    return len(made)


def _reviews(cases: Sequence[Filed], overseer: Overseer) -> Iterator[tuple[Filed, User, CaseReview]]:
    for filed in cases:
        manager = filed.managers.probation
        review = overseer.review(filed.content, timezone.localdate()) if manager else None
        if manager and review:
            yield filed, manager, review


def _note(filed: Filed, manager: User, review: CaseReview) -> Note:
    return Note(
        case=filed.case,
        compartment=Compartment.CONFIDENTIAL.value,
        basis=Basis.OPINION.value,
        concerns=Concern.OFFENDER.value,
        on=review.on,
        agency=manager.agency,
        written_by=manager,
        written_at=signed_at(review.on),
        version=filed.case.version,
        text=f"Management review. {review.words}",
    )


def _write_reasons(cases: Sequence[Filed], overseer: Overseer) -> int:
    """Reasons for half of the starts that came late, or have not come, in the months that the page shows."""
    by_case = {filed.case.pk: filed for filed in cases}
    today = timezone.localdate()
    since = today - MONTH * rules().starts.months
    duties = Duty.objects.filter(case__in=by_case, standard__in=rules().starts.standards, due_on__gte=since)
    reasons = [
        reason
        for duty in duties.order_by("case_id", "standard", "opened_on", "id")
        if is_late(duty, today) and (reason := _reason(duty, by_case[duty.case_id], overseer))
    ]
    LatenessReason.objects.bulk_create(reasons, AT_ONCE)
    return len(reasons)


def _reason(duty: Duty, filed: Filed, overseer: Overseer) -> LatenessReason | None:
    person = filed.officer if duty.of == "police_officer" else filed.manager
    reason = overseer.reason() if person else None
    if reason is None:
        return None
    return LatenessReason(
        case=filed.case,
        standard=duty.standard,
        opened_on=duty.opened_on,
        because_fact_id=duty.because_fact_id,
        reason=reason,
        given_by=person,
        given_at=timezone.now(),
    )
