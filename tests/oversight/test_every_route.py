"""Every address of the service, opened by everybody who may: one event for each page that shows a case, none else."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.oversight.shown import SHOWN, UNKNOWN_CASE, UNKNOWN_PAGE, Kind, page_label, shown_on
from tests.oasys.around import asked_row
from tests.oasys.build import draft_row
from tests.timeline.build import ago, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db

ROLES = (
    Role.LINE_MANAGER,
    Role.MAPPA_COORDINATOR,
    Role.POLICE_OFFICER,
    Role.CASE_MANAGER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
LOOK = {Kind.CASE: "read case", Kind.LIST: "read list", Kind.LOG: "read log"}
NEEDS_MORE = {
    "actions:by_number",
    "actions:take_up",
    "emergency:end_here",
    "emergency:review",
    "further_offences:ask",
    "further_offences:conclude",
    "further_offences:lesson",
    "further_offences:notified",
    "further_offences:read",
    "further_offences:show",
    "involved:end",
    "involved:lift",
    "involved:name",
    "line_management:complete",
    "line_management:explain",
    "line_management:mark",
    "line_management:marks",
    "meetings:agenda",
    "meetings:answer",
    "meetings:attend",
    "meetings:invite",
    "meetings:invite_all",
    "meetings:one",
    "meetings:show",
    "meetings:take_back",
    "meetings:take_off",
    "meetings:withdraw",
    "minutes:account",
    "minutes:add_action",
    "minutes:as_answered",
    "minutes:attendance",
    "minutes:chair",
    "minutes:check",
    "minutes:close",
    "minutes:conclusion",
    "minutes:correct",
    "minutes:entry",
    "minutes:issue",
    "minutes:line",
    "minutes:new_line",
    "minutes:news",
    "minutes:open",
    "minutes:run",
    "minutes:show",
    "minutes:take_over",
    "minutes:told",
    "minutes:withdraw",
    "movements:arrival",
    "movements:change_move",
    "oasys:autosave",
    "oasys:next",
    "orders:breach",
    "orders:change_breach",
    "orders:decide_recall",
    "orders:record",
    "orders:release_recall",
    "orders:return_recall",
    "orders:set_aside",
    "orders:set_aside_breach",
    "orders:set_aside_recall",
    "orders:step",
    "plans:abandon",
    "plans:add",
    "plans:change",
    "plans:check",
    "plans:edit",
    "plans:ground",
    "plans:judge",
    "plans:progress",
    "plans:show",
    "plans:sign",
    "plans:start",
    "plans:step",
    "referrals:answer_meeting",
    "referrals:question",
    "retention:judge",
    "retention:lift",
    "retention:withdraw",
    "timeline:change",
    "timeline:correct_note",
    "timeline:file",
    "timeline:preview_registration",
    "timeline:prove",
    "timeline:void_file",
    "timeline:void_note",
}
"""Pages that need a row of their own (a note, a hold) or only take a form: opened without, they show nothing."""


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Every named address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(set(names(get_resolver()))) == sorted(SHOWN)


def test_a_page_without_a_row_is_taken_to_show_everything() -> None:
    assert shown_on("new:page", of_a_case=True) is UNKNOWN_CASE
    assert shown_on("new:page", of_a_case=False) is UNKNOWN_PAGE
    assert page_label("new:page") == "new:page"


def test_every_page_that_shows_something_has_a_name_for_people() -> None:
    assert [name for name, row in SHOWN.items() if bool(row.label) == (row.kind is Kind.NOTHING)] == []


@dataclass(frozen=True)
class Cast:
    """A case with an entry, and somebody of each role who is involved in it."""

    case: Case
    parts: list[dict[str, Any]]
    people: dict[Role, User]


@pytest.fixture
def cast() -> Cast:
    people = {role: make_person(role, rank=Rank.SERGEANT) for role in ROLES}
    officer = people[Role.POLICE_OFFICER]
    case = make_case(police_officer=officer, case_manager=people[Role.CASE_MANAGER])
    write(case, "registered", ago(400), by=officer)
    write(case, "rm2000_completed", ago(395), by=officer, band="high", rank="constable")
    fact = write(case, "significant_incident", ago(5), by=officer)
    nobody = uuid.uuid4()
    given: dict[str, Any] = {"key": case.key, "pk": fact.pk, "note": nobody, "file": nobody, "number": "none"}
    given |= {"provider": "none", "oasys": draft_row(case, officer).key, "section": "accommodation"}
    given |= {"asked": asked_row(case, officer).key}
    wholes = [{"what": "likelihood"}, {"what": "incident"}]
    return Cast(case, [given | whole for whole in wholes], people)


def addresses(name: str, cast: Cast) -> list[str]:
    """The address of a page, with as many of its parts as it asks for."""
    found = []
    for parts in cast.parts:
        own = dict(parts)
        if not name.startswith("timeline:"):
            own["pk"] = cast.people[Role.POLICE_OFFICER].pk
        for wanted in _parts_of(name):
            if all(part in own for part in wanted):
                found.append(reverse(name, kwargs={part: own[part] for part in wanted}))
    return list(dict.fromkeys(found))


def _parts_of(name: str) -> list[tuple[str, ...]]:
    """What an address asks for, each way it can be written; those of the place it is included at first."""
    space, _, short = name.rpartition(":")
    resolver, before = get_resolver(), tuple[str, ...]()
    for part in space.split(":") if space else []:
        _, resolver = resolver.namespace_dict[part]
        before += tuple(resolver.pattern.converters)
    if short not in resolver.reverse_dict:
        raise NoReverseMatch(name)
    return [(*before, *asked) for forms, *_ in resolver.reverse_dict.getlist(short) for _, asked in forms]


def opened(browser: Client, address: str, by: User) -> tuple[int, list[Event]]:
    """Open a page; how it was answered, and what the log says of it."""
    before = set(Event.objects.filter(by_id=by.pk).values_list("pk", flat=True))
    answer = browser.get(address)
    after = Event.objects.filter(by_id=by.pk).exclude(pk__in=before)
    return answer.status_code, [event for event in after if event.operation in ("consultation", "disclosure", "access")]


@pytest.mark.parametrize("space", sorted({name.partition(":")[0] for name in SHOWN}))
def test_a_page_leaves_one_event_where_it_shows_a_case_and_none_where_it_does_not(space: str, cast: Cast) -> None:
    for name, row in SHOWN.items():
        if name.startswith(f"{space}:"):
            shown = sum(_leaves_what_it_should(name, row.kind, cast, role) for role in cast.people)
            assert shown > 0 or row.kind is not Kind.CASE or name in NEEDS_MORE, name


def _leaves_what_it_should(name: str, kind: Kind, cast: Cast, role: Role) -> int:
    """How many addresses of a page showed something to somebody of this role, each of them logged once."""
    shown, by = 0, cast.people[role]
    for address in addresses(name, cast):
        status, events = opened(signed_in(by), address, by)
        said = [(event.verb, event.outcome) for event in events]
        if status in (403, 429) or (status == 404 and _has_key(name)):
            assert said == [("ask for page", "refused")], (address, role)
        elif status == 200 and (expected := _expected(kind, name, events)):
            shown += 1
            assert [event.verb for event in events] == [expected], (address, role)
            assert cast.case.pk in {events[0].case_id, *events[0].case_ids} or kind is Kind.LOG
        else:
            assert [verb for verb, _ in said if verb.startswith("read")] == [], (address, role, status)
    return shown


def _expected(kind: Kind, name: str, events: list[Event]) -> str:
    if kind is Kind.GIVEN_OUT:
        return "read case" if name.startswith(("timeline:", "oasys:")) else ""
    if kind is Kind.LIST and not events:
        return ""
    return LOOK.get(kind, "")


def _has_key(name: str) -> bool:
    return any("key" in parts for parts in _parts_of(name))


def test_the_lists_that_a_line_manager_opens_show_the_case_and_say_so(cast: Cast) -> None:
    manager = cast.people[Role.LINE_MANAGER]
    officer = cast.people[Role.POLICE_OFFICER]
    for by, address in ((officer, "/"), (officer, "/cases/"), (manager, "/?scope=unit"), (manager, "/?scope=area")):
        _, events = opened(signed_in(by), address, by)
        assert [(event.verb, event.case_ids) for event in events] == [("read list", [cast.case.pk])], address


def test_the_log_of_a_page_is_written_by_the_role_that_may_not_change_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('openmappa_app', 'audit_event', 'UPDATE')")
        assert cursor.fetchone() == (False,)
