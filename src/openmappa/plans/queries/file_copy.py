"""A plan at a glance as the parts of a document for the file."""

from collections.abc import Iterator, Sequence
from datetime import date

from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, RiskManagement
from openmappa.plans.pdf import GlancePart
from openmappa.plans.queries.glance import Glance
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.formats import day, words

SUPERVISION_TEXTS = {
    "contact": "Contact",
    "community": "Community",
    "diversity": "Diversity",
    "adapted": "What was adapted",
    "own_words": "The offender’s own words",
    "why_not_shared": "Why not shared or not agreed",
}
RISK_TEXTS = {
    "other_agencies": "Other agencies",
    "existing_controls": "Controls now",
    "added_measures": "Measures added",
    "conditions": "Conditions to ask for",
    "contact": "Contact",
    "comments": "Comments",
}
CONFIDENTIAL_TEXTS = {
    "victim_issues": "Victims (not to be disclosed to the offender)",
    "victim_safety": "Victim safety (not to be disclosed to the offender)",
    "third_party": "Said in confidence (not to be disclosed to the offender)",
    "hidden_controls": "Controls the offender must not know of",
}


def file_parts(frame: CaseFrame, seen: Glance, confidential: bool) -> list[GlancePart]:
    """The parts of the document; the confidential one only where it is asked for and the reader opens it."""
    parts = [_signing(seen.plan), *_texts(seen.plan, SUPERVISION_TEXTS), *_tables(frame.today, seen)]
    if seen.risk_management is not None:
        parts += _texts(seen.risk_management, RISK_TEXTS)
    if confidential and seen.confidential is not None:
        parts += _texts(seen.confidential, CONFIDENTIAL_TEXTS)
    return [part for part in parts if part.text or part.rows]


def _signing(plan: Plan) -> GlancePart:
    if plan.fact is None or plan.signed_by is None:
        return GlancePart("Draft", "This plan is not signed.")
    signed = f"Completed {day(plan.fact.on)}, signed by {plan.signed_by.full_name}."
    if plan.countersigned_by is not None:
        return GlancePart("Signed", f"{signed} Countersigned by {plan.countersigned_by.full_name}.")
    return GlancePart("Signed", f"{signed} Not yet countersigned." if plan.waits_for_countersignature else signed)


def _texts(row: Plan | RiskManagement | ConfidentialPart, titles: dict[str, str]) -> Iterator[GlancePart]:
    return (GlancePart(title, str(getattr(row, name))) for name, title in titles.items())


def _tables(today: date, seen: Glance) -> Iterator[GlancePart]:
    yield _table(
        "Objectives",
        ("Number", "What, and how it is measured", "Who", "By", "State"),
        [
            (
                str(line.part.number),
                f"{line.part.what}\n{line.part.measure}",
                line.part.owner_words,
                day(line.part.due_on),
                f"{words(line.state)}\n{line.evidence}",
            )
            for line in seen.objectives
        ],
    )
    yield _table(
        "Actions",
        ("Number", "What", "Who", "By", "State"),
        [
            (
                str(line.part.number),
                line.part.what,
                line.part.owner_words,
                day(line.part.due_on),
                f"{words(line.state)}\n{line.evidence}",
            )
            for line in seen.actions
        ],
    )
    yield _table(
        "Interventions in sequence",
        ("Number", "What, by whom", "From", "To", "State"),
        [
            (
                str(line.part.number),
                f"{line.part.what}\n{line.part.provider}",
                day(line.part.starts_on),
                day(line.part.ends_on) if line.part.ends_on else "Open",
                words(line.state),
            )
            for line in seen.interventions
        ],
    )
    yield _table(
        "Actions of MAPPA meetings",
        ("Number", "What", "Whose", "By", "State"),
        [
            (
                action.name,
                action.text or "Recorded without its text",
                action.owner_and_agency,
                day(action.due_on),
                f"Completed {day(action.completed_on)}" if action.completed_on else action.state_words(today),
            )
            for action in seen.mappa
        ],
    )
    yield _table(
        "If the plan fails",
        ("What would show it", "What is done", "Who"),
        [(row.trigger, row.what, row.owner_words) for row in seen.contingencies],
    )
    yield _table(
        "Who talks to whom",
        ("Who", "With whom", "How often", "About"),
        [(row.who, row.with_whom, row.how_often, row.about) for row in seen.liaisons],
    )


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> GlancePart:
    return GlancePart(title, head=head, rows=rows)
