"""Tables of the report drawn live: each against a count by hand, in the present and on past days; and who sees what."""

import random
import re
from collections import Counter
from datetime import date, timedelta
from statistics import mean

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.board.queries import behind_report
from openmappa.board.queries.delays import STARTS, WITHIN, delays, scored
from openmappa.board.queries.interventions import interventions
from openmappa.board.queries.mappa import reviews
from openmappa.board.queries.scope import Period, Scope
from openmappa.board.queries.visits import PLANNED, titles_of_rows, visits
from openmappa.cases.models import Case
from openmappa.coordination.queries import figures as mappa
from openmappa.core.access import PERMISSIONS, Permission, Rank, Role
from openmappa.core.bands import LikelihoodBand
from openmappa.core.dates import add_months
from openmappa.core.inspection.visits import row_of
from openmappa.core.packs.load import load_inspection_report, packs_in_service
from openmappa.past.queries.days import Past
from openmappa.past.services.working_out import work_out_past_days
from openmappa.plans.models.parts import Intervention
from openmappa.plans.words import Heading, InterventionState
from openmappa.timeline.derivation import derive
from openmappa.timeline.models import Duty, Fact, Standing
from tests.house.test_queries_constant import queries_of
from tests.past.build import a_life, worked_out
from tests.plans.build import a_full_draft, an_intervention, signed
from tests.timeline.build import ago, day_boxes, make_area, make_case, make_person, make_unit, signed_in, today, write

pytestmark = pytest.mark.django_db
SEED = 20050401
ROWS = tuple(float(each.answer) for each in load_inspection_report("england-wales-2005").measure(PLANNED).printed)
"""The months of Table 7's rows, as the report prints them."""


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def scope(months: int = 12, until: date | None = None, past: Past | None = None) -> Scope:
    return Scope([make_area()], Period(months, until or today()), past)


# -- visits ---------------------------------------------------------------------------------------------------------


def gaps_of(case: Case, since: date, until: date) -> list[int]:
    """The days between visits that count and the one before, of those that ended in the period."""
    duties = Duty.objects.filter(case=case, standard="home-visit", met_on__isnull=False).order_by("opened_on")
    counted, before = [], None
    for duty in duties:
        if before is not None and before >= duty.opened_on and since <= duty.met_on <= until:
            counted.append((duty.met_on - duty.opened_on).days)
        before = duty.met_on
    return counted


def visits_by_hand(cases: list[Case], since: date, until: date) -> Counter[tuple[str, int | None, int | None]]:
    """Cases by band, planned row and row of the mean interval."""
    rows = [*ROWS, 18.0, 24.0]
    table = packs_in_service()[-1].tables["visit-interval"].rows
    found: Counter[tuple[str, int | None, int | None]] = Counter()
    for case in cases:
        standing = Standing.objects.get(case=case)
        if not standing.registered or standing.in_custody or standing.closed or not standing.band:
            continue
        own = Fact.objects.standing().filter(case=case, kind="visit_interval_set").last()
        months = own.details["months"] if own else table.get((case.force, standing.band))
        gaps = gaps_of(case, since, until)
        found[
            standing.band,
            None if months is None else row_of(months * 30.4375, rows),
            row_of(mean(gaps), rows) if gaps else None,
        ] += 1
    return found


def test_visits_planned_and_made_are_what_counting_by_hand_gives(coordinator: User) -> None:
    dice, area = random.Random(SEED), make_area()
    cases = [a_life(dice, area) for _ in range(40)]
    a_life(dice, make_area("eastmarch", "B"))
    for months in (3, 12, 24):
        asked = scope(months)
        with as_person(coordinator):
            found = visits(asked)
        hand = visits_by_hand(cases, asked.since, today())
        counts: Counter[tuple[str, int | None, int | None]] = Counter()
        for each in found.found:
            counts[each.band, each.planned, each.every] += each.cases
        assert counts == hand, months
        planned = {key: n for key, n in hand.items() if key[1] is not None}
        for line in found.rhythms:
            assert line.planned.k == sum(n for key, n in planned.items() if key[1] == line.place)
            assert line.made.k == sum(n for key, n in planned.items() if key[2] == line.place)
            assert line.planned.n == sum(planned.values())
        for band in found.bands:
            of_band = {key: n for key, n in planned.items() if key[0] == band.band.value and key[2] is not None}
            assert band.kept.n == sum(of_band.values())
            assert band.kept.k == sum(n for key, n in of_band.items() if (key[2] or 0) <= (key[1] or 0))
    assert found.kept.n > 10, "the dice gave something to compare"


