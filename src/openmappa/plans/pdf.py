"""Plans as PDF files, tagged (PDF/UA-1). Texts reach the document as data, so that none of them is read as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openmappa.core.plans.offender import OffenderActivity, OffenderPlan
from openmappa.ui.formats import day
from openmappa.ui.typesetting import typeset

DOCUMENTS = Path(__file__).parent / "documents"


@dataclass(frozen=True)
class GlancePart:
    """One part of a plan at a glance: its title, and a text or a table."""

    title: str
    text: str = ""
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def offender_pdf(plan: OffenderPlan) -> bytes:
    """The offender's copy. It says what is in `plan` and nothing else."""
    steps = [
        {"words": step.words, "who": step.who, "due_on": day(step.due_on), "state": step.state} for step in plan.steps
    ]
    data = {
        "title": f"Your plan: {plan.name}",
        "lead": _lead(plan),
        "steps": steps,
        "activities": [{"words": one.words, "days": _days(one)} for one in plan.activities],
        "contact": plan.contact,
        "adapted": plan.adapted,
        "own_words": plan.own_words,
        "next": _next(plan),
    }
    return typeset(DOCUMENTS / "offender.typ", data)


def glance_pdf(*, title: str, lead: str, marking: str, parts: Sequence[GlancePart]) -> bytes:
    """A plan at a glance for the file, with its marking on every page."""
    shown = [{"title": p.title, "text": p.text, "head": list(p.head), "rows": [list(r) for r in p.rows]} for p in parts]
    return typeset(DOCUMENTS / "glance.typ", {"title": title, "lead": lead, "marking": marking, "parts": shown})


def _lead(plan: OffenderPlan) -> str:
    if plan.is_draft:
        return "This is not finished. It is for you to read, and to say what you think of it."
    return f"Written by {plan.written_by}, {day(plan.written_on)}. This copy is for you."


def _days(activity: OffenderActivity) -> str:
    begins = f"From {day(activity.starts_on)}"
    return f"{begins} to {day(activity.ends_on)}" if activity.ends_on else begins


def _next(plan: OffenderPlan) -> str:
    agreed = {True: "You agreed with this plan. ", False: "You did not agree with everything in this plan. "}
    said = agreed.get(plan.agreed, "") if plan.agreed is not None else ""
    looked_at = f"We look at it again together by {day(plan.review_by)}. " if plan.review_by else ""
    return f"{said}{looked_at}If something is wrong or has changed, tell your case manager."
