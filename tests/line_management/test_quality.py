"""Marks of quality: by a line manager of the author's unit, read by the author and those managers, by no colleague."""

import pytest
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.packs.quality_rules import Mark
from openmappa.core.quality import Marked
from openmappa.line_management.errors import NotKept, NotTheirs
from openmappa.line_management.models import QualityMark, QualityMarking
from openmappa.line_management.queries.whose import author_of
from openmappa.line_management.services import mark_quality
from openmappa.notices.models import Notice
from openmappa.timeline.models import Fact
from tests.line_management.build import Team, a_team, all_marked, marked, their_case
from tests.oasys.build import draft_row
from tests.timeline.build import ago, make_area, make_person, make_unit, signed_in, write

pytestmark = pytest.mark.django_db


def a_plan(team: Team, case: Case) -> Fact:
    return write(case, "isp_completed", ago(10), by=team.manager)


def address(fact: Fact, end: str = "") -> str:
    return f"/cases/{fact.case.key}/quality/{fact.pk}/{end}"


def test_a_manager_marks_each_criterion_of_table_3_and_the_author_is_told_nothing_of_the_case() -> None:
    team = a_team()
    fact = a_plan(team, their_case(team))
    marking = marked(team.spo, fact, feedback="A clear plan.")
    assert (marking.author, marking.unit, marking.marked_by) == (team.manager, team.manager.unit, team.spo)
    given = {mark.criterion: mark.mark for mark in QualityMark.objects.all()}
    assert given == dict.fromkeys(["plan_standard", "plan_content", "plan_objectives"], "sufficient")
    with as_person(team.manager):
        notice = Notice.objects.get(to=team.manager)
    assert notice.words == (
        f"{team.spo.full_name} marked the quality of a piece of your work. Read the marks and what they say."
    )
    assert notice.link == address(fact)


def test_marking_again_replaces_what_one_marked_before_and_a_second_manager_marks_beside_it() -> None:
    team = a_team()
    fact = a_plan(team, their_case(team))
    second = make_person(Role.LINE_MANAGER, kind="probation")
    marked(team.spo, fact)
    marked(team.spo, fact, Mark.POOR, "No objectives.")
    marked(second, fact, Mark.EXCELLENT)
    found = QualityMarking.objects.order_by("id").values_list("marked_by", "marks__mark").distinct()
    assert sorted(found) == [(team.spo.pk, "poor"), (second.pk, "excellent")]


def test_work_that_came_from_another_system_is_marked_by_the_cases_probation_unit_and_nobody_is_told() -> None:
    team = a_team()
    fact = a_plan(team, their_case(team))
    with as_person(team.spo):
        imported = Fact.objects.create(case=fact.case, kind="rmp_completed", on=ago(9), recorded_on=ago(9))
    marking = marked(team.spo, imported)
    assert (marking.author, marking.unit) == (None, fact.case.probation_unit)
    assert Notice.objects.filter(kind="quality").count() == 0


def test_the_author_is_who_signed_the_oasys_behind_an_entry_that_an_import_recorded() -> None:
    team = a_team()
    case = their_case(team)
    details = {"stage": "start", "harm": "high"}
    stored = {"case": case, "kind": "oasys_completed", "details": details, "on": ago(9), "recorded_on": ago(9)}
    fact = Fact.objects.create(**stored)
    assert author_of(fact) is None
    row = draft_row(case, team.manager)
    row.fact, row.signed_by, row.signed_at = fact, team.manager, timezone.now()
    row.harm_level, row.needs_countersignature = "high", True
    row.save()
    fact = Fact.objects.get(pk=fact.pk)
    assert (author_of(fact), marked(team.spo, fact).author) == (team.manager, team.manager)


