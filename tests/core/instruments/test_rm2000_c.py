"""RM2000/C, all scales together, and who is scored."""

from datetime import date

import pytest

from openmappa.core.answers import AnswersRefused
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.comparison import Difference, differences
from openmappa.core.instruments.rm2000.eligibility import reasons_of_record
from openmappa.core.instruments.rm2000.scale_c import scale_c
from openmappa.core.instruments.rm2000.whole import item_titles, rm2000_of_one_person, rm2000_score
from openmappa.core.packs.load import load_rm2000

RULES = load_rm2000("england-wales-2005")
LOW, MEDIUM, HIGH, VERY_HIGH = LikelihoodBand
YOUNG = Rm2000SItems(23, 2, 6, male_victim=False, stranger_victim=True, single=False, non_contact=True)
OLDER = Rm2000SItems(25, 3, 7, male_victim=False, stranger_victim=True, single=False, non_contact=False)


@pytest.mark.parametrize("s", LikelihoodBand)
@pytest.mark.parametrize("v", LikelihoodBand)
def test_c_adds_0_to_3_points_of_each_and_is_cut_at_1_3_and_5(s: LikelihoodBand, v: LikelihoodBand) -> None:
    result = scale_c(s, v, RULES.c)
    assert result.points == s.place + v.place
    assert result.band is [LOW, MEDIUM, MEDIUM, HIGH, HIGH, VERY_HIGH, VERY_HIGH][result.points]
    lines = {line.item: line.points for line in result.explanation}
    assert lines["s_band"] + lines["v_band"] == lines["sum"] == lines["band"] == result.points
    assert result.rests_on_memory


def test_c_is_explained_in_four_lines() -> None:
    assert [line.sentence for line in scale_c(VERY_HIGH, MEDIUM, RULES.c).explanation] == [
        "Scale S is very high, which scores 3 points.",
        "Scale V is medium, which scores 1 point.",
        "S and V add up to 4 points.",
        "The category is high (3 to 4).",
    ]


def test_the_three_scales_of_one_man() -> None:
    result = rm2000_of_one_person(YOUNG, Rm2000VItems(23, 3, burglary=True), RULES)
    assert result.v is not None
    assert result.c is not None
    assert (result.s.band, result.v.band, result.c.band) == (VERY_HIGH, VERY_HIGH, VERY_HIGH)
    assert (result.s.points, result.v.points, result.c.points) == (4, 7, 6)


def test_without_answers_to_v_only_s_is_scored() -> None:
    result = rm2000_score(YOUNG, None, RULES)
    assert (result.s.band, result.v, result.c) == (VERY_HIGH, None, None)
    assert rm2000_of_one_person(YOUNG, None, RULES) == result
    assert set(result.scoring.bands) == {"s"}


def test_more_violent_than_criminal_appearances_of_one_man_are_refused() -> None:
    scored_apart = rm2000_score(YOUNG, Rm2000VItems(23, 7, burglary=False), RULES)
    assert scored_apart.v is not None
    with pytest.raises(AnswersRefused) as refused:
        rm2000_of_one_person(YOUNG, Rm2000VItems(23, 7, burglary=False), RULES)
    assert refused.value.problems == {
        "violent_appearances": "Violent appearances cannot be 7 when criminal appearances are 6. Every appearance for "
        "a violent offence is a criminal appearance too."
    }


def test_what_cannot_be_on_both_scales_is_named_at_once() -> None:
    s = Rm2000SItems(17, 0, 6, male_victim=False, stranger_victim=True, single=False, non_contact=True)
    with pytest.raises(AnswersRefused) as refused:
        rm2000_score(s, Rm2000VItems(17, -1, burglary=False), RULES)
    assert set(refused.value.problems) == {"age_at_risk", "sexual_appearances", "violent_appearances"}
    with pytest.raises(AnswersRefused) as refused:
        rm2000_score(s, Rm2000VItems(18, 1, burglary=False), RULES)
    assert set(refused.value.problems) == {"age_at_risk", "sexual_appearances"}


def test_titles_stand_in_the_order_of_the_questions_and_the_age_once() -> None:
    assert list(item_titles(RULES)) == [
        "age_at_risk", "sexual_appearances", "criminal_appearances", "male_victim", "stranger_victim", "single",
        "non_contact", "violent_appearances", "burglary",
    ]  # fmt: skip


def test_a_re_score_lists_every_answer_and_category_that_differs_and_nothing_else() -> None:
    before = rm2000_score(YOUNG, None, RULES).scoring
    after = rm2000_score(OLDER, Rm2000VItems(25, 0, burglary=False), RULES).scoring
    assert differences(before, after, item_titles(RULES)) == (
        Difference("age_at_risk", "Age at commencement of risk", "23", "25", -1),
        Difference("sexual_appearances", "Sexual appearances", "2", "3", 1),
        Difference("criminal_appearances", "Criminal appearances", "6", "7", 0),
        Difference("non_contact", "A non-contact sexual offence", "yes", "no", -1),
        Difference("violent_appearances", "Violent appearances", "", "0", None),
        Difference("burglary", "A conviction of burglary", "", "no", None),
        Difference("s", "Scale S", "very high", "high", -1),
        Difference("v", "Scale V", "", "medium", None),
        Difference("c", "Scale C", "", "high", None),
    )
    assert differences(after, after, item_titles(RULES)) == ()
    back = differences(after, before, item_titles(RULES))
    assert [(one.was, one.now, one.moved) for one in back[-3:]] == [
        ("high", "very high", 1),
        ("medium", "", None),
        ("high", "", None),
    ]


@pytest.mark.parametrize(
    ("sex", "born_on", "codes"),
    [
        ("male", date(1987, 3, 31), []),
        ("male", date(1987, 4, 1), ["under_18"]),
        ("male", None, []),
        ("male", date(2005, 4, 1), []),
        ("female", date(1960, 1, 1), ["not_male"]),
        ("unknown", date(2000, 1, 1), ["not_male", "under_18"]),
    ],
)
def test_the_record_itself_says_that_somebody_is_no_man_or_under_18(
    sex: str, born_on: date | None, codes: list[str]
) -> None:
    assert [reason.code for reason in reasons_of_record(sex, born_on, date(2005, 3, 31), RULES)] == codes


def test_the_coded_reasons_each_have_a_source_and_a_next_step() -> None:
    assert [reason.code for reason in RULES.no_score_reasons] == [
        "not_male", "under_18", "only_accused", "none_after_16", "internet_only", "records_not_had", "other",
    ]  # fmt: skip
    assert all(reason.source.text and reason.next_step for reason in RULES.no_score_reasons)
    assert [reason.code for reason in RULES.no_score_reasons if reason.needs_words] == ["records_not_had", "other"]
    assert str(RULES.no_score_reason("other").source).endswith("(our own choice, not a published rule)")
    with pytest.raises(KeyError):
        RULES.no_score_reason("bored")
