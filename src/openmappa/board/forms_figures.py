"""What a page of figures is asked for: months, as things are or as of a past day; and which groups to compare."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms

from openmappa.board.queries.groups import TOLD_APART, Happening
from openmappa.board.queries.rows import RowsBy, standards
from openmappa.board.queries.scope import PERIODS, USUAL
from openmappa.board.queries.staff import standards_of_staff
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form


class AsOf(StrEnum):
    """The three readings of a table: of the present, of a past day by what is known now, and as it was known then."""

    NOW = ""
    STOOD = "stood"
    KNOWN = "known"

    @property
    def label(self) -> str:
        """As the form names it."""
        return AS_OF[self]


AS_OF = {
    AsOf.NOW: "As things are",
    AsOf.STOOD: "As it stood on a day, by what is known now",
    AsOf.KNOWN: "As it was known on a day",
}


class AsOfForm(Form):
    """The period, and which reading. Every answer may be left out; so may the whole form."""

    months = forms.ChoiceField(
        label="Period", required=False, choices=[(str(each), f"{each} months") for each in PERIODS]
    )
    reading = forms.ChoiceField(label="Reading", required=False, choices=[(each.value, each.label) for each in AsOf])
    on = DateInputField(label="Day", required=False)

    def __init__(self, query: Mapping[str, Any], *, today: date) -> None:
        super().__init__(query)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a past reading without a day that is over."""
        answers: dict[str, Any] = super().clean() or {}
        if self.errors:
            return answers
        reading, on = AsOf(answers["reading"]), answers["on"]
        if reading is not AsOf.NOW and on is None:
            self.refuse("on", "Enter the day, or choose “As things are”")
        elif reading is not AsOf.NOW and on >= self.today:
            self.refuse("on", "The day must be over: yesterday or earlier")
        return answers

    @property
    def as_of(self) -> AsOf:
        """Which reading was asked for; the present where something is to be put right first."""
        return AsOf(self.cleaned_data["reading"]) if self.is_valid() else AsOf.NOW

    @property
    def until(self) -> date:
        """The last day of the period."""
        return self.cleaned_data["on"] if self.as_of is not AsOf.NOW else self.today

    @property
    def months_asked(self) -> str:
        """The months of the period, as they were asked for."""
        return (self.cleaned_data.get("months") if self.is_valid() else "") or str(USUAL)

    @property
    def answers(self) -> dict[str, str]:
        """What the address of the page says, so that it can be asked for again."""
        found = {"months": self.months_asked}
        if self.as_of is not AsOf.NOW:
            found["reading"] = self.as_of.value
            found |= {f"on-{part}": str(getattr(self.until, part)) for part in ("day", "month", "year")}
        return found


class GroupsForm(AsOfForm):
    """Which groups, and what happens more or less often in them."""

    by = forms.ChoiceField(label="Groups", required=False, choices=[(each.value, each.label) for each in TOLD_APART])
    what = forms.ChoiceField(label="What", required=False, choices=[(each.value, each.label) for each in Happening])
    standard = forms.ChoiceField(label="Standard", required=False)
    against = forms.CharField(required=False, max_length=60)

    def __init__(self, query: Mapping[str, Any], *, today: date) -> None:
        super().__init__(query, today=today)
        field = self.fields["standard"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "All standards"), *standards().items()]

    @property
    def asked(self) -> tuple[RowsBy, Happening, str, str]:
        """Groups, what happens, the standard and the group to hold the others against."""
        given = self.cleaned_data if self.is_valid() else {}
        return (
            RowsBy(given.get("by") or RowsBy.ETHNICITY),
            Happening(given.get("what") or Happening.LATE),
            given.get("standard", ""),
            given.get("against", ""),
        )

    @property
    def answers(self) -> dict[str, str]:
        """As above, with the groups; without the one that the others are held against."""
        by, what, standard, _ = self.asked
        return {**super().answers, "by": by.value, "what": what.value, "standard": standard}


class StaffForm(AsOfForm):
    """Which standard to set beside posts, people and caseload."""

    standard = forms.ChoiceField(label="Standard", required=False)

    def __init__(self, query: Mapping[str, Any], *, today: date) -> None:
        super().__init__(query, today=today)
        field = self.fields["standard"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(standards_of_staff().items())

    @property
    def standard_asked(self) -> str:
        """The standard's id; the first where none that there is was asked for."""
        given = str(self.data.get("standard", ""))
        offered = standards_of_staff()
        return given if given in offered else next(iter(offered))

    @property
    def answers(self) -> dict[str, str]:
        """The standard and the reading: the quarters are always the last eight."""
        found = {name: answer for name, answer in super().answers.items() if name != "months"}
        return {"standard": self.standard_asked, **found}
