"""An audit from its list to its results: drawn by lot, opened and closed, answered with evidence, fed back."""

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.case_audits.errors import ChangedSince, NotAudited, NotTheirs
from openmappa.case_audits.models.audits import AuditedCase, CaseAudit
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.queries.audits import audit_shown, audits_of, results_of
from openmappa.case_audits.queries.cases import drawn_case, said_by_the_record
from openmappa.case_audits.queries.rules import form_in_service
from openmappa.case_audits.services.auditing import (
    AnswerSaid,
    FormSaid,
    acknowledge_feedback,
    close_audit,
    finish_form,
    save_form,
)
from openmappa.case_audits.services.beginning import (
    DrawSaid,
    begin_audit,
    draw_for_audit,
    end_auditing,
    let_audit,
    replace_audited,
)
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.traits import Whom
from openmappa.notices.models import Notice
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import Ground
from openmappa.samples.queries import drawn_again, drawn_of, members_of
from tests.case_audits.build import (
    answered,
    begun_audit,
    board_member,
    cases_of_each_level,
    drawn_audit,
    each_drawn,
    keys_of,
)
from tests.samples.build import SEED, SEED_FROM, managed_case, seen_by
from tests.timeline.build import ago, make_area, make_person, signed_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> User:
    return board_member()


def finished(by: User, audit: CaseAudit, *answers: Answer) -> None:
    for drawn in each_drawn(by, audit):
        with as_person(by):
            finish_form(by=by, drawn=drawn, said=answered(drawn, answers or (Answer.SUFFICIENT,)))


def test_cases_of_each_level_are_drawn_by_lot_open_to_those_who_audit_and_close_with_the_audit(member: User) -> None:
    cases = cases_of_each_level(3)
    other = board_member()
    audit = drawn_audit(member, 5)
    drawn = drawn_of(audit.exercise)
    assert drawn is not None
    assert {group.get("stratum"): len(group["drawn"]) >= 1 for group in drawn.groups} == {
        "Level 1": True,
        "Level 2": True,
        "Level 3": True,
    }
    assert (len(seen_by(member, cases)), len(seen_by(other, cases))) == (5, 0)
    with as_person(member):
        assert drawn_again(drawn).is_true
        joined = let_audit(by=member, audit=audit, person=other)
    assert seen_by(other, cases) == seen_by(member, cases)
    with as_person(member):
        end_auditing(by=member, audit=audit, member=joined)
    assert seen_by(other, cases) == set()
    finished(member, audit)
    with as_person(member):
        close_audit(by=member, audit=audit, strengths="Much.", improvements="Some.")
    assert seen_by(member, cases) == set()
    events = list(Event.objects.filter(verb__contains="audit").order_by("pk").values_list("verb", flat=True))
    assert events[:2] == ["begin case audit", "draw cases for audit"]
    assert events[-1] == "close case audit"


def test_only_the_board_of_the_area_begins_an_audit_and_only_its_people_join(member: User) -> None:
    cases_of_each_level(1)
    said = {"title": "Audit", "why": "", "on": ago(0), "whom": Whom.MAPPA}
    with pytest.raises(NotAllowed):
        begin_audit(by=make_person(Role.LINE_MANAGER), area=make_area(), **said)
    east = make_area("eastmarch", "B")
    with pytest.raises(NotTheirs):
        begin_audit(by=member, area=east, **said)
    audit = drawn_audit(member)
    for person in (board_member(area=east), make_person(Role.POLICE_OFFICER)):
        with pytest.raises(NotDrawn), as_person(member):
            let_audit(by=member, audit=audit, person=person)
    stranger = board_member()
    with pytest.raises(NotTheirs):
        draw_for_audit(by=stranger, audit=audit, said=DrawSaid(3, 1, SEED, SEED_FROM))


