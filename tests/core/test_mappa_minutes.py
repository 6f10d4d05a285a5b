"""What a meeting needs before it ends, its review, its copies and its draft."""

from dataclasses import replace
from datetime import date

import pytest

from openmappa.core.compartments import Compartment
from openmappa.core.mappa.minutes import (
    Attended,
    Closing,
    Considered,
    Decided,
    Gap,
    gaps,
    is_later_than_allowed,
    latest_review,
    lines_for,
    parts_of_copy,
    told_to_the_offender,
)
from openmappa.core.mappa.minutes_draft import Agreed, DraftLine, Held, Presence, Spoken, draft

HELD = date(2005, 3, 10)
MONTHS = {2: 3, 3: 1}
WHOLE = Closing(
    chair="Ann Pike",
    attended=[Attended("Ann Pike", True, True, True), Attended("Ben Moor", True)],
    considered=[Considered(False, reasons="Nobody is at risk whom he could meet.")],
    decided=[Decided("He moves to the hostel.", "The flat faces a school.")],
    unaccounted=[],
    level=2,
    level_reasons="Two agencies are needed.",
    held_on=HELD,
    review_on=date(2005, 6, 10),
    review_reason="",
    months=MONTHS,
)
DISCLOSED = Considered(True, "His convictions.", "The head teacher", "PC Low", date(2005, 3, 14))


def test_a_whole_meeting_lacks_nothing() -> None:
    assert gaps(WHOLE) == []
    assert gaps(replace(WHOLE, considered=[DISCLOSED])) == []


def test_an_empty_meeting_is_told_everything_at_once_in_the_order_of_its_page() -> None:
    empty = Closing("", [], [], [], ["A1", "A2", "A3"], None, "", HELD, None, "", MONTHS)
    assert [gap.place for gap in gaps(empty)] == ["chair", "attendance", "actions", "disclosure", "level"]
    assert gaps(empty)[2].sentence.startswith("Account for these actions of the last meeting: A1, A2 and A3.")


@pytest.mark.parametrize(
    ("attended", "sentence"),
    [
        ([Attended("Ann", False), Attended("Ben", True, True, True)], "Write down whether these attended: Ann."),
        ([Attended("Ann", True, True), Attended("Ben", True, True)], "Add the rank or grade of these: Ann and Ben."),
        (
            [Attended("Ann", True)],
            "Nobody attended, by what is written down. A meeting that was not held is taken off.",
        ),
    ],
)
def test_attendance_is_written_for_everyone_with_rank(attended: list[Attended], sentence: str) -> None:
    assert gaps(replace(WHOLE, attended=attended)) == [Gap("attendance", sentence)]


def test_one_action_is_named_alone() -> None:
    [gap] = gaps(replace(WHOLE, unaccounted=["A7"]))
    assert gap.sentence.startswith("Account for this action of the last meeting: A7. Each is done, carried over")


def test_a_decision_has_words_and_reasons() -> None:
    decided = [Decided(" ", "x"), Decided("He moves to the hostel in the other town, and stays there until June", "")]
    assert [gap.sentence for gap in gaps(replace(WHOLE, decided=decided))] == [
        "Decision 1 has no words. Write what was decided, or remove it.",
        "Give the reasons for the decision “He moves to the hostel in the other town, and stays there u…”.",
    ]


@pytest.mark.parametrize(
    ("considered", "sentence"),
    [
        (Considered(None), "Disclosure 1: add whether it is made."),
        (Considered(False, what="All of it"), "Disclosure 1: add why not."),
        (replace(DISCLOSED, to_whom=" "), "Disclosure 1: add to whom."),
        (Considered(True), "Disclosure 1: add to whom, what is disclosed, who does it and by when."),
    ],
)
def test_disclosure_says_to_whom_what_by_whom_when_or_why_not(considered: Considered, sentence: str) -> None:
    assert gaps(replace(WHOLE, considered=[considered])) == [Gap("disclosure", sentence)]


def test_disclosure_is_considered_every_time() -> None:
    [gap] = gaps(replace(WHOLE, considered=[]))
    assert gap.sentence.startswith("Write down that disclosure was considered")


def test_the_level_needs_its_reasons_even_where_it_stays() -> None:
    [gap] = gaps(replace(WHOLE, level_reasons=" "))
    assert gap == Gap("level", "Give the reasons for the level, also where it stays.")


def test_level_2_is_reviewed_within_3_months_and_level_3_within_1() -> None:
    assert latest_review(2, HELD, MONTHS) == date(2005, 6, 10)
    assert latest_review(3, HELD, MONTHS) == date(2005, 4, 10)
    assert latest_review(1, HELD, MONTHS) is None
    assert not is_later_than_allowed(2, HELD, date(2005, 6, 10), MONTHS)
    assert is_later_than_allowed(2, HELD, date(2005, 6, 11), MONTHS)
    assert not is_later_than_allowed(None, HELD, date(2009, 1, 1), MONTHS)
    assert not is_later_than_allowed(2, HELD, None, MONTHS)


@pytest.mark.parametrize(
    ("level", "review_on", "reason", "sentence"),
    [
        (2, None, "", "Set the date of the next review before the meeting ends."),
        (1, None, "", "Set the date of the next review, or say why there is none."),
        (2, HELD, "", "The next review must be after this meeting. Set a later day."),
        (
            2,
            date(2005, 6, 11),
            "",
            "The review is later than 3 months after the meeting, which Level 2 allows. Set an earlier day, or give "
            "the reason: the coordinator and line managers read it.",
        ),
        (
            3,
            date(2005, 4, 11),
            "",
            "The review is later than 1 month after the meeting, which Level 3 allows. Set an earlier day, or give the "
            "reason: the coordinator and line managers read it.",
        ),
    ],
)
def test_the_review_is_set_before_the_meeting_ends(
    level: int, review_on: date | None, reason: str, sentence: str
) -> None:
    meeting = replace(WHOLE, level=level, review_on=review_on, review_reason=reason)
    assert gaps(meeting) == [Gap("review", sentence)]