def test_three_monthly_visits_to_somebody_planned_monthly_stand_apart_in_table_7(coordinator: User) -> None:
    case = make_case()
    write(case, "registered", ago(400))
    write(case, "rm2000_completed", ago(399), band="very_high", rank="constable")
    write(case, "visit_interval_set", ago(398), months=1)
    for back in (380, 289, 197, 106, 14):
        write(case, "home_visit", ago(back), service="police", outcome="seen", announced=False, joint=False)
    write(case, "home_visit", ago(60), service="police", outcome="seen", announced=True, joint=False)
    write(case, "home_visit", ago(50), service="police", outcome="not_in", announced=False, joint=False)
    with as_person(coordinator):
        lines = {line.title: (line.planned.k, line.made.k) for line in visits(scope()).rhythms if line.planned.n}
    months = dict(zip(ROWS, titles_of_rows(), strict=False))
    assert lines[months[1]] == (1, 0)
    assert lines[months[3]] == (0, 1)


# -- delays (7.4) ---------------------------------------------------------------------------------------------------


def within_by_hand(duty: Duty, until: date) -> int | None:
    """Where a duty that began in the period is counted; None where it is not."""
    met = duty.met_on if duty.met_on and duty.met_on <= until else None
    if met is None:
        closed = duty.closed_on if duty.closed_on and duty.closed_on <= until else until
        return 5 if duty.due_on < closed else None
    ends = (duty.opened_on + timedelta(days=7), add_months(duty.opened_on, 1), add_months(duty.opened_on, 3))
    return 1 + sum(met > end for end in ends)


def test_delays_are_what_counting_by_hand_gives(coordinator: User) -> None:
    dice, area = random.Random(SEED), make_area()
    for _ in range(60):
        case, opened = make_case(area), ago(dice.randrange(1, 700))
        dates = dice.choice(["met", "met", "met", "closed", "open"])
        ended = min(today(), opened + timedelta(days=dice.choice([0, 6, 7, 8, 28, 31, 60, 95, 200])))
        Duty.objects.create(
            case=case,
            area=area,
            standard=dice.choice(STARTS[:3]),
            of="case_manager",
            opened_on=opened,
            due_on=opened + timedelta(days=dice.choice([7, 20])),
            because_kind="condition",
            because_on=opened,
            **({} if dates == "open" else {f"{dates}_on": ended}),
        )
    for months, until in ((24, today()), (12, ago(100)), (3, ago(10))):
        asked = scope(months, until)
        with as_person(coordinator):
            found = {each.standard: [line.found.k for line in each.lines] for each in delays(asked)}
        hand = {standard: [0] * len(WITHIN) for standard in STARTS}
        for duty in Duty.objects.filter(standard__in=STARTS, opened_on__range=(asked.since, until)):
            place = within_by_hand(duty, until)
            if place is not None:
                hand[duty.standard][place - 1] += 1
        assert found == hand, (months, until)


def test_who_has_an_rm2000_and_of_whose_rank_those_of_the_period_are(coordinator: User) -> None:
    for rank, back in (("constable", 20), ("constable", 30), ("sergeant", 40), ("inspector", 500)):
        case = make_case()
        write(case, "registered", ago(600))
        write(case, "rm2000_completed", ago(back), band="high", rank=rank)
    write(make_case(), "registered", ago(30))
    with as_person(coordinator):
        found = scored(scope())
    assert (found.registered.k, found.registered.n) == (4, 5)
    assert [(line.title, line.found.k, line.found.n) for line in found.ranks] == [
        (Rank("constable").label, 2, 3),
        (Rank("sergeant").label, 1, 3),
    ]


# -- interventions (Table 2), MAPPA (Table 6) --------------------------------------------------------------------------


def a_planned_case(*given: tuple[str, str]) -> Case:
    """A case with a signed plan that names these interventions, each under a heading and in a state."""
    case, by = make_case(), make_person(Role.CASE_MANAGER)
    plan = a_full_draft(case, by)
    Intervention.objects.filter(plan=plan).delete()
    for number, (heading, state) in enumerate(given, 10):
        shown = {} if state == InterventionState.PLANNED else {"state_on": ago(1), "evidence": "Seen there"}
        an_intervention(plan, number=number, heading=heading, state=state, **shown)
    signed(plan, by)
    return case


def test_a_case_stands_once_in_each_row_that_its_signed_plans_name(coordinator: User) -> None:
    planned, running = InterventionState.PLANNED, InterventionState.RUNNING
    first = a_planned_case((Heading.CURFEW, planned), (Heading.CURFEW, running), (Heading.PROGRAMME, running))
    second = a_planned_case((Heading.PROGRAMME, planned), ("", planned))
    a_full_draft(make_case(), make_person(Role.CASE_MANAGER))  # not signed
    with as_person(coordinator):
        found = interventions(scope())
        rows = {(line.heading, line.state): (line.found.k, line.found.n) for line in found.lines if line.found.k}
        behind = {
            query: behind_report.cases(coordinator, scope(), {"of": "intervention", "key": query[0], "more": query[1]})
            for query in [(Heading.PROGRAMME.value, ""), (Heading.PROGRAMME.value, running.value), ("", "")]
        }
    assert found.cases == 2
    assert rows == {
        (Heading.CURFEW, ""): (1, 2),
        (Heading.PROGRAMME, ""): (2, 2),
        (Heading.PROGRAMME, planned): (1, 2),
        (Heading.PROGRAMME, running): (1, 2),
        ("", ""): (1, 2),
    }
    assert list(behind.values()) == [[first.pk, second.pk], [first.pk], [second.pk]]


