"""What a live table tells apart, and what its rows are called."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from openmappa.accounts.models import Area, Unit
from openmappa.core.bands import HarmLevel, LikelihoodBand
from openmappa.core.inspection.on_time import AGES_FROM, age_group
from openmappa.core.packs.load import packs_in_service
from openmappa.ui.formats import words


class RowsBy(StrEnum):
    """What the rows of a table tell apart; the function ``board_judged`` knows the same words."""

    ALL = "all"
    STANDARD = "standard"
    AREA = "area"
    FORCE = "force"
    UNIT = "unit"
    LEVEL = "level"
    BAND = "band"
    HARM = "harm"
    ETHNICITY = "ethnicity"
    SEX = "sex"
    AGE = "age"

    @property
    def label(self) -> str:
        """As the page names it."""
        return LABELS[self]


LABELS = {
    RowsBy.ALL: "Nothing: all duties together",
    RowsBy.STANDARD: "Standard",
    RowsBy.AREA: "Area",
    RowsBy.FORCE: "Police force",
    RowsBy.UNIT: "Unit",
    RowsBy.LEVEL: "MAPPA level",
    RowsBy.BAND: "Likelihood of reconviction",
    RowsBy.HARM: "Risk of harm",
    RowsBy.ETHNICITY: "Ethnicity",
    RowsBy.SEX: "Sex",
    RowsBy.AGE: "Age when it was due",
}
UNKNOWN = {
    RowsBy.UNIT: "Of no one unit",
    RowsBy.LEVEL: "No level set",
    RowsBy.BAND: "No band yet",
    RowsBy.HARM: "No level set",
    RowsBy.ETHNICITY: "Not recorded",
    RowsBy.SEX: "Not recorded",
}
EVERYTHING = "All duties"
Names = Mapping[str, str]


def standards() -> Names:
    """Every standard of the packs in service: its title by its id, in the pack's order."""
    return {one.id: one.title for pack in packs_in_service() for one in pack.standards}


def rows_named(by: RowsBy, keys: Iterable[str], areas: Sequence[Area]) -> Names:
    """The name of each of these rows by its key, in the order in which a table shows them. One query for units."""
    found = set(keys)
    known = _ORDERED[by](areas) if by in _ORDERED else {key: words(key) for key in sorted(found) if key}
    names = {key: name for key, name in known.items() if key in found}
    others = sorted(found - names.keys())
    return names | {key: words(key) if key else UNKNOWN.get(by, EVERYTHING) for key in others}


def _units(areas: Sequence[Area]) -> Names:
    units = Unit.objects.filter(area__in=areas).select_related("agency").order_by("agency__name", "name")
    return {str(unit.pk): f"{unit.name}, {unit.agency.name}" for unit in units}


_ORDERED: Mapping[RowsBy, Callable[[Sequence[Area]], Names]] = {
    RowsBy.STANDARD: lambda areas: standards(),
    RowsBy.AREA: lambda areas: {str(area.pk): area.name for area in areas},
    RowsBy.FORCE: lambda areas: {force: f"Force {force}" for force in sorted({area.force for area in areas})},
    RowsBy.UNIT: _units,
    RowsBy.LEVEL: lambda areas: {str(level): f"Level {level}" for level in (1, 2, 3)},
    RowsBy.BAND: lambda areas: {each.value: each.label for each in LikelihoodBand},
    RowsBy.HARM: lambda areas: {each.value: each.label for each in HarmLevel},
    RowsBy.AGE: lambda areas: {str(place): age_group(place) for place in range(len(AGES_FROM) + 1)},
}
