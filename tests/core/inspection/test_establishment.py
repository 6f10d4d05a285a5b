"""Posts, people and vacancies: by hand, and against counting day by day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from openmappa.core.access import Role
from openmappa.core.inspection.establishment import (
    Beside,
    Filled,
    InPost,
    Moved,
    PostsFrom,
    filled,
    in_post_on,
    over,
    posts_on,
    roles_with_posts,
    together,
    vacant,
)

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
SINCE, UNTIL = APRIL, date(2026, 6, 30)


def posts(from_on: date, number: str | None) -> PostsFrom:
    return PostsFrom(from_on, None if number is None else Decimal(number))


def test_units_have_posts_of_roles_that_work_on_cases_or_are_invited() -> None:
    assert roles_with_posts("police") == (Role.POLICE_OFFICER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR)
    assert Role.VICTIM_CONTACT_OFFICER in roles_with_posts("probation")
    assert roles_with_posts("partner") == (Role.PARTNER_MEMBER,)
    assert roles_with_posts("circus") == ()


def test_the_last_to_begin_holds_and_none_ends_them() -> None:
    rows = [posts(MAY, "5.5"), posts(APRIL, "4"), posts(JUNE, None)]
    assert posts_on(rows, APRIL - timedelta(days=1)) is None
    assert posts_on(rows, APRIL) == 4
    assert posts_on(rows, date(2026, 5, 31)) == Decimal("5.5")
    assert posts_on(rows, JUNE) is None


def test_people_are_in_post_from_the_first_day_to_the_last_both_included() -> None:
    stays = [InPost(None, None, 2), InPost(APRIL, MAY, 3), InPost(MAY, None, 1), InPost(None, APRIL, 1)]
    days = [APRIL - timedelta(days=1), APRIL, APRIL + timedelta(days=1), MAY, MAY + timedelta(days=1)]
    assert [in_post_on(stays, day) for day in days] == [3, 6, 5, 6, 3]


def test_vacant_and_over_are_never_less_than_nought() -> None:
    assert (vacant(Decimal("4.5"), 4), over(Decimal("4.5"), 4)) == (Decimal("0.5"), 0)
    assert (vacant(Decimal("4.5"), 6), over(Decimal("4.5"), 6)) == (0, Decimal("1.5"))


def test_a_quarter_is_counted_in_post_days() -> None:
    found = filled(
        [posts(date(2020, 1, 1), "3"), posts(JUNE, "4")], [InPost(None, MAY, 1), InPost(None, None, 2)], SINCE, UNTIL
    )
    # full from 1 April to 1 May; one of three vacant on 30 days of May, two of four on the 30 of June
    assert (found.posts, found.vacant, found.over) == (4, 2, 0)
    assert (found.post_days, found.vacant_days) == (61 * 3 + 30 * 4, 30 + 60)
    assert found.share == pytest.approx(100 * 90 / 303)
    assert found.is_whole


def test_days_without_posts_recorded_are_left_out_and_said() -> None:
    found = filled([posts(MAY, "2")], [], SINCE, UNTIL)
    assert (found.days, found.days_possible, found.is_whole, found.share) == (61, 91, False, 100)
    nothing = filled([], [InPost(None, None, 3)], SINCE, UNTIL)
    assert nothing == Filled(None) and nothing.share is None and not nothing.is_whole
    ended = filled([posts(date(2020, 1, 1), "2"), posts(JUNE, None)], [], SINCE, UNTIL)
    assert (ended.posts, ended.vacant, ended.days, ended.is_whole) == (None, 0, 61, False)


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing lies between"):
        filled([], [], UNTIL, SINCE)


def test_a_unit_over_establishment_fills_no_vacancy_of_another() -> None:
    short = filled([posts(date(2020, 1, 1), "3")], [InPost(None, None, 1)], SINCE, UNTIL)
    full = filled([posts(date(2020, 1, 1), "1.5")], [InPost(None, None, 4)], SINCE, UNTIL)
    unknown = filled([], [InPost(None, None, 7)], SINCE, UNTIL)
    both = together([short, full, unknown])
    assert (both.posts, both.vacant, both.over) == (Decimal("4.5"), 2, Decimal("2.5"))
    assert both.share == pytest.approx(100 * 2 / 4.5)
    assert both.is_whole
    assert together([]) == Filled(None) == together([unknown])


def test_what_went_up_is_judged_by_what_the_page_shows() -> None:
    assert Moved(Beside.VACANT, 4.2, 4.4).went_up is False
    assert Moved(Beside.VACANT, 4.2, 4.6).went_up is True
    assert Moved(Beside.EACH, 10.0, 10.1).went_up is True
    assert Moved(Beside.EACH, 10.1, 10.0).went_up is False
    assert (Beside.EACH.shown(12.34), Beside.AWAY.shown(12.34)) == ("12.3", "12%")
    for before, now in ((None, 3.0), (3.0, None)):
        moved = Moved(Beside.AWAY, before, now)
        assert (moved.is_compared, moved.went_up) == (False, False)
    assert Moved(Beside.AWAY, 3.0, 3.0).is_compared


days = some.integers(-20, 60).map(lambda number: SINCE + timedelta(days=number))
maybe = some.one_of(some.none(), days)
numbers = some.one_of(some.none(), some.integers(1, 80).map(lambda tenths: Decimal(tenths) / 10))


@given(
    some.lists(some.builds(PostsFrom, days, numbers), max_size=5, unique_by=lambda row: row.from_on),
    some.lists(some.builds(InPost, maybe, maybe, some.integers(1, 4)), max_size=6),
    some.integers(0, 45),
)
def test_post_days_are_those_of_each_day_added_up(rows: list[PostsFrom], stays: list[InPost], length: int) -> None:
    until = SINCE + timedelta(days=length)
    found = filled(rows, stays, SINCE, until)
    by_day = [
        (posts_on(rows, day), in_post_on(stays, day)) for day in (SINCE + timedelta(days=n) for n in range(length + 1))
    ]
    recorded = [(number, people) for number, people in by_day if number is not None]
    assert found.post_days == sum(number for number, _ in recorded)
    assert found.vacant_days == sum(vacant(number, people) for number, people in recorded)
    assert found.days == len(recorded)
    assert found.posts == by_day[-1][0]
    assert 0 <= found.vacant_days <= found.post_days
    assert found.posts is None or found.posts - found.vacant == by_day[-1][1] - found.over
    assert found.is_whole == (len(recorded) == length + 1)
