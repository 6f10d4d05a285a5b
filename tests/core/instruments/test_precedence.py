"""Which likelihood stands where RM2000 and OASys both speak (glossary)."""

import pytest

from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.precedence import standing_likelihood

LOW, MEDIUM, HIGH, VERY_HIGH = LikelihoodBand


@pytest.mark.parametrize("rm2000", LikelihoodBand)
@pytest.mark.parametrize("oasys", LikelihoodBand)
def test_for_a_sex_offender_rm2000_stands_whatever_oasys_says(rm2000: LikelihoodBand, oasys: LikelihoodBand) -> None:
    result = standing_likelihood(rm2000, oasys)
    assert result is not None
    assert (result.by, result.band, result.beside, result.other) == ("RM2000", rm2000, "OASys", oasys)
    assert result.disagree == (rm2000 != oasys)


@pytest.mark.parametrize(
    ("rm2000", "oasys", "sentence"),
    [
        (
            HIGH,
            LOW,
            "RM2000 gives high, OASys gives low. For a sex offender RM2000 stands, so the likelihood of reconviction "
            "is high.",
        ),
        (VERY_HIGH, VERY_HIGH, "RM2000 and OASys both give very high."),
        (MEDIUM, None, "RM2000 gives medium. OASys gives no likelihood beside it."),
        (None, LOW, "OASys gives low. There is no RM2000, which would take precedence for a sex offender."),
    ],
)
def test_the_sentence_says_which_stands(
    rm2000: LikelihoodBand | None, oasys: LikelihoodBand | None, sentence: str
) -> None:
    result = standing_likelihood(rm2000, oasys)
    assert result is not None
    assert result.sentence == sentence
    assert str(result.source) == "Joint report, glossary, Risk Matrix 2000"


def test_without_rm2000_oasys_stands_alone_and_nothing_disagrees() -> None:
    result = standing_likelihood(None, MEDIUM)
    assert result is not None
    assert (result.by, result.band, result.other, result.disagree) == ("OASys", MEDIUM, None, False)


def test_for_somebody_who_is_no_sex_offender_ogrs3_stands() -> None:
    result = standing_likelihood(HIGH, LOW, is_sex_offender=False, called="OGRS3")
    assert result is not None
    assert (result.by, result.band) == ("OGRS3", LOW)
    assert result.sentence == "OGRS3 gives low. RM2000 is only for sex offenders."


def test_without_either_nothing_stands() -> None:
    assert standing_likelihood(None, None) is None
    assert standing_likelihood(HIGH, None, is_sex_offender=False) is None
