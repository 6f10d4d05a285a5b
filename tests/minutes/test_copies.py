"""Minutes checked, issued in numbered copies, filed, corrected; and what of them reaches whom: nobody sees more."""

import io
import uuid
from typing import Any

import pypdf
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.meetings.models.sitting import Meeting
from openmappa.minutes.errors import DraftChanged, NotMinuted
from openmappa.minutes.models.copies import Copy, Filing, Handout, Telling
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.models.running import Entry
from openmappa.minutes.queries.minutes import minutes_not_filed, minutes_of_case, own_copies
from openmappa.minutes.services.copying import take_copy, take_offender_list
from openmappa.minutes.services.draft import change_line, check_minutes, correct_minutes, take_out_line
from openmappa.minutes.services.issuing import file_minutes, issue_minutes, tell_offender, withdraw_copy
from openmappa.minutes.words import How
from openmappa.notices.models import Notice
from openmappa.timeline.models import Fact
from tests.minutes.build import (
    a_chairing,
    a_coordinator,
    a_housing_officer,
    a_line,
    a_meeting,
    an_entry,
    an_invitee,
    closed,
    everything,
    issued,
    some_minutes,
)
from tests.timeline.build import ago, give, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db
PARTS = ("open", "confidential", "victim")
CODED = {
    "Entry.item",
    "Copy.compartments",
    "Minutes.reference",
    "Minutes.marking",
    "Line.compartment",
    "Entry.compartment",
}
"""Columns that hold a code or a reference of ours and never what somebody typed."""
IN_A_COPY = {
    "Line.heading",
    "Line.label",
    "Line.text",
    "Copy.recipient",
    "Copy.post",
    "Minutes.correction_reason",
}
"""The columns that a copy may show: of lines, those of its parts alone."""


def sentinel(column: str) -> str:
    """A word that stands for a column and occurs nowhere else."""
    return f"Zq{column.replace('.', 'x').replace('_', 'x')}Zq"


