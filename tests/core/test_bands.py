"""The two scales have the same steps and are not one another."""

from openmappa.core.bands import HarmLevel, LikelihoodBand


def test_the_steps_rise_from_low_to_very_high() -> None:
    assert [band.place for band in LikelihoodBand] == [0, 1, 2, 3]
    assert [level.label for level in HarmLevel] == ["Low", "Medium", "High", "Very high"]
