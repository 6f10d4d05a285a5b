"""Inspections of a demonstration: one under way, nearly all of it assessed; and one that was published before."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.caseload.services.content.inspected.answering import assess_all_long_ago, assess_nearly_all
from openmappa.caseload.services.content.inspected.interviewing import hold_interviews
from openmappa.caseload.services.content.inspected.reporting import publish_long_ago, write_findings
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.furnishing import caseload_day
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import REPRESENTED, Whom
from openmappa.core.involvement import InvolvementKind
from openmappa.core.synthetic.content.inspected.words import EARLIER_PURPOSE, EARLIER_TITLE
from openmappa.inspections.models import Inspection, Kind
from openmappa.inspections.queries.frameworks import shipped
from openmappa.inspections.queries.inspections import drawn_of, sampled_cases
from openmappa.inspections.services.frameworks import stored
from openmappa.inspections.services.inspecting import add_member, open_inspection
from openmappa.inspections.services.sampling import draw_sample, make_list, name_joint_work, replace_case
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import CaseList, Exercise, ExerciseMember, Gift, Ground, SampledCase
from openmappa.samples.queries import frame_of, last_list
from openmappa.samples.services.drawing import draw_cases, list_cases
from openmappa.samples.services.exercises import begin_exercise, end_exercise

FROM_EACH, JOINT, BEFORE = 20, 4, timedelta(days=7)
EARLIER_EACH, EARLIER_BEFORE, WORSE = 10, timedelta(days=730), -9
"""The earlier one: so many cases of each area, so long before, so many points of a hundred worse than printed."""
TITLE = "Managing sex offenders in the community"
PURPOSE = "How police and probation manage sex offenders together, in every area of this demonstration."
SEED, SEED_FROM = "8 14 23 31 40 47", "The lottery numbers of the Saturday before, as the letter to the areas said."


def leave_inspection(source: str) -> int:
    """Open one inspection of all areas, draw and assess it, after one that is over; unless there is one.

    Returns how many cases were drawn.
    """
    inspectors = list(User.objects.filter(role=Role.INSPECTOR, username__startswith="inspector").order_by("username"))
    areas = list(Area.objects.filter(pk__in=Case.objects.filter(source=source).values("area")).order_by("name"))
    if not inspectors or not areas or Inspection.objects.exists():
        return 0
    lead, *others = inspectors
    day = caseload_day(source)
    _leave_earlier(lead, areas, day - EARLIER_BEFORE)
    with a_deed(), as_person(lead):
        row = open_inspection(
            by=lead,
            kind=Kind.JOINT,
            title=TITLE,
            purpose=PURPOSE,
            framework=shipped(),
            areas=areas,
            on=day - BEFORE,
        )
        for other in others:
            add_member(by=lead, inspection=row, person=other)
        drawn = _drawn(lead, row)
    if drawn:
        with a_deed():
            _name_joint_work(row, areas[0])
        assess_nearly_all(lead=lead, exercise=row.exercise, people=inspectors)
        themes = hold_interviews(inspectors, row.exercise, areas)
        write_findings(lead, row.exercise, areas[0], themes)
    return drawn


def _leave_earlier(lead: User, areas: Sequence[Area], on: date) -> None:
    """One that was done and published on a day long ago, if there were cases then; nobody is told of it now."""
    at = timezone.make_aware(datetime.combine(on, time(14, 0)))
    try:
        with a_deed(), as_person(lead):
            exercise = begin_exercise(by=lead, purpose=InvolvementKind.INSPECTION, on=on, areas=areas)
            row = Inspection.objects.create(
                key=exercise.key,
                exercise=exercise,
                kind=Kind.JOINT,
                title=EARLIER_TITLE,
                purpose=EARLIER_PURPOSE,
                framework=stored(shipped()),
            )
            listed = list_cases(by=lead, exercise=exercise, whom=Whom.MANAGED, at=at)
            rules = _rules(listed, EARLIER_EACH)
            draw_cases(by=lead, exercise=exercise, seed=SEED, seed_from=SEED_FROM, rules=rules, at=at)
    except NotDrawn:  # nobody was managed then
        return
    assess_all_long_ago(lead=lead, exercise=exercise, better=WORSE, at=at)
    publish_long_ago(lead, row, areas, at + timedelta(days=60))
    with a_deed(), as_person(lead):
        end_exercise(by=lead, exercise=exercise)
    with a_deed():
        _date_back(exercise, at)


def _date_back(exercise: Exercise, at: datetime) -> None:
    """Say that all of it was then."""
    ended = at + timedelta(days=60)
    Exercise.objects.filter(pk=exercise.pk).update(opened_at=at, ended_at=ended)
    ExerciseMember.objects.filter(exercise=exercise).update(from_at=at)
    SampledCase.objects.filter(sample__exercise=exercise).update(from_at=at)
    given = Gift.objects.filter(sampled__sample__exercise=exercise).values("involvement")
    Involvement.objects.filter(pk__in=given).update(from_at=at, given_at=at, ended_at=ended)


def _rules(listed: CaseList, from_each: int) -> Rules:
    """Up to so many of each area, as many of each at least as the smallest allows."""
    sizes = frame_of(listed).sizes
    each = min(from_each, *sizes.values()) if len(sizes) > 1 else min(from_each, listed.size)
    size = sum(min(from_each, size) for size in sizes.values())
    return Rules(size, each, tuple(trait.value for trait in REPRESENTED))


def _drawn(lead: User, row: Inspection) -> int:
    """List the cases, draw up to twenty of each area, and replace one; how many there are."""
    try:
        make_list(by=lead, inspection=row, whom=Whom.MANAGED)
    except NotDrawn:
        return 0
    listed = last_list(row.exercise)
    assert listed is not None
    rules = _rules(listed, FROM_EACH)
    draw_sample(by=lead, inspection=row, seed=SEED, seed_from=SEED_FROM, rules=rules)
    if listed.size > rules.size:
        _replace_one(lead, row)
    return rules.size


def _replace_one(lead: User, row: Inspection) -> None:
    drawn, first = drawn_of(row), sampled_cases(row).first()
    assert drawn is not None and first is not None
    try:
        replace_case(by=lead, inspection=row, drawn=drawn, key=first.key, ground=Ground.NO_FILES)
    except NotDrawn:  # every case of its area is in the sample: there is no reserve
        return


def _name_joint_work(row: Inspection, area: Area) -> None:
    coordinator = User.objects.filter(role=Role.MAPPA_COORDINATOR, area=area).first()
    if coordinator is None:
        return
    with as_person(coordinator):
        drawn = drawn_of(row)
        keys = list(sampled_cases(row).filter(case__area=area).values_list("key", flat=True)[:JOINT])
        if drawn is not None:
            name_joint_work(by=coordinator, inspection=row, drawn=drawn, keys=keys)
