"""Who reads and writes what in a review: each role, whose agency it is, and the same asked of the database in SQL."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.models.review import Contribution, FurtherOffenceReview, Judgement
from openmappa.further_offences.services.contributing import send_contribution
from openmappa.further_offences.services.reviewing import Conclusion, ask_to_contribute, conclude_review
from tests.further_offences.build import a_lesson_row, opened
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db

TABLE = "further_offences_contribution"


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def review(coordinator: User, case: Case) -> FurtherOffenceReview:
    return opened(coordinator, case)


def of(review: FurtherOffenceReview, kind: str) -> Contribution:
    return Contribution.objects.get(review=review, agency__kind=kind)


def status(user: User, row: Contribution, method: str = "get") -> int:
    address = reverse("further_offences:write", kwargs={"contribution": row.key})
    return int(getattr(signed_in(user), method)(address).status_code)


def seen(user: User) -> set[str]:
    """The kinds of agency whose contributions the database shows this person."""
    with as_person(user), connection.cursor() as cursor:
        cursor.execute(f"SELECT a.kind FROM {TABLE} c JOIN accounts_agency a ON a.id = c.agency_id")
        return {kind for (kind,) in cursor.fetchall()}


def concluded(by: User, review: FurtherOffenceReview) -> FurtherOffenceReview:
    said = Conclusion(
        Judgement.YES, "Level 2 fitted.", Judgement.PARTLY, "Two visits were missed.", "They know nothing."
    )
    with as_person(by):
        return conclude_review(by=by, review=review, conclusion=said)


def test_until_it_is_concluded_an_agency_reads_its_own_words_alone(
    coordinator: User, case: Case, review: FurtherOffenceReview
) -> None:
    officer, manager = make_person(Role.POLICE_OFFICER), make_person(Role.CASE_MANAGER)
    assert (seen(officer), seen(manager)) == ({"police"}, {"probation"})
    assert seen(coordinator) == {"police", "probation"}
    assert seen(make_person(Role.LINE_MANAGER)) == {"police", "probation"}
    concluded(coordinator, review)
    assert seen(officer) == seen(manager) == {"police", "probation"}


def test_a_partner_reads_their_own_page_and_nothing_else_of_the_case(
    coordinator: User, case: Case, review: FurtherOffenceReview
) -> None:
    partner, colleague = (make_person(Role.PARTNER_MEMBER, kind="partner") for _ in range(2))
    give(case, InvolvementKind.INVITED, person=colleague)
    with as_person(coordinator):
        row = ask_to_contribute(by=coordinator, review=review, person=partner, due_on=ago(-10), question="Rent?")
    assert (seen(partner), seen(colleague)) == ({"partner"}, set())
    assert (status(partner, row), status(colleague, row)) == (200, 404)
    page = signed_in(partner).get(reverse("further_offences:write", kwargs={"contribution": row.key})).content.decode()
    assert ("Rent?" in page, "Sample Testcase" in page) == (True, True)
    assert (case.reference in page, str(case.key) in page, "An offence in a park" in page) == (False, False, False)
    for name, more in (("list", {}), ("show", {"review": review.key})):
        address = reverse(f"further_offences:{name}", kwargs={"key": case.key, **more})
        assert (signed_in(partner).get(address).status_code, signed_in(colleague).get(address).status_code) == (
            404,
            403,
        )
    concluded(coordinator, review)
    assert seen(colleague) == set(), "nor when it is over"


@pytest.mark.parametrize(
    ("role", "kind", "expected"),
    [
        (Role.POLICE_OFFICER, "police", (200, 404)),
        (Role.CASE_MANAGER, "probation", (404, 200)),
        (Role.LINE_MANAGER, "police", (200, 404)),
        (Role.MAPPA_COORDINATOR, "police", (200, 404)),
        (Role.VICTIM_CONTACT_OFFICER, "probation", (404, 404)),
        (Role.PARTNER_MEMBER, "partner", (404, 404)),
        (Role.SMB_MEMBER, "partner", (403, 403)),
        (Role.INSPECTOR, "partner", (403, 403)),
        (Role.ADMINISTRATOR, "police", (403, 403)),
        (Role.AUDITOR, "probation", (403, 403)),
    ],
)
def test_each_role_writes_for_its_own_agency_alone(
    review: FurtherOffenceReview, role: Role, kind: str, expected: tuple[int, int]
) -> None:
    user = make_person(role, kind=kind)
    for method in ("get", "post"):
        found = (status(user, of(review, "police"), method), status(user, of(review, "probation"), method))
        wanted = tuple(302 if method == "post" and each == 200 else each for each in expected)
        assert found == wanted, method


def test_somebody_of_the_agency_who_does_not_see_the_case_does_not_write(review: FurtherOffenceReview) -> None:
    elsewhere = make_person(Role.POLICE_OFFICER, unit=make_unit(make_area(), "police", 2))
    assert status(elsewhere, of(review, "police")) == 404
    assert seen(elsewhere) == set()


def test_the_staff_of_the_case_read_a_review_once_it_is_concluded(
    coordinator: User, case: Case, review: FurtherOffenceReview
) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    manager = make_person(Role.CASE_MANAGER)
    address = reverse("further_offences:show", kwargs={"key": case.key, "review": review.key})
    sent: dict[str, Any] = {"chronology": "We met him weekly.", "differently": "Visit at weekends."}
    with as_person(manager):
        row = send_contribution(by=manager, contribution=of(review, "probation"), **sent)
    words = reverse("further_offences:read", kwargs={"key": case.key, "review": review.key, "contribution": row.key})
    assert [signed_in(officer).get(each).status_code for each in (address, words)] == [403, 403]
    concluded(coordinator, review)
    assert [signed_in(officer).get(each).status_code for each in (address, words)] == [200, 200]
    assert "We met him weekly." in signed_in(officer).get(words).content.decode()
    victims = make_person(Role.VICTIM_CONTACT_OFFICER)
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    assert signed_in(victims).get(address).status_code == 403


def test_a_lesson_is_read_in_its_area_and_by_the_board_once_it_is_shared(
    coordinator: User, review: FurtherOffenceReview
) -> None:
    lesson = a_lesson_row(review, coordinator, sentence="Visit on the day after a release.")
    people = {
        "own": make_person(Role.POLICE_OFFICER),
        "board": make_person(Role.SMB_MEMBER, kind="partner"),
        "other area": make_person(Role.CASE_MANAGER, area=make_area("eastmarch", "B")),
    }

    def read() -> dict[str, bool]:
        pages = {name: signed_in(user).get("/lessons/").content.decode() for name, user in people.items()}
        return {name: lesson.sentence in page for name, page in pages.items()}

    assert read() == {"own": True, "board": False, "other area": False}
    share = reverse("further_offences:share", kwargs={"lesson": lesson.key})
    assert signed_in(people["own"]).post(share).status_code == 403
    stranger = make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B"))
    assert signed_in(stranger).post(share).status_code == 404
    assert signed_in(coordinator).get(share).status_code == 405
    assert signed_in(coordinator).post(share).status_code == 302
    assert read() == {"own": True, "board": True, "other area": True}
    assert Lesson.objects.get().shared_by == coordinator
