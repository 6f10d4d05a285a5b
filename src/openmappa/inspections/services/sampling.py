"""The list, the draw, replacements and joint work of an inspection: who may, what the log says, who is told."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import Whom
from openmappa.inspections.errors import NotTheirs
from openmappa.inspections.models import Inspection
from openmappa.inspections.queries.inspections import leads, may_assess, names_joint_work_of, people_of_areas
from openmappa.inspections.services.inspecting import KIND, NOT_LEADING
from openmappa.notices.services import tell
from openmappa.samples.models import CaseList, DrawnSample, Ground, JointWork, Replacement, SampledCase
from openmappa.samples.queries import members_of
from openmappa.samples.services.drawing import draw_cases, list_cases, name_as_joint_work, replace_sampled


def make_list(*, by: User, inspection: Inspection, whom: Whom) -> CaseList:
    """List every case of its areas on its day, as known then. Raises NotTheirs, NotDrawn."""
    if not leads(by, inspection):
        raise NotTheirs(NOT_LEADING)
    with transaction.atomic():
        made = list_cases(by=by, exercise=inspection.exercise, whom=whom)
        about = {"inspection": str(inspection.key), "whom": str(whom), "cases": made.size, "digest": made.digest}
        log(by=by, verb="list cases for inspection", about=about)
        return made


def draw_sample(*, by: User, inspection: Inspection, seed: str, seed_from: str, rules: Rules) -> DrawnSample:
    """Draw its sample and open it to those who work on it; they and its areas are told. Raises NotTheirs, NotDrawn."""
    if not leads(by, inspection):
        raise NotTheirs(NOT_LEADING)
    with transaction.atomic():
        drawn = draw_cases(by=by, exercise=inspection.exercise, seed=seed, seed_from=seed_from, rules=rules)
        _log_cases(by, inspection, drawn, "draw inspection sample", {"seed": drawn.seed, "size": rules.size})
        link = reverse("inspections:sample", kwargs={"inspection": inspection.key})
        others = [member.person for member in members_of(inspection.exercise).in_force() if member.person_id != by.pk]
        words = "The cases of an inspection that you work on are drawn. They are open to you now."
        tell(people=others, kind=KIND, words=words, link=link)
        names = [person for person in people_of_areas(inspection) if person.pk != by.pk]
        words = "The sample of an inspection of your area is drawn. You can name joint work in it."
        link = reverse("inspections:joint_work", kwargs={"inspection": inspection.key})
        tell(people=names, kind=KIND, words=words, link=link)
        return drawn


def replace_case(
    *, by: User, inspection: Inspection, drawn: DrawnSample, key: str, ground: Ground, words: str = ""
) -> Replacement:
    """Replace a case of its sample by the next reserve, with the reason. Raises NotTheirs, NotDrawn."""
    if not may_assess(by, inspection):
        raise NotTheirs("Those who work on an inspection replace its cases, while it is open.")
    with transaction.atomic():
        made = replace_sampled(by=by, drawn=drawn, key=key, ground=ground, words=words)
        about = {"out": made.out_key, "into": made.into_key, "ground": str(ground)}
        _log_cases(by, inspection, drawn, "replace inspected case", about)
        return made


def name_joint_work(*, by: User, inspection: Inspection, drawn: DrawnSample, keys: Sequence[str]) -> list[JointWork]:
    """Name cases of one's own area as joint work, instead of those named before.

    Raises NotAllowed, NotTheirs, NotDrawn.
    """
    require(by, Permission.NAME_JOINT_WORK)
    area = names_joint_work_of(by, inspection)
    if area is None:
        raise NotTheirs("The MAPPA coordinator of an area, or a chief officer there, names its joint work.")
    with transaction.atomic():
        named = name_as_joint_work(by=by, drawn=drawn, stratum=area.name, keys=keys)
        about = {"inspection": str(inspection.key), "keys": sorted(keys)}
        log(by=by, verb="name joint work", about=about)
        return named


def _log_cases(by: User, inspection: Inspection, drawn: DrawnSample, verb: str, about: Mapping[str, object]) -> None:
    """One event for the deed, with the cases that are in the sample by it, as far as whoever acts sees them."""
    cases = SampledCase.objects.filter(sample=drawn, left_at__isnull=True).values_list("case_id", flat=True)
    log(by=by, verb=verb, about={"inspection": str(inspection.key), **about}, case_ids=cases)
