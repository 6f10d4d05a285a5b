"""A report put together: chapters in the framework's order with their figures and findings, method, recommendations.

It holds values alone, so that it can be kept as it was published. No name of an offender and no key of the record is in
it; a case is cited by its key in the sample. A count that may not leave the service is not in it either.
"""

from collections import defaultdict
from typing import Any

from openmappa.core.inspection.benchmark_sets import kept_figures
from openmappa.core.inspection.framework import Criterion, Question
from openmappa.core.inspection.proportions import SMALLEST
from openmappa.findings.models import Finding, Sort
from openmappa.findings.queries.inspected import framework_of, title_of
from openmappa.findings.queries.method import method_of
from openmappa.findings.queries.reading import findings_of, recommendations_of
from openmappa.findings.queries.results import Results
from openmappa.good_practice.queries import Found
from openmappa.interviews.queries import ThemeLeaving, themes_leaving
from openmappa.samples.models import Exercise
from openmappa.samples.queries import areas_of
from openmappa.ui.formats import day

Content = dict[str, Any]
"""What a report says: texts, numbers, lists of them."""
HIDDEN = f"Hidden: a count under {SMALLEST}, or one that would give it away"


def report_content(exercise: Exercise, results: Results | None) -> Content:
    """The report as it would be published now, from agreed findings alone, with these results of it."""
    framework = framework_of(exercise)
    by_criterion: dict[str, list[Finding]] = defaultdict(list)
    for row in findings_of(exercise):
        if row.is_agreed:
            by_criterion[row.criterion].append(row)
    themes = themes_leaving(exercise)
    numbers = {line.question.code: at for at, line in enumerate(results.lines, start=1)} if results else {}
    return {
        "title": title_of(exercise),
        "areas": [area.name for area in areas_of(exercise)],
        "on": day(exercise.on),
        "framework": f"{framework.title}, version {framework.version}",
        "chapters": [
            {
                "title": chapter.title,
                "criteria": [
                    _criterion(criterion, by_criterion[criterion.code], results, numbers, themes)
                    for criterion in chapter.criteria
                ],
            }
            for chapter in framework.chapters
        ],
        "method": method_of(exercise, results),
        "recommendations": [
            {"number": row.number, "text": row.text, "owner": row.owner_words, "by": day(row.due_on)}
            for row in recommendations_of(exercise)
        ],
    }


def figures_kept(results: Results | None) -> dict[str, dict[str, float]]:
    """The estimates of an inspection that may leave the service, to hold later ones against."""
    if results is None:
        return {}
    return kept_figures(line for line in results.lines if results.leaving(line.question.code).whole)


def good_practice_found(exercise: Exercise) -> list[Found]:
    """The agreed findings of good practice, for the library. One that is of the whole, of one area, is that area's."""
    titles = {one.code: one.title for one in framework_of(exercise).criteria}
    areas = list(areas_of(exercise))
    only = areas[0] if len(areas) == 1 else None
    return [
        Found(row.key, row.area or only, row.criterion, titles.get(row.criterion, row.criterion), row.text)
        for row in findings_of(exercise)
        if row.is_agreed and row.sort == Sort.GOOD_PRACTICE
    ]


def _criterion(
    criterion: Criterion,
    rows: list[Finding],
    results: Results | None,
    numbers: dict[str, int],
    themes: dict[str, ThemeLeaving],
) -> Content:
    questions = [question for question in criterion.questions if question.code in numbers]
    return {
        "title": criterion.title,
        "statement": criterion.statement,
        "figures": [_figure(numbers[question.code], question, results) for question in questions if results],
        "findings": [
            {
                "sort": row.get_sort_display(),
                "area": row.area.name if row.area else "",
                "text": row.text,
                "figures": sorted(numbers[code] for code in row.questions if code in numbers),
                "cases": list(row.cases),
                "themes": [_theme(each) for each in _once(row.themes, themes)],
            }
            for row in rows
        ],
    }


def _once(keys: list[str], themes: dict[str, ThemeLeaving]) -> list[ThemeLeaving]:
    """The themes of a finding; two that were merged into one are one."""
    return list({themes[key].title: themes[key] for key in keys if key in themes}.values())


def _theme(theme: ThemeLeaving) -> Content:
    """A theme of interviews: in how many it was heard only from five on, and no name."""
    heard = f"heard in {theme.interviews} interviews" if theme.interviews >= SMALLEST else ""
    quotes = [{"words": each.words, "by": each.by} for each in theme.quotes]
    return {"title": theme.title, "heard": heard, "quotes": quotes}


def _figure(number: int, question: Question, results: Results) -> Content:
    found = results.by_code[question.code].apart
    said: Content = {"number": number, "text": question.text, "of_whom": question.of_whom}
    if found.interval is None:
        return said | {"words": "No case was judged", "percent": None}
    if not results.leaving(question.code).whole:
        return said | {"words": HIDDEN, "percent": None}
    low, high = found.interval.per_cent
    return said | {"words": found.tally.leaving_words(SMALLEST), "percent": found.percentage, "low": low, "high": high}
