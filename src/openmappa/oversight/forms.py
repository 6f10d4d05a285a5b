"""What is asked of the log: which case, whose reading, within which time; and the words of a judgement."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone

from openmappa.oversight.models import UnusualReading
from openmappa.oversight.queries.log import EVER, KINDS, Asked, place_of
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField, RadioField

LONGEST_WITHOUT_CASE_OR_PERSON = 31
TIME_FORMATS = ["%H:%M", "%H.%M", "%H%M"]
MIDNIGHT = time(0)
NO_NARROWING = ("before", "show")


class AskAboutCase(Form):
    """Which case. It is posted, as everything that somebody looks for."""

    reference = forms.CharField(
        label="Case reference",
        max_length=100,
        error_messages={"required": "Enter a case reference, or the key from the address of one of its pages"},
    )


class AskAboutPerson(Form):
    """Whose reading: somebody who uses the service."""

    name = forms.CharField(label="Name or username", max_length=100)


class TimeField(forms.TimeField):
    """A time of day, such as 14:30."""

    def __init__(self, **options: Any) -> None:
        refused = {"invalid": "Enter the time with hours and minutes, like 14:30"}
        super().__init__(
            required=False,
            input_formats=TIME_FORMATS,
            widget=forms.TextInput,
            error_messages=refused,
            **options,
        )


class Span(Form):
    """From when until when, to the minute where it matters. Without a time, whole days, the last one included."""

    from_on = DateInputField(label="From", required=False)
    from_time = TimeField(label="From what time")
    until_on = DateInputField(label="Until", required=False)
    until_time = TimeField(label="Until what time")

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins, and a time without its day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for end in ("from", "until"):
            day = f"{end}_on"
            if cleaned.get(f"{end}_time") and not cleaned.get(day) and day not in self.errors:
                self.refuse(day, "Enter the day that this time belongs to")
        if not self.errors and self.span[0] >= self.span[1]:
            self.refuse("until_on", "The end must be after the beginning")
        return cleaned

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first instant, and the first one after the end; all time where nothing valid was typed."""
        if not self.is_bound or self.errors.keys() & {"from_on", "from_time", "until_on", "until_time"}:
            return EVER
        given = self.cleaned_data
        begins, ends = EVER
        if given.get("from_on"):
            begins = _instant(given["from_on"], given.get("from_time") or MIDNIGHT)
        if given.get("until_on"):
            last = given.get("until_time")
            ends = _instant(given["until_on"], last or MIDNIGHT) + timedelta(
                minutes=1 if last else 0, days=0 if last else 1
            )
        return begins, ends


class Narrow(Span):
    """What of the log a page shows. It comes in the address: a span and a kind name nobody."""

    what = RadioField(label="What", required=False, choices=[(slug, said) for slug, (said, _) in KINDS.items()])

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        super().__init__(query if self.is_narrowed else None, initial={"what": "looks"})

    @property
    def asked(self) -> Asked:
        """What is asked for; what makes no sense is as if it were not there."""
        what = self.query.get("what", "looks")
        begins, ends = self.span
        return Asked(what if what in KINDS else "looks", begins, ends, place_of(self.query.get("before", "")))

    @property
    def address(self) -> str:
        """The query string that asks for this again without its place, from its question mark on."""
        again = [(name, value) for name, values in self.query.lists() if name != "before" for value in values]
        return f"?{urlencode(again)}&" if again else "?"

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for anything but the usual."""
        return any(self.query.get(name) for name in self.query if name not in NO_NARROWING)


class Extract(Span):
    """An extract from the log: of which case, of whom, within which time, and for whom it is made."""

    reference = forms.CharField(label="Case reference", max_length=100, required=False)
    name = forms.CharField(label="Username of the person who read", max_length=60, required=False)
    recipient = forms.CharField(
        label="Who is it for?",
        max_length=300,
        error_messages={"required": "Enter who the extract is for, for example the Information Commissioner’s Office"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a case, a person, or a month at most."""
        cleaned = super().clean()
        if self.errors or cleaned.get("reference") or cleaned.get("name"):
            return cleaned
        begins, ends = self.span
        if EVER[0] == begins or EVER[1] == ends or ends - begins > timedelta(days=LONGEST_WITHOUT_CASE_OR_PERSON + 1):
            self.refuse("reference", "Enter a case, a person, or both days of a span of at most 31 days")
        return cleaned


class Judge(Form):
    """What somebody else than the reader finds, in words."""

    finding = RadioField(label="What did you find?", choices=UnusualReading.Finding.choices)
    judgement = LongTextField(
        label="What did you look at, and what explains it or does not?",
        max_length=2000,
        error_messages={"required": "Say what you looked at, and what explains it or does not"},
    )


def _instant(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
