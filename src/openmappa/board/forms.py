"""The form that asks for a live table; its answers stand in the address, so that a table can be sent on as a link."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from openmappa.accounts.models import Area
from openmappa.board.forms_figures import AsOf
from openmappa.board.queries.on_time import Asked
from openmappa.board.queries.rows import RowsBy, standards
from openmappa.core.dates import add_months
from openmappa.core.inspection.on_time import MOST_PERIODS, Step, first_of, spans
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form

STEPS = {Step.MONTH: "Month", Step.QUARTER: "Quarter", Step.YEAR: "Year from April"}
BACK = {Step.MONTH: 11, Step.QUARTER: 7, Step.YEAR: 4}
"""How many whole periods before the present one a table begins with, unless somebody says otherwise."""


class AskForm(Form):
    """What a table is asked for. Every answer may be left out; so may the whole form."""

    standard = forms.ChoiceField(label="Standard", required=False)
    by = forms.ChoiceField(label="Rows", required=False, choices=[(each.value, each.label) for each in RowsBy])
    step = forms.ChoiceField(label="Periods", required=False, choices=[(each.value, STEPS[each]) for each in Step])
    area = forms.ChoiceField(label="Area", required=False)
    since = DateInputField(label="From", required=False)
    until = DateInputField(label="To", required=False)
    reading = forms.ChoiceField(label="Reading", required=False, choices=[(each.value, each.label) for each in AsOf])
    on = DateInputField(label="Day", required=False)

    def __init__(self, query: Mapping[str, Any], *, areas: Sequence[Area], today: date) -> None:
        super().__init__(query)
        self.areas, self.today = list(areas), today
        self.row = str(query["row"]) if "row" in query else None
        for name, choices in (
            ("standard", [("", "All standards"), *standards().items()]),
            ("area", [("", "All areas"), *((area.code, area.name) for area in areas)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Fill in what was left out, and refuse days that are the wrong way round or too many periods."""
        answers: dict[str, Any] = super().clean() or {}
        if self.errors:
            return answers
        reading = AsOf(answers["reading"] or (AsOf.STOOD if answers["on"] else AsOf.NOW))
        on = answers["on"] if reading is not AsOf.NOW else self.today
        if on is None:
            self.refuse("on", "Enter the day, or choose “As things are”")
            return answers
        if reading is not AsOf.NOW and on >= self.today:
            self.refuse("on", "The day must be over: yesterday or earlier")
            return answers
        step = Step(answers["step"] or Step.QUARTER)
        until = answers["until"] or on
        since = answers["since"] or add_months(first_of(until, step), -BACK[step] * step.months)
        if until < since:
            self.refuse("until", "To must be the same day as From, or later")
        elif len(spans(since, until, step)) > MOST_PERIODS:
            self.refuse("since", f"From is too far back: choose longer periods, or at most {MOST_PERIODS} of them")
        return {**answers, "reading": reading, "on": on, "step": step, "since": since, "until": until}

    @property
    def asked(self) -> Asked | None:
        """What was asked for; None where something is to be put right first."""
        if not self.is_valid():
            return None
        answers = self.cleaned_data
        chosen = [area for area in self.areas if area.code == answers["area"]] or self.areas
        return Asked(
            areas=chosen,
            every_area=len(chosen) == len(self.areas),
            standard=answers["standard"],
            by=RowsBy(answers["by"] or (RowsBy.ALL if answers["standard"] else RowsBy.STANDARD)),
            step=answers["step"],
            since=answers["since"],
            until=answers["until"],
            on=answers["on"],
            live=answers["reading"] is AsOf.NOW,
            known=answers["reading"] is AsOf.KNOWN,
            chosen=self.row,
        )
