"""How days, instants, numbers and codes are written: pure functions, one spelling for the whole service."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ABBREVIATIONS: Final = frozenset({"rm2000", "oasys", "mappa", "isp", "rmp", "pnc", "crn", "sopo", "ogrs", "rso"})
DAYS_BEFORE_WEEKS: Final = 28
DAYS_BEFORE_MONTHS: Final = 364
MONTHS_BEFORE_YEARS: Final = 24


def day(on: date | None) -> str:
    """The day as ``3 May 2004``; nothing for no day."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if on else ""


def short_day(on: date | None) -> str:
    """The day for a table cell, as ``3 May 2004`` with the month cut to three letters."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}" if on else ""


def weekday_day(on: date | None) -> str:
    """The day with its weekday, as ``Monday 3 May 2004``."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}" if on else ""


def clock(at: datetime) -> str:
    """The time of day as ``9:32am``; the instant must already be in local time."""
    return f"{at.hour % 12 or 12}:{at.minute:02d}{'am' if at.hour < 12 else 'pm'}"


def instant(at: datetime | None) -> str:
    """The instant as ``4 June 2026 at 9:32am``; it must already be in local time."""
    return f"{day(at)} at {clock(at)}" if at else ""


def number(value: float | int) -> str:
    """The number with commas between thousands, as ``100,000``."""
    return f"{value:,}"


def tenths(value: Decimal) -> str:
    """The number to one decimal, without a nought behind the point, as ``4.5`` or ``1,000``."""
    return f"{value:,.1f}".removesuffix(".0")


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun, as ``1 visit`` or ``3 visits``; ``many`` for nouns that take no plain s."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def words(code: str | None) -> str:
    """A code as words, as ``Very high`` for ``very_high``; abbreviations of the trade stay in capitals."""
    parts = (code or "").replace("-", "_").split("_")
    spelt = [_abbreviation(part) if part in ABBREVIATIONS else part for part in parts]
    sentence = " ".join(spelt)
    return sentence[:1].upper() + sentence[1:]


def lower_first(label: str) -> str:
    """A label inside a sentence, as ``date of visit``; ``RM2000 items`` keeps its capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def length_of(days: int) -> str:
    """A span in the largest units that tell enough: days to four weeks, weeks to a year, then months, then years."""
    if days < DAYS_BEFORE_WEEKS:
        return plural(days, "day")
    if days < DAYS_BEFORE_MONTHS:
        return plural(days // 7, "week")
    months = days * 12 // 365
    if months < MONTHS_BEFORE_YEARS:
        return plural(months, "month")
    years, rest = divmod(months, 12)
    return f"{plural(years, 'year')} {plural(rest, 'month')}" if rest else plural(years, "year")


def lateness(due_on: date, today: date) -> str:
    """How a due date stands today: ``12 days late``, ``due today``, ``due tomorrow``, ``due in 3 days``."""
    days = (due_on - today).days
    if days < 0:
        return f"{length_of(-days)} late"
    if days == 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {length_of(days)}"


def ago(on: date, today: date) -> str:
    """How long ago a day was: ``today``, ``yesterday``, ``12 days ago``; a later day is ``in 3 days``."""
    days = (today - on).days
    if days < 0:
        return f"in {length_of(-days)}"
    return {0: "today", 1: "yesterday"}.get(days, f"{length_of(days)} ago")


def joined(items: list[str], word: str = "and") -> str:
    """A list in a sentence: ``a day, a month and a year``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}" if items else ""


def _abbreviation(part: str) -> str:
    return "OASys" if part == "oasys" else part.upper()
