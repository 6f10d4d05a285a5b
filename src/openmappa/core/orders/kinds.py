"""Civil orders on sexual offenders in England and Wales: the days on which each could be made, and for how long.

These are rules of law with their days in force, and no local standard. Each carries where it is from, and whether that
was checked against the text of the law or is stated from general knowledge and has yet to be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openmappa.core.dates import add_days, add_months

ACT_OF_2003 = date(2004, 5, 1)
"""The Sexual Offences Act 2003 came into force on 1 May 2004 (5.3)."""
ACT_OF_2014 = date(2015, 3, 8)
"""The Anti-social Behaviour, Crime and Policing Act 2014, Schedule 5, came into force on 8 March 2015 (SI 2015/373)."""
_BEFORE_2003, _BEFORE_2014 = add_days(ACT_OF_2003, -1), add_days(ACT_OF_2014, -1)
YEAR = 12


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said of a kind of order, and its source. ``is_checked``: against the text of the law."""

    words: str
    source: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class OrderKind:
    """A kind of civil order.

    ``until_on`` is the last day on which it could be applied for; one applied for by then could be made later.
    ``shortest`` and ``longest`` are in months; ``longest`` says from which day on, the earliest first. ``prohibits``:
    its substance is what it prohibits or requires, so that it cannot stand without a line of it.
    """

    id: str
    label: str
    law: str
    from_on: date
    statements: tuple[Statement, ...]
    until_on: date | None = None
    shortest: int | None = None
    longest: tuple[tuple[date, int], ...] = ()
    until_further_order: bool = True
    may_be_interim: bool = True
    prohibits: bool = True

    def could_be_made_on(self, day: date, applied_on: date | None = None) -> bool:
        """Whether the law of the day had it, or of the day of the application where there was one."""
        asked = day if applied_on is None else min(applied_on, day)
        return day >= self.from_on and (self.until_on is None or asked <= self.until_on)

    def earliest_end(self, made_on: date) -> date | None:
        """The first day that may be the last of an order made on this day; None where there is no minimum."""
        return None if self.shortest is None else add_days(add_months(made_on, self.shortest), -1)

    def latest_end(self, made_on: date) -> date | None:
        """The last day that may be the last of an order made on this day; None where there is no maximum."""
        months = [months for since, months in self.longest if since <= made_on]
        return add_months(made_on, months[-1]) if months else None


def _law(words: str, source: str) -> Statement:
    return Statement(words, source, is_checked=True)


def _from_memory(words: str, source: str) -> Statement:
    return Statement(words, source, is_checked=False)


_ALL = (
    OrderKind(
        "sex_offender_order",
        "Sex offender order",
        "Crime and Disorder Act 1998, section 2",
        date(1998, 12, 1),
        (
            _law("Replaced by the SOPO on 1 May 2004.", "5.3"),
            _from_memory("For at least 5 years, or until further order.", "Crime and Disorder Act 1998, section 2(5)"),
        ),
        until_on=_BEFORE_2003,
        shortest=5 * YEAR,
    ),
    OrderKind(
        "restraining_order",
        "Restraining order on a sex offender",
        "Sex Offenders Act 1997, section 5A",
        date(2001, 6, 1),
        (
            _law("Replaced by the SOPO on 1 May 2004.", "5.3"),
            _from_memory(
                "Made on conviction, for a time or until further order.", "Sex Offenders Act 1997, section 5A"
            ),
        ),
        until_on=_BEFORE_2003,
        may_be_interim=False,
    ),
    OrderKind(
        "sopo",
        "Sexual Offences Prevention Order (SOPO)",
        "Sexual Offences Act 2003, section 104",
        ACT_OF_2003,
        (
            _law("From 1 May 2004 until 8 March 2015.", "Sexual Offences Act 2003, section 104; SI 2015/373"),
            _law("It prohibits what it names. Breach: up to 5 years’ imprisonment.", "section 113"),
            _law("Orders that were left in 2020 have effect as an SHPO since.", "2014 Act, section 114"),
            _from_memory("For at least 5 years, or until further order.", "section 107(1)"),
            _from_memory("One applied for before 8 March 2015 could be made later.", "2014 Act, section 114"),
        ),
        until_on=_BEFORE_2014,
        shortest=5 * YEAR,
    ),
    OrderKind(
        "rsho",
        "Risk of Sexual Harm Order (RSHO)",
        "Sexual Offences Act 2003, section 123",
        ACT_OF_2003,
        (
            _law("Until 8 March 2015, when the SRO replaced it.", "SI 2015/373"),
            _from_memory("It needs no conviction. For at least 2 years, or until further order.", "section 123"),
        ),
        until_on=_BEFORE_2014,
        shortest=2 * YEAR,
    ),
    OrderKind(
        "notification_order",
        "Notification order",
        "Sexual Offences Act 2003, section 97",
        ACT_OF_2003,
        (
            _law("For convictions abroad; the period is counted from that conviction.", "sections 97 and 98"),
            _law("First notification within 3 days of service.", "section 98"),
        ),
        prohibits=False,
    ),
    OrderKind(
        "foreign_travel_order",
        "Foreign travel order",
        "Sexual Offences Act 2003, section 114",
        ACT_OF_2003,
        (
            _law("Until 8 March 2015, when the SHPO took its place.", "2014 Act, Schedule 5; SI 2015/373"),
            _from_memory("For up to 6 months; from 1 April 2010 for up to 5 years.", "section 117"),
        ),
        until_on=_BEFORE_2014,
        longest=((ACT_OF_2003, 6), (date(2010, 4, 1), 5 * YEAR)),
        until_further_order=False,
        may_be_interim=False,
    ),
    OrderKind(
        "shpo",
        "Sexual Harm Prevention Order (SHPO)",
        "Sexual Offences Act 2003, section 103A; on conviction from 1 December 2020 the Sentencing Act 2020",
        ACT_OF_2014,
        (
            _law("From 8 March 2015, in place of SOPO and foreign travel order.", "2014 Act, Schedule 5; SI 2015/373"),
            _law("For at least 5 years, or until further order.", "section 103C"),
            _law("What it prohibits of travel abroad lasts up to 5 years.", "section 103D"),
        ),
        shortest=5 * YEAR,
    ),
    OrderKind(
        "sro",
        "Sexual Risk Order (SRO)",
        "Sexual Offences Act 2003, section 122A",
        ACT_OF_2014,
        (
            _law("From 8 March 2015, in place of the RSHO.", "2014 Act, Schedule 5; SI 2015/373"),
            _from_memory("For at least 2 years, or until further order.", "section 122A(7)"),
        ),
        shortest=2 * YEAR,
    ),
)

KINDS: Mapping[str, OrderKind] = {kind.id: kind for kind in _ALL}
"""Every kind by its id, the oldest law first."""
