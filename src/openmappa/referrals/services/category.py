"""Confirming the MAPPA category that was worked out, or saying another with the reason."""

import uuid

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.mappa.category import Answers, work_out
from openmappa.referrals.errors import NotDecided
from openmappa.referrals.models.levels import CategoryConfirmation
from openmappa.referrals.queries.rules import referral_rules
from openmappa.timeline.queries.facts import core_facts


def confirm_category(
    *,
    by: User,
    case: Case,
    answers: Answers,
    category: int | None,
    reason: str = "",
    submission: uuid.UUID | None = None,
) -> CategoryConfirmation:
    """Confirm the category of a case; None is that it is in none. It is worked out again from the record as it stands.

    Another than was worked out needs a reason. Where a level stands, its category changes with the next decision on the
    level. The same form sent again returns the first confirmation. Raises NotAllowed, NotDecided.
    """
    require(by, Permission.SET_MAPPA_LEVEL)
    with transaction.atomic():
        locked = lock_case(case)
        earlier = (
            CategoryConfirmation.objects.filter(case=locked, submission=submission).first() if submission else None
        )
        if earlier is not None:
            return earlier
        found = work_out(core_facts(locked).facts, answers, referral_rules(), timezone.localdate())
        said = reason.strip()
        if found.asks and category in (None, 2, 3) and not said:
            raise NotDecided("Answer what the record does not hold, or say why the category is clear without it.")
        if category != found.category and not said:
            raise NotDecided("This is another category than was worked out. Say why.")
        row = CategoryConfirmation.objects.create(
            case=locked,
            worked_out=found.category,
            confirmed=category,
            because=" ".join([found.in_words, *found.doubts]),
            reason=said,
            offence=answers.offence,
            sentence_months=answers.sentence_months,
            hospital_order=answers.hospital_order,
            confirmed_by=by,
            confirmed_at=timezone.now(),
            submission=submission,
        )
        about = {"confirmation": row.pk, "category": category, "worked_out": found.category}
        log(by=by, verb="confirm category", case_id=locked.pk, about=about)
        return row
