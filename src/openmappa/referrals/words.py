"""What outcomes, views and bases of a level are called, as pages show them."""

from django.db import models


class Outcome(models.TextChoices):
    """What a referral comes to, and what somebody who screens it may think it should come to."""

    LEVEL_1 = "level_1", "Level 1: one agency manages the case"
    LEVEL_2 = "level_2", "Level 2: agencies meet"
    LEVEL_3 = "level_3", "Level 3: the MAPPP meets"
    NOT_MAPPA = "not_mappa", "Not MAPPA"

    @property
    def level(self) -> int | None:
        """The level that it gives; None where it gives none."""
        return {"level_1": 1, "level_2": 2, "level_3": 3}.get(self.value)

    @property
    def in_short(self) -> str:
        """A few words: "Level 2", "not MAPPA"."""
        return f"Level {self.level}" if self.level else "not MAPPA"


class Basis(models.TextChoices):
    """What a decision on the level rests on."""

    SCREENING = "screening", "Screening of a referral"
    MEETING = "meeting", "MAPPA meeting"
    COORDINATOR = "coordinator", "The coordinator’s own decision"
