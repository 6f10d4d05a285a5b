"""Arranging cover for somebody absent, and ending it (6.4)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Cover, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.notices.services import tell
from openmappa.people.errors import NotChanged
from openmappa.people.queries.covers import may_be_absent, may_cover
from openmappa.people.queries.people import line_managers_of
from openmappa.people.services.limits import NotYours
from openmappa.ui.formats import day

LONGEST_DAYS = 183
"""Half a year: who is away for longer has their cases handed over, as areas did for long absences (6.4)."""


@transaction.atomic
def arrange_cover(
    *, by: User, absent: User, covering: User, from_on: date, until_on: date, reason: str, today: date
) -> Cover:
    """Let one person reach what another one reaches, from the first day to the last. Covers may overlap.

    Raises NotYours when the actor may not arrange it for these two, NotChanged when the days make no sense.
    """
    require(by, Permission.ARRANGE_COVER)
    if not may_be_absent(by).filter(pk=absent.pk).exists():
        raise NotYours(f"You may not arrange cover for {absent.full_name}. Ask their line manager.")
    if not may_cover(by).filter(pk=covering.pk).exists():
        raise NotYours(f"{covering.full_name} cannot cover: they work in another agency or area, or on no cases.")
    _check_days(absent, covering, from_on, until_on, today)
    cover = Cover.objects.create(
        absent=absent, covering=covering, from_on=from_on, until_on=until_on, reason=reason, arranged_by=by
    )
    log(by=by, verb="arrange cover", operation="access", about={**_said(cover), "reason": reason})
    _tell(cover, by, f"{covering.full_name} covers for {absent.full_name} from {day(from_on)} until {day(until_on)}.")
    return cover


@transaction.atomic
def end_cover(*, by: User, cover: Cover, reason: str, today: date) -> Cover:
    """End a cover from now on: the covering person's next request no longer reaches what it opened.

    Raises NotYours, or NotChanged when it is over already.
    """
    require(by, Permission.ARRANGE_COVER)
    if not may_be_absent(by).filter(pk=cover.absent_id).exists():
        raise NotYours("You may not end this cover. Ask the line manager of the person who is covered.")
    row = Cover.objects.select_for_update(of=("self",)).select_related("absent", "covering").get(pk=cover.pk)
    if row.ended_on is not None or row.until_on < today:
        raise NotChanged("This cover is over already")
    _end(row, by, today, reason)
    _tell(row, by, f"{row.covering.full_name} no longer covers for {row.absent.full_name}.")
    return row


def end_covers_of(*, by: User, person: User, as_absent: bool) -> int:
    """End what this person covers and, with ``as_absent``, what is covered for them; how many. Within a transaction.

    For somebody who leaves, cover for them goes on: their cases still need somebody. For somebody who moves it ends,
    since it would open what belongs to the new post.
    """
    today = timezone.localdate()
    whose = Q(covering=person) | Q(absent=person) if as_absent else Q(covering=person)
    running = Cover.objects.select_for_update(of=("self",)).filter(whose, ended_on__isnull=True, until_on__gte=today)
    rows = list(running.select_related("absent", "covering"))
    for row in rows:
        _end(row, by, today, f"{person.full_name} moved or left")
        _tell(
            row, by, f"{row.covering.full_name} no longer covers for {row.absent.full_name}: {person.full_name} moved."
        )
    return len(rows)


def _check_days(absent: User, covering: User, from_on: date, until_on: date, today: date) -> None:
    if absent.pk == covering.pk:
        raise NotChanged("Nobody covers for themselves. Choose somebody else", "covering")
    if from_on < today:
        raise NotChanged(
            "The first day must be today or later: cover cannot be given for days that are past", "from_on"
        )
    if until_on < from_on:
        raise NotChanged(f"The last day must be {day(from_on)} or later, when the cover begins", "until_on")
    latest = from_on + timedelta(days=LONGEST_DAYS)
    if until_on > latest:
        raise NotChanged(
            f"The last day must be {day(latest)} or earlier: cover is for half a year at most. Hand the cases over, "
            "or arrange it again then",
            "until_on",
        )


def _end(cover: Cover, by: User, today: date, reason: str) -> None:
    cover.ended_on, cover.ended_by = today, by
    cover.save(update_fields=["ended_on", "ended_by"])
    log(by=by, verb="end cover", operation="access", about={**_said(cover), "reason": reason})


def _tell(cover: Cover, by: User, words: str) -> None:
    concerned = [cover.absent, cover.covering, *line_managers_of(cover.absent)]
    people = [person for person in concerned if person.pk != by.pk]
    tell(people=people, kind="cover", words=words, link=reverse("people:covers"))


def _said(cover: Cover) -> dict[str, object]:
    return {
        "cover": cover.pk,
        "absent": cover.absent_id,
        "covering": cover.covering_id,
        "from_on": cover.from_on.isoformat(),
        "until_on": cover.until_on.isoformat(),
        "ended_on": cover.ended_on.isoformat() if cover.ended_on else None,
    }
