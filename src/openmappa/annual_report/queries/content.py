"""A report put together: words and tables, section by section, as values that can be kept as they were published.

Everything in it may leave the service: no name but those of members of the board and of who does an action of its plan,
no case, and no count of people under ``SMALLEST`` or one that would give such a count away.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from openmappa.accounts.models import Area
from openmappa.annual_report.models import AnnualReport
from openmappa.annual_report.queries.board import board_section, plan_section
from openmappa.annual_report.queries.counts import CIVIL, Counted, counted
from openmappa.annual_report.queries.parts import HIDDEN, Content, shown, table
from openmappa.annual_report.queries.reading import commentaries_of
from openmappa.board.queries.figures import OnTime, on_time, standards_by_id
from openmappa.coordination.queries.attendance import attendance
from openmappa.core.board.annual_report import CATEGORIES, LEVELS, LEVELS_AT_AN_OFFENCE, Section, published_people
from openmappa.core.board.years import BoardYear
from openmappa.core.inspection.proportions import SMALLEST, Proportion, is_small, published, published_parts
from openmappa.core.inspection.suppression import PublishedTable, published_table
from openmappa.core.orders.kinds import KINDS, OrderKind
from openmappa.core.standards.words import order_label
from openmappa.ui.formats import day, number

ORDERS = ("community_order", "suspended_sentence", "licence", "extended_licence")
MONTHS = 12


def report_content(report: AnnualReport, today: date) -> Content:
    """The report as it would be published now. As many queries whatever it holds."""
    year, area = report.of, report.area
    said = commentaries_of(report)
    found = counted(area, year)
    sections = {
        Section.PEOPLE: _people(found, year),
        Section.ORDERS: _orders(found, year),
        Section.FURTHER_OFFENCES: _further_offences(found),
        Section.MEETINGS: _meetings(area, year),
        Section.ON_TIME: _on_time(area, year, report.standards, today),
        Section.BOARD: board_section(area, year),
        Section.PLAN: plan_section(area, year),
    }
    return {
        "title": title_of(report),
        "area": area.name,
        "year": year.name,
        "counted_on": day(today),
        "foreword": said[Section.FOREWORD].words if Section.FOREWORD in said else "",
        "sections": [
            {
                "key": key.value,
                "title": key.heading,
                "commentary": said[key].words if key in said else "",
                **content,
            }
            for key, content in sections.items()
        ],
        "method": _method(year, recalls=bool(found.recalls[0])),
    }


def title_of(report: AnnualReport) -> str:
    """What a report is called."""
    return f"MAPPA annual report {report.of.short}: {report.area.name}"


def seal_of(content: Content) -> str:
    """A short word for a content: another one where a figure or a word of it has changed."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _people(found: Counted, year: BoardYear) -> Content:
    people = published_people(found.at_the_end, found.in_the_year)
    return {
        "words": ["Each person is counted once: by their category, and by the level at which they are managed."],
        "tables": [
            _by_category(f"People managed on {day(year.until)}", people.at_the_end),
            _by_category("People managed at any time in the year, by their highest level", people.in_the_year),
        ],
    }


def _by_category(caption: str, counts: PublishedTable) -> Content:
    rows = [
        [name, *map(shown, cells), shown(total)]
        for name, cells, total in zip(CATEGORIES.values(), counts.cells, counts.rows, strict=True)
    ]
    last = ["All categories", *map(shown, counts.columns), shown(counts.whole)]
    return table(caption, ["Category", *LEVELS.values(), "All levels"], [*rows, last])


def _orders(found: Counted, year: BoardYear) -> Content:
    of = sum(found.in_the_year.values())
    orders = [[order_label(each), _among(found.orders.get(each, 0), of)] for each in ORDERS]
    civil = []
    for kind in reversed(list(KINDS.values())):
        cells = [_among(found.civil.get(what, {}).get(kind.id, 0), of) for what in CIVIL]
        if _could_be_asked_for(kind, year) or set(cells) != {HIDDEN}:
            civil.append([kind.label, *cells])
    enforced = [
        ["A breach was found", _among(found.breaches.n, of)],
        ["Enforcement followed", _part_of(found.breaches)],
        ["A civil order was breached, as reported", _among(found.civil_breached, of)],
        *_recalls(found, of),
    ]
    head = ["Civil order", "Applied for", "Made", f"In force on {day(year.until)}"]
    return {
        "words": [
            "Of the people managed in the year: on how many an order or licence began, and what happened on it. "
            "Somebody can stand in several lines, so that lines are not added up.",
            "Civil orders, such as sexual harm prevention orders, are counted where they are recorded on the case. "
            "In force are interim orders as well. A kind that no court can make any more is listed where a count of it "
            "can be shown.",
        ],
        "tables": [
            table("Orders and licences that began, by people", ["Order", "People"], orders),
            table("Civil orders, by people", head, civil),
            table("Breaches, enforcement and recalls, by people", ["What happened", "People"], enforced),
        ],
    }


def _could_be_asked_for(kind: OrderKind, year: BoardYear) -> bool:
    """Whether the law of the year had such an order."""
    return kind.from_on <= year.until and (kind.until_on is None or kind.until_on >= year.since)


