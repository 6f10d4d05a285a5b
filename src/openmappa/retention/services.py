"""Deciding whether a case is kept: reviews, holds, and disposals that two people decide together."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission, Role
from openmappa.core.retention import PastReview
from openmappa.core.standards.words import in_full
from openmappa.notices.services import tell
from openmappa.retention.errors import NotDecided, NotDisposable, NotTheirs
from openmappa.retention.models import Certificate, Decision, Disposal, Hold, Outcome, Review
from openmappa.retention.queries import PACK, answers_for, coordinates, obstacles, rules, worked_out
from openmappa.timeline.services import refuse_if_changed

KIND = "retention"


def keep_case(
    *,
    by: User,
    case: Case,
    grounds: Sequence[str],
    words: str,
    again_on: date | None = None,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Review:
    """Decide that a case is kept, on one or more of the pack's grounds and in one's own words.

    ``again_on`` asks for the next review sooner than the rules give. ``version`` is the case's version that was seen;
    the same ``submission`` sent again returns the first review. Raises NotAllowed, ChangedMeanwhile, NotDecided.
    """
    with transaction.atomic():
        locked = _locked(by, case, version)
        earlier = _sent_before(locked, submission, Decision.KEEP)
        if earlier is not None:
            return earlier
        refuse_if_changed(locked, version)
        _refuse_while_one_waits(locked)
        if not grounds or not {*grounds} <= {ground.id for ground in rules().keep}:
            raise NotDecided("Choose at least one ground for keeping it.")
        review = _review(locked, by, Decision.KEEP, list(grounds), words, submission)
        next_on = _next_on(locked, review.on)
        if again_on is not None and not review.on < again_on < next_on:
            raise NotDecided(
                f"The next review can be asked for between tomorrow and the day the rules give, {in_full(next_on)}."
            )
        review.again_on = again_on
        review.next_on = again_on or next_on
        review.save(force_insert=True)
        _log(by, "review retention", review, {"decision": review.decision, "grounds": review.grounds})
        return review


def propose_disposal(
    *,
    by: User,
    case: Case,
    ground: str,
    words: str,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Review:
    """Decide that a case is disposed of, on one of the pack's grounds; the area's MAPPA coordinators are told.

    Nothing is erased until one of them approves it. Raises NotAllowed, ChangedMeanwhile, NotDecided, and NotDisposable
    where something stands in the way.
    """
    with transaction.atomic():
        locked = _locked(by, case, version)
        earlier = _sent_before(locked, submission, Decision.DISPOSE)
        if earlier is not None:
            return earlier
        refuse_if_changed(locked, version)
        _refuse_while_one_waits(locked)
        review = _review(locked, by, Decision.DISPOSE, [ground], words, submission)
        _refuse_disposal_of(locked, ground, review.on)
        review.save(force_insert=True)
        Disposal.objects.create(case=locked, review=review, decided_by=by)
        _log(by, "propose disposal", review, {"grounds": review.grounds})
        coordinators = User.objects.filter(role=Role.MAPPA_COORDINATOR, area=locked.area_id, is_active=True)
        said = f"The disposal of case {locked.reference} was decided and waits for your approval."
        tell(people=coordinators, kind=KIND, words=said, case_id=locked.pk, link=reverse("retention:disposals"))
        return review


def withdraw_disposal(*, by: User, disposal: Disposal, words: str) -> None:
    """Take back a disposal that waits for approval. Raises NotAllowed, NotDecided."""
    with transaction.atomic():
        row = _waiting(disposal)
        require_answers_for(by, row.case)
        _judge(row, by, Outcome.WITHDRAWN, words)
        _log(by, "withdraw disposal", row, {})


def refuse_disposal(*, by: User, disposal: Disposal, words: str) -> None:
    """Refuse to approve a disposal, with the reason; whoever decided it is told. Raises NotAllowed, NotDecided."""
    with transaction.atomic():
        row = _waiting(disposal)
        require_coordinates(by, row.case)
        _judge(row, by, Outcome.REFUSED, words)
        _log(by, "refuse disposal", row, {})
        said = f"The disposal of case {row.case.reference} was refused. The case says why."
        tell(
            people=[row.decided_by],
            kind=KIND,
            words=said,
            case_id=row.case_id,
            link=f"/cases/{row.case.key}/retention/",
        )


def approve_disposal(*, by: User, disposal: Disposal, words: str) -> Certificate:
    """Approve a disposal that somebody of another role decided, and erase the case, for good, in one transaction.

    What is left is the certificate, and the log's events without their content. Raises NotAllowed, NotDecided, and
    NotDisposable where something stands in the way, the database's own refusal included; then nothing is erased.
    """
    try:
        with transaction.atomic():
            row = _waiting(disposal)
            require_coordinates(by, row.case)
            if row.decided_by_id == by.pk or row.decided_by.role == by.role:
                raise NotDecided(
                    "You cannot approve this: it needs somebody else, of another role, than who decided it."
                )
            _refuse_disposal_of(row.case, row.review.grounds[0], timezone.localdate())
            _judge(row, by, Outcome.APPROVED, words)
            left = Certificate.objects.get(number=_erase(row))
            about = {"certificate": left.number, "sha256": left.sha256}
            log(by=by, verb="dispose of case", operation="erasure", case_id=left.case_id, about=about)
            said = f"The disposal that you decided was approved: certificate {left.number}."
            link = reverse("retention:certificate", kwargs={"number": left.number})
            tell(people=[row.decided_by], kind=KIND, words=said, link=link)
            return left
    except DatabaseError as refused:
        said = str(refused).splitlines()[0]
        raise NotDisposable(
            f"The database refused, and nothing was erased: {said} Tell your administrator."
        ) from refused


def hold_disposal(*, by: User, case: Case, reason: str, submission: uuid.UUID | None = None) -> Hold:
    """Keep a case from being disposed of until the hold is lifted. Raises NotAllowed, NotDecided (no reason)."""
    require(by, Permission.HOLD_DISPOSAL)
    _say_why(reason)
    with transaction.atomic():
        locked = lock_case(case)
        earlier = Hold.objects.filter(case=locked, submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        hold = Hold.objects.create(case=locked, reason=reason.strip(), placed_by=by, submission=submission)
        _log(by, "hold disposal", hold, {})
        return hold


def lift_hold(*, by: User, hold: Hold, reason: str) -> Hold:
    """Let a case be disposed of again, as far as this hold goes. Raises NotAllowed, NotDecided."""
    require(by, Permission.HOLD_DISPOSAL)
    _say_why(reason)
    with transaction.atomic():
        row = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
        if not row.is_standing:
            raise NotDecided("This hold was lifted before. The page shows by whom and why.")
        row.lifted_by, row.lifted_at, row.lift_reason = by, timezone.now(), reason.strip()
        row.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
        _log(by, "lift hold", row, {})
        return row


def require_answers_for(by: User, case: Case) -> None:
    """Raise NotAllowed or NotTheirs unless this person may review this case."""
    require(by, Permission.REVIEW_RETENTION)
    if not answers_for(by, case):
        raise NotTheirs("Only a line manager of a unit that is responsible for this case can decide this.")


def require_coordinates(by: User, case: Case) -> None:
    """Raise NotAllowed or NotTheirs unless this person may judge the disposal of this case."""
    require(by, Permission.APPROVE_DISPOSAL)
    if not coordinates(by, case):
        raise NotTheirs("Only a MAPPA coordinator of the case's area can decide this.")


def _locked(by: User, case: Case, version: int | None) -> Case:
    require_answers_for(by, case)
    return lock_case(case)


def _sent_before(case: Case, submission: uuid.UUID | None, decision: Decision) -> Review | None:
    """The review that this very form made when it was sent before."""
    earlier = Review.objects.filter(submission=submission).first() if submission else None
    if earlier is not None and (earlier.case_id, earlier.decision) != (case.pk, decision):
        raise NotDecided("This form was saved before, with other answers. The case shows what was decided.")
    return earlier


def _refuse_while_one_waits(case: Case) -> None:
    if Disposal.objects.waiting().filter(case=case).exists():
        raise NotDecided("The disposal of this case waits for approval. Withdraw it first, then decide again.")


def _review(
    case: Case, by: User, decision: Decision, grounds: list[str], words: str, submission: uuid.UUID | None
) -> Review:
    """A review of today, not yet stored."""
    _say_why(words)
    now = worked_out(case)
    return Review(
        case=case,
        on=timezone.localdate(),
        by=by,
        decision=decision,
        grounds=grounds,
        words=words.strip(),
        group=now.group.number,
        was_due_on=now.review_on,
        pack=PACK,
        submission=submission,
    )


def _next_on(case: Case, today: date) -> date:
    """When the rules want the next review of a case that is kept today; in a year where they say nothing."""
    found = worked_out(case, after=PastReview(today)).review_on
    return found if found is not None else today.replace(year=today.year + 1)


def _refuse_disposal_of(case: Case, ground_id: str, today: date) -> None:
    """Raise NotDisposable with everything that stands in the way of disposing of the case on this ground."""
    ground = next((one for one in rules().dispose if one.id == ground_id), None)
    if ground is None:
        raise NotDecided("Choose a ground for disposing of it.")
    found = obstacles(case)
    now = worked_out(case)
    if not now.allows(ground, today):
        until = f"It is kept until {in_full(now.keep_until)}." if now.keep_until else now.reasons[0].sentence
        found.append(f"{until} Before that it can be disposed of only on an exceptional ground.")
    if found:
        raise NotDisposable(*found)


def _waiting(disposal: Disposal) -> Disposal:
    """The disposal and its case, locked, if it still waits."""
    lock_case(disposal.case)
    row = Disposal.objects.select_for_update(of=("self",)).select_related("case__standing", "decided_by", "review")
    found = row.get(pk=disposal.pk)
    if found.outcome != Outcome.WAITING:
        raise NotDecided("This was decided meanwhile. The case shows by whom and why.")
    return found


def _judge(disposal: Disposal, by: User, outcome: Outcome, words: str) -> None:
    _say_why(words)
    disposal.outcome, disposal.judged_by, disposal.judged_at = outcome, by, timezone.now()
    disposal.judged_words = words.strip()
    disposal.save(update_fields=["outcome", "judged_by", "judged_at", "judged_words"])


def _erase(disposal: Disposal) -> str:
    """Have the owner's function erase the case; the number of the certificate it leaves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_dispose(%s)", [disposal.pk])
        return str((cursor.fetchone() or ("",))[0])


def _say_why(words: str) -> None:
    if not words.strip():
        raise NotDecided("Say why in your own words.")


def _log(by: User, verb: str, row: Review | Disposal | Hold, about: dict[str, object]) -> None:
    log(by=by, verb=verb, case_id=row.case_id, about={type(row).__name__.lower(): row.pk, **about})
