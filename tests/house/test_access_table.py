"""Every address × every role × every case: exactly what the table says, and a new address without a row fails."""

import re
import uuid
from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openmappa.cases.models import Case
from openmappa.core.access import TO_RECORD, Rank, Role, allowed
from openmappa.timeline.forms.table import PAGES
from tests.timeline.build import ago, make_area, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

PO, CM, LM, MC = Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR
OPEN_CASES = (PO, CM, LM, MC)
SEE_FIGURES = (LM, MC, Role.SMB_MEMBER, Role.INSPECTOR, Role.AUDITOR)
EVERYBODY = tuple(Role)

EVERYWHERE: Mapping[str, tuple[Role, ...]] = {
    "worklist:mine": EVERYBODY,
    "worklist:figures": SEE_FIGURES,
    "accounts:me": EVERYBODY,
    "accounts:roles": EVERYBODY,
    "cases:find": OPEN_CASES,
    "cases:mine": OPEN_CASES,
}
"""Pages about no single case: who gets a 200. Everybody else signed in gets a 403, and nobody signed in is sent to sign in."""

FOR_ANYBODY: Mapping[str, int] = {
    "ui:health": 200,
    "ui:help": 200,
    "ui:accessibility": 200,
    "ui:robots": 200,
    "accounts:signed_out": 200,
}
"""Pages for anybody, signed in or not."""

ON_A_CASE: Mapping[str, tuple[Role, ...]] = {
    "timeline:front_sheet": OPEN_CASES,
    "timeline:duties": OPEN_CASES,
    "timeline:timeline": OPEN_CASES,
    "timeline:history": OPEN_CASES,
    "timeline:record_menu": OPEN_CASES,
    "timeline:recorded": OPEN_CASES,
    "timeline:void": (LM,),
    "visits:list": OPEN_CASES,
    "visits:record": (PO, CM, LM),
    "assessments:list": OPEN_CASES,
    "assessments:score_rm2000": (PO, CM, LM),
    "assessments:countersign": (LM,),
}
"""Pages on a case of one's own area: who gets a 200. The other roles that open cases get a 403, and the rest a 404."""

ELSEWHERE = {
    "timeline:record": "by slug, below",
    "assessments:preview_rm2000": "only posted, below",
    "timeline:preview": "only posted, below",
    "accounts:sign_in": "by whether one is signed in, below",
    "accounts:sign_out": "only posted, below",
}


def names(resolver: URLResolver, space: str = "") -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += names(entry, f"{entry.app_name}:" if entry.app_name else space)
        elif isinstance(entry, URLPattern):
            found.append(f"{space}{entry.name}")
    return found


def cast(role: Role):
    return make_person(role, rank=Rank.SERGEANT)


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(20), by=make_person(PO))
    write(case, "rm2000_completed", ago(15), by=make_person(PO), band="high", rank="constable")
    return case


def body(response: HttpResponse) -> str:
    """What the page says; the token against forged forms is another one each time."""
    return TOKEN.sub("", response.content.decode())


def address(name: str, case: Case | None, key: uuid.UUID | None = None) -> str:
    parts: dict[str, object] = {"key": key or (case.key if case else uuid.uuid4())}
    if name == "timeline:history":
        parts["what"] = "likelihood"
    if name in ("timeline:recorded", "timeline:void"):
        parts["pk"] = case.facts.order_by("pk")[0].pk if case else 1
    return reverse(name, kwargs=parts)


def test_every_address_stands_in_the_table() -> None:
    table = {*EVERYWHERE, *FOR_ANYBODY, *ON_A_CASE, *ELSEWHERE}
    assert sorted(set(names(get_resolver())) - table) == []


@pytest.mark.parametrize("name", sorted(FOR_ANYBODY))
def test_pages_for_anybody(name: str) -> None:
    assert Client().get(reverse(name)).status_code == FOR_ANYBODY[name]
    assert signed_in(cast(Role.AUDITOR)).get(reverse(name)).status_code == FOR_ANYBODY[name]


