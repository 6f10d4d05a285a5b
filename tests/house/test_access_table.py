"""Every address × every role × whose case it is, with its exact status: a new address without a row fails."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.further_offences.build import a_contribution_row, a_review_row
from tests.house.addresses import OF_A_PERSON_OR_ROW, PAGES_WITHOUT_A_CASE, SIGNING_IN
from tests.house.addresses_of_a_case import ONLY_WHILE_A_DISPOSAL_WAITS, PAGES_OF_A_CASE, WAYS_TO_RECORD
from tests.house.who_opens import (
    ANONYMOUS,
    COORDINATOR,
    EVERYBODY,
    INSPECTOR,
    LINE,
    MANAGER,
    OPENS_CASES,
    POLICE,
    SESSION_ENDED,
    SIGN_IN,
    CaseRow,
)
from tests.line_management.build import an_action
from tests.minutes.build import minutes_addresses
from tests.movements.build import a_move_row, released
from tests.notes.build import file, note, stale
from tests.oasys.around import asked_row
from tests.oasys.build import draft_row
from tests.orders.build import order_addresses
from tests.plans.build import a_full_draft, plan_addresses
from tests.referrals.build import a_question, another_meeting
from tests.retention.build import held
from tests.support.pages import without_what_changes
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, write

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Agency, User
from openmappa.cases.models import Case
from openmappa.core.access import Permission, Rank, Role
from openmappa.core.compartments import Compartment
from openmappa.core.involvement import InvolvementKind
from openmappa.core.recording import TO_RECORD
from openmappa.timeline.forms.table import PAGES
from openmappa.timeline.models import Duty, Fact

pytestmark = pytest.mark.django_db

GIVEN_BY = {
    "victim_contact_officer": InvolvementKind.VICTIM_CONTACT,
    "partner_member": InvolvementKind.INVITED,
    "smb_member": InvolvementKind.AUDIT,
    INSPECTOR: InvolvementKind.INSPECTION,
}
"""The roles that see a case only when it was given to them, and how it is."""


@pytest.fixture(autouse=True)
def _no_reading_limit(settings: Any) -> None:
    settings.OPENMAPPA_READING_LIMITS_FACTOR = 1000


def person(role: str) -> User:
    """Somebody of the first area with this role, of the kind of agency that has it, and of a rank that may sign."""
    kind = {"partner_member": Agency.Kind.PARTNER, MANAGER: Agency.Kind.PROBATION}.get(role, Agency.Kind.POLICE)
    return make_person(Role(role), rank=Rank.SERGEANT, kind=kind)


def client(role: str, case: Case | None = None) -> Client:
    """A browser of somebody with this role, or of nobody; with ``case``, of somebody to whom it is given if need be."""
    browser = Client()
    if role != ANONYMOUS:
        who = person(role)
        if case is not None and role in GIVEN_BY:
            give(case, GIVEN_BY[role], person=who)
        browser.force_login(who)
    return browser


class Rows:
    """A case's rows that addresses name: a fact, a note, a file, something given, a hold. None is of the reader's."""

    def __init__(self, case: Case) -> None:
        self.case = case
        write(case, "registered", ago(100))
        write(case, "rm2000_completed", ago(90), band="high", rank="constable")
        self.fact = write(case, "significant_incident", ago(5))
        self.change = self.fact.change_notices.get().key
        self.manager = make_person(Role.LINE_MANAGER, area=case.area, unit=case.police_unit)
        with as_person(self.manager):
            self.note, self.file = note(case, by=self.manager), file(case, by=self.manager)
        self.given = give(case, InvolvementKind.INVITED, unit=make_unit(case.area, "prison"))
        self.hold = held(case, self.manager)
        colleague = make_person(Role.LINE_MANAGER, area=case.area, unit=case.police_unit)
        write(case, "order_started", ago(40), by=colleague, order="community_order")
        self.work = write(case, "isp_completed", ago(20), by=colleague)
        self.action = an_action(self.manager, case, colleague)
        self.plan = plan_addresses(a_full_draft(case, colleague))
        self.temporary_move, self.release = a_move_row(case, self.manager), released(case, ago(3))
        self.orders = order_addresses(case, self.manager)
        self.review = a_review_row(case, self.manager)
        self.contribution = a_contribution_row(self.review, self.manager)
        write(case, "action_agreed", ago(5), action="7/b", due_on=ago(-30), service="police")
        self.late = Duty.objects.get(case=case, standard="rm2000-start")
        self.oasys = draft_row(case, self.manager)
        self.asked = asked_row(case, self.manager)
        self.minutes = minutes_addresses(case, self.manager)
        self.other_meeting = another_meeting(case, self.manager)
        a_question(self.other_meeting, self.manager)

    def address(self, name: str, key: uuid.UUID | None = None) -> str:
        """The address of one of the case's pages; with ``key``, under the key of another."""
        more: dict[str, Any] = {
            "timeline:history": {"what": "likelihood"},
            "fact": {"pk": self.fact.pk},
            "note": {"note": self.note.key},
            "file": {"file": self.file.key},
            "given": {"pk": self.given.pk},
            "hold": {"pk": self.hold.pk},
            "temporary_move": {"move": self.temporary_move.key},
            "release": {"pk": self.release.pk},
            **self.orders,
            "further_offence": {"review": self.review.key},
            "contribution": {"review": self.review.key, "contribution": self.contribution.key},
            "change": {"notice": self.change},
            "work": {"fact": self.work.pk},
            "action": {"pk": self.action.pk},
            "action_number": {"number": "7/b"},
            **self.plan,
            "late": {
                "standard": self.late.standard,
                "opened_on": self.late.opened_on.isoformat(),
                "because_fact": self.late.because_fact_id,
            },
            "oasys": {"oasys": self.oasys.key},
            "asked": {"asked": self.asked.key},
            "other_meeting": {"meeting": self.other_meeting.key},
            **self.minutes,
            "oasys_section": {"oasys": self.oasys.key, "section": "accommodation"},
        }
        row = PAGES_OF_A_CASE.get(name, CaseRow(set()))
        return reverse(name, kwargs={"key": key or self.case.key, **more.get(row.needs or name, {})})


