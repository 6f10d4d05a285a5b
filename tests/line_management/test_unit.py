"""A line manager's page: each question with its count and its list, of the cases of their own units alone."""

from datetime import timedelta

import pytest

from openmappa.accounts.acting import as_person
from openmappa.assessments.services import score_rm2000
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.line_management import StartCounts
from openmappa.core.packs.quality_rules import Mark
from openmappa.line_management.models import ManagementAction
from openmappa.line_management.queries.changes import level_changes, not_acknowledged
from openmappa.line_management.queries.late_starts import starts_listed, unit_starts
from openmappa.line_management.queries.not_reviewed import not_reviewed
from openmappa.line_management.queries.reviews_due import due_for_review, late_actions
from openmappa.line_management.queries.unit_quality import to_mark, unit_tallies
from openmappa.line_management.queries.waiting import oasys_waiting, plans_waiting, rm2000s_waiting
from openmappa.line_management.queries.workload import workload
from openmappa.line_management.services import explain_lateness
from tests.line_management.build import Team, a_team, an_action, late_start, marked, reviewed, their_case
from tests.oasys.build import signed_row
from tests.plans.build import a_full_draft, signed
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, signed_in, today, write
from tests.timeline.changed import told_long_ago

pytestmark = pytest.mark.django_db
PAGES = [
    "",
    "countersign/",
    "not-reviewed/",
    "management-reviews/",
    "late-starts/",
    "late-starts/list/",
    "changes/",
    "quality/",
]


def registered(team: Team, days: int = 100) -> Case:
    case = make_case(case_manager=team.manager, police_officer=team.officer)
    write(case, "registered", ago(days), by=team.officer)
    return case


def high(case: Case, team: Team, level: str = "high", on: int = 30) -> Case:
    write(case, "harm_level_set", ago(on), by=team.manager, level=level)
    return case


def test_an_rm2000_waits_for_the_sergeant_with_its_band_its_author_and_since_when_and_never_ones_own() -> None:
    team = a_team()
    case, own = registered(team), registered(team)
    write(case, "rm2000_completed", ago(40), by=team.officer, band="medium", rank="constable")
    write(case, "rm2000_completed", ago(20), by=team.officer, band="high", rank="constable")
    items = Rm2000SItems(30, 1, 1, False, False, False, False)
    with as_person(team.sergeant):
        score_rm2000(by=team.sergeant, case=own, scored_on=ago(50), items=items)
        page = rm2000s_waiting(team.sergeant)
    line = page.lines[0]
    assert (page.total, line.case, line.band, line.by, line.since) == (1, case, "high", str(team.officer), ago(20))
    assert line.href == f"/cases/{case.key}/assessments/rm2000/countersign/"
    second = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    with as_person(second):
        assert [line.case for line in rm2000s_waiting(second).lines] == [own, case]
    with as_person(team.spo):
        assert rm2000s_waiting(team.spo).total == 0
    write(case, "rm2000_countersigned", ago(1), by=second)
    with as_person(team.sergeant):
        assert rm2000s_waiting(team.sergeant).total == 0


def test_an_oasys_waits_for_the_spo_with_its_risk_of_harm_and_the_page_that_signs_it() -> None:
    team = a_team()
    case = their_case(team)
    row = signed_row(case, team.manager, "high", needs_countersignature=True)
    signed_row(their_case(team), team.spo, "high", needs_countersignature=True)
    with as_person(team.spo):
        page = oasys_waiting(team.spo)
    assert [(line.case, line.harm, line.by, line.href) for line in page.lines] == [
        (case, "high", str(team.manager), f"/cases/{case.key}/oasys/{row.key}/countersign/")
    ]
    with as_person(team.sergeant):
        assert oasys_waiting(team.sergeant).total == 0
    shown = signed_in(team.spo).get("/my-unit/countersign/?what=oasys").content.decode()
    assert (case.reference in shown, "Read and countersign" in shown) == (True, True)
    unasked = signed_in(team.spo).get("/my-unit/countersign/").content.decode()
    assert case.reference in unasked, "it opens where something waits, not at the RM2000s, of which there are none"


