"""The form of a what-if question: one draft or two, as changed numbers or as a file's text, and whose time it takes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from openmappa.accounts.models import Area
from openmappa.core.packs.model import Table, Unit
from openmappa.core.packs.workload_rules import MOST_HOURS, MOST_MINUTES
from openmappa.core.standards.facts import BANDS
from openmappa.core.standards.reasons import whose
from openmappa.core.workload.writing import Row, Wanted, amounts_of, draft_text
from openmappa.ui.formats import words
from openmappa.ui.forms import Form, LongTextField
from openmappa.workload.models import LONGEST_TITLE
from openmappa.workload.queries.drafts import NAMES, pack, times

DRAFTS = ("a", "b")
EVERY = "all"
NONE = "none"
MOST_MONTHS, MOST_AMOUNT = 60, 400
LONGEST_DRAFT = 40_000
"""Characters of a draft's text: four times a pack with every standard in it."""
TABLES = ("visit-interval", "mappa-review-interval")
ROW_WORDS = {"force": "force", "band": "", "mappa_level": "MAPPA level"}
UNITS = {Unit.DAYS: "days", Unit.WEEKS: "weeks", Unit.MONTHS: "months", Unit.WORKING_DAYS: "working days"}


class MonthsField(forms.CharField):
    """A number of months, or "none" where there is no interval."""

    def clean(self, value: Any) -> int | None:
        """Raises ValidationError for anything else."""
        text = str(super().clean(value)).strip().lower()
        if text == NONE:
            return None
        if text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_MONTHS:
            return int(text)
        raise forms.ValidationError(f"{self.label}: enter months from 1 to {MOST_MONTHS}, or “{NONE}” for no interval")


