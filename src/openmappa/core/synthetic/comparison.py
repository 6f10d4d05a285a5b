"""Tables about a sample caseload, as Markdown: the report's figures beside the generated ones, and what was assumed."""

from collections.abc import Iterable, Mapping, Sequence

from openmappa.core.synthetic.measure import Row
from openmappa.core.synthetic.shape import Figure

LEFT, RIGHT = "---", "---:"
COMPARISON = {"Figure": LEFT, "Answer": LEFT, "Aimed at": RIGHT, "Generated": RIGHT, "Out of": RIGHT, "Source": LEFT}
ASSUMED = {"Assumed": LEFT, "Shares": LEFT, "Leaning on": LEFT}


def comparison(rows: Sequence[Row]) -> str:
    """The report's figures beside the generated ones; percentages are rounded to a whole number, as in the report."""
    lines = []
    figure = ""
    for row in rows:
        first = row.figure != figure
        figure = row.figure
        shares = (_percent(row.target), _percent(row.generated), f"{row.out_of:,}")
        lines.append((row.title if first else "", _words(row.answer), *shares, row.source if first else ""))
    return _table(COMPARISON, lines)


def assumptions(figures: Mapping[str, Figure]) -> str:
    """The figures that the report leaves open, with what is assumed."""
    lines = []
    for figure in figures.values():
        if figure.assumption:
            shares = (f"{_words(answer)} {_percent(share)}" for answer, share in figure.shares)
            lines.append((figure.title, ", ".join(shares), figure.source))
    return _table(ASSUMED, lines)


def _table(columns: Mapping[str, str], lines: Iterable[Sequence[str]]) -> str:
    rows = (tuple(columns), tuple(columns.values()), *lines)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _words(answer: str) -> str:
    return answer.replace("_", " ")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"
