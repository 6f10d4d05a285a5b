"""Chasing: releases that nobody acknowledges as their day nears, and people who should be back from a stay."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.cases.queries import coordinators_of, responsible_line_managers
from openmappa.core.mappa.movements import stages_reached
from openmappa.core.packs.movements_rules import Whom
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.models.release import ReleaseAcknowledgement, ReleaseNotice
from openmappa.movements.queries.releases import RELEASED
from openmappa.movements.queries.rules import rules
from openmappa.movements.services.releases import told_of
from openmappa.notices.services import tell
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.who import people_who_must_know
from openmappa.ui.formats import day

JOB = "chase_movements"


@dataclass
class Chased:
    """How many releases and returns were chased."""

    releases: int = 0
    returns: int = 0


def chase() -> Chased:
    """Tell of each release that nobody has acknowledged when it comes nearer, and of each return that is overdue, once.

    For a job. Each row is a transaction of its own; two that run at once tell nobody twice.
    """
    done, today = Chased(), timezone.localdate()
    with as_job(JOB):
        releases, moves = list(_unacknowledged(today)), list(_overdue(today))
    for pk in releases:
        with as_job(JOB):
            done.releases += _chase_release(pk, today)
    for pk in moves:
        with as_job(JOB):
            done.returns += _chase_return(pk, today)
    return done


def _unacknowledged(today: date) -> "list[int]":
    known = ReleaseAcknowledgement.objects.filter(notice=OuterRef("pk"), of_day=OuterRef("expected_on"))
    out = Fact.objects.standing().filter(case=OuterRef("case"), kind=RELEASED, on__gte=OuterRef("given_on"))
    waiting = ReleaseNotice.objects.standing().filter(~Exists(known), ~Exists(out), expected_on__gte=today)
    rows = waiting.filter(chased__lt=len(rules().chase)).values_list("pk", "expected_on", "chased")
    return [pk for pk, on, chased in rows if len(stages_reached(on, today, rules())) > chased]


def _chase_release(pk: int, today: date) -> bool:
    rows = ReleaseNotice.objects.standing().select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("area", "case").filter(pk=pk).first()
    reached = stages_reached(row.expected_on, today, rules()) if row else ()
    known = row is not None and row.acknowledgements.filter(of_day=row.expected_on).exists()
    if row is None or known or len(reached) <= row.chased:
        return False
    row.chased = len(reached)
    row.save(update_fields=["chased"])
    words = f"Nobody has acknowledged the release expected on {day(row.expected_on)} into {row.area.name}."
    tell(
        people=_chased(row, reached[-1].whom),
        kind="release_unacknowledged",
        words=words,
        case_id=row.case_id,
        link=reverse("movements:release", kwargs={"notice": row.key}),
        due_on=row.expected_on,
    )
    log(by=None, verb="chase release", case_id=row.case_id, about={"notice": row.pk, "stage": row.chased})
    return True


def _chased(row: ReleaseNotice, whom: Whom) -> list[User]:
    if row.case is None or whom is Whom.ASKED:
        return told_of(row)
    managers = [] if row.case.restricted else responsible_line_managers(row.case)
    return list({person.pk: person for person in [*told_of(row), *managers]}.values())


def _overdue(today: date) -> list[int]:
    rows = (
        TemporaryMove.objects.away_on(today).filter(until_on__lt=today).values_list("pk", "until_on", "overdue_told_on")
    )
    return [pk for pk, until_on, told_on in rows if told_on != until_on]


def _chase_return(pk: int, today: date) -> bool:
    rows = TemporaryMove.objects.away_on(today).select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("case", "host").filter(pk=pk).first()
    if row is None or row.overdue_told_on == row.until_on or row.until_on >= today:
        return False
    row.overdue_told_on = row.until_on
    row.save(update_fields=["overdue_told_on"])
    words = f"Case {row.case.reference}: no return is recorded from a temporary move that ended {day(row.until_on)}."
    people = [*people_who_must_know(row.case), *([] if row.case.restricted else coordinators_of(row.case))]
    people += [row.host] if row.host else []
    tell(
        people=people,
        kind="return_overdue",
        words=words,
        case_id=row.case_id,
        link=reverse("movements:case", kwargs={"key": row.case.key}),
    )
    log(by=None, verb="chase return", case_id=row.case_id, about={"move": row.pk})
    return True
