"""A day typed in three boxes, or picked as today or yesterday, as one field that says what is wrong."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from openmappa.ui import formats

PARTS = ("day", "month", "year")
ANOTHER_DAY = "another"
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


class TypedDay(NamedTuple):
    """What was typed in the three boxes, kept letter for letter, and the choice made beside them, if any."""

    day: str = ""
    month: str = ""
    year: str = ""
    choice: str = ""

    @property
    def boxes(self) -> tuple[str, str, str]:
        return self.day, self.month, self.year

    @classmethod
    def of(cls, value: object) -> "TypedDay":
        """The boxes for a day to start with (a ``date``), for what was typed, or empty ones."""
        if isinstance(value, TypedDay):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls()


class DayBoxes(forms.Widget):
    """Reads ``name-day``, ``name-month``, ``name-year``, and ``name`` itself where a day can be picked."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDay:
        day, month, year, choice = (
            str(data.get(key, "")).strip() for key in (*(f"{name}-{part}" for part in PARTS), name)
        )
        return TypedDay(day, month, year, choice)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(key not in data for key in (name, *(f"{name}-{part}" for part in PARTS)))

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-day" if id_ else ""


class DateInputField(forms.Field):
    """A day in three boxes. Months may be names (``March``, ``mar``); a whole date in one box is understood.

    ``in_past``: today is the last day allowed. ``set_earliest`` gives the first, and a reason.
    """

    widget = DayBoxes

    def __init__(self, *, in_past: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.in_past = in_past
        self._earliest: tuple[date, str] | None = None
        self._latest: tuple[date, str] | None = None

    def set_earliest(self, on: date, because: str = "") -> None:
        """Refuse a day before ``on``; ``because`` ends the sentence, as in "when registration began"."""
        self._earliest = (on, because)

    def set_latest(self, on: date, because: str = "") -> None:
        """Refuse a day after ``on``; ``because`` ends the sentence."""
        self._latest = (on, because)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value is None:
            return value
        typed = unpacked(value)
        return parsed(typed, str(self.label or "Date")) if any(typed.boxes) else None

    def validate(self, value: date | None) -> None:
        if value is None:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return
        label = str(self.label or "Date")
        if self.in_past and value > timezone.localdate():
            raise _refused(f"{label} must be today or in the past", "future", *PARTS)
        if self._earliest and value < self._earliest[0]:
            raise _refused(f"{label} must be on or after {_with_reason(*self._earliest)}", "too_early", *PARTS)
        if self._latest and value > self._latest[0]:
            raise _refused(f"{label} must be on or before {_with_reason(*self._latest)}", "too_late", *PARTS)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return TypedDay.of(initial).boxes != TypedDay.of(data).boxes or bool(TypedDay.of(data).choice)


class RecentDateField(DateInputField):
    """A day picked as today or yesterday, or typed. A choice carries its day, so midnight changes nothing.

    Without JavaScript the boxes are always on the page: a date typed there without a choice is taken, and one
    typed beside a different choice is refused rather than guessed.
    """

    def __init__(self, *, in_past: bool = True, **options: Any) -> None:
        super().__init__(in_past=in_past, **options)

    def choices(self) -> list[tuple[str, str]]:
        """Value and label of each choice, as of now."""
        now = timezone.localdate()
        near = [("Today", now), ("Yesterday", now - timedelta(days=1))]
        offered = [(on.isoformat(), f"{name}, {formats.weekday_day(on)}") for name, on in near]
        return [*offered, (ANOTHER_DAY, "Another day")]

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, TypedDay) or value.choice in ("", ANOTHER_DAY):
            typed = super().to_python(value)
            if typed is None and isinstance(value, TypedDay) and value.choice == ANOTHER_DAY:
                raise _refused(f"Enter the day, month and year of {self._label}", "required", *PARTS)
            return typed
        picked = _picked(value.choice)
        if picked is None:
            raise _refused(f"Choose a day for {self._label}", "invalid_choice")
        if any(value.boxes) and super().to_python(value) != picked:
            raise _refused(
                f"You chose {formats.day(picked)} but typed another day: choose Another day, or empty the boxes",
                "two_days",
                *PARTS,
            )
        return picked

    @property
    def _label(self) -> str:
        return f"the {formats.lower_first(str(self.label or 'date'))}"


def shown(value: object, offered: list[str]) -> TypedDay:
    """The choice and boxes to show for a value; a day that is no longer offered goes into the boxes."""
    typed = TypedDay.of(value)
    picked = _picked(typed.choice)
    if picked and typed.choice not in offered:
        return TypedDay.of(picked)._replace(choice=ANOTHER_DAY)
    if typed.choice or not any(typed.boxes):
        return typed
    if isinstance(value, date) and value.isoformat() in offered:
        return TypedDay(choice=value.isoformat())
    return typed._replace(choice=ANOTHER_DAY)


def unpacked(typed: TypedDay) -> TypedDay:
    """A whole date typed into the first box (``27/3/2026``, ``2026-03-27``), put into the three boxes."""
    if typed.month or typed.year:
        return typed
    parts = [part for part in re.split(r"[\s/.,-]+", typed.day) if part]
    if len(parts) != 3:
        return typed
    return TypedDay(*(reversed(parts) if len(parts[0]) == 4 else parts))


def parsed(typed: TypedDay, label: str) -> date:
    """The day that was typed; a ``ValidationError`` names the boxes at fault in ``params["parts"]``."""
    absent = [part for part, text in zip(PARTS, typed.boxes, strict=True) if not text]
    if absent:
        raise _refused(
            f"{label} must include {formats.joined([f'a {part}' for part in absent])}", "incomplete", *absent
        )
    day, month, year = _day_number(typed.day), _month_number(typed.month), _year_number(typed.year)
    if day is None:
        raise _refused(f"{label} must have a day between 1 and 31, not “{_cut(typed.day)}”", "day", "day")
    if month is None:
        reason = f"{label} must have a month between 1 and 12 or a month’s name, not “{_cut(typed.month)}”"
        raise _refused(reason, "month", "month")
    if year is None:
        raise _refused(
            f"{label} must have a year with four numbers, like 2004, not “{_cut(typed.year)}”", "year", "year"
        )
    if day > monthrange(year, month)[1]:
        which = f"{formats.MONTHS[month - 1]} {year}"
        raise _refused(
            f"{label} cannot be {day} {which}: {which} has {monthrange(year, month)[1]} days",
            "no_such_day",
            "day",
        )
    return date(year, month, day)


def _day_number(text: str) -> int | None:
    found = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", text.lower(), re.ASCII)
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def _month_number(text: str) -> int | None:
    if re.fullmatch(r"\d{1,2}", text, re.ASCII):
        return int(text) if 1 <= int(text) <= 12 else None
    name = text.lower().rstrip(".")
    matches = [n for n, month in enumerate(formats.MONTHS, 1) if len(name) >= 3 and month.lower().startswith(name)]
    return matches[0] if len(matches) == 1 else 9 if name == "sept" else None


def _year_number(text: str) -> int | None:
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        return None
    return int(text) if EARLIEST_YEAR <= int(text) <= LATEST_YEAR else None


def _picked(choice: str) -> date | None:
    try:
        return date.fromisoformat(choice)
    except ValueError:
        return None


def _cut(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"


def _with_reason(on: date, because: str) -> str:
    return f"{formats.day(on)}, {because}" if because else formats.day(on)


def _refused(message: str, code: str, *parts: str) -> ValidationError:
    return ValidationError(message, code=code, params={"parts": parts})