def test_answers_are_kept_as_they_are_given_and_a_form_is_finished_only_when_each_says_what_it_is_from(
    member: User,
) -> None:
    managed_case(level=2)
    audit = drawn_audit(member, 1)
    (drawn,) = each_drawn(member, audit)
    assert (drawn.level, len(drawn.criteria)) == ("2", 14)
    with as_person(member):
        first = save_form(by=member, drawn=drawn, said=FormSaid({"level": AnswerSaid(Answer.POOR)}), version=0)
        with pytest.raises(ChangedSince):
            save_form(by=member, drawn=drawn, said=FormSaid(), version=0)
        drawn = drawn_case(audit, drawn.sampled.key)
        assert {key: row.answer for key, row in drawn.answers.items()} == {"level": "poor"}
        with pytest.raises(NotAudited) as refused:
            finish_form(
                by=member, drawn=drawn, said=FormSaid({"level": AnswerSaid(Answer.POOR)}), version=first.version
            )
        problems = refused.value.problems
        assert "evidence_level" in problems
        assert (sum(key.startswith("answer_") for key in problems), "strengths" in problems) == (13, True)
        nothing_found = AnswerSaid(Answer.POOR, "none")
        not_asked = AnswerSaid(Answer.NOT_APPLICABLE, "minutes", "No victim is known.")
        said = answered(drawn)
        said = FormSaid({**said.answers, "chaired": nothing_found, "victims": not_asked}, said.strengths)
        done = finish_form(by=member, drawn=drawn, said=said)
        with pytest.raises(NotAudited, match="finished"):
            save_form(by=member, drawn=drawn, said=said)
    assert done.finished_by == member
    rows = {row.criterion: (row.answer, row.cites) for row in done.answers.all()}
    assert (rows["victims"], rows["chaired"], len(rows)) == (("not_applicable", ""), ("poor", "none"), 14)


def test_a_case_at_level_1_is_not_asked_about_meetings(member: User) -> None:
    managed_case(level=1)
    audit = drawn_audit(member, 1)
    (drawn,) = each_drawn(member, audit)
    assert [one.id for one in drawn.criteria] == ["level", "assessed", "shared", "victims", "outcome"]


def test_whoever_did_or_managed_the_work_does_not_audit_it(member: User) -> None:
    manager = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    managed_case(level=2)
    audit = drawn_audit(member, 1)
    with as_person(member):
        let_audit(by=member, audit=audit, person=manager)
    (drawn,) = each_drawn(manager, audit)
    with pytest.raises(NotTheirs), as_person(manager):
        save_form(by=manager, drawn=drawn, said=FormSaid())
    page = signed_in(manager).get(_case_page(audit, drawn.sampled.key)).content.decode()
    assert ("Somebody else audits this case" in page, "Finish and tell" in page) == (True, False)


def _case_page(audit: CaseAudit, key: str) -> str:
    return reverse("case_audits:case", kwargs={"audit": audit.key, "drawn": key})


def test_those_who_answer_for_the_case_are_told_acknowledge_once_and_may_answer(member: User) -> None:
    officer, manager = make_person(Role.POLICE_OFFICER), make_person(Role.CASE_MANAGER)
    line = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    case = managed_case(level=2, police_officer=officer, case_manager=manager)
    audit = drawn_audit(member, 1)
    finished(member, audit)
    told = {row.to_id for row in Feedback.objects.all()}
    assert told == {officer.pk, manager.pk, line.pk, coordinator.pk}
    assert {row.to_id for row in Notice.objects.filter(kind="case_audit")} == told
    assert {case.person.full_name in row.words for row in Notice.objects.filter(kind="case_audit")} == {False}
    mine = Feedback.objects.get(to=officer)
    page = reverse("case_audits:feedback", kwargs={"feedback": mine.key})
    read = signed_in(officer).get(page).content.decode()
    assert ("Well chaired." in read, "Minutes of May, item 4." in read) == (True, True)
    assert signed_in(manager).get(page).status_code == 404
    assert signed_in(officer).post(page, {"answer": "The action had a day."}).status_code == 302
    with pytest.raises(NotAudited), as_person(officer):
        acknowledge_feedback(by=officer, feedback=mine)
    with pytest.raises(NotTheirs), as_person(manager):
        acknowledge_feedback(by=manager, feedback=mine)
    shown = signed_in(member).get(_case_page(audit, keys_of(audit)[0])).content.decode()
    assert "The action had a day." in shown
    assert Notice.objects.filter(kind="case_audit", to=officer, read_at__isnull=True).count() == 0