@pytest.fixture
def own() -> Rows:
    """A case of the first area's first units."""
    return Rows(make_case())


@pytest.fixture
def other_unit() -> Rows:
    """A case of the same area, of other units."""
    area = make_area()
    units = {"police_unit": make_unit(area, "police", 2), "probation_unit": make_unit(area, "probation", 2)}
    return Rows(make_case(area, **units))


@pytest.fixture
def other_area() -> Rows:
    """A case of the second area."""
    return Rows(make_case(make_area("eastmarch", "B")))


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Every named address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    tables = [PAGES_WITHOUT_A_CASE, PAGES_OF_A_CASE, OF_A_PERSON_OR_ROW, SIGNING_IN, ONLY_WHILE_A_DISPOSAL_WAITS]
    rows = [name for table in tables for name in table]
    assert sorted(names(get_resolver())) == sorted([*rows, "timeline:record"])
    assert [file for file in OF_A_PERSON_OR_ROW.values() if not Path(file).exists()] == []


def test_every_form_has_a_row_and_the_rows_say_what_the_permissions_say() -> None:
    assert {slug: {role.value for role in Role if _may(page.kind, role)} for slug, page in PAGES.items()} == (
        WAYS_TO_RECORD
    )


def _may(kind: str, role: Role) -> bool:
    """A form stands on the record: a partner agency completes actions on a page of their own, and never there."""
    return User(role=role).may(TO_RECORD[kind]) and User(role=role).may(Permission.READ_RECORD)


Statuses = dict[str, tuple[object, object]]
"""What each page gave, and what the table says that it gives."""


def wrong(roles: set[str], look: Callable[[str], Statuses]) -> dict[tuple[str, str], tuple[object, object]]:
    """Where a role is given something else than the table says. What a role did is taken back before the next."""
    found = {}
    for role in sorted(roles):
        with transaction.atomic():
            for name, (given, expected) in look(role).items():
                if given != expected:
                    found[role, name] = (given, expected)
            transaction.set_rollback(True)
    return found


def both(given: dict[str, int], expected: dict[str, int]) -> Statuses:
    assert given.keys() == expected.keys()
    return {name: (given[name], expected[name]) for name in expected}


