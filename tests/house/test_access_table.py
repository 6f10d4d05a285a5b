"""Every address of the service, and exactly what each role gets there: a new address without a row fails."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.timeline.build import ago, make_area, make_case, make_person, write

from openmappa.accounts.models import Agency, User
from openmappa.cases.models import Case
from openmappa.core.access import TO_RECORD, Rank, Role
from openmappa.timeline.forms.table import PAGES
from openmappa.timeline.models import Fact

pytestmark = pytest.mark.django_db

POLICE, MANAGER, LINE, COORDINATOR = "police_officer", "case_manager", "line_manager", "mappa_coordinator"
OPENS_CASES = {POLICE, MANAGER, LINE, COORDINATOR}
SEES_FIGURES = {LINE, COORDINATOR, "smb_member", "inspector", "auditor"}
EVERYBODY = {role.value for role in Role}
ANONYMOUS = "anonymous"
SIGN_IN, SESSION_ENDED = 302, 403


@dataclass(frozen=True)
class Row:
    """An address without a case: who may open it, whether the signed-out may, and what sending a form to it gives."""

    opens: set[str]
    signed_out: int = SIGN_IN
    get: int = 200
    post: int = 405
    post_signed_out: int = SESSION_ENDED


@dataclass(frozen=True)
class CaseRow:
    """An address of a case: who may open it, and what an empty form sent there gives those who may (None: no form).

    ``get`` is what opening it gives those who may.
    """

    opens: set[str]
    post: int | None = None
    get: int = 200


PAGES_WITHOUT_A_CASE = {
    "worklist:mine": Row(EVERYBODY),
    "worklist:figures": Row(SEES_FIGURES),
    "cases:find": Row(OPENS_CASES, post=200),
    "cases:mine": Row(OPENS_CASES),
    "accounts:sign_in": Row(EVERYBODY, 200, get=302, post=302, post_signed_out=200),
    "accounts:sign_out": Row(EVERYBODY, 405, get=405, post=302, post_signed_out=302),
    "accounts:signed_out": Row(EVERYBODY, 200, post_signed_out=405),
    "accounts:me": Row(EVERYBODY),
    "accounts:roles": Row(EVERYBODY),
    "ui:help": Row(EVERYBODY, 200, post_signed_out=405),
    "ui:accessibility": Row(EVERYBODY, 200, post_signed_out=405),
    "ui:health": Row(EVERYBODY, 200, post_signed_out=405),
    "ui:robots": Row(EVERYBODY, 200, post_signed_out=405),
}
PAGES_OF_A_CASE = {
    "timeline:front_sheet": CaseRow(OPENS_CASES),
    "timeline:duties": CaseRow(OPENS_CASES),
    "timeline:timeline": CaseRow(OPENS_CASES),
    "timeline:history": CaseRow(OPENS_CASES),
    "timeline:record_menu": CaseRow(OPENS_CASES),
    "timeline:recorded": CaseRow(OPENS_CASES),
    "timeline:void": CaseRow({LINE}, post=200),
    "timeline:preview_registration": CaseRow({POLICE, LINE}, post=200, get=405),
    "visits:list": CaseRow(OPENS_CASES),
    "visits:record": CaseRow({POLICE, MANAGER, LINE}, post=200),
    "assessments:list": CaseRow(OPENS_CASES),
    "assessments:score_rm2000": CaseRow({POLICE, MANAGER, LINE}, post=200),
    "assessments:preview_rm2000": CaseRow({POLICE, MANAGER, LINE}, post=200, get=405),
    "assessments:countersign": CaseRow({LINE}, post=200),
}
WAYS_TO_RECORD = {
    "risk-of-harm": {MANAGER, LINE},
    "oasys": {MANAGER, LINE},
    "change-acknowledged": {POLICE, MANAGER, LINE},
    "incident": OPENS_CASES,
    "visit-interval": {LINE, COORDINATOR},
    "registered": {POLICE, LINE},
    "registration-ended": {POLICE, LINE},
    "initial-notification": {POLICE, LINE},
    "annual-notification": {POLICE, LINE},
    "details-changed": {POLICE, LINE},
    "details-notified": {POLICE, LINE},
    "mappa-level": {LINE, COORDINATOR},
    "meeting": {LINE, COORDINATOR},
    "minutes": {LINE, COORDINATOR},
    "action": {LINE, COORDINATOR},
    "action-completed": OPENS_CASES,
    "offender-informed": {POLICE, MANAGER, LINE},
    "isp": {MANAGER, LINE},
    "plan-review": {MANAGER, LINE},
    "risk-management-plan": {MANAGER, LINE},
    "risk-management-plan-review": {MANAGER, LINE},
    "order-started": {MANAGER, LINE},
    "order-ended": {MANAGER, LINE},
    "custody-started": OPENS_CASES,
    "custody-ended": OPENS_CASES,
    "programme-required": {MANAGER, LINE},
    "programme-started": {MANAGER, LINE},
    "victim-entitled": {MANAGER, LINE},
    "victim-referred": {MANAGER, LINE},
    "breach": {MANAGER, LINE},
    "enforcement": {MANAGER, LINE},
    "case-closed": {LINE},
}
"""``timeline:record``, by what is recorded. An empty form is refused on the same page, so a POST gives 200."""


def person(role: str) -> User:
    """Somebody of the first area with this role, of the kind of agency that has it, and of a rank that may sign."""
    kind = {"partner_member": Agency.Kind.PARTNER, MANAGER: Agency.Kind.PROBATION}.get(role, Agency.Kind.POLICE)
    return make_person(Role(role), rank=Rank.SERGEANT, kind=kind)


def client(role: str) -> Client:
    """A browser of somebody with this role, or of nobody."""
    browser = Client()
    if role != ANONYMOUS:
        browser.force_login(person(role))
    return browser


@pytest.fixture
def case() -> Case:
    """A case of the first area with an RM2000 that waits for a countersignature."""
    case = make_case()
    write(case, "registered", ago(100))
    write(case, "rm2000_completed", ago(95), band="high", rank="constable")
    return case


@pytest.fixture
def fact(case: Case) -> Fact:
    """A fact of the case which none of the people of the table recorded."""
    return write(case, "significant_incident", ago(5))


@pytest.fixture
def other_case() -> Case:
    """A case of the second area."""
    case = make_case(make_area("eastmarch", "B"))
    write(case, "registered", ago(100), by=make_person(Role.LINE_MANAGER, area=case.area))
    return case


def address(name: str, key: uuid.UUID, pk: int) -> str:
    """The address of a case's page."""
    more: dict[str, Any] = {
        "timeline:history": {"what": "likelihood"},
        "timeline:recorded": {"pk": pk},
        "timeline:void": {"pk": pk},
    }.get(name, {})
    return reverse(name, kwargs={"key": key, **more})


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Every named address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(names(get_resolver())) == sorted([*PAGES_WITHOUT_A_CASE, *PAGES_OF_A_CASE, "timeline:record"])