def words_of(pdf: bytes) -> str:
    """All text of a PDF file, without the breaks that its lines make."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def text_columns() -> set[str]:
    """Every text column of every table of minutes, those with fixed choices left out."""
    found = set()
    for model in apps.get_app_config("minutes").get_models():
        for field in model._meta.concrete_fields:
            inner = field.base_field if isinstance(field, ArrayField) else field
            if isinstance(inner, models.CharField | models.TextField) and not inner.choices:
                found.add(f"{model.__name__}.{field.name}")
    return found


class Scene:
    """A meeting on a case with a coordinator, its police officer, a victim contact officer and a housing officer."""

    def __init__(self) -> None:
        self.case = make_case()
        write(self.case, "registered", ago(200))
        self.by = a_coordinator(self.case)
        self.officer = make_person(Role.POLICE_OFFICER)
        self.victims = make_person(Role.VICTIM_CONTACT_OFFICER, kind="probation")
        self.housing = a_housing_officer(self.case)
        give(self.case, InvolvementKind.VICTIM_CONTACT, person=self.victims)
        self.access = give(self.case, InvolvementKind.INVITED, person=self.housing)
        self.meeting = a_meeting(self.case, self.by)
        a_chairing(self.meeting, self.by)
        for person in (self.by, self.officer, self.victims, self.housing):
            an_invitee(self.meeting, self.by, person, post="Officer")
        closed(self.meeting, self.by)
        self.minutes = some_minutes(self.meeting, self.by)
        for number, part in enumerate(PARTS, start=1):
            a_line(
                self.minutes,
                number,
                kind="decision" if part == "open" else "said",
                compartment=part,
                heading=sentinel(f"heading.{part}"),
                label=sentinel(f"label.{part}"),
                text=sentinel(f"text.{part}"),
                plain_words="You move to the hostel." if part == "open" else "",
            )

    def issue(self) -> list[Copy]:
        with as_person(self.by):
            check_minutes(by=self.by, minutes=self.minutes, revision=self.minutes.revision)
            copies = issue_minutes(by=self.by, minutes=self.minutes, revision=self.minutes.revision)
        self.minutes.refresh_from_db()
        return copies

    def copy_of(self, person: User) -> Copy:
        return Copy.objects.select_related("minutes", "agency").get(person=person, minutes__number=1)

    def taken(self, person: User) -> str:
        with as_person(person):
            [row] = own_copies(person)
            return words_of(take_copy(by=person, copy=row))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_every_recipients_copy_holds_exactly_the_parts_that_are_open_to_them(scene: Scene) -> None:
    scene.issue()
    expected = {
        scene.by: {"open", "confidential", "victim"},
        scene.officer: {"open", "confidential"},
        scene.victims: {"open", "victim"},
        scene.housing: {"open"},
    }
    for person, parts in expected.items():
        text = scene.taken(person)
        reached = {
            part for part in PARTS if any(sentinel(f"{what}.{part}") in text for what in ("heading", "label", "text"))
        }
        assert (person.role, reached) == (person.role, parts)


def test_of_every_text_column_of_minutes_only_those_of_a_copy_reach_one() -> None:
    case = make_case()
    by, housing = a_coordinator(case), a_housing_officer(case)
    said: list[str] = []
    old = everything(case, by, lambda column: said.append(column) or sentinel(column))  # type: ignore[func-returns-value]
    assert set(said) | CODED == text_columns() | CODED
    draft = Minutes.objects.get(corrects=old)
    Line.objects.filter(minutes=draft).delete()
    names = ("heading", "label", "text", "plain_words")
    a_line(draft, 1, **{"kind": "decision", **{name: sentinel(f"Line.{name}") for name in names}})
    issued(draft, by)
    row = Copy.objects.create(
        minutes=draft,
        case=case,
        number=1,
        of=1,
        person=housing,
        agency=housing.agency,
        recipient=sentinel("Copy.recipient"),
        post=sentinel("Copy.post"),
        compartments=["open"],
        made_by=by,
        made_at=timezone.now(),
    )
    with as_person(housing):
        text = words_of(take_copy(by=housing, copy=own_copies(housing)[0]))
    assert row.person == housing
    assert {column for column in text_columns() if sentinel(column) in text} == IN_A_COPY
    officer = make_person(Role.POLICE_OFFICER)
    with as_person(officer):
        text = words_of(take_offender_list(by=officer, minutes=draft))
    assert {column for column in text_columns() if sentinel(column) in text} == {"Line.plain_words"}


def test_copies_are_numbered_with_the_recipient_and_the_marking_on_every_page(scene: Scene) -> None:
    for number in range(10, 60):
        a_line(scene.minutes, number, text=f"Line {number}. " + "He was seen there again. " * 12)
    scene.issue()
    with as_person(scene.housing):
        made = take_copy(by=scene.housing, copy=own_copies(scene.housing)[0])
    reader = pypdf.PdfReader(io.BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], len(reader.pages) > 1) == ("en-GB", True, True)
    number = scene.copy_of(scene.housing).number
    for page in reader.pages:
        text = " ".join(page.extract_text().split())
        assert f"Copy {number} of 4, version 1, for {scene.housing.full_name}" in text
        assert "OFFICIAL-SENSITIVE" in text


def test_taking_a_copy_out_is_logged_as_a_disclosure_each_time(scene: Scene) -> None:
    scene.issue()
    scene.taken(scene.housing)
    scene.taken(scene.housing)
    events = Event.objects.filter(verb="take out minutes", by_id=scene.housing.pk)
    assert {(event.operation, event.recipient) for event in events} == {
        ("disclosure", f"{scene.housing.full_name}, {scene.housing.agency.name}")
    }
    assert (events.count(), Handout.objects.filter(copy__person=scene.housing).count()) == (2, 2)


def test_a_partner_sees_with_plain_sql_their_copy_and_its_lines_and_nothing_else(scene: Scene) -> None:
    an_entry(a_meeting(scene.case, scene.by), scene.by, text="Secret")
    scene.issue()
    with as_person(scene.by):
        correct_minutes(by=scene.by, minutes=scene.minutes, reason="A name was wrong.")
    seen = {}
    with as_person(scene.housing), connection.cursor() as cursor:
        for table in ("entry", "running", "chairing", "minutes", "line", "copy", "filing", "telling"):
            cursor.execute(f"SELECT count(*) FROM minutes_{table}")
            seen[table] = (cursor.fetchone() or (None,))[0]
        cursor.execute("SELECT text FROM minutes_line")
        lines = cursor.fetchall()
    assert seen == {
        "entry": 0,
        "running": 0,
        "chairing": 0,
        "minutes": 1,
        "line": 1,
        "copy": 1,
        "filing": 0,
        "telling": 0,
    }
    assert lines == [(sentinel("text.open"),)]


def test_a_partner_can_make_out_no_copy_to_themselves(scene: Scene) -> None:
    scene.issue()
    row = scene.copy_of(scene.housing)
    statement = "UPDATE minutes_copy SET compartments = '{open,victim}' WHERE id = %s"
    with (
        as_person(scene.housing),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [row.pk])
    values = {"minutes_id": row.minutes_id, "case_id": row.case_id, "agency_id": row.agency_id, "number": 4, "of": 4}
    with as_person(scene.housing), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Copy.objects.bulk_create(
            [
                Copy(
                    **values,
                    person=scene.housing,
                    recipient="Me",
                    compartments=["open", "victim"],
                    made_by=scene.housing,
                    made_at=row.made_at,
                )
            ]
        )


def test_an_invitee_who_lost_access_gets_no_copy(scene: Scene) -> None:
    scene.access.ended_at = timezone.now()
    scene.access.save()
    assert [row.person for row in scene.issue()] == [scene.by, scene.officer, scene.victims]
    with as_person(scene.housing):
        assert own_copies(scene.housing) == []


def test_a_copy_still_opens_when_the_invitation_has_ended(scene: Scene) -> None:
    scene.issue()
    path = reverse("minutes:copy", kwargs={"copy": scene.copy_of(scene.housing).key})
    scene.access.ended_at = timezone.now()
    scene.access.save()
    browser = signed_in(scene.housing)
    assert path in browser.get(reverse("minutes:mine")).content.decode()
    assert browser.get(path)["Content-Type"] == "application/pdf"


def test_somebody_elses_copy_is_not_opened(scene: Scene) -> None:
    scene.issue()
    key = scene.copy_of(scene.housing).key
    other = a_housing_officer(scene.case)
    path = reverse("minutes:copy", kwargs={"copy": key})
    assert signed_in(other).get(path).status_code == 404
    assert signed_in(scene.officer).get(path).status_code == 403
    assert signed_in(make_person(Role.AUDITOR)).get(path).status_code == 403
    assert signed_in(scene.housing).get(path)["Content-Type"] == "application/pdf"


def test_who_sends_a_copy_reads_every_part_that_it_holds(scene: Scene) -> None:
    scene.issue()
    manager = make_person(Role.LINE_MANAGER, area=scene.case.area, kind="prison")
    give(scene.case, InvolvementKind.INVITED, person=manager)
    with as_person(manager):
        row = Copy.objects.select_related("minutes__case", "agency").get(person=scene.victims)
        with pytest.raises(NotMinuted, match="a part that you do not read"):
            take_copy(by=manager, copy=row)


def test_a_copy_that_is_withdrawn_opens_no_more_and_neither_do_its_lines(scene: Scene) -> None:
    scene.issue()
    with as_person(scene.by):
        withdraw_copy(by=scene.by, copy=scene.copy_of(scene.housing), reason="Invited by mistake.")
    with as_person(scene.housing):
        assert own_copies(scene.housing) == []
        assert Line.objects.count() == 0
    page = signed_in(scene.housing).get(reverse("minutes:mine")).content.decode()
    assert scene.case.reference not in page


def test_the_partners_page_has_their_copies_and_nothing_else_of_the_case(scene: Scene) -> None:
    scene.issue()
    page = signed_in(scene.housing).get(reverse("minutes:mine")).content.decode()
    assert (scene.case.reference in page, "Testcase" in page, "Zq" in page) == (True, False, False)
    notice = Notice.objects.get(to=scene.housing, kind="minutes")
    assert (notice.link, "Testcase" in notice.words) == (reverse("minutes:mine"), False)


def test_only_the_chair_checks_and_only_checked_minutes_are_issued(scene: Scene) -> None:
    other = make_person(Role.LINE_MANAGER, area=scene.case.area)
    with as_person(other), pytest.raises(NotMinuted, match=scene.by.full_name):
        check_minutes(by=other, minutes=scene.minutes, revision=0)
    with as_person(scene.by), pytest.raises(NotMinuted, match="has not checked"):
        issue_minutes(by=scene.by, minutes=scene.minutes, revision=0)
    with pytest.raises(NotAllowed):
        issue_minutes(by=scene.officer, minutes=scene.minutes, revision=0)
    User.objects.filter(pk=scene.by.pk).update(is_active=False)
    with as_person(other):
        assert check_minutes(by=other, minutes=scene.minutes, revision=0).checked_by == other


def test_a_changed_line_asks_for_another_check_and_a_stale_page_is_noticed(scene: Scene) -> None:
    line = Line.objects.get(minutes=scene.minutes, number=1)
    said: dict[str, Any] = {"text": "New", "plain_words": "You stay.", "compartment": "open"}
    with as_person(scene.by):
        check_minutes(by=scene.by, minutes=scene.minutes, revision=0)
        change_line(by=scene.by, minutes=scene.minutes, key=line.key, revision=0, **said)
        scene.minutes.refresh_from_db()
        assert (scene.minutes.checked_at, scene.minutes.revision) == (None, 1)
        with pytest.raises(DraftChanged):
            take_out_line(by=scene.by, minutes=scene.minutes, key=line.key, revision=0)
        with pytest.raises(DraftChanged):
            check_minutes(by=scene.by, minutes=scene.minutes, revision=0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE minutes_line SET text = 'other'",
        "DELETE FROM minutes_line",
        "UPDATE minutes_minutes SET marking = 'OFFICIAL'",
        "UPDATE minutes_copy SET recipient = 'Somebody'",
        "DELETE FROM minutes_minutes",
        "UPDATE minutes_filing SET filed_at = now()",
    ],
)
def test_issued_minutes_never_change(scene: Scene, statement: str) -> None:
    scene.issue()
    with as_person(scene.by):
        file_minutes(by=scene.by, minutes=scene.minutes)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(IntegrityError, match="were issued"), transaction.atomic():
        a_line(scene.minutes, 99)


def test_filing_is_one_step_for_every_agency_and_a_fact_for_each_service(scene: Scene) -> None:
    scene.issue()
    assert [row.pk for row in minutes_not_filed(scene.case.area)] == [scene.meeting.pk]
    with as_person(scene.by):
        file_minutes(by=scene.by, minutes=scene.minutes)
        assert file_minutes(by=scene.by, minutes=scene.minutes) == []
    rows = Filing.objects.filter(minutes=scene.minutes).select_related("agency", "fact")
    assert {row.agency.kind: row.fact.details["service"] if row.fact else None for row in rows} == {
        "police": "police",
        "probation": "probation",
        "partner": None,
    }
    assert list(minutes_not_filed(scene.case.area)) == []
    assert Fact.objects.filter(case=scene.case, kind="minutes_filed").count() == 2


def test_a_correction_is_numbered_told_and_leaves_the_old_one_as_it_was(scene: Scene) -> None:
    scene.issue()
    with as_person(scene.by):
        file_minutes(by=scene.by, minutes=scene.minutes)
        draft = correct_minutes(by=scene.by, minutes=scene.minutes, reason="A name was wrong.")
        assert correct_minutes(by=scene.by, minutes=scene.minutes, reason="Again").pk == draft.pk
        line = Line.objects.get(minutes=draft, number=1)
        change_line(
            by=scene.by,
            minutes=draft,
            key=line.key,
            text="The right name.",
            plain_words="You move.",
            compartment="open",
            revision=0,
        )
        check_minutes(by=scene.by, minutes=draft, revision=1)
        issue_minutes(by=scene.by, minutes=draft, revision=1)
        draft.refresh_from_db()
        file_minutes(by=scene.by, minutes=draft)
    assert Line.objects.get(minutes=scene.minutes, number=1).text == sentinel("text.open")
    assert Fact.objects.filter(case=scene.case, kind="minutes_filed").count() == 2
    told = Notice.objects.filter(to=scene.housing, kind="minutes").order_by("id").last()
    assert told is not None
    assert told.words.endswith("are corrected: version 2.")
    with as_person(scene.housing):
        newest = own_copies(scene.housing)[0]
        text = words_of(take_copy(by=scene.housing, copy=newest))
    assert "".join(["It", "corrects", "version", "1:", "A", "name", "was", "wrong."]) in text
    with as_person(scene.by):
        assert [(one.minutes.number, one.is_latest) for one in minutes_of_case(scene.case, scene.by)] == [
            (2, True),
            (1, False),
        ]


def test_the_offenders_list_says_what_was_marked_and_that_they_were_told_is_a_fact(scene: Scene) -> None:
    scene.issue()
    officer, submission = scene.officer, uuid.uuid4()
    with as_person(officer):
        text = words_of(take_offender_list(by=officer, minutes=scene.minutes))
        said: dict[str, Any] = {"told_on": today(), "told_by": officer, "how": How.MEETING}
        row = tell_offender(by=officer, minutes=scene.minutes, submission=submission, **said)
        again = tell_offender(by=officer, minutes=scene.minutes, submission=submission, **said)
    assert ("Youmovetothehostel." in text, "Zq" in text, "OFFICIAL" in text) == (True, False, False)
    assert (again.pk, row.words, row.fact.kind) == (row.pk, "You move to the hostel.", "offender_informed")
    event = Event.objects.get(verb="print decisions for offender")
    assert (event.operation, event.recipient) == ("disclosure", "the offender")
    with as_person(officer), pytest.raises(NotMinuted, match="on that day or later"):
        tell_offender(by=officer, minutes=scene.minutes, **(said | {"told_on": ago(9)}))
    assert Telling.objects.count() == 1


def test_nobody_tells_the_offender_from_a_draft(scene: Scene) -> None:
    with as_person(scene.officer):
        with pytest.raises(NotMinuted, match="not issued yet"):
            take_offender_list(by=scene.officer, minutes=scene.minutes)
        with pytest.raises(NotMinuted, match="not issued yet"):
            tell_offender(
                by=scene.officer, minutes=scene.minutes, told_on=today(), told_by=scene.officer, how=How.LETTER
            )


def test_a_row_of_a_meeting_belongs_to_the_meetings_case(scene: Scene) -> None:
    other: Case = make_case()
    meeting: Meeting = a_meeting(scene.case, scene.by)
    with pytest.raises(IntegrityError, match="is not a meeting on case"), transaction.atomic():
        an_entry(meeting, scene.by, case=other)
    assert not Entry.objects.filter(case=other).exists()


def test_the_pages_from_draft_to_telling_the_offender(scene: Scene) -> None:
    browser = signed_in(scene.by)
    here = {"key": scene.case.key, "minutes": scene.minutes.key}
    page = browser.get(reverse("minutes:show", kwargs=here)).content.decode()
    assert all(sentinel(f"text.{part}") in page for part in PARTS)
    assert browser.post(reverse("minutes:check", kwargs=here), {"revision": 0}).status_code == 302
    assert browser.post(reverse("minutes:issue", kwargs=here), {"revision": 0}).status_code == 302
    page = browser.get(reverse("minutes:show", kwargs=here)).content.decode()
    assert ("On whose record they are" in page, page.count(" of 4</td>")) == (True, 4)
    officer = signed_in(scene.officer)
    page = officer.get(reverse("minutes:show", kwargs=here)).content.decode()
    assert [sentinel(f"text.{part}") in page for part in PARTS] == [True, True, False]
    told = reverse("minutes:told", kwargs=here)
    assert "You move to the hostel." in officer.get(told).content.decode()
    made = officer.post(reverse("minutes:printed", kwargs=here))
    assert made["Content-Type"] == "application/pdf"
