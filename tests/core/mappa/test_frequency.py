"""How often a case was reviewed, in the words of Table 6, with the pack’s bands; and that pack, read and checked."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.mappa.frequency import Band, Frequency, frequency
from openmappa.core.packs.load import load_mappa_figures
from openmappa.core.packs.mappa_figures_rules import FigureId, Group, read_mappa_figures
from openmappa.core.packs.reading import PackTable

RULES = load_mappa_figures("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "mappa_figures.toml"
GOOD = tomllib.loads(FILE.read_text())
END = date(2005, 12, 31)
START = date(2005, 1, 1)
DAYS = st.lists(st.dates(date(2003, 6, 1), date(2006, 6, 1)), max_size=14)


def judged(*gaps: int, last: int = 0, since: date = START) -> Frequency:
    """How often a case was reviewed whose last meeting was so many days before the end, with these gaps before it."""
    day = END - timedelta(days=last)
    days = [day]
    for gap in reversed(gaps):
        day -= timedelta(days=gap)
        days.append(day)
    return frequency(days, RULES.bands, since=since, until=END)


def test_no_meeting_and_a_first_meeting_alone_are_no_review() -> None:
    assert frequency([], RULES.bands, since=START, until=END) is Frequency.NONE
    assert judged() is Frequency.NONE


@pytest.mark.parametrize(
    ("gaps", "found"),
    [
        ((28, 28, 28), Frequency.MONTHLY),
        ((45,), Frequency.MONTHLY),
        ((46,), Frequency.QUARTERLY),
        ((84, 91, 135), Frequency.QUARTERLY),
        ((136,), Frequency.SIX_MONTHLY),
        ((228,), Frequency.SIX_MONTHLY),
        ((229,), Frequency.IRREGULAR),
        ((28, 91), Frequency.IRREGULAR),
        ((91, 182), Frequency.IRREGULAR),
    ],
)
def test_gaps_of_one_band_are_a_rhythm_and_gaps_of_two_are_none(gaps: tuple[int, ...], found: Frequency) -> None:
    assert judged(*gaps) is found


@pytest.mark.parametrize(("last", "found"), [(135, Frequency.QUARTERLY), (136, Frequency.IRREGULAR)])
def test_a_rhythm_that_broke_off_is_irregular(last: int, found: Frequency) -> None:
    assert judged(91, last=last) is found


def test_a_gap_that_began_before_the_period_counts_and_one_that_ended_before_it_does_not() -> None:
    assert judged(30, 91, 91, since=END - timedelta(days=95)) is Frequency.QUARTERLY
    assert judged(30, 91, 91, since=START) is Frequency.IRREGULAR


def test_reviews_before_the_period_alone_are_no_review_in_it() -> None:
    assert judged(91, 91, last=60, since=END - timedelta(days=59)) is Frequency.NONE
    assert judged(91, 91, last=60, since=END - timedelta(days=60)) is Frequency.QUARTERLY


@given(DAYS)
def test_what_comes_after_the_period_the_order_and_two_on_a_day_make_no_difference(days: list[date]) -> None:
    known = [day for day in days if day <= END]
    found = frequency(days, RULES.bands, since=START, until=END)
    assert frequency([*reversed(known), *known], RULES.bands, since=START, until=END) is found


@given(DAYS)
def test_it_is_none_exactly_where_no_second_meeting_lies_in_the_period(days: list[date]) -> None:
    known = sorted({day for day in days if day <= END})
    later = [day for day in known[1:] if day >= START]
    found = frequency(days, RULES.bands, since=START, until=END)
    assert (found is Frequency.NONE) == (not later)


@given(DAYS)
def test_a_rhythm_that_is_named_holds_every_gap_of_the_period(days: list[date]) -> None:
    found = frequency(days, RULES.bands, since=START, until=END)
    for before, band in zip((Band(Frequency.NONE, 0), *RULES.bands), RULES.bands, strict=False):
        if found is band.frequency:
            known = sorted({day for day in days if day <= END})
            gaps = [(b - a).days for a, b in pairwise(known) if b >= START]
            assert all(before.days < gap <= band.days for gap in gaps)


def test_the_pack_has_every_figure_and_the_reports_numbers_of_table_6_and_7_1() -> None:
    assert [figure.id for figure in RULES.figures] == list(FigureId)
    given_out = {group: [figure.per_cent for figure in RULES.of(group)] for group in Group}
    assert given_out == {
        Group.LEVELS: [14, 73, 14],
        Group.REVIEWS: [25, 8, 32, 3, 32],
        Group.PRACTICE: [63, 32, 92, 74],
        Group.CARRIED_OUT: [None, None, None, 15],
    }
    assert [group.parts_of_a_whole for group in Group] == [True, True, False, False]
    assert [figure.id.value for figure in RULES.of(Group.REVIEWS)] == [each.value for each in Frequency]
    assert RULES.figure("told") is RULES.of(Group.PRACTICE)[1]
    assert RULES.figure("teapot") is None


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda pack: pack.update(months=0), "`months` must be 1 or more"),
        (lambda pack: pack["desk"].update(weeks_ahead=0), "of the desk must be 1 or more"),
        (lambda pack: pack["band"].reverse(), "must grow from one to the next"),
        (lambda pack: pack["figure"].append(pack["figure"][0]), "two figures have the same id"),
        (lambda pack: pack["figure"][0].update(per_cent=101), "more than 100"),
        (lambda pack: pack["figure"][0].update(id="teapot"), "teapot"),
        (lambda pack: pack["band"][0].update(id="fortnightly"), "fortnightly"),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(spoil: Callable[[dict[str, Any]], None], sentence: str) -> None:
    pack = deepcopy(GOOD)
    spoil(pack)
    with pytest.raises(PackError, match=sentence):
        read_mappa_figures(PackTable(pack, str(FILE)))
