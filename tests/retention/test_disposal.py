"""Disposal: two people of two roles, a closed case, no hold, no open duty; then nothing of the content is left."""

import hashlib
import re

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.audit.verifying import seals
from openmappa.cases.models import Alias, Case, Person
from openmappa.notices.models import Notice
from openmappa.retention.errors import NotDecided, NotDisposable, NotTheirs
from openmappa.retention.models import Certificate, Disposal, Hold, Outcome, Review
from openmappa.retention.services import (
    approve_disposal,
    lift_hold,
    propose_disposal,
    refuse_disposal,
    withdraw_disposal,
)
from openmappa.timeline.models import Duty, Fact, Standing
from tests.audit.log import fault, past, seal_everything, write_event
from tests.retention.build import (
    MISTAKE,
    SECRET,
    a_coordinator,
    a_line_manager,
    a_registered_case,
    an_old_case,
    disposed,
    everything_kept,
    held,
    proposed,
    rows,
    years_ago,
)
from tests.timeline.build import make_area, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return a_line_manager()


@pytest.fixture
def coordinator() -> User:
    return a_coordinator()


@pytest.fixture
def case() -> Case:
    return an_old_case()


def test_the_certificate_says_who_decided_and_approved_on_which_grounds_and_how_much_was_erased(
    case, manager, coordinator
) -> None:
    facts = Fact.objects.filter(case=case).count()
    number = case.pk
    left = disposed(case, manager, coordinator)
    says = left.says
    assert re.fullmatch(r"D\d{4}-\d{6}", left.number)
    assert (says["case"], says["area"], says["grounds"], says["group"]) == (
        number,
        "Northshire",
        ["no_longer_necessary"],
        3,
    )
    assert (says["decided_by"]["name"], says["decided_by"]["role"]) == (manager.full_name, "line_manager")
    assert (says["approved_by"]["name"], says["approved_by"]["role"]) == (coordinator.full_name, "mappa_coordinator")
    assert {name: says["erased"][name] for name in ("cases_case", "cases_person", "timeline_fact")} == {
        "cases_case": 1,
        "cases_person": 1,
        "timeline_fact": facts,
    }
    assert left.sha256 == hashlib.sha256(left.statement.encode()).hexdigest()
    assert left.is_intact


def test_a_certificate_that_was_altered_does_not_match_its_digest(case, manager, coordinator) -> None:
    left = disposed(case, manager, coordinator)
    left.statement = left.statement.replace(coordinator.full_name, "Somebody Else")
    assert not left.is_intact


def test_every_row_of_the_case_is_gone_and_every_row_of_another_case_stays(case, manager, coordinator) -> None:
    other = an_old_case()
    Alias.objects.create(person=case.person, given_names="Other", family_name="Name")
    before = Fact.objects.filter(case=other).count()
    pk, person = case.pk, case.person_id
    disposed(case, manager, coordinator)
    left = [model.objects.filter(case=pk).count() for model in (Fact, Duty, Standing, Review, Disposal, Hold)]
    assert left == [0, 0, 0, 0, 0, 0]
    assert not Case.objects.filter(pk=pk).exists()
    assert not Person.objects.filter(pk=person).exists()
    assert not Alias.objects.filter(person=person).exists()
    assert Fact.objects.filter(case=other).count() == before
    assert Standing.objects.filter(case=other).count() == 1


def test_the_log_still_says_who_did_what_when_to_which_case(case, manager, coordinator) -> None:
    pk = case.pk
    before = list(Event.objects.filter(case_id=pk).order_by("id").values_list("id", "by_id", "verb", "at"))
    disposed(case, manager, coordinator)
    after = list(Event.objects.filter(case_id=pk).order_by("id").values_list("id", "by_id", "verb", "at"))
    assert after[: len(before)] == before
    assert [verb for _, _, verb, _ in after[len(before) :]] == ["propose disposal", "dispose of case"]
    emptied = Event.objects.filter(case_id=pk).exclude(verb="dispose of case").values_list("about", flat=True)
    assert {tuple(about) for about in emptied} == {("erased content",)}
    last = Event.objects.get(case_id=pk, verb="dispose of case")
    left = Certificate.objects.get()
    assert (last.operation, last.by_id) == ("erasure", coordinator.pk)
    assert last.about == {"certificate": left.number, "sha256": left.sha256}


def test_days_of_the_log_that_were_sealed_before_still_verify(case, manager, coordinator) -> None:
    write_event(past(3), case_id=case.pk, about={"said": SECRET})
    write_event(past(2), case_id=case.pk + 1, about={"said": "Of another case"})
    seal_everything()
    assert fault() is None
    disposed(case, manager, coordinator)
    assert SECRET not in everything_kept()
    assert (fault(), len(seals())) == (None, 3)


