"""Planned releases: notice given, matched, acknowledged, moved, withdrawn; and arrivals without notice (9.8)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.queries import coordinators_of
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.movements.errors import ChangedSince, NotAPrison, NotMoved
from openmappa.movements.models.release import ArrivalNote, ReleaseAcknowledgement, ReleaseNotice
from openmappa.movements.queries.releases import RELEASED, visible_notices
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.who import people_who_must_know
from openmappa.ui.formats import day

KIND = "release"
ONLY_PRISONS = (
    "Of other agencies, only prisons give notice of releases. Tell the MAPPA coordinator of the area instead."
)


@dataclass(frozen=True)
class Planned:
    """What a notice says of the release: the day, where to, on what conditions, who knows already."""

    expected_on: date
    area: Area
    going_to: str
    conditions: str = ""
    told: str = ""
    prison: Agency | None = None
    prison_name: str = ""


@dataclass(frozen=True)
class Typed:
    """Whom a notice is about, as somebody typed it who finds no case."""

    person_name: str
    born_on: date | None = None
    prison_number: str = ""
    reference: str = ""


def require_to_give_notice(by: User) -> None:
    """Refuse whoever may not give notice of a release: of agencies beside police and probation, prisons alone do."""
    require(by, Permission.GIVE_RELEASE_NOTICE)
    if by.role == Role.PARTNER_MEMBER and by.agency.kind != Agency.Kind.PRISON:
        raise NotAPrison(ONLY_PRISONS)


def give_release_notice(
    *,
    by: User,
    planned: Planned,
    typed: Typed | None = None,
    case: Case | None = None,
    submission: uuid.UUID | None = None,
) -> ReleaseNotice:
    """Give notice that somebody is to be released, of a case or of somebody typed, and tell those who must know.

    The same form sent again returns the first notice. Raises NotAllowed, NotAPrison; NotMoved (the day, what is
    missing).
    """
    require_to_give_notice(by)
    prison, prison_name = _prison(by, planned)
    about = _about(case, typed)
    _refuse(planned, prison_name, about)
    now = timezone.now()
    with transaction.atomic():
        locked = lock_case(case) if case else None
        earlier = ReleaseNotice.objects.filter(submission=submission, given_by=by).first() if submission else None
        if earlier is not None:
            return earlier
        notice = ReleaseNotice.objects.create(
            submission=submission,
            given_by=by,
            given_at=now,
            given_on=timezone.localdate(now),
            agency=by.agency,
            prison=prison,
            prison_name=prison_name,
            person_name=about.person_name.strip(),
            born_on=about.born_on,
            prison_number=about.prison_number.strip(),
            reference=about.reference.strip(),
            area=planned.area,
            expected_on=planned.expected_on,
            going_to=planned.going_to.strip(),
            conditions=planned.conditions.strip(),
            told=planned.told.strip(),
            case=locked,
            matched_by=by if locked else None,
            matched_at=now if locked else None,
        )
        about_it = {"notice": notice.pk, "expected_on": notice.expected_on}
        log(by=by, verb="give notice of release", case_id=notice.case_id, about=about_it, operation="collection")
        if locked is not None:
            _note(by, locked, _in_words(notice))
        words = f"A release from {prison_name} into {planned.area.name} is expected on {day(notice.expected_on)}."
        _tell(notice, but=[by], words=f"{words} Acknowledge that you know.")
        _remember_informed(notice)
        return notice


def match_release(*, by: User, notice: ReleaseNotice, case: Case, version: int | None = None) -> ReleaseNotice:
    """Say which case a notice is about, and tell the people of the case. Raises NotAllowed, NotMoved, ChangedSince."""
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        locked = lock_case(case)
        row = _locked(by, notice, version)
        if row.case_id is not None:
            raise NotMoved({"": "This notice was matched to a case before."})
        row.case, row.matched_by, row.matched_at = locked, by, timezone.now()
        _save(row, "case", "matched_by", "matched_at")
        log(by=by, verb="match release", case_id=locked.pk, about={"notice": row.pk})
        _note(by, locked, _in_words(row))
        words = f"Case {locked.reference}: a release is expected on {day(row.expected_on)}. Acknowledge that you know."
        _tell(row, but=[by], words=words)
        _remember_informed(row)
        return row


def hand_on_release(*, by: User, notice: ReleaseNotice, area: Area, version: int | None = None) -> ReleaseNotice:
    """Let the coordinators of another area look too, since the case is theirs. Raises NotAllowed, NotMoved."""
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _locked(by, notice, version)
        if row.case_id is not None or area.pk == row.area_id:
            raise NotMoved({"area": "Choose the other area that manages the case."})
        row.managing_area = area
        _save(row, "managing_area")
        log(by=by, verb="hand on release", about={"notice": row.pk, "area": area.pk})
        words = (
            f"A release into {row.area.name} is expected on {day(row.expected_on)}, and the case may be of your area."
        )
        tell(people=_coordinators([area.pk]), kind=KIND, words=words, link=_link(row), due_on=row.expected_on)
        return row


def set_aside_release(*, by: User, notice: ReleaseNotice, reason: str, version: int | None = None) -> ReleaseNotice:
    """Say that a notice is of nobody who is managed here; whoever gave it is told. Raises NotAllowed, NotMoved."""
    require(by, Permission.COORDINATE)
    if not reason.strip():
        raise NotMoved({"reason": "Say why the notice is set aside. Whoever gave it reads that."})
    with transaction.atomic():
        row = _locked(by, notice, version)
        if row.case_id is not None:
            raise NotMoved({"": "This notice is matched to a case, so it cannot be set aside."})
        row.set_aside_by, row.set_aside_at, row.set_aside_reason = by, timezone.now(), reason.strip()
        _save(row, "set_aside_by", "set_aside_at", "set_aside_reason")
        log(by=by, verb="set aside release", about={"notice": row.pk})
        words = "A notice of release that you gave was set aside by the MAPPA coordinator. Open it to read why."
        tell(people=[row.given_by], kind=KIND, words=words, link=_link(row))
        return row


def acknowledge_release(*, by: User, notice: ReleaseNotice, words: str = "") -> ReleaseAcknowledgement:
    """Say that one knows of the release on the day that holds now; doing it again changes nothing.

    Raises NotAllowed; NotMoved for whoever gave the notice, or when it no longer stands.
    """
    require(by, Permission.RECORD_CUSTODY)
    with transaction.atomic():
        row = _locked(by, notice, None)
        if row.given_by_id == by.pk:
            raise NotMoved({"": "You gave this notice. Somebody else must acknowledge it."})
        known = row.acknowledgements.filter(person=by, of_day=row.expected_on).first()
        if known is not None:
            return known
        made = ReleaseAcknowledgement.objects.create(
            notice=row, person=by, of_day=row.expected_on, at=timezone.now(), words=words.strip()
        )
        log(by=by, verb="acknowledge release", case_id=row.case_id, about={"notice": row.pk})
        return made


def move_release(
    *, by: User, notice: ReleaseNotice, expected_on: date, reason: str, version: int | None = None
) -> ReleaseNotice:
    """Give another day for a release; it is acknowledged anew. By whoever gave notice, or the area's coordinator.

    Raises NotAllowed, NotMoved, ChangedSince.
    """
    _require_to_change(by, notice)
    if expected_on < timezone.localdate():
        raise NotMoved({"expected_on": "The day of release must be today or later"})
    if not reason.strip():
        raise NotMoved({"reason": "Say why the day has changed"})
    with transaction.atomic():
        row = _locked(by, notice, version)
        if row.expected_on == expected_on:
            raise NotMoved({"expected_on": "This is the day that holds already"})
        before = row.expected_on
        row.expected_on, row.moved_reason, row.chased = expected_on, reason.strip(), 0
        _save(row, "expected_on", "moved_reason", "chased")
        log(
            by=by, verb="move release", case_id=row.case_id, about={"notice": row.pk, "from": before, "to": expected_on}
        )
        words = f"A release expected on {day(before)} is now expected on {day(expected_on)}. Acknowledge the new day."
        _tell(row, but=[by], words=words)
        return row


def withdraw_release(*, by: User, notice: ReleaseNotice, reason: str, version: int | None = None) -> ReleaseNotice:
    """Take a notice back, since the person is not released after all. Raises NotAllowed, NotMoved, ChangedSince."""
    _require_to_change(by, notice)
    if not reason.strip():
        raise NotMoved({"reason": "Say why the notice is withdrawn"})
    with transaction.atomic():
        row = _locked(by, notice, version)
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, timezone.now(), reason.strip()
        _save(row, "withdrawn_by", "withdrawn_at", "withdrawn_reason")
        log(by=by, verb="withdraw release", case_id=row.case_id, about={"notice": row.pk})
        _tell(
            row,
            but=[by],
            words=f"The notice of a release on {day(row.expected_on)} was withdrawn. Open it to read why.",
        )
        return row


def note_arrival(*, by: User, fact: Fact, prison: Agency | None, prison_name: str, words: str = "") -> ArrivalNote:
    """Say from which prison somebody came of whose release nobody gave notice, or correct that.

    Raises NotAllowed; NotMoved when the fact is no release, or no prison is named.
    """
    require(by, Permission.RECORD_CUSTODY)
    name = prison.name if prison else prison_name.strip()
    if not name:
        raise NotMoved({"prison_name": "Enter the prison"})
    if fact.kind != RELEASED or fact.is_voided:
        raise NotMoved({"": "This is no release that stands on the record."})
    with transaction.atomic():
        lock_case(fact.case)
        row = ArrivalNote.objects.filter(fact=fact).first() or ArrivalNote(fact=fact, case_id=fact.case_id)
        row.prison, row.prison_name, row.words = prison, name, words.strip()
        row.noted_by, row.noted_at = by, timezone.now()
        row.save()
        log(by=by, verb="note arrival", case_id=fact.case_id, about={"fact": fact.pk, "prison": name})
        return row


def told_of(notice: ReleaseNotice) -> list[User]:
    """Who is told of a notice: the coordinators of its areas, and the people of its case. Five queries at most.

    To somebody who does not see the case, its people are those who were told when it was matched.
    """
    if notice.case_id is not None and notice.case is None:
        return list(User.objects.filter(pk__in=notice.informed, is_active=True).order_by("pk"))
    areas = [pk for pk in (notice.area_id, notice.managing_area_id) if pk is not None]
    people = {person.pk: person for person in _coordinators(areas)}
    if notice.case is not None:
        of_case = [*people_who_must_know(notice.case), *coordinators_of(notice.case)]
        if notice.case.restricted:  # only those who are named for it
            return list({person.pk: person for person in people_who_must_know(notice.case)}.values())
        people |= {person.pk: person for person in of_case}
    return list(people.values())


def _about(case: Case | None, typed: Typed | None) -> Typed:
    if case is not None:
        return Typed(case.person.full_name, case.person.born_on, typed.prison_number if typed else "", case.reference)
    return typed or Typed("")


def _prison(by: User, planned: Planned) -> tuple[Agency | None, str]:
    if by.agency.kind == Agency.Kind.PRISON:
        return by.agency, by.agency.name
    return planned.prison, planned.prison.name if planned.prison else planned.prison_name.strip()


def _refuse(planned: Planned, prison_name: str, about: Typed) -> None:
    problems = {}
    if planned.expected_on < timezone.localdate():
        problems["expected_on"] = (
            "The day of release must be today or later. A release that was is recorded on the case"
        )
    if not planned.going_to.strip():
        problems["going_to"] = "Enter where the person is going"
    if not prison_name:
        problems["prison_name"] = "Enter the prison"
    if not about.person_name.strip():
        problems["person_name"] = "Enter the name of the person"
    if problems:
        raise NotMoved(problems)


def _require_to_change(by: User, notice: ReleaseNotice) -> None:
    require(by, Permission.GIVE_RELEASE_NOTICE)
    if notice.given_by_id != by.pk:
        require(by, Permission.RECORD_CUSTODY)


def _locked(by: User, notice: ReleaseNotice, version: int | None) -> ReleaseNotice:
    """The notice, locked, if it still stands and is as it was seen. Raises NotMoved, ChangedSince."""
    if not visible_notices(by).filter(pk=notice.pk).exists():
        raise NotMoved({"": "This notice is not open to you any more."})
    rows = ReleaseNotice.objects.select_for_update(of=("self",))
    row = rows.select_related("area", "managing_area", "case", "given_by__agency").get(pk=notice.pk)
    if not row.is_standing:
        raise NotMoved({"": "This notice was withdrawn or set aside meanwhile. Nothing was saved."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _save(row: ReleaseNotice, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _coordinators(areas: Iterable[int]) -> list[User]:
    people = User.objects.filter(role=Role.MAPPA_COORDINATOR, is_active=True, area_id__in=list(areas))
    return list(people.order_by("pk"))


def _remember_informed(notice: ReleaseNotice) -> None:
    if notice.case is not None:
        notice.informed = sorted(person.pk for person in told_of(notice))
        notice.save(update_fields=["informed"])


def _tell(notice: ReleaseNotice, *, but: list[User], words: str) -> None:
    left_out = {person.pk for person in but}
    people = [person for person in told_of(notice) if person.pk not in left_out]
    tell(people=people, kind=KIND, words=words, case_id=notice.case_id, link=_link(notice), due_on=notice.expected_on)


def _link(notice: ReleaseNotice) -> str:
    return reverse("movements:release", kwargs={"notice": notice.key})


def _in_words(notice: ReleaseNotice) -> str:
    lines = [
        f"Notice of release from {notice.prison_name}, given by {notice.given_by.full_name}, {notice.agency.name}.",
        f"Expected on {day(notice.expected_on)}, going to {notice.going_to} ({notice.area.name}).",
    ]
    lines += [f"Conditions: {notice.conditions}"] if notice.conditions else []
    lines += [f"Told already: {notice.told}"] if notice.told else []
    return "\n".join(lines)


def _note(by: User, case: Case, text: str) -> None:
    placed = Placed(Compartment.OPEN, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    write_note(by=by, case=case, text=text, placed=placed, submission=uuid.uuid4())
