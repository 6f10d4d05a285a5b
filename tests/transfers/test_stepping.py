"""Asking, approving, sending, accepting, declining and recalling: who may, what stands in the way, what follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Cover, User
from openmappa.cases.models import Case, Involvement, Responsibility
from openmappa.core.access import Rank, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.transfers import answer_by
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.timeline.models import Duty
from openmappa.transfers.errors import MissingAnswers, NotTransferred
from openmappa.transfers.models import Approval, Transfer
from openmappa.transfers.queries import rules, transfers_open, unclear
from openmappa.transfers.services.answering import accept_transfer, decline_transfer
from openmappa.transfers.services.asking import approve_transfer, recall_transfer, send_transfer
from openmappa.transfers.services.giving_back import give_back
from openmappa.transfers.services.reminding import remind_of_transfers
from openmappa.transfers.words import Side, State
from tests.timeline.build import ago, give, make_area, make_person, make_unit, today, write
from tests.transfers.build import Places, accepted, answers, approved_by, asked, chief, met, places, sent

pytestmark = pytest.mark.django_db


def sees(person: User, case: Case) -> bool:
    with as_person(person):
        return Case.objects.visible_to(person).filter(pk=case.pk).exists() and Case.objects.filter(pk=case.pk).exists()


def accept(here: Places, transfer: Transfer, by: User | None = None, **people: User | None) -> Transfer:
    named: dict[str, Any] = {"police_officer": here.new_officer, "case_manager": here.new_manager} | people
    with as_person(by or here.receiver):
        return accept_transfer(by=by or here.receiver, transfer=transfer, **named)


def test_asking_tells_the_coordinator_and_changes_nothing_about_who_is_responsible() -> None:
    here = places()
    transfer = asked(here)
    assert (transfer.state, transfer.from_area, transfer.to_area, transfer.level) == ("asked", here.home, here.away, 1)
    assert (transfer.name, transfer.reference) == (here.case.person.full_name, here.case.reference)
    notice = Notice.objects.get(to=here.sender, kind="transfer")
    assert here.case.reference in notice.words
    assert here.case.person.family_name not in notice.words
    assert Note.objects.get(case=here.case).text == (
        "A transfer to Eastmarch was asked for. Northshire stays responsible."
    )
    here.case.refresh_from_db()
    assert here.case.area == here.home
    assert list(transfers_open(here.home)) == list(transfers_open(here.away)) == [transfer]


def test_the_whole_checklist_is_answered_and_the_refusal_names_what_is_missing() -> None:
    here = places()
    with pytest.raises(MissingAnswers) as refused:
        asked(here, answers=answers(victims=" ", work=""))
    assert refused.value.questions == ("victims", "work")


@pytest.mark.parametrize("changed", [{"reasons": " "}, {"address": ""}])
def test_a_request_has_reasons_and_an_address(changed: dict[str, Any]) -> None:
    with pytest.raises(NotTransferred):
        asked(places(), **changed)


def test_a_case_is_asked_for_once_at_a_time_and_not_into_its_own_area_nor_when_it_is_closed() -> None:
    here = places()
    with pytest.raises(NotTransferred, match="in Northshire already"):
        asked(here, to_area=here.home)
    asked(here)
    with pytest.raises(NotTransferred, match="on its way already"):
        asked(here)
    closed = places()
    write(closed.case, "case_closed", today(), by=make_person(Role.LINE_MANAGER))
    with pytest.raises(NotTransferred, match="closed"):
        asked(closed)


def test_a_victim_contact_officer_does_not_ask_for_a_transfer() -> None:
    here = places()
    with pytest.raises(NotAllowed):
        asked(here, by=make_person(Role.VICTIM_CONTACT_OFFICER, area=here.home))


# ---- sending


def test_a_level_1_case_is_sent_without_a_meeting_and_the_other_coordinator_reads_it_until_they_answer() -> None:
    here = places()
    assert not sees(here.receiver, here.case)
    transfer = sent(here)
    assert (transfer.state, transfer.sent_by, transfer.meeting_on) == ("sent", here.sender, None)
    assert transfer.due_on == answer_by(rules(), today())
    assert sees(here.receiver, here.case)
    assert not sees(here.new_officer, here.case)
    assert Notice.objects.get(to=here.receiver).due_on == transfer.due_on


@pytest.mark.parametrize("level", [2, 3])
def test_a_level_2_or_3_case_is_not_sent_without_a_meeting_held_since_the_request(level: int) -> None:
    here = places(level)
    write(here.case, "mappa_meeting_held", ago(3), by=here.sender, level=level)
    transfer = asked(here)
    with as_person(here.sender), pytest.raises(NotTransferred, match=f"Hold a Level {level} meeting first"):
        send_transfer(by=here.sender, transfer=transfer, invited_how="By phone.")
    assert not sees(here.receiver, here.case)


def test_a_meeting_that_the_record_does_not_show_the_other_area_at_needs_words() -> None:
    here = places(2)
    transfer = asked(here)
    met(here, 2)
    with as_person(here.sender):
        with pytest.raises(NotTransferred, match="does not show that the receiving area was invited"):
            send_transfer(by=here.sender, transfer=transfer)
        row = send_transfer(by=here.sender, transfer=transfer, invited_how="Their coordinator came.")
    assert (row.meeting_on, row.invited_how) == (today(), "Their coordinator came.")


def test_only_a_coordinator_of_the_sending_area_or_who_covers_for_them_sends() -> None:
    here = places()
    transfer = asked(here)
    with as_person(here.officer), pytest.raises(NotAllowed):
        send_transfer(by=here.officer, transfer=transfer)
    with as_person(here.receiver), pytest.raises(NotTransferred, match="Only the MAPPA coordinator of Northshire"):
        send_transfer(by=here.receiver, transfer=transfer)
    third = make_person(Role.MAPPA_COORDINATOR, area=make_area("southdale", "C"))
    Cover.objects.create(
        absent=here.sender, covering=third, from_on=today(), until_on=today(), reason="Leave", arranged_by=here.sender
    )
    with as_person(third):
        assert send_transfer(by=third, transfer=transfer).state == State.SENT


def test_an_area_without_a_coordinator_cannot_be_sent_a_case() -> None:
    here = places()
    transfer = asked(here)
    User.objects.filter(pk=here.receiver.pk).update(is_active=False)
    with as_person(here.sender), pytest.raises(NotTransferred, match="Eastmarch has no MAPPA coordinator"):
        send_transfer(by=here.sender, transfer=transfer)
    assert Transfer.objects.get().state == State.ASKED


# ---- Level 3


def test_chief_officers_are_told_of_a_level_3_transfer_as_soon_as_it_is_asked_for() -> None:
    here = places(3)
    ours, theirs = chief(here.home), chief(here.away)
    asked(here)
    found = Notice.objects.filter(words__endswith="It waits for your approval.").values_list("to", flat=True)
    assert (list(found), Notice.objects.filter(to=theirs).count()) == ([ours.pk], 0)


def test_a_level_3_case_needs_a_chief_officer_of_each_side_by_rank() -> None:
    here = places(3)
    transfer = asked(here)
    met(here, 3)
    with as_person(here.sender), pytest.raises(NotTransferred, match="chief officer of your area"):
        send_transfer(by=here.sender, transfer=transfer, invited_how="They came.")
    low = make_person(Role.LINE_MANAGER, area=here.home, rank=Rank.INSPECTOR)
    with as_person(low), pytest.raises(NotTransferred, match="Your rank or grade is “Inspector”"):
        approve_transfer(by=low, transfer=transfer, words="Fine.")
    ours, theirs = chief(here.home), chief(here.away, Rank.DETECTIVE_SUPERINTENDENT)
    with as_person(theirs), pytest.raises(NotTransferred):
        approve_transfer(by=theirs, transfer=transfer, words="Too early for us.")
    approved_by(ours, transfer)
    approved_by(ours, transfer)
    with as_person(here.sender):
        send_transfer(by=here.sender, transfer=transfer, invited_how="They came.")
    with pytest.raises(NotTransferred, match="chief officer of your area"):
        accept(here, transfer)
    approved_by(theirs, transfer)
    assert accept(here, transfer).state == State.ACCEPTED
    found = list(Approval.objects.values_list("side", "by", "rank"))
    assert found == [
        (Side.SENDING, ours.pk, "assistant_chief_officer"),
        (Side.RECEIVING, theirs.pk, "detective_superintendent"),
    ]


def test_at_level_2_no_chief_officer_approves_and_at_level_3_none_of_a_third_area() -> None:
    here, other = places(2), places(3)
    User.objects.filter(pk__in=[here.sender.pk]).update(rank=Rank.SUPERINTENDENT)
    here.sender.refresh_from_db()
    with pytest.raises(NotTransferred, match="no chief officer is needed"):
        approved_by(here.sender, asked(here))
    transfer, third = asked(other), make_area("southdale", "C")
    covering = make_person(Role.MAPPA_COORDINATOR, area=third, rank=Rank.SUPERINTENDENT)
    days = {"from_on": today(), "until_on": today()}
    Cover.objects.create(absent=other.sender, covering=covering, reason="Leave", arranged_by=other.sender, **days)
    with pytest.raises(NotTransferred, match="Neither of the two areas"):
        approved_by(covering, transfer)
    stranger = chief(third)
    with as_person(stranger):
        assert not Transfer.objects.exists()
        assert not Transfer.objects.visible_to(stranger).exists()


# ---- accepting


def test_at_one_instant_the_receiving_area_is_responsible_with_named_people_and_units() -> None:
    here = places()
    transfer = accepted(here)
    here.case.refresh_from_db()
    row = here.case
    assert (row.area, row.force, row.police_officer, row.case_manager) == (
        here.away,
        "B",
        here.new_officer,
        here.new_manager,
    )
    assert (row.police_unit, row.probation_unit) == (here.new_officer.unit, here.new_manager.unit)
    earlier, later = Responsibility.objects.filter(case=row).order_by("number")
    assert earlier.until_at == later.from_at == transfer.handed_over_at
    assert (later.because, later.by, later.area) == ("transferred", here.receiver, here.away)
    assert unclear(row) == ()
    assert row.reference == transfer.reference
    note = Note.objects.filter(case=row).latest("pk").text
    assert f"{timezone.localtime(transfer.handed_over_at):%H:%M:%S}" in note
    assert note.startswith("Responsibility passed from Northshire to Eastmarch at ")


def test_the_new_people_see_the_case_and_those_of_the_area_it_left_do_not() -> None:
    here = places()
    guest = make_person(Role.CASE_MANAGER, unit=make_unit(here.home, "probation", 5))
    give(here.case, InvolvementKind.INVITED, person=guest)
    emergency = make_person(Role.LINE_MANAGER, unit=make_unit(here.home, "police", 6))
    give(here.case, InvolvementKind.BREAK_GLASS, person=emergency)
    leaving = [here.officer, here.manager, here.sender, guest, emergency]
    transfer = sent(here)
    assert all(sees(person, here.case) for person in leaving)
    accept(here, transfer)
    assert [person for person in leaving if sees(person, here.case)] == []
    assert all(sees(person, here.case) for person in (here.receiver, here.new_officer, here.new_manager))
    kinds = Involvement.objects.in_force_at(timezone.now()).filter(case=here.case).values_list("kind", flat=True)
    assert list(kinds) == [], "the receiving coordinator reads it through their area now"


def test_the_victim_contact_officer_stays_with_the_victim() -> None:
    here = places()
    contact = make_person(Role.VICTIM_CONTACT_OFFICER, area=here.home)
    give(here.case, InvolvementKind.VICTIM_CONTACT, person=contact)
    accepted(here)
    assert sees(contact, here.case)


def test_duties_go_to_the_new_area_and_visits_by_the_new_forces_table() -> None:
    here = places()
    officer = make_person(Role.LINE_MANAGER, area=here.home)
    write(here.case, "rm2000_completed", ago(40), by=officer, band="medium", rank="constable")
    visit = {"case": here.case, "standard": "home-visit", "met_on": None, "closed_on": None}
    before = Duty.objects.get(**visit)
    accepted(here)
    after = Duty.objects.get(**visit)
    assert set(Duty.objects.filter(case=here.case).values_list("area__code", flat=True)) == {"eastmarch"}
    assert before.due_on != after.due_on


def test_a_service_that_holds_the_case_needs_somebody_named_of_the_receiving_area() -> None:
    here = places()
    transfer = sent(here)
    with pytest.raises(NotTransferred, match="Name the case manager"):
        accept(here, transfer, case_manager=None)
    with pytest.raises(NotTransferred, match="works in another area"):
        accept(here, transfer, police_officer=here.officer)
    with pytest.raises(NotTransferred, match="somebody of a probation unit"):
        accept(here, transfer, case_manager=here.new_officer)
    here.case.refresh_from_db()
    assert here.case.area == here.home


def test_accepting_twice_is_one_deed_and_nobody_else_accepts_after_it() -> None:
    here = places()
    transfer = sent(here)
    first = accept(here, transfer)
    assert accept(here, transfer).handed_over_at == first.handed_over_at
    other = make_person(Role.MAPPA_COORDINATOR, area=here.away)
    with pytest.raises(NotTransferred, match="“accepted” now"):
        accept(here, transfer, by=other)
    with as_person(here.sender), pytest.raises(NotTransferred, match="cannot be recalled"):
        recall_transfer(by=here.sender, transfer=transfer, reason="Too late.")
    assert Responsibility.objects.filter(case=here.case).count() == 2


# ---- declining and recalling


def test_a_transfer_is_declined_on_a_ground_of_the_list_and_nothing_else() -> None:
    here = places()
    transfer = sent(here)
    with as_person(here.receiver):
        for ground, words in (("no_room", "We have no staff."), ("", "No."), ("incomplete", "  ")):
            with pytest.raises(NotTransferred):
                decline_transfer(by=here.receiver, transfer=transfer, ground=ground, words=words)
        row = decline_transfer(
            by=here.receiver, transfer=transfer, ground="incomplete", words="The licence is missing."
        )
    assert (row.state, row.ground, row.end_words) == ("declined", "incomplete", "The licence is missing.")
    assert not sees(here.receiver, here.case)
    assert sees(here.officer, here.case)
    assert "stays responsible" in Note.objects.filter(case=here.case).latest("pk").text
    assert asked(here).state == State.ASKED, "it can be asked for again"


def test_the_sending_coordinator_recalls_what_was_sent_and_the_other_reads_it_no_longer() -> None:
    here = places()
    transfer = sent(here)
    with as_person(here.receiver), pytest.raises(NotTransferred, match="Only the MAPPA coordinator of Northshire"):
        recall_transfer(by=here.receiver, transfer=transfer, reason="No.")
    with as_person(here.sender):
        with pytest.raises(NotTransferred, match="Say why"):
            recall_transfer(by=here.sender, transfer=transfer, reason="")
        recall_transfer(by=here.sender, transfer=transfer, reason="He stays after all.")
    assert not sees(here.receiver, here.case)
    with pytest.raises(NotTransferred, match="“recalled” now"):
        accept(here, transfer)


def test_who_asked_recalls_it_until_it_is_sent_and_no_longer() -> None:
    here = places()
    transfer = asked(here)
    with as_person(here.officer):
        assert recall_transfer(by=here.officer, transfer=transfer, reason="A mistake.").state == State.RECALLED
    again = sent(here)
    with as_person(here.officer), pytest.raises(NotAllowed):
        recall_transfer(by=here.officer, transfer=again, reason="A mistake.")


# ---- giving back


def test_the_receiving_area_gives_back_an_error_and_the_other_takes_it_on_without_a_gap() -> None:
    here = places()
    transfer = accepted(here)
    with as_person(here.receiver):
        back = give_back(by=here.receiver, transfer=transfer, reasons="Another man of the same name.")
    assert (back.state, back.from_area, back.to_area) == ("sent", here.away, here.home)
    assert sees(here.receiver, here.case), "the area that holds it stays responsible"
    with as_person(here.sender):
        with pytest.raises(NotTransferred, match="cannot be declined"):
            decline_transfer(by=here.sender, transfer=back, ground="incomplete", words="No.")
        accept_transfer(by=here.sender, transfer=back, police_officer=here.officer, case_manager=here.manager)
    assert (sees(here.officer, here.case), sees(here.new_officer, here.case)) == (True, False)
    rows = list(Responsibility.objects.filter(case=here.case).order_by("number"))
    assert [row.because for row in rows] == ["began", "transferred", "returned"]
    assert unclear(here.case) == ()


def test_the_sending_area_asks_for_it_back_and_the_one_that_holds_it_sends_it() -> None:
    here = places()
    transfer = accepted(here)
    with as_person(here.sender):
        back = give_back(by=here.sender, transfer=transfer, reasons="He never moved.")
        assert back.state == State.ASKED
        with pytest.raises(NotTransferred, match="Only the MAPPA coordinator of Eastmarch"):
            send_transfer(by=here.sender, transfer=back)
    with as_person(here.receiver):
        assert send_transfer(by=here.receiver, transfer=back).state == State.SENT
        with pytest.raises(NotTransferred, match="on its way already"):
            give_back(by=here.receiver, transfer=transfer, reasons="He never moved.")


def test_after_the_packs_days_an_error_is_a_transfer_of_its_own() -> None:
    here = places()
    transfer = accepted(here)
    then = timezone.now() - timedelta(days=rules().give_back.within_days + 1)
    Transfer.objects.filter(pk=transfer.pk).update(handed_over_at=then)
    with as_person(here.receiver), pytest.raises(NotTransferred, match="more than 28 days ago"):
        give_back(by=here.receiver, transfer=transfer, reasons="Another man.")


# ---- restricted cases


def test_a_restricted_case_stays_restricted_and_is_seen_by_those_named_in_the_new_area_alone() -> None:
    here = places()
    Case.objects.filter(pk=here.case.pk).update(
        restricted=True, restricted_contact=here.sender, restricted_reason="A colleague's brother"
    )
    for person in (here.officer, here.sender):
        give(here.case, InvolvementKind.NAMED, person=person)
    other = make_person(Role.MAPPA_COORDINATOR, area=here.home)
    transfer = sent(here)
    with as_person(other):
        assert not Transfer.objects.exists()
        assert not Transfer.objects.visible_to(other).exists()
    accept(here, transfer)
    here.case.refresh_from_db()
    assert (here.case.restricted, here.case.restricted_contact) == (True, here.receiver)
    assert [person for person in (here.officer, here.sender, other) if sees(person, here.case)] == []
    assert all(sees(person, here.case) for person in (here.receiver, here.new_officer, here.new_manager))


# ---- late answers


@pytest.mark.parametrize("late_by", [0, 1])
def test_both_coordinators_are_reminded_from_the_day_after_the_answer_was_due(late_by: int) -> None:
    here = places()
    transfer = sent(here)
    assert transfer.due_on is not None
    Notice.objects.all().delete()
    day = transfer.due_on + timedelta(days=late_by)
    assert remind_of_transfers(day) == late_by
    assert {notice.to_id for notice in Notice.objects.all()} == (
        {here.sender.pk, here.receiver.pk} if late_by else set()
    )
    assert remind_of_transfers(day) == 0
    assert remind_of_transfers(day + timedelta(days=2)) == 1
