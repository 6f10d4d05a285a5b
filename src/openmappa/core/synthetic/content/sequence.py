"""The interventions of a plan, in a sequence where somebody thought of one (Table 8)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from openmappa.core.synthetic.content.plan_words import STEP_RUNS
from openmappa.core.synthetic.content.planned import StepText
from openmappa.core.synthetic.content.step_words import STEPS

LATER = 14  # days after the first, where nothing else says when


def steps_on(day: date, names: Sequence[str], in_sequence: bool, is_review: bool) -> tuple[StepText, ...]:
    """The interventions of these names in a plan of this day: one after another, or all at once.

    In a review those that nothing has to come before are running already.
    """
    names = names or ("office",)
    first = 1 if in_sequence and len(names) > 1 else None
    steps = (_step(number, name, day, first if number == len(names) else None) for number, name in enumerate(names, 1))
    return tuple(_begun(step, day) if is_review and step.after is None else step for step in steps)


def _begun(step: StepText, day: date) -> StepText:
    return replace(step, state="running", state_on=day, evidence=STEP_RUNS)


def _step(number: int, name: str, day: date, after: int | None) -> StepText:
    step = STEPS[name]
    starts = day + timedelta(days=0 if after is None else step.starts or LATER)
    return StepText(
        number=number,
        name=name,
        kind=step.kind,
        what=step.what,
        provider=step.provider,
        why_now=step.why_now,
        plain=step.plain,
        starts_on=starts,
        ends_on=starts + timedelta(weeks=step.weeks),
        after=after,
    )
