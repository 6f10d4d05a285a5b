"""Writing notes and attaching files: who may, where, once, and what the database says to it."""

import hashlib
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.compartments import HANDLING, Compartment, opens_intelligence
from openmappa.core.grading import Basis, Concern, Grading
from openmappa.core.involvement import InvolvementKind
from openmappa.notes.errors import NotWritten, RecordMovedOn, VoidedBefore
from openmappa.notes.models import Attachment, AttachmentContent, Note, open_compartments
from openmappa.notes.queries import record_version
from openmappa.notes.services import Placed, attach_file, open_file, void_attachment, void_note, write_note
from openmappa.notes.uploads.refusal import Refused
from tests.notes import made
from tests.notes.build import (
    CONFIDENTIAL,
    INTELLIGENCE,
    OPEN,
    PLACES,
    VICTIM,
    author,
    cast,
    file,
    note,
    place,
)
from tests.timeline.build import give, make_area, make_case, make_person, make_unit, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case()


def test_a_note_is_kept_with_its_words_its_place_and_one_event_in_the_log(case: Case) -> None:
    by = author()
    found = write_note(by=by, case=case, text="  He has moved.  ", placed=place(CONFIDENTIAL))
    assert (found.text, found.compartment, found.basis, found.concerns) == (
        "He has moved.",
        "confidential",
        "fact",
        "offender",
    )
    assert (found.written_by, found.agency, found.on, found.grading) == (by, by.agency, today(), None)
    event = Event.objects.get(verb="write note")
    assert (event.operation, event.case_id, event.about["note"]) == ("collection", case.pk, found.pk)
    assert "moved" not in str(event.about)


def test_intelligence_is_graded_and_nothing_else_is(case: Case) -> None:
    found = note(case, INTELLIGENCE, 4)
    assert str(found.grading) == "B24" and found.basis == "intelligence"
    wrong = [
        Placed(INTELLIGENCE, Basis.INTELLIGENCE, Concern.OFFENDER, today()),
        Placed(INTELLIGENCE, Basis.FACT, Concern.OFFENDER, today(), Grading("A", 1, 1)),
        Placed(OPEN, Basis.FACT, Concern.OFFENDER, today(), Grading("A", 1, 1)),
        Placed(OPEN, Basis.INTELLIGENCE, Concern.OFFENDER, today()),
    ]
    for placed in wrong:
        with pytest.raises(NotWritten, match="Intelligence is graded"):
            write_note(by=author(), case=case, text="x", placed=placed)


@pytest.mark.parametrize("concerns", [Concern.VICTIM, Concern.WITNESS])
def test_what_concerns_a_victim_or_a_witness_is_never_open(case: Case, concerns: Concern) -> None:
    with pytest.raises(NotWritten, match="not left open"):
        write_note(by=author(), case=case, text="x", placed=Placed(OPEN, Basis.FACT, concerns, today()))
    write_note(by=author(), case=case, text="x", placed=Placed(CONFIDENTIAL, Basis.FACT, concerns, today()))


def test_a_note_says_something_and_is_not_about_a_day_to_come(case: Case) -> None:
    with pytest.raises(NotWritten, match="Write the note first"):
        write_note(by=author(), case=case, text=" \n", placed=place())
    with pytest.raises(NotWritten, match="today or in the past"):
        write_note(by=author(), case=case, text="x", placed=place(on=today() + timedelta(days=1)))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_writes_where_it_reads_and_nowhere_else(case: Case, role: Role) -> None:
    person = cast(case)[role.value]
    for compartment in Compartment:
        if role not in PERMISSIONS[Permission.WRITE_NOTE]:
            with pytest.raises(NotAllowed):
                write_note(by=person, case=case, text="x", placed=place(compartment))
        elif compartment in open_compartments(person, case):
            assert write_note(by=person, case=case, text="x", placed=place(compartment)).pk
        else:
            with pytest.raises(NotWritten, match="cannot read what stands there"):
                write_note(by=person, case=case, text="x", placed=place(compartment))


