"""Why no RM2000 is made: coded, dated, with name and rank, on the timeline, and withdrawn by a score."""

import uuid

import pytest
from django.urls import reverse

from openmappa.accounts.errors import NotAllowed
from openmappa.assessments.errors import NoReason
from openmappa.assessments.models import NoRm2000
from openmappa.assessments.services import record_no_rm2000, score_rm2000
from openmappa.audit.models import Event
from openmappa.core.access import Rank, Role
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.notes.errors import NotWritten, RecordMovedOn
from openmappa.notes.models import Note
from openmappa.notes.queries import record_version
from openmappa.notes.services import void_note
from openmappa.timeline.models import Duty
from tests.timeline.build import ago, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db

S = Rm2000SItems(30, 2, 2, male_victim=True, stranger_victim=True, single=False, non_contact=False)


@pytest.fixture
def officer():
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def case(officer):
    case = make_case(police_officer=officer)
    write(case, "registered", ago(20))
    return case


def page(case, name: str = "no_score") -> str:
    return reverse(f"assessments:{name}", kwargs={"key": case.key})


def test_a_reason_is_kept_with_its_day_name_and_rank_and_written_on_the_timeline(officer, case) -> None:
    row = record_no_rm2000(by=officer, case=case, code="internet_only", decided_on=ago(2))
    assert (row.code, row.decided_on, row.decided_by, row.rank) == ("internet_only", ago(2), officer, "constable")
    note = Note.objects.get()
    assert note.text == "No RM2000 is made: all his sexual offences were committed over the internet."
    assert (note.on, note.written_by, note.compartment) == (ago(2), officer, "open")
    assert Event.objects.filter(verb="record no rm2000").count() == 1


def test_the_duty_to_score_stays_open(officer, case) -> None:
    record_no_rm2000(by=officer, case=case, code="only_accused", decided_on=ago(2))
    assert Duty.objects.get(case=case, standard="rm2000-start").met_on is None


def test_the_list_and_the_front_sheet_show_it_until_a_score_is_made(officer, case) -> None:
    client = signed_in(officer)
    form = sent(case, today(), code="other", words="Seen by a psychologist first") | {
        "version": str(record_version(officer, case))
    }
    assert client.post(page(case), form).status_code == 302
    front = reverse("timeline:front_sheet", kwargs={"key": case.key})
    for shown in (page(case, "list"), front):
        text = client.get(shown).content.decode()
        assert "No RM2000 is made." in text
        assert "Seen by a psychologist first" in text
        assert f"{officer.full_name}, constable" in text
    score_rm2000(by=officer, case=case, scored_on=today(), items=S)
    row = NoRm2000.objects.get()
    assert row.withdrawn_by == officer
    assert "No RM2000 is made." not in client.get(front).content.decode()
    assert "Reasons given before" in client.get(page(case, "list")).content.decode()


def test_another_reason_withdraws_the_first(officer, case) -> None:
    first = record_no_rm2000(by=officer, case=case, code="only_accused", decided_on=ago(2))
    second = record_no_rm2000(by=officer, case=case, code="none_after_16", decided_on=ago(1))
    assert [row.pk for row in NoRm2000.objects.filter(withdrawn_at__isnull=True)] == [second.pk]
    first.refresh_from_db()
    assert first.withdrawn_by == officer


def test_a_reason_falls_with_its_note_where_that_was_a_mistake(officer, case) -> None:
    row = record_no_rm2000(by=officer, case=case, code="only_accused", decided_on=ago(2))
    void_note(by=officer, note=row.note, reason="Somebody else's file.")
    client = signed_in(officer)
    front = reverse("timeline:front_sheet", kwargs={"key": case.key})
    assert "No RM2000 is made." not in client.get(front).content.decode()
    text = client.get(page(case, "list")).content.decode()
    assert "No RM2000 is made." not in text
    assert "A mistake: Somebody else&#39;s file." in text
    record_no_rm2000(by=officer, case=case, code="none_after_16", decided_on=ago(1))
    assert "No RM2000 is made." in client.get(front).content.decode()


def test_the_same_form_sent_twice_records_once(officer, case) -> None:
    token = uuid.uuid4()
    first = record_no_rm2000(by=officer, case=case, code="only_accused", decided_on=ago(2), submission=token)
    again = record_no_rm2000(by=officer, case=case, code="only_accused", decided_on=ago(2), submission=token)
    assert (again.pk, NoRm2000.objects.count(), Note.objects.count()) == (first.pk, 1, 1)


@pytest.mark.parametrize(
    ("code", "words", "sentence"),
    [
        ("bored", "", "Select why no RM2000 is made."),
        ("other", "  ", "Write what the reason is on this case."),
        ("not_male", "", "The record says otherwise."),
        ("under_18", "", "The record says otherwise."),
    ],
)
def test_a_reason_that_is_not_coded_not_explained_or_against_the_record_is_refused(
    officer, case, code: str, words: str, sentence: str
) -> None:
    with pytest.raises(NoReason, match=sentence):
        record_no_rm2000(by=officer, case=case, code=code, words=words, decided_on=today())
    assert (NoRm2000.objects.count(), Note.objects.count()) == (0, 0)


def test_of_a_woman_it_is_said_that_the_person_is_not_a_man(officer, case) -> None:
    case.person.sex = "female"
    case.person.save()
    assert (
        record_no_rm2000(by=officer, case=case, code="not_male", decided_on=today()).text == "The person is not a man"
    )


def test_no_reason_is_taken_while_a_score_stands(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(1), items=S)
    with pytest.raises(NoReason, match="An RM2000 stands on this case"):
        record_no_rm2000(by=officer, case=case, code="internet_only", decided_on=today())
    assert (NoRm2000.objects.count(), Note.objects.count()) == (0, 0)
    assert "void it on the timeline first" in signed_in(officer).get(page(case)).content.decode()


def test_a_day_to_come_and_a_stale_page_are_refused(officer, case) -> None:
    with pytest.raises(NotWritten, match="today or in the past"):
        record_no_rm2000(by=officer, case=case, code="only_accused", decided_on=ago(-1))
    with pytest.raises(RecordMovedOn):
        record_no_rm2000(by=officer, case=case, code="only_accused", decided_on=today(), version=99)
    assert NoRm2000.objects.count() == 0


def test_a_coordinator_may_not(case) -> None:
    with pytest.raises(NotAllowed):
        record_no_rm2000(by=make_person(Role.MAPPA_COORDINATOR), case=case, code="only_accused", decided_on=today())
    assert NoRm2000.objects.count() == 0


def test_an_unexplained_reason_is_refused_at_the_field(officer, case) -> None:
    form = sent(case, today(), code="records_not_had")
    text = signed_in(officer).post(page(case), form).content.decode()
    assert "Write what the reason is on this case" in text
    assert NoRm2000.objects.count() == 0
