"""What inspectors of a demonstration answer: near what was printed, and complete enough to be signed."""

from openmappa.core.inspection.framework import AppliesTo, AskedOf, Question
from openmappa.core.inspection.scores import Answer
from openmappa.core.packs.load import (
    IN_SERVICE,
    load_inspection_framework,
    load_inspection_interviews,
    load_inspection_report,
)
from openmappa.core.synthetic.content.inspected.interview_words import INTERVIEWS, THEMES
from openmappa.core.synthetic.content.inspected.judged import NOT_PRINTED, Judged, judged, printed_lines
from openmappa.core.synthetic.content.inspected.words import (
    BECAME,
    DRAFT,
    EARLIER_FINDINGS,
    EARLIER_RECOMMENDATIONS,
    FINDINGS,
)

FRAMEWORK = load_inspection_framework(IN_SERVICE[0])
LINES = printed_lines(load_inspection_report(IN_SERVICE[0]))
QUESTIONS = FRAMEWORK.asked_of(AskedOf.CASE)


def one(question: Question, at: int, *, second: bool = False, offered: str = "", records: int = 5) -> Judged:
    return judged(question, f"case{at}", second=second, lines=LINES, offered=offered, records=records)


def test_smart_objectives_are_above_the_line_in_about_26_of_100_cases_as_the_report_printed() -> None:
    question = FRAMEWORK.question("smart_objectives")
    given = [Answer(one(question, at).answer) for at in range(400)]
    share = 100 * sum(answer.is_above_the_line for answer in given) / len(given)
    assert LINES["smart_objectives"] == 26
    assert abs(share - 26) < 6
    assert "isp_integrates_mappa_plan" in LINES
    assert LINES["isp_integrates_mappa_plan"] == 100 - 85
    assert "objectives_address_issues" not in LINES or LINES["objectives_address_issues"] != NOT_PRINTED


def test_each_answer_is_one_that_may_be_given_and_rests_on_something_or_says_that_nothing_was_there() -> None:
    for question in QUESTIONS:
        for at in range(40):
            for second in (False, True):
                found = one(question, at, second=second)
                allowed = {*question.answers, Answer.NOT_APPLICABLE}
                assert found.answer in allowed
                assert found.answer == Answer.NOT_APPLICABLE or found.records or found.no_evidence
                assert not (found.no_evidence and (found.records or found.passage))
                if question.applies_to is not AppliesTo.RELEVANT:
                    assert found.answer != Answer.NOT_APPLICABLE


def test_an_offer_is_mostly_confirmed_and_where_it_is_not_there_is_a_reason() -> None:
    question = FRAMEWORK.question("home_visits_as_planned")
    given = [one(question, at, offered=Answer.POOR) for at in range(300)]
    overruled = [each for each in given if each.answer != Answer.POOR]
    assert 5 < len(overruled) < 60
    assert all(each.because for each in overruled)
    assert not any(each.because for each in given if each.answer == Answer.POOR)


def test_a_second_reader_mostly_agrees_and_differs_by_one_point() -> None:
    question = FRAMEWORK.question("plan_content_appropriate")
    order = list(question.answers)
    pairs = [(one(question, at).answer, one(question, at, second=True).answer) for at in range(300)]
    apart = [abs(order.index(first) - order.index(second)) for first, second in pairs]
    assert set(apart) == {0, 1}
    assert 15 < sum(apart) < 75


def test_without_a_record_there_was_no_evidence() -> None:
    found = one(FRAMEWORK.question("plan_content_appropriate"), 1, records=0)
    assert (found.no_evidence, found.records) == (True, ())


def test_what_is_found_cites_questions_of_its_criterion_and_each_recommendation_was_followed_up() -> None:
    criteria = {criterion.code: {each.code for each in criterion.questions} for criterion in FRAMEWORK.criteria}
    for words in (*FINDINGS, DRAFT, *EARLIER_FINDINGS):
        assert set(words.questions) <= criteria[words.criterion], words.criterion
        assert set(words.themes) <= set(THEMES)
    assert len(BECAME) == len(EARLIER_RECOMMENDATIONS)


def test_each_interview_notes_questions_that_its_role_is_asked_and_quotes_what_was_noted() -> None:
    schedule = load_inspection_interviews(IN_SERVICE[0])
    for interview in INTERVIEWS:
        asked = {question.number for question in schedule.asked_of(interview.role)}
        assert set(interview.notes) <= asked, interview.whom
        assert {quote.question for quote in interview.quotes} <= set(interview.notes), interview.whom
        assert {quote.theme for quote in interview.quotes} <= set(THEMES)
        assert bool(interview.notes) or not interview.finished
        assert interview.in_days < 0 or not interview.finished
        assert not (interview.dropped and (interview.finished or interview.notes))
    assert {quote.theme for interview in INTERVIEWS for quote in interview.quotes} == set(THEMES)
    assert {quote.attributable for interview in INTERVIEWS for quote in interview.quotes} == {True, False}
