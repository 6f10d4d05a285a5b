"""Notes and files on the pages of a case: what each role sees there, what is asked first, and what is never told."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.notes.models import Attachment, Note
from openmappa.notes.queries import record_version
from openmappa.notes.services import void_attachment, void_note
from tests.notes import made
from tests.notes.build import CONFIDENTIAL, INTELLIGENCE, OPEN, PLACES, VICTIM, author, browser, cast, file, note
from tests.timeline.build import ago, day_boxes, make_area, make_case, make_person, signed_in, today, write
from tests.timeline.test_front_sheet import words_of

pytestmark = pytest.mark.django_db

READS = {
    "police_officer": {"open", "confidential", "intelligence 1", "intelligence 2", "intelligence 3", "intelligence 4"},
    "case_manager": {"open", "confidential", "intelligence 2"},
    "line_manager": set(PLACES) - {"intelligence 5"},
    "mappa_coordinator": set(PLACES) - {"intelligence 5"},
    "victim_contact_officer": {"open", "victim"},
    "smb_member": {"open"},
    "inspector": {"open", "confidential"},
}
"""What each role reads of what a line manager of the police wrote; the coordinator here is of the police too."""
WALLED = {name for name, (compartment, _) in PLACES.items() if compartment in (VICTIM, INTELLIGENCE)}


@pytest.fixture
def case() -> Case:
    return make_case()


def address(case: Case, name: str, **more: Any) -> str:
    return reverse(f"timeline:{name}", kwargs={"key": case.key, **more})


def timeline(client: Client, case: Case, query: str = "") -> str:
    answer = client.get(address(case, "timeline") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def answers(case: Case, by: Any, **more: str) -> dict[str, str]:
    """What a browser sends for a note on what the case is now."""
    sent = {"text": "He has a new telephone.", "compartment": "open", "basis": "fact", "concerns": "offender"}
    boxes = {"on": today().isoformat(), **day_boxes("on", today())}
    case.refresh_from_db()
    version = {"version": str(record_version(by, case)), "submission": str(uuid.uuid4())}
    return {**version, **boxes, **sent, **more}


# Who sees what


@pytest.mark.parametrize("proved", [True, False], ids=["proved just now", "proved long ago"])
@pytest.mark.parametrize("role", sorted(READS))
def test_the_timeline_shows_each_role_exactly_its_part_and_what_is_behind_a_wall_only_after_proof(
    case: Case, role: str, proved: bool
) -> None:
    by = author()
    written = {name: (note(case, *where, by=by), file(case, *where, by=by)) for name, where in PLACES.items()}
    person = cast(case)[role]
    html = timeline(browser(person, proved=proved), case)
    shown = READS[role] if proved else READS[role] - WALLED
    assert {name for name, (row, _) in written.items() if row.text in html} == shown
    assert {name for name, (_, row) in written.items() if row.title in html} == shown
    assert f"Showing all {2 * len(shown)} entries" in words_of(html)
    behind = 2 * len(READS[role] & WALLED)
    said = f"{behind} entries about victims or from intelligence need you to prove who you are again"
    assert (said in words_of(html)) is (not proved and behind > 0)
    assert ("prove who you are again" in html) is (not proved and behind > 0)


@pytest.mark.parametrize("role", sorted(READS))
def test_a_file_is_given_to_who_reads_it_after_proof_and_is_otherwise_not_there(case: Case, role: str) -> None:
    by = author()
    files = {name: file(case, *where, by=by) for name, where in PLACES.items()}
    client = browser(cast(case)[role])
    never = client.get(address(case, "file", file=uuid.uuid4()))
    assert never.status_code == 404
    for name, row in files.items():
        answer = client.get(address(case, "file", file=row.key))
        if name in READS[role]:
            assert (name, answer.status_code, answer.content) == (name, 200, b"What was said on the telephone.\n")
        else:
            assert (name, answer.status_code, plain(answer.content)) == (name, 404, plain(never.content))


def plain(page: bytes) -> bytes:
    """The page without its token and the seconds that the session has left, which are others each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-(idle|left)="\d+"', b"", page)


def test_a_partner_a_stranger_and_roles_without_cases_get_neither_notes_nor_files(case: Case) -> None:
    written, attached = note(case), file(case)
    people = cast(case)
    strangers = [make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))]
    for person in [people["partner_member"], people["administrator"], people["auditor"], *strangers]:
        client = signed_in(person)
        expected = 403 if person.role == Role.PARTNER_MEMBER else 404  # who is invited sees that there is a case
        for name, key in (
            ("timeline", {}),
            ("file", {"file": attached.key}),
            ("void_note", {"note": written.key}),
            ("void_file", {"file": attached.key}),
        ):
            answer = client.get(address(case, name, **key))
            assert (name, answer.status_code) == (name, expected)
            assert written.text not in answer.content.decode()


