"""One kind of request after another, as an officer would send them, timed inside the process on the real stack.

Runs in a process of its own, as a job that prepares; each request acts for its reader, bound by row-level security:
``python -m tests.bench.requests OUT.json COUNT``.
"""

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

django.setup()

from openmappa.accounts.models import User  # noqa: E402 - models need the set-up above
from openmappa.caseload.services.demo import staff_the_demonstration  # noqa: E402
from openmappa.cases.models import Alias, Case  # noqa: E402
from openmappa.core.access import Role  # noqa: E402
from openmappa.timeline.models import Fact  # noqa: E402
from tests.bench.beside import beside  # noqa: E402
from tests.bench.coordinated import coordinated  # noqa: E402
from tests.bench.costs import costs  # noqa: E402
from tests.bench.furnished import desk_pages, furnished  # noqa: E402
from tests.bench.minuted import minuted  # noqa: E402
from tests.bench.running import say  # noqa: E402

SEED = 7
HOST = "127.0.0.1"
WARMING_UP = 10
PEOPLE = 60
TAKERS = 5
SIGNED_IN_SECONDS = 300
"""Less than the service keeps somebody signed in who does nothing: writing a large record takes longer than that."""
BY_SCRIPT = {"X-Requested-With": "fetch"}
"""What a page's script says when it saves a line; pages take no notice of it."""
HIDDEN = re.compile(
    r'name="(version|submission|visited_by)"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="(version|submission)"'
)


@dataclass
class Timings:
    """What one kind of request took: milliseconds in all, of those in the database, and queries, for each request."""

    name: str
    limit_ms: int
    milliseconds: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)


class Measured:
    """Counts and times the queries while it is on."""

    def __init__(self) -> None:
        self.queries = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - started
            self.queries += 1


