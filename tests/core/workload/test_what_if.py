"""What if the standards were others: hours, months, people, and the year that has passed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from openmappa.core.packs.model import Allowance, Table, Unit
from openmappa.core.standards.clocks import UnknownForce
from openmappa.core.standards.facts import Fact
from openmappa.core.workload.activities import Whose
from openmappa.core.workload.answer import Answer, By, Group
from openmappa.core.workload.sums import Count, Sum, total
from openmappa.core.workload.what_if import Question
from tests.core.standards.cases import histories, on
from tests.core.workload.made import ON, PACK, STAFF, TIMES, allowing, asked, record, weeks, without
from tests.core.workload.test_forecast import VISITED

OFFICER = Whose("northshire", "police_officer", "n.police1")
FOUR, SIX = allowing("home-visit", weeks(4)), allowing("home-visit", weeks(6))


def test_thirteen_visits_of_two_hours_and_a_half_are_thirty_two_hours_and_a_half_and_nine_by_the_draft() -> None:
    question, counted = asked(record(*VISITED), pack=FOUR, drafts=(SIX,))
    answer = Answer(question, 1, counted)
    now, draft = (answer.by_standard(one.ahead) for one in counted)
    assert now == {"home-visit": Sum(13, 0, 13 * 150), "annual-notification": Sum(1, 0, 30)}
    assert draft == {"home-visit": Sum(9, 0, 9 * 150), "annual-notification": Sum(1, 0, 30)}
    assert answer.by_month(counted[1].ahead)[0] == Sum(1, 0, 150)


def test_two_drafts_stand_side_by_side_and_one_that_changes_nothing_counts_nothing_else() -> None:
    _, (now, same, fewer) = asked(record(*VISITED), pack=FOUR, drafts=(replace(FOUR, title="Same"), SIX))
    assert same == now
    assert fewer != now


def test_the_past_year_is_judged_by_the_draft_with_the_facts_as_they_were() -> None:
    visited = [replace_on(VISITED[-1], day) for day in ("2005-01-31", "2005-02-28", "2005-03-28")]
    question, (now, draft) = asked(record(*VISITED[:-1], *visited), drafts=(FOUR,))
    answer = Answer(question, 1, (now, draft))
    assert "home-visit" not in answer.by_standard(now.past)  # all done before they were due, after the year
    assert {entry.month: count for entry, count in draft.past.items() if entry.standard == "home-visit"} == {
        10: Count(2, 0),  # due on 2 February, made on 31 January; and 28 days after that, to the day
        11: Count(1, 0),
    }


def test_a_month_without_a_visit_is_late_by_the_draft_and_in_time_by_the_pack() -> None:
    question, (now, draft) = asked(record(*VISITED), drafts=(FOUR,))
    answer = Answer(question, 1, (now, draft))
    assert answer.by_standard(now.past).get("home-visit") is None  # due on 5 April by the pack: not yet in this year
    assert answer.by_standard(draft.past)["home-visit"] == Sum(1, 1, 150)


def replace_on(fact: Fact, day: str) -> Fact:
    return on(day, fact.kind, **fact.details)


def test_an_offenders_notification_takes_the_police_officers_time() -> None:
    _, (now, *_rest) = asked(record(*VISITED))
    assert {entry.whose for entry in now.ahead} == {OFFICER}


def test_months_are_those_of_the_calendar_where_the_last_known_day_ends_one() -> None:
    question = Question(PACK, (), TIMES, date(2005, 2, 28), 2)
    assert question.starts == (date(2005, 3, 1), date(2005, 4, 1), date(2005, 5, 1))
    assert question.past_starts[0] == date(2004, 3, 1)


def test_a_draft_takes_over_tomorrow_or_on_its_own_first_day_and_one_that_ends_too_soon_is_refused() -> None:
    later = replace(FOUR, name="later", in_force_from=date(2005, 9, 1), in_force_until=date(2006, 3, 30))
    question = Question(PACK, (FOUR, later), TIMES, ON)
    assert [question.takes_over(draft) for draft in question.drafts] == [date(2005, 4, 1), date(2005, 9, 1)]
    assert question.problems() == [
        "later: this draft ends on 2006-03-30, and the months to look ahead end on 2006-03-31. Take `until` out of it, "
        "or look ahead less far."
    ]


def test_a_draft_without_the_cases_force_is_no_answer() -> None:
    table = PACK.tables["visit-interval"]
    rows = {key: months for key, months in table.rows.items() if key[0] == "B"}
    only_b = Table(table.name, table.title, table.by, rows, table.first, table.source, {})
    draft = replace(PACK, tables={**PACK.tables, "visit-interval": only_b})
    with pytest.raises(UnknownForce, match="'A' has no visit policy"):
        asked(record(*VISITED), drafts=(draft,))


def test_who_goes_over_capacity_by_officer_unit_and_area() -> None:
    """Eighty hours a month are thirty-two visits: thirty-three cases seen each month are too many for one officer."""
    monthly = allowing("home-visit", Allowance(Unit.MONTHS, 1))
    cases = [record(*VISITED, reference=f"NSH-{number}") for number in range(33)]
    question, counted = asked(*cases, drafts=(monthly,))
    answer = Answer(question, 33, counted)
    officer = Group("", "police_officer", "n.police1")
    now, draft = (answer.loads(one.ahead, By.OFFICER)[officer] for one in counted)
    assert (now.months_over, now.fullest, now.capacity) == (4, 33 * 150, 80 * 60)
    assert (draft.months_over, draft.fullest, len(draft.months)) == (
        10,
        33 * 180,
        12,
    )  # the cycles that run now keep their three months
    by_unit = answer.loads(counted[1].ahead, By.UNIT)
    assert by_unit[Group("northshire", "police", "")].months_over == 10
    by_area = answer.loads(counted[1].ahead, By.AREA)
    assert list(by_area) == [Group("northshire", "", "")]
    assert by_area[Group("northshire", "", "")].capacity == 80 * 60


def test_work_that_was_overdue_already_is_held_against_nobody() -> None:
    question, counted = asked(record(*VISITED[:-2]))
    load = Answer(question, 1, counted).loads(counted[0].ahead, By.OFFICER)
    manager = load[Group("northshire", "police_manager", "")]
    assert (manager.overdue, manager.held, manager.capacity, manager.months_over) == (15, (0,) * 12, None, 0)
    assert Answer(question, 1, counted).overdue_minutes(counted[0].ahead) == 15
    assert load[Group("", "police_officer", "n.police1")].overdue == 0


def test_work_of_nobody_named_belongs_to_a_role_of_the_area_without_capacity() -> None:
    question, counted = asked(record(*VISITED, staff={}), record(*VISITED, area="westland", staff=STAFF))
    loads = Answer(question, 2, counted).loads(counted[0].ahead, By.OFFICER)
    assert {group: load.capacity for group, load in loads.items()} == {
        Group("", "police_officer", "n.police1"): 4800,
        Group("northshire", "police_officer", ""): None,
    }


@settings(deadline=None)
@given(histories())
def test_a_draft_equal_to_the_pack_changes_nothing_even_where_everything_is_gone_through_again(
    history: list[Fact],
) -> None:
    whole_pack, half = replace(PACK, title="The same"), without("home-visit")
    _, (now, same) = asked(record(*history), drafts=(whole_pack,))
    assert same == now
    _, (first, back) = asked(record(*history), pack=half, drafts=(PACK,))
    assert back.past == now.past
    assert {entry: count for entry, count in back.ahead.items() if entry.standard != "home-visit"} == first.ahead


@settings(deadline=None)
@given(histories())
def test_the_past_by_a_draft_is_what_it_gives_as_the_only_pack(history: list[Fact]) -> None:
    draft = without("mappa-action", allowing("plan-review", weeks(3), allowing("home-visit", weeks(2))))
    _, (_, by_draft) = asked(record(*history), drafts=(draft,))
    _, (alone,) = asked(record(*history), pack=draft)
    assert by_draft.past == alone.past


@settings(deadline=None)
@given(histories(), histories())
def test_sums_by_month_by_person_and_by_standard_are_the_same(one: list[Fact], other: list[Fact]) -> None:
    question, counted = asked(record(*one), record(*other, staff={}), drafts=(SIX,))
    answer = Answer(question, 2, counted)
    for count in counted:
        whole = total(answer.by_standard(count.ahead).values())
        assert whole == total(answer.by_month(count.ahead).values())
        for by in By:
            loads = answer.loads(count.ahead, by).values()
            assert whole == total(month for load in loads for month in load.months)
            assert sum(load.overdue for load in loads) == answer.overdue_minutes(count.ahead)


def test_every_standard_of_the_pack_has_a_time_and_one_that_has_none_is_named() -> None:
    new = replace(PACK.standards[0], id="new-check")
    drafts = [replace(PACK, standards=(*PACK.standards, new)), replace(PACK, standards=(new,))]
    assert (TIMES.without_time([PACK]), TIMES.without_time(drafts)) == ([], ["new-check"])