def test_in_an_emergency_nobody_writes_or_reads_behind_a_wall(case: Case) -> None:
    stranger = make_person(Role.LINE_MANAGER, unit=make_unit(make_area(), "police", 2))
    secret, plain = note(case, VICTIM), note(case)
    give(case, InvolvementKind.BREAK_GLASS, person=stranger)
    assert open_compartments(stranger, case) == {OPEN, CONFIDENTIAL}
    with pytest.raises(NotWritten):
        write_note(by=stranger, case=case, text="x", placed=place(INTELLIGENCE))
    with as_person(stranger):
        assert set(Note.objects.values_list("pk", flat=True)) == {plain.pk}
    assert secret.pk != plain.pk


# Sent twice, and too late


def test_the_same_form_sent_twice_writes_once_and_with_other_answers_is_refused(case: Case) -> None:
    by, token = author(), uuid.uuid4()
    first = write_note(by=by, case=case, text="Once", placed=place(), submission=token)
    assert write_note(by=by, case=case, text="Once", placed=place(), submission=token) == first
    for text, placed in (("Twice", place()), ("Once", place(CONFIDENTIAL))):
        with pytest.raises(NotWritten, match="saved before, with other answers"):
            write_note(by=by, case=case, text=text, placed=placed, submission=token)
    with pytest.raises(NotWritten, match="another case"):
        write_note(by=by, case=make_case(), text="Once", placed=place(), submission=token)
    assert Note.objects.count() == 1

    sent = {"by": by, "case": case, "name": "a.txt", "content": b"x", "placed": place(), "submission": token}
    file_once = attach_file(title="A", **sent)  # type: ignore[arg-type]
    assert attach_file(title="A", **sent) == file_once  # type: ignore[arg-type]
    with pytest.raises(NotWritten, match="saved before"):
        attach_file(title="B", **sent)  # type: ignore[arg-type]
    assert Attachment.objects.count() == AttachmentContent.objects.count() == 1


def test_a_note_is_held_back_when_a_fact_or_a_note_came_meanwhile(case: Case) -> None:
    by = author()
    seen = record_version(by, case)
    write(case, "significant_incident", today())
    case.refresh_from_db()
    with pytest.raises(RecordMovedOn):
        write_note(by=by, case=case, text="x", placed=place(), version=seen)
    seen = record_version(by, case)
    other = note(case)
    with pytest.raises(RecordMovedOn) as moved:
        write_note(by=by, case=case, text="x", placed=place(), version=seen)
    assert moved.value.version == seen + 1 == record_version(by, case)
    void_note(by=other.written_by, note=other, reason="x")
    assert record_version(by, case) == seen + 2


def test_what_is_written_behind_a_wall_does_not_show_in_the_version_of_those_outside(case: Case) -> None:
    officer, probation = make_person(Role.POLICE_OFFICER), make_person(Role.CASE_MANAGER)
    seen = {person: record_version(person, case) for person in (officer, probation)}
    note(case, VICTIM)
    note(case, INTELLIGENCE, 4)
    assert record_version(probation, case) == seen[probation]
    assert record_version(officer, case) == seen[officer] + 1
    case.refresh_from_db()
    assert case.version == 0


# Mistakes


def test_a_corrected_note_stands_struck_through_beside_the_right_one(case: Case) -> None:
    by = author()
    wrong = note(case, by=by, text="He lives at number 3")
    right = write_note(
        by=by, case=case, text="He lives at number 8", placed=place(), corrects=wrong, because="Wrong number"
    )
    wrong.refresh_from_db()
    assert (right.supersedes, wrong.is_voided, wrong.void_reason) == (wrong, True, "Wrong number")
    assert (wrong.text, wrong.compartment) == ("He lives at number 3", "open")
    with pytest.raises(VoidedBefore):
        write_note(by=by, case=case, text="x", placed=place(), corrects=wrong, because="Again")
    with pytest.raises(VoidedBefore):
        void_note(by=by, note=wrong, reason="Again")