def test_the_filters_offer_and_count_only_what_the_reader_reads(case: Case) -> None:
    by = author()
    for where in PLACES.values():
        note(case, *where, by=by)
    write(case, "significant_incident", ago(3))
    officer, manager = browser(make_person(Role.CASE_MANAGER)), browser(author())
    assert "Victim" not in timeline(officer, case) and 'value="victim"' in timeline(manager, case)
    for client, query, said in (
        (officer, "?compartment=victim", "all 4 entries"),
        (officer, "?compartment=intelligence", "1 entry"),
        (manager, "?compartment=victim", "1 entry"),
        (manager, "?compartment=open", "all 2 entries"),
        (manager, "?kind=notes", "all 7 entries"),
        (manager, "?kind=files", "No entries"),
        (manager, "?kind=incidents", "1 entry"),
        (manager, "?kind=notes&compartment=confidential", "1 entry"),
    ):
        assert said in words_of(timeline(client, case, query)), query


def test_facts_notes_and_files_stand_together_newest_first(case: Case) -> None:
    write(case, "significant_incident", ago(5))
    note(case, on=ago(3), text="The middle note")
    write(case, "registered", ago(10))
    attached = file(case)
    said = words_of(timeline(browser(author()), case))
    places = [said.index(part) for part in (attached.title, "The middle note", "Significant incident", "Registered")]
    assert places == sorted(places)


def test_an_entry_says_in_words_what_it_rests_on_where_it_stands_and_that_it_must_not_reach_the_offender(
    case: Case,
) -> None:
    note(case, CONFIDENTIAL), note(case, INTELLIGENCE, 2), note(case)
    said = words_of(timeline(browser(author()), case))
    assert said.count("Not to be disclosed to the offender") == 2
    assert "Fact Third-party and confidential Not to be disclosed to the offender" in said
    assert "Intelligence, graded B22 Not to be disclosed to the offender" in said
    assert "Source B: mostly reliable. Information 2: known personally to the source, but not to the officer." in said
    assert "Northshire Police" in said


def test_what_was_shown_from_behind_a_wall_is_in_the_log(case: Case) -> None:
    note(case, VICTIM)
    person = author()
    timeline(browser(person, proved=False), case)
    assert not Event.objects.filter(operation="consultation", classes__contains=["victim"]).exists()
    timeline(browser(person), case)
    assert Event.objects.filter(operation="consultation", classes__contains=["victim"]).exists()


# Proof


def test_proof_is_asked_before_the_timeline_shows_more_before_a_walled_file_and_before_its_void(case: Case) -> None:
    by = author()
    secret, written, free = file(case, VICTIM, by=by), note(case, INTELLIGENCE, by=by), file(case, by=by)
    client = browser(by, proved=False)
    for name, key in (
        ("prove", {}),
        ("file", {"file": secret.key}),
        ("void_file", {"file": secret.key}),
        ("void_note", {"note": written.key}),
        ("correct_note", {"note": written.key}),
        ("export", {}),
    ):
        answer = client.get(address(case, name, **key))
        assert answer.status_code == 200 and "Prove once more that it is you" in words_of(answer.content.decode()), name
        assert written.text not in answer.content.decode()
    assert client.get(address(case, "file", file=free.key)).content.startswith(b"What was said")
    back = browser(by).get(address(case, "prove"))
    assert (back.status_code, back["Location"]) == (302, address(case, "timeline"))


# Writing


def test_a_note_that_is_saved_stands_on_the_timeline_and_the_page_says_so(case: Case) -> None:
    by = author()
    client = browser(by)
    answer = client.post(address(case, "write_note"), answers(case, by, compartment="confidential"))
    assert (answer.status_code, answer["Location"]) == (302, address(case, "timeline") + "?saved=note")
    said = words_of(client.get(answer["Location"]).content.decode())
    assert "Note saved" in said and "He has a new telephone." in said


@pytest.mark.parametrize("role", sorted(role.value for role in Role))
def test_who_may_write_is_offered_their_own_parts_only(case: Case, role: str) -> None:
    answer = browser(cast(case)[role]).get(address(case, "write_note"))
    offered = re.findall(r'name="compartment" type="radio" value="(\w+)"', answer.content.decode())
    if Role(role) in PERMISSIONS[Permission.WRITE_NOTE]:
        assert set(offered) == {name.partition(" ")[0] for name in READS[role]}
    else:
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": " "}, "Write the note"),
        ({"basis": ""}, "Select what it rests on"),
        ({"concerns": ""}, "Select whom it concerns"),
        ({"compartment": ""}, "Select who may read it"),
        ({"concerns": "victim"}, "What concerns a victim or a witness is not left open to everybody"),
        ({"compartment": "intelligence"}, "Select how reliable the source is"),
    ],
)
def test_every_refusal_says_what_to_do_and_keeps_what_was_typed(case: Case, more: dict[str, str], said: str) -> None:
    by = author()
    page = browser(by).post(address(case, "write_note"), answers(case, by, **more)).content.decode()
    assert page.count(said) >= 2 and "<title>Error: Write a note" in page
    assert ("He has a new telephone." in page) is ("text" not in more)
    assert not Note.objects.exists()