def test_a_plan_waits_for_the_spo_with_what_it_is_and_the_page_that_judges_it() -> None:
    team = a_team()
    case = their_case(team)
    row = signed(a_full_draft(case, team.manager), team.manager, needs_countersignature=True)
    with as_person(team.spo):
        page = plans_waiting(team.spo)
    assert [(line.case, line.what, line.by, line.href) for line in page.lines] == [
        (case, "Supervision plan", str(team.manager), f"/cases/{case.key}/plans/{row.key}/judge/")
    ]
    assert case.reference in signed_in(team.spo).get("/my-unit/countersign/?what=plans").content.decode()


def test_a_line_manager_without_the_rank_finds_nothing_to_sign_and_is_told_who_signs() -> None:
    team = a_team()
    case, police = their_case(team), registered(team)
    signed_row(case, team.manager, "high", needs_countersignature=True)
    signed(a_full_draft(case, team.manager), team.manager, needs_countersignature=True)
    write(police, "rm2000_completed", ago(40), by=team.officer, band="medium", rank="constable")
    found = {}
    for kind, senior, junior in (("probation", team.spo, Rank.PROBATION_OFFICER), ("police", team.sergeant, Rank.NONE)):
        lower = make_person(Role.LINE_MANAGER, rank=junior, kind=kind)
        for person in (senior, lower):
            with as_person(person):
                pages = [one(person) for one in (rm2000s_waiting, oasys_waiting, plans_waiting)]
            found[kind, person is senior] = [page.total for page in pages]
        for address in ("/my-unit/", "/my-unit/countersign/"):
            assert "somebody above them countersigns" in signed_in(lower).get(address).content.decode()
    assert found == {
        ("probation", True): [0, 1, 1],
        ("probation", False): [0, 0, 0],
        ("police", True): [1, 0, 0],
        ("police", False): [0, 0, 0],
    }


def test_changes_that_the_units_people_have_not_acknowledged_in_time_are_listed_with_who_owes_it() -> None:
    team = a_team()
    case = their_case(team)
    late, _ = told_long_ago(case, team.officer), told_long_ago(case, team.manager)
    with as_person(team.sergeant):
        owed = not_acknowledged(team.sergeant).lines
    assert [(line.case, line.owed) for line in owed] == [(case, late)]
    shown = signed_in(team.sergeant).get("/my-unit/").content.decode()
    assert "Not acknowledged in time" in shown


def test_very_high_cases_that_are_not_reviewed_come_first_then_the_longest_overdue() -> None:
    team = a_team()
    later, longest, highest, lower = (their_case(team) for _ in range(4))
    high(later, team, on=20)
    high(longest, team, on=40)
    high(highest, team, "very_high", on=20)
    high(lower, team, "medium", on=40)
    with as_person(team.spo):
        found = not_reviewed(team.spo, today())
    assert [line.case for line in found.page.lines] == [highest, longest, later]
    assert (found.page.total, found.very_high) == (3, 1)
    assert [duty.title for duty in found.page.lines[1].duties] == ["Risk management plan"]
    write(longest, "rmp_completed", ago(1), by=team.manager)
    with as_person(team.sergeant):
        assert [line.case for line in not_reviewed(team.sergeant, today()).page.lines] == [highest, later]