def test_what_counts_in_the_chain_of_the_log_is_the_same_before_and_after(case, manager, coordinator) -> None:
    chains = (
        "SELECT id, audit_event_text(e) FROM audit_event e WHERE case_id = %s ORDER BY id",
        "SELECT id, audit_change_text(c) FROM audit_change c WHERE case_id = %s ORDER BY id",
    )
    held(case, manager)
    with as_person(manager):
        lift_hold(by=manager, hold=Hold.objects.get(), reason="Settled.")
    pk = case.pk
    before = [dict(rows(chain, pk)) for chain in chains]  # type: ignore[arg-type, misc]
    assert all(before)
    disposed(case, manager, coordinator)
    after = [dict(rows(chain, pk)) for chain in chains]  # type: ignore[arg-type, misc]
    for was, now in zip(before, after, strict=True):
        assert {number: now[number] for number in was} == was


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda case: Standing.objects.filter(case=case).update(closed=False), "The case is not closed."),
        (lambda case: held(case, a_coordinator()), "The case is under a hold."),
        (
            lambda case: Duty.objects.create(
                case=case, area=case.area, standard="isp-start", of="case_manager", opened_on=years_ago(9),
                due_on=years_ago(8), because_kind="order_started", because_on=years_ago(9),
            ),
            "A duty is still open on the case.",
        ),
    ],
    ids=["open", "held", "duty"],
)  # fmt: skip
def test_what_stands_in_the_way_of_disposal(case, manager, coordinator, change, sentence: str) -> None:
    disposal = proposed(case, manager)
    change(case)
    with as_person(coordinator), pytest.raises(NotDisposable, match=re.escape(sentence)):
        approve_disposal(by=coordinator, disposal=disposal, words="Yes.")
    other = an_old_case()
    change(other)
    with as_person(manager), pytest.raises(NotDisposable, match=re.escape(sentence)):
        propose_disposal(by=manager, case=other, ground="no_longer_necessary", words="Yes.")
    assert (Case.objects.count(), Certificate.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE timeline_standing SET closed = false", "The case is not closed."),
        ("INSERT INTO retention_hold (case_id, reason, placed_by_id, placed_at, lift_reason) "
         "SELECT case_id, 'x', decided_by_id, now(), '' FROM retention_disposal", "The case is under a hold."),
        ("UPDATE retention_disposal SET outcome = 'refused'", "No disposal of this case was approved"),
        ("UPDATE retention_disposal SET judged_by_id = decided_by_id, outcome = 'refused'", "No disposal of this case"),
        ("UPDATE accounts_user SET role = 'line_manager' WHERE role = 'mappa_coordinator'", "must be a MAPPA"),
        ("UPDATE accounts_user SET role = 'mappa_coordinator' WHERE role = 'line_manager'", "must be a MAPPA"),
        ("UPDATE accounts_user SET is_active = false WHERE role = 'mappa_coordinator'", "No disposal of this case"),
    ],
)  # fmt: skip
def test_the_database_refuses_too_whatever_the_program_says(
    case, manager, coordinator, change: str, sentence: str
) -> None:
    disposal = proposed(case, manager)
    with as_person(coordinator):
        Disposal.objects.filter(pk=disposal.pk).update(
            outcome=Outcome.APPROVED, judged_by=coordinator, judged_at=disposal.decided_at, judged_words="Yes."
        )
    with connection.cursor() as cursor:
        cursor.execute(change)
    with as_person(coordinator), pytest.raises(DatabaseError, match=sentence), transaction.atomic():
        rows("SELECT retention_dispose(%s)", disposal.pk)
    assert Case.objects.filter(pk=case.pk).exists()


def test_the_database_refuses_a_disposal_that_somebody_else_than_the_asker_approved(case, manager, coordinator) -> None:
    disposal = proposed(case, manager)
    with as_person(coordinator):
        Disposal.objects.filter(pk=disposal.pk).update(
            outcome=Outcome.APPROVED, judged_by=coordinator, judged_at=disposal.decided_at, judged_words="Yes."
        )
    with (
        as_person(a_coordinator()),
        pytest.raises(DatabaseError, match="was approved by the person"),
        transaction.atomic(),
    ):
        rows("SELECT retention_dispose(%s)", disposal.pk)
    with pytest.raises(DatabaseError, match="was approved by the person"), transaction.atomic():
        rows("SELECT retention_dispose(%s)", disposal.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM timeline_fact",
        "DELETE FROM retention_review",
        "UPDATE retention_review SET words = 'other'",
        "UPDATE retention_hold SET reason = 'other'",
        "UPDATE retention_disposal SET decided_by_id = 1",
        "INSERT INTO retention_certificate (number, made_at, area_id, case_id, statement, sha256) "
        "VALUES ('D', now(), 1, 1, '', '')",
        "DELETE FROM retention_certificate",
        "UPDATE retention_certificate SET statement = ''",
        "SELECT audit_erase_content(1, 1)",
        "SELECT nextval('retention_certificate_number')",
    ],
)
def test_the_application_cannot_do_by_itself_what_two_people_have_to_decide(statement: str, coordinator) -> None:
    refused = pytest.raises(DatabaseError, match="permission denied")
    with as_person(coordinator), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_group_that_is_kept_longer_is_disposed_of_only_on_an_exceptional_ground(manager, coordinator) -> None:
    case = a_registered_case()
    write(case, "registration_ended", years_ago(2))
    write(case, "case_closed", years_ago(2))
    with as_person(manager), pytest.raises(NotDisposable, match="It is kept until 2 April 2061"):
        propose_disposal(by=manager, case=case, ground="no_longer_necessary", words="Not needed.")
    assert disposed(case, manager, coordinator, MISTAKE).says["grounds"] == [MISTAKE]


