"""What changed between two OASys, in one list."""

from hypothesis import given, settings

from openmappa.core.instruments.oasys.comparing import Change, differences
from openmappa.core.packs.oasys_rules import Answer
from tests.core.instruments.oasys.answers import RULES, Whole, complete, whole, wholes

HOME = RULES.section("accommodation")
SOME = wholes("accommodation", "harm-screening", "harm-levels", "harm-children")


def changed(slug: str, **answers: Answer) -> Whole:
    return {**whole(), slug: {**whole()[slug], **answers}}


def lines(before: Whole, after: Whole) -> list[tuple[str, str]]:
    return [(found.change.value, found.sentence) for found in differences(RULES, before, after)]


@settings(max_examples=20)
@given(SOME)
def test_nothing_differs_from_itself(answers: Whole) -> None:
    assert differences(RULES, answers, answers) == ()


@settings(max_examples=20)
@given(SOME, SOME)
def test_the_other_way_round_the_same_items_differ(before: Whole, after: Whole) -> None:
    there = [(found.section, found.item, found.before, found.after) for found in differences(RULES, before, after)]
    back = [(found.section, found.item, found.after, found.before) for found in differences(RULES, after, before)]
    assert there == back


def test_a_score_and_the_need_that_it_brings() -> None:
    after = changed("accommodation", item_3_5=2, item_3_5_evidence="Notice to quit.")
    assert lines(whole(), after) == [
        ("need_appeared", "Accommodation as a criminogenic need: from 0 of 8 points to 2 of 8 points."),
        ("score_up", "3.5 Whether the home will last: from No problem to A serious problem."),
    ]
    assert [change for change, _ in lines(after, whole())] == ["need_gone", "score_down"]


def test_a_level_and_the_overall_one() -> None:
    after = changed("harm-levels", children_community="very_high", children_community_evidence="Approached a school.")
    assert lines(whole(), after) == [
        ("level_up", "Overall risk of serious harm: from Low to Very high."),
        ("level_up", "SUM6.1.1 Children: from Low to Very high."),
    ]
    assert [change for change, _ in lines(after, whole())] == ["level_down", "level_down"]


def test_evidence_that_was_rewritten_shows_both_texts() -> None:
    before = changed("accommodation", item_3_4=1, item_3_4_evidence="Damp.")
    after = changed("accommodation", item_3_4=1, item_3_4_evidence="Damp, and shared with two others.")
    [found] = differences(RULES, before, after)
    assert (found.change, found.before, found.after) == (Change.EVIDENCE, "Damp.", "Damp, and shared with two others.")
    assert found.sentence == "3.4 Whether the home is fit to live in: the words behind it were rewritten."


def test_what_was_not_answered_before_is_newly_answered() -> None:
    before = {**whole(), "health": {}}
    assert [found.change for found in differences(RULES, before, whole())] == [Change.ANSWERED] * 4
    assert [found.change for found in differences(RULES, whole(), before)] == [Change.UNANSWERED] * 4
    assert differences(RULES, before, whole())[0].sentence.endswith(": from no answer to No.")


def test_another_choice_is_an_answer_changed() -> None:
    assert lines(whole(), changed("relationships", item_6_7="victim")) == [
        ("changed", "6.7 Domestic violence or abuse of a partner: from No sign of it to Yes, it was done to them.")
    ]


def test_a_first_level_is_newly_answered_and_a_last_one_no_longer() -> None:
    without = {**whole(), "harm-levels": {}}
    assert differences(RULES, without, whole())[0].change is Change.ANSWERED
    assert differences(RULES, whole(), without)[0].change is Change.UNANSWERED


def test_a_full_analysis_that_is_no_longer_asked_counts_as_unanswered() -> None:
    children = {"harm-children": complete(RULES.section("harm-children"))}
    before = {
        **changed("harm-screening", item_r2_2=True, item_r2_2_evidence="A niece.", full_analysis=True),
        **children,
    }
    after = {**whole(), **children}
    of_children = {found.change for found in differences(RULES, before, after) if found.section == "harm-children"}
    assert of_children == {Change.UNANSWERED}


def test_every_change_has_a_name() -> None:
    assert [change.label for change in Change] == [
        "Level raised",
        "Level lowered",
        "New need",
        "Need gone",
        "Score up",
        "Score down",
        "Answer changed",
        "Newly answered",
        "No longer answered",
        "Evidence rewritten",
    ]
