"""Interventions in the plans of open cases, by the headings of Table 2 (5.6), and the cases behind a count."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from openmappa.accounts.models import User
from openmappa.board.queries.printed import printed
from openmappa.board.queries.scope import Scope
from openmappa.cases.models import Case
from openmappa.core.inspection.proportions import Proportion
from openmappa.plans.words import Heading, InterventionState

COUNTS = "SELECT heading, state, cases, of FROM board_interventions(%s::bigint[], %s::bigint[], %s)"
BEHIND = (
    "SELECT DISTINCT case_id FROM board_interventions_of_cases(%s::bigint[], %s::bigint[], %s) "
    "WHERE heading = %s AND (%s = '' OR state = %s)"
)
REPORT = {
    Heading.APPROVED_PREMISES: "residing_at_approved_premises",
    Heading.OFFICE: "office_based_supervision",
    Heading.MOVEMENTS: "monitoring_of_movements",
    Heading.ASSOCIATIONS: "restrictions_on_associations",
    Heading.RESIDENCE: "restrictions_on_residence",
    Heading.PROHIBITED_AREAS: "restrictions_on_movement_prohibited_areas",
    Heading.CURFEW: "restrictions_on_movement_curfew",
    Heading.ACTIVITIES: "restrictions_on_activities_and_possessions",
    Heading.TAGGING: "electronic_monitoring",
    Heading.SURVEILLANCE: "surveillance",
}
"""How the report names each heading; the programme has three rows of its own."""
PROGRAMME = {
    InterventionState.PLANNED: ("Planned", "accredited_programme_planned"),
    InterventionState.RUNNING: ("Attending", "accredited_programme_attending"),
    InterventionState.COMPLETED: ("Finished", "accredited_programme_finished"),
}
NOT_SAID = "Under no heading: nobody said which it is"


@dataclass(frozen=True)
class InterventionLine:
    """One row of Table 2. A case stands in each row that its plans name; ``below``: it is part of the row above."""

    heading: str
    state: str
    title: str
    found: Proportion
    report: int | None
    below: bool = False


@dataclass(frozen=True)
class Interventions:
    """The table, of open cases with a signed plan on the last day."""

    lines: Sequence[InterventionLine]
    cases: int


def interventions(scope: Scope) -> Interventions:
    """Table 2 over some areas. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [*scope.values, scope.until])
        rows = cursor.fetchall()
    whole = max((row[3] for row in rows), default=0)
    found = {(row[0] or "", row[1]): row[2] for row in rows if not row[3]}

    def line(
        heading: str, title: str, report: int | None, state: str | None = None, *, below: bool = False
    ) -> InterventionLine:
        count = Proportion(found.get((heading, state), 0), whole)
        return InterventionLine(heading, state or "", title, count, report, below)

    lines = []
    for each in Heading:
        if each is Heading.PROGRAMME:
            lines.append(line(each, each.label, printed("accredited_programme_any", "yes")))
            lines += [
                line(each, title, printed("accredited_programme", name), state, below=True)
                for state, (title, name) in PROGRAMME.items()
            ]
        else:
            lines.append(line(each, each.label, printed("interventions", REPORT[each]) if each in REPORT else None))
    return Interventions([*lines, line("", NOT_SAID, None)], whole)


def cases_behind(user: User, scope: Scope, heading: str, state: str) -> list[int]:
    """The cases that this person sees whose plans name an intervention under a heading, in a state where one is given.

    Two queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [*scope.values, scope.until, heading, state, state])
        ids = [row[0] for row in cursor.fetchall()]
    return list(Case.objects.visible_to(user).filter(pk__in=ids).order_by("reference").values_list("pk", flat=True))
