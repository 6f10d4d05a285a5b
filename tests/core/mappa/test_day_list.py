"""The draft list for a day of meetings: the most pressing cases first, no more than eight."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.mappa.day_list import Due, day_for, draft_list
from openmappa.core.packs.load import load_mappa_figures

MAY = date(2005, 5, 1)
DESK = load_mappa_figures("england-wales-2005").desk
HARM = st.sampled_from(["", "low", "medium", "high", "very_high"])
DUE = st.lists(st.builds(Due, st.integers(1, 99), st.dates(MAY, date(2005, 5, 9)), HARM), max_size=20)


def test_the_longest_overdue_comes_first_and_of_one_day_the_higher_risk_of_harm() -> None:
    due = [
        Due(1, date(2005, 5, 2), "very_high"),
        Due(2, MAY, ""),
        Due(3, MAY, "medium"),
        Due(4, MAY, "very_high"),
        Due(5, MAY, "high"),
        Due(6, MAY, "low"),
    ]
    assert [each.case for each in draft_list(due, DESK.cases_a_day)] == [4, 5, 3, 6, 2, 1]


def test_a_day_holds_eight_cases() -> None:
    assert DESK.cases_a_day == 8
    assert len(draft_list([Due(number, MAY) for number in range(30)], DESK.cases_a_day)) == 8


@given(DUE, st.integers(0, 12))
def test_nobody_who_is_left_out_is_more_pressing_than_somebody_on_the_list(due: list[Due], most: int) -> None:
    found = draft_list(due, most)
    assert len(found) == min(most, len(due))
    left = list(due)
    for each in found:
        left.remove(each)
    assert all(each.due_on <= other.due_on for each in found for other in left)


def test_the_day_leaves_two_weeks_and_is_no_weekend_and_no_bank_holiday() -> None:
    assert day_for(date(2005, 5, 10), DESK.notice_days) == date(2005, 5, 24)
    assert day_for(date(2005, 5, 14), DESK.notice_days) == date(2005, 5, 31), (
        "the 28th is a Saturday, the 30th a holiday"
    )
