"""Lists, searches, counts and exports of somebody who is not involved hold nothing of a case, nor that there is one."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.retention.build import a_line_manager
from tests.retention.test_everything_goes import SECRET, a_full_case
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, signed_in, write

from openmappa.accounts.models import User
from openmappa.cases.models import Case, Person
from openmappa.cases.services import name_keys_for
from openmappa.core.access import Rank, Role

pytestmark = pytest.mark.django_db

LISTS = [
    "/",
    "/?scope=unit",
    "/?scope=area",
    "/cases/",
    "/notices/",
    "/restricted-cases/",
    "/emergency-access/",
    "/retention/",
    "/my-unit/",
    "/my-unit/management-reviews/",
    "/my-unit/changes/?days=90",
    "/my-unit/quality/",
]


@pytest.fixture
def case() -> Case:
    """A case of the first unit with something everywhere, which is found by its name and has duties that are late."""
    case = a_full_case(a_line_manager())
    person = Person.objects.get(pk=case.person_id)
    person.name_keys = name_keys_for(person)
    person.save()
    other = make_case(case.area)
    write(other, "registered", ago(400))
    return case


def outsiders() -> list[User]:
    """A line manager of another unit of the area, and one of another area: they may list, find, count and export."""
    other_unit = make_unit(make_area(), "police", 2)
    return [
        make_person(Role.LINE_MANAGER, unit=other_unit, rank=Rank.SERGEANT),
        make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"), rank=Rank.SERGEANT),
    ]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_no_list_names_it_or_counts_it(case: Case) -> None:
    for outsider in outsiders():
        client = signed_in(outsider)
        for address in LISTS:
            page = text(client, address)
            assert (SECRET in page, case.reference in page) == (False, False), (outsider, address)
        for scope in ("mine", "unit", "area"):
            page = text(client, f"/?scope={scope}")
            assert "Nothing" in page, "no duty of it is counted in a tally"


@pytest.mark.parametrize("looked_for", ["name", "misspelled", "reference", "crn"])
def test_no_search_finds_it(case: Case, looked_for: str) -> None:
    words = {"name": SECRET, "misspelled": f"{SECRET}x", "reference": case.reference, "crn": SECRET}[looked_for]
    manager = make_person(Role.LINE_MANAGER)
    found = signed_in(manager).post("/find/", {"text": words}, follow=True).content.decode()
    assert str(case.key) in found, "it is there to be found"
    for outsider in outsiders():
        client = signed_in(outsider)
        page = client.post("/find/", {"text": words}, follow=True).content.decode()
        nothing = client.post("/find/", {"text": "nobodyatall"}, follow=True).content.decode()
        assert str(case.key) not in page
        assert ("No case" in page, "No case" in nothing) == (True, True)


def test_the_export_of_a_worklist_holds_nothing_of_it(case: Case) -> None:
    late = make_case(case.area)
    write(late, "registered", ago(400))

    def exported(person: User) -> bytes:
        sent = {"recipient": "The board of the area", "purpose": "To look at what is late"}
        answer = signed_in(person).post(f"{reverse('worklist:export')}?scope=area", sent)
        assert answer["Content-Type"].startswith("text/csv")
        return b"".join(answer) if answer.streaming else answer.content

    assert late.reference.encode() in exported(make_person(Role.LINE_MANAGER))
    for outsider in outsiders():
        assert late.reference.encode() not in exported(outsider)


def test_figures_are_of_the_readers_own_area_alone(case: Case) -> None:
    own, other = (
        make_person(Role.SMB_MEMBER, kind="partner"),
        make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B")),
    )
    assert "Northshire" in text(signed_in(own), "/figures/")
    page = text(signed_in(other), "/figures/?area=northshire")
    assert ("Northshire" in page, "Eastmarch" in page) == (False, True)
