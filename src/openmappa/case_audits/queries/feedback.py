"""Feedback of audits, as those read it whom it was sent to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import AuditAnswer
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.queries.rules import form_in_service
from openmappa.cases.models import Case
from openmappa.core.packs.case_audits_rules import AuditCriterion


@dataclass(frozen=True)
class FeedbackShown:
    """Feedback with the answers on the case, criterion by criterion; one whose wording is no more has none."""

    feedback: Feedback
    answers: Sequence[tuple[AuditCriterion | None, AuditAnswer]]


def feedback_for(user: User) -> list[Feedback]:
    """What was sent to this person about cases that they still see: what waits for them first. Two queries."""
    rows = Feedback.objects.filter(to=user, case__in=Case.objects.visible_to(user))
    found = rows.select_related("case", "audited", "sent_by").order_by("-sent_at", "-id")
    return sorted(found, key=lambda one: one.acknowledged_at is not None)


def feedback_of(user: User, key: uuid.UUID) -> Feedback:
    """One that was sent to this person, on a case that they still see. Raises Http404. One query."""
    rows = Feedback.objects.filter(key=key, to=user, case__in=Case.objects.visible_to(user))
    row = rows.select_related("case", "audited", "sent_by").first()
    if row is None:
        raise Http404("No such feedback")
    return row


def feedback_shown(feedback: Feedback) -> FeedbackShown:
    """The answers that it is about, in the form's order. One query."""
    criteria = {one.id: one for one in form_in_service().criteria}
    rows = {row.criterion: row for row in AuditAnswer.objects.filter(audited=feedback.audited_id)}
    order = [*criteria, *(each for each in rows if each not in criteria)]
    return FeedbackShown(feedback, [(criteria.get(each), rows[each]) for each in order if each in rows])