def test_results_are_kept_by_level_and_criterion_and_stand_when_a_case_is_gone(member: User) -> None:
    cases_of_each_level(1)
    audit = drawn_audit(member, 3)
    with pytest.raises(NotAudited, match="3 of the cases"), as_person(member):
        close_audit(by=member, audit=audit, strengths="Much.", improvements="Some.")
    finished(member, audit, Answer.EXCELLENT, Answer.POOR, Answer.NOT_APPLICABLE)
    with as_person(member):
        closed = close_audit(by=member, audit=audit, strengths="Much.", improvements="Some.")
    found = closed.found
    assert (closed.cases, found.strata) == (3, ("Level 1", "Level 2", "Level 3"))
    assert found.tally("level").above_the_line == Proportion(3, 3)
    assert found.tally("assessed").above_the_line == Proportion(0, 3)
    assert (found.tally("shared").judged, found.tally("shared").asked) == (0, 3), "not applicable is never a no"
    reader = make_person(Role.AUDITOR)
    page = signed_in(reader).get(reverse("case_audits:audit", kwargs={"audit": audit.key})).content.decode()
    assert ("100%" in page, "3 of 3" in page, "Testcase" in page, "TST-" in page) == (True, True, False, False)
    second = drawn_audit(member, 3)
    finished(member, second, Answer.POOR)
    with as_person(member):
        close_audit(by=member, audit=second, strengths="Much.", improvements="Some.")
        both = results_of(audits_of(make_area()))
        compared = audit_shown(member, CaseAudit.objects.get(pk=second.pk)).results
    assert both.tally("level").above_the_line == Proportion(3, 6)
    change = compared[0].change
    assert change is not None
    assert (change.points, change.is_clear) == (-100, True)


def test_a_restricted_case_stays_closed_and_a_reserve_takes_its_place(member: User) -> None:
    walled = managed_case(level=2)
    spare = managed_case(level=2)
    Case.objects.filter(pk=walled.pk).update(
        restricted=True, restricted_contact=make_person(Role.LINE_MANAGER), restricted_reason="A colleague's relative"
    )
    audit = drawn_audit(member, 2)
    with as_person(member):
        shown = audit_shown(member, audit)
        assert [line.sampled.case_id for line in shown.lines] == [spare.pk]
        assert len(shown.hidden_keys) == 1
        with pytest.raises(NotDrawn, match="No reserve is left"):
            replace_audited(by=member, audit=audit, key=shown.hidden_keys[0], ground=Ground.RESTRICTED)
    third = managed_case(level=2)
    fresh = drawn_audit(member, 1)
    (key,) = keys_of(fresh)
    with as_person(member):
        replace_audited(by=member, audit=fresh, key=key, ground=Ground.LINKED)
    assert keys_of(fresh) != [key]
    visible = seen_by(member, [walled, spare, third])
    assert walled.pk not in visible
    begun = each_drawn(member, audit)[0]
    with as_person(member):
        save_form(by=member, drawn=begun, said=FormSaid())
        with pytest.raises(NotDrawn, match="begun"):
            replace_audited(by=member, audit=audit, key=begun.sampled.key, ground=Ground.LINKED)
    assert AuditedCase.objects.count() == 1


def test_the_record_says_beside_a_criterion_how_its_standards_were_kept(member: User) -> None:
    officer = make_person(Role.POLICE_OFFICER, rank=Rank.SERGEANT)
    case = managed_case(level=2)
    write(case, "registered", ago(300), by=officer)
    write(case, "rm2000_completed", ago(298), by=officer, band="high", rank="sergeant")
    said = said_by_the_record(case, form_in_service().criteria, ago(0))
    found = {each.title: (each.on_time, each.due) for each in said["assessed"]}
    assert found["RM2000 after registration"][0] >= 1
    assert said["chaired"] == []


def test_an_audit_leads_nobody_out_and_begins_again_with_the_same_form(member: User) -> None:
    managed_case(level=2)
    audit = begun_audit(member)
    with as_person(member), pytest.raises(NotDrawn, match="leads"):
        end_auditing(by=member, audit=audit, member=members_of(audit.exercise).get())
    with pytest.raises(NotAudited), as_person(member):
        close_audit(by=member, audit=audit, strengths="Much.", improvements="Some.")