def test_each_row_of_table_2_stands_beside_what_the_report_printed(coordinator: User) -> None:
    with as_person(coordinator):
        report = {line.title: line.report for line in interventions(scope()).lines}
    assert report["Curfew"] == _printed("interventions", "restrictions_on_movement_curfew")
    assert report["Attending"] == _printed("accredited_programme", "accredited_programme_attending")
    assert sum(percent is None for percent in report.values()) == 2, "none of these, and under no heading"


def _printed(measure: str, answer: str) -> int | None:
    found = load_inspection_report("england-wales-2005").measure(measure)
    return next(each.percent for each in found.printed if each.answer == answer)


def test_table_6_is_the_coordinators_own_by_the_same_query(coordinator: User) -> None:
    for level in (1, 2, 3):
        write(make_case(), "mappa_level_set", ago(300), by=coordinator, level=level, category=1)
    with as_person(coordinator):
        shown = {row.rule.id: row.now for _, _, rows in reviews(scope()) for row in rows}
        own = {
            row.rule.id: row.now
            for _, _, rows in mappa.figures([make_area()], mappa.Period(12, today()))
            for row in rows
        }
    assert shown == {key: own[key] for key in shown}
    assert len(shown) > 8


# -- past days -----------------------------------------------------------------------------------------------------


def test_as_known_on_a_day_every_table_is_what_it_was_on_that_day(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice, area, day = random.Random(SEED + 2), make_area(), today()
    cases = [a_life(dice, area) for _ in range(25)]

    def everything(past: Past | None) -> list[object]:
        asked = scope(12, day, past)
        with as_person(coordinator):
            return [
                sorted(map(repr, visits(asked).found)),
                delays(asked),
                scored(asked),
                interventions(asked).lines,
                [[(row.rule.id, row.now) for row in rows] for _, _, rows in reviews(asked)],
            ]

    before = everything(None)
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=4))
    for case in cases[:12]:
        seen = {"service": "police", "outcome": "seen", "announced": False, "joint": False}
        for kind, details in (
            ("home_visit", seen),
            ("rm2000_completed", {"band": "medium", "rank": "sergeant"}),
            ("mappa_level_set", {"level": 3}),
            ("mappa_meeting_held", {"level": 3}),
        ):
            Fact.objects.create(case=case, kind=kind, on=day - timedelta(5), details=details, recorded_on=today())
        derive(case)
    known, stood = (everything(worked_out(coordinator, [area], day, known=known)) for known in (True, False))
    assert known == before
    assert stood != before
    changed = [here != there for here, there in zip(stood, before, strict=True)]
    assert changed == [True, False, True, False, True], "delays count first scores, and no plan was signed"


# -- pages ---------------------------------------------------------------------------------------------------------


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def a_visited_case(**staff: object) -> Case:
    case = make_case(**staff)  # type: ignore[arg-type]
    write(case, "registered", ago(300))
    write(case, "rm2000_completed", ago(299), band="high", rank="constable")
    return case


def test_the_page_gives_counts_to_each_role_that_sees_figures_and_links_to_those_who_open_cases() -> None:
    a_visited_case()
    for role in sorted(PERMISSIONS[Permission.VIEW_FIGURES]):
        page = signed_in(make_person(role)).get(reverse("board:report")).content
        shown = text(page)
        assert "Visited by plan: 1 person registered" in shown, role
        assert "Testcase" not in shown
        assert "TST-" not in shown
        links = [role for role in Role if Permission.FIND_CASE in _permissions(role)]
        assert (reverse("board:report_cases") in page.decode()) == (role in links), role


def _permissions(role: Role) -> set[Permission]:
    return {each for each, roles in PERMISSIONS.items() if role in roles}


LISTS = (
    f"of=planned&key={ROWS.index(3)}",
    f"of=no-plan&key={LikelihoodBand('high').value}",
    f"of=late&key={LikelihoodBand('high').value}",
    "of=delay&key=rm2000-start&more=1",
    "of=intervention&key=",
    f"of=intervention&key=programme&more={InterventionState.RUNNING}",
)


