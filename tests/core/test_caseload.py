# ruff: noqa: E501 (sentences are checked whole)
"""The caseload file: what is taken, what is refused and how it is said."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.caseload import CaseRecord, Header, Name, header_line, read_case, read_header, record_line
from openmappa.core.standards.facts import KINDS
from tests.core.standards.cases import histories

HEADER = b'{"format": "openmappa-caseload/1", "source": "legacy-register", "made_on": "2005-03-31"}\n'
PERSON = {
    "given_names": "Sample",
    "family_name": "Testcase",
    "aliases": [{"given_names": "S", "family_name": "Madeup-Example"}],
    "born_on": "1961-04-02",
    "sex": "male",
    "ethnicity": "white_british",
    "pnc_id": "61/0012X",
    "crn": "N000012",
}
CASE: dict[str, Any] = {
    "case": "NSH-00012",
    "area": "northshire",
    "force": "A",
    "person": PERSON,
    "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
    "facts": [
        {"kind": "registered", "on": "2004-03-01", "recorded_on": "2004-03-02"},
        {"kind": "rm2000_completed", "on": "2004-03-05", "band": "high", "rank": "constable"},
    ],
}


def line(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def changed(**fields: Any) -> dict[str, Any]:
    return {**CASE, **fields}


def fact(**fields: Any) -> dict[str, Any]:
    return changed(facts=[fields])


def person(**fields: Any) -> dict[str, Any]:
    return changed(person={**PERSON, **fields})


def said(content: Any) -> list[str]:
    found = read_case(7, content if isinstance(content, bytes) else line(content))
    assert isinstance(found, list)
    return [str(problem).removeprefix("line 7, ") for problem in found]


def taken(content: Any) -> CaseRecord:
    found = read_case(7, line(content))
    assert isinstance(found, CaseRecord)
    return found


def test_a_case_is_read_with_person_staff_and_facts() -> None:
    record = taken(CASE)
    assert (record.reference, record.area, record.force) == ("NSH-00012", "northshire", "A")
    assert record.person is not None
    assert record.person.born_on == date(1961, 4, 2)
    assert record.person.aliases == (Name("S", "Madeup-Example"),)
    assert record.staff == {"case_manager": "n.probation1", "police_officer": "n.police1"}
    assert [(fact.kind, fact.on, fact.recorded_on) for fact in record.facts] == [
        ("registered", date(2004, 3, 1), date(2004, 3, 2)),
        ("rm2000_completed", date(2004, 3, 5), date(2004, 3, 5)),
    ]
    assert record.facts[1].details == {"band": "high", "rank": "constable"}


def test_a_case_is_written_back_as_it_was_read() -> None:
    assert record_line(taken(CASE)) == line(CASE)


def test_person_and_staff_may_be_left_out_and_stay_out() -> None:
    bare = {"case": "NSH-00013", "area": "northshire", "force": "A", "facts": []}
    assert taken(bare).person is None
    assert record_line(taken(bare)) == line(bare)


def test_what_is_not_known_of_a_person_may_be_left_out_and_stays_out() -> None:
    short = {"given_names": "Sample", "family_name": "Testcase", "born_on": "1961-04-02", "sex": "male"}
    assert record_line(taken(changed(person=short))) == line(changed(person=short))


def test_the_header_is_read_and_written_back() -> None:
    assert read_header(HEADER) == Header("legacy-register", date(2005, 3, 31))
    assert header_line(Header("legacy-register", date(2005, 3, 31))) == HEADER


def test_letters_beyond_ascii_spaces_and_colons_are_taken_as_they_are() -> None:
    odd = person(family_name="Testcase: O’Madeup\u00a0Élan")
    assert taken(odd).person == taken(CASE).person._replace(family_name="Testcase: O’Madeup\u00a0Élan")  # type: ignore[union-attr]
    spaced = json.dumps(CASE, indent=1).replace("\n", " ").encode()
    assert read_case(2, spaced) == taken(CASE)


def test_numbers_past_64_bits_are_whole_numbers_too() -> None:
    assert taken(fact(kind="visit_interval_set", on="2004-03-01", months=10**20)).facts[0].details == {"months": 10**20}


@given(histories())
def test_every_case_comes_back_from_its_line(facts: list[Any]) -> None:
    record = CaseRecord("NSH-1", "northshire", "B", None, {}, tuple(facts))
    assert read_case(2, record_line(record)) == record


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\n", "the line: found nothing; expected one JSON object on one line"),
        (b"\xff", "the line: found a byte that is not UTF-8, at byte 1; expected UTF-8 text"),
        (
            b'\xef\xbb\xbf{"case": 1}',
            "the line: found a byte order mark before the text (save the file as UTF-8 without one); "
            "expected one JSON object on one line",
        ),
        (
            b'{"case": }',
            "the line: found something that is not JSON, at character 10 (Expecting value); "
            "expected one JSON object on one line",
        ),
        (
            b'{"case": NaN}',
            "the line: found something that is not JSON (NaN is no number in JSON); expected one JSON object on one line",
        ),
        (b"[" * 100_000, "the line: found brackets nested too deeply; expected one JSON object"),
        ([1], "the line: found a list; expected one case, a JSON object"),
        (HEADER, "format: found a second header; expected a case; one file has one header, on its first line"),
        (changed(case=""), 'case: found ""; expected text of 1 to 60 characters'),
        (changed(force=3), "force: found 3; expected text of 1 to 20 characters"),
        (changed(area="x" * 41), "area: found text of 41 characters; expected text of 1 to 40 characters"),
        (changed(area="north\u0000shire"), 'area: found "north\\u0000shire"; expected text without control characters'),
        (
            changed(forse="A"),
            "forse: found an unknown field; expected only case, area, force, person, staff, facts (did you mean force?)",
        ),
        (changed(facts={}), "facts: found an object; expected a list of facts"),
        (changed(facts=[3]), "fact 1: found 3; expected an object with kind and on"),
        (changed(staff=[]), "staff: found a list; expected an object with case_manager, police_officer or both"),
        (changed(staff={"case_manager": None}), "staff, case_manager: found null; expected text of 1 to 60 characters"),
        (
            changed(staff={"typist": "x"}),
            "staff, typist: found an unknown field; expected only case_manager, police_officer",
        ),
        (changed(person=None), "person: found null; expected an object with the person's names and date of birth"),
        (person(aliases="S"), 'person, aliases: found "S"; expected a list of names'),
        (person(aliases=["S"]), 'person, alias 1: found "S"; expected an object with given_names and family_name'),
        (person(aliases=[{"given_names": "S"}]), "person, alias 1, family_name: found nothing; expected this field"),
        (
            person(aliases=[{"given_names": "S", "family_name": "T", "x": 1}]),
            "person, alias 1, x: found an unknown field; expected only given_names, family_name",
        ),
        (person(born_on=1961), "person, born_on: found 1961; expected a day such as 2004-03-01, in quotes"),
        (person(nickname="S"), None),
        (
            fact(kind="registered", on="2004-02-30"),
            'fact 1, on: found "2004-02-30"; expected a day that exists, such as 2004-03-01',
        ),
        (
            fact(kind="registered", on="2004-03-01T10:00"),
            'fact 1, on: found "2004-03-01T10:00"; expected a day such as 2004-03-01, in quotes',
        ),
        (fact(kind="registered"), "fact 1 (registered), on: found nothing; expected this field"),
        (fact(on="2004-03-01"), "fact 1, kind: found nothing; expected this field"),
        (
            fact(kind="home_visits", on="2004-03-01"),
            'fact 1, kind: found "home_visits"; expected a kind of fact (did you mean home_visit?)',
        ),
        (fact(kind=["x"], on="2004-03-01"), "fact 1, kind: found a list; expected a kind of fact"),
        (
            fact(kind="registered", on="2004-03-01", recorded_on="soon"),
            'fact 1, recorded_on: found "soon"; expected a day such as 2004-03-01, in quotes',
        ),
        (
            fact(kind="registered", on="2004-03-01", end="2009-03-01"),
            "fact 1 (registered), end: found an unknown field; expected only kind, on, ends, recorded_on "
            "(did you mean ends?)",
        ),
        (
            fact(kind="case_closed", on="2004-03-01", why="x"),
            "fact 1 (case_closed), why: found an unknown field; expected only kind, on, recorded_on",
        ),
        (fact(kind="minutes_filed", on="2004-03-01"), "fact 1 (minutes_filed), service: found nothing; expected this field"),
        (
            fact(kind="minutes_filed", on="2004-03-01", service="polic"),
            'fact 1, service: found "polic"; expected one of police, probation (did you mean police?)',
        ),
        (
            fact(kind="mappa_meeting_held", on="2004-03-01", level=True),
            "fact 1, level: found true; expected one of 2, 3",
        ),
        (
            fact(kind="home_visit", on="2004-03-01", service="police", outcome="seen", announced=1, joint=False),
            "fact 1, announced: found 1; expected true or false",
        ),
        (
            fact(kind="visit_interval_set", on="2004-03-01", months=0),
            "fact 1, months: found 0; expected a whole number from 1 up, or null",
        ),
        (
            fact(kind="action_agreed", on="2004-03-01", action=" ", due_on="2004-04-31", service="police"),
            None,
        ),
        (
            fact(kind="registered", on="1961-04-01"),
            "fact 1, on: found 1961-04-01; expected a day not before the person was born, 1961-04-02",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_field_found_and_expected(content: Any, sentence: str | None) -> None:
    sentences = said(content)
    if sentence is not None:
        assert sentences == [sentence]


def test_every_problem_of_a_line_is_said_at_once() -> None:
    assert said(fact(kind="action_agreed", on="2004-03-01", action=" ", due_on="2004-04-31", service="police")) == [
        'fact 1, action: found " "; expected text of 1 to 200 characters',
        'fact 1, due_on: found "2004-04-31"; expected a day that exists, such as 2004-03-01',
    ]
    assert len(said({"staff": {"x": 1}, "facts": [{}, {"kind": "x", "on": "y"}]})) == 8


def test_a_field_that_stands_twice_is_a_problem_though_the_values_are_good() -> None:
    raw = line(CASE).replace(b'"force": "A"', b'"force": "A", "force": "B"')
    assert said(raw) == ["force: found the field twice in one object; expected each field once"]


def test_long_and_unprintable_names_are_shown_short_and_clean() -> None:
    assert said(changed(**{"x" * 90: 1}))[0].startswith(f"{'x' * 59}…: found an unknown field")
    assert said(changed(**{"x\u0007": 1}))[0].startswith('"x\\u0007": found an unknown field')


@pytest.mark.parametrize(
    ("raw", "sentences"),
    [
        (b"", ["line 1, the line: found nothing; expected one JSON object on one line"]),
        (
            line(CASE),
            [
                'line 1, format: found a case; expected the header, '
                '{"format": "openmappa-caseload/1", "source": …, "made_on": …}'
            ],
        ),
        (
            b"[]",
            [
                'line 1, format: found no header; expected the header, '
                '{"format": "openmappa-caseload/1", "source": …, "made_on": …}'
            ],
        ),
        (
            b'{"format": "openmappa-caseload/2", "made_on": "2005", "by": "x"}',
            [
                "line 1, source: found nothing; expected this field",
                "line 1, by: found an unknown field; expected only format, source, made_on",
                'line 1, format: found "openmappa-caseload/2"; expected "openmappa-caseload/1"',
                'line 1, made_on: found "2005"; expected a day such as 2004-03-01, in quotes',
            ],
        ),
    ],
)  # fmt: skip
def test_a_bad_header_is_refused(raw: bytes, sentences: list[str]) -> None:
    found = read_header(raw)
    assert isinstance(found, list)
    assert [str(problem) for problem in found] == sentences


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.just("2004-03-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def nearly_right(draw: st.DrawFn) -> Any:
    """A case in which one thing, somewhere, is another."""
    content = json.loads(json.dumps(CASE))
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    details = {detail.name: draw(JSON) for detail in kind.details}
    content["facts"].append({"kind": kind.name, "on": "2004-05-01", **details})
    place = draw(st.sampled_from([content, content["person"], content["staff"], *content["facts"]]))
    place[draw(st.sampled_from([*place, "x"]))] = draw(JSON)
    return content


@given(st.one_of(JSON, nearly_right()))
def test_a_line_is_either_taken_or_refused_with_reasons_and_never_anything_else(content: Any) -> None:
    found = read_case(2, json.dumps(content).encode())
    if isinstance(found, CaseRecord):
        assert read_case(2, record_line(found)) == found
    else:
        assert found
        assert all(problem.found and problem.expected for problem in found)
