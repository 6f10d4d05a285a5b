"""Scoring an RM2000, and countersigning one."""

import uuid
from dataclasses import asdict
from datetime import date

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.assessments.errors import NotEligible, NotScored, OwnWork
from openmappa.assessments.models import Countersignature, Rm2000Score
from openmappa.assessments.queries import PACK, latest_rm2000, rm2000_rules
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.answers import AnswersRefused
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.instruments.rm2000.scale_s import Rm2000SResult, scale_s
from openmappa.core.standards.facts import Fact
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.services import Recording, record_fact


def score_rm2000(
    *,
    by: User,
    case: Case,
    scored_on: date,
    items: Rm2000SItems,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Recording:
    """Score an RM2000/S and record it: one fact with the band and the assessor's rank, and the items beside it.

    Raises NotEligible (RM2000 is for men), NotScored (the answers), and what ``record_fact`` raises.
    Then nothing is written.
    """
    require(by, Permission.SCORE_RM2000)
    result = scored(case, items)
    details = {"band": result.band.value, "rank": by.rank}
    with transaction.atomic():
        recording = record_fact(
            by=by,
            case=case,
            fact=Fact("rm2000_completed", scored_on, details, scored_on),
            version=version,
            submission=submission,
        )
        if not recording.replayed:
            Rm2000Score.objects.create(
                fact=recording.fact,
                case=case,
                scored_by=by,
                pack=PACK,
                s_points=result.points,
                s_first_band=result.first_band.value,
                s_band=result.band.value,
                **asdict(items),
            )
        return recording


def scored(case: Case, items: Rm2000SItems) -> Rm2000SResult:
    """The score of these answers for the person of this case, without recording it. Raises NotEligible, NotScored."""
    if case.person.sex != "male":
        raise NotEligible(
            "RM2000 is only for men convicted of a sexual offence. This person is not recorded as male, so no score is "
            "made. Use OASys and professional judgement, and say so in the assessment."
        )
    try:
        return scale_s(items, rm2000_rules())
    except AnswersRefused as refused:
        raise NotScored(refused.problems) from refused


def countersign_rm2000(
    *,
    by: User,
    case: Case,
    signed_on: date,
    comment: str = "",
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Recording:
    """Countersign the RM2000 that stands on a case: never one's own, by a sergeant, an SPO or somebody above.

    Raises NotRecorded (there is none, it is signed already, or the rank is too low), OwnWork, and what ``record_fact``
    raises. Source: 7.4.
    """
    require(by, Permission.COUNTERSIGN_RM2000)
    with transaction.atomic():
        latest = latest_rm2000(case)
        if latest is None:
            raise NotRecorded("There is no RM2000 on this case to countersign.")
        if latest.fact.recorded_by_id == by.pk:
            raise OwnWork("You scored this RM2000 yourself. Somebody else has to countersign it.")
        if not by.can_countersign:
            raise NotRecorded(
                "Only a sergeant, a senior probation officer, or somebody above them countersigns an RM2000."
            )
        if latest.signed is not None and (submission is None or latest.signed.submission != submission):
            raise NotRecorded("This RM2000 has been countersigned already. The assessments page shows by whom.")
        if signed_on < latest.fact.on:
            raise NotRecorded("The countersignature cannot be before the RM2000 was scored.")
        recording = record_fact(
            by=by,
            case=case,
            fact=Fact("rm2000_countersigned", signed_on, {}, signed_on),
            version=version,
            submission=submission,
        )
        if not recording.replayed:
            Countersignature.objects.create(
                fact=recording.fact, case=case, of=latest.fact, signed_by=by, comment=comment.strip()
            )
        return recording
