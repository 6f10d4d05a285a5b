"""Writing to a case: record a fact, void a mistake, tell others of a change, acknowledge one.

Each re-derives the case's duties in the same transaction, and tells those who must know of what changed (9.10).
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case, next_version
from openmappa.core.access import Permission
from openmappa.core.changes import acknowledge_by
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.packs.change_rules import What
from openmappa.core.recording import TO_RECORD
from openmappa.core.standards import facts as core
from openmappa.core.standards.checks import leaning_on, objections
from openmappa.core.standards.words import describe_in_sentence, in_full
from openmappa.notes.services import Placed, write_note
from openmappa.timeline.derivation import derive
from openmappa.timeline.errors import AlreadyVoided, ChangedMeanwhile, Impossible, NotRecorded
from openmappa.timeline.models import Acknowledgement, ChangeNotice, Fact
from openmappa.timeline.queries.changes import fact_that_meets_the_duty, rules_in_service
from openmappa.timeline.queries.facts import core_facts
from openmappa.timeline.telling import (
    acknowledged_by_fact,
    open_notices,
    sent_to_all,
    settle_if_done,
    withdraw_notices,
)

SENT_BEFORE = (
    "This form was saved before, with other answers or since voided. That is on the timeline, and nothing was saved "
    "now. To correct it, void that entry; then open the form again from the case and record what is right."
)


@dataclass(frozen=True)
class Recording:
    """What recording did: the stored fact, and whether this same form had been stored before (sent twice)."""

    fact: Fact
    replayed: bool = False


def record_fact(
    *, by: User, case: Case, fact: core.Fact, version: int | None = None, submission: uuid.UUID | None = None
) -> Recording:
    """Record that something happened on a case, and re-derive what is due.

    ``version`` is the case's version that the person saw; None means that they accept whatever was recorded since.
    ``submission`` is the form's token: the same form sent again returns the first recording and writes nothing.

    Raises NotAllowed (the role), Impossible (the fact), ChangedMeanwhile (a stale page), NotRecorded (a form that was
    saved before, sent again with other answers); then nothing is written.
    """
    require(by, TO_RECORD[fact.kind])
    with transaction.atomic():
        locked = lock_case(case)
        earlier = Fact.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            if earlier.case_id != locked.pk:
                raise NotRecorded("This form was sent for another case before. Open the form again from this case.")
            if earlier.is_voided or not _says_the_same(earlier, fact):
                raise NotRecorded(SENT_BEFORE)
            return Recording(earlier, replayed=True)
        refuse_if_changed(locked, version)
        standing = core_facts(locked)
        against = objections(fact, standing.facts, born_on=locked.person.born_on, today=timezone.localdate())
        if against:
            raise Impossible(against)
        made = next_version(locked)
        row = Fact.objects.create(
            case=locked,
            kind=fact.kind,
            on=fact.on,
            details=core.details_to_json(fact),
            recorded_on=timezone.localdate(),
            recorded_by=by,
            submission=submission,
            version=made,
        )
        derive(locked)
        about: dict[str, object] = {"fact": row.pk, "on": fact.on.isoformat()}
        told = open_notices(by=by, case=locked, row=row, fact=fact, earlier=standing.facts)
        acknowledged_by_fact(by=by, case=locked, fact=fact, at=row.recorded_at)
        log(by=by, verb=f"record {fact.kind}", case_id=locked.pk, about=about | ({"told": told} if told else {}))
        return Recording(row)


def void_fact(*, by: User, fact: Fact, reason: str, version: int | None = None) -> Fact:
    """Mark a fact as a mistake, with the reason, and re-derive what is due without it.

    A person may void what they recorded themselves; a line manager may void anything on a case they can see.
    What it had told others is withdrawn, and they are told so.
    Raises NotAllowed, AlreadyVoided, ChangedMeanwhile, NotRecorded (no reason, or another fact leans on this one).
    """
    own = fact.recorded_by_id == by.pk
    require(by, Permission.VOID_OWN_FACT if own else Permission.VOID_ANY_FACT)
    if not reason.strip():
        raise NotRecorded("Say why this is a mistake. The reason stays on the timeline.")
    return _voided(by, fact, reason, version)


def withdraw_agreed_action(*, by: User, fact: Fact, reason: str) -> Fact:
    """An action that was agreed is no longer asked for: its fact stays with the reason, and its duty goes.

    The facts know no other way to say so: an action is completed, or it was not to be done after all. Raises as
    ``void_fact`` does; ValueError for a fact of another kind.
    """
    require(by, Permission.RECORD_ACTION)
    if fact.kind != "action_agreed":
        raise ValueError(f"a fact of kind {fact.kind} is voided, not withdrawn")
    return _voided(by, fact, reason)


def _voided(by: User, fact: Fact, reason: str, version: int | None = None) -> Fact:
    with transaction.atomic():
        locked = lock_case(fact.case)
        refuse_if_changed(locked, version)
        row = Fact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
        if row.is_voided:
            raise AlreadyVoided("This was voided before. The timeline shows by whom and why.")
        refuse_if_leaned_on(locked, row)
        row.voided_at = timezone.now()
        row.voided_by = by
        row.void_reason = reason.strip()
        row.voided_version = next_version(locked)
        row.save(update_fields=["voided_at", "voided_by", "void_reason", "voided_version"])
        derive(locked)
        withdraw_notices(by=by, case=locked, row=row)
        log(by=by, verb="void fact", case_id=locked.pk, about={"fact": row.pk, "kind": row.kind})
        return row


def acknowledge_change(*, by: User, notice: ChangeNotice, comment: str = "") -> None:
    """Say that one knows of a change, and what one did about it; doing it again changes nothing.

    Where the standards make it the duty of the person's service that it acknowledges such a change, and that duty is
    open, it is met: the fact is recorded too. Raises NotAllowed; NotRecorded when the change was withdrawn, or this
    person is not among those who must know.
    """
    require(by, Permission.READ_RECORD)
    with transaction.atomic():
        locked = lock_case(notice.case)
        row = Acknowledgement.objects.select_for_update(of=("self",)).filter(notice=notice, person=by).first()
        standing = ChangeNotice.objects.standing().filter(pk=notice.pk).exists()
        if not standing:
            raise NotRecorded("This change was a mistake and is withdrawn, so there is nothing to acknowledge.")
        if row is None:
            raise NotRecorded("You are not among those who must acknowledge this change. Others have been told of it.")
        if row.acknowledged_at is not None:
            return
        row.acknowledged_at, row.comment, row.lapsed_at = timezone.now(), comment.strip(), None
        row.save(update_fields=["acknowledged_at", "comment", "lapsed_at"])
        settle_if_done(by=by, case=locked)
        fact = fact_that_meets_the_duty(by, locked, notice)
        if fact is not None:
            record_fact(by=by, case=locked, fact=fact)
        log(by=by, verb="acknowledge change", case_id=locked.pk, about={"notice": notice.pk, "due": row.due_on})


def tell_of_circumstances(
    *,
    by: User,
    case: Case,
    topic: str,
    text: str,
    on: date,
    basis: Basis,
    compartment: Compartment,
    submission: uuid.UUID | None = None,
) -> ChangeNotice:
    """Tell those who must know that somebody's circumstances changed: a note that says how, and a notice of it.

    ``topic`` is one of the pack's. Both stand in ``compartment``, so that only who reads the note is told. The same
    form sent again returns the first notice. Raises NotAllowed; NotWritten (the place, the day, no words).
    """
    placed = Placed(compartment, basis, Concern.OFFENDER, on)
    about = {"what": What.CIRCUMSTANCES, "rule": topic, "compartment": compartment}
    return _told_with_a_note(by, case, text, placed, about, submission)


def tell_of_victim_risk(
    *,
    by: User,
    case: Case,
    text: str,
    on: date,
    basis: Basis,
    compartment: Compartment,
    urgent: bool,
    contact: User,
    submission: uuid.UUID | None = None,
) -> ChangeNotice:
    """Tell those who must know *that* the risk to a victim changed, how urgent it is and whom to ring.

    What it is stands in a note in the victim or confidential compartment, and nowhere else. The same form sent again
    returns the first notice. Raises NotAllowed; NotWritten (the place, the day, no words).
    """
    placed = Placed(compartment, basis, Concern.VICTIM, on)
    about = {"what": What.VICTIM_RISK, "rule": What.VICTIM_RISK, "urgent": urgent, "contact": contact}
    return _told_with_a_note(by, case, text, placed, about, submission)


def _told_with_a_note(
    by: User, case: Case, text: str, placed: Placed, about: Mapping[str, Any], submission: uuid.UUID | None
) -> ChangeNotice:
    require(by, Permission.WRITE_NOTE)
    with transaction.atomic():
        locked = lock_case(case)
        earlier = ChangeNotice.objects.filter(case=locked, submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        note = write_note(by=by, case=locked, text=text, placed=placed)
        now = timezone.now()
        due_on = acknowledge_by(timezone.localdate(now), rules_in_service(), urgent=about.get("urgent", False))
        notice = ChangeNotice(
            case=locked, note=note, opened_at=now, opened_by=by, due_on=due_on, submission=submission, **about
        )
        told = sent_to_all([notice], locked, but=[by])
        log(by=by, verb="tell of change", case_id=locked.pk, about={"notice": notice.pk, "told": told})
        return notice


def refuse_if_leaned_on(case: Case, row: Fact) -> None:
    """Raise NotRecorded when another fact, such as a countersignature, would be left in the air by voiding this one."""
    standing = core_facts(case)
    place = standing.ids.index(row.pk)
    others = [*standing.facts[:place], *standing.facts[place + 1 :]]
    leaning = leaning_on(standing.facts[place], others)
    if leaning is not None:
        raise NotRecorded(
            f"Another entry rests on this one: {describe_in_sentence(leaning)}, {in_full(leaning.on)}. "
            "If this was a mistake, that was one too: void it first, or ask whoever recorded it."
        )


def refuse_if_changed(case: Case, seen: int | None) -> None:
    """Raise ChangedMeanwhile when the case has moved on from the version that was seen."""
    if seen is None or seen == case.version:
        return
    since = Fact.objects.filter(case=case).filter(Q(version__gt=seen) | Q(voided_version__gt=seen))
    raise ChangedMeanwhile(case.version, tuple(since.select_related("recorded_by", "voided_by").order_by("id")))


def _says_the_same(row: Fact, fact: core.Fact) -> bool:
    return (row.kind, row.on, row.details) == (fact.kind, fact.on, core.details_to_json(fact))
