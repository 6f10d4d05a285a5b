"""What was said in the interviews of a demonstration's inspection, and what comes back in them. All invented."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

VISITS, COVER, HOUSING = "What a visit found is heard late", "Work waits while a post is empty", "A place in time"


class QuoteWords(NamedTuple):
    """Words as they were said to a question, under which theme, and whether role and area may be named."""

    question: str
    theme: str
    words: str
    attributable: bool = False


class InterviewWords(NamedTuple):
    """An interview: whom by role and area (0 the first), in so many days (before today below 0), who asks (0 the lead).

    ``dropped`` says why it was not held, if it was not.
    """

    role: str
    whom: str
    area: int
    in_days: int
    place: str
    asks: int
    notes: Mapping[str, str]
    quotes: Sequence[QuoteWords] = ()
    finished: bool = True
    dropped: str = ""


THEMES: Mapping[str, str] = {
    VISITS: "Both services visit and both write. The one hears of the other’s visit when somebody happens to ask.",
    COVER: "Cover is agreed on paper. In practice the nearest colleague takes what cannot wait, and the rest waits.",
    HOUSING: "Where housing has one person to ring, a place is found before the day of release.",
}
"""What comes back, by its title."""

INTERVIEWS: Sequence[InterviewWords] = (
    InterviewWords(
        "police_officer",
        "Officer A of the public protection unit",
        0,
        -4,
        "The unit’s office",
        0,
        {
            "2.3": "Manages about fifty registered people. Works most with the two case managers on the same floor, "
            "and with housing.",
            "3.2": "Not in an ordinary week. When a colleague was away for two months, visits of that list were made "
            "in the evening or not at all.",
            "4.7": "There is a page on what a visit is for. Uses it for the first visit only.",
            "6.15": "Would have one place where both services write down a visit.",
        },
        (
            QuoteWords("3.2", COVER, "I did his visits on my way home, and mine the week after."),
            QuoteWords("6.15", VISITS, "They find out what I saw when they ring about something else."),
        ),
    ),
    InterviewWords(
        "case_manager",
        "Case manager B",
        0,
        -4,
        "Probation office, interview room",
        1,
        {
            "2.9": "The programme has a list. People wait four months, and do something else meanwhile.",
            "4.6": "In the contact log. What the police saw comes by telephone, if somebody thinks of it.",
            "4.13": "Looks at the plan when the meeting is near. Says so openly.",
            "6.6": "Housing very well since there is one name. Health sends whoever is free.",
        },
        (
            QuoteWords("4.6", VISITS, "I knew of the visit a fortnight later, and by then he had moved."),
            QuoteWords("6.6", HOUSING, "There is one number, and she picks up.", attributable=True),
        ),
    ),
    InterviewWords(
        "line_manager",
        "Detective sergeant C",
        1,
        -3,
        "Headquarters",
        0,
        {
            "2.14": "Sixty-two registered, nine of them in custody.",
            "3.6": "Decides it each Monday with the board on the wall: high and very high first. Medium slips.",
            "5.1": "Visits due and made, by officer. Shows them at the monthly talk.",
        },
        (
            QuoteWords("3.6", COVER, "Medium is where it slips, and everybody knows it.", attributable=True),
            QuoteWords("5.1", VISITS, "I count visits. What came of them I would have to read one by one."),
        ),
    ),
    InterviewWords(
        "mappa_coordinator",
        "The coordinator of the area",
        0,
        -2,
        "By telephone",
        1,
        {
            "3.12": "Sits with the public protection unit. Half a week in the probation office would be better.",
            "3.15": "Good where two people know each other. Where one of them is new it starts again from nothing.",
            "4.15": "The record shows both files side by side. People still write for their own side.",
        },
        (
            QuoteWords("3.15", VISITS, "It works by who knows whom."),
            QuoteWords("4.15", VISITS, "Two files, one person, and nobody reads both."),
        ),
    ),
    InterviewWords(
        "strategic_management_board",
        "Two members of the board",
        0,
        -1,
        "County Hall, room 2",
        0,
        {
            "5.3": "Late visits, since last year. It led to a rule on cover; whether it is kept has not been asked.",
            "6.14": "Fewer papers and more time for the cases that went wrong.",
        },
        (QuoteWords("5.3", COVER, "We made a rule. We have not asked whether anybody keeps it."),),
    ),
    InterviewWords(
        "assistant_chief_officer",
        "Assistant chief officer D",
        1,
        0,
        "Probation headquarters",
        0,
        {"1.12": "The post leads for the area and says so at each day for new staff."},
        finished=False,
    ),
    InterviewWords(
        "head_of_cid", "Detective superintendent E", 0, 3, "Headquarters, second floor", 1, {}, finished=False
    ),
    InterviewWords(
        "police_officer",
        "Officer F",
        1,
        -2,
        "",
        1,
        {},
        finished=False,
        dropped="Called to court for the whole week. Officer A and the sergeant were asked the same.",
    ),
)
