"""What has to be said beside a table: figures that do not add up, that no whole cases give, and what we chose."""

from collections.abc import Iterable, Iterator, Mapping

from openmappa.core.inspection.reproduction import EVERY, Kind, Measure, PrintedReport
from openmappa.core.inspection.rounding import MOST, WHOLE, counts_for, counts_of_parts, nearest_count, possible_numbers
from openmappa.core.sources import Certainty


def notes(report: PrintedReport, measures: Iterable[Measure], sizes: Mapping[str, int]) -> Iterator[str]:
    """The notes of one table. ``sizes``: of how many cases each measure was counted."""
    measures = list(measures)
    if any(printed.benchmark is not None for measure in measures for printed in measure.printed):
        yield _of_benchmark(report)
    for measure in measures:
        yield from _of_sums(measure)
        yield from _of_parts(report, measure, sizes)
        yield from _of_unreachable(measure, sizes[measure.code])
        if measure.note:
            yield measure.note
    yield from _of_numbers(report, measures, sizes)


def _of_benchmark(report: PrintedReport) -> str:
    benchmark = report.benchmark
    return (
        f"{benchmark.name} is the {benchmark.title} in {benchmark.areas} areas, of which percentages alone are known. "
        "The number of its cases is not, so no interval can be drawn, neither of its percentages nor of the difference."
    )


def _of_sums(measure: Measure) -> Iterator[str]:
    total = sum(measure.percentages)
    if not measure.whole or total == WHOLE:
        return
    found = [str(number) for number in possible_numbers(measure.percentages)]
    explained = f"rounding explains that at {_listed(found)} cases, and at no other number up to {MOST}"
    yield (
        f"{measure.title}: the report's figures add up to {total}, not {WHOLE}; "
        f"{explained if found else f'no number of cases up to {MOST} explains that by rounding'}."
    )


def _of_parts(report: PrintedReport, measure: Measure, sizes: Mapping[str, int]) -> Iterator[str]:
    """Where several answers are dealt among some cases, and add up to more than those."""
    if measure.kind is not Kind.SEVERAL or measure.among == measure.group or not report.group(measure.among).measure:
        return
    whole, n = sum(report.measure(report.group(measure.among).measure).percentages), sizes[measure.code]
    total = sum(measure.percentages)
    if n and total > whole:
        yield (
            f"{measure.title}: the parts add up to {total}%, the whole is {whole}%. That can be where a case counts "
            f"under two of them; of these {n} cases, {nearest_count(total - whole, n)} is. The report does not say."
        )


def _of_unreachable(measure: Measure, n: int) -> Iterator[str]:
    if not n:
        yield f"{measure.title or measure.code}: there is no such case, so there is nothing to count."
        return
    if measure.whole and counts_of_parts(measure.percentages, n) is None:
        name = measure.title or measure.code
        yield f"{name}: no whole numbers that make up {n} give all its percentages; the nearest are shown."
        return
    for printed in measure.printed:
        if printed.percent is not None and not counts_for(printed.percent, n):
            name = measure.title or measure.code
            yield f"{name}: no whole number of {n} is {printed.percent}%; the nearest is shown."


def _of_numbers(report: PrintedReport, measures: Iterable[Measure], sizes: Mapping[str, int]) -> Iterator[str]:
    """The numbers of cases that are not the report's, each once."""
    said: set[str] = set()
    for measure in measures:
        if measure.group == EVERY or measure.group in said:
            continue
        group = report.group(measure.group)
        said.add(measure.group)
        if group.source.certainty is Certainty.OURS:
            yield f"{group.title}: that there are {sizes[measure.code]} is our choice. {group.source.text}."


def _listed(numbers: list[str]) -> str:
    return " or ".join((", ".join(numbers[:-1]), *numbers[-1:])) if len(numbers) > 1 else "".join(numbers)