@pytest.mark.parametrize(
    ("before", "after", "stands_in"),
    [
        (OPEN, CONFIDENTIAL, "confidential"),
        (OPEN, VICTIM, "victim"),
        (CONFIDENTIAL, INTELLIGENCE, "intelligence"),
        (VICTIM, OPEN, "victim"),
        (INTELLIGENCE, CONFIDENTIAL, "intelligence"),
        (VICTIM, INTELLIGENCE, "victim"),
    ],
)
def test_a_corrected_note_goes_along_where_fewer_read_and_never_where_more_do(
    case: Case, before: Compartment, after: Compartment, stands_in: str
) -> None:
    by = author()
    wrong = note(case, before, by=by)
    write_note(by=by, case=case, text="Right", placed=place(after), corrects=wrong, because="Wrong part")
    wrong.refresh_from_db()
    assert wrong.compartment == stands_in


def test_a_colleagues_note_is_not_moved_to_where_the_corrector_cannot_read_it(case: Case) -> None:
    wrong = note(case, by=author())
    with pytest.raises(NotWritten, match="could no longer read"):
        write_note(by=author(), case=case, text="x", placed=place(INTELLIGENCE, 5), corrects=wrong, because="Source")
    assert Note.objects.count() == 1


def test_ones_own_mistake_is_voided_by_oneself_or_a_line_manager_with_a_reason(case: Case) -> None:
    officer, colleague, manager = make_person(Role.POLICE_OFFICER), make_person(Role.POLICE_OFFICER), author()
    first, second = note(case, by=officer), note(case, by=officer)
    with pytest.raises(NotAllowed):
        void_note(by=colleague, note=first, reason="x")
    with pytest.raises(NotWritten, match="Say why"):
        void_note(by=officer, note=first, reason="  ")
    void_note(by=officer, note=first, reason="About another person")
    void_note(by=manager, note=second, reason="About another person")
    assert set(Note.objects.values_list("voided_by", flat=True)) == {officer.pk, manager.pk}


def test_what_was_written_too_openly_can_be_moved_when_it_is_voided_but_only_to_fewer(case: Case) -> None:
    by = author()
    leaked = note(case, by=by, text="The victim's new address")
    void_note(by=by, note=leaked, reason="Wrong part", retreat_to=VICTIM)
    leaked.refresh_from_db()
    assert (leaked.compartment, leaked.void_reason) == ("victim", "Wrong part")
    with as_person(make_person(Role.POLICE_OFFICER)):
        assert not Note.objects.exists()
    for before, after in ((CONFIDENTIAL, OPEN), (VICTIM, CONFIDENTIAL), (OPEN, INTELLIGENCE)):
        with pytest.raises(NotWritten, match="fewer people"):
            void_note(by=by, note=note(case, before, by=by), reason="x", retreat_to=after)


# Files


