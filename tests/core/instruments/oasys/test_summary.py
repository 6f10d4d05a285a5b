"""The summary sheet is drawn from the answers, and plans find their grounds in them."""

from openmappa.core.bands import HarmLevel, LikelihoodBand
from openmappa.core.instruments.oasys.summary import grounds, summary_sheet
from tests.core.instruments.oasys.answers import RULES, Whole, whole


def sheet_of() -> Whole:
    answers = whole()
    answers["likelihood"].update(ogrs2=31, total=57)
    answers["accommodation"].update(
        item_3_5=2, item_3_5_evidence="Notice.", item_3_98=True, item_3_98_evidence="Near a school."
    )
    answers["finances"].update(item_5_99=True)
    answers["attitudes"].update(item_12_98=True)
    answers["harm-levels"].update(
        children_community="high",
        in_custody=True,
        children_custody="very_high",
        staff_custody="low",
        public_custody="low",
        known_adult_custody="medium",
        prisoners_custody="low",
    )
    return answers


def test_the_sheet_draws_both_components_together() -> None:
    sheet = summary_sheet(RULES, sheet_of())
    assert len(sheet.scores) == 10
    assert [score.slug for score in sheet.needs] == ["accommodation"]
    assert sheet.ogrs2 == 31
    assert sheet.total is not None
    assert sheet.total.band is LikelihoodBand.MEDIUM
    assert [line.item for line in sheet.harm] == ["who", "nature", "when", "raises", "lowers"]
    assert sheet.harm[0].answer == "Known from the file."
    assert len(sheet.levels) == 9
    assert sheet.overall is HarmLevel.VERY_HIGH
    assert sheet.screening.is_called_for is False
    assert {line.section for line in sheet.missing} == {"attitudes", "harm-levels"}


def test_an_empty_sheet_says_nothing_and_never_guesses() -> None:
    sheet = summary_sheet(RULES, {})
    assert (sheet.ogrs2, sheet.total, sheet.overall, sheet.needs, sheet.harm) == (None, None, None, (), ())


def test_a_high_level_without_a_full_analysis_is_doubted_and_a_medium_one_is_not() -> None:
    answers = whole()
    said = []
    for level in ("low", "medium", "high", "very_high"):
        answers["harm-levels"]["children_community"] = level
        said.append(summary_sheet(RULES, answers).doubt)
    assert said == [
        "",
        "",
        "The level is high, but no full analysis was done. What makes it high should call for one: look at the "
        "screening again.",
        "The level is very high, but no full analysis was done. What makes it very high should call for one: look at "
        "the screening again.",
    ]
    answers["harm-screening"]["full_analysis"] = True
    assert summary_sheet(RULES, answers).doubt == ""
    assert summary_sheet(RULES, {}).doubt == ""


def test_grounds_are_needs_what_is_linked_to_offending_and_what_bears_on_harm() -> None:
    found = [(ground.key, ground.kind.value, ground.reason) for ground in grounds(RULES, sheet_of())]
    assert found == [
        (
            "need:accommodation",
            "need",
            "Accommodation is a criminogenic need: items 3.3, 3.4, 3.5, 3.6 come to 2 points of 8, "
            "and a need begins at 2.",
        ),
        ("need:finances", "need", "Financial management and income is linked to the offending (5.99)."),
        ("harm:accommodation", "harm", "Near a school."),
        ("harm:attitudes", "harm", "Linked to the risk of serious harm (12.98)."),
        ("harm:children", "harm", "Very high (custody)."),
        ("harm:known_adult", "harm", "Medium (custody)."),
    ]


def test_nothing_answered_is_ground_for_nothing() -> None:
    assert grounds(RULES, {}) == ()
