"""A case with something in every part of the record: after its disposal not a row, not a word of it is left."""

import itertools

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.actions.services.doing import complete_action
from openmappa.assessments.services import countersign_rm2000, record_no_rm2000, score_rm2000
from openmappa.cases.models import Alias, Case, Person
from openmappa.core.access import Rank, Role
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern, Grading
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.involvement import InvolvementKind
from openmappa.core.packs.quality_rules import Mark
from openmappa.line_management.services import explain_lateness
from openmappa.notes.services import Placed, attach_file, void_note, write_note
from openmappa.retention.services import lift_hold
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.services import void_fact
from openmappa.transfers.words import State
from openmappa.visits.services import record_home_visit
from tests.actions import build as actions
from tests.assessing.build import everything_of_an_assessment
from tests.case_audits.build import everything_of_an_audit
from tests.emergency.scene import opened
from tests.further_offences.build import everything_of_a_review
from tests.house.breaking_transfers import approval
from tests.line_management.build import an_action, marked
from tests.meetings.build import everything_of_a_meeting
from tests.minutes.build import everything as everything_minuted
from tests.movements.build import everything_of_a_move
from tests.oasys.around import around
from tests.oasys.build import draft_row, section_row
from tests.orders.build import everything_of_an_order
from tests.past.build import a_past_day, past_rows
from tests.plans.build import a_full_plan
from tests.referrals import build as referrals
from tests.retention.build import (
    MISTAKE,
    SECRET,
    a_coordinator,
    a_line_manager,
    disposed,
    everything_kept,
    held,
    kept,
    rows,
    years_ago,
)
from tests.samples.build import everything_of_a_sample
from tests.timeline.build import ago, give, make_area, make_case, make_person, write
from tests.transfers.build import an_ended_row

pytestmark = pytest.mark.django_db
PAST_DAYS = itertools.count(1)


def rows_of(case: Case) -> dict[str, int]:
    """How many rows of each table lead to the case, by the way that disposal finds them."""
    reached = rows("SELECT name, rows_of FROM retention_reached(%s, %s)", case.pk, case.person_id)
    return {str(name): int(str(rows(f"SELECT count(*) FROM {name} WHERE {which}")[0][0])) for name, which in reached}


def placed(compartment: Compartment, concern: Concern = Concern.OFFENDER, handling: int = 0) -> Placed:
    grading = Grading("A", 1, handling) if handling else None
    return Placed(compartment, Basis.INTELLIGENCE if handling else Basis.FACT, concern, ago(2), grading)


def overseen(case: Case, manager: User, officer: User) -> None:
    """Something in each of the tables of line managers: an action, a late RM2000 explained, a plan marked."""
    write(case, "order_started", ago(30), by=manager, order="community_order")
    work = write(case, "isp_completed", ago(2), by=make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT))
    an_action(manager, case, officer, what=SECRET)
    marked(manager, work, Mark.POOR, SECRET, feedback=SECRET)
    late = Duty.objects.get(case=case, standard="rm2000-start")
    with as_person(manager):
        explain_lateness(by=manager, duty=late, reason="other", words=SECRET)


def acted_on(case: Case, officer: User) -> None:
    """An action of a meeting, which its owner has completed."""
    action = actions.an_action(case, officer, text=SECRET)
    with as_person(officer):
        complete_action(by=officer, action=action, on=ago(0), evidence=SECRET)


def transferred(case: Case, officer: User) -> None:
    """A transfer that was asked for, approved, sent and recalled; and who was responsible before and after."""
    said = {"reasons": SECRET, "address": SECRET, "answers": {"move": SECRET}, "end_words": SECRET}
    approval(an_ended_row(case, State.RECALLED, asked_by=officer, level=3, **said), words=SECRET)
    Case.objects.filter(pk=case.pk).update(police_officer=officer)