class QuestionForm(Form):
    """A question over an area. Numbers stand as they are in force; what is changed is asked about."""

    title = forms.CharField(label="Name of the question", max_length=LONGEST_TITLE)
    area = forms.ChoiceField(label="Area", required=False)
    added = LongTextField(label="Times of added standards", max_length=2000, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, areas: Sequence[Area], every: bool) -> None:
        self.areas = areas
        self.pack = pack()
        self.forces = sorted({area.force for area in areas})
        self.drafts: list[str] = []
        self.letters: list[str] = []
        self.added_minutes: dict[str, int] = {}
        fields = {**type(self).base_fields, **dict(self._drafts()), **dict(self._times())}
        self.base_fields = fields  # type: ignore[misc]  # of this form alone: they depend on the areas
        super().__init__(data, files)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        known = [(area.code, area.name) for area in areas]
        field.choices = [*([(EVERY, "Every area")] if every and len(areas) > 1 else []), *known]

    @property
    def titles(self) -> dict[str, str]:
        """What the standards are called."""
        return {standard.id: standard.title for standard in self.pack.standards}

    def table_keys(self, name: str) -> list[tuple[Any, ...]]:
        """The rows of a table that the form shows: of forces only those of the areas."""
        table = self.pack.tables[name]
        rows = [key for key in table.rows if "force" not in table.by or key[table.by.index("force")] in self.forces]
        return sorted(rows, key=_place)

    def visits(self, letter: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """For each force: the fields of its row of the visit table, with the band in words."""
        keys = self.table_keys(TABLES[0])
        return [
            (force, [(row_name(letter, TABLES[0], key), words(str(key[1]))) for key in keys if key[0] == force])
            for force in self.forces
        ]

    def meetings(self, letter: str) -> list[tuple[str, str]]:
        """The fields of review meetings, with their level."""
        return [(row_name(letter, TABLES[1], key), f"Level {key[0]}") for key in self.table_keys(TABLES[1])]

    def names_of(self, part: str) -> list[str]:
        """The fields of plain numbers of a draft, or of the minutes or the hours."""
        if part in DRAFTS:
            return [f"{part}-{standard}" for standard in amounts_of(self.pack)]
        return [name for name in self.fields if name.startswith(f"{part}-")]

    def short_label(self, name: str) -> str:
        """A field's label without what its heading says already."""
        label = str(self.fields[name].label).partition(": ")[2]
        return label.rpartition(", ")[0] if name[:1] in DRAFTS and name[1:2] == "-" else label

    def unit(self, name: str) -> str:
        """In what a standard's number is counted."""
        return UNITS[amounts_of(self.pack)[name[2:]][0]]

    def is_open(self, part: str) -> bool:
        """Whether a part of the form that can be folded away has something to be seen: a change, or a mistake."""
        if not self.is_bound:
            return False
        if part == "times":
            names = [*self.names_of("minutes"), *self.names_of("hours"), "added"]
        elif part in DRAFTS:
            names = [name for name in self.fields if name.startswith(f"{part}-")]
        else:
            letter, _, kind = part.partition("-")
            text = [f"{letter}-text", f"{letter}-file"]
            names = text if kind == "text" else [*self.names_of(letter), *(name for name, _ in self.meetings(letter))]
        return any(self[name].errors or self.has_changed_at(name) for name in names)

    def has_changed_at(self, name: str) -> bool:
        """Whether a field was sent with something else than it began with."""
        return str(self[name].value() or "") != str(self.fields[name].initial or "")

    def clean(self) -> dict[str, Any]:
        """Put the drafts together. Refuses a question without any change, and a draft said twice."""
        answers: dict[str, Any] = super().clean() or {}
        self.drafts, self.letters = [], []
        if self.errors:
            return answers
        for letter, name in zip(DRAFTS, NAMES, strict=True):
            wanted = self._wanted(letter, name, answers)
            text = answers[f"{letter}-text"] or self._uploaded(letter, answers)
            if text and wanted.changes_anything:
                self.refuse(f"{letter}-text", f"{name}: change numbers above or give a text, not both")
            elif text or wanted.changes_anything:
                self.drafts.append(text or draft_text(wanted, self.pack))
                self.letters.append(letter)
        if self.letters == ["b"]:
            self.refuse(None, "Write draft A first: draft B stands beside it")
        if not self.drafts and not self.errors:
            self.refuse(None, "Change at least one number of draft A, or give a draft as text")
        self.added_minutes = self._added(answers["added"])
        return answers

    @property
    def said(self) -> dict[str, Any]:
        """What ``ask`` takes, once the form is valid."""
        answers = self.cleaned_data
        rules = times()
        minutes = {
            name: answers[f"minutes-{name}"]
            for name, activity in rules.activities.items()
            if answers[f"minutes-{name}"] != activity.minutes
        }
        hours = {
            role: answers[f"hours-{role}"]
            for role, capacity in rules.capacities.items()
            if answers[f"hours-{role}"] != capacity.hours
        }
        return {
            "area": None if answers["area"] == EVERY else self._area(answers["area"]),
            "title": answers["title"],
            "drafts": self.drafts,
            "minutes": minutes | self.added_minutes,
            "hours": hours,
        }

    def _area(self, code: str) -> Area:
        return next((area for area in self.areas if area.code == code), self.areas[0])

    def refuse_drafts(self, problems: Sequence[tuple[str, str]]) -> None:
        """Say what the pack's rules refuse, at the text of the draft that it is in."""
        for place, sentence in problems:
            self.refuse(f"{self.letters[int(place)]}-text" if place else None, sentence)

    def _drafts(self) -> Iterator[tuple[str, forms.Field]]:
        """The fields of both drafts."""
        for letter, name in zip(DRAFTS, NAMES, strict=True):
            yield f"{letter}-title", forms.CharField(label=f"{name}: name", max_length=60, required=False)
            for table, key, label in self._rows():
                months = self.pack.tables[table].rows[key]
                initial = NONE if months is None else months
                field = MonthsField(label=f"{name}: {label}", initial=initial, max_length=4)
                yield row_name(letter, table, key), field
            for standard, (unit, amount) in amounts_of(self.pack).items():
                label = f"{name}: {self.titles[standard]}, {UNITS[unit]}"
                yield f"{letter}-{standard}", _number(label, amount, MOST_AMOUNT)
            text = forms.CharField(
                label=f"{name} as text", widget=forms.Textarea, max_length=LONGEST_DRAFT, required=False
            )
            yield f"{letter}-text", text
            yield f"{letter}-file", forms.FileField(label=f"{name} as a file", required=False)

    def _times(self) -> Iterator[tuple[str, forms.Field]]:
        """The fields of minutes and hours."""
        for activity in times().activities.values():
            label = f"Minutes: {self.titles.get(activity.standard, activity.standard)}"
            yield f"minutes-{activity.standard}", _number(label, activity.minutes, MOST_MINUTES)
        for capacity in times().capacities.values():
            label = f"Hours a month: {whose(capacity.role)}"
            yield f"hours-{capacity.role}", _number(label, capacity.hours, MOST_HOURS)

    def _rows(self) -> Iterator[tuple[str, tuple[Any, ...], str]]:
        for name in TABLES:
            table = self.pack.tables[name]
            for key in self.table_keys(name):
                yield name, key, row_label(table, key)

    def _wanted(self, letter: str, name: str, answers: Mapping[str, Any]) -> Wanted:
        rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        for table, key, _ in self._rows():
            months = answers[row_name(letter, table, key)]
            if months != self.pack.tables[table].rows[key]:
                rows[table].append((key, months))
        amounts = {
            standard: answers[f"{letter}-{standard}"]
            for standard, (_, amount) in amounts_of(self.pack).items()
            if answers[f"{letter}-{standard}"] != amount
        }
        return Wanted(answers[f"{letter}-title"] or name, rows, amounts)

    def _uploaded(self, letter: str, answers: Mapping[str, Any]) -> str:
        """The text of the file that was sent for this draft; "" for none, or for one that was refused.

        It stands in the box afterwards, so that it can be mended there.
        """
        file = answers[f"{letter}-file"]
        if not isinstance(file, UploadedFile):
            return ""
        if (file.size or 0) > LONGEST_DRAFT:
            self.refuse(f"{letter}-file", f"The file must be {LONGEST_DRAFT // 1000} KB or less")
            return ""
        try:
            text = bytes(file.read()).decode()
        except UnicodeDecodeError:
            self.refuse(f"{letter}-file", "The file must be text in UTF-8. Save it as UTF-8 and choose it again")
            return ""
        self.data = {**dict(self.data.items()), f"{letter}-text": text}
        return text

    def _added(self, text: str) -> dict[str, int]:
        """Minutes of standards that a draft adds, from lines such as ``prison-visit = 90``."""
        found: dict[str, int] = {}
        for line in filter(None, map(str.strip, text.splitlines())):
            name, _, number = map(str.strip, line.partition("="))
            if not name or not (number.isascii() and number.isdecimal() and 1 <= int(number) <= MOST_MINUTES):
                self.refuse("added", f"“{line[:60]}”: write a standard and its minutes, such as prison-visit = 90")
                continue
            found[name] = int(number)
        return found


def row_name(letter: str, table: str, key: Sequence[Any]) -> str:
    """What the field of a table's row is called."""
    return "-".join([letter, table, *map(str, key)])


def row_label(table: Table, key: Sequence[Any]) -> str:
    """A row of a table in words: "visits, force A, very high"."""
    parts = [
        f"{ROW_WORDS[by]} {words(str(value)).lower() if by == 'band' else value}".strip()
        for by, value in zip(table.by, key, strict=True)
    ]
    what = "months between visits" if table.name == TABLES[0] else "months between meetings"
    return f"{what}, {', '.join(parts)}"


def _place(key: Sequence[Any]) -> tuple[Any, ...]:
    """Forces by their names, bands from the highest."""
    return tuple(-BANDS.index(part) if part in BANDS else part for part in key)


def _number(label: str, initial: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=initial, min_value=1, max_value=most)
