"""Lessons of a review and entries of the library of good practice in a demonstration. All of it is invented."""

from collections.abc import Sequence
from typing import NamedTuple


class LessonWords(NamedTuple):
    """A lesson or good practice: one sentence, for whom, about what; whether it is shared with staff."""

    kind: str
    sentence: str
    audience: str
    practice_area: str
    shared: bool = True


LESSONS: Sequence[LessonWords] = (
    LessonWords(
        "lesson",
        "Where somebody is charged while under supervision, ring the other service on the same day: a letter came four "
        "days later.",
        "everybody",
        "information",
    ),
    LessonWords(
        "good_practice",
        "The duty desk kept one list of whom to ring out of hours, and nobody was missed.",
        "coordination",
        "information",
        shared=False,
    ),
)
ACKNOWLEDGE = ("police1", "probation1", "manager.police", "housing")
"""Who has acknowledged the shared lesson, by the ends of their user names; everybody else has not yet."""


class PracticeWords(NamedTuple):
    """An entry of the library: by the board of which area (0 the first) and whom, so many days ago."""

    area: int
    by: str
    days_ago: int
    title: str
    text: str
    shows: str
    criterion: str
    source: str


PRACTICE: Sequence[PracticeWords] = (
    PracticeWords(
        0,
        "board",
        96,
        "A page for families, written with them",
        "Two families said what they wished somebody had told them in the first week. Their page says in plain words "
        "what registration means, who visits and why, and whom to ring.",
        "It is handed over at the first visit. Officers say that the second visit is easier.",
        "involvement",
        "A lay adviser, after talks with two families",
    ),
    PracticeWords(
        0,
        "coordinator",
        61,
        "One housing officer for all cases at Level 2 and 3",
        "The housing authority named one officer, and one for holidays. They come to every meeting at which a place is "
        "needed and see the address beforehand together with the case manager.",
        "A place was confirmed before the day of release in eleven of twelve cases; the year before, in five of nine.",
        "shared_ground",
        "Annual talk with the housing authority",
    ),
    PracticeWords(
        1,
        "coordinator",
        40,
        "Owners of actions are asked a week before the meeting",
        "The coordinator sends each owner their actions a week before the meeting and asks for one line on each. The "
        "agenda prints these lines first. What has no line is asked about at the table, by name.",
        "In the last three months nine of ten actions came to the meeting with their line.",
        "risk_management",
        "Minutes of the coordinators’ day",
    ),
    PracticeWords(
        1,
        "coordinator",
        33,
        "Children’s services are rung when a meeting is called, not after it",
        "Where a child may live or visit at an address, the coordinator rings children’s services when the meeting is "
        "called. They send somebody, or two lines on what they know.",
        "They were there or had written at every such meeting of the last half year.",
        "child_protection",
        "Annual talk with children’s services",
    ),
)
