"""What comes after an OASys is signed: a countersignature, an RM2000, plans."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.bands import HarmLevel
from openmappa.oasys.queries.oasys import Written
from openmappa.timeline.forms.ways import way_to_record
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.frame import CaseFrame

OUGHT_TO_HAVE_A_PLAN = (HarmLevel.HIGH, HarmLevel.VERY_HIGH)
SEXUAL_GROUPS = ("sexual_child", "sexual_not_child")


@dataclass(frozen=True)
class Step:
    """One thing to do next: what, why, and where (empty: nothing of this person's to open)."""

    title: str
    why: str
    href: str = ""


def steps_after(found: Written, frame: CaseFrame) -> list[Step]:
    """What comes next after this OASys, in the order in which it is to be done."""
    return [*_plan(found, frame), *_rm2000(found, frame), *_countersignature(found), *_supervision_plan(frame)]


def plans_page(frame: CaseFrame) -> str:
    """The plans of the case; empty while there is no such page."""
    try:
        return reverse("plans:list", kwargs={"key": frame.key})
    except NoReverseMatch:
        return ""


def is_sexual(found: Written) -> bool:
    """Whether the offence that is assessed is sexual: by its group, or by the analysis of the offences."""
    likelihood = found.answers.get("likelihood", {})
    analysis = found.answers.get("analysis-of-offences", {})
    return likelihood.get("offence_group") in SEXUAL_GROUPS or analysis.get("item_2_2_4") is True


def lacks_rm2000(case: Case) -> bool:
    """Whether there is no RM2000, or only one from before the present order or licence. One query."""
    rows = Fact.objects.filter(case=case, kind__in=["rm2000_completed", "order_started"]).standing()
    last = {row.kind: row.on for row in rows}
    scored, started = last.get("rm2000_completed"), last.get("order_started")
    return scored is None or (started is not None and scored < started)


def _plan(found: Written, frame: CaseFrame) -> list[Step]:
    if found.summary.overall not in OUGHT_TO_HAVE_A_PLAN:
        return []
    why = "The risk of harm is high or very high, so one is due within 5 working days."
    return [Step("Write or review the risk management plan", why, way_to_record("rmp_completed", frame.key).href)]


def _rm2000(found: Written, frame: CaseFrame) -> list[Step]:
    if not is_sexual(found) or frame.case.person.sex != "male" or not lacks_rm2000(frame.case):
        return []
    may = frame.user.may(Permission.SCORE_RM2000)
    href = reverse("assessments:score_rm2000", kwargs={"key": frame.key}) if may else ""
    return [Step("Score an RM2000", "The offence is sexual, and there is no RM2000 for this order or licence.", href)]


def _countersignature(found: Written) -> list[Step]:
    row = found.oasys
    if not row.is_waiting:
        return []
    why = "It is on their list. Until then pages say “not yet countersigned”, but the level stands."
    return [Step("Your line manager countersigns it", why)]


def _supervision_plan(frame: CaseFrame) -> list[Step]:
    if not frame.standing.supervised:
        return []
    why = "It rests on the needs and harm factors found here."
    return [Step("Write or review the supervision plan", why, way_to_record("isp_completed", frame.key).href)]