def test_a_reason_lets_a_later_review_stand_and_level_1_end_without_one() -> None:
    assert gaps(replace(WHOLE, review_on=date(2005, 9, 1), review_reason="He is in prison until August.")) == []
    assert gaps(replace(WHOLE, level=1, review_on=None, review_reason="One agency is enough now.")) == []


def test_everybody_gets_the_open_part_and_only_those_cleared_the_others() -> None:
    assert parts_of_copy([]) == (Compartment.OPEN,)
    assert parts_of_copy([Compartment.VICTIM, Compartment.INTELLIGENCE]) == (Compartment.OPEN, Compartment.VICTIM)
    assert parts_of_copy(list(Compartment)) == (Compartment.OPEN, Compartment.CONFIDENTIAL, Compartment.VICTIM)


def line(compartment: str, text: str, plain_words: str = "") -> DraftLine:
    return DraftLine("decision", compartment, "Item", "", text, plain_words)


def test_a_copy_holds_the_lines_of_its_parts_and_the_offender_hears_marked_open_decisions() -> None:
    lines = [line("open", "a", "You move."), line("confidential", "b", "No."), line("victim", "c"), line("open", "d")]
    assert [one.text for one in lines_for(["open"], lines)] == ["a", "d"]
    assert [one.text for one in lines_for(["open", "victim"], lines)] == ["a", "c", "d"]
    assert told_to_the_offender(lines) == ["You move."]


MEETING = Held(
    offender="Sam Test, TST-1",
    when="10 March 2005",
    where="County Hall",
    why="He was seen near a school.",
    chairs=[("Ann Pike", "10:00")],
    presences=[Presence("Police", "Ann Pike", "inspector", True), Presence("Housing", "Ben Moor", "apologies", False)],
    spoken=[],
    agreed=[Agreed("A1", "Find a room.", "Housing, Ben Moor", "1 April 2005")],
    level="Level 2, category 1: stays",
    level_reasons="Two agencies are needed.",
    review="By 10 June 2005",
    review_reason="",
)


def texts(held: Held) -> list[tuple[str, str, str, str]]:
    return [(one.compartment, one.heading, one.label, one.text) for one in draft(held)]


def test_the_draft_has_the_meeting_who_was_there_actions_level_and_review() -> None:
    assert texts(MEETING) == [
        ("open", "The meeting", "About", "Sam Test, TST-1"),
        ("open", "The meeting", "When", "10 March 2005"),
        ("open", "The meeting", "Where", "County Hall"),
        ("confidential", "The meeting", "Why the agencies met", "He was seen near a school."),
        ("open", "The meeting", "Chair", "Ann Pike"),
        ("open", "Who was there", "Present", "Police: Ann Pike, inspector"),
        ("open", "Who was there", "Not present", "Housing: Ben Moor, apologies"),
        ("open", "Actions agreed", "Action A1", "Find a room.\nHousing, Ben Moor, by 1 April 2005"),
        ("open", "MAPPA level", "Level 2, category 1: stays", "Two agencies are needed."),
        ("open", "Next review", "", "By 10 June 2005"),
    ]


def test_a_chair_who_changed_is_named_with_from_when() -> None:
    changed = replace(MEETING, chairs=[("Ann Pike", "10:00"), ("Ben Moor", "10:40")])
    assert ("open", "The meeting", "Chair", "Ann Pike, from 10:00\nBen Moor, from 10:40") in texts(changed)


def test_what_was_sent_in_writing_stands_in_the_confidential_part() -> None:
    sent = replace(MEETING, presences=[Presence("Housing", "Ben Moor", "apologies", False, "He owes rent.")])
    assert ("confidential", "Who was there", "Sent in writing by Housing", "He owes rent.") in texts(sent)


@pytest.mark.parametrize(
    ("spoken", "label", "text", "plain"),
    [
        (Spoken("said", "victim", "Victims", "Ann", "She moved."), "Ann", "She moved.", ""),
        (
            Spoken("decision", "open", "Plan", "", "He moves.", "It is near a school.", "Housing.", "You move."),
            "Decision",
            "He moves.\nReasons: It is near a school.\nDissent: Housing.",
            "You move.",
        ),
        (
            Spoken("decision", "confidential", "Plan", "", "Watch him.", "x", "", "You."),
            "Decision",
            "Watch him.\nReasons: x",
            "",
        ),
        (
            Spoken("disclosure", "open", "D", "PC Low", "Convictions.", "Child", "", "", "yes", "The head", "1 May"),
            "Disclosure to The head",
            "Convictions.\nBy PC Low, by 1 May\nReasons: Child",
            "",
        ),
        (
            Spoken("disclosure", "open", "D", "", "", "Nobody is at risk.", "", "", "no", "The club"),
            "No disclosure",
            "Considered: The club\nReasons: Nobody is at risk.",
            "",
        ),
    ],
)
def test_each_line_stays_in_its_part(spoken: Spoken, label: str, text: str, plain: str) -> None:
    lines = draft(replace(MEETING, spoken=[spoken, Spoken("said", "open", "Empty", "Ann", " ")]))
    assert [one for one in lines if one.kind == spoken.kind] == [
        DraftLine(spoken.kind, spoken.compartment, spoken.item, label, text, plain)
    ]
