"""Recalls from licence: asked for, decided, returned and released with the facts of custody, set aside."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.orders.recall import Decision, RecallStands, decision_problems, recall_problems
from openmappa.core.standards import facts as core
from openmappa.orders.errors import SENT_BEFORE, ChangedSince, NotRecorded
from openmappa.orders.models.recall import Recall
from openmappa.orders.queries.recalls import (
    RELEASED,
    RETURNED,
    recalls_of_case,
    releases_that_may_be,
    returns_that_may_be,
)
from openmappa.orders.services.telling import note, tell_on_case
from openmappa.timeline.errors import Impossible
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_facts
from openmappa.timeline.services import record_fact
from openmappa.ui.formats import day

NEEDS = Permission.RECORD_CUSTODY


@dataclass(frozen=True)
class Request:
    """What a form says of a request for recall."""

    asked_on: date
    asked_for_by: str
    reason: str
    words: str

    def fields(self) -> dict[str, object]:
        """The columns that say so."""
        return {
            "asked_on": self.asked_on,
            "asked_for_by": self.asked_for_by.strip(),
            "reason": self.reason,
            "words": self.words.strip(),
        }


def record_recall(*, by: User, case: Case, request: Request, submission: uuid.UUID | None = None) -> Recall:
    """Record that a recall was asked for. The same form sent again returns the first.

    Raises NotAllowed, NotRecorded.
    """
    require(by, NEEDS)
    with transaction.atomic():
        locked = lock_case(case)
        earlier = Recall.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            same = all(getattr(earlier, name) == value for name, value in request.fields().items())
            if earlier.case_id != locked.pk or not (same and earlier.is_standing):
                raise NotRecorded({"": SENT_BEFORE})
            return earlier
        _refuse_request(locked, request)
        row = Recall(case=locked, submission=submission, recorded_by=by, recorded_at=timezone.now(), **request.fields())
        row.save(force_insert=True)
        log(by=by, verb="record recall", case_id=locked.pk, about={"recall": row.pk, "reason": row.reason})
        text = f"Recall asked for, {day(row.asked_on)}, by {row.asked_for_by}. {row.reason_label}: {row.words}"
        note(by, locked, text)
        tell_on_case(by, locked, "a recall to custody was asked for")
        return row


def decide_recall(*, by: User, recall: Recall, decision: Decision, on: date, version: int | None = None) -> Recall:
    """Record that the licence was revoked, or that it was not. Raises NotAllowed, NotRecorded, ChangedSince."""
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(recall.case)
        row = _locked(recall, version)
        problems = decision_problems(row.days, on, timezone.localdate())
        if problems:
            raise NotRecorded(problems)
        row.decision, row.decided_on = decision.value, on
        _save(row, "decision", "decided_on")
        log(by=by, verb="decide recall", case_id=case.pk, about={"recall": row.pk, "decision": row.decision})
        revoked = decision is Decision.REVOKED
        words = "the licence was revoked" if revoked else "the licence was not revoked"
        note(by, case, f"Recall asked for on {day(row.asked_on)}: {words}, {day(on)}.")
        tell_on_case(by, case, f"recall: {words}")
        return row


def record_return(
    *, by: User, recall: Recall, fact_id: int | None = None, on: date | None = None, version: int | None = None
) -> Recall:
    """Record that the person is back in custody: by an entry that says so already, or by making it in the same step.

    Raises NotAllowed, NotRecorded, ChangedSince.
    """
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(recall.case)
        row = _locked(recall, version)
        if row.days.stands is not RecallStands.AT_LARGE:
            raise NotRecorded({"": f"It stands as “{row.days.stands}”: there is no return to record."})
        if on is not None and fact_id is None and row.decided_on is not None and on < row.asked_on:
            raise NotRecorded({"on": "The return must not be before the request for recall"})
        row.returned, row.released = _fact(by, case, RETURNED, fact_id, on, lambda: returns_that_may_be(row)), None
        _save(row, "returned", "released")
        log(by=by, verb="record return from recall", case_id=case.pk, about={"recall": row.pk})
        tell_on_case(by, case, "recall: returned to custody")
        return row


def record_release(
    *, by: User, recall: Recall, fact_id: int | None = None, on: date | None = None, version: int | None = None
) -> Recall:
    """Record the release after a recall, by the entry that says so already or by making it in the same step.

    Raises NotAllowed, NotRecorded, ChangedSince.
    """
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(recall.case)
        row = _locked(recall, version)
        returned_on = row.days.returned_on
        if row.days.stands is not RecallStands.RETURNED or returned_on is None:
            raise NotRecorded({"": f"It stands as “{row.days.stands}”: there is no release to record."})
        if on is not None and fact_id is None and on < returned_on:
            raise NotRecorded({"on": f"The release must not be before the return on {day(returned_on)}"})
        row.released = _fact(by, case, RELEASED, fact_id, on, lambda: releases_that_may_be(row))
        _save(row, "released")
        log(by=by, verb="record release after recall", case_id=case.pk, about={"recall": row.pk})
        tell_on_case(by, case, "recall: released again")
        return row


def set_recall_aside(*, by: User, recall: Recall, reason: str, version: int | None = None) -> Recall:
    """Say that a recall was recorded by mistake, and why. Entries of custody stay: they are voided on the timeline.

    Raises NotAllowed, NotRecorded, ChangedSince.
    """
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(recall.case)
        row = _locked(recall, version)
        require(by, Permission.VOID_OWN_FACT if row.recorded_by_id == by.pk else Permission.VOID_ANY_FACT)
        if not reason.strip():
            raise NotRecorded({"reason": "Say why it was a mistake. The reason stays with it."})
        row.set_aside_by, row.set_aside_at, row.set_aside_reason = by, timezone.now(), reason.strip()
        row.returned = row.released = None
        _save(row, "set_aside_by", "set_aside_at", "set_aside_reason", "returned", "released")
        log(by=by, verb="set aside recall", case_id=case.pk, about={"recall": row.pk})
        note(by, case, f"The recall of {day(row.asked_on)} was recorded by mistake. {reason.strip()}")
        tell_on_case(by, case, "a recall was recorded by mistake")
        return row


def _refuse_request(case: Case, request: Request) -> None:
    others = [row.days.stands for row in recalls_of_case(case) if row.is_standing]
    facts = core_facts(case).facts
    problems = recall_problems(facts, request.asked_on, request.reason, others, timezone.localdate())
    if not request.asked_for_by.strip():
        problems["asked_for_by"] = "Enter who asked for it"
    if not request.words.strip():
        problems["words"] = "Say what happened"
    if problems:
        raise NotRecorded(problems)


def _fact(
    by: User,
    case: Case,
    kind: str,
    fact_id: int | None,
    on: date | None,
    may_be: Callable[[], Sequence[Fact]],
) -> Fact:
    """The entry that was chosen among those that may be it, or a new one: never a second of the same day."""
    offered = {fact.pk: fact for fact in may_be()}
    if fact_id is not None:
        if fact_id not in offered:
            raise NotRecorded({"fact": "That entry was voided or used meanwhile. Open the page again."})
        return offered[fact_id]
    if on is None:
        raise NotRecorded({"on": "Enter the day"})
    same_day = next((fact for fact in offered.values() if fact.on == on), None)
    if same_day is not None:
        return same_day
    try:
        return record_fact(by=by, case=case, fact=core.Fact(kind, on, {}, timezone.localdate())).fact
    except Impossible as refused:
        raise NotRecorded({"on": str(refused)}) from refused


def _locked(recall: Recall, version: int | None) -> Recall:
    rows = Recall.objects.select_for_update(of=("self",)).select_related("case", "returned", "released")
    row = rows.get(pk=recall.pk)
    if not row.is_standing:
        raise NotRecorded({"": "This recall was set aside meanwhile. Nothing was saved."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _save(row: Recall, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
