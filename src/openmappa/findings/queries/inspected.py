"""What an inspection asked, what it is called, and what was answered."""

from openmappa.assessing.queries.answers import answers_by_question
from openmappa.assessing.queries.assessments import framework_for
from openmappa.core.inspection.framework import Criterion, Framework
from openmappa.core.inspection.question_results import Answers
from openmappa.inspections.models import Inspection
from openmappa.interviews.models import Theme
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
    """The themes of its interviews, by key and title. One query."""
    return [(str(key), title) for key, title in Theme.objects.filter(exercise=exercise).values_list("key", "title")]
