"""Judging unusual reading, and the extract from the log."""

import csv
import io

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import Rank, Role
from openmappa.oversight.errors import AlreadyJudged, NotForReview, TooMuch
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.queries.log import Asked
from openmappa.oversight.services import extracts
from openmappa.oversight.services.judging import judge_unusual_reading
from tests.oversight.build import FIRST, a_stop, found, logged
from tests.timeline.build import make_area, make_case, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def sergeant() -> User:
    return make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def auditor() -> User:
    return make_person(Role.AUDITOR)


def address(row: UnusualReading) -> str:
    return reverse("oversight:judge", kwargs={"pk": row.pk})


def test_the_line_manager_judges_with_words_and_it_waits_no_longer(officer: User, sergeant: User) -> None:
    row = found(officer)
    browser = signed_in(sergeant)
    waiting = browser.get(reverse("oversight:unusual")).content.decode()
    assert "1 entry waits for you" in waiting and officer.full_name in waiting
    refused = browser.post(address(row), {"finding": "explained", "judgement": " "}).content.decode()
    assert "Say what you looked at" in refused
    sent = browser.post(address(row), {"finding": "explained", "judgement": "Covered a colleague."})
    assert sent["Location"] == f"{reverse('oversight:unusual')}?saved=yes"
    row.refresh_from_db()
    assert (row.finding, row.judgement, row.judged_by) == ("explained", "Covered a colleague.", sergeant)
    assert "Nothing waits for you" in browser.get(reverse("oversight:unusual")).content.decode()
    event = Event.objects.get(verb="judge unusual reading")
    assert event.about == {"unusual_reading": row.pk, "finding": "explained"}


def test_nobody_judges_their_own_reading_or_that_of_somebody_they_do_not_manage(
    officer: User, sergeant: User, auditor: User
) -> None:
    elsewhere = make_person(Role.LINE_MANAGER, unit=make_unit(make_area(), "police", 2))
    colleague = make_person(Role.LINE_MANAGER)
    for person, judge, status in (
        (sergeant, sergeant, 404),
        (sergeant, colleague, 404),
        (sergeant, auditor, 200),
        (officer, elsewhere, 404),
        (officer, officer, 403),
        (officer, auditor, 200),
    ):
        row = found(person, found_on=f"2026-01-{10 + UnusualReading.objects.count()}")
        assert signed_in(judge).get(address(row)).status_code == status, (person.role, judge.role)
        if status != 200:
            with pytest.raises((NotForReview, NotAllowed)):
                judge_unusual_reading(by=judge, row=row, finding="explained", judgement="I know why.")


def test_of_two_judgements_the_first_one_stands(officer: User, sergeant: User, auditor: User) -> None:
    row = found(officer)
    judge_unusual_reading(by=sergeant, row=row, finding="explained", judgement="Cover.")
    with pytest.raises(AlreadyJudged):
        judge_unusual_reading(by=auditor, row=row, finding="followed_up", judgement="Not so.")
    assert "Cover." in signed_in(auditor).get(address(row)).content.decode()


def test_stops_stand_first(officer: User, sergeant: User) -> None:
    found(officer, measure="same_words", counted=7, allowed=6)
    a_stop(make_person(Role.POLICE_OFFICER))
    page = signed_in(sergeant).get(reverse("oversight:unusual")).content.decode()
    assert page.index("Access stopped") < page.index("Noticed")


def extract(by: User, **asked: str) -> tuple[int, str]:
    answer = signed_in(by).post(reverse("oversight:extract"), {"recipient": "The Commissioner", **asked})
    return answer.status_code, answer.content.decode("utf-8-sig")


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_an_extract_of_a_case_has_every_row_and_is_logged_with_whom_it_is_for(auditor: User, officer: User) -> None:
    case = make_case(police_officer=officer)
    logged(officer, case_id=case.pk, classes=["personal"])
    logged(officer, verb="read list", case_ids=[case.pk])
    logged(officer, case_id=FIRST)
    status, text = extract(auditor, reference=case.reference)
    made, headings, *rows = rows_of(text)
    assert status == 200 and made[0].startswith(
        "OFFICIAL-SENSITIVE. Extract from the log for The Commissioner, made by"
    )
    assert headings == list(extracts.HEADINGS)
    assert [(row[3], row[5], row[12], row[13]) for row in rows] == [
        ("Shown in a list: Front sheet", str(officer.pk), "", case.reference),
        ("Opened: Front sheet", str(officer.pk), case.reference, ""),
    ]
    event = Event.objects.get(verb="extract from log")
    assert (event.operation, event.recipient, event.case_id) == ("disclosure", "The Commissioner", case.pk)
    assert event.about["rows"] == 2


def test_an_extract_of_a_person_on_a_case(auditor: User, officer: User) -> None:
    case, other = make_case(police_officer=officer), make_person(Role.CASE_MANAGER)
    for person in (officer, other):
        logged(person, case_id=case.pk)
    logged(officer, case_id=FIRST)
    _, text = extract(auditor, reference=case.reference, name=other.username)
    assert [row[6] for row in rows_of(text)[2:]] == [other.full_name]
    _, text = extract(auditor, name=officer.username)
    assert {row[12] for row in rows_of(text)[2:] if row[2] == "consultation"} == {case.reference, f"number {FIRST}"}


def test_no_cell_of_an_extract_is_a_formula(auditor: User, officer: User) -> None:
    case = make_case()
    logged(officer, case_id=case.pk, operation="disclosure", recipient='=HYPERLINK("x")')
    _, text = extract(auditor, reference=case.reference)
    assert rows_of(text)[2][11] == '\'=HYPERLINK("x")'


def test_an_extract_wants_a_case_a_person_or_a_month_and_whom_it_is_for(auditor: User) -> None:
    _, text = extract(auditor)
    assert "Enter a case, a person, or both days of a span of at most 31 days" in text
    days = {
        f"{end}-{part}": value for end in ("from_on", "until_on") for part, value in (("month", "5"), ("year", "2004"))
    }
    status, text = extract(auditor, **days, **{"from_on-day": "1", "until_on-day": "31"})
    assert status == 200 and rows_of(text)[1] == list(extracts.HEADINGS)
    _, text = extract(auditor, reference="NO-SUCH", name="nobody")
    assert "There is no case with this reference" in text and "Nobody has this username" in text
    assert "Enter who the extract is for" in extract(auditor, recipient="")[1]


def test_a_part_of_an_extract_never_passes_for_the_whole(
    auditor: User, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracts, "MOST_ROWS", 1)
    for _ in range(2):
        logged(officer, case_id=FIRST)
    status, text = extract(auditor, name=officer.username)
    assert status == 200 and "That is more than 1 rows" in text
    with pytest.raises(TooMuch), as_person(auditor):
        extracts.extract_from_log(by=auditor, case=None, person=officer, asked=Asked("everything"), recipient="X")


def test_only_the_auditor_makes_extracts(sergeant: User, officer: User) -> None:
    with pytest.raises(NotAllowed):
        extracts.extract_from_log(by=sergeant, case=None, person=officer, asked=Asked(), recipient="X")
    assert extract(sergeant, name=officer.username)[0] == 403
