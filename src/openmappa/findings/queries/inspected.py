"""What an inspection asked, what it is called, and what was answered."""

from collections.abc import Iterable

from openmappa.assessing.queries.answers import answers_by_question
from openmappa.assessing.queries.assessments import framework_for
from openmappa.core.inspection.framework import Criterion, Framework
from openmappa.core.inspection.question_results import Answers
from openmappa.findings.models import Finding
from openmappa.inspections.models import Inspection
from openmappa.interviews.models import Theme
from openmappa.interviews.queries import standing_for
from openmappa.samples.models import Exercise


def framework_of(exercise: Exercise) -> Framework:
    """What it asks. One query."""
    return framework_for(exercise)


def title_of(exercise: Exercise) -> str:
    """What it is called. One query."""
    return Inspection.objects.get(exercise=exercise).title


def answers_of(exercise: Exercise) -> Answers:
    """What was answered and counts, by question and then by the key of the case. A fixed number of queries."""
    return answers_by_question(exercise, framework_of(exercise))


def criteria_of(exercise: Exercise) -> dict[str, Criterion]:
    """Its criteria by code, in their order."""
    return {criterion.code: criterion for criterion in framework_of(exercise).criteria}


def themes_to_choose(exercise: Exercise) -> list[tuple[str, str]]:
    """The themes in use of its interviews, by key and title. One query."""
    rows = Theme.objects.filter(exercise=exercise, ended_at=None)
    return [(str(key), title) for key, title in rows.values_list("key", "title")]


def themes_chosen(exercise: Exercise, keys: Iterable[str]) -> list[str]:
    """The themes in use that stand for those that a finding cites: merged ones by what they were merged into."""
    standing = standing_for(exercise)
    found = [row for key in keys if (row := standing.get(key))]
    return list(dict.fromkeys(str(row.key) for row in found))


def themes_removed(exercise: Exercise, rows: Iterable[Finding]) -> list[str]:
    """The titles of removed themes that one of these findings still cites. Two queries."""
    cited = {key for row in rows for key in row.themes}
    if not cited:
        return []
    standing = standing_for(exercise)
    gone = [key for key in cited if key in standing and standing[key] is None]
    return sorted(Theme.objects.filter(key__in=gone).values_list("title", flat=True))
