"""A unit of made-up people and cases, for the tests of line managers' pages."""

from dataclasses import dataclass
from datetime import date

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.line_management import ReviewAnswers
from openmappa.core.packs.quality_rules import Mark
from openmappa.core.quality import Marked
from openmappa.line_management.models import ManagementAction, ManagementReview, QualityMarking
from openmappa.line_management.queries.quality import criteria_of
from openmappa.line_management.services import NewAction, mark_quality, review_case
from openmappa.timeline.models import Duty, Fact
from tests.timeline.build import ago, make_case, make_person, today, write

OFFICER, MANAGER, LINE = Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER


@dataclass(frozen=True)
class Team:
    """The first units of one area: who manages the case, who visits, and the line managers of both."""

    manager: User
    officer: User
    spo: User
    sergeant: User


def a_team() -> Team:
    return Team(
        make_person(MANAGER, rank=Rank.PROBATION_OFFICER),
        make_person(OFFICER, rank=Rank.CONSTABLE),
        make_person(LINE, rank=Rank.SENIOR_PROBATION_OFFICER, kind="probation"),
        make_person(LINE, rank=Rank.SERGEANT),
    )


def their_case(team: Team) -> Case:
    """A case of the team's under an order of 60 days ago, for which nothing has been done yet."""
    case = make_case(case_manager=team.manager, police_officer=team.officer)
    write(case, "order_started", ago(60), by=team.manager, order="community_order")
    return case


def late_start(case: Case) -> Duty:
    """The OASys that was due 15 working days after the order started and has not come."""
    return Duty.objects.get(case=case, standard="oasys-start")


def answers(**changed: object) -> ReviewAnswers:
    plain = {
        "reviewed_on": today(),
        "looked_at": ("oasys",),
        "outcomes": ("change_plan",),
        "reasons": "The plan says nothing of the children next door.",
        "next_on": ago(-28),
    }
    return ReviewAnswers(**(plain | changed))  # type: ignore[arg-type]


def reviewed(by: User, case: Case, *actions: NewAction, **changed: object) -> ManagementReview:
    with as_person(by):
        return review_case(by=by, case=case, answers=answers(**changed), actions=actions)


def an_action(
    by: User, case: Case, owner: User, due_on: date | None = None, what: str = "Ring the school."
) -> ManagementAction:
    return reviewed(by, case, NewAction(what, owner, due_on or ago(-7))).actions.get()


def all_marked(fact: Fact, mark: Mark = Mark.SUFFICIENT, comment: str = "") -> dict[str, Marked]:
    return {one.id: Marked(mark, comment) for one in criteria_of(fact)}


def marked(by: User, fact: Fact, mark: Mark = Mark.SUFFICIENT, comment: str = "", feedback: str = "") -> QualityMarking:
    with as_person(by):
        return mark_quality(by=by, fact=fact, marks=all_marked(fact, mark, comment), feedback=feedback)
