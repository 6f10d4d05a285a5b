"""The lists behind the desk: each with its title, what it means, its columns, and its lines, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from openmappa.accounts.models import Area, User
from openmappa.actions.models import Action
from openmappa.cases.models import Case
from openmappa.coordination.queries import desk
from openmappa.coordination.queries.cases import cases_to_show
from openmappa.coordination.queries.figures import rules
from openmappa.coordination.queries.tracking import REVIEW
from openmappa.core.dates import add_months
from openmappa.movements.queries.moves import Move, moves_of_area
from openmappa.movements.queries.releases import Release, releases_expected
from openmappa.referrals.models.other_meetings import OtherMeeting
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.queries.levels import level_3_cases
from openmappa.referrals.queries.other_meetings import kind_label
from openmappa.referrals.queries.waiting import waiting_referrals
from openmappa.timeline.models import Duty
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import transfers_open
from openmappa.transfers.words import State
from openmappa.ui.formats import plural, short_day
from openmappa.ui.paging import A_GLANCE, A_PAGE, Page, page_of


@dataclass(frozen=True)
class Line:
    """One line: the case where the reader opens it, else ``title``; what the columns say; the day it is due by.

    ``href`` is where the line leads; without it, to MAPPA on the case.
    """

    case: Case | None
    title: str
    cells: Sequence[str]
    due_on: date | None = None
    href: str = ""


@dataclass(frozen=True)
class Found:
    """One page of a list before its cases are read: its rows, each of a case or of none, and how they become lines.

    ``line`` is given the case where the reader opens it; it gives None where there is nothing to show without one.
    """

    page: Page[Any]
    line: Callable[[Any, Case | None], Line | None]


@dataclass(frozen=True)
class Listing:
    """One list of the desk. ``columns`` are those between the case and the day it is due by (``due``, if any)."""

    slug: str
    title: str
    meaning: str
    nothing: str
    columns: Sequence[str]
    due: str
    page: Callable[[User, Area, date, int, int], Found]


def glances(user: User, area: Area, today: date) -> list[tuple[Listing, Page[Line]]]:
    """Every list with its first few lines. Two queries each, one or two more for some, and one for all cases."""
    pages = _in_lines(user, [each.page(user, area, today, 1, A_GLANCE) for each in LISTS.values()])
    return list(zip(LISTS.values(), pages, strict=True))


def listed(user: User, listing: Listing, area: Area, today: date, number: int) -> Page[Line]:
    """One page of a list in full."""
    return _in_lines(user, [listing.page(user, area, today, number, A_PAGE)])[0]


def _in_lines(user: User, found: Sequence[Found]) -> list[Page[Line]]:
    """Pages as they are shown, with the cases of all of them read at once. One query."""
    ids = {pk for each in found for row in each.page.lines if (pk := _case_id(row)) is not None}
    cases: Mapping[int, Case] = cases_to_show(user, ids) if ids else {}
    pages = []
    for each in found:
        lines = [each.line(row, cases.get(_case_id(row) or 0)) for row in each.page.lines]
        shown = [line for line in lines if line is not None]
        pages.append(Page(shown, each.page.total, each.page.number, each.page.size))
    return pages


def _case_id(row: object) -> int | None:
    """The case that a row of a list is of: rows that are cases have been read whole already, and ask for none."""
    found = getattr(row, "case_id", None)
    return found if isinstance(found, int) else None


def _referrals(user: User, area: Area, today: date, number: int, size: int) -> Found:
    return Found(desk.rows_page(waiting_referrals(area), number, size), _referral)


def _referral(row: Referral, case: Case | None) -> Line:
    waits = "More was asked of the referrer" if getattr(row, "waits", False) else "To be screened"
    page = reverse("referrals:screen", args=[row.key])
    return Line(
        case,
        f"{row.name or 'Nobody named'}, not matched to a case",
        (row.reference, str(row.agency), waits),
        row.due_on,
        page,
    )


def _reviews(user: User, area: Area, today: date, number: int, size: int) -> Found:
    last = today + timedelta(weeks=rules().desk.weeks_ahead)
    return Found(desk.duties_page(desk.reviews(user, area, last=last), [REVIEW], number, size), _review)


def _review(row: Duty, case: Case | None) -> Line | None:
    if case is None:
        return None
    return Line(case, "", (f"Level {case.standing.mappa_level}", short_day(row.because_on)), row.due_on)


def _minutes(user: User, area: Area, today: date, number: int, size: int) -> Found:
    return Found(desk.duties_page(desk.minutes_not_filed(user, area, today), desk.FILES, number, size), _not_filed)


def _not_filed(row: Duty, case: Case | None) -> Line | None:
    if case is None:
        return None
    cells = (desk.FILES[row.standard].capitalize(), short_day(row.because_on))
    return Line(case, "", cells, row.due_on, reverse("minutes:case", args=[case.key]))


def _actions(user: User, area: Area, today: date, number: int, size: int) -> Found:
    return Found(desk.rows_page(desk.late_actions(area, today), number, size), _action)


def _left(user: User, area: Area, today: date, number: int, size: int) -> Found:
    return Found(desk.rows_page(desk.left_behind(area), number, size), _action)


def _action(row: Action, case: Case | None) -> Line:
    cells = (row.number, row.agency.name, row.whose)
    return Line(
        case, f"{row.reference}, action {row.number}", cells, row.due_on, reverse("actions:show", args=[row.key])
    )


def _level_3(user: User, area: Area, today: date, number: int, size: int) -> Found:
    """By family name; a glance in the order of an index, which spares it reading every name at Level 3."""
    cases = level_3_cases(user, area).defer("person__name_keys")
    return Found(desk.rows_page(cases.order_by("standing__pk") if size == A_GLANCE else cases, number, size), _held)


def _held(case: Case, _: Case | None) -> Line:
    return Line(case, "", (str(case.case_manager or "Nobody"), str(case.police_officer or "Nobody")))


def _other_meetings(user: User, area: Area, today: date, number: int, size: int) -> Found:
    since = add_months(today, -rules().desk.months_back)
    rows = OtherMeeting.objects.filter(case__in=Case.objects.visible_to(user), case__area=area, held_on__gte=since)
    rows = rows.select_related("recorded_by").order_by("-held_on", "-pk")
    return Found(desk.rows_page(rows, number, size), _other_meeting)


def _other_meeting(row: OtherMeeting, case: Case | None) -> Line:
    page = reverse("referrals:other_meetings", args=[case.key]) if case else ""
    return Line(case, "", (short_day(row.held_on), kind_label(row.kind), str(row.recorded_by)), href=page)


def _releases(user: User, area: Area, today: date, number: int, size: int) -> Found:
    return Found(page_of(releases_expected(area), number, size, lambda some: some), _release)


def _release(each: Release, _: Case | None) -> Line:
    notice = each.notice
    known = "Nobody has acknowledged it" if each.is_unacknowledged else "Acknowledged"
    page = reverse("movements:release", args=[notice.key])
    return Line(
        notice.case,
        f"{notice.person_name}, not matched to a case",
        (notice.prison_name, known),
        notice.expected_on,
        page,
    )


def _moves(user: User, area: Area, today: date, number: int, size: int) -> Found:
    found = list({each.move.pk: each for some in moves_of_area(user, area) for each in some}.values())
    found.sort(key=lambda each: (each.move.until_on, each.move.pk))
    return Found(page_of(found, number, size, lambda some: some), _move)


def _move(each: Move, _: Case | None) -> Line:
    page = reverse("movements:case", args=[each.move.case.key])
    return Line(each.move.case, "", (each.kind_label, each.state), each.move.until_on, page)


def _transfers(user: User, area: Area, today: date, number: int, size: int) -> Found:
    return Found(desk.rows_page(transfers_open(area), number, size), _transfer)


def _transfer(row: Transfer, case: Case | None) -> Line:
    cells = (row.from_area.name, row.to_area.name, State(row.state).label)
    return Line(case, row.reference, cells, row.due_on, reverse("transfers:show", args=[row.key]))


def _ahead() -> str:
    return plural(rules().desk.weeks_ahead, "week")


def _back() -> str:
    return plural(rules().desk.months_back, "month")


ALL = (
    Listing(
        "referrals",
        "Referrals waiting",
        "Sent and not decided yet, the most urgent first.",
        "No referral waits for a decision.",
        ("Referral", "From", "Where it stands"),
        "Decide by",
        _referrals,
    ),
    Listing(
        "reviews",
        "Reviews due",
        f"Cases at Level 2 and 3 whose review is overdue or due within {_ahead()}.",
        f"No review is due within {_ahead()}.",
        ("Level", "Last meeting or level set"),
        "Review by",
        _reviews,
    ),
    Listing(
        "minutes",
        "Minutes not filed",
        "Meetings whose minutes should be on the file by now.",
        "The minutes of every meeting are on both files, or not due yet.",
        ("Not on the", "Meeting"),
        "File by",
        _minutes,
    ),
    Listing(
        "actions",
        "Actions late",
        "Open actions past their day, the longest first.",
        "No action is past its day.",
        ("Action", "Agency", "Owner"),
        "Due",
        _actions,
    ),
    Listing(
        "left",
        "Actions whose owner has left",
        "Somebody else has to take them on.",
        "Every open action has an owner who is there.",
        ("Action", "Agency", "Owner"),
        "Due",
        _left,
    ),
    Listing(
        "level-3",
        "Level 3 cases",
        "The critical few (7.1).",
        "No case stands at Level 3.",
        ("Case manager", "Police officer"),
        "",
        _level_3,
    ),
    Listing(
        "other-meetings",
        "Meetings outside MAPPA",
        f"Held in the last {_back()} (7.3).",
        f"No meeting outside MAPPA was recorded in the last {_back()}.",
        ("Day", "Kind", "Recorded by"),
        "",
        _other_meetings,
    ),
    Listing(
        "releases",
        "Releases expected",
        "Prisons’ warnings of releases into the area.",
        "No prison has given notice of a release.",
        ("Prison", "Acknowledged"),
        "Expected",
        _releases,
    ),
    Listing(
        "moves",
        "Temporary moves",
        "Into the area and out of it, until the person is back (9.8).",
        "Nobody is known to stay elsewhere for a time.",
        ("Kind of stay", "State"),
        "Until",
        _moves,
    ),
    Listing(
        "transfers",
        "Transfers under way",
        "From and to the area, asked for or sent (9.8).",
        "No transfer from or to the area is under way.",
        ("From", "To", "State"),
        "Answer by",
        _transfers,
    ),
)
LISTS: Mapping[str, Listing] = {each.slug: each for each in ALL}
"""Every list by its word in addresses, in the order of the desk."""
