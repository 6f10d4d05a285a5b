"""Telling those who must know of a change (9.10), in the transaction of what changed it; withdrawing what was wrong.

A module beside the services, as ``derivation`` is: a notice of change follows from a fact as a duty does, but it is
kept, since who was told when must never be worked out anew. What an import writes opens no notice: it was known before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.changes import acknowledge_by, changes
from openmappa.core.compartments import Compartment
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.words import in_full
from openmappa.core.telling import Why
from openmappa.notices.services import settle, tell
from openmappa.timeline.models import Acknowledgement, AcknowledgementQuerySet, ChangeNotice, Fact
from openmappa.timeline.queries.changes import ACKNOWLEDGED, rules_in_service
from openmappa.timeline.queries.standards import services_that_acknowledge
from openmappa.timeline.queries.who import covered_and_known, people_who_must_know, who_answers_for

JOB = "follow_up_changes"
TAKE_OVER = frozenset({Why.POLICE_OFFICER, Why.CASE_MANAGER, Why.COVER})
"""Who is told of what waits on a case that they came to after it was told."""
KIND = "change"
"""The kind of the notices (``notices.Notice``) that lead people to what changed."""


def open_notices(*, by: User, case: Case, row: Fact, fact: CoreFact, earlier: Sequence[CoreFact]) -> list[int]:
    """Tell those who must know what a fact, just recorded on a locked case, has changed; whom, by their keys.

    Costs nothing where it changed nothing; else five queries and three inserts, however many people there are.
    """
    rules = rules_in_service()
    found = changes(fact, earlier, rules)
    if not found:
        return []
    told_at = timezone.now()
    due_on = acknowledge_by(timezone.localdate(told_at), rules)
    notices = [
        ChangeNotice(
            case=case,
            fact=row,
            what=change.what,
            rule=change.rule,
            before=change.before,
            after=change.after,
            opened_at=told_at,
            opened_by=by,
            due_on=due_on,
        )
        for change in found
    ]
    return sent_to_all(notices, case, but=[by])


def sent_to_all(notices: list[ChangeNotice], case: Case, *, but: Iterable[User]) -> list[int]:
    """Store these notices, all of one compartment and day, and put them before those who must know; their keys."""
    first = notices[0]
    people = people_who_must_know(case, compartment=Compartment(first.compartment), but=but)
    ChangeNotice.objects.bulk_create(notices)
    Acknowledgement.objects.bulk_create(
        [
            Acknowledgement(notice=notice, case=case, person=person, why=why, due_on=notice.due_on)
            for notice in notices
            for person, why in people.items()
        ]
    )
    tell(
        people=people,
        kind=KIND,
        words=_asks(case, first.due_on, first.urgent),
        case_id=case.pk,
        link=page_of(case),
        due_on=first.due_on,
    )
    return sorted(person.pk for person in people)


def withdraw_notices(*, by: User, case: Case, row: Fact) -> None:
    """Withdraw what a fact, just voided on a locked case, had told others; and tell them so."""
    standing = ChangeNotice.objects.standing().filter(fact=row)
    withdrawn = list(standing)
    if not withdrawn:
        return
    standing.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    rows = Acknowledgement.objects.filter(notice__in=withdrawn, lapsed_at__isnull=True).exclude(person=by)
    people = {each.person.pk: each.person for each in rows.select_related("person")}
    tell(
        people=people.values(),
        kind=KIND,
        words=f"A change on case {case.reference} that you were told of was a mistake, and is withdrawn. "
        "If you did something because of it, look at the case again.",
        case_id=case.pk,
        link=page_of(case),
    )


def acknowledged_by_fact(*, by: User, case: Case, fact: CoreFact, at: datetime) -> None:
    """Somebody recorded that their service has acknowledged a change: so they themselves know of it.

    Of those changes alone that this service is to be told of, and that the fact's day is not before.
    """
    if fact.kind != ACKNOWLEDGED or fact.details["service"] != by.service:
        return
    fields = [field for field, other in services_that_acknowledge().items() if other.service == by.service]
    told = [rule.id for rule in rules_in_service().levels if rule.field in fields]
    day_after = datetime.combine(
        fact.on + timedelta(days=1), datetime.min.time(), tzinfo=timezone.get_current_timezone()
    )
    rows = Acknowledgement.objects.waiting().filter(
        case=case, person=by, notice__rule__in=told, notice__opened_at__lt=day_after
    )
    if rows.update(acknowledged_at=at):
        settle_if_done(by=by, case=case)


def settle_if_done(*, by: User, case: Case) -> None:
    """Once nothing on the case waits for this person, the notices that led them there are read."""
    if not Acknowledgement.objects.waiting().filter(case=case, person=by).exists():
        settle(by=by, case_id=case.pk, kind=KIND)


def page_of(case: Case) -> str:
    """The address of a case's changes."""
    return reverse("timeline:changes", kwargs={"key": case.key})


