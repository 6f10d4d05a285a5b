"""The annual report without a database: its years, how an action stood, and its tables of people as they leave."""

from datetime import date

from openmappa.core.board.annual_report import CATEGORIES, LEVELS, Section, published_people, years_to_report
from openmappa.core.board.plan import Said, Standing, Step, stood
from openmappa.core.board.years import BoardYear
from openmappa.core.inspection.suppression import published_table

DUE = date(2005, 1, 31)
END = date(2005, 3, 31)


def test_a_year_can_be_reported_on_once_it_is_over() -> None:
    assert years_to_report(date(2005, 3, 31)) == [BoardYear(2003), BoardYear(2002), BoardYear(2001)]
    assert years_to_report(date(2005, 4, 1))[0] == BoardYear(2004)


def test_every_section_has_a_title_and_people_stand_by_category_and_level() -> None:
    assert [each.heading for each in Section][:2] == ["Foreword", "People managed under MAPPA"]
    assert len({each.heading for each in Section}) == len(Section)
    assert (list(CATEGORIES), list(LEVELS)) == ([1, 2, 3], [1, 2, 3])


def test_an_action_stood_on_a_day_as_what_was_said_by_then_leaves_it() -> None:
    moved = Said(Step.MOVED, date(2005, 1, 10), date(2005, 6, 30))
    done = Said(Step.DONE, date(2005, 5, 2))
    assert stood(DUE, [], date(2005, 1, 31)) == (DUE, Standing.NOT_BEGUN)
    assert stood(DUE, [], END) == (DUE, Standing.LATE)
    assert stood(DUE, [moved, done], END) == (date(2005, 6, 30), Standing.ON_COURSE)
    assert stood(DUE, [moved, done], date(2005, 5, 2)) == (date(2005, 6, 30), Standing.DONE)
    assert stood(DUE, [Said(Step.DONE, date(2005, 2, 1))], END) == (DUE, Standing.DONE_LATE)
    assert stood(DUE, [Said(Step.BEHIND, DUE)], DUE) == (DUE, Standing.BEHIND)


AT_THE_END = {(1, 1): 120, (1, 2): 30, (1, 3): 10, (2, 1): 60, (2, 2): 25, (2, 3): 8, (3, 1): 7, (3, 2): 20, (3, 3): 9}


def test_where_many_left_in_the_year_both_tables_are_hidden_by_their_own_counts_alone() -> None:
    in_the_year = {key: count + 40 for key, count in AT_THE_END.items()}
    people = published_people(AT_THE_END, in_the_year)
    assert people.at_the_end.cells[0] == (120, 30, 10)
    assert people.at_the_end == published_table(
        [[AT_THE_END.get((category, level), 0) for level in LEVELS] for category in CATEGORIES]
    )
    assert people.in_the_year.rows == (280, 213, 156)


def test_where_few_left_in_the_year_its_total_is_hidden_and_follows_from_nothing() -> None:
    people = published_people(AT_THE_END, AT_THE_END | {(1, 1): 122})
    assert people.at_the_end.whole == 289
    shown = people.in_the_year
    assert (shown.rows[0], shown.whole) == (None, None)
    assert None in shown.cells[0] and None in shown.columns


def test_nobody_is_hidden_as_well() -> None:
    people = published_people({}, {})
    assert {people.at_the_end.whole, *people.at_the_end.rows, *people.in_the_year.columns} == {None}


def test_a_cell_that_has_to_be_hidden_for_another_reason_takes_others_with_it() -> None:
    cells = [[10, 20], [30, 40]]
    assert published_table(cells).whole == 100
    hidden = published_table(cells, frozenset({(2, 2)}))
    assert hidden.whole is None
    assert hidden.rows != (30, 70) and hidden.columns != (40, 60)
