"""Telling those who must know of a change (9.10), in the transaction of what changed it; withdrawing what was wrong.

A module beside the services, as ``derivation`` is: a notice of change follows from a fact as a duty does, but it is
kept, since who was told when must never be worked out anew. What an import writes opens no notice: it was known before.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.changes import acknowledge_by, changes
from openmappa.core.compartments import Compartment
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.words import in_full
from openmappa.notices.services import settle, tell
from openmappa.timeline.models import Acknowledgement, ChangeNotice, Fact
from openmappa.timeline.queries.changes import ACKNOWLEDGED, rules_in_service
from openmappa.timeline.queries.standards import services_that_acknowledge
from openmappa.timeline.queries.who import people_who_must_know

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
    urgent = "Urgent: something" if first.urgent else "Something"
    tell(
        people=people,
        kind=KIND,
        words=f"{urgent} on case {case.reference} has changed that you must know of. Read it, and acknowledge it by "
        f"{first.due_on:%A} {in_full(first.due_on)}.",
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