def test_every_form_has_a_row_and_the_rows_say_what_the_permissions_say() -> None:
    assert {slug: {role.value for role in Role if _may(page.kind, role)} for slug, page in PAGES.items()} == (
        WAYS_TO_RECORD
    )


def _may(kind: str, role: Role) -> bool:
    return User(role=role).may(TO_RECORD[kind])


@pytest.mark.parametrize("role", sorted(EVERYBODY | {ANONYMOUS}))
def test_pages_that_belong_to_no_case_give_each_role_exactly_what_the_table_says(role: str) -> None:
    given, expected = {}, {}
    for name, row in PAGES_WITHOUT_A_CASE.items():
        path = reverse(name)
        given[name] = (client(role).get(path).status_code, client(role).post(path).status_code)
        if role == ANONYMOUS:
            expected[name] = (row.signed_out, row.post_signed_out)
        elif role in row.opens:
            expected[name] = (row.get, row.post)
        else:
            expected[name] = (403, 403 if row.post == 200 else row.post)
    assert given == expected


@pytest.mark.parametrize("role", sorted(EVERYBODY | {ANONYMOUS}))
def test_pages_of_a_case_of_ones_own_area_give_each_role_exactly_what_the_table_says(
    role: str, case: Case, fact: Fact
) -> None:
    given, expected = {}, {}
    browser = client(role)
    for name, row in PAGES_OF_A_CASE.items():
        path = address(name, case.key, fact.pk)
        given[name] = browser.get(path).status_code
        expected[name] = _expected(role, row, row.get)
        if row.post is not None:
            given[f"POST {name}"] = browser.post(path).status_code
            expected[f"POST {name}"] = SESSION_ENDED if role == ANONYMOUS else _expected(role, row, row.post)
    assert given == expected


