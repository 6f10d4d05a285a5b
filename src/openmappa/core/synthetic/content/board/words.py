"""What the boards of a demonstration are made of: seats, meetings, a plan, links. Every person and body is invented."""

from collections.abc import Sequence
from typing import NamedTuple

POLICE, PROBATION, PRISON, HOUSING, HEALTH, SOCIAL = (
    "police",
    "probation",
    "prison",
    "housing",
    "health",
    "social-services",
)
LAY = ""


class SeatWords(NamedTuple):
    """A seat. ``agency`` is a short name within the area, "" for a lay adviser; ``sign_in`` ends a user name, if any.

    ``days`` is for how long it has been held; ``ended`` for how long it no longer is.
    """

    agency: str
    kind: str
    title: str
    given: str
    deputy: str = ""
    speaks_for: str = ""
    chairs: bool = False
    sign_in: str = ""
    days: int = 1150
    ended: int = 0


SEATS: Sequence[SeatWords] = (
    SeatWords(
        POLICE, "responsible", "Assistant chief constable", "Constable", "Detective superintendent, crime", chairs=True
    ),
    SeatWords(
        PROBATION,
        "responsible",
        "Assistant chief officer",
        "Chief",
        "Senior manager, public protection",
        sign_in="chief.probation",
    ),
    SeatWords(PRISON, "responsible", "Governor", "Warden", "Head of offender management"),
    SeatWords(
        SOCIAL,
        "cooperating",
        "Director of children’s services",
        "Director",
        "Head of safeguarding",
        "the other two authorities of the county",
    ),
    SeatWords(HOUSING, "cooperating", "Head of housing need", "Lettings", "Manager, supported lettings", days=950),
    SeatWords(HEALTH, "cooperating", "Director of mental health services", "Clinician", days=950),
    SeatWords(LAY, "lay", "Lay adviser", "Lay", sign_in="board", days=430),
    SeatWords(LAY, "lay", "Lay adviser", "Layperson", days=250),
    SeatWords(HOUSING, "cooperating", "Head of housing", "Tenancies", days=690, ended=300),
)

MEETINGS_AGO = (354, 266, 172, 81)
"""Days since each meeting of the last year; the next is in ``NEXT_IN`` days."""
NEXT_IN = 12
PLACE = "County Hall, room 2"
ALSO = "The MAPPA coordinator; a note-taker"
CAME = (
    "aadaaaaa",
    "aaaapdaa",
    "adaaaxaa",
    "aaapadap",
)
"""At each meeting, how it went with the seats in their order: a came, d deputy, p apologies, x absent."""


class DecisionWords(NamedTuple):
    """What was decided, why, and which agency sees to it."""

    text: str
    reasons: str
    agency: str = ""


SAID: Sequence[tuple[str, Sequence[DecisionWords]]] = (
    (
        "The figures were looked at. Members asked why so many offenders are not told what a meeting decided: nobody "
        "is named for it. The business plan was agreed.",
        (
            DecisionWords(
                "At every meeting one person is named who tells the offender.",
                "It is done where somebody is named, and left out where nobody is.",
            ),
            DecisionWords("The business plan is agreed.", "Each aim answers a figure that was before the board."),
        ),
    ),
    (
        "Housing reported on places for people who leave prison. Late actions of two agencies were spoken of with "
        "their members present.",
        (
            DecisionWords(
                "Housing names one officer for all cases at Level 2 and 3.",
                "Places are found too late because nobody knows whom to ring.",
                HOUSING,
            ),
        ),
    ),
    (
        "The first audit of cases was reported. Meetings are well chaired; whether actions were carried out is often "
        "not written down.",
        (
            DecisionWords(
                "Every agenda begins with the actions of the last meeting.",
                "In the audit three of six cases did not show what became of them.",
            ),
        ),
    ),
    (
        "The figures of visits fell in the summer. The police member said that two posts were vacant until August.",
        (
            DecisionWords(
                "The police report to each meeting how many posts are vacant.",
                "The board has to see a fall coming, not read of it.",
                POLICE,
            ),
        ),
    ),
)


class PlanNoteWords(NamedTuple):
    """What was said of an action at the meeting of this place (0 the first); ``days`` moves its day."""

    meeting: int
    step: str
    words: str = ""
    days: int = 0
    late: str = ""


class PlanActionWords(NamedTuple):
    """An action: who does it (a seat's agency), due so many days from now, and what measures it."""

    text: str
    agency: str
    due_in: int
    standard: str = ""
    notes: Sequence[PlanNoteWords] = ()


class AimWords(NamedTuple):
    """An aim, why it is one, and what is done for it."""

    text: str
    because: str
    actions: Sequence[PlanActionWords]


PLAN_BEGAN_AGO, PLAN_DAYS = 354, 540
AIMS: Sequence[AimWords] = (
    AimWords(
        "Every registered offender is visited as often as the policy says",
        "Visits were made late in the year before, most of all where an officer was away for longer.",
        (
            PlanActionWords(
                "Agree who covers visits when an officer is away for more than two weeks",
                POLICE,
                -165,
                "home-visit",
                (
                    PlanNoteWords(1, "on_course"),
                    PlanNoteWords(2, "done", "The rule is in the unit’s handbook and on the duty list."),
                ),
            ),
            PlanActionWords(
                "Fill the two vacant posts of the public protection unit",
                POLICE,
                -60,
                "home-visit",
                (
                    PlanNoteWords(2, "behind", "One candidate withdrew; advertised again."),
                    PlanNoteWords(3, "moved", "Both start after training.", 120),
                ),
            ),
        ),
    ),
    AimWords(
        "What a meeting agrees is done, and the next meeting can see it",
        "Actions were lost between meetings, and some plans do not mention them.",
        (
            PlanActionWords(
                "Hold a day for all chairs on actions: one owner, one date, one measure",
                PROBATION,
                -193,
                "mappa-action",
                (
                    PlanNoteWords(
                        2,
                        "done",
                        "Eleven of thirteen chairs came.",
                        late="The room was flooded; it was held three weeks later.",
                    ),
                ),
            ),
            PlanActionWords("Name in each agency who answers for late actions", HEALTH, -20, "mappa-action"),
        ),
    ),
    AimWords(
        "Nobody leaves prison without a place to sleep that was looked at beforehand",
        "Level 2 meetings are often called only because a place is missing.",
        (
            PlanActionWords(
                "Agree with all housing authorities how a place is looked at, case by case",
                HOUSING,
                45,
                "",
                (PlanNoteWords(3, "on_course", "Two of three authorities have signed."),),
            ),
            PlanActionWords("Book beds in approved premises when the release date is known", PRISON, 150),
        ),
    ),
)
