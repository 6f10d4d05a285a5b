"""What-if questions for tests: asked as a person would, or rows as they stand in the table."""

from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.workload.forms import QuestionForm
from openmappa.workload.models import Question
from openmappa.workload.services.asking import ask
from tests.timeline.build import ago, make_area, make_case, today, write

MONTHLY = """extends = "england-wales-2005"
title = "High seen every month"
source = "Recommendation 4"
[[table]]
name = "visit-interval"
rows = [{ force = "A", band = "high", months = 1 }]
"""


def asked(by: User, *, area: Area | None = None, **changed: Any) -> Question:
    """A question that waits."""
    said: dict[str, Any] = {"title": "Monthly", "drafts": [MONTHLY], "minutes": {}, "hours": {}}
    with as_person(by):
        return ask(by=by, area=area or by.area, **(said | changed))


def a_question_row(by: User, area: Area | None = None, **changed: Any) -> Question:
    plain: dict[str, Any] = {
        "title": "Monthly",
        "area": area or make_area(),
        "on": today(),
        "drafts": [MONTHLY],
        "asked_by": by,
        "asked_at": timezone.now(),
    }
    return Question.objects.create(**(plain | changed))


def seen_case(**staff: User) -> Case:
    """A registered case of high likelihood, seen today."""
    case = make_case(**staff)
    write(case, "registered", ago(200))
    write(case, "initial_notification_made", ago(200))
    write(case, "rm2000_completed", ago(198), band="high", rank="constable")
    write(case, "home_visit", ago(0), service="police", outcome="seen", announced=False, joint=False)
    return case


def answers(user: User, **changed: str) -> dict[str, str]:
    """What the form sends with the numbers in force, and what was changed."""
    form = QuestionForm(areas=[user.area] if user.area else list(Area.objects.all()), every=user.area is None)
    sent = {name: str(field.initial) for name, field in form.fields.items() if field.initial is not None}
    return {**sent, "title": "Monthly", **changed}