def test_nobody_marks_their_own_work_or_that_of_another_unit_and_colleagues_mark_nothing() -> None:
    team = a_team()
    case = their_case(team)
    own = write(case, "isp_completed", ago(10), by=team.spo)
    theirs = a_plan(team, case)
    for person, fact, refusal in (
        (team.spo, own, NotTheirs),
        (team.sergeant, theirs, NotTheirs),
        (team.manager, theirs, NotAllowed),
    ):
        with pytest.raises(refusal):
            marked(person, fact)
    assert QualityMarking.objects.count() == 0


def test_what_lacks_a_mark_or_a_comment_or_was_voided_or_is_not_marked_at_all_is_refused() -> None:
    team = a_team()
    case = their_case(team)
    fact = a_plan(team, case)
    order = Fact.objects.get(case=case, kind="order_started")
    whole = all_marked(fact)
    with as_person(team.spo):
        for marks, some, sentence in (
            ({"plan_content": Marked(Mark.POOR, "x")}, fact, "Select a mark for “SMART objectives”"),
            (whole | {"plan_content": Marked(Mark.POOR)}, fact, "Say why “What the plan says” is poor"),
            (whole, order, "not marked"),
        ):
            with pytest.raises(NotKept, match=sentence):
                mark_quality(by=team.spo, fact=some, marks=marks)


def test_author_and_managers_of_the_unit_read_the_marks_and_nobody_else_does_page_or_database() -> None:
    team = a_team()
    case = their_case(team)
    fact = a_plan(team, case)
    marked(team.spo, fact, Mark.POOR, "Unmistakable words.")
    second = make_person(Role.LINE_MANAGER, kind="probation")
    colleague = make_person(Role.CASE_MANAGER)
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    for person, status in (
        (team.manager, 200),
        (team.spo, 200),
        (second, 200),
        (colleague, 403),
        (team.officer, 403),
        (team.sergeant, 403),
        (coordinator, 403),
    ):
        answer = signed_in(person).get(address(fact))
        assert (answer.status_code, b"Unmistakable" in answer.content) == (status, status == 200), person.role
        with as_person(person):
            reads = 3 if status == 200 else 0
            assert (QualityMark.objects.count(), QualityMarking.objects.count()) == (reads, reads // 3), person.role


def test_the_author_cannot_change_a_mark_even_past_the_pages() -> None:
    team = a_team()
    fact = a_plan(team, their_case(team))
    marked(team.spo, fact, Mark.POOR, "Thin.")
    with as_person(team.manager), pytest.raises(Exception, match="row-level security"):
        QualityMark.objects.update(mark="excellent")


def test_the_form_asks_why_below_the_line_and_shows_ones_own_marks_again() -> None:
    team = a_team()
    fact = a_plan(team, their_case(team))
    browser = signed_in(team.spo)
    assert browser.get(f"/cases/{fact.case.key}/quality/").status_code == 200
    form = {f"mark-{name}": "sufficient" for name in ("plan_standard", "plan_content", "plan_objectives")}
    page = browser.post(address(fact, "mark/"), form | {"mark-plan_content": "poor"}).content.decode()
    assert "Say why “What the plan says” is poor" in page
    answer = browser.post(
        address(fact, "mark/"), form | {"mark-plan_content": "poor", "comment-plan_content": "Says nothing."}
    )
    assert answer["Location"] == address(fact)
    assert "Says nothing." in browser.get(address(fact, "mark/")).content.decode()
    assert "Select a mark for “SMART objectives”" in browser.post(address(fact, "mark/"), {}).content.decode()


def test_a_line_manager_of_another_probation_unit_sees_that_it_is_not_theirs_to_mark() -> None:
    team = a_team()
    case = their_case(team)
    fact = a_plan(team, case)
    elsewhere = make_person(Role.LINE_MANAGER, unit=make_unit(make_area(), "probation", 2), rank=Rank.NONE)
    assert signed_in(elsewhere).get(address(fact, "mark/")).status_code == 404
    page = signed_in(team.sergeant).get(f"/cases/{case.key}/quality/").content.decode()
    assert "Of another unit" in page
