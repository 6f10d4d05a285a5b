"""Emergency access: opening a case that one is not involved in, giving it back, and judging it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.errors import NotGiven
from openmappa.cases.models import Case, Involvement
from openmappa.cases.queries import coordinators_of, responsible_line_managers
from openmappa.cases.services import end_involvement, involve
from openmappa.core.access import Permission
from openmappa.core.involvement import InvolvementKind
from openmappa.emergency.errors import NoMatch, NotReviewed, SeveralMatch, TooManyMisses
from openmappa.emergency.models import BreakGlass, Emergency, Miss, Outcome
from openmappa.emergency.queries import (
    A_WHILE,
    MISSES_AN_HOUR,
    auditors_of,
    exact_matches,
    line_managers_of,
    open_access,
    recent_misses,
    reviewable_by,
)
from openmappa.notices.services import tell
from openmappa.ui.formats import instant, lower_first

ASKING = 20041123
"""The advisory lock under which one person asks for emergency access, so that two presses of one button are one."""
NO_LONGER_NEEDED = "No longer needed"
ENDED_BY_REVIEWER = "Ended by somebody who answers for the case"


@dataclass(frozen=True)
class Opened:
    """The case that opens now, and the emergency access that opens it: None for somebody who was involved anyway."""

    case: Case
    access: BreakGlass | None


def open_in_emergency(
    *, by: User, number: str = "", full_name: str = "", born_on: date | None = None, kind: Emergency, reason: str
) -> Opened:
    """Open the case that fits exactly, for the set time, and tell those who answer for it at once.

    A case that the person sees anyway is given back as it is. Raises NotAllowed for a role without emergency access;
    NoMatch, SeveralMatch or TooManyMisses where nothing opens, which by then is written down.
    """
    require(by, Permission.BREAK_GLASS)
    with transaction.atomic():
        _one_at_a_time(by)
        now = timezone.now()
        again_at = _again_at(recent_misses(by, now))
        found = [] if again_at else exact_matches(number=number, full_name=full_name, born_on=born_on)
        if len(found) == 1:
            seen = Case.objects.visible_to(by).filter(pk=found[0].pk).first()
            return Opened(seen, open_access(by, seen)) if seen else _open(by, found[0], kind, reason, now)
        left = _note_refusal(by, "number" if number else "name", len(found), now, looked=again_at is None)
    if len(found) > 1:
        raise SeveralMatch
    if again_at or not left:
        raise TooManyMisses(timezone.localtime(again_at or _again_at(recent_misses(by, now)) or now))
    raise NoMatch(left)


@transaction.atomic
def end_emergency_access(*, by: User, access: BreakGlass) -> BreakGlass:
    """End emergency access before its time: by whoever has it, or by somebody who may review it. At once, and for good.

    Ending what is over changes nothing. Raises NotReviewed for anybody else.
    """
    own = access.is_own(by)
    if not own and not reviewable_by(by).filter(pk=access.pk).exists():
        raise NotReviewed("Only whoever has emergency access, or who answers for the case, can end it.")
    if access.is_open:
        _end(by, access, NO_LONGER_NEEDED if own else ENDED_BY_REVIEWER)
        if not own:
            words = f"Your emergency access to case {access.reference} was ended by somebody who answers for the case."
            tell(people=[access.by], kind="emergency_ended", words=words, case_id=access.case_id, link=_act_now())
    return access


@transaction.atomic
def judge(*, by: User, access: BreakGlass, outcome: Outcome, words: str) -> BreakGlass:
    """Say whether emergency access was justified. It is judged once, and never by whoever had it.

    What was not justified ends at once, and is told to the person's line manager and the auditors. Raises NotAllowed
    for a role that judges nothing, NotReviewed where somebody else was quicker or it is not this person's to judge.
    """
    require(by, Permission.REVIEW_BREAK_GLASS)
    row = reviewable_by(by).select_for_update(of=("self",)).filter(pk=access.pk).first()
    if row is None:
        raise NotReviewed("This emergency access is not yours to judge.")
    if row.is_judged:
        raise NotReviewed("Somebody else has judged this meanwhile.")
    row.judged_by, row.judged_at, row.outcome, row.words = by, timezone.now(), outcome, words.strip()
    row.save(update_fields=["judged_by", "judged_at", "outcome", "words"])
    about = {"break_glass": row.pk, "outcome": outcome.value, "of": row.by_id}
    log(by=by, verb="judge emergency access", case_id=row.case_id, about=about)
    if outcome is Outcome.NOT_JUSTIFIED and row.is_open:
        _end(by, row, ENDED_BY_REVIEWER)
    _tell_of_judgement(row, by)
    return row


def _end(by: User, access: BreakGlass, reason: str) -> None:
    with suppress(NotGiven):  # somebody else was a moment quicker
        access.involvement = end_involvement(by=by, involvement=access.involvement, reason=reason)


def _one_at_a_time(by: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ASKING, by.pk % 2**31])


def _again_at(misses: list[datetime]) -> datetime | None:
    """From when on somebody with these misses may try again; None where they may now."""
    return misses[-MISSES_AN_HOUR] + A_WHILE if len(misses) >= MISSES_AN_HOUR else None


def _note_refusal(by: User, way: str, fitting: int, now: datetime, *, looked: bool) -> int:
    """Write down that nothing was opened, and tell line managers when it was once too often; how many tries are left.

    Nothing of what was typed is kept: it may be the name of anybody. Where nothing was looked for, it is no miss.
    """
    about = {"looked_by": way, "fitting": fitting, "looked": looked}
    log(by=by, verb="act now: no case opened", operation="access", about=about, outcome="refused")
    if fitting or not looked:
        return 0
    Miss.objects.create(by=by, at=now)
    left = MISSES_AN_HOUR - len(recent_misses(by, now))
    if left <= 0:
        words = (
            f"Somebody of your unit asked for emergency access {MISSES_AN_HOUR} times within an hour, and no case "
            "fitted. They have to wait now. Ask who it was, and what they were looking for."
        )
        tell(people=line_managers_of(by), kind="emergency_misses", words=words)
    return max(left, 0)


def _open(by: User, found: Case, kind: Emergency, reason: str, now: datetime) -> Opened:
    until = now + timedelta(hours=settings.OPENMAPPA_BREAK_GLASS_HOURS)
    involvement = involve(
        by=by,
        case=found,
        kind=InvolvementKind.BREAK_GLASS,
        person=by,
        from_at=now,
        until_at=until,
        reason=reason.strip(),
    )
    case = Case.objects.select_related("area").get(pk=found.pk)  # which this person sees from here on
    access = BreakGlass.objects.create(
        case=case,
        reference=case.reference,
        by=by,
        kind=kind,
        reason=reason.strip(),
        involvement=involvement,
        from_at=now,
        until_at=until,
    )
    about = {"break_glass": access.pk, "kind": kind.value, "until": until.isoformat()}
    log(by=by, verb="open in an emergency", case_id=case.pk, operation="access", about=about)
    _tell_who_answers(access, case)
    return Opened(case, access)


def _tell_who_answers(access: BreakGlass, case: Case) -> None:
    """Tell the line managers and coordinators who answer for the case; of a restricted one, those named for it."""
    answering = [*responsible_line_managers(case), *coordinators_of(case)]
    if case.restricted:
        rows = Involvement.objects.in_force_at(access.from_at).filter(case=case, kind=InvolvementKind.NAMED)
        named = set(rows.values_list("person_id", flat=True))
        answering = [one for one in answering if one.pk in named]
    words = (
        f"Case {case.reference} was opened in an emergency by a {lower_first(access.by.role_label)} of "
        f"{access.by.agency_name}, until {instant(timezone.localtime(access.until_at))}. Please review it."
    )
    link = reverse("emergency:review", kwargs={"pk": access.pk})
    others = [one for one in answering if one.pk != access.by_id]
    tell(people=others, kind="emergency", words=words, case_id=case.pk, link=link)


def _tell_of_judgement(row: BreakGlass, by: User) -> None:
    words = f"Your emergency access to case {row.reference} was judged: {lower_first(row.outcome_label)}."
    tell(people=[row.by], kind="emergency_judged", words=words, case_id=row.case_id, link=_act_now())
    if row.outcome != Outcome.NOT_JUSTIFIED:
        return
    words = (
        f"Emergency access to case {row.reference} by somebody of {row.by.agency_name} was judged not justified. "
        "The log says what was looked at."
    )
    people = [*line_managers_of(row.by), *auditors_of(row.by)]
    tell(
        people=[one for one in people if one.pk != by.pk],
        kind="emergency_not_justified",
        words=words,
        case_id=row.case_id,
    )


def _act_now() -> str:
    return reverse("emergency:act")
