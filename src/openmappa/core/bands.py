"""The two four-step scales. Likelihood of reconviction and risk of harm are never one word or one scale (7.13)."""

from enum import StrEnum


class _FourLevels(StrEnum):
    """Four levels in rising order; comparable within one scale only."""

    @property
    def label(self) -> str:
        """The level as pages show it: "Very high"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def place(self) -> int:
        """The level's place on its scale, from 0 for low to 3 for very high."""
        return ("low", "medium", "high", "very_high").index(self.value)  # asked for a hundred thousand rows


class LikelihoodBand(_FourLevels):
    """Likelihood of reconviction, as RM2000 gives it (glossary)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


class HarmLevel(_FourLevels):
    """Risk of serious harm, as OASys gives it (glossary)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"
