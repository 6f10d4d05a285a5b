"""What generated boards say: seats, a year of meetings, a plan and reports that fit together, day after day."""

from datetime import date, timedelta

from openmappa.core.board.plan import Step, refusal
from openmappa.core.packs.load_board import load_board
from openmappa.core.synthetic.content.board import link_words, words

AGENCIES = {words.POLICE, words.PROBATION, words.PRISON, words.HOUSING, words.HEALTH, words.SOCIAL}
RULES = load_board("england-wales-2005")
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