def _expected(role: str, row: CaseRow, allowed: int) -> int:
    if role == ANONYMOUS:
        return SIGN_IN
    if allowed == 405:
        return 405
    if role not in OPENS_CASES:
        return 404
    return allowed if role in row.opens else 403


@pytest.mark.parametrize("role", sorted(EVERYBODY | {ANONYMOUS}))
def test_each_way_to_record_is_open_to_exactly_the_roles_of_the_table(role: str, case: Case) -> None:
    browser = client(role)
    given, expected = {}, {}
    for slug, roles in WAYS_TO_RECORD.items():
        path = reverse("timeline:record", kwargs={"key": case.key, "what": slug})
        given[slug] = (browser.get(path).status_code, browser.post(path).status_code)
        if role == ANONYMOUS:
            expected[slug] = (SIGN_IN, SESSION_ENDED)
        else:
            status = _expected(role, CaseRow(roles), 200)
            expected[slug] = (status, status)
    assert given == expected
    assert Fact.objects.filter(case=case).count() == 2


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_a_case_of_another_area_is_answered_exactly_like_one_that_never_was(role: str, other_case: Case) -> None:
    browser = client(role)
    theirs = Fact.objects.filter(case=other_case).latest("pk")
    nowhere = uuid.uuid4()
    for name, row in PAGES_OF_A_CASE.items():
        methods = [browser.get] * (row.get != 405) + [browser.post] * (row.post is not None)
        for send in methods:
            unseen = send(address(name, other_case.key, theirs.pk))
            unknown = send(address(name, nowhere, theirs.pk))
            assert (name, unseen.status_code, unknown.status_code) == (name, 404, 404)
            assert _same_for_everybody(unseen.content) == _same_for_everybody(unknown.content), name
    for slug in WAYS_TO_RECORD:
        path = reverse("timeline:record", kwargs={"key": other_case.key, "what": slug})
        assert (slug, browser.get(path).status_code, browser.post(path).status_code) == (slug, 404, 404)
    assert Fact.objects.filter(case=other_case).count() == 1


def _same_for_everybody(page: bytes) -> bytes:
    """The page without its token, which is another each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def test_a_fact_of_one_case_is_not_there_under_another(case: Case, fact: Fact) -> None:
    second = make_case()
    manager = client(LINE)
    for name in ("timeline:recorded", "timeline:void"):
        assert manager.get(address(name, case.key, fact.pk)).status_code == 200
        assert manager.get(address(name, second.key, fact.pk)).status_code == 404


def test_an_officer_voids_what_is_theirs_and_not_what_is_a_colleagues(case: Case) -> None:
    officer, colleague = person(POLICE), person(POLICE)
    own = write(case, "significant_incident", ago(2), by=officer)
    browser = Client()
    browser.force_login(officer)
    assert browser.get(address("timeline:void", case.key, own.pk)).status_code == 200
    browser.force_login(colleague)
    assert browser.get(address("timeline:void", case.key, own.pk)).status_code == 403


def test_words_in_an_address_that_mean_nothing_are_not_there(case: Case) -> None:
    officer = client(POLICE)
    for name in ("timeline:history", "timeline:record"):
        assert officer.get(reverse(name, kwargs={"key": case.key, "what": "nonsense"})).status_code == 404


def test_somebody_who_has_left_is_signed_out_everywhere(case: Case) -> None:
    officer = person(POLICE)
    browser = Client()
    browser.force_login(officer)
    path = reverse("timeline:front_sheet", kwargs={"key": case.key})
    assert browser.get(path).status_code == 200
    officer.is_active = False
    officer.save()
    answer = browser.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse(settings.LOGIN_URL)}?next={path}")
