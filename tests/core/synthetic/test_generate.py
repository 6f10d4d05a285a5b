"""The whole caseload: the same everywhere, in the file format, and refused in a sentence when it cannot be made."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.caseload import CaseRecord, header_line, read_case, read_header, record_line
from openmappa.core.synthetic.generate import Sample, SampleRefused, generate
from openmappa.core.synthetic.people import area_name, area_prefix, force_of
from tests.core.synthetic.page import REFERENCE
from tests.core.synthetic.samples import sample

DIGEST = "1657934be45ea43905288e2e4e77ad682c32ea23debce7ed2a47ec4cba797e11"


def file_of(wanted: Sample) -> bytes:
    return header_line(wanted.header) + b"".join(map(record_line, generate(wanted)))


def test_the_reference_caseload_is_the_same_bytes_on_every_machine() -> None:
    """A change of this digest is a change of everybody's sample: say so in the changelog."""
    assert sha256(file_of(REFERENCE)).hexdigest() == DIGEST


@settings(deadline=None, max_examples=60)
@given(
    areas=st.integers(1, 7),
    cases=st.integers(1, 30),
    seed=st.integers(-5, 10**9),
    until=st.dates(date(1985, 1, 1), date(2040, 12, 31)),
    facts=st.none() | st.integers(20, 120),
)
def test_any_sample_reads_back_without_a_problem(
    areas: int, cases: int, seed: int, until: date, facts: int | None
) -> None:
    wanted = sample(areas, cases, seed, until, facts)
    assert read_header(header_line(wanted.header)) == wanted.header
    made = list(generate(wanted))
    assert [read_case(2, record_line(case)) for case in made] == made
    assert len({case.reference for case in made}) == areas * cases
    assert max(fact.recorded_on for case in made for fact in case.facts) <= until
    assert all(list(case.facts) == sorted(case.facts, key=lambda fact: fact.on) for case in made)


def test_areas_that_are_added_leave_the_others_as_they_were(cases: list[CaseRecord]) -> None:
    assert list(generate(sample(areas=2))) == cases[:200]


def test_more_than_a_hundred_cases_come_in_blocks_that_can_be_made_apart() -> None:
    wanted = sample(areas=2, cases=130)
    assert [(block.turn, block.area, block.first, block.cases) for block in wanted.blocks()] == [
        (0, 0, 1, 100),
        (1, 0, 101, 30),
        (2, 1, 1, 100),
        (3, 1, 101, 30),
    ]
    apart = [case for block in reversed(list(wanted.blocks())) for case in wanted.cases_of(block)]
    assert sorted(case.reference for case in apart) == sorted(case.reference for case in generate(wanted))


def test_another_seed_gives_other_people_and_another_source() -> None:
    assert sample(seed=8).header.source == "openmappa-sample-8"
    assert file_of(sample(1, 5, seed=8)) != file_of(sample(1, 5, seed=7))


def test_histories_are_three_years_long(cases: list[CaseRecord]) -> None:
    first = min(fact.on for case in cases for fact in case.facts)
    assert date(2002, 3, 31) <= first <= date(2002, 4, 30)


@pytest.mark.parametrize(("asked", "tolerance"), [(20, 3), (60, 3), (120, 6)])
def test_so_many_facts_a_case_as_asked_for(asked: int, tolerance: int) -> None:
    facts = [len(case.facts) for case in generate(sample(cases=60, facts=asked))]
    assert sum(facts) / len(facts) == pytest.approx(asked, abs=tolerance)


def test_areas_have_invented_names_and_the_forces_of_table_1() -> None:
    assert [area_name(area) for area in (0, 1, 2, 3, 4, 5)] == [
        *("northshire", "eastmarch", "westvale", "southmoor", "midwater"),
        "area-6",
    ]
    assert [area_prefix(area) for area in (0, 4, 5)] == ["NSH", "MWA", "A06"]
    assert "".join(map(force_of, range(7))) == "ABCDEAB"


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: sample(areas=0), "Ask for 1 to 99 areas, not 0."),
        (lambda: sample(cases=100_000), "Ask for 1 to 99,999 cases an area, not 100,000."),
        (lambda: sample(until=date(1899, 12, 31)), "Choose a last day between 1900 and 2100, not 1899-12-31."),
        (lambda: sample(facts=19), "Ask for 20 to 400 facts a case, not 19."),
    ],
)
def test_the_impossible_is_refused_in_a_sentence(ask: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(SampleRefused, match=f"^{sentence}$"):
        ask()


def test_the_longest_histories_begin_when_people_are_grown_up() -> None:
    for case in generate(sample(areas=1, cases=40, facts=400)):
        assert case.person is not None
        assert (case.facts[0].on - case.person.born_on).days > 18 * 365.25
