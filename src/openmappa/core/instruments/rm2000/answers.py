"""The answers that RM2000 is scored from. The pack says what each means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rm2000SItems:
    """The answers to scale S. Ages are in whole years, appearances are counted court occasions."""

    age_at_risk: int
    sexual_appearances: int
    criminal_appearances: int
    male_victim: bool
    stranger_victim: bool
    single: bool
    non_contact: bool


@dataclass(frozen=True, slots=True)
class Rm2000VItems:
    """The answers to scale V. The age is the one of scale S."""

    age_at_risk: int
    violent_appearances: int
    burglary: bool
