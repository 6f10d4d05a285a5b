"""How often a case has been reviewed under MAPPA, in the words of Table 6: a pure rule over the days of its meetings.

A *review* is a meeting after the first one: the first meeting decides, the next looks at what became of it. Reviews are
counted in a period; each has a *gap*, the days since the meeting before it, which may lie before the period.

1. No review in the period: **no evidence of a review**.
2. The longest gap and the shortest lie in one band of the pack (monthly, quarterly, every six months): that band.
   A band holds the gaps longer than the band before it and no longer than its own ``days``.
3. Anything else is **irregular**: gaps of two bands, a gap longer than the last band, or a rhythm that broke off, where
   more days have gone by since the last meeting than the band of its gaps allows.

The bands' ends are the pack's (``mappa_figures.toml``); the report names the bands and not their ends, so they are an
assumption.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise


class Frequency(StrEnum):
    """How often a case was reviewed: the answers of Table 6, in its order."""

    NONE = "none"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six_monthly"
    IRREGULAR = "irregular"


@dataclass(frozen=True, slots=True)
class Band:
    """A rhythm, and the longest gap in days that still is one."""

    frequency: Frequency
    days: int


def frequency(meetings: Iterable[date], bands: Sequence[Band], *, since: date, until: date) -> Frequency:
    """How often the case was reviewed from ``since`` to ``until``, both days included.

    ``meetings`` are the days of all its meetings, those before the period too; those after ``until`` do not exist yet.
    Two meetings of one day are one. ``bands`` go from the shortest to the longest.
    """
    days = sorted({day for day in meetings if day <= until})
    gaps = [(later - earlier).days for earlier, later in pairwise(days) if later >= since]
    if not gaps:
        return Frequency.NONE
    found = {_band_of(gap, bands) for gap in gaps}
    band = found.pop()
    if found or band is None or (until - days[-1]).days > band.days:
        return Frequency.IRREGULAR
    return band.frequency


def _band_of(gap: int, bands: Sequence[Band]) -> Band | None:
    return next((band for band in bands if gap <= band.days), None)
