"""What the board of a demonstration writes in its annual reports. Every board is invented."""

from collections.abc import Mapping

DRAFTED: Mapping[str, str] = {
    "foreword": "This is the board’s draft for its next meeting. It says how many people were managed, what was done "
    "on time, and where we fell short.\n\nBehind each count are people who were harmed and people who must not be. We "
    "have tried to write so that both would recognise what we say.",
    "people": "Level 1 is management by one agency that knows the person well. Level 2 and 3 are for those for whom "
    "that is not enough. How each level was decided, the board has looked at since, in its audits of cases.",
    "on-time": "Plans and reviews are where we lose time. The board has asked both services to say at each meeting "
    "which posts are vacant, because late work follows vacancies.",
}
"""By section, what is written so far on the last year: the rest waits for the next meeting of the board."""

PUBLISHED: Mapping[str, str] = {
    "foreword": "Public protection is done by people who ring each other. This report is about how they did, in a year "
    "in which the board itself was still finding its feet.\n\nWe thank the officers, case managers and all others who "
    "sat at these meetings, often late in the day.",
    "people": "We publish these numbers because people ask, and because a number without its meaning frightens. Most "
    "people counted here live in the community, under conditions that somebody checks.",
    "orders": "A recall is not a failure of supervision. It is what supervision is for when conditions are broken.",
    "meetings": "Who came to a meeting was kept on paper in this year, and is not counted here.",
    "on-time": "It is the first year in which we count what was on time. We do not yet know what is good; we know "
    "which standards we shall look at first.",
    "board": "Each agency answers for the seat that it has. A deputy counts; an empty chair does not.",
    "plan": "The board had no business plan in this year. It agreed that the next should have one.",
}
"""By section, what was published on the year before."""
PUBLISHED_AFTER = 105
"""Days from the end of that year to the publication of its report."""