@pytest.mark.parametrize("role", sorted(Role))
def test_the_lists_open_to_those_who_see_figures_and_open_cases(role: Role) -> None:
    a_visited_case()
    browser = signed_in(make_person(role))
    opens = {Permission.VIEW_FIGURES, Permission.FIND_CASE} <= _permissions(role)
    for query in LISTS:
        assert browser.get(f"{reverse('board:report_cases')}?{query}").status_code == (200 if opens else 403), query


@pytest.mark.parametrize(
    "query",
    [
        "",
        "of=teapot&key=1",
        "of=planned&key=99",
        "of=planned&key=x",
        "of=kept&key=enormous",
        "of=delay&key=home-visit&more=1",
        "of=delay&key=rm2000-start&more=9",
        "of=delay&key=rm2000-start&more=",
        "of=intervention&key=teapot",
        "of=intervention&key=programme&more=teapot",
        "of=planned&key=%C2%B2",
        "of=delay&key=rm2000-start&more=%C2%B2",
    ],
)
def test_a_list_that_does_not_exist_is_not_found(coordinator: User, query: str) -> None:
    assert signed_in(coordinator).get(f"{reverse('board:report_cases')}?{query}").status_code == 404


def test_the_cases_behind_a_count_are_those_the_reader_sees(coordinator: User) -> None:
    area = make_area()
    own = a_visited_case()
    others = a_visited_case(police_unit=make_unit(area, "police", 2), probation_unit=make_unit(area, "probation", 2))
    walled = a_visited_case(restricted_contact=make_person(Role.LINE_MANAGER, unit=make_unit(area, "police", 3)))
    months = packs_in_service()[-1].tables["visit-interval"].rows[(own.force, "high")]
    row = row_of(months * 30.4375, [*ROWS, 18.0, 24.0])
    with as_person(coordinator):
        assert {line.place: line.planned.k for line in visits(scope()).rhythms}[row] == 3, "counts hold them all"
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    for user, cases in ((coordinator, [own, others]), (sergeant, [own])):
        with as_person(user):
            for query in ({"of": "planned", "key": str(row)}, {"of": "delay", "key": "rm2000-start", "more": "1"}):
                assert behind_report.cases(user, scope(), query) == [case.pk for case in cases], query
    shown = text(signed_in(sergeant).get(f"{reverse('board:report_cases')}?of=planned&key={row}").content)
    assert own.reference in shown
    assert others.reference not in shown
    assert walled.reference not in shown


def test_the_page_of_a_past_day_says_so_offers_to_work_it_out_and_then_counts_from_it(coordinator: User) -> None:
    a_visited_case()
    browser = signed_in(coordinator)
    asked = {"reading": "stood", **day_boxes("on", ago(10)), "months": "3"}
    for name in ("report", "overview", "groups", "tables"):
        address = reverse(f"board:{name}")
        page = browser.get(address, asked)
        assert "not worked out yet" in text(page.content), name
        assert "95% from" not in text(page.content)
    back = f"{reverse('board:report')}?months=3"
    answer = browser.post(reverse("board:work_out"), {**asked, "area": "northshire", "back": back})
    assert (answer.status_code, answer.url) == (302, back)  # type: ignore[attr-defined]
    assert "being worked out" in text(browser.get(reverse("board:report"), asked).content)
    work_out_past_days()
    for name in ("report", "overview", "groups", "tables"):
        shown = text(browser.get(reverse(f"board:{name}"), asked).content)
        assert "by what is known now" in shown, name
        assert "Worked out case by case" in shown
    listed = browser.get(reverse("board:report_cases"), {**asked, "of": "delay", "key": "rm2000-start", "more": "1"})
    assert listed.status_code == 200


@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)", ""])
def test_after_asking_nobody_is_sent_elsewhere(coordinator: User, back: str) -> None:
    sent = {"reading": "known", **day_boxes("on", ago(2)), "area": "northshire", "back": back}
    answer = signed_in(coordinator).post(reverse("board:work_out"), sent)
    assert answer.url == reverse("board:overview")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("reading", "on"), [("known", 0), ("stood", -3), ("known", None)])
def test_a_past_reading_needs_a_day_that_is_over(coordinator: User, reading: str, on: int | None) -> None:
    asked = {"reading": reading, **(day_boxes("on", ago(on)) if on is not None else {})}
    for name in ("report", "overview", "groups", "tables"):
        assert "There is a problem" in text(signed_in(coordinator).get(reverse(f"board:{name}"), asked).content), name


@pytest.mark.parametrize("name", ["report", "report_cases"])
def test_the_pages_ask_as_often_for_30_cases_as_for_1(coordinator: User, name: str) -> None:
    browser, found = signed_in(coordinator), []
    address = f"{reverse(f'board:{name}')}?of=delay&key=rm2000-start&more=1"
    for count in (1, 29):
        for _ in range(count):
            a_visited_case()
        found.append(queries_of(lambda: browser.get(address)))
    assert found[0] == found[1]