def test_a_file_is_kept_with_what_it_is_and_its_picture_without_its_place(case: Case) -> None:
    sent = made.photo()
    found = file(case, CONFIDENTIAL, name="..\\Holiday.JPG", content=sent)
    kept = bytes(found.stored.content)
    assert (found.file_name, found.media_type, found.size) == ("Holiday.jpg", "image/jpeg", len(kept))
    assert found.sha256 == hashlib.sha256(kept).hexdigest() != found.sent_sha256 == hashlib.sha256(sent).hexdigest()
    assert b"Camera of Nobody" in sent and b"Camera of Nobody" not in kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"),
        ("report.pdf", made.pdf(javascript="x")),
        ("minutes.docx", made.docx({"word/vbaProject.bin": b"x"})),
        ("large.txt", b"x" * (10 * 2**20 + 1)),
    ],
    ids=["program", "script", "macro", "large"],
)
def test_of_a_file_that_is_refused_nothing_is_kept(case: Case, name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        file(case, name=name, content=content)
    assert not Attachment.objects.exists() and not AttachmentContent.objects.exists()


def test_a_scanner_that_is_missing_or_says_no_keeps_a_file_out(case: Case, settings: Any) -> None:
    for command in ("/no/such/scanner", "false"):
        settings.OPENMAPPA_SCAN_COMMAND = command
        with pytest.raises(Refused, match="scanner"):
            file(case)
    settings.OPENMAPPA_SCAN_COMMAND = "true"
    assert file(case).pk


def test_taking_a_copy_is_a_disclosure_to_whoever_takes_it(case: Case) -> None:
    found, reader = file(case, VICTIM), author()
    assert open_file(by=reader, file=found) == b"What was said on the telephone.\n"
    event = Event.objects.get(operation="disclosure")
    assert (event.verb, event.case_id, event.classes) == ("open file", case.pk, ["victim"])
    assert event.recipient == f"{reader.full_name}, {reader.agency.name}"


def test_a_voided_file_is_opened_by_nobody(case: Case) -> None:
    by = author()
    found = file(case, by=by)
    void_attachment(by=by, file=found, reason="Of another person", retreat_to=CONFIDENTIAL)
    with pytest.raises(VoidedBefore):
        open_file(by=by, file=found)
    assert Attachment.objects.get().compartment == "confidential"


# What the database says


def test_row_level_security_gives_each_role_exactly_what_the_core_says(case: Case) -> None:
    """Every role, every compartment and handling code; notes, files and their bytes; by raw SQL."""
    writers = {"police": author(), "probation": make_person(Role.LINE_MANAGER, kind="probation")}
    placed = [
        (note(case, *where, by=by), file(case, *where, by=by)) for where in PLACES.values() for by in writers.values()
    ]
    for role, person in cast(case).items():
        readable = open_compartments(person, case)
        expected = {
            (written.pk, attached.pk)
            for written, attached in placed
            if written.stands_in in readable
            and (
                written.handling is None
                or opens_intelligence(
                    written.handling,
                    person.agency.kind,
                    same_agency=written.agency_id == person.agency_id,
                    is_author=False,
                )
            )
        }
        with as_person(person), connection.cursor() as cursor:
            seen = {}
            for table, column in (
                ("notes_note", "id"),
                ("notes_attachment", "id"),
                ("notes_attachmentcontent", "attachment_id"),
            ):
                cursor.execute(f"SELECT {column} FROM {table}")
                seen[table] = {row[0] for row in cursor.fetchall()}
            by_query = set(Note.objects.open_to(person, case).values_list("pk", flat=True))
        assert seen["notes_note"] == by_query == {pk for pk, _ in expected}, role
        assert seen["notes_attachment"] == seen["notes_attachmentcontent"] == {pk for _, pk in expected}, role


def test_the_author_reads_what_even_their_agency_may_not(case: Case) -> None:
    writer, colleague = author(), author()
    own = note(case, INTELLIGENCE, 5, by=writer)
    assert sorted(HANDLING) == [1, 2, 3, 4, 5]
    for person, expected in ((writer, [own.pk]), (colleague, [])):
        with as_person(person):
            assert list(Note.objects.values_list("pk", flat=True)) == expected
            assert list(Note.objects.open_to(person, case).values_list("pk", flat=True)) == expected


def test_nobody_sees_a_note_of_a_case_that_is_not_theirs_or_when_nobody_is_stated(case: Case) -> None:
    note(case), file(case)
    elsewhere = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    for person in (elsewhere, None):
        with as_person(person):
            counts = [model.objects.count() for model in (Note, Attachment, AttachmentContent)]
        assert counts == [0, 0, 0]


def test_nobody_writes_past_the_service_into_what_they_do_not_read(case: Case) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    with pytest.raises(DatabaseError, match="row-level security"), as_person(officer):
        Note.objects.create(case=case, text="x", written_by=officer, agency=officer.agency, on=today(),
                            compartment="victim", basis="fact", concerns="offender")  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notes_note SET text = 'other'",
        "UPDATE notes_note SET written_by_id = written_by_id",
        "DELETE FROM notes_note",
        "UPDATE notes_attachment SET sha256 = repeat('0', 64)",
        "UPDATE notes_attachment SET title = 'other'",
        "DELETE FROM notes_attachment",
        "UPDATE notes_attachmentcontent SET content = ''",
        "DELETE FROM notes_attachmentcontent",
        "TRUNCATE notes_note CASCADE",
    ],
)
def test_the_application_cannot_edit_or_delete_what_was_written(statement: str, case: Case) -> None:
    note(case), file(case)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
