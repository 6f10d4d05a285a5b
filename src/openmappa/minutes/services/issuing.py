"""Issuing minutes: numbered copies, the record of each agency, and what the offender may be told."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.core.access import Permission, Role
from openmappa.core.mappa.minutes import parts_of_copy
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.meetings.models.invitee import Invitee
from openmappa.minutes.errors import NotMinuted
from openmappa.minutes.models.copies import Copy, Filing, Telling
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.queries.closing import invitees_of
from openmappa.minutes.queries.minutes import offender_list
from openmappa.minutes.services.closing import KIND
from openmappa.minutes.services.draft import lock_minutes
from openmappa.minutes.words import How
from openmappa.notes.models import open_compartments
from openmappa.notices.services import tell
from openmappa.timeline.models import Fact
from openmappa.timeline.services import record_fact
from openmappa.ui.formats import day

SERVICES = (Agency.Kind.POLICE, Agency.Kind.PROBATION)


def issue_minutes(*, by: User, minutes: Minutes, revision: int) -> list[Copy]:
    """Issue checked minutes: they never change again, and everybody invited gets a numbered copy and hears of it.

    A copy holds the open part, and the others as far as they are open to its recipient on this case now. Whoever signs
    in here and sees the case no longer gets none. Raises NotAllowed, DraftChanged, NotMinuted (not checked, issued).
    """
    require(by, Permission.ISSUE_MINUTES)
    with transaction.atomic():
        row = lock_minutes(minutes, revision)
        if row.checked_at is None:
            raise NotMinuted("The chair has not checked these minutes yet. They are issued after that.")
        case = Case.objects.get(pk=row.case_id)
        now = timezone.now()
        recipients = [invitee for invitee in invitees_of(row.meeting) if _sees(invitee, case)]
        copies = [
            _copy(by, case, row, (number, len(recipients)), invitee)
            for number, invitee in enumerate(recipients, start=1)
        ]
        Copy.objects.bulk_create(copies)
        row.issued_by, row.issued_at = by, now
        row.save(update_fields=["issued_by", "issued_at"])
        _tell_recipients(case, row, copies)
        about = {"minutes": row.pk, "number": row.number, "copies": len(copies)}
        log(by=by, verb="issue minutes", case_id=case.pk, about=about)
        return copies


def file_minutes(*, by: User, minutes: Minutes) -> list[Filing]:
    """File issued minutes to the record of every agency with a copy, and of both services; what is missing is added.

    For police and probation that is the fact ``minutes_filed``, once for a meeting. Raises NotAllowed, NotMinuted.
    """
    require(by, Permission.ISSUE_MINUTES)
    if minutes.issued_at is None:
        raise NotMinuted("These minutes were not issued yet. Issue them, then file them.")
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=minutes.case_id)
        done = set(Filing.objects.filter(minutes=minutes).values_list("agency_id", flat=True))
        known = Filing.objects.filter(minutes__meeting=minutes.meeting_id, fact__isnull=False, fact__voided_at=None)
        services = set(known.values_list("agency__kind", flat=True))
        made = []
        for agency in _agencies(case, minutes):
            if agency.pk in done:
                continue
            fact = None
            if agency.kind in SERVICES and agency.kind not in services:
                fact = _filed(by, case, agency.kind)
                services.add(agency.kind)
            made.append(
                Filing.objects.create(
                    minutes=minutes, case=case, agency=agency, filed_by=by, filed_at=timezone.now(), fact=fact
                )
            )
        if made:
            about = {"minutes": minutes.pk, "agencies": [row.agency_id for row in made]}
            log(by=by, verb="file minutes", case_id=case.pk, about=about)
        return made


def withdraw_copy(*, by: User, copy: Copy, reason: str) -> None:
    """Withdraw a copy that should not have been given: it is no longer opened here. Raises NotAllowed, NotMinuted."""
    require(by, Permission.ISSUE_MINUTES)
    if not reason.strip():
        raise NotMinuted("Say why this copy is withdrawn. The reason stays with it.")
    with transaction.atomic():
        row = Copy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
        if row.withdrawn_at is not None:
            return
        row.withdrawn_by, row.withdrawn_at, row.withdraw_reason = by, timezone.now(), reason.strip()
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
        log(by=by, verb="withdraw copy of minutes", case_id=row.case_id, about={"copy": row.pk})


def tell_offender(
    *,
    by: User,
    minutes: Minutes,
    told_on: date,
    told_by: User,
    how: How,
    response: str = "",
    submission: uuid.UUID | None = None,
) -> Telling:
    """Record that the offender was told what the meeting decided, as far as they may know it: ``offender_informed``.

    The words are kept as they stood. The same form sent again returns the first. Raises NotAllowed, NotMinuted,
    Impossible (the day).
    """
    require(by, Permission.INFORM_OFFENDER)
    with transaction.atomic():
        earlier = Telling.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        if minutes.issued_at is None:
            raise NotMinuted("These minutes were not issued yet. The offender is told after that.")
        if told_on < minutes.held_on:
            raise NotMinuted(f"The meeting was on {day(minutes.held_on)}. The offender was told on that day or later.")
        fact = CoreFact("offender_informed", told_on, {}, timezone.localdate())
        recorded = record_fact(by=by, case=minutes.case, fact=fact, submission=submission).fact
        row = Telling.objects.create(
            minutes=minutes,
            case_id=minutes.case_id,
            told_on=told_on,
            told_by=told_by,
            how=how,
            words="\n".join(offender_list(minutes)),
            response=response.strip(),
            recorded_by=by,
            recorded_at=timezone.now(),
            fact=recorded,
            submission=submission,
        )
        about = {"minutes": minutes.pk, "telling": row.pk, "told_by": told_by.pk, "how": str(how)}
        log(by=by, verb="tell offender", case_id=minutes.case_id, about=about)
        return row


def _sees(invitee: Invitee, case: Case) -> bool:
    """Whether the invitee still sees the case. Who does not sign in here is sent a copy by somebody who does."""
    person = invitee.person
    return person is None or Case.objects.visible_to(person).filter(pk=case.pk).exists()


def _copy(by: User, case: Case, minutes: Minutes, place: tuple[int, int], invitee: Invitee) -> Copy:
    opened = open_compartments(invitee.person, case) if invitee.person is not None else frozenset()
    return Copy(
        minutes=minutes,
        case=case,
        number=place[0],
        of=place[1],
        person=invitee.person,
        agency=invitee.agency,
        recipient=invitee.name,
        post=invitee.post,
        compartments=[part.value for part in parts_of_copy(opened)],
        made_by=by,
        made_at=timezone.now(),
    )


def _tell_recipients(case: Case, minutes: Minutes, copies: Iterable[Copy]) -> None:
    what = f"The minutes of the Level {minutes.level} meeting of {day(minutes.held_on)} on case {case.reference}"
    words = f"{what} are issued." if minutes.number == 1 else f"{what} are corrected: version {minutes.number}."
    people = [copy.person for copy in copies if copy.person is not None]
    partners = [person for person in people if person.role == Role.PARTNER_MEMBER]
    others = [person for person in people if person.role != Role.PARTNER_MEMBER]
    page = reverse("minutes:show", kwargs={"key": case.key, "minutes": minutes.key})
    tell(people=partners, kind=KIND, words=words, case_id=case.pk, link=reverse("minutes:mine"))
    tell(people=others, kind=KIND, words=words, case_id=case.pk, link=page)


def _agencies(case: Case, minutes: Minutes) -> list[Agency]:
    units = [unit for unit in (case.police_unit_id, case.probation_unit_id) if unit is not None]
    holders = Agency.objects.filter(units__in=units)
    copies = Agency.objects.filter(pk__in=Copy.objects.filter(minutes=minutes, withdrawn_at=None).values("agency"))
    return list((holders | copies).distinct().order_by("pk"))


def _filed(by: User, case: Case, service: str) -> Fact:
    fact = CoreFact("minutes_filed", timezone.localdate(), {"service": service}, timezone.localdate())
    return record_fact(by=by, case=case, fact=fact).fact
