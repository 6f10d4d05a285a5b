"""Scoring an RM2000, countersigning one, and saying why none is made."""

import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.assessments.errors import NoReason, NotEligible, NotScored, OwnWork
from openmappa.assessments.models import Countersignature, NoRm2000, Rm2000Score
from openmappa.assessments.queries import PACK, latest_rm2000, not_for, rm2000_rules
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.answers import AnswersRefused
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.whole import Rm2000Result, rm2000_of_one_person
from openmappa.core.packs.rm2000.shapes import NoScoreReason
from openmappa.core.standards.facts import Fact
from openmappa.notes.services import Placed, write_note
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.services import Recording, record_fact


def score_rm2000(
    *,
    by: User,
    case: Case,
    scored_on: date,
    items: Rm2000SItems,
    v_items: Rm2000VItems | None = None,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Recording:
    """Score an RM2000 and record it: one fact with the band of scale S and the assessor's rank, the items beside it.

    A reason why no score was made is withdrawn. Raises NotEligible (RM2000 is for men of 18 and over), NotScored (the
    answers), and what ``record_fact`` raises. Then nothing is written.
    """
    require(by, Permission.SCORE_RM2000)
    result = scored(case, scored_on, items, v_items)
    details = {"band": result.s.band.value, "rank": by.rank}
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
                fact=recording.fact, case=case, scored_by=by, pack=PACK, **asdict(items), **columns_of(result)
            )
            _withdraw_reason(by, case)
        return recording


def scored(case: Case, on: date, items: Rm2000SItems, v_items: Rm2000VItems | None) -> Rm2000Result:
    """The score of these answers for the person of this case, without recording it. Raises NotEligible, NotScored."""
    reasons = not_for(case, on)
    if reasons:
        why = " ".join(f"{reason.text}." for reason in reasons)
        raise NotEligible(
            f"RM2000 is only for men of 18 and over, convicted of a sexual offence. By the record: {why} So no score "
            "is made. Record that instead, on the page “Why no RM2000 is made”."
        )
    try:
        return rm2000_of_one_person(items, v_items, rm2000_rules())
    except AnswersRefused as refused:
        raise NotScored(refused.problems) from refused


def columns_of(result: Rm2000Result) -> dict[str, Any]:
    """A result as the columns of its row, with the answers to scale V beside the age."""
    columns = {
        "s_points": result.s.points,
        "s_first_band": result.s.first_band.value,
        "s_band": result.s.band.value,
    }
    if result.v and result.c:
        columns |= {
            "violent_appearances": result.v.items.violent_appearances,
            "burglary": result.v.items.burglary,
            "v_points": result.v.points,
            "v_band": result.v.band.value,
            "c_points": result.c.points,
            "c_band": result.c.band.value,
        }
    return columns


def record_no_rm2000(
    *,
    by: User,
    case: Case,
    code: str,
    decided_on: date,
    words: str = "",
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> NoRm2000:
    """Record the coded reason why no RM2000 is made, and write it as a note on the timeline.

    A reason that stood before is withdrawn. ``version`` is what ``notes.queries.record_version`` was when the form was
    opened. Raises NotAllowed; NoReason (not coded, not explained, against the record, or a score stands); and what
    ``write_note`` raises: NotWritten (the day), RecordMovedOn. Then nothing is written.
    """
    require(by, Permission.SCORE_RM2000)
    reason, said = _reason(case, code, words.strip(), decided_on), words.strip()
    with transaction.atomic():
        locked = lock_case(case)
        note = write_note(
            by=by,
            case=locked,
            text=f"No RM2000 is made: {_in_sentence(reason.text)}. {said}".strip(),
            placed=Placed(
                Compartment.OPEN, Basis.OPINION if reason.needs_words else Basis.FACT, Concern.OFFENDER, decided_on
            ),
            version=version,
            submission=submission,
        )
        earlier = NoRm2000.objects.filter(note=note).first()
        if earlier is not None:
            return earlier
        if latest_rm2000(locked) is not None:
            raise NoReason("An RM2000 stands on this case. If it should not have been made, void it first.")
        _withdraw_reason(by, locked)
        row = NoRm2000.objects.create(
            case=locked,
            note=note,
            code=reason.code,
            words=said,
            pack=PACK,
            decided_on=decided_on,
            decided_by=by,
            rank=by.rank,
        )
        log(by=by, verb="record no rm2000", case_id=locked.pk, about={"code": reason.code, "note": note.pk})
        return row


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
            raise NotRecorded("This RM2000 has been countersigned already. The RM2000 page shows by whom.")
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


def _reason(case: Case, code: str, words: str, on: date) -> NoScoreReason:
    """The coded reason, if it can be given for this person. Raises NoReason."""
    known = {reason.code: reason for reason in rm2000_rules().no_score_reasons}
    if code not in known:
        raise NoReason("Select why no RM2000 is made.")
    reason = known[code]
    if reason.needs_words and not words:
        raise NoReason("Write what the reason is on this case.")
    by_record = {reason.code for reason in not_for(case, on)}
    if code in {"not_male", "under_18"} - by_record:
        raise NoReason("The record says otherwise. Select another reason, or have the record corrected first.")
    return reason


def _withdraw_reason(by: User, case: Case) -> None:
    """Withdraw the reason why no score is made, if one stands."""
    standing = NoRm2000.objects.filter(case=case, withdrawn_at__isnull=True)
    standing.update(withdrawn_at=timezone.now(), withdrawn_by=by)


def _in_sentence(text: str) -> str:
    return text[0].lower() + text[1:]
