"""The offender's own views: given on a tablet that is handed over, or on paper and typed in."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.instruments.oasys.self_assessment import self_problems, self_standing
from openmappa.core.packs.load import load_self_assessment
from openmappa.core.packs.oasys_rules import Answer
from openmappa.oasys.models import Oasys
from openmappa.oasys.models_around import Filled, HandOver, SelfAssessment
from openmappa.timeline.errors import NotRecorded

PUT_AWAY_AFTER = timedelta(minutes=60)
"""A tablet on which nothing was saved for so long shows no question any more. Whoever reads slowly has the time."""


class PutAway(NotRecorded):
    """The tablet was given back, or nothing was saved on it for too long."""

    def __init__(self) -> None:
        super().__init__("This has been put away. What was answered before is kept. Give the tablet back.")


def hand_over(*, by: User, oasys: Oasys) -> HandOver:
    """Hand a tablet over for the offender's own views. One that was handed over before for the same is put away.

    The caller ends the person's session on it. Raises NotAllowed, NotRecorded (it is no draft; they are done already).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        row = _begin(by, oasys, Filled.TABLET)
        HandOver.objects.filter(self_assessment=row, ended_at__isnull=True).update(ended_at=timezone.now())
        made = HandOver.objects.create(case=row.case, self_assessment=row, given_by=by)
        log(by=by, verb="hand over tablet", case_id=row.case_id, about={"oasys": oasys.pk, "hand_over": made.pk})
        return made


def keep_on_tablet(*, by: User, hand_over: HandOver, answers: Mapping[str, Answer]) -> SelfAssessment:
    """Keep what the offender answers on a tablet that ``by`` handed over; what is not named stays as it was.

    Raises PutAway, NotRecorded (an answer that cannot be kept).
    """
    with transaction.atomic():
        row = _still_handed_over(hand_over)
        _keep(row, {**row.answers, **answers})
        log(by=by, verb="keep offender’s answers", case_id=row.case_id, about={"hand_over": hand_over.pk})
        return row


def finish_on_tablet(*, by: User, hand_over: HandOver) -> SelfAssessment:
    """The offender says that they are done. Raises PutAway."""
    with transaction.atomic():
        row = _still_handed_over(hand_over)
        row.done_at = timezone.now()
        row.save(update_fields=["done_at"])
        log(by=by, verb="finish offender’s answers", case_id=row.case_id, about={"hand_over": hand_over.pk})
        return row


def take_back(*, by: User, hand_over: HandOver) -> None:
    """The tablet is back with staff, who have proved who they are. Again changes nothing."""
    with transaction.atomic():
        ended = HandOver.objects.filter(pk=hand_over.pk, ended_at__isnull=True).update(ended_at=timezone.now())
        if ended:
            log(by=by, verb="take tablet back", case_id=hand_over.case_id, about={"hand_over": hand_over.pk})


def type_in(*, by: User, oasys: Oasys, answers: Mapping[str, Answer]) -> SelfAssessment:
    """Type in what the offender wrote on paper. Raises NotAllowed, NotRecorded (no draft; an answer cannot be kept)."""
    require(by, Permission.RECORD_ASSESSMENT)
    if not any(answers.values()):
        raise NotRecorded("Type in at least one answer. Where they left everything out, write that in a note.")
    with transaction.atomic():
        row = _begin(by, oasys, Filled.PAPER)
        row.filled, row.done_at = Filled.PAPER, timezone.now()
        row.save(update_fields=["filled", "done_at"])
        _keep(row, answers)
        log(by=by, verb="type in offender’s answers", case_id=row.case_id, about={"oasys": oasys.pk})
        return row


def _begin(by: User, oasys: Oasys, filled: Filled) -> SelfAssessment:
    locked = Oasys.objects.select_for_update().get(pk=oasys.pk)
    if not locked.is_draft:
        raise NotRecorded("This OASys is no draft any more. The offender’s views belong to the next one.")
    found = SelfAssessment.objects.filter(oasys=locked).first()
    if found is None:
        return SelfAssessment.objects.create(case=locked.case, oasys=locked, filled=filled, started_by=by)
    if filled is Filled.TABLET and found.done_at is not None:
        raise NotRecorded("The offender has given their views for this OASys already.")
    return found


def _still_handed_over(hand_over: HandOver) -> SelfAssessment:
    now = timezone.now()
    kept = HandOver.objects.filter(pk=hand_over.pk, ended_at__isnull=True, used_at__gt=now - PUT_AWAY_AFTER)
    if not kept.update(used_at=now):
        raise PutAway
    row = SelfAssessment.objects.select_for_update().select_related("oasys").get(pk=hand_over.self_assessment_id)
    if row.done_at is not None or not row.oasys.is_draft:
        raise PutAway
    return row


def _keep(row: SelfAssessment, answers: Mapping[str, Answer]) -> None:
    rules = load_self_assessment(row.oasys.pack)
    refused = self_problems(rules, answers)
    if refused:
        raise NotRecorded(" ".join(refused.values()))
    row.answers, row.saved_at = self_standing(rules, answers), timezone.now()
    row.save(update_fields=["answers", "saved_at"])
