"""What inspectors of a demonstration write: passages, reasons, findings, recommendations. Every case is invented."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from openmappa.core.synthetic.content.inspected.interview_words import COVER, VISITS

PASSAGES: Mapping[bool, Sequence[str]] = {
    True: (
        "The plan, second page: what is to be done, by whom and by which day.",
        "The contact log of the month after release says it in two entries.",
        "Minutes, third paragraph: the manager asked for it, and the next entry shows it done.",
        "The officer’s note after the visit; the probation file has the same day.",
        "Summary of the assessment: the reasons are this person’s own, not copied.",
    ),
    False: (
        "The plan says “address offending behaviour” and nothing more.",
        "The section is copied from the one before, with its old date.",
        "Three entries speak of it, and none says what was done.",
        "The minutes have no name and no day beside the action.",
        "The police log has it; the probation file does not.",
    ),
}
"""Passages that answers rest on: of good work, and of work that is not."""
OVERRULED: Sequence[str] = (
    "The paper file shows it done in time; it was entered late.",
    "It was there, and too thin to count.",
    "The person was in hospital then, which the file explains.",
    "Done by the other service, as both had agreed.",
)
SETTLED: Sequence[str] = (
    "Read together: the second entry was overlooked.",
    "Both agree that the plan names no day, so it is no more than that.",
    "The guidance counts what was done, not what was planned.",
)
REMARK = "Visits of March and April were made by a colleague and stand on the other file. Please count them."


class FindingWords(NamedTuple):
    """A finding: on which criterion, of which sort, of one area or of all, what it says, which questions it cites.

    ``themes`` are what came back in interviews, by title.
    """

    criterion: str
    sort: str
    of_area: bool
    text: str
    questions: Sequence[str] = ()
    themes: Sequence[str] = ()


class RecommendationWords(NamedTuple):
    """What is recommended, to whom ("area", "board" or "agency"), within how many days, measured by which standard."""

    text: str
    owner: str
    days: int
    standard: str = ""


FINDINGS: Sequence[FindingWords] = (
    FindingWords(
        "plans",
        "improve",
        False,
        "Plans say what is wanted of the offender and seldom by when. Few objectives are such that one could tell "
        "whether they were reached.",
        ("smart_objectives", "plan_content_appropriate"),
    ),
    FindingWords(
        "harm_assessment",
        "improve",
        False,
        "An assessment is made at the start and then left. After an incident it was looked at again in fewer than "
        "half of the cases that had one.",
        ("rosh_assessment_after_significant_incident", "rosh_assessment_every_16_weeks"),
    ),
    FindingWords(
        "mappa_meetings",
        "strength",
        False,
        "Officers and case managers come to the meetings on their cases, and come prepared.",
        ("case_manager_attends", "police_officer_attends"),
    ),
    FindingWords(
        "home_visits",
        "improve",
        True,
        "Visits are planned as the standard asks. What came of a visit reaches the probation file late or not at all.",
        ("home_visits_as_planned",),
        (VISITS,),
    ),
    FindingWords(
        "staff",
        "improve",
        False,
        "Who takes over when somebody is away is agreed in each area and depends on goodwill. Nobody looks whether it "
        "is done.",
        themes=(COVER,),
    ),
    FindingWords(
        "liaison",
        "good_practice",
        True,
        "Police and probation of this area sit in one office two days a week. Who tells whom is written on the case, "
        "and is done.",
        ("liaison_responsibilities_defined",),
    ),
)
DRAFT = FindingWords(
    "risk_management",
    "improve",
    False,
    "Plans for high risk of harm are made late. To be held against the results once all cases are signed.",
    ("rmp_within_five_working_days",),
)
RECOMMENDATIONS: Sequence[RecommendationWords] = (
    RecommendationWords("Write each objective of a plan so that both can tell whether it was reached.", "area", 180),
    RecommendationWords(
        "Make the home visits that the standard asks for, and tell the case manager within a week what came of each.",
        "area",
        120,
        "home-visit",
    ),
    RecommendationWords("Look at the figures of late assessments at every meeting of the board.", "board", 90),
)

EARLIER_TITLE = "Supervision of sex offenders: a first look"
EARLIER_PURPOSE = (
    "How plans, assessments and visits stood two years before, as a line to hold later inspections against."
)
EARLIER_FINDINGS: Sequence[FindingWords] = (
    FindingWords(
        "plans",
        "improve",
        False,
        "Few plans name the day by which something is to be done.",
        ("smart_objectives", "isp_content_and_timing"),
    ),
    FindingWords(
        "home_visits",
        "improve",
        False,
        "Planned visits were missed where one officer had the cases of two.",
        ("home_visits_as_planned",),
    ),
    FindingWords(
        "enforcement",
        "strength",
        False,
        "Where a licence was broken, it was acted on within the time that the standard gives.",
        ("breach_or_recall_in_time",),
    ),
)
EARLIER_RECOMMENDATIONS: Sequence[RecommendationWords] = (
    RecommendationWords(
        "Make an OASys of every case at its start, within the time of the standard.", "area", 365, "oasys-start"
    ),
    RecommendationWords("Give the board a table of visits planned and made, every quarter.", "board", 180),
)
BECAME: Sequence[tuple[str, int, str]] = (
    ("under_way", 400, "A reminder now comes to each case manager in the first week. Two units still start late."),
    ("done", 120, "The table is on the agenda of every meeting of the board, and was acted on twice."),
)
"""What became of each of the earlier recommendations: how far, so many days ago, in which words."""