def test_pages_that_belong_to_no_case_give_each_role_exactly_what_the_table_says() -> None:
    def look(role: str) -> Statuses:
        found: Statuses = {}
        browser, who = Client(), None if role == ANONYMOUS else person(role)
        for name, row in PAGES_WITHOUT_A_CASE.items():
            path, sender = reverse(name), Client()  # a form may sign its sender out
            if who is not None:
                for each in (browser, sender):
                    if settings.SESSION_COOKIE_NAME not in each.cookies:
                        each.force_login(who)
            given = (browser.get(path).status_code, sender.post(path).status_code)
            if role == ANONYMOUS:
                expected = (row.signed_out, row.post_signed_out)
            elif role in row.opens:
                expected = (row.get, row.post)
            else:
                expected = (405 if row.get == 405 else 403, 405 if row.post == 405 else 403)
            found[name] = (given, expected)
        return found

    assert wrong(EVERYBODY | {ANONYMOUS}, look) == {}


def _statuses(browser: Client, rows: Rows) -> dict[str, int]:
    """What every page of a case gives, opened and sent an empty form."""
    given = {}
    for name, row in PAGES_OF_A_CASE.items():
        given[name] = browser.get(rows.address(name)).status_code
        if row.post is not None:
            given[f"POST {name}"] = browser.post(rows.address(name)).status_code
    return given


def _expected(role: str, sees: bool, *, unseen: int = 404) -> dict[str, int]:
    """What the table says that they give, to somebody who sees the case or does not."""
    expected = {}
    for name, row in PAGES_OF_A_CASE.items():
        for label, allowed in ((name, row.get), (f"POST {name}", row.post)):
            if allowed is None:
                continue
            if role == ANONYMOUS:
                expected[label] = SESSION_ENDED if label.startswith("POST") else SIGN_IN
            elif allowed == 405 or not sees:
                expected[label] = 405 if allowed == 405 else unseen
            else:
                expected[label] = allowed if role in row.opens else 403
    return expected


def test_pages_of_a_case_that_one_is_involved_in_give_each_role_exactly_what_the_table_says(own: Rows) -> None:
    def look(role: str) -> Statuses:
        involved = role in OPENS_CASES or role in GIVEN_BY
        return both(_statuses(client(role, own.case), own), _expected(role, involved))

    assert wrong(EVERYBODY | {ANONYMOUS}, look) == {}


def test_a_case_of_another_unit_of_the_area_is_the_coordinators_alone(other_unit: Rows) -> None:
    def look(role: str) -> Statuses:
        return both(_statuses(client(role), other_unit), _expected(role, role == COORDINATOR))

    assert wrong(EVERYBODY, look) == {}


def test_of_a_restricted_case_the_involved_are_told_whom_to_ring_and_others_nothing(own: Rows) -> None:
    contact = make_person(Role.LINE_MANAGER)
    Case.objects.filter(pk=own.case.pk).update(
        restricted=True, restricted_contact=contact, restricted_reason="A colleague's relative"
    )

    def look(role: str) -> Statuses:
        browser = client(role, own.case)
        kept_from = role in OPENS_CASES or role in GIVEN_BY
        found = both(_statuses(browser, own), _expected(role, False, unseen=403 if kept_from else 404))
        page = browser.get(own.address("timeline:front_sheet")).content.decode()
        return found | {"what it says": ((contact.full_name in page, "Testcase" in page), (kept_from, False))}

    assert wrong(EVERYBODY, look) == {}


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_what_stands_in_the_victim_compartment_is_there_for_three_roles_alone(role: str, own: Rows) -> None:
    with as_person(own.manager):
        own.note = note(own.case, Compartment.VICTIM, by=own.manager, text="Secretvictim")
    browser = stale(client(role, own.case))
    opens = {LINE, COORDINATOR, "victim_contact_officer"}
    # Whoever opens the compartment is asked first who they are (200, on a page that shows nothing of it).
    status = 200 if role in opens else 403 if role == "partner_member" else 404
    for name in ("timeline:void_note", "timeline:correct_note"):
        answer = browser.get(own.address(name))
        assert (role, answer.status_code, b"Secretvictim" in answer.content) == (role, status, False)
    timeline = browser.get(own.address("timeline:timeline"))
    page = timeline.content.decode()
    assert ("1 entry" in page and "prove" in page.lower(), "Secretvictim" in page) == (role in opens, False)


