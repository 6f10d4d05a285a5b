"""What the boards of a demonstration reported to other bodies, and what came back. Every body is invented."""

from collections.abc import Sequence
from typing import NamedTuple

from openmappa.core.synthetic.content.board.words import HOUSING, POLICE, SOCIAL


class ReportWords(NamedTuple):
    """What was reported, so many days ago, how and by whom, and what came back so many days ago."""

    days_ago: int
    way: str
    by_whom: str
    what: str
    answered_ago: int = 0
    answer: str = ""


class BodyWords(NamedTuple):
    """Another body of the area: of which kind, and which seat sits there as well."""

    kind: str
    name: str
    sits: str
    contact: str
    reports: Sequence[ReportWords] = ()


BODIES: Sequence[BodyWords] = (
    BodyWords(
        "lcjb",
        "Criminal Justice Board of {area}",
        POLICE,
        "The board’s office",
        (
            ReportWords(
                250,
                "presentation",
                "The chair",
                "What MAPPA is, how many cases are at Level 2 and 3, and what the courts could do earlier.",
                230,
                "The board wants the figures twice a year, and named a judge’s clerk to write to.",
            ),
            ReportWords(
                70, "paper", "The chair", "The half-yearly figures, and how often breaches come before a court in time."
            ),
        ),
    ),
    BodyWords(
        "acpc",
        "Child Protection Committee, city",
        SOCIAL,
        "The committee’s manager",
        (
            ReportWords(
                160,
                "minutes",
                "The coordinator",
                "That the child protection unit is told of every meeting on somebody who may harm a child.",
                150,
                "Agreed; the unit’s duty desk takes the notices.",
            ),
        ),
    ),
    BodyWords("acpc", "Child Protection Committee, county", "", "The committee’s manager"),
    BodyWords(
        "cdrp",
        "Crime and Disorder Reduction Partnership",
        HOUSING,
        "The partnership’s coordinator",
        (
            ReportWords(
                410,
                "paper",
                "The lay advisers",
                "The annual report, to be agreed with the partnership.",
                395,
                "Agreed without change.",
            ),
        ),
    ),
)