@pytest.mark.parametrize("name", sorted(EVERYWHERE))
@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_about_no_case(name: str, role: Role) -> None:
    status = signed_in(cast(role)).get(reverse(name)).status_code
    assert status == (200 if role in EVERYWHERE[name] else 403)


@pytest.mark.parametrize("name", sorted({*EVERYWHERE, *ON_A_CASE}))
def test_nobody_signed_in_is_sent_to_sign_in(name: str, case: Case) -> None:
    target = reverse(name) if name in EVERYWHERE else address(name, case)
    response = Client().get(target)
    assert (response.status_code, response["Location"]) == (302, f"{reverse('accounts:sign_in')}?next={target}")


def expected(role: Role, may: tuple[Role, ...]) -> int:
    return 200 if role in may else 403 if role in OPEN_CASES else 404


@pytest.mark.parametrize("name", sorted(ON_A_CASE))
@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_on_a_case_of_ones_own_area(name: str, role: Role, case: Case) -> None:
    assert signed_in(cast(role)).get(address(name, case)).status_code == expected(role, ON_A_CASE[name])


@pytest.mark.parametrize("slug", sorted(PAGES))
@pytest.mark.parametrize("role", EVERYBODY)
def test_each_small_form_opens_for_whoever_may_record_that(slug: str, role: Role, case: Case) -> None:
    may = tuple(each for each in OPEN_CASES if allowed(each, TO_RECORD[PAGES[slug].kind]))
    target = reverse("timeline:record", kwargs={"key": case.key, "what": slug})
    client = signed_in(cast(role))
    assert client.get(target).status_code == expected(role, may)
    assert client.post(target, {}).status_code == expected(role, may)


@pytest.mark.parametrize(
    "name", ["visits:record", "assessments:score_rm2000", "assessments:countersign", "timeline:void"]
)
@pytest.mark.parametrize("role", EVERYBODY)
def test_sending_an_empty_form_is_refused_as_opening_it_is(name: str, role: Role, case: Case) -> None:
    before = case.facts.count()
    status = signed_in(cast(role)).post(address(name, case), {"on": "nonsense"}).status_code
    assert status == expected(role, ON_A_CASE[name])
    assert case.facts.count() == before


@pytest.mark.parametrize("name", sorted(ON_A_CASE))
@pytest.mark.parametrize("role", EVERYBODY)
def test_a_case_of_another_area_is_not_told_from_one_that_never_was(name: str, role: Role, case: Case) -> None:
    stranger = make_person(role, area=make_area("eastmarch", "B"), rank=Rank.SERGEANT)
    client = signed_in(stranger)
    unseen = client.get(address(name, case))
    never = client.get(address(name, case, uuid.UUID(int=0)))
    assert (unseen.status_code, never.status_code) == (404, 404)
    assert body(unseen) == body(never)


def test_the_fact_of_one_case_is_not_found_under_another(case: Case) -> None:
    other = make_case()
    target = reverse("timeline:recorded", kwargs={"key": other.key, "pk": case.facts.order_by("pk")[0].pk})
    assert signed_in(cast(LM)).get(target).status_code == 404


def test_what_is_only_posted_is_refused_to_a_link(case: Case) -> None:
    client = signed_in(cast(LM))
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.get(address("assessments:preview_rm2000", case)).status_code == 405


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_points_of_an_rm2000_are_shown_to_whoever_may_score_one(role: Role, case: Case) -> None:
    status = signed_in(cast(role)).post(address("assessments:preview_rm2000", case), {}).status_code
    assert status == expected(role, (PO, CM, LM))


def test_somebody_signed_in_is_not_asked_to_sign_in() -> None:
    assert Client().get(reverse("accounts:sign_in")).status_code == 200
    assert signed_in(cast(PO)).get(reverse("accounts:sign_in")).status_code == 302


@pytest.mark.parametrize("role", EVERYBODY)
def test_somebody_who_has_left_gets_nothing(role: Role, case: Case) -> None:
    person = cast(role)
    client = signed_in(person)
    person.is_active = False
    person.save()
    assert client.get(reverse("worklist:mine")).status_code == 302
    assert client.get(address("timeline:front_sheet", case)).status_code == 302
