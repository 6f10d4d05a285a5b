"""The made-up cases that the browser tests write on, one for each test, so that no test sees another's work.

They come in as any caseload does: as a file, through ``import_caseload``. Days are counted back from today.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openmappa.core.dates import add_months

SOURCE = "browser-tests"
Record = dict[str, object]


@dataclass(frozen=True)
class Sample:
    """One case of the file: who it is about, and what had happened when the tests began."""

    reference: str
    family_name: str
    facts: tuple[Record, ...]
    given_names: str = "Sample"
    aliases: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()


def ago(days: int) -> date:
    """The day so many days before today."""
    return date.today() - timedelta(days=days)


def happened(kind: str, days_ago: int, **details: object) -> Record:
    """A fact of the file, written down on the day it happened."""
    return {"kind": kind, "on": ago(days_ago).isoformat(), **details}


def registered(days_ago: int = 400) -> tuple[Record, ...]:
    """A registered person with an RM2000 of high, countersigned, whom nobody has visited yet: a visit is overdue."""
    return (
        happened("registered", days_ago),
        happened("initial_notification_made", days_ago - 2),
        happened("rm2000_completed", days_ago - 4, band="high", rank="constable"),
        happened("rm2000_countersigned", days_ago - 5),
    )


def supervised() -> tuple[Record, ...]:
    """A registered person on a community order, with a MAPPA level."""
    return (
        *registered(),
        happened("order_started", 300, order="community_order", ends=add_months(date.today(), 12).isoformat()),
        happened("mappa_level_set", 290, level=1, category=1),
    )


def told() -> tuple[Record, ...]:
    """A supervised person whose levels have moved, with time in custody and an incident."""
    return (
        *supervised(),
        happened("harm_level_set", 280, level="medium"),
        happened("custody_started", 200),
        happened("custody_ended", 150),
        happened("rm2000_completed", 120, band="medium", rank="constable"),
        happened("significant_incident", 60),
    )


def at_high_harm() -> tuple[Record, ...]:
    """Under supervision with a high risk of harm, and one action of a MAPPA meeting that is overdue."""
    return (
        *supervised(),
        happened("harm_level_set", 280, level="high"),
        happened("action_agreed", 20, action="A1", due_on=ago(5).isoformat(), service="police"),
    )


def at_level_2() -> tuple[Record, ...]:
    """A supervised person who is managed at Level 2."""
    return (*supervised(), happened("mappa_level_set", 100, level=2, category=1))


def unscored() -> tuple[Record, ...]:
    """Registered six days ago, and nobody has scored an RM2000: one is due tomorrow."""
    return (happened("registered", 6),)


SAMPLES: tuple[Sample, ...] = (
    Sample("MOVES-01", "Movecase-01", at_level_2()),
    *(Sample(f"MINUTE-{number:02}", f"Minutecase-{number:02}", at_level_2()) for number in range(1, 9)),
    *(Sample(f"VISIT-{number:02}", f"Visitcase-{number:02}", supervised()) for number in range(1, 16)),
    *(Sample(f"SCORE-{number:02}", f"Scorecase-{number:02}", unscored()) for number in range(1, 11)),
    *(Sample(f"FORMS-{number:02}", f"Formcase-{number:02}", supervised()) for number in range(1, 16)),
    *(Sample(f"PLANS-{number:02}", f"Plancase-{number:02}", at_high_harm()) for number in range(1, 3)),
    *(Sample(f"NOTES-{number:02}", f"Notecase-{number:02}", supervised()) for number in range(1, 8)),
    Sample(
        "FIND-01",
        "Wetherspoon-Example",
        registered(),
        given_names="Bartholomew Sample",
        aliases=(("Bertie", "Longshanks-Invented"),),
        numbers=(("pnc_id", "71/9042X"), ("crn", "X904217")),
    ),
    *(Sample(f"HAND-{number:02}", f"Handcase-{number:02}", supervised()) for number in range(1, 3)),
    Sample("SIGN-01", "Unsigned-Example", registered()[:3]),
    Sample("EMPTY-01", "Nothingyet", ()),
    *(Sample(f"OASYS-{number:02}", f"Oasyscase-{number:02}", supervised()) for number in range(1, 4)),
    Sample("TOLD-01", "Toldcase-01", told()),
    *(Sample(f"ACT-{number:02}", f"Actcase-{number:02}", registered()) for number in range(1, 5)),
)


def lines() -> Iterator[str]:
    """The lines of the caseload file."""
    yield json.dumps({"format": "openmappa-caseload/1", "source": SOURCE, "made_on": date.today().isoformat()})
    for sample in SAMPLES:
        person: Record = {
            "given_names": sample.given_names,
            "family_name": sample.family_name,
            "aliases": [{"given_names": given, "family_name": family} for given, family in sample.aliases],
            "born_on": "1971-05-03",
            "sex": "male",
            "ethnicity": "white_british",
            **dict(sample.numbers),
        }
        yield json.dumps(
            {
                "case": sample.reference,
                "area": "northshire",
                "force": "A",
                "person": person,
                "staff": {"case_manager": "n.probation1", "police_officer": "n.police1"},
                "facts": list(sample.facts),
            }
        )
