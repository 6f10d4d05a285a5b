"""Risk of serious harm: what the screening calls for, and the levels by who is at risk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.oasys.harm import levels, overall_harm_level, screening, sections_to_answer
from openmappa.core.packs.oasys_rules import Answer, OasysItem
from tests.core.instruments.oasys.answers import RULES, whole, wholes

SCREENING = RULES.section("harm-screening")
CALLING = [item for item in SCREENING.items if item.calls_for_full_analysis]
FULL = ["harm-current-offences", "harm-previous-offences", "harm-children", "harm-individual-and-other"]


def with_levels(**found: Answer) -> dict[str, dict[str, Answer]]:
    return {"harm-levels": dict(found)}


def test_fourteen_kinds_of_offence_eighteen_events_and_eleven_questions_can_call() -> None:
    assert [len([item for item in CALLING if item.code.startswith(start)]) for start in ("R1.2.", "R1.3.", "R")] == [
        14,
        18,
        43,
    ]


@pytest.mark.parametrize("item", CALLING, ids=lambda item: item.code)
def test_each_of_them_calls_for_the_full_analysis_by_itself(item: OasysItem) -> None:
    for answer in item.calls_for_full_analysis:
        result = screening(RULES, {"harm-screening": {item.name: answer}})
        assert [call.item for call in result.calls] == [item.name]
        assert (result.is_called_for, result.is_due, result.is_decided_against) == (True, True, False)


def test_a_current_sexual_offence_against_a_child_says_why() -> None:
    result = screening(RULES, {"harm-screening": {"item_r1_2_3": "current"}})
    assert [call.sentence for call in result.calls] == ["R1.2.3 A sexual offence against a child: now."]
    assert result.sentence == "1 answer of the screening calls for a full analysis."


def test_two_answers_call() -> None:
    result = screening(RULES, {"harm-screening": {"item_r1_2_3": "both", "item_r3_1": True}})
    assert result.sentence == "2 answers of the screening call for a full analysis."


def test_nothing_called_for_is_not_due_unless_somebody_decides_for_it() -> None:
    nothing = screening(RULES, {})
    assert (nothing.is_called_for, nothing.is_due) == (False, False)
    assert nothing.sentence == "No answer of the screening calls for a full analysis."
    chosen = screening(RULES, {"harm-screening": {"full_analysis": True}})
    assert (chosen.is_due, chosen.is_decided_against) == (True, False)
    assert chosen.sentence == "No answer calls for a full analysis; it is done by choice."


def test_a_decision_against_what_is_called_for_is_one_and_has_its_reason() -> None:
    result = screening(
        RULES,
        {"harm-screening": {"item_r1_2_12": "previous", "full_analysis": False, "reason_against": "At 15, once."}},
    )
    assert (result.is_called_for, result.is_due, result.is_decided_against) == (True, False, True)
    assert result.reason_against == "At 15, once."
    assert result.sentence == "1 answer of the screening would call for a full analysis; the decision is not to do one."


def test_a_decision_not_to_do_what_nothing_calls_for_is_no_decision_against() -> None:
    assert screening(RULES, {"harm-screening": {"full_analysis": False}}).is_decided_against is False


def test_the_full_analysis_is_asked_only_where_it_is_due() -> None:
    due = {section.slug for section in sections_to_answer(RULES, {"harm-screening": {"item_r1_2_3": "current"}})}
    assert set(FULL) <= due
    assert set(FULL).isdisjoint(section.slug for section in sections_to_answer(RULES, {}))


@settings(max_examples=30)
@given(wholes("harm-screening"), st.sampled_from(CALLING))
def test_one_answer_more_never_calls_for_less(answers: dict[str, dict[str, Answer]], item: OasysItem) -> None:
    more = {**answers, "harm-screening": {**answers["harm-screening"], item.name: item.calls_for_full_analysis[0]}}
    assert screening(RULES, more).is_called_for is True
    assert screening(RULES, answers).is_due <= screening(RULES, more).is_due


def test_the_overall_level_is_the_highest() -> None:
    found = with_levels(children_community="high", public_community="low", staff_community="medium", in_custody=False)
    assert overall_harm_level(RULES, found) is HarmLevel.HIGH
    assert overall_harm_level(RULES, {}) is None


def test_a_level_in_custody_counts_only_in_custody() -> None:
    found: dict[str, Answer] = {"children_community": "low", "prisoners_custody": "very_high"}
    assert overall_harm_level(RULES, with_levels(**found, in_custody=True)) is HarmLevel.VERY_HIGH
    assert overall_harm_level(RULES, with_levels(**found, in_custody=False)) is HarmLevel.LOW


def test_prisoners_have_a_level_in_custody_only() -> None:
    names = [item.name for item in RULES.section("harm-levels").items if item.at_risk == "prisoners"]
    assert names == ["prisoners_custody"]


def test_a_level_says_who_where_and_why() -> None:
    [line] = levels(RULES, with_levels(staff_community="medium", staff_community_evidence="Threats in June."))
    assert (line.at_risk, line.place, line.title, line.level, line.evidence) == (
        "staff",
        "community",
        "Staff",
        HarmLevel.MEDIUM,
        "Threats in June.",
    )


@settings(max_examples=30)
@given(wholes("harm-levels"), st.sampled_from(["children_community", "public_community", "staff_community"]))
def test_raising_one_level_never_lowers_the_overall_one(answers: dict[str, dict[str, Answer]], who: str) -> None:
    raised = {**answers, "harm-levels": {**answers["harm-levels"], who: "very_high"}}
    assert overall_harm_level(RULES, raised) is HarmLevel.VERY_HIGH


def test_each_level_has_its_meaning() -> None:
    assert [RULES.harm.meaning_of(level).level for level in HarmLevel] == list(HarmLevel)
    assert overall_harm_level(RULES, whole()) is HarmLevel.LOW
