"""Filters of a case's lists: kept in the address, where they name no person."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms

from openmappa.ui.forms import Form

STATES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "open": ("Still to do", ("due", "overdue")),
    "overdue": ("Overdue", ("overdue",)),
    "done": ("Done", ("met", "met_late")),
    "met_late": ("Done late", ("met_late",)),
    "ended": ("No longer needed", ("lapsed", "missed")),
    "missed": ("Missed", ("missed",)),
}
"""What the filter by state offers: its slug, its words, and the outcomes it means."""


class ListFilter(Form):
    """Which lines of a list to show. An answer that is no choice counts as none: addresses get cut and mistyped."""

    def __init__(self, data: Any, **choices: Mapping[str, str]) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "All"), *offered.items()]
        self._offered = choices
        self.is_valid()

    def chosen(self, name: str) -> str:
        """The answer to one question; empty means all."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters in use, each with the address of the list without it."""
        return [
            {
                "category": str(self.fields[name].label),
                "text": offered[self.chosen(name)],
                "href": f"?{self._query(without=name)}",
            }
            for name, offered in self._offered.items()
            if self.chosen(name)
        ]

    @property
    def page_href(self) -> str:
        """The address of a page of this list, up to its number."""
        return f"?{self._query()}&page=" if self._query() else "?page="

    def _query(self, without: str = "") -> str:
        return urlencode({name: self.chosen(name) for name in self._offered if name != without and self.chosen(name)})


class DutyFilter(ListFilter):
    """Which duties to show."""

    state = forms.ChoiceField(label="State", required=False)
    standard = forms.ChoiceField(label="Standard", required=False)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes asked for; none means any."""
        return STATES[self.chosen("state")][1] if self.chosen("state") else ()


class EntryFilter(ListFilter):
    """Which entries of the timeline to show: of which kind, and from which compartment."""

    kind = forms.ChoiceField(label="Kind of entry", required=False)
    compartment = forms.ChoiceField(label="Who may read it", required=False)