def _recalls(found: Counted, of: int) -> list[list[str]]:
    """The recalls that are recorded; where an area has recorded none in the year, who went into custody on licence."""
    asked, revoked, returned = found.recalls
    if not asked:
        return [["Back in custody while on licence", _among(found.recalled, of)]]
    return [
        ["Recall from licence was asked for", _among(asked, of)],
        ["The licence was revoked", _part_of(Proportion(revoked, asked))],
        ["Returned to custody by the end of the year", _part_of(Proportion(returned, revoked))],
    ]


def _further_offences(found: Counted) -> Content:
    names = {str(level): name for level, name in LEVELS_AT_AN_OFFENCE.items()}
    total = found.concluded.n
    parts = published_parts({level: found.further_offences.get(int(level), 0) for level in names})
    hides = is_small(total)
    rows = [[names[level], shown(None if hides else count)] for level, count in parts.items()]
    rows.append(["All charges", _one(total)])
    return {
        "words": [
            "Reviews of people who were charged in the year with a serious further offence, by the level at which they "
            "were managed on the day of the offence.",
            f"Concluded by the day this was counted: {_part_of(found.concluded)}.",
        ],
        "tables": [table("Charges with a serious further offence", ["Level at the offence", "Reviews"], rows)],
    }


def _meetings(area: Area, year: BoardYear) -> Content:
    came = [each.of_all for each in attendance(area, year.since, year.until)]
    tables = []
    if came:
        counts = published_table([[one.there.k, one.there.others] for one in came])
        rows = [
            [one.name, shown(there), shown(missed), shown(total), _per_cent(there, missed)]
            for one, (there, missed), total in zip(came, counts.cells, counts.rows, strict=True)
        ]
        whole = [*map(shown, counts.columns), shown(counts.whole)]
        rows.append(["All agencies", *whole, _per_cent(*counts.columns)])
        head = ["Agency", "Came, or sent a deputy", "Did not come", "Invited and noted", "Came (95% interval)"]
        tables = [table("Attendance at MAPPA meetings, by agency", head, rows)]
    words = ["How often those who were invited to a meeting of the year came, of the times that it was written down."]
    return {"words": words if came else [*words, "Nobody’s attendance was written down in the year."], "tables": tables}


def _on_time(area: Area, year: BoardYear, standards: Sequence[str], today: date) -> Content:
    known = [each for each in standards if each in standards_by_id()]
    found = on_time([area], year.until, MONTHS, known, today) if known else []
    rows = [[one.title, _proportion(one.now), _proportion(one.before), _change(one)] for one in found]
    head = ["Standard", "On time in the year", "In the year before", "Difference"]
    words = [
        "Of what was to be done in the year by each standard, how much was done on time. A difference is called one "
        "only where its 95% interval leaves out nought; of many that are looked at, one in twenty would be by chance "
        "alone.",
    ]
    return {
        "words": words if rows else ["The board has chosen no standard for this report."],
        "tables": [table("Done on time, by standard", head, rows)] if rows else [],
    }


def _change(one: OnTime) -> str:
    change = one.change
    if change is None or published(one.now) is None or published(one.before) is None:
        return "–"
    if not change.is_clear:
        return "No clear difference"
    return f"{abs(change.points)} points {'more' if change.estimate > 0 else 'fewer'}"


def _proportion(found: Proportion) -> str:
    if published(found) is None or found.interval is None:
        return HIDDEN
    low, high = found.interval.per_cent
    return f"{found.percentage}%: {number(found.k)} of {number(found.n)} (95% from {low}% to {high}%)"


def _per_cent(there: int | None, missed: int | None) -> str:
    if there is None or missed is None:
        return HIDDEN
    found = Proportion(there, there + missed)
    low, high = found.interval.per_cent if found.interval else (0, 0)
    return f"{found.percentage}% ({low}% to {high}%)"


def _among(count: int, of: int) -> str:
    """A count of a whole that may stand elsewhere in the report."""
    return HIDDEN if published(Proportion(count, of)) is None else number(count)


def _one(count: int) -> str:
    """A count that stands beside nothing that it is a part of."""
    return HIDDEN if is_small(count) else number(count)


def _part_of(found: Proportion) -> str:
    """A count of a whole that is shown beside it."""
    return HIDDEN if published(found) is None else f"{number(found.k)} of {number(found.n)}"


def _method(year: BoardYear, *, recalls: bool) -> list[str]:
    return [
        f"Counts are from the record of the services, for the year from {day(year.since)} to {day(year.until)}. What "
        "is written down later about the time before changes them a little; a published version stays as it is.",
        "A person is counted in the area that was responsible on the day. Somebody who is registered as a sexual "
        "offender is in category 1, at Level 1 where no level is recorded; otherwise the last decision on the level "
        "says the category.",
        f"“{HIDDEN}” stands for a count of people under {SMALLEST}, nought among them, or one from which such a count "
        "would follow. Percentages have their 95% interval: how far chance alone may move them.",
        "A recall is counted by the day on which it was asked for."
        if recalls
        else "A recall is counted where somebody on licence went into custody.",
    ]
