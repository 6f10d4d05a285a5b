"""Writing an OASys: starting one, saving a section at any time, abandoning a draft."""

import uuid
from collections.abc import Set

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.instruments.oasys.answering import NO_ANSWERS, is_answered, problems
from openmappa.core.instruments.oasys.copying import copied_forward, unconfirmed_after
from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import Answer, Answers, OasysRules
from openmappa.core.packs.oasys_rules import OasysSection as Section
from openmappa.oasys.errors import DraftExists, NotADraft, NotKept, SavedMeanwhile
from openmappa.oasys.models import STAGES, Oasys, OasysSection
from openmappa.oasys.queries.oasys import PACK, draft_of, latest_signed, written
from openmappa.timeline.errors import NotRecorded

NOBODY_CONFIRMED: Set[str] = frozenset()


def start_oasys(
    *, by: User, case: Case, stage: str, copy_last: bool = False, submission: uuid.UUID | None = None
) -> Oasys:
    """Start an OASys: blank, or with the answers of the last signed one, every answer to be confirmed.

    The same form sent again returns the draft that it started. Raises NotAllowed, DraftExists, NotRecorded (an unknown
    stage, nothing to copy).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    if stage not in STAGES:
        raise NotRecorded("Choose which OASys this is.")
    with transaction.atomic():
        locked = lock_case(case)
        earlier = Oasys.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        refuse_second_draft(locked)
        last = latest_signed(locked) if copy_last else None
        if copy_last and last is None:
            raise NotRecorded("There is no signed OASys on this case to copy from. Start with a blank one.")
        row = Oasys.objects.create(
            case=locked, stage=stage, pack=PACK, copied_from=last, started_by=by, submission=submission
        )
        if last is not None:
            copied = copied_forward(load_oasys(PACK), written(last).answers)
            add_sections(by, row, copied.answers, copied.unconfirmed)
        about = {"oasys": row.pk, "stage": stage, "copied_from": last.pk if last else None}
        log(by=by, verb="start OASys", case_id=locked.pk, about=about)
        return row


def save_section(
    *,
    by: User,
    oasys: Oasys,
    section: str,
    answers: Answers,
    confirmed: Set[str] = NOBODY_CONFIRMED,
    revision: int,
    page: uuid.UUID | None = None,
    turn: int = 0,
) -> OasysSection:
    """Save the answers to one section, complete or not, with the copied ones that were confirmed.

    ``revision`` is the section's that the person saw (0: nothing had been saved); ``page`` the token of the page they
    have open, so that a page that saves again and again, or after a lost connection, never meets itself; ``turn``
    counts what that page sent, so that what arrives late never overwrites what was sent after it. Answers that are
    saved already are not written again.

    Raises NotAllowed, NotADraft, NotKept (the answers), SavedMeanwhile (somebody else, or another window).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        locked = lock_draft(oasys)
        asked = load_oasys(locked.pack).section(section)
        refused = problems(asked, answers)
        if refused:
            raise NotKept(refused)
        kept = {name: answer for name, answer in answers.items() if is_answered(answer)}
        row = OasysSection.objects.filter(oasys=locked, section=section).select_related("saved_by").first()
        left = _still_unconfirmed(asked, row, kept, confirmed)
        if row is not None and (row.answers, set(row.unconfirmed)) == (kept, left):
            return row
        if row is None and not kept:
            return OasysSection(case=locked.case, oasys=locked, section=section, saved_by=by, revision=0)
        if row is not None and row.revision != revision and not _goes_on(row, page, turn):
            raise SavedMeanwhile(row)
        into = row or OasysSection(section=section, revision=0)
        into.page, into.turn = page, turn
        return _store(by, locked, into, kept, left)


def abandon_draft(*, by: User, oasys: Oasys, reason: str) -> Oasys:
    """Give up a draft, with the reason; it stays readable. Doing it again changes nothing.

    Raises NotAllowed, NotADraft (it was signed), NotRecorded (no reason).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    if not reason.strip():
        raise NotRecorded("Say why this draft is abandoned. The reason stays with it.")
    with transaction.atomic():
        row = Oasys.objects.select_for_update(of=("self",)).get(pk=oasys.pk)
        if row.abandoned_at is not None:
            return row
        if not row.is_draft:
            raise NotADraft(row)
        row.abandoned_by, row.abandoned_at, row.abandon_reason = by, timezone.now(), reason.strip()
        row.save(update_fields=["abandoned_by", "abandoned_at", "abandon_reason"])
        log(by=by, verb="abandon OASys", case_id=row.case_id, about={"oasys": row.pk})
        return row


def lock_draft(oasys: Oasys) -> Oasys:
    """The draft, locked until the transaction ends. Raises NotADraft."""
    row = Oasys.objects.select_for_update(of=("self",)).select_related("case").get(pk=oasys.pk)
    if not row.is_draft:
        raise NotADraft(row)
    return row


def refuse_second_draft(case: Case) -> None:
    """Raise DraftExists where a draft is on the (locked) case already."""
    draft = draft_of(case)
    if draft is not None:
        raise DraftExists(draft)


def add_sections(
    by: User, oasys: Oasys, answers: dict[str, dict[str, Answer]], unconfirmed: dict[str, frozenset[str]]
) -> None:
    """Give a new draft the answers that it begins with."""
    OasysSection.objects.bulk_create(
        OasysSection(
            case_id=oasys.case_id,
            oasys=oasys,
            section=slug,
            answers=found,
            unconfirmed=sorted(unconfirmed.get(slug, ())),
            saved_by=by,
            saved_at=timezone.now(),
        )
        for slug, found in answers.items()
    )


def rules_of(oasys: Oasys) -> OasysRules:
    """The questions of the pack that this OASys was started by."""
    return load_oasys(oasys.pack)


def _still_unconfirmed(section: Section, row: OasysSection | None, kept: Answers, confirmed: Set[str]) -> set[str]:
    if row is None:
        return set()
    return set(unconfirmed_after(section, set(row.unconfirmed), row.answers or NO_ANSWERS, kept, confirmed))


def _goes_on(row: OasysSection, page: uuid.UUID | None, turn: int) -> bool:
    """Whether the page that saved last sends this, and not before what it saved last."""
    return page is not None and row.page == page and turn >= row.turn


def _store(by: User, oasys: Oasys, row: OasysSection, kept: dict[str, Answer], left: set[str]) -> OasysSection:
    row.case, row.oasys = oasys.case, oasys
    row.answers, row.unconfirmed = kept, sorted(left)
    row.saved_by, row.saved_at, row.revision = by, timezone.now(), row.revision + 1
    row.save()
    log(by=by, verb="save OASys section", case_id=oasys.case_id, about={"oasys": oasys.pk, "section": row.section})
    return row
