"""What the record itself can answer of an inspection's questions: offered to the inspector, never decided.

Was it on time, was it there, was it signed, was the offender told: facts and duties say so, as they were known on the
day of the fieldwork (``known_on``). An offer says how it was worked out, and whoever assesses confirms it or overrules
it with a reason. The record never offers *excellent*: how good a piece of work is, it cannot see.

The rule for what was due: every one done in time is *sufficient*; one that came late or not at all is *not sufficient*;
none done at all is *poor*. For what only has to be there (minutes, being told), late is there. What is not due yet, or
lapsed before it was, counts for nothing. Our choice; the report gives no rule by which its inspectors scored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.inspection.framework import Question
from openmappa.core.inspection.scores import Answer
from openmappa.core.standards.duties import Duty, Outcome
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.words import in_full

SHOWN = 6
"""So many of what came late are named one by one; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer that the record offers, and in sentences how it was worked out.

    ``partly``: the record answers only a part of the question, whether it was there or in time, not how good it was.
    """

    answer: str
    because: tuple[str, ...]
    partly: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """By which duties a question is answered. ``what`` is counted in words, one and many.

    ``late_is_there``: only whether it came counts, not when. ``none`` is what is offered where nothing was due: that
    the question does not apply, or nothing.
    """

    standards: tuple[str, ...]
    what: tuple[str, str]
    late_is_there: bool = False
    none_applies_not: bool = True
    partly: bool = False


RULES: Mapping[str, _Rule] = {
    "programme_started_in_time": _Rule(("programme-start",), ("start of a programme", "starts of a programme")),
    "isp_content_and_timing": _Rule(
        ("isp-start",), ("initial plan", "initial plans"), none_applies_not=False, partly=True
    ),
    "plan_reviewed_every_16_weeks": _Rule(
        ("plan-review",), ("review of the plan", "reviews of the plan"), none_applies_not=False
    ),
    "rosh_assessment_at_start": _Rule(
        ("oasys-start",), ("OASys at the start", "OASys at the start"), none_applies_not=False, partly=True
    ),
    "rosh_assessment_every_16_weeks": _Rule(
        ("oasys-review",), ("OASys review", "OASys reviews"), none_applies_not=False
    ),
    "rosh_assessment_after_significant_incident": _Rule(
        ("oasys-after-incident",), ("OASys after an incident", "OASys after an incident")
    ),
    "management_involvement_in_assessment": _Rule(
        ("rm2000-countersign",),
        ("RM2000 countersignature", "RM2000 countersignatures"),
        none_applies_not=False,
        partly=True,
    ),
    "likelihood_content_appropriate": _Rule(
        ("rm2000-start",), ("RM2000", "RM2000"), late_is_there=True, none_applies_not=False, partly=True
    ),
    "rmp_within_five_working_days": _Rule(
        ("rmp-start",), ("risk management plan", "risk management plans"), none_applies_not=False, partly=True
    ),
    "inter_agency_rmp_reviewed": _Rule(
        ("rmp-review",), ("review of the risk management plan", "reviews of the risk management plan"), partly=True
    ),
    "minutes_on_both_files": _Rule(
        ("minutes-police", "minutes-probation"),
        ("copy of minutes", "copies of minutes (one of each meeting for each file)"),
        late_is_there=True,
    ),
    "offender_informed_of_decisions": _Rule(("offender-informed",), ("meeting", "meetings"), late_is_there=True),
    "home_visits_as_planned": _Rule(("home-visit",), ("police visit", "police visits"), partly=True),
    "change_notified_by_probation": _Rule(("risk-change-police",), ("change of risk", "changes of risk"), partly=True),
    "change_notified_by_police": _Rule(
        ("risk-change-probation",), ("change of likelihood", "changes of likelihood"), partly=True
    ),
    "breach_or_recall_in_time": _Rule(("enforcement",), ("breach", "breaches")),
}
"""The questions of the framework that ships, by code. A framework that was changed keeps those whose codes it keeps."""
VISITED = "case_manager_home_visit"
PARTLY = "The record shows only whether and when; how good it was is yours to judge."


def offers(questions: Sequence[Question], facts: Sequence[Fact], duties: Sequence[Duty], on: date) -> dict[str, Offer]:
    """What the record offers on these questions, by code; a question that it says nothing to is not there.

    ``facts`` are those known on the day, ``duties`` those worked out from them as of the day.
    """
    found: dict[str, Offer] = {}
    for question in questions:
        made = _visited(facts) if question.code == VISITED else _by_duties(question, duties, on)
        if made is not None and made.answer in (*question.answers, Answer.NOT_APPLICABLE):
            found[question.code] = made
    return found


def _visited(facts: Sequence[Fact]) -> Offer:
    visits = [fact.on for fact in facts if fact.kind == "home_visit" and fact.details.get("service") == "probation"]
    if not visits:
        return Offer(Answer.POOR, ("No home visit by probation is on the record.",))
    times = "once" if len(visits) == 1 else f"{len(visits)} times"
    return Offer(Answer.SUFFICIENT, (f"Probation visited {times}, last on {in_full(max(visits))}.",))


def _by_duties(question: Question, duties: Sequence[Duty], on: date) -> Offer | None:
    rule = RULES.get(question.code)
    if rule is None:
        return None
    asked = [(duty, duty.outcome(on)) for duty in duties if duty.standard in rule.standards]
    judged = [each for each in asked if each[1] not in (Outcome.DUE, Outcome.LAPSED)]
    if not judged:
        nothing = Offer(Answer.NOT_APPLICABLE, (f"No {rule.what[0]} was due by then.",))
        return nothing if rule.none_applies_not else None
    done = {Outcome.MET, Outcome.MET_LATE}
    good = done if rule.late_is_there else {Outcome.MET}
    well = sum(outcome in good for _, outcome in judged)
    nothing_done = all(outcome not in done for _, outcome in judged)
    answer = _answer(question, all_well=well == len(judged), nothing_done=nothing_done)
    wrong = [_line(duty, outcome) for duty, outcome in judged if outcome not in good]
    more = (f"And {len(wrong) - SHOWN} more.",) if len(wrong) > SHOWN else ()
    said = (_summary(rule, well, len(judged)), *wrong[:SHOWN], *more)
    return Offer(answer, (*said, PARTLY) if rule.partly else said, rule.partly)


def _answer(question: Question, *, all_well: bool, nothing_done: bool) -> str:
    if not question.is_scored:
        return "yes" if all_well else "no"
    if all_well:
        return Answer.SUFFICIENT
    return Answer.POOR if nothing_done else Answer.NOT_SUFFICIENT


def _summary(rule: _Rule, well: int, judged: int) -> str:
    words = "on the record" if rule.late_is_there else "done in time"
    return f"{well} of {judged} {rule.what[judged > 1]} {words}."


def _line(duty: Duty, outcome: Outcome) -> str:
    due = f"Due {in_full(duty.due_on)}"
    if duty.met_on is not None and outcome is Outcome.MET_LATE:
        return f"{due}: done {in_full(duty.met_on)}, late."
    return f"{due}: not done."