def test_each_way_to_record_is_open_to_exactly_the_roles_of_the_table(own: Rows) -> None:
    before = Fact.objects.filter(case=own.case).count()

    def look(role: str) -> Statuses:
        browser, found = client(role, own.case), {}
        for slug, roles in WAYS_TO_RECORD.items():
            path = reverse("timeline:record", kwargs={"key": own.case.key, "what": slug})
            given = (browser.get(path).status_code, browser.post(path).status_code)
            seen = role in OPENS_CASES or role in GIVEN_BY
            status = 404 if not seen else 200 if role in roles else 403
            found[slug] = (given, (SIGN_IN, SESSION_ENDED) if role == ANONYMOUS else (status, status))
        return found | {"facts": (Fact.objects.filter(case=own.case).count(), before)}

    assert wrong(EVERYBODY | {ANONYMOUS}, look) == {}


def test_a_case_of_another_area_is_nobodys_and_answered_exactly_like_one_that_never_was(other_area: Rows) -> None:
    before = Fact.objects.filter(case=other_area.case).count()

    def look(role: str) -> Statuses:
        browser, found = client(role), {}
        for name, row in PAGES_OF_A_CASE.items():
            if row.get == 405:
                found[f"GET {name}"] = (browser.get(other_area.address(name)).status_code, 405)
            methods = [browser.get] * (row.get != 405) + [browser.post] * (row.post is not None)
            for send in methods:
                unseen = send(other_area.address(name))
                unknown = send(other_area.address(name, key=uuid.uuid4()))
                same = without_what_changes(unseen.content) == without_what_changes(unknown.content)
                found[f"{send.__name__} {name}"] = ((unseen.status_code, unknown.status_code, same), (404, 404, True))
        for slug in WAYS_TO_RECORD:
            path = reverse("timeline:record", kwargs={"key": other_area.case.key, "what": slug})
            found[slug] = ((browser.get(path).status_code, browser.post(path).status_code), (404, 404))
        return found | {"facts": (Fact.objects.filter(case=other_area.case).count(), before)}

    assert wrong(EVERYBODY, look) == {}


def test_a_row_of_one_case_is_not_there_under_another(own: Rows) -> None:
    second = make_case()
    browsers = {LINE: client(LINE), COORDINATOR: client(COORDINATOR)}
    for name, row in PAGES_OF_A_CASE.items():
        if row.needs:
            browser = browsers[LINE if LINE in row.opens else COORDINATOR]
            opened, expected = (browser.post, row.post) if row.get == 405 else (browser.get, row.get)
            assert (name, opened(own.address(name)).status_code) == (name, expected)
            assert (name, opened(own.address(name, key=second.key)).status_code) == (name, 404)


def test_an_officer_voids_what_is_theirs_and_not_what_is_a_colleagues(own: Rows) -> None:
    officer, colleague = person(POLICE), person(POLICE)
    own.fact = write(own.case, "significant_incident", ago(2), by=officer)
    browser = Client()
    browser.force_login(officer)
    assert browser.get(own.address("timeline:void")).status_code == 200
    browser.force_login(colleague)
    assert browser.get(own.address("timeline:void")).status_code == 403


def test_words_in_an_address_that_mean_nothing_are_not_there(own: Rows) -> None:
    officer = client(POLICE)
    for name in ("timeline:history", "timeline:record"):
        assert officer.get(reverse(name, kwargs={"key": own.case.key, "what": "nonsense"})).status_code == 404


def test_somebody_who_has_left_is_signed_out_everywhere(own: Rows) -> None:
    officer = person(POLICE)
    browser = Client()
    browser.force_login(officer)
    path = own.address("timeline:front_sheet")
    assert browser.get(path).status_code == 200
    officer.is_active = False
    officer.save()
    answer = browser.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse(settings.LOGIN_URL)}?next={path}")
