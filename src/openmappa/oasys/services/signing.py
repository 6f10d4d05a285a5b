"""Signing an OASys, which records it; and starting a new version of one that is signed."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.bands import HarmLevel
from openmappa.core.standards.facts import Fact
from openmappa.oasys.errors import NotADraft, NotComplete
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.likelihood import likelihood_of
from openmappa.oasys.queries.oasys import Written, written
from openmappa.oasys.services.drafting import add_sections, lock_draft, refuse_second_draft
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.services import Recording, record_fact, void_fact

ALWAYS_COUNTERSIGNED = (HarmLevel.HIGH, HarmLevel.VERY_HIGH)
CORRECTED = "Corrected by a later version of this OASys."


class ReadBefore(NotRecorded):
    """A section was saved after the page with the signature was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody saved a section of this OASys after you opened this page. Read it again, then sign: "
            "your name stands under everything in it."
        )


@dataclass(frozen=True)
class Signature:
    """What the person who signs has before them: the day of the OASys, and how far the sections were saved.

    ``voids_earlier``: the entry of the version that this one corrects was wrong, and is voided.
    """

    on: date
    revision: int
    voids_earlier: bool = False


def revision_of(found: Written) -> int:
    """Counts everything that was saved in an OASys."""
    return sum(row.revision for row in found.rows.values())


def needs_countersignature(found: Written) -> bool:
    """Whether it needs one: a high or very high level, or a decision against a full analysis that is called for."""
    summary = found.summary
    return summary.overall in ALWAYS_COUNTERSIGNED or summary.screening.is_decided_against


def sign_oasys(
    *,
    by: User,
    oasys: Oasys,
    signature: Signature,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Recording:
    """Sign an OASys: one fact with its stage and overall level of harm; from then on it never changes.

    The same form sent again returns the first recording. Raises NotAllowed, NotADraft, NotComplete (with what is
    missing), ReadBefore, and what ``record_fact`` and ``void_fact`` raise. Then nothing is written.
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        case = lock_case(oasys.case)
        signed = _signed_before(oasys, submission)
        if signed is not None:
            return signed
        row = lock_draft(oasys)
        found = written(row)
        if revision_of(found) != signature.revision:
            raise ReadBefore
        if found.missing or found.summary.overall is None:
            raise NotComplete(found.missing)
        details = {"stage": row.stage, "harm": found.summary.overall.value}
        recording = record_fact(
            by=by,
            case=case,
            fact=Fact("oasys_completed", signature.on, details, timezone.localdate()),
            version=version,
            submission=submission,
        )
        _store(by, row, found, recording)
        if signature.voids_earlier and row.replaces and row.replaces.fact and not row.replaces.fact.is_voided:
            void_fact(by=by, fact=row.replaces.fact, reason=CORRECTED)
        log(by=by, verb="sign OASys", case_id=case.pk, about={"oasys": row.pk, "fact": recording.fact.pk})
        return recording


def correct_oasys(*, by: User, oasys: Oasys) -> Oasys:
    """Start a new version of a signed OASys, with its answers, which stay confirmed: it is the same assessment.

    Asked again while that version is a draft, it returns it. Raises NotAllowed, NotRecorded (it is not signed, or a
    later version is), DraftExists.
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        case = lock_case(oasys.case)
        row = Oasys.objects.get(pk=oasys.pk)
        if row.signed_at is None:
            raise NotRecorded("Only a signed OASys has a new version. A draft is changed as it stands.")
        later = Oasys.objects.filter(replaces=row, abandoned_at__isnull=True).first()
        if later is not None and later.is_draft:
            return later
        if later is not None:
            raise NotRecorded("A later version of this OASys has been signed. Correct that one.")
        refuse_second_draft(case)
        return _new_version(by, case, row)


def _new_version(by: User, case: Case, row: Oasys) -> Oasys:
    made = Oasys.objects.create(
        case=case,
        stage=row.stage,
        number=row.number + 1,
        replaces=row,
        copied_from=row,
        pack=row.pack,
        started_by=by,
    )
    answers = {slug: dict(found) for slug, found in written(row).answers.items()}
    add_sections(by, made, answers, {})
    log(by=by, verb="correct OASys", case_id=case.pk, about={"oasys": made.pk, "replaces": row.pk})
    return made


def _signed_before(oasys: Oasys, submission: uuid.UUID | None) -> Recording | None:
    """What the same form recorded when it was sent first."""
    row = Oasys.objects.select_related("fact").get(pk=oasys.pk)
    if row.fact is None:
        return None
    if submission is not None and row.fact.submission == submission:
        return Recording(row.fact, replayed=True)
    raise NotADraft(row)


def _store(by: User, row: Oasys, found: Written, recording: Recording) -> None:
    worked_out: dict[str, Any] = likelihood_of(found.answers, row.pack).columns
    overall = found.summary.overall
    worked_out |= {
        "harm_level": overall.value if overall else "",
        "needs_countersignature": needs_countersignature(found),
    }
    worked_out |= {"fact": recording.fact, "signed_by": by, "signed_at": timezone.now()}
    for name, value in worked_out.items():
        setattr(row, name, value)
    row.save(update_fields=list(worked_out))