def test_starts_are_counted_by_who_holds_the_case_today_with_the_reasons_recorded() -> None:
    team = a_team()
    second = make_person(Role.CASE_MANAGER)
    late, missing = their_case(team), their_case(team)
    other = make_case(case_manager=second, police_officer=team.officer)
    write(other, "order_started", ago(60), by=second, order="community_order")
    for case, by, on in ((late, team.manager, 10), (other, second, 55)):
        write(case, "oasys_completed", ago(on), by=by, stage="start", harm="low")
        write(case, "isp_completed", ago(on), by=by)
    with as_person(team.manager):
        explain_lateness(by=team.manager, duty=late_start(late), reason="absence")
    with as_person(team.spo):
        found = unit_starts(team.spo, today())
        listed = starts_listed(team.spo, today(), of=team.manager.pk, outcome="late", standard="oasys-start")
        everything = starts_listed(team.spo, today())
    assert {row.person: row.counts for row in found.people} == {
        team.manager: StartCounts(on_time=0, late=2, missing=2, never=0, explained=1),
        second: StartCounts(on_time=2),
    }
    assert (found.all.judged, found.all.percentage, found.reasons) == (
        6,
        33,
        (("Absence of the person responsible", 1),),
    )
    assert [(line.case, line.outcome, line.reason_label) for line in listed.lines] == [
        (late, "late", "Absence of the person responsible")
    ]
    assert everything.total == 6
    assert {line.case for line in everything.lines} == {late, missing, other}


def test_an_rm2000_that_came_late_is_the_police_officers_and_counted_for_the_sergeant_alone() -> None:
    team = a_team()
    case = registered(team)
    write(case, "rm2000_completed", ago(80), by=team.officer, band="low", rank="constable")
    with as_person(team.sergeant):
        people = unit_starts(team.sergeant, today()).people
    assert [(row.person, row.counts.late) for row in people] == [(team.officer, 1)]
    with as_person(team.spo):
        assert unit_starts(team.spo, today()).people == ()


def test_changes_go_from_one_known_level_to_another_and_say_who_recorded_them() -> None:
    team = a_team()
    case = high(their_case(team), team, "medium", on=50)
    write(case, "oasys_completed", ago(40), by=team.manager, stage="start", harm="medium")
    write(case, "oasys_completed", ago(20), by=team.manager, stage="review", harm="very_high")
    write(case, "mappa_level_set", ago(45), by=team.sergeant, level=1, category=1)
    write(case, "mappa_level_set", ago(35), by=team.sergeant, level=3, category=1)
    with as_person(team.spo):
        month, quarter = (level_changes(team.spo, today(), days) for days in (30, 90))
    assert [(one.scale, one.before, one.after, one.on, one.by) for one in quarter.lines] == [
        ("harm", "medium", "very_high", ago(20), str(team.manager)),
        ("mappa", "1", "3", ago(35), str(team.sergeant)),
    ]
    assert (month.total, quarter.total) == (1, 2)


def test_a_high_case_is_to_be_reviewed_after_16_weeks_or_when_its_day_has_come_and_others_when_theirs_has() -> None:
    team = a_team()
    never, fresh, old, low = (their_case(team) for _ in range(4))
    for case in (never, fresh, old):
        high(case, team)
    high(low, team, "low")
    reviewed(team.spo, fresh)
    ages = {old: (16 * 7 + 1, 40), low: (60, 3)}
    for case, (days, next_days) in ages.items():
        reviewed(team.spo, case, reviewed_on=ago(days), next_on=ago(next_days))
    with as_person(team.spo):
        found = due_for_review(team.spo, today())
    assert [(line.case, line.last_on, line.next_on) for line in found.lines] == [
        (never, None, None),
        (old, ago(113), ago(40)),
        (low, ago(60), ago(3)),
    ]


def test_actions_of_reviews_that_are_late_are_listed_until_they_are_done() -> None:
    team = a_team()
    action = an_action(team.spo, their_case(team), team.officer, due_on=ago(-1))
    with as_person(team.spo):
        assert late_actions(team.spo, today()).total == 0
        found = late_actions(team.spo, today() + timedelta(days=2))
    assert [line.action for line in found.lines] == [action]
    assert ManagementAction.objects.open().count() == 1


