"""When a case may be sent, taken on and given back; and whether responsibility was ever unclear."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.access import Rank
from openmappa.core.errors import PackError
from openmappa.core.mappa.transfers import (
    HeldMeeting,
    Holders,
    Request,
    Span,
    accepting_objections,
    answer_by,
    faults_of,
    may_approve,
    may_give_back,
    meetings_that_count,
    missing_answers,
    needs_chief_officer,
    needs_meeting,
    ranks_in_words,
    remind_again,
    sending_objections,
)
from openmappa.core.packs import load
from openmappa.core.packs.load import load_transfers
from openmappa.core.packs.reading import PackTable
from openmappa.core.packs.transfers_rules import read_transfers

RULES = load_transfers("england-wales-2005")
ASKED, TODAY = date(2005, 3, 1), date(2005, 3, 20)
BOTH, NOBODY = Holders(police=True, probation=True), Holders(police=False, probation=False)


def request(level: int | None, *, approved: bool = False) -> Request:
    return Request(level, ASKED, approved)


@pytest.mark.parametrize(("level", "needed"), [(None, False), (1, False), (2, True), (3, True)])
def test_a_meeting_comes_first_at_level_2_and_3(level: int | None, needed: bool) -> None:
    assert needs_meeting(RULES, level) is needed
    assert bool(sending_objections(RULES, request(level, approved=True), [], TODAY)) is needed


def test_a_chief_officer_approves_at_level_3_alone() -> None:
    assert [needs_chief_officer(RULES, level) for level in (None, 1, 2, 3)] == [False, False, False, True]
    held = [HeldMeeting(TODAY, 3, invited=True)]
    assert sending_objections(RULES, request(3, approved=True), held, TODAY) == ()
    (sentence,) = sending_objections(RULES, request(3), held, TODAY)
    assert sentence == (
        "A chief officer of your area has to approve it first: at Level 3 that takes a superintendent, detective "
        "superintendent, assistant chief constable, assistant chief officer or chief officer."
    )


def test_which_ranks_count_stands_in_the_pack() -> None:
    assert {rank for rank in Rank if may_approve(RULES, rank)} == {
        Rank.SUPERINTENDENT,
        Rank.DETECTIVE_SUPERINTENDENT,
        Rank.ASSISTANT_CHIEF_CONSTABLE,
        Rank.ASSISTANT_CHIEF_OFFICER,
        Rank.CHIEF_OFFICER,
    }
    content = raw()
    content["chief_officer"]["ranks"] = ["assistant_chief_officer"]
    only = read_transfers(PackTable(content, "x.toml"))
    assert ranks_in_words(only) == "assistant chief officer"
    assert "takes an assistant chief officer." in sending_objections(only, request(3), [], TODAY)[-1]


@pytest.mark.parametrize(
    ("held_on", "today", "counts"),
    [
        (ASKED, ASKED, True),
        (ASKED - timedelta(days=1), TODAY, False),
        (ASKED, ASKED + timedelta(days=28), True),
        (ASKED, ASKED + timedelta(days=29), False),
        (TODAY + timedelta(days=1), TODAY, False),
    ],
)
def test_the_meeting_was_held_since_the_request_and_not_more_than_28_days_before(
    held_on: date, today: date, counts: bool
) -> None:
    assert bool(meetings_that_count(RULES, request(2), [HeldMeeting(held_on, 2)], today)) is counts


def test_a_meeting_with_the_other_area_invited_counts_before_a_later_one_without() -> None:
    first, second = HeldMeeting(ASKED, 2, invited=True), HeldMeeting(TODAY, 2)
    assert meetings_that_count(RULES, request(2), [second, first], TODAY) == (first, second)
    assert sending_objections(RULES, request(2), [second], TODAY) != ()
    assert sending_objections(RULES, request(2), [second], TODAY, invited_how="By phone.") == ()
    assert sending_objections(RULES, request(2), [first, second], TODAY) == ()


@pytest.mark.parametrize(
    ("held_by", "named", "objections"),
    [
        (BOTH, BOTH, 0),
        (BOTH, Holders(police=True, probation=False), 1),
        (BOTH, Holders(police=False, probation=True), 1),
        (BOTH, NOBODY, 3),
        (NOBODY, NOBODY, 1),
        (NOBODY, Holders(police=True, probation=False), 0),
    ],
)
def test_each_service_that_holds_the_case_names_somebody(held_by: Holders, named: Holders, objections: int) -> None:
    assert len(accepting_objections(RULES, 1, approved=False, held_by=held_by, named=named)) == objections


def test_at_level_3_the_receiving_side_has_a_chief_officer_too() -> None:
    found = accepting_objections(RULES, 3, approved=False, held_by=BOTH, named=BOTH)
    assert [sentence[:15] for sentence in found] == ["A chief officer"]
    assert accepting_objections(RULES, 3, approved=True, held_by=BOTH, named=BOTH) == ()


def test_the_checklist_is_answered_whole() -> None:
    answers = {question.id: "Yes." for question in RULES.checklist}
    assert missing_answers(RULES, answers) == ()
    assert missing_answers(RULES, answers | {"risk": "  "}) == ("risk",)
    assert missing_answers(RULES, {}) == tuple(question.id for question in RULES.checklist)


def test_an_answer_is_due_after_5_working_days_and_reminded_of_every_2_days_from_the_day_after() -> None:
    due = answer_by(RULES, date(2005, 3, 4))
    assert due == date(2005, 3, 11)
    after = [due + timedelta(days=number) for number in range(5)]
    assert [remind_again(RULES, due, None, day) for day in after] == [False, True, True, True, True]
    assert [remind_again(RULES, due, after[1], day) for day in after] == [False, False, False, True, True]


def test_an_error_is_given_back_for_28_days() -> None:
    assert may_give_back(RULES, ASKED, ASKED + timedelta(days=28))
    assert not may_give_back(RULES, ASKED, ASKED + timedelta(days=29))


# ---- responsibility

START = datetime(2005, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@given(st.lists(st.integers(1, 10_000), max_size=8))
def test_spans_that_begin_where_the_last_ended_are_never_unclear(minutes: list[int]) -> None:
    instants = [START]
    for number in minutes:
        instants.append(instants[-1] + number * MINUTE)
    chain = [Span(begins, until) for begins, until in zip(instants, [*instants[1:], None], strict=True)]
    assert faults_of(chain) == ()


@given(st.integers(-500, 500).filter(bool))
def test_one_minute_too_many_or_too_few_is_found(minutes: int) -> None:
    end = START + 1000 * MINUTE
    (fault,) = faults_of([Span(START, end), Span(end + minutes * MINUTE, None)])
    assert fault.startswith("Nobody from" if minutes > 0 else "Two at once from")


def test_no_chain_an_end_without_a_successor_and_two_without_an_end_are_faults() -> None:
    assert faults_of([]) == ("Nobody is responsible.",)
    assert faults_of([Span(START, START + MINUTE)]) == (f"Nobody since {(START + MINUTE).isoformat()}.",)
    assert faults_of([Span(START, None), Span(START + MINUTE, None)]) == (
        f"Two at once from {(START + MINUTE).isoformat()}.",
    )


# ---- the pack


def raw() -> dict[str, Any]:
    path = Path(load.__file__).parent / "england_wales_2005" / "mappa_transfers.toml"
    return tomllib.loads(path.read_text())


def test_what_is_no_ground_stands_in_the_pack_and_a_ground_is_found_by_its_id() -> None:
    found = RULES.ground("no_meeting")
    assert found is not None
    assert found.source.text == "9.8"
    assert RULES.ground("no_room") is None
    assert "a shortage of people, money or places" in RULES.no_grounds.words
    assert (RULES.meeting.assumption, RULES.answer.assumption, RULES.give_back.assumption) == (True, True, True)


@pytest.mark.parametrize(
    ("table", "key", "value", "said"),
    [
        ("meeting", "within_days", 0, "`within_days` must be 1 or more"),
        ("meeting", "levels", [4], "`levels` must be a list of MAPPA levels"),
        ("chief_officer", "ranks", ["chief_oficer"], "`ranks` names 'chief_oficer', which is no rank"),
        ("", "checklist", [raw()["checklist"][0]] * 2, "two of `checklist` have the same id"),
        ("", "grounds", [raw()["grounds"][0]] * 2, "two of `grounds` have the same id"),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(table: str, key: str, value: object, said: str) -> None:
    content = raw()
    (content[table] if table else content)[key] = value
    with pytest.raises(PackError, match=said):
        read_transfers(PackTable(content, "mappa_transfers.toml"))
