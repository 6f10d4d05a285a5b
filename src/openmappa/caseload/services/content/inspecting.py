"""An inspection under way in a demonstration: opened, listed and drawn by the inspector; an area names joint work."""

from datetime import timedelta

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.furnishing import caseload_day
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import REPRESENTED, Whom
from openmappa.inspections.models import Inspection, Kind
from openmappa.inspections.queries.frameworks import shipped
from openmappa.inspections.queries.inspections import drawn_of, sampled_cases
from openmappa.inspections.services.inspecting import add_member, open_inspection
from openmappa.inspections.services.sampling import draw_sample, make_list, name_joint_work, replace_case
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import Ground
from openmappa.samples.queries import frame_of, last_list

FROM_EACH, JOINT, BEFORE = 20, 4, timedelta(days=7)
TITLE = "Managing sex offenders in the community"
PURPOSE = "How police and probation manage sex offenders together, in every area of this demonstration."
SEED, SEED_FROM = "8 14 23 31 40 47", "The lottery numbers of the Saturday before, as the letter to the areas said."


def leave_inspection(source: str) -> int:
    """Open one inspection of all areas, and draw it, unless there is one; returns how many cases were drawn."""
    inspectors = list(User.objects.filter(role=Role.INSPECTOR, username__startswith="inspector").order_by("username"))
    areas = list(Area.objects.filter(pk__in=Case.objects.filter(source=source).values("area")).order_by("name"))
    if not inspectors or not areas or Inspection.objects.exists():
        return 0
    lead, *others = inspectors
    with a_deed(), as_person(lead):
        row = open_inspection(
            by=lead,
            kind=Kind.JOINT,
            title=TITLE,
            purpose=PURPOSE,
            framework=shipped(),
            areas=areas,
            on=caseload_day(source) - BEFORE,
        )
        for other in others:
            add_member(by=lead, inspection=row, person=other)
        drawn = _drawn(lead, row)
    if drawn:
        with a_deed():
            _name_joint_work(row, areas[0])
    return drawn


def _drawn(lead: User, row: Inspection) -> int:
    """List the cases, draw up to twenty of each area, and replace one; how many there are."""
    try:
        make_list(by=lead, inspection=row, whom=Whom.MANAGED)
    except NotDrawn:
        return 0
    listed = last_list(row.exercise)
    assert listed is not None
    sizes = frame_of(listed).sizes
    each = min(FROM_EACH, *sizes.values()) if len(sizes) > 1 else min(FROM_EACH, listed.size)
    size = sum(min(FROM_EACH, size) for size in sizes.values())
    rules = Rules(size, each, tuple(trait.value for trait in REPRESENTED))
    draw_sample(by=lead, inspection=row, seed=SEED, seed_from=SEED_FROM, rules=rules)
    if listed.size > size:
        _replace_one(lead, row)
    return size


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
