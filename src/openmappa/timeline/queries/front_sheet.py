"""The front sheet: where a case stands, who decided each part of it and when, and what is due next (7.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from openmappa.core.levels import described, levels
from openmappa.core.levels_chart import LevelsChart, levels_chart
from openmappa.core.packs.load import packs_in_service
from openmappa.core.packs.model import Pack, Table, Unit
from openmappa.core.standards.facts import Value
from openmappa.core.standards.reasons import OF
from openmappa.core.standards.state import State, state
from openmappa.core.standards.words import interval_words, level_label, order_label
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.queries.changes import ShownChange, changes_of, shown
from openmappa.timeline.queries.facts import FactRows, fact_rows
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.timeline.queries.standards import standard_of
from openmappa.ui.formats import lower_first

NEXT_SHOWN = 6
TOLD_SHOWN = 3
WIDE, NARROW = 640, 310


class HistoryPart(NamedTuple):
    """A part of the front sheet that has a history: its name, and the kinds of fact that may change it."""

    title: str
    kinds: tuple[str, ...]

    def changed_by(self, fact: Fact) -> bool:
        """Whether this fact changed it. An OASys that gives no level leaves the risk of harm as it was."""
        return fact.kind != "oasys_completed" or "harm" in fact.details


HISTORIES: Mapping[str, HistoryPart] = {
    "likelihood": HistoryPart("Likelihood of reconviction", ("rm2000_completed", "rm2000_countersigned")),
    "harm": HistoryPart("Risk of harm", ("oasys_completed", "harm_level_set")),
    "mappa": HistoryPart("MAPPA category and level", ("mappa_level_set",)),
    "registration": HistoryPart(
        "Registration",
        ("registered", "registration_ended", "initial_notification_made", "annual_notification_made"),
    ),
    "order": HistoryPart("Order or licence", ("order_started", "order_ended")),
    "custody": HistoryPart("Custody", ("custody_started", "custody_ended")),
    "visit-interval": HistoryPart("Visit interval", ("visit_interval_set", "rm2000_completed")),
    "visits": HistoryPart("Home visits", ("home_visit",)),
}
"""The parts by their slugs."""


@dataclass(frozen=True)
class VisitInterval:
    """How often the police visit: the months (None: no fixed interval), and in words where that comes from."""

    months: int | None
    because: str
    source: str

    @property
    def words(self) -> str:
        """The interval in words: "Every 3 months"."""
        words = interval_words(self.months)
        return words[0].upper() + words[1:]


@dataclass(frozen=True)
class LastVisits:
    """The last visit of one service, and the last at which the person was seen, where that was another."""

    service: str
    last: Fact | None
    last_seen: Fact | None


@dataclass(frozen=True)
class NextDuty:
    """An open duty in short."""

    title: str
    due_on: date
    owner: str


@dataclass(frozen=True)
class FrontSheet:
    """Where a case stands. ``left_by`` gives, for each field of the state, the stored fact that left it as it is."""

    now: State
    left_by: Mapping[str, Fact]
    countersigned: Fact | None
    interval: VisitInterval
    visits: tuple[LastVisits, ...]
    next_duties: tuple[NextDuty, ...]
    open_duties: int
    aliases: tuple[str, ...]
    ethnicity: str
    charts: tuple[LevelsChart | None, LevelsChart | None]
    """The levels over time, for a wide page and for a narrow one; None where no level was ever set."""
    levels_described: str
    told: tuple[ShownChange, ...]
    """The last few changes that others were told of and that stand."""

    @property
    def order_words(self) -> str:
        """What the person is supervised under: "Extended licence", or "None"."""
        return order_label(self.now.order) if self.now.supervised and self.now.order else "None"


def front_sheet_of(frame: CaseFrame) -> FrontSheet:
    """The front sheet of a case as of today.

    Five queries: facts, open duties, the person's other names, the last changes others were told of, who must know.
    """
    known = fact_rows(frame.case)
    now = state(known.facts, frame.today)
    left_by = {name: known.row_of(fact) for name, fact in now.since.items()}
    over_time = levels(known.facts, frame.today)
    waiting = [*Duty.objects.open().filter(case=frame.case).order_by("due_on", "standard")]
    return FrontSheet(
        now,
        left_by,
        _countersigned(known, left_by.get("band")),
        _interval(now, frame.case.force),
        tuple(_last_visits(known, service) for service in ("police", "probation")),
        tuple(
            NextDuty(standard_of(duty).title, duty.due_on, lower_first(OF[duty.of])) for duty in waiting[:NEXT_SHOWN]
        ),
        len(waiting),
        tuple(str(alias) for alias in frame.case.person.aliases.all()),
        frame.case.person.ethnicity.replace("_", " ").title(),
        (levels_chart(over_time, width=WIDE), levels_chart(over_time, width=NARROW)),
        described(over_time),
        tuple(shown(changes_of(frame.case).standing()[:TOLD_SHOWN], frame.user)),
    )


def _in_short(duty: Duty) -> NextDuty:
    return NextDuty(standard_of(duty).title, duty.due_on, lower_first(OF[duty.of]))


def _countersigned(known: FactRows, scored: Fact | None) -> Fact | None:
    """The first countersignature that came after this RM2000, if any."""
    if scored is None:
        return None
    after = known.rows[known.rows.index(scored) + 1 :]
    return next((row for row in after if row.kind == "rm2000_countersigned"), None)


def _last_visits(known: FactRows, service: str) -> LastVisits:
    made = [row for row in known.rows if row.kind == "home_visit" and row.details["service"] == service]
    seen = [row for row in made if row.details["outcome"] == "seen"]
    last = made[-1] if made else None
    return LastVisits(service, last, seen[-1] if seen and seen[-1] is not last else None)


def _interval(now: State, force: str) -> VisitInterval:
    pack = packs_in_service()[-1]
    table = _visit_table(pack)
    if now.visit_months is not None:
        return VisitInterval(now.visit_months, "Set for this case alone", "")
    if not now.registered:
        return VisitInterval(None, "The police visit registered people; this person is not registered", table.source)
    if now.band is None:
        return VisitInterval(None, "The force’s table needs an RM2000, and there is none yet", table.source)
    row = tuple(_value(now, name, force) for name in table.by)
    months, note = table.rows.get(row), table.notes.get(row, "")
    because = f"Table of force {force}, {level_label(now.band).lower()} likelihood"
    return VisitInterval(months, f"{because}: {note}" if note else because, table.source)


def _value(now: State, name: str, force: str) -> Value:
    value: Value = force if name == "force" else getattr(now, name)
    return value


def _visit_table(pack: Pack) -> Table:
    """The table that says how often the police visit: that of the standard which home visits meet."""
    name = next(
        standard.allowed.name
        for standard in pack.standards
        if standard.allowed.unit is Unit.TABLE and any(match.kind == "home_visit" for match in standard.met_by)
    )
    return pack.tables[name]
