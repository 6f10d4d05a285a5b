"""What generated boards say: seats, a year of meetings, a plan and reports that fit together, day after day."""

from datetime import date, timedelta

from openmappa.core.board.annual_report import Section
from openmappa.core.board.plan import Step, refusal
from openmappa.core.inspection.scores import Answer
from openmappa.core.packs.case_audits_rules import AskedOf
from openmappa.core.packs.load import load_further_offences, load_inspection_framework
from openmappa.core.packs.load_board import load_board, load_case_audits
from openmappa.core.synthetic.content.board import (
    audit_words,
    earlier_words,
    learning_words,
    link_words,
    report_words,
    words,
)

AGENCIES = {words.POLICE, words.PROBATION, words.PRISON, words.HOUSING, words.HEALTH, words.SOCIAL}
PACK = "england-wales-2005"
RULES, FORM = load_board(PACK), load_case_audits(PACK)
TODAY = date(2005, 6, 30)
SITTING = [seat for seat in words.SEATS if not seat.ended]


def test_the_three_responsible_authorities_sit_one_chairs_and_two_are_lay_advisers() -> None:
    assert {seat.agency for seat in SITTING if seat.kind == "responsible"} == {
        words.POLICE,
        words.PROBATION,
        words.PRISON,
    }
    assert [seat.agency for seat in SITTING if seat.chairs] == [words.POLICE]
    assert [seat.kind for seat in SITTING if seat.agency == words.LAY] == ["lay", "lay"]
    assert {seat.agency for seat in words.SEATS} == {*AGENCIES, words.LAY}


def test_each_of_four_meetings_says_for_each_of_eight_members_how_they_came_and_decides_something() -> None:
    assert len(words.MEETINGS_AGO) == len(words.CAME) == len(words.SAID) == 4
    assert list(words.MEETINGS_AGO) == sorted(words.MEETINGS_AGO, reverse=True)
    for came, (said, decided) in zip(words.CAME, words.SAID, strict=True):
        assert len(came) == len(SITTING)
        assert set(came) <= set("adpx")
        assert said.endswith(".")
        assert decided and {one.agency for one in decided} <= {*AGENCIES, ""}
        assert all(one.text.endswith(".") and one.reasons.endswith(".") for one in decided)


def test_what_was_said_of_each_action_is_what_a_board_could_have_entered_on_the_day_of_its_meeting() -> None:
    for action in (action for aim in words.AIMS for action in aim.actions):
        due_on = TODAY + timedelta(days=action.due_in)
        for note in action.notes:
            assert note.meeting >= 1
            on = TODAY - timedelta(days=words.MEETINGS_AGO[note.meeting])
            moved_to = due_on + timedelta(days=note.days) if note.days else None
            step = Step(note.step)
            assert refusal(step, note.words, due_on=due_on, on=on, moved_to=moved_to, late_words=note.late) == {}
            assert bool(note.late) == (step is Step.DONE and on > due_on), action.text
            due_on = moved_to or due_on


def test_a_report_to_another_body_is_answered_after_it_was_made_and_by_a_body_of_a_known_kind() -> None:
    assert {body.kind for body in link_words.BODIES} <= {kind.id for kind in RULES.bodies}
    assert {body.sits for body in link_words.BODIES} <= {*AGENCIES, ""}
    reports = [report for body in link_words.BODIES for report in body.reports]
    assert len(reports) == 4
    assert all(not report.answered_ago or report.answered_ago < report.days_ago for report in reports)
    assert all(bool(report.answer) == bool(report.answered_ago) for report in reports)


def test_the_meetings_before_the_last_year_are_older_and_say_how_everybody_came_who_had_a_seat() -> None:
    assert list(earlier_words.EARLIER_AGO) == sorted(earlier_words.EARLIER_AGO, reverse=True)
    assert min(earlier_words.EARLIER_AGO) > max(words.MEETINGS_AGO)
    told = zip(earlier_words.EARLIER_AGO, earlier_words.EARLIER_CAME, earlier_words.EARLIER_SAID, strict=True)
    for ago, came, (said, decided) in told:
        assert len(came) == sum(seat.ended < ago <= seat.days for seat in words.SEATS), ago
        assert set(came) <= set("adpx") and said.endswith(".")
        assert {one.agency for one in decided} <= {*AGENCIES, ""}


def test_each_audited_case_is_answered_by_the_whole_form_as_its_words_say() -> None:
    assert set(audit_words.CRITERIA) == {one.id for one in FORM.criteria}
    for deck, level in ((audit_words.MET, "2"), (audit_words.NOT_MET, "1")):
        asked = {one.id for one in FORM.of_level(level)}
        for place, case in enumerate(deck):
            assert {*case.weak, *case.poor, *case.excellent} <= asked
            for criterion in asked:
                found = audit_words.answered(criterion, case, place)
                below = criterion in case.weak or criterion in case.poor
                assert found.evidence and (found.answer is Answer.NOT_APPLICABLE) == (found.cites == "")
                assert (found.answer in (Answer.NOT_SUFFICIENT, Answer.POOR)) == below
                assert (found.answer is Answer.EXCELLENT) == (criterion in case.excellent)
    assert {one.asked_of for one in FORM.of_level("1")} == {AskedOf.ALL}
    said = [words for deck in (audit_words.MET, audit_words.NOT_MET) for case in deck for words in case[:2]]
    assert len(said) == len(set(said))


def test_one_audit_is_closed_with_its_summary_and_one_is_under_way() -> None:
    closed, going = audit_words.AUDITS
    assert closed.finished == closed.cases and closed.strengths and closed.improvements
    assert closed.listed_ago > closed.closed_ago > 0
    assert (going.closed_ago, going.strengths) == (0, "") and going.finished < going.cases


def test_lessons_and_practice_are_of_what_the_packs_know() -> None:
    rules = load_further_offences(PACK)
    for lesson in learning_words.LESSONS:
        assert lesson.audience in {one.id for one in rules.audiences}
        assert lesson.practice_area in {one.id for one in rules.practice_areas}
    assert [lesson.shared for lesson in learning_words.LESSONS] == [True, False]
    criteria = {one.code for one in load_inspection_framework(PACK).criteria}
    assert {entry.criterion for entry in learning_words.PRACTICE} <= criteria


def test_what_a_board_writes_in_its_report_is_to_sections_that_it_has_and_begins_with_a_foreword() -> None:
    for said in (report_words.DRAFTED, report_words.PUBLISHED):
        assert next(iter(said)) == Section.FOREWORD
        assert set(said) <= set(Section)