def test_who_decided_cannot_approve_even_after_becoming_a_coordinator(case, manager) -> None:
    disposal = proposed(case, manager)
    User.objects.filter(pk=manager.pk).update(role="mappa_coordinator")
    manager.refresh_from_db()
    with as_person(manager), pytest.raises(NotDecided, match="somebody else, of another role"):
        approve_disposal(by=manager, disposal=disposal, words="Yes.")


def test_only_the_roles_that_may_and_only_for_their_units_and_area(case, manager, coordinator) -> None:
    with as_person(coordinator), pytest.raises(NotAllowed):
        propose_disposal(by=coordinator, case=case, ground=MISTAKE, words="Yes.")
    disposal = proposed(case, manager)
    elsewhere = make_area("eastmarch", "B")
    with as_person(manager), pytest.raises(NotAllowed):
        approve_disposal(by=manager, disposal=disposal, words="Yes.")
    other = a_coordinator(area=elsewhere)
    with as_person(coordinator), pytest.raises(NotTheirs, match="coordinator of the case's area"):
        approve_disposal(by=other, disposal=disposal, words="Yes.")
    stranger, another = a_line_manager(area=elsewhere), an_old_case()
    with as_person(manager), pytest.raises(NotTheirs, match="Only a line manager of a unit"):
        propose_disposal(by=stranger, case=another, ground=MISTAKE, words="Yes.")


def test_a_disposal_that_was_refused_or_withdrawn_leaves_the_case_and_can_be_decided_again(
    case, manager, coordinator
) -> None:
    disposal = proposed(case, manager)
    with as_person(manager), pytest.raises(NotDecided, match="Withdraw it first"):
        propose_disposal(by=manager, case=case, ground=MISTAKE, words="Again.")
    with as_person(coordinator):
        refuse_disposal(by=coordinator, disposal=disposal, words="There is a complaint.")
    with as_person(coordinator), pytest.raises(NotDecided, match="decided meanwhile"):
        approve_disposal(by=coordinator, disposal=disposal, words="Yes.")
    again = proposed(case, manager)
    with as_person(manager):
        withdraw_disposal(by=manager, disposal=again, words="Too early.")
    outcomes = Disposal.objects.filter(case=case).order_by("id").values_list("outcome", "judged_words")
    assert list(outcomes) == [("refused", "There is a complaint."), ("withdrawn", "Too early.")]
    assert disposed(case, manager, coordinator).number


def test_coordinators_are_told_of_a_decision_and_the_decider_of_its_outcome(case, manager, coordinator) -> None:
    disposal = proposed(case, manager)
    told = list(Notice.objects.values_list("to", "words"))
    assert told == [(coordinator.pk, f"The disposal of case {case.reference} was decided and waits for your approval.")]
    with as_person(coordinator):
        left = approve_disposal(by=coordinator, disposal=disposal, words="Yes.")
    told = list(Notice.objects.values_list("to", "words"))
    assert told == [(manager.pk, f"The disposal that you decided was approved: certificate {left.number}.")]


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_added_later_is_erased_and_one_without_a_foreign_key_stops_every_disposal(as_owner) -> None:
    """A scratch table for each way in which a later app may keep something of a case."""
    manager, coordinator, case = a_line_manager(), a_coordinator(), an_old_case()
    with as_owner() as owner:
        owner.execute("CREATE TABLE scratch_of_fact (id bigint PRIMARY KEY, fact_id bigint REFERENCES timeline_fact)")
        owner.execute("CREATE TABLE scratch_loose (id bigint, case_id bigint NOT NULL)")
        try:
            owner.execute(f"INSERT INTO scratch_loose VALUES (1, {case.pk})")
            fact = Fact.objects.filter(case=case).earliest("pk")
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO scratch_of_fact VALUES (1, %s)", [fact.pk])
            with pytest.raises(NotDisposable, match="Nobody has said what becomes of the rows of scratch_loose"):
                disposed(case, manager, coordinator)
            assert Case.objects.filter(pk=case.pk).exists()
            owner.execute("DROP TABLE scratch_loose")
            with as_person(manager):
                withdraw_disposal(by=manager, disposal=Disposal.objects.waiting().get(), words="To try again.")
            assert disposed(case, manager, coordinator).says["erased"]["scratch_of_fact"] == 1
            assert owner.execute("SELECT count(*) FROM scratch_of_fact").fetchone() == (0,)
        finally:
            owner.execute("DROP TABLE IF EXISTS scratch_of_fact, scratch_loose")


def test_no_table_of_ours_is_forgotten() -> None:
    assert rows("SELECT * FROM retention_forgotten()") == []
    reached = {name for name, _ in rows("SELECT name, rows_of FROM retention_reached(1, 1)")}
    with_a_case = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("openmappa.")
        and any(field.related_model in (Case, Person) for field in model._meta.get_fields() if field.concrete)
    }
    assert with_a_case <= reached