class Office:
    """People of every kind, and cases of theirs to open, drawn at random but the same each time."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)
        self.officers = self._some(Role.POLICE_OFFICER, PEOPLE)
        self.managers = self._some(Role.CASE_MANAGER, PEOPLE)
        self.supervisors = self._some(Role.LINE_MANAGER, PEOPLE)
        self.coordinators = self._some(Role.MAPPA_COORDINATOR, PEOPLE)
        self.clients: dict[int, tuple[Client, float]] = {}

    def _some(self, role: Role, count: int) -> list[User]:
        people = list(User.objects.filter(role=role).select_related("agency").order_by("pk"))
        return self.dice.sample(people, min(count, len(people)))

    def anybody(self) -> User:
        """A police officer or a case manager."""
        return self.dice.choice(self.dice.choice([self.officers, self.managers]))

    def client(self, user: User) -> Client:
        """A browser in which this person has signed in, anew where they have not used it for a while."""
        now = time.monotonic()
        client, since = self.clients.get(user.pk) or (Client(SERVER_NAME=HOST), -SIGNED_IN_SECONDS)
        if now - since >= SIGNED_IN_SECONDS:
            client.force_login(user)
        self.clients[user.pk] = client, now
        return client

    def case_of(self, user: User) -> Case:
        """One of the cases this person holds, or of their area where they hold none."""
        held = list(Case.objects.visible_to(user).managed_by(user).select_related("person").order_by("pk")[:400])
        return self.dice.choice(
            held or list(Case.objects.visible_to(user).select_related("person").order_by("pk")[:400])
        )

    def case_in_area(self, user: User) -> Case:
        """Any case this person may open."""
        ids = list(Case.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))
        return Case.objects.select_related("person").get(pk=self.dice.choice(ids))

    def alias_in_area(self, user: User) -> Alias:
        """Any alias of a case this person may open."""
        found = Alias.objects.filter(person__case__area=user.area_id).order_by("pk")
        return found[self.dice.randrange(found.count())]

    def misspelled(self, word: str) -> str:
        """The word with one letter lost, changed or doubled."""
        place = self.dice.randrange(1, max(2, len(word) - 1))
        return self.dice.choice(
            [word[:place] + word[place + 1 :], word[:place] + "x" + word[place + 1 :], word[:place] + word[place - 1 :]]
        )


@contextmanager
def timed(timings: Timings, keep: bool) -> Iterator[None]:
    """Time one request into ``timings``."""
    measured = Measured()
    with connection.execute_wrapper(measured):
        started = time.perf_counter()
        yield
        milliseconds = (time.perf_counter() - started) * 1000
    if keep:
        timings.milliseconds.append(milliseconds)
        timings.database_ms.append(measured.seconds * 1000)
        timings.queries.append(measured.queries)


Prepared = tuple[Client, str, str, dict[str, Any]]


def scenarios(office: Office) -> dict[str, tuple[int, Callable[[], Prepared]]]:
    """Each kind of request: the limit in milliseconds, and how to prepare the next one (who, how, where, with what)."""

    def get(user: User, address: str, **query: Any) -> Prepared:
        return office.client(user), "get", address, query

    def find(text: str, user: User) -> Prepared:
        return office.client(user), "post", "/find/", {"text": text}

    def tab(name: str) -> Callable[[], Prepared]:
        def prepare() -> Prepared:
            user = office.anybody()
            return get(user, f"/cases/{office.case_of(user).key}/{name}")

        return prepare

    def filtered() -> Prepared:
        asked = {
            "band": office.dice.sample(["low", "medium", "high", "very_high"], 2),
            "level": office.dice.choice([["2"], ["1", "3"], []]),
            "standard": office.dice.choice(["", "home-visit", "oasys-review", "annual-notification"]),
            "sort": office.dice.choice(["urgent", "newest", "name"]),
            "scope": office.dice.choice(["mine", "unit", "area"]),
        }
        return get(office.anybody(), "/", **asked)

    def by_name(spell: Callable[[str], str]) -> Callable[[], Prepared]:
        def prepare() -> Prepared:
            user = office.anybody()
            person = office.case_in_area(user).person
            return find(f"{person.given_names.split()[0]} {spell(person.family_name)}", user)

        return prepare

    def by_alias() -> Prepared:
        user = office.anybody()
        return find(str(office.alias_in_area(user)), user)

    def by_number() -> Prepared:
        user = office.anybody()
        case = office.case_in_area(user)
        return find(office.dice.choice([case.reference, case.person.pnc_id, case.person.crn]).lower(), user)

    return {
        "Worklist, mine": (150, lambda: get(office.anybody(), "/")),
        "Worklist, line manager's": (150, lambda: get(office.dice.choice(office.supervisors), "/")),
        "Worklist, my unit": (150, lambda: get(office.anybody(), "/", scope="unit")),
        "Worklist, my area": (150, lambda: get(office.dice.choice(office.coordinators), "/", scope="area")),
        "Worklist, filtered and sorted": (150, filtered),
        "Case page, front sheet": (150, tab("")),
        "Case page, duties": (150, tab("duties/")),
        "Case page, timeline": (150, tab("timeline/")),
        "Case page, visits": (150, tab("visits/")),
        "Find, name as it is": (150, by_name(str)),
        "Find, name misspelled": (150, by_name(office.misspelled)),
        "Find, alias": (150, by_alias),
        "Find, number": (150, by_number),
    }


def visits(office: Office, count: int) -> Iterator[Timings]:
    """Opening the form for a home visit, and sending it, on a registered offender who is not in custody."""
    opening, sending = Timings("Home visit, opening the form", 150), Timings("Home visit, recording it", 100)
    today = timezone.localdate()
    for number in range(-WARMING_UP, count):
        officer = office.dice.choice(office.officers)
        open_to_visit = Case.objects.filter(
            police_officer=officer, standing__registered=True, standing__in_custody=False, standing__closed=False
        )
        case = office.dice.choice(list(open_to_visit.order_by("pk")) or [None])
        if case is None:
            continue
        client, address = office.client(officer), f"/cases/{case.key}/visits/record/"
        with timed(opening, number >= 0):
            page = client.get(address)
        expect(page, 200)
        hidden = {
            first or fourth: second or third for first, second, third, fourth in HIDDEN.findall(page.content.decode())
        }
        answers = {
            "on": today.isoformat(),
            "visited_by": str(officer.pk),
            "outcome": "seen",
            "announced": "no",
            "joint": "no",
            "observed": "At home, alone. Nothing of note.",
            "has_concern": "no",
            "intelligence_to_submit": "no",
        }
        with timed(sending, number >= 0):
            sent = client.post(address, {**hidden, **answers})
        expect(sent, 302)
    yield opening
    yield sending


def oasys_and_plans(office: Office, count: int) -> Iterator[Timings]:
    """Pages of assessment and planning, on cases of which there is something to show: a section first."""
    desks = furnished(office.managers, PEOPLE)
    opening, saving = Timings("OASys, opening a section", 150), Timings("OASys, saving a section", 150)
    for number in range(-WARMING_UP, count):
        desk = office.dice.choice(desks)
        client, address = office.client(desk.manager), desk.address_of(office.dice.choice(desk.sections))
        with timed(opening, number >= 0):
            page = client.get(address)
        expect(page, 200)
        with timed(saving, number >= 0):
            sent = client.post(address, desk.answers_to(page))
        expect(sent, 302)
    yield opening
    yield saving
    for name, pages in desk_pages(desks, office.supervisors).items():
        timings = Timings(name, 150)
        for number in range(-WARMING_UP, count):
            person, address = office.dice.choice(pages)
            with timed(timings, number >= 0):
                response = office.client(person).get(address)
            expect(response, 200)
        yield timings


def coordination(office: Office, count: int) -> Iterator[Timings]:
    """Pages of MAPPA, over a meeting for five cases and two actions a case, in one area or another."""
    written = coordinated(Case.objects.count())
    say(f"written for the coordinator's desk: {written}")
    takings = minuted(office.coordinators[:TAKERS])
    desk, people = office.coordinators, [*office.officers, *office.managers]

    def opened(someone: Sequence[User], address: str) -> Callable[[], Prepared]:
        return lambda: (office.client(office.dice.choice(someone)), "get", address, {})

    def running() -> Prepared:
        taking = office.dice.choice(takings)
        return office.client(taking.taker), "get", taking.address("run"), {}

    def news() -> Prepared:
        taking = office.dice.choice(takings)
        return office.client(taking.taker), "get", taking.address("news"), {"since": taking.version - 1}

    def line() -> Prepared:
        taking = office.dice.choice(takings)
        return office.client(taking.taker), "post", *taking.line()

    def of_case() -> Prepared:
        taking = office.dice.choice(takings)
        return office.client(taking.taker), "get", reverse("coordination:case", args=[taking.case.key]), {}

    kinds: dict[str, tuple[int, Callable[[], Prepared]]] = {
        "Coordinator's desk": (200, opened(desk, "/coordination/")),
        "Draft a day of eight cases": (200, opened(desk, "/coordination/day/")),
        "Reviews due, the whole list": (200, opened(desk, "/coordination/lists/reviews/")),
        "Actions late, the whole list": (200, opened(desk, "/coordination/lists/actions/")),
        "Attendance by agency and rank": (200, opened(desk, "/coordination/attendance/")),
        "Figures of MAPPA": (1000, opened(desk, "/coordination/figures/")),
        "MAPPA of a case": (150, of_case),
        "Actions, of their owner": (150, opened(people, "/actions/")),
        "Actions, of an area": (200, opened(desk, "/actions/?scope=area")),
        "Minutes, page of a running meeting": (150, running),
        "Minutes, one new line in a meeting": (50, news),
        "Minutes, saving a line": (50, line),
    }
    for name, (limit, prepare) in kinds.items():
        timings = Timings(name, limit)
        for number in range(-WARMING_UP, count):
            client, method, address, values = prepare()
            with timed(timings, number >= 0):
                response = getattr(client, method)(address, values, headers=BY_SCRIPT)
            expect(response, 200)
        yield timings


def expect(response: Any, status: int) -> None:
    """Stop when a page did not come: timing refusals would flatter the table."""
    if response.status_code != status:
        asked = f"{response.request['REQUEST_METHOD']} {response.request['PATH_INFO']}"
        text = response.headers.get("Location") or re.sub(r"<[^>]+>|\s+", " ", response.content.decode())[:2000]
        raise SystemExit(f"{asked} gave {response.status_code}, not {status}: {text}")


def pages(office: Office, count: int) -> Iterator[Timings]:
    """Pages of cases and lists of them."""
    for name, (limit, prepare) in scenarios(office).items():
        timings = Timings(name, limit)
        for number in range(-WARMING_UP, count):
            client, method, address, values = prepare()
            with timed(timings, number >= 0):
                response = getattr(client, method)(address, values, follow=True)
            expect(response, 200)
        yield timings


def main(out: Path, count: int) -> None:
    """Time everything ``count`` times and write it to ``out``."""
    settings.STATIC_ROOT = out.parent / "static"  # its own: another run may be clearing the shared one
    call_command("collectstatic", interactive=False, verbosity=0)
    staff_the_demonstration()
    office = Office()
    done: list[Timings] = []
    for kind in (pages, visits, oasys_and_plans, coordination):
        for timings in kind(office, count):
            say(f"{timings.name}: {median(timings.milliseconds):.0f} ms, half of {len(timings.milliseconds)}")
            done.append(timings)
    content: dict[str, Any] = {"requests": [asdict(timings) for timings in done]}
    say("what need-to-know costs")
    content["costs"] = costs(scenarios(office), count)
    say("beside the plain way")
    content["beside"] = beside([(user, office.case_in_area(user)) for user in office.officers[:20]])
    content["rows"] = {"cases": Case.objects.count(), "facts": Fact.objects.count()}
    out.write_text(json.dumps(content))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
