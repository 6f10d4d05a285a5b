"""What the report of 2005 printed, to stand beside what is counted here. It is no target: it drew its cases (3.5)."""

from openmappa.core.packs.load import load_inspection_report

PACK = "england-wales-2005"


def printed(measure: str, answer: str) -> int | None:
    """The percentage that the report prints for an answer; None where it prints none."""
    found = load_inspection_report(PACK).measure(measure)
    return next((each.percent for each in found.printed if each.answer == answer), None)


def rows_printed(measure: str) -> list[tuple[str, str, int]]:
    """Every answer that the report prints a percentage of: its name, its title and the percentage, in order."""
    found = load_inspection_report(PACK).measure(measure)
    return [(each.answer, each.title, each.percent) for each in found.printed if each.percent is not None]
