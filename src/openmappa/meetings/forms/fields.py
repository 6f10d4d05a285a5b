"""A time of day typed in one box, and the token of a form."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from openmappa.ui.forms import OnceForm, SeenForm

TYPED = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$", re.IGNORECASE)
NOON = 12


class TimeField(forms.CharField):
    """A time of day, such as 10:00, 2.30pm or 14:30."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)

    def clean(self, value: Any) -> Any:
        """The time that was typed. Raises ValidationError with how to type one."""
        typed = super().clean(value)
        if not typed:
            return None
        found = TYPED.match(str(typed).strip())
        if found:
            hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
            if half and 1 <= hour <= NOON:
                hour = hour % NOON + (NOON if half == "pm" else 0)
            try:
                return time(hour, minute)
            except ValueError:
                pass
        raise ValidationError(f"{self.label} must be a time of day, like 10:00 or 2:30pm", code="invalid")


class SentOnce(OnceForm, SeenForm):
    """A form that knows the version of what it was opened on, and sends each submission once."""


def instant_of(on: date, at: time) -> datetime:
    """That time of that day, here."""
    return timezone.make_aware(datetime.combine(on, at))
