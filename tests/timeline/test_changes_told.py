"""A change is told to those who must know, each says that they do, and a mistake is withdrawn (9.10)."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Cover, User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.dates import add_working_days
from openmappa.core.involvement import InvolvementKind
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.notices.queries import unread_count
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.models import Acknowledgement, ChangeNotice, Duty, Fact
from openmappa.timeline.queries.changes import overdue_acknowledgements, waiting_for
from openmappa.timeline.services import acknowledge_change, void_fact
from tests.audit.test_history import kept
from tests.timeline.build import ago, give, make_area, make_case, make_person, sent, signed_in, today, write
from tests.timeline.changed import told_long_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def manager() -> User:
    return make_person(Role.CASE_MANAGER)


@pytest.fixture
def case(officer: User, manager: User) -> Case:
    """A supervised case of an officer and a case manager, with medium risk of harm."""
    case = make_case(police_officer=officer, case_manager=manager)
    write(case, "registered", ago(100), by=officer)
    write(case, "order_started", ago(90), by=manager, order="licence")
    write(case, "harm_level_set", ago(80), by=manager, level="medium")
    return case


def raised(case: Case, by: User, level: str = "high") -> ChangeNotice:
    write(case, "harm_level_set", ago(0), by=by, level=level)
    return ChangeNotice.objects.latest("pk")


def who(notice: ChangeNotice) -> dict[int, str]:
    return dict(notice.acknowledgements.values_list("person", "why"))


def test_a_first_level_tells_nobody(case: Case) -> None:
    assert (ChangeNotice.objects.count(), Notice.objects.count()) == (0, 0)


def test_harm_that_rises_is_told_to_the_other_service_and_the_coordinator_and_not_to_whoever_decided_it(
    case: Case, officer: User, manager: User
) -> None:
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B"))
    make_person(Role.LINE_MANAGER)
    notice = raised(case, manager)
    assert (notice.what, notice.before, notice.after, notice.opened_by) == ("harm", "medium", "high", manager)
    assert who(notice) == {officer.pk: "police_officer", coordinator.pk: "coordinator"}
    assert notice.due_on == add_working_days(today(), 2)
    assert sorted(Notice.objects.values_list("to", flat=True)) == sorted([officer.pk, coordinator.pk])
    event = Event.objects.filter(verb="record harm_level_set").latest("pk")
    assert event.about["told"] == sorted([officer.pk, coordinator.pk])


def test_the_notice_that_leads_there_names_no_person_and_no_level(case: Case, manager: User) -> None:
    raised(case, manager)
    said = Notice.objects.latest("pk")
    due = add_working_days(today(), 2)
    assert said.words == (
        f"Something on case {case.reference} has changed that you must know of. Read it, and acknowledge it by "
        f"{due:%A} {due.day} {due:%B} {due.year}."
    )
    assert (said.link, said.due_on) == (f"/cases/{case.key}/changes/", due)


def test_who_covers_a_victim_contact_officer_and_who_was_invited_are_told_and_a_partner_is_not(
    case: Case, officer: User, manager: User
) -> None:
    stand_in, victims = make_person(Role.POLICE_OFFICER), make_person(Role.VICTIM_CONTACT_OFFICER, kind="probation")
    elsewhere = make_person(Role.CASE_MANAGER, area=make_area("eastmarch", "B"))
    partner = make_person(Role.PARTNER_MEMBER, kind="partner")
    Cover.objects.create(
        absent=officer, covering=stand_in, from_on=today(), until_on=today(), reason="Leave", arranged_by=manager
    )
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    give(case, InvolvementKind.INVITED, person=elsewhere)
    give(case, InvolvementKind.INVITED, person=partner)
    assert who(raised(case, manager)) == {
        officer.pk: "police_officer",
        stand_in.pk: "cover",
        victims.pk: "victim_contact",
        elsewhere.pk: "given",
    }


def test_everybody_of_a_victim_contact_unit_that_was_given_the_case_is_told(case: Case, manager: User) -> None:
    victims = make_person(Role.VICTIM_CONTACT_OFFICER, kind="probation")
    give(case, InvolvementKind.VICTIM_CONTACT, unit=victims.unit)
    assert who(raised(case, manager))[victims.pk] == "victim_contact"


def test_of_a_restricted_case_only_those_named_are_told(officer: User, manager: User) -> None:
    case = make_case(police_officer=officer, case_manager=manager, restricted_contact=manager)
    write(case, "harm_level_set", ago(80), by=manager, level="low")
    make_person(Role.MAPPA_COORDINATOR)
    give(case, InvolvementKind.NAMED, person=officer)
    assert who(raised(case, manager)) == {officer.pk: "police_officer"}


def test_where_nobody_holds_the_case_the_line_manager_of_the_unit_is_told(manager: User) -> None:
    case = make_case(case_manager=manager)
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    write(case, "harm_level_set", ago(80), by=manager, level="low")
    assert who(raised(case, manager)) == {sergeant.pk: "line_manager"}


def test_recording_what_changes_nothing_costs_no_query_more_and_what_does_no_more_for_many(
    case: Case, officer: User, manager: User
) -> None:
    def queries(kind: str, by: User, **details: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            write(case, kind, ago(0), by=by, **details)
        return len(counted)

    for _ in range(2):
        queries("harm_level_set", manager, level="high")
    quiet = queries("harm_level_set", manager, level="high")
    one = queries("harm_level_set", manager, level="low")
    for _ in range(20):
        give(case, InvolvementKind.INVITED, person=make_person(Role.POLICE_OFFICER))
    assert queries("harm_level_set", manager, level="high") == one
    assert one - quiet <= 9


# ---- acknowledging


def test_the_polices_acknowledging_meets_the_duty_and_leaves_the_notice_read(case: Case, officer: User) -> None:
    notice = raised(case, case.case_manager or officer)
    duty = Duty.objects.get(case=case, standard="risk-change-police")
    assert (duty.met_on, unread_count(officer)) == (None, 1)
    with as_person(officer):
        acknowledge_change(by=officer, notice=notice, comment="  Visit brought forward to tonight. ")
    row = Acknowledgement.objects.get(notice=notice, person=officer)
    duty.refresh_from_db()
    assert (duty.met_on, row.comment, unread_count(officer)) == (today(), "Visit brought forward to tonight.", 0)
    fact = Fact.objects.get(kind="risk_change_acknowledged")
    assert (fact.details, fact.recorded_by) == ({"service": "police"}, officer)


def test_acknowledging_twice_is_one_acknowledgement_one_fact_and_one_event(case: Case, officer: User) -> None:
    notice = raised(case, case.case_manager or officer)
    for words in ("Rang the hostel.", "Something else."):
        acknowledge_change(by=officer, notice=notice, comment=words)
    assert Acknowledgement.objects.get(notice=notice, person=officer).comment == "Rang the hostel."
    assert Fact.objects.filter(kind="risk_change_acknowledged").count() == 1
    assert Event.objects.filter(verb="acknowledge change").count() == 1


def test_the_coordinators_acknowledging_meets_no_duty_of_the_police(case: Case, manager: User) -> None:
    coordinator = make_person(Role.MAPPA_COORDINATOR, kind="probation")
    notice = raised(case, manager)
    acknowledge_change(by=coordinator, notice=notice)
    assert Fact.objects.filter(kind="risk_change_acknowledged").count() == 0


def test_a_band_that_changes_is_acknowledged_by_probation(case: Case, officer: User, manager: User) -> None:
    for band, days in (("low", 9), ("high", 0)):
        write(case, "rm2000_completed", ago(days), by=officer, band=band, rank="constable")
    notice = ChangeNotice.objects.get(what="band")
    acknowledge_change(by=manager, notice=notice)
    assert Duty.objects.get(case=case, standard="risk-change-probation").met_on == today()


def test_the_small_form_acknowledges_for_the_person_who_sends_it_as_well(case: Case, officer: User) -> None:
    notice = raised(case, case.case_manager or officer)
    incident = write(case, "significant_incident", ago(0))
    write(case, "risk_change_acknowledged", ago(0), by=officer, service="police")
    rows = {row.notice_id: row.acknowledged_at for row in Acknowledgement.objects.filter(person=officer)}
    news = ChangeNotice.objects.get(fact=incident)
    assert (rows[notice.pk] is not None, rows[news.pk]) == (True, None)
    assert unread_count(officer) == 2


def test_the_small_form_sent_for_the_other_service_acknowledges_nothing_for_oneself(case: Case, manager: User) -> None:
    notice = raised(case, make_person(Role.LINE_MANAGER))
    write(case, "risk_change_acknowledged", ago(0), by=manager, service="police")
    assert Acknowledgement.objects.get(notice=notice, person=manager).acknowledged_at is None


def test_whoever_need_not_know_cannot_acknowledge(case: Case, manager: User) -> None:
    notice = raised(case, manager)
    with pytest.raises(NotRecorded, match="You are not among those"):
        acknowledge_change(by=make_person(Role.LINE_MANAGER), notice=notice)
    with pytest.raises(NotAllowed):
        acknowledge_change(by=make_person(Role.PARTNER_MEMBER, kind="partner"), notice=notice)


def test_the_database_lets_nobody_acknowledge_for_another_or_change_what_was_told(
    case: Case, officer: User, manager: User
) -> None:
    notice = raised(case, manager)
    with as_person(manager):
        rows = Acknowledgement.objects.filter(notice=notice)
        assert (rows.count(), rows.update(acknowledged_at=timezone.now())) == (1, 0)
        for change in ({"after": "low"}, {"due_on": today()}, {"opened_by": officer}):
            with pytest.raises(DatabaseError), transaction.atomic():
                ChangeNotice.objects.filter(pk=notice.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(person=manager)
    with as_person(make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))):
        assert (ChangeNotice.objects.count(), Acknowledgement.objects.count()) == (0, 0)


def test_the_history_keeps_that_somebody_had_not_acknowledged(case: Case, officer: User, manager: User) -> None:
    acknowledge_change(by=officer, notice=raised(case, manager))
    rows = [json.loads(str(row["before"])) for row in kept("timeline_acknowledgement", "update")]
    assert [row["acknowledged_at"] for row in rows] == [None]


# ---- withdrawing


def test_voiding_the_fact_withdraws_what_it_told_and_says_so_to_each(case: Case, officer: User, manager: User) -> None:
    notice = raised(case, manager)
    void_fact(by=manager, fact=Fact.objects.latest("pk"), reason="Another person’s")
    notice.refresh_from_db()
    assert (notice.withdrawn_by, waiting_for(officer).count()) == (manager, 0)
    assert Notice.objects.filter(to=officer).latest("pk").words == (
        f"A change on case {case.reference} that you were told of was a mistake, and is withdrawn. "
        "If you did something because of it, look at the case again."
    )
    with pytest.raises(NotRecorded, match="was a mistake and is withdrawn"):
        acknowledge_change(by=officer, notice=notice)


def test_voiding_what_told_nobody_tells_nobody(case: Case, manager: User) -> None:
    raised(case, manager)
    Notice.objects.all().delete()
    void_fact(by=manager, fact=Fact.objects.get(kind="order_started"), reason="Another person’s")
    assert (ChangeNotice.objects.standing().count(), Notice.objects.count()) == (1, 0)


# ---- what is overdue


def test_what_is_overdue_is_seen_by_those_who_see_the_case_alone(case: Case, officer: User, manager: User) -> None:
    sergeant = make_person(Role.LINE_MANAGER)
    other = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    raised(case, manager)
    assert overdue_acknowledgements(sergeant).count() == 0
    late = told_long_ago(case, officer)
    assert list(overdue_acknowledgements(sergeant)) == [late]
    assert waiting_for(officer).first() == late
    assert overdue_acknowledgements(other).count() == 0


def test_a_page_says_who_knew_when_and_lets_one_acknowledge(case: Case, officer: User, manager: User) -> None:
    notice = raised(case, manager)
    browser = signed_in(officer)
    page = browser.get(f"/cases/{case.key}/changes/").content.decode()
    assert "Risk of harm went from medium to high" in page
    assert f"Not yet, due {notice.due_on:%A} {notice.due_on.day}" in page
    said = {"comment": "Told the team."}
    answer = browser.post(f"/cases/{case.key}/changes/{notice.key}/", said)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/cases/{case.key}/changes/?saved=acknowledged#change-{notice.key}",
    )
    after = browser.get(answer["Location"]).content.decode()
    assert ("I know about this" in after, "Told the team." in after) == (False, True)


# ---- told in words


def test_at_high_harm_a_change_leads_to_the_plans_and_at_medium_it_does_not(
    case: Case, officer: User, manager: User
) -> None:
    said = "a reason to look at the risk management plan again"
    shown = []
    for level in ("high", "medium"):
        notice = raised(case, manager, level)
        page = signed_in(officer).get(f"/cases/{case.key}/changes/{notice.key}/").content.decode()
        shown.append((said in page, f'href="/cases/{case.key}/plans/"' in page))
    assert shown == [(True, True), (False, False)]


def test_a_change_of_circumstances_is_a_note_and_a_notice_to_those_who_read_it(
    case: Case, officer: User, manager: User
) -> None:
    victims = make_person(Role.VICTIM_CONTACT_OFFICER, kind="probation")
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    browser = signed_in(manager)
    answers = {"topic": "household", "text": "A new partner with two children.", "basis": "fact"}
    answers = sent(case, today(), **answers, compartment="confidential")
    for _ in range(2):
        assert browser.post(f"/cases/{case.key}/changes/tell/", answers).status_code == 302
    notice = ChangeNotice.objects.get()
    assert (notice.what, notice.rule, who(notice)) == ("circumstances", "household", {officer.pk: "police_officer"})
    assert "two children" in signed_in(officer).get(f"/cases/{case.key}/changes/").content.decode()
    page = signed_in(victims).get(f"/cases/{case.key}/changes/").content.decode()
    assert ("two children" in page, "Who they live with" in page) == (False, False)
    assert signed_in(victims).get(f"/cases/{case.key}/changes/{notice.key}/").status_code == 404
    with as_person(victims):
        assert ChangeNotice.objects.count() == 0


def test_that_the_risk_to_a_victim_changed_reaches_the_officers_and_what_it_is_does_not(
    case: Case, officer: User, manager: User
) -> None:
    victims = make_person(Role.VICTIM_CONTACT_OFFICER, kind="probation")
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    answers = {"urgency": "urgent", "contact": str(victims.pk), "text": "She moved to Harbour Road.", "basis": "fact"}
    answers = sent(case, today(), **answers, compartment="victim")
    assert signed_in(victims).post(f"/cases/{case.key}/changes/victim/", answers).status_code == 302
    notice = ChangeNotice.objects.get()
    assert (notice.urgent, notice.contact, notice.due_on) == (True, victims, add_working_days(today(), 1))
    assert who(notice) == {officer.pk: "police_officer", manager.pk: "case_manager"}
    assert Notice.objects.latest("pk").words.startswith(f"Urgent: something on case {case.reference} has changed")
    for reader in (officer, manager):
        page = signed_in(reader).get(f"/cases/{case.key}/changes/").content.decode()
        assert ("The risk to a victim changed" in page, victims.full_name in page) == (True, True)
        assert "Harbour Road" not in page
        with as_person(reader):
            assert Note.objects.count() == 0


def test_a_case_manager_is_not_offered_the_victims_part(case: Case, manager: User) -> None:
    page = signed_in(manager).get(f"/cases/{case.key}/changes/victim/").content.decode()
    assert ('value="confidential"' in page, 'value="victim"' in page) == (True, False)


def test_what_waits_stands_at_the_top_of_the_worklist_until_it_is_acknowledged(case: Case, officer: User) -> None:
    late = told_long_ago(case, officer)
    browser = signed_in(officer)
    page = browser.get("/").content.decode()
    assert ("Changes to acknowledge: 1" in page, "3 days late" in page) == (True, True)
    acknowledge_change(by=officer, notice=late.notice)
    assert "Changes to acknowledge" not in browser.get("/").content.decode()