def test_marks_are_counted_for_the_units_work_and_what_nobody_marked_is_offered() -> None:
    team = a_team()
    case = their_case(team)
    first, second = (write(case, kind, ago(5), by=team.manager) for kind in ("isp_completed", "plan_reviewed"))
    write(case, "rmp_completed", ago(5), by=team.spo)
    marked(team.spo, first, Mark.POOR, "Thin.")
    with as_person(team.spo):
        rows = dict(unit_tallies(team.spo, today()))
        offered = [line.fact for line in to_mark(team.spo, today())]
    plan = next(tallies for kind, tallies in rows.items() if kind.id == "supervision_plan")
    assert [(one.above, one.judged) for one in plan[:3]] == [(0, 1), (0, 1), (0, 1)]
    assert offered == [second]
    with as_person(team.sergeant):
        assert {one.judged for _, rows in unit_tallies(team.sergeant, today()) for one in rows} == {0}


def test_who_holds_how_much_counts_cases_by_risk_of_harm_and_what_is_overdue() -> None:
    team = a_team()
    high(their_case(team), team)
    their_case(team)
    with as_person(team.spo):
        held = workload(team.spo, today())
    assert [(row.person, row.cases, row.by_harm["high"], row.by_harm["not_set"]) for row in held] == [
        (team.manager, 2, 1, 1)
    ]
    assert held[0].overdue > 0 and held[0].open_duties >= held[0].overdue


def everything(team: Team) -> Case:
    """A case that stands on every list."""
    case = high(registered(team), team, "medium", on=29)
    write(case, "rm2000_completed", ago(60), by=team.officer, band="high", rank="constable")
    write(case, "order_started", ago(60), by=team.manager, order="community_order")
    high(case, team, "very_high", on=20)
    write(case, "isp_completed", ago(10), by=team.manager)
    return case


@pytest.mark.parametrize("page", PAGES)
def test_each_page_names_a_case_of_ones_unit_and_none_of_anybody_elses(page: str) -> None:
    team = a_team()
    case = everything(team)
    outsiders = [
        make_person(Role.LINE_MANAGER, unit=make_unit(make_area(), "probation", 2)),
        make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B")),
    ]
    address = f"/my-unit/{page}"
    insider = team.sergeant if page == "countersign/" else team.spo
    shown = signed_in(insider).get(address).content.decode()
    assert (case.reference in shown) is (page != "late-starts/")
    for outsider in outsiders:
        answer = signed_in(outsider).get(address)
        text = answer.content.decode()
        assert (answer.status_code, case.reference in text, str(team.manager) in text) == (200, False, False)


@pytest.mark.parametrize("page", PAGES)
def test_a_restricted_case_is_on_no_list_of_somebody_who_is_not_named_for_it(page: str) -> None:
    team = a_team()
    case = everything(team)
    Case.objects.filter(pk=case.pk).update(
        restricted=True, restricted_contact=team.sergeant, restricted_reason="A colleague's relative"
    )
    for person in (team.spo, team.sergeant):
        assert case.reference not in signed_in(person).get(f"/my-unit/{page}").content.decode()


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.POLICE_OFFICER, Role.MAPPA_COORDINATOR, Role.INSPECTOR])
def test_the_menu_leads_to_it_for_line_managers_alone(role: Role) -> None:
    assert "/my-unit/" in signed_in(make_person(Role.LINE_MANAGER)).get("/").content.decode()
    other = signed_in(make_person(role))
    assert "/my-unit/" not in other.get("/").content.decode()
    assert other.get("/my-unit/").status_code == 403


def test_the_list_of_starts_is_narrowed_and_what_makes_no_sense_is_as_if_it_were_not_there() -> None:
    team = a_team()
    everything(team)
    browser = signed_in(team.spo)
    narrowed = browser.get(f"/my-unit/late-starts/list/?of={team.manager.pk}&outcome=missing").content.decode()
    assert f"Starts of {team.manager}" in narrowed and "Still missing" in narrowed
    for query in ("?of=x&outcome=y&standard=z&page=q", "?of=0", "?page=99"):
        assert browser.get(f"/my-unit/late-starts/list/{query}").status_code == 200
    assert browser.get("/my-unit/changes/?days=90").status_code == 200
    assert browser.get("/my-unit/changes/?days=x").status_code == 200