def a_full_case(manager: User) -> Case:
    """A case with something in every part of the record, most of it changed or voided since."""
    officer = make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)
    case = make_case()
    Person.objects.filter(pk=case.person_id).update(family_name=SECRET, crn=SECRET)
    for given in ("Zed", "Zoe"):
        Alias.objects.create(person=case.person, given_names=given, family_name=SECRET)
    Alias.objects.filter(person=case.person).update(given_names="Zara")
    Alias.objects.filter(person=case.person).earliest("pk").delete()
    write(case, "registered", years_ago(9), by=manager)
    write(case, "significant_incident", years_ago(9), by=make_person(Role.POLICE_OFFICER))
    with as_person(officer):
        record_no_rm2000(by=officer, case=case, code="other", words=SECRET, decided_on=ago(4))
        items = Rm2000SItems(30, 1, 1, False, False, False, False)
        score_rm2000(by=officer, case=case, scored_on=ago(3), items=items)
        seen = {"visited_on": ago(3), "outcome": "seen", "announced": False, "joint": False}
        record_home_visit(by=officer, case=case, observed=SECRET, concern=SECRET, **seen)
        first = write_note(by=officer, case=case, text=SECRET, placed=placed(Compartment.OPEN))
        write_note(by=officer, case=case, text=SECRET, placed=placed(Compartment.OPEN), corrects=first, because=SECRET)
        secret = placed(Compartment.INTELLIGENCE, handling=5)
        write_note(by=officer, case=case, text=SECRET, placed=secret)
        content = f"A statement. {SECRET}\n".encode()
        attach_file(by=officer, case=case, name="s.txt", content=content, title=SECRET, placed=placed(Compartment.OPEN))
    with as_person(manager):
        countersign_rm2000(by=manager, case=case, signed_on=ago(2), comment=SECRET)
        note = write_note(by=manager, case=case, text=SECRET, placed=placed(Compartment.VICTIM, Concern.VICTIM))
        void_note(by=manager, note=note, reason=SECRET)
        void_fact(by=manager, fact=Fact.objects.get(case=case, kind="home_visit"), reason=SECRET)
        lift_hold(by=manager, hold=held(case, manager, reason=SECRET), reason=SECRET)
    draft = draft_row(case, manager)
    section_row(draft, answers={"3.e": SECRET})
    around(draft, manager, SECRET)
    everything_minuted(case, a_coordinator(), lambda column: f"{SECRET} {column}"[:40])
    a_full_plan(case, make_person(Role.CASE_MANAGER), say=lambda column: f"{SECRET} {column}"[:40])
    overseen(case, manager, officer)
    acted_on(case, officer)
    everything_of_a_meeting(case, manager, SECRET)
    referrals.everything(case, referrals.a_coordinator(), SECRET)
    everything_of_a_move(case, manager, SECRET)
    everything_of_an_order(case, manager, SECRET)
    everything_of_a_review(case, manager, SECRET)
    everything_of_a_sample(case, manager, SECRET)
    everything_of_an_assessment(case, manager, SECRET)
    everything_of_an_audit(case, manager, SECRET)
    past_rows(a_past_day(case.area, on=ago(next(PAST_DAYS))), case)
    transferred(case, officer)
    kept(case, manager, again_on=ago(-30))
    stranger = make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B"))
    opened(stranger, case)
    give(case, InvolvementKind.INVITED, person=make_person(Role.PARTNER_MEMBER, kind="partner"))
    write(case, "case_closed", ago(0), by=manager)
    return case


def test_of_a_case_with_something_in_every_part_of_the_record_nothing_is_left() -> None:
    manager, coordinator = a_line_manager(), a_coordinator()
    case, other = a_full_case(manager), a_full_case(manager)
    before = rows_of(case)
    empty = {"retention_disposal"}
    assert {name for name, count in before.items() if count == 0} == empty
    Person.objects.filter(pk=other.person_id).update(family_name="Other", crn="")
    others = rows_of(other)
    left = disposed(case, manager, coordinator, MISTAKE)
    erased = left.says["erased"]
    expected = before | {"retention_disposal": 1, "retention_review": before["retention_review"] + 1}
    assert {name: count for name, count in erased.items() if name != "notices_notice"} == expected
    assert set(rows_of(case).values()) == {0}
    assert rows_of(other) == others
    kept_words = everything_kept()
    assert str(case.key) not in kept_words
    assert case.reference not in kept_words


def test_not_a_word_of_it_is_left_in_any_table_the_history_and_the_log_included() -> None:
    manager, coordinator = a_line_manager(), a_coordinator()
    case = a_full_case(manager)
    assert everything_kept().count(SECRET) > 20
    disposed(case, manager, coordinator, MISTAKE)
    assert SECRET not in everything_kept()


def test_every_foreign_key_that_disposal_has_to_check_has_an_index() -> None:
    """Without one, each row that is deleted costs a walk through the whole table that might point at it."""
    assert (
        rows(
            "SELECT f.conrelid::regclass::text, a.attname FROM pg_constraint f "
            "JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] "
            "WHERE f.contype = 'f' AND f.confrelid::regclass::text IN (SELECT name FROM retention_reached(1, 1)) "
            "AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indkey[0] = a.attnum "
            "AND (i.indpred IS NULL OR strpos(pg_get_expr(i.indpred, i.indrelid), a.attname || ' IS NOT NULL') > 0))"
        )
        == []
    )
