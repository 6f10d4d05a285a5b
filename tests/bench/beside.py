"""The same work done the plainest way that works, in the same process and run: what our own way is held against."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from io import BytesIO
from itertools import islice
from statistics import median
from typing import TypedDict, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.caseload.queries import exported, sources
from openmappa.caseload.services.importing import import_caseload
from openmappa.cases.models import Alias, Case, Person
from openmappa.cases.queries import found
from openmappa.core.caseload import CaseRecord, Header, header_line, record_line
from openmappa.core.packs.load import packs_in_service
from openmappa.core.standards.duties import duties
from openmappa.core.standards.facts import details_to_json
from openmappa.timeline.derivation import derive
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_facts
from openmappa.worklist.queries.filters import Filters
from openmappa.worklist.queries.lines import worklist
from tests.core.standards.reference import reference_duties

Thing = TypeVar("Thing")
JUDGED = 3
IMPORTED = 60


class Beside(TypedDict):
    """One comparison: what is done, how the plain way does it, and the milliseconds that each took."""

    what: str
    plain_way: str
    ours_ms: float
    plain_ms: float


class Undone(Exception):
    """Takes back what a comparison wrote."""


def beside(pairs: Sequence[tuple[User, Case]]) -> list[Beside]:
    """Every comparison, for people and a case of the area of each."""
    return [judging(pairs), importing(), opening_a_worklist(pairs), finding(pairs)]


def judging(pairs: Sequence[tuple[User, Case]]) -> Beside:
    """Working out the duties of a case."""
    (pack,) = packs_in_service()
    today = timezone.localdate()
    cases = [(core_facts(case).facts, case.force) for _, case in pairs[:JUDGED]]
    return {
        "what": "Work out the duties of a case",
        "plain_way": "the rules taken literally: every day and every standard in turn (the tests' reference)",
        "ours_ms": each(lambda one: duties(one[0], pack, force=one[1], as_of=today), cases),
        "plain_ms": each(lambda one: reference_duties(one[0], pack, force=one[1], as_of=today), cases),
    }


def importing() -> Beside:
    """Taking in cases; both ways are taken back."""
    records = list(islice(exported(sources()[0]), IMPORTED))
    people = {user.username: user for user in User.objects.all()}
    areas = {case.area.code: case.area_id for case in Case.objects.select_related("area").distinct("area")}
    content = b"".join([header_line(Header("beside", date(2005, 3, 31))), *map(record_line, records)])

    def ours() -> None:
        import_caseload(file=BytesIO(content), report=print, watcher=Unseen())

    def plain() -> None:
        for record in records:
            record_with_the_orm(record, areas[record.area], people)

    return {
        "what": "Import a case",
        "plain_way": "Django's ORM: save each case, bulk_create its facts, derive its duties",
        "ours_ms": taken_back(ours) / len(records),
        "plain_ms": taken_back(plain) / len(records),
    }


def opening_a_worklist(pairs: Sequence[tuple[User, Case]]) -> Beside:
    """What is due on the cases of one person."""
    packs = packs_in_service()
    today = timezone.localdate()

    def plain(pair: tuple[User, Case]) -> None:
        for case in Case.objects.visible_to(pair[0]).managed_by(pair[0]):
            duties(core_facts(case).facts, packs, force=case.force, as_of=today)

    few = pairs[:5]
    return {
        "what": "Draw up one person's worklist",
        "plain_way": "nothing stored: read the facts of their cases and judge them when the page is opened",
        "ours_ms": each(lambda pair: worklist(pair[0], Filters(), 1, today), few),
        "plain_ms": each(plain, few),
    }


def finding(pairs: Sequence[tuple[User, Case]]) -> Beside:
    """Finding a person by name."""

    def name(case: Case) -> tuple[str, str]:
        return case.person.given_names.split()[0], case.person.family_name

    def plain(pair: tuple[User, Case]) -> None:
        given, family = name(pair[1])
        own = Q(person__given_names__icontains=given, person__family_name__icontains=family)
        alias = Q(person__aliases__given_names__icontains=given, person__aliases__family_name__icontains=family)
        list(Case.objects.visible_to(pair[0]).filter(own | alias).select_related("person").distinct()[:20])

    return {
        "what": "Find a person by name",
        "plain_way": "ILIKE on names and aliases, which misses every misspelling",
        "ours_ms": each(lambda pair: found(pair[0], " ".join(name(pair[1]))), pairs),
        "plain_ms": each(plain, pairs),
    }


def record_with_the_orm(record: CaseRecord, area_id: int, people: dict[str, User]) -> None:
    """One case as a newcomer to the code would import it."""
    assert record.person is not None
    details = {name: value for name, value in record.person._asdict().items() if name != "aliases"}
    person = Person.objects.create(**details)
    for alias in record.person.aliases:
        Alias.objects.create(person=person, **alias._asdict())
    staff = {slot: people[username] for slot, username in record.staff.items()}
    case = Case.objects.create(
        source="beside", reference=record.reference, person=person, area_id=area_id, force=record.force, **staff
    )
    Fact.objects.bulk_create(
        Fact(case=case, kind=fact.kind, on=fact.on, details=details_to_json(fact), recorded_on=fact.recorded_on)
        for fact in record.facts
    )
    derive(case)


def each(work: Callable[[Thing], object], things: Sequence[Thing]) -> float:
    """The median of the milliseconds that the work takes on each thing, after a first go at one of them."""
    work(things[0])
    return median([milliseconds(partial(work, thing)) for thing in things])


def taken_back(work: Callable[[], None]) -> float:
    """The milliseconds that some writing takes, which is then undone."""
    took = 0.0
    try:
        with transaction.atomic():
            took = milliseconds(work)
            raise Undone
    except Undone:
        return took


def milliseconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


class Unseen:
    """Watches an import and says nothing."""

    def waiting(self) -> None: ...

    def checking(self, position: int) -> None: ...

    def writing(self, cases: int, of: int) -> None: ...
