"""Every figure counted again by hand, case by case in Python: what the database's functions are compared with."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from openmappa.cases.models import Case
from openmappa.coordination.queries.figures import Period, rules
from openmappa.core.dates import add_months
from openmappa.core.mappa.frequency import frequency
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.plans.models.plan import Plan
from openmappa.timeline.models import Duty, Fact

PLANNED = ("isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed")
Counts = Counter[str]


def recount(cases: Iterable[Case], period: Period) -> dict[str, tuple[int, int]]:
    """k and n of every figure over these cases."""
    k: Counts = Counter()
    n: Counts = Counter()
    for case in cases:
        _of_case(case, period, k, n)
    levels, reviews = sum(k[f"level_{each}"] for each in (1, 2, 3)), n["reviews"]
    whole = {**dict.fromkeys(["level_1", "level_2", "level_3"], levels)}
    whole |= dict.fromkeys(["none", "monthly", "quarterly", "six_monthly", "irregular"], reviews)
    return {figure.id.value: (k[figure.id], whole.get(figure.id, n[figure.id])) for figure in rules().figures}


def _of_case(case: Case, period: Period, k: Counts, n: Counts) -> None:
    since, until = period.since, period.until
    facts = [fact for fact in Fact.objects.filter(case=case).standing() if fact.on <= until]
    held = [fact for fact in facts if fact.kind == "mappa_meeting_held"]
    _levels(facts, held, period, k, n)
    duties = [each for each in Duty.objects.filter(case=case) if _judged(each, until)]
    due = [each for each in duties if each.standard == "mappa-review" and since <= each.due_on < until]
    in_time = [(met := _met(each, until)) is not None and met <= each.due_on for each in due]
    for meeting in Meeting.objects.filter(case=case, review_on__gte=since, review_on__lt=until, fact__in=held):
        assert meeting.fact is not None
        assert meeting.review_on is not None
        in_time.append(any(meeting.fact.on < fact.on <= meeting.review_on for fact in held))
    _one("sufficient", in_time, k, n)
    told = [each for each in duties if each.standard == "offender-informed" and each.because_on >= since]
    told.sort(key=lambda each: (each.because_on, each.because_fact_id))
    _one("told", [_met(each, until) is not None for each in told[-1:]], k, n)
    for standard, figure in (("minutes-police", "police_file"), ("minutes-probation", "probation_file")):
        filed = [each for each in duties if each.standard == standard and each.because_on >= since]
        _one(figure, [_met(each, until) is not None for each in filed], k, n)
    for each in duties:
        if each.standard == "mappa-action" and since <= each.due_on <= until:
            n["actions"] += 1
            k["actions"] += _met(each, until) is not None
    _integrated(case, facts, period, k, n)
    for meeting in Meeting.objects.filter(case=case, fact__in=[fact for fact in held if fact.on >= since]):
        _attendance(case, meeting, k, n)


def _levels(facts: list[Fact], held: list[Fact], period: Period, k: Counts, n: Counts) -> None:
    levels = [(fact.on, int(fact.details["level"])) for fact in facts if fact.kind == "mappa_level_set"]
    if not levels or any(fact.kind == "case_closed" for fact in facts):
        return
    level = levels[-1][1]
    k[f"level_{level}"] += 1
    if level == 1:
        return
    began = levels[-1][0]
    for on, each in reversed(levels):
        if each == 1:
            break
        began = on
    if began <= add_months(period.until, -{2: 3, 3: 1}[level]):
        n["reviews"] += 1
        days = [fact.on for fact in held]
        k[frequency(days, rules().bands, since=period.since, until=period.until).value] += 1


def _integrated(case: Case, facts: list[Fact], period: Period, k: Counts, n: Counts) -> None:
    agreed = [fact for fact in facts if fact.kind == "action_agreed" and fact.on >= period.since]
    if not agreed:
        return
    last = max(fact.on for fact in agreed)
    if not any(fact.kind in PLANNED and fact.on >= last for fact in facts):
        return
    names = {fact.details["action"] for fact in agreed}
    plans = [plan for plan in Plan.objects.filter(case=case).signed() if _between(plan, last, period.until)]
    _one("integrated", [any(names & set(plan.mappa_actions) for plan in plans)], k, n)


def _between(plan: Plan, first: date, last: date) -> bool:
    assert plan.signed_at is not None
    return first <= timezone.localdate(plan.signed_at) <= last


def _attendance(case: Case, meeting: Meeting, k: Counts, n: Counts) -> None:
    noted = list(Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True).exclude(attendance=""))
    if not noted:
        return
    there = [each.person for each in noted if each.attendance == "attended" and each.person is not None]
    for figure, holder in (("case_manager", case.case_manager), ("police_officer", case.police_officer)):
        n[figure] += 1
        k[figure] += any(person == holder or person.role == figure for person in there)


def _one(figure: str, answers: list[bool], k: Counts, n: Counts) -> None:
    """A case counts once, and among those counted where every answer is yes."""
    if answers:
        n[figure] += 1
        k[figure] += all(answers)


def _met(duty: Duty, until: date) -> date | None:
    return duty.met_on if duty.met_on is not None and duty.met_on <= until else None


def _judged(duty: Duty, until: date) -> bool:
    closed_on = duty.closed_on if duty.closed_on is not None and duty.closed_on <= until else None
    if _met(duty, until) is not None:
        return True
    return closed_on > duty.due_on if closed_on is not None else duty.due_on < until