def test_a_compartment_that_was_not_offered_is_refused(case: Case) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    page = browser(officer).post(address(case, "write_note"), answers(case, officer, compartment="victim"))
    assert "Select who may read it" in page.content.decode() and not Note.objects.exists()


def test_intelligence_is_written_with_its_grades(case: Case) -> None:
    by = author()
    grades = {"source_grade": "C", "information_grade": "3", "handling": "4", "agency": str(by.agency_id), "basis": ""}
    browser(by).post(address(case, "write_note"), answers(case, by, compartment="intelligence", **grades))
    assert str(Note.objects.get().grading) == "C34"


def test_a_colleague_who_was_quicker_is_shown_and_both_can_stand_but_not_what_is_behind_a_wall(case: Case) -> None:
    officer = make_person(Role.CASE_MANAGER)
    client, form = browser(officer), answers(case, officer)
    note(case, VICTIM, text="Nobody tells you this")
    assert record_version(officer, case) == int(form["version"])
    write(case, "significant_incident", ago(1))
    other = note(case, CONFIDENTIAL, text="Nor this, before you look")
    page = client.post(address(case, "write_note"), form).content.decode()
    said = words_of(page)
    assert "This case has changed since you opened this form" in said
    assert "recorded significant incident" in said
    assert f"{other.written_by} recorded a note (third-party and confidential)" in said
    assert "Nobody tells" not in page and "Nor this" not in page and "victim)" not in page
    case.refresh_from_db()
    accepted = {"accept_version": str(record_version(officer, case))}
    assert client.post(address(case, "write_note"), form | accepted).status_code == 302
    assert Note.objects.filter(written_by=officer).count() == 1


def test_a_double_press_writes_one_note_and_attaches_one_file(case: Case) -> None:
    by = author()
    client, form = browser(by), answers(case, by)
    for _ in range(2):
        assert client.post(address(case, "write_note"), form).status_code == 302
    sent = {**form, "submission": str(uuid.uuid4()), "title": "A call"}
    for _ in range(2):
        upload = SimpleUploadedFile("call.txt", b"Nothing new.")
        assert client.post(address(case, "attach_file"), {**sent, "file": upload}).status_code == 302
    assert (Note.objects.count(), Attachment.objects.count()) == (1, 1)


def test_correcting_begins_with_the_earlier_note_and_strikes_it_through(case: Case) -> None:
    by = author()
    wrong = note(case, by=by, text="At number 3")
    client = browser(by)
    page = address(case, "correct_note", note=wrong.key)
    assert "At number 3" in client.get(page).content.decode()
    assert "Say what was wrong with the earlier note" in client.post(page, answers(case, by)).content.decode()
    sent = answers(case, by, text="At number 8", because="Wrong number")
    assert client.post(page, sent)["Location"].endswith("?saved=correction")
    html = timeline(client, case)
    assert "<s>At number 3</s>" in html and "At number 8" in html and "Wrong number" in html
    assert f'href="#entry-{Note.objects.get(supersedes=wrong).key}"' in html
    assert client.get(page).status_code == 302


def test_voiding_asks_why_and_whether_fewer_should_read_it(case: Case) -> None:
    by = author()
    wrong, wrong_file = note(case, by=by), file(case, by=by)
    client = browser(by)
    for name, key in (("void_note", {"note": wrong.key}), ("void_file", {"file": wrong_file.key})):
        page = address(case, name, **key)
        html = client.get(page).content.decode()
        assert 'value="confidential"' in html and 'value="victim"' in html and 'value="intelligence"' not in html
        sent = {"version": str(record_version(by, case)), "submission": str(uuid.uuid4())}
        assert "Say why this is a mistake" in client.post(page, sent).content.decode()
        sent |= {"reason": "About another person", "retreat_to": "confidential"}
        assert client.post(page, sent)["Location"].endswith("?saved=void")
    wrong.refresh_from_db()
    wrong_file.refresh_from_db()
    assert (wrong.compartment, wrong_file.compartment) == ("confidential", "confidential")
    assert client.get(address(case, "file", file=wrong_file.key)).status_code == 404
    assert "nobody can open it any more" in timeline(client, case)


