"""What is still missing: an answer, the words behind a score above 0, a reason, a confirmation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.instruments.oasys.missing import missing, missing_in_section
from openmappa.core.packs.oasys_rules import Answer, OasysSection
from tests.core.instruments.oasys.answers import RULES, complete, sections_answered, whole, wholes

HOME = RULES.section("accommodation")


def sentences(answers: dict[str, dict[str, Answer]]) -> list[str]:
    return [line.sentence for line in missing(RULES, answers)]


def test_a_whole_oasys_lacks_nothing() -> None:
    assert sentences(whole()) == []


def test_an_empty_one_lacks_every_answer_that_is_not_optional() -> None:
    asked = [section for section in RULES.sections if not section.only_with_full_analysis]
    wanted = sum(not item.optional and item.asked_when is None for section in asked for item in section.items)
    assert len(sentences({})) == wanted


def test_every_score_above_0_needs_its_evidence() -> None:
    assert sentences({**whole(), "accommodation": {**complete(HOME), "item_3_4": 1, "item_3_6": 2}}) == [
        "3.4 Whether the home is fit to live in: write what stands behind “Some problem”.",
        "3.6 Whether the place is right for them: write what stands behind “A serious problem”.",
    ]


def test_blank_evidence_is_none() -> None:
    [line] = missing_in_section(HOME, {**complete(HOME), "item_3_3": 2, "item_3_3_evidence": " \n"})
    assert (line.section, line.item) == ("accommodation", "item_3_3")


def test_a_score_of_0_needs_no_evidence() -> None:
    assert missing_in_section(HOME, complete(HOME)) == ()


def test_what_is_linked_to_harm_says_how() -> None:
    [line] = missing_in_section(HOME, {**complete(HOME), "item_3_98": True})
    assert line.sentence == ("3.98 Is any of this linked to the risk of serious harm: write what stands behind “Yes”.")


def test_a_decision_against_the_full_analysis_needs_a_reason() -> None:
    against: dict[str, Answer] = {**whole()["harm-screening"], "item_r1_2_12": "previous", "reason_against": None}
    assert sentences({**whole(), "harm-screening": against}) == [
        "R5.2.1 Why no full analysis, although an answer calls for it: write the reason."
    ]
    assert sentences({**whole(), "harm-screening": {**against, "reason_against": "At 15, once."}}) == []


def test_a_full_analysis_that_is_due_is_missing_until_it_is_answered() -> None:
    called: dict[str, Answer] = {**whole()["harm-screening"], "item_r1_2_3": "current", "full_analysis": True}
    lacking = {line.section for line in missing(RULES, {**whole(), "harm-screening": called})}
    full = [section for section in RULES.sections if section.only_with_full_analysis]
    assert lacking == {section.slug for section in full}
    done = {section.slug: complete(section) for section in full}
    assert sentences({**whole(), **done, "harm-screening": called}) == []


@pytest.mark.parametrize("answer", ["matters", "not_applicable"])
def test_not_applicable_in_diversity_needs_a_reason(answer: str) -> None:
    given: dict[str, Answer] = {**complete(RULES.section("diversity")), "faith": answer}
    given.pop("faith_evidence", None)
    assert len(sentences({**whole(), "diversity": given})) == 1
    assert sentences({**whole(), "diversity": {**given, "faith_evidence": "Asked on 3 March."}}) == []


def test_a_level_above_low_needs_its_reasons() -> None:
    raised: dict[str, Answer] = {**whole()["harm-levels"], "children_community": "high"}
    assert sentences({**whole(), "harm-levels": raised}) == ["SUM6.1.1 Children: write what stands behind “High”."]


def test_a_copied_answer_is_missing_its_confirmation() -> None:
    [line] = missing(RULES, whole(), {"accommodation": {"item_3_5"}})
    assert line.sentence == "3.5 Whether the home will last: it was copied; confirm it or change it."


def test_what_is_not_answered_is_asked_for_before_it_is_to_be_confirmed() -> None:
    [line] = missing_in_section(HOME, {**complete(HOME), "item_3_5": None}, {"item_3_5"})
    assert line.sentence == "3.5 Whether the home will last: answer it."


@pytest.mark.parametrize("section", RULES.sections, ids=lambda section: section.slug)
@settings(max_examples=10)
@given(data=st.data())
def test_what_is_missing_shrinks_as_evidence_is_given(section: OasysSection, data: st.DataObject) -> None:
    answers = data.draw(sections_answered(section))
    item = data.draw(st.sampled_from(section.items))
    before = {line.item for line in missing_in_section(section, answers)}
    after = {line.item for line in missing_in_section(section, {**answers, item.evidence_name: "Seen."})}
    assert after <= before


@settings(max_examples=30)
@given(wholes("accommodation", "diversity"), st.data())
def test_answering_what_is_missing_leaves_one_less(answers: dict[str, dict[str, Answer]], data: st.DataObject) -> None:
    lacking = missing(RULES, answers)
    if not lacking:
        return
    line = data.draw(st.sampled_from(lacking))
    section = RULES.section(line.section)
    item = section.item(line.item)
    answer = answers[line.section].get(line.item)
    put = {item.name: item.choices[0].value if answer is None else answer, item.evidence_name: "Seen."}
    mended = {**answers, line.section: {**answers[line.section], **put}}
    assert {(one.section, one.item) for one in missing(RULES, mended)} == {
        (one.section, one.item) for one in lacking
    } - {(line.section, line.item)}
