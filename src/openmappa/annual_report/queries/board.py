"""The board itself in its report: who had a seat, when it met and who came, and what became of its plan.

Members of the board and their attendance are no figures of people who are managed: nothing of them is hidden.
"""

from django.db.models import Count, Prefetch, Q

from openmappa.accounts.models import Area
from openmappa.annual_report.queries.parts import Content, table
from openmappa.board.models.meetings import BoardMeeting
from openmappa.board.models.plan import BusinessAction, BusinessNote, BusinessPlan
from openmappa.board.models.seats import Member
from openmappa.board.queries.meetings import attendance_by_agency
from openmappa.core.board.plan import Said, Step, stood
from openmappa.core.board.years import BoardYear
from openmappa.ui.formats import day, number, plural


def board_section(area: Area, year: BoardYear) -> Content:
    """Members, meetings and attendance of a year. Three queries."""
    seats = Member.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=year.since), area=area)
    members = seats.filter(from_on__lte=year.until).select_related("agency", "person")
    held = BoardMeeting.objects.filter(area=area, cancelled_at__isnull=True, on__range=(year.since, year.until))
    counts = held.annotate(
        filled=Count("attendance", filter=Q(attendance__came__in=["attended", "deputy"]), distinct=True),
        seats=Count("attendance", distinct=True),
        decided=Count("decisions", distinct=True),
    )
    meetings = list(counts.order_by("on").values_list("on", "filled", "seats", "decided"))
    came = attendance_by_agency(area, year)
    words = [f"The board met {plural(len(meetings), 'time')} in the year."]
    tables = []
    if seated := [_member(one) for one in members]:
        tables.append(table("Members of the board in the year", ["Member", "For whom", "From", "To"], seated))
    else:
        words.append("Nobody had a seat on it.")
    if meetings:
        rows = [
            [day(on), f"{filled} of {seats}" if seats else "–", number(decided)]
            for on, filled, seats, decided in meetings
        ]
        tables.append(table("Meetings of the board", ["Meeting", "Seats filled", "Decisions"], rows))
    if came:
        by_agency = [[one.name, f"{one.there.k} of {one.there.n}", number(one.deputy)] for one in came]
        tables.append(table("Seats filled, by agency", ["Agency", "Filled", "Of these by a deputy"], by_agency))
    return {"words": words, "tables": tables}


def plan_section(area: Area, year: BoardYear) -> Content:
    """The plans that were in force in a year, and how each action stood at its end. Four queries at most."""
    notes = BusinessNote.objects.order_by("on", "id")
    actions = BusinessAction.objects.select_related("owner__person", "agency").prefetch_related(
        Prefetch("notes", notes)
    )
    plans = BusinessPlan.objects.filter(area=area, from_on__lte=year.until, until_on__gte=year.since)
    found = list(plans.order_by("from_on").prefetch_related("aims", Prefetch("aims__actions", actions)))
    tables = [
        table(
            f"{plan.title}: {aim.number}. {aim.text}",
            ["Action", "Who", "Due", f"Stood on {day(year.until)}", "What was said last"],
            [_action(one, year) for one in aim.actions.all()],
        )
        for plan in found
        for aim in plan.aims.all()
        if aim.actions.all()
    ]
    if not found:
        return {"words": ["No business plan was in force in the year."], "tables": []}
    words = [f"{plan.title}: from {day(plan.from_on)} to {day(plan.until_on)}." for plan in found]
    bare = [aim for plan in found for aim in plan.aims.all() if not aim.actions.all()]
    words += [f"{aim.number}. {aim.text} No action was set for this aim." for aim in bare]
    return {"words": words, "tables": tables}


def _member(one: Member) -> list[str]:
    who = f"{one.who} (chair)" if one.chairs else one.who
    return [who, one.whose, day(one.from_on), day(one.until_on) or "–"]


def _action(one: BusinessAction, year: BoardYear) -> list[str]:
    said = [note for note in one.notes.all() if note.on <= year.until]
    due_on, stands = stood(
        one.first_due_on, [Said(Step(note.step), note.on, note.moved_to) for note in said], year.until
    )
    last = said[-1].words if said else ""
    return [f"{one.number}. {one.text}", one.whose, day(due_on), stands.label, last or "–"]