def test_only_ones_own_entries_are_offered_for_correction_and_all_to_a_line_manager(case: Case) -> None:
    officer, colleague = make_person(Role.POLICE_OFFICER), make_person(Role.POLICE_OFFICER)
    own, theirs = note(case, by=officer), note(case, by=colleague)
    html = timeline(browser(officer), case)
    assert str(own.key) in html and address(case, "void_note", note=theirs.key) not in html
    assert browser(officer).get(address(case, "void_note", note=theirs.key)).status_code == 403
    assert browser(officer).get(address(case, "correct_note", note=theirs.key)).status_code == 403
    assert timeline(browser(author()), case).count("Correct<span") == 2


# Attaching, and what the browser is told about a file


def test_a_file_that_is_attached_stands_on_the_timeline_with_its_kind_and_size(case: Case) -> None:
    by = author()
    client = browser(by)
    sent = answers(case, by, title="Photograph of the front door", description="Taken on the visit.")
    answer = client.post(
        address(case, "attach_file"), {**sent, "file": SimpleUploadedFile("../door.jpg", made.photo())}
    )
    assert answer["Location"].endswith("?saved=file")
    said = words_of(client.get(answer["Location"]).content.decode())
    assert "File attached" in said and "Photograph of the front door" in said and "Taken on the visit." in said
    assert re.search(r"Take out a copy of door\.jpg \(JPEG picture, [\d.]+ \w+\)", said)


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (("run.exe", b"MZ"), "A file ending in .exe is not taken in"),
        (("report.pdf", b"MZ this is none"), "The name says PDF, but it is a program"),
        (("empty.pdf", b""), "The file is empty"),
        (("big.txt", b"x" * (10 * 2**20 + 5)), "The file is larger than 10 MB"),
        (("huge.txt", b"x" * (12 * 2**20)), "The file is larger than 10 MB"),
        (None, "Choose a file"),
    ],
    ids=["program", "wrong name", "empty", "too large", "far too large", "none"],
)
def test_a_file_that_is_refused_says_why_at_its_field(case: Case, upload: tuple[str, bytes] | None, said: str) -> None:
    by = author()
    sent: dict[str, Any] = answers(case, by, title="A file")
    if upload:
        sent["file"] = SimpleUploadedFile(*upload)
    page = browser(by).post(address(case, "attach_file"), sent).content.decode()
    assert page.count(said) == 2 and "<title>Error: Attach a file" in page
    assert not Attachment.objects.exists()


def test_another_mistake_says_that_the_file_has_to_be_chosen_again(case: Case) -> None:
    by = author()
    sent = {**answers(case, by), "file": SimpleUploadedFile("a.txt", b"x")}
    page = browser(by).post(address(case, "attach_file"), sent).content.decode()
    assert "Enter the title" in page and "Choose the file again" in page


def test_a_file_is_sent_to_be_kept_and_never_to_be_shown_as_a_page(case: Case) -> None:
    row = file(case, name='Übersicht "3".txt')
    answer = browser(author()).get(address(case, "file", file=row.key))
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert row.file_name not in address(case, "file", file=row.key)


def test_a_file_of_one_case_is_not_there_under_another(case: Case) -> None:
    row, written, other = file(case), note(case), make_case()
    client = browser(author())
    assert client.get(address(other, "file", file=row.key)).status_code == 404
    for name, key in (("void_file", {"file": row.key}), ("void_note", {"note": written.key})):
        assert client.get(address(other, name, **key)).status_code == 404


# What it costs


def test_the_timeline_asks_as_often_for_30_of_everything_as_for_1(case: Case) -> None:
    by = author()
    client = browser(by)
    stale_client = browser(make_person(Role.LINE_MANAGER))

    def add(number: int) -> None:
        for compartment in (OPEN, CONFIDENTIAL, VICTIM, INTELLIGENCE):
            written = note(case, compartment, by=by, on=ago(number))
            if number % 3 == 1:
                void_note(by=by, note=written, reason="A mistake")
        write(case, "significant_incident", ago(number))

    def count(browser_: Client) -> int:
        browser_.get(address(case, "timeline"))
        with CaptureQueriesContext(connection) as queries:
            browser_.get(address(case, "timeline"))
        return len(queries)

    add(1)
    file(case, by=by)
    void_attachment(by=by, file=file(case, by=by), reason="A mistake")
    few = count(client), count(stale_client)
    for number in range(2, 12):
        add(number)
    for _ in range(4):
        file(case, VICTIM, by=by)
    assert (count(client), count(stale_client)) == few


def test_pages_of_50_hold_whatever_shape_the_entries_have(case: Case) -> None:
    by = author()
    for number in range(30):
        note(case, by=by, on=ago(number), text=f"Number {number}.")
        write(case, "significant_incident", ago(number))
    client = browser(by)
    assert "Showing 1 to 50 of 60 entries" in words_of(timeline(client, case))
    last = words_of(timeline(client, case, "?page=2"))
    assert "Showing 51 to 60 of 60 entries" in last and "Number 29." in last and "Number 3." not in last
    assert today() - timedelta(days=29) == ago(29)