@dataclass
class FollowedUp:
    """What a job found to do: people who came to a case and were told; those who left it; overdue ones told upwards."""

    came: int = 0
    went: int = 0
    escalated: int = 0
    to_nobody: int = 0


def follow_up() -> FollowedUp:
    """Keep those who must know in step with whose the case is now, and tell line managers of what is overdue.

    For a job. One transaction for each case and for each person: it may be stopped at any moment, and two at once do
    nothing twice.
    """
    done = FollowedUp()
    with as_job(JOB):
        waiting = Acknowledgement.objects.waiting()
        cases = list(Case.objects.filter(pk__in=waiting.values("case")).order_by("pk"))
    for case in cases:
        with as_job(JOB):
            _keep_in_step(case, done)
    with as_job(JOB):
        overdue = list(_to_escalate().order_by("pk").values_list("pk", flat=True))
    for pk in overdue:
        with as_job(JOB):
            _escalate(pk, done)
    return done


def _keep_in_step(case: Case, done: FollowedUp) -> None:
    """Whoever took the case over is told of what waits on it; for whoever can no longer open it, that lapses."""
    locked, now = lock_case(case), timezone.now()
    due_on = acknowledge_by(timezone.localdate(now), rules_in_service())
    notices = ChangeNotice.objects.standing().filter(case=locked).prefetch_related("acknowledgements")
    known: dict[str, dict[User, Why]] = {}
    new: dict[User, list[Acknowledgement]] = {}
    for notice in notices:
        rows = {row.person_id: row for row in notice.acknowledgements.all()}
        if not any(row.is_waiting for row in rows.values()):
            continue
        place = notice.compartment
        people = known.setdefault(place, {}) or people_who_must_know(locked, compartment=Compartment(place))
        known[place] = people
        still = {person.pk for person in people}
        gone = [row.pk for row in rows.values() if row.is_waiting and row.person_id not in still]
        done.went += Acknowledgement.objects.filter(pk__in=gone).update(lapsed_at=now)
        for person, why in people.items():
            if person.pk not in rows and why in TAKE_OVER and person.pk != notice.opened_by_id:
                row = Acknowledgement(notice=notice, case=locked, person=person, why=why, due_on=due_on)
                new.setdefault(person, []).append(row)
    Acknowledgement.objects.bulk_create([row for rows in new.values() for row in rows])
    tell(people=new, kind=KIND, words=_asks(locked, due_on), case_id=locked.pk, link=page_of(locked), due_on=due_on)
    done.came += len(new)


def _to_escalate() -> AcknowledgementQuerySet:
    return Acknowledgement.objects.overdue_on(timezone.localdate()).filter(escalated_at__isnull=True)


def _escalate(pk: int, done: FollowedUp) -> None:
    """Tell whoever answers for somebody's work that they have not acknowledged a change in time; once."""
    rows = _to_escalate().select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("case", "person", "notice").filter(pk=pk).first()
    if row is None or covered_and_known(row):
        return
    people = who_answers_for(row.person, row.case)
    if not people:
        done.to_nobody += 1
        return
    which = "a restricted case" if row.case.restricted else f"case {row.case.reference}"
    told_of = {row.case.police_unit_id, row.case.probation_unit_id}
    tell(
        people=people,
        kind="change_overdue",
        words=f"{row.person.full_name} has not acknowledged a change on {which}. It was due on "
        f"{row.due_on:%A} {in_full(row.due_on)}. Ask whether they know.",
        case_id=row.case_id,
        link=page_of(row.case) if row.person.unit_id in told_of and not row.case.restricted else "",
    )
    row.escalated_at, row.escalated_to = timezone.now(), sorted(person.pk for person in people)
    row.save(update_fields=["escalated_at", "escalated_to"])
    about = {"acknowledgement": row.pk, "of": row.person_id, "to": row.escalated_to}
    log(by=None, verb="escalate change", case_id=row.case_id, about=about)
    done.escalated += 1


def _asks(case: Case, due_on: date, urgent: bool = False) -> str:
    something = "Urgent: something" if urgent else "Something"
    return (
        f"{something} on case {case.reference} has changed that you must know of. Read it, and acknowledge it by "
        f"{due_on:%A} {in_full(due_on)}."
    )
