"""What pages around an OASys show: the offender's answers in words, and reads of what is kept beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.compartments import Compartment
from openmappa.core.instruments.oasys.self_assessment import self_standing
from openmappa.core.packs.oasys_rules import Answers, Choice
from openmappa.core.packs.oasys_self_rules import LINKED, Question, QuestionKind, SelfAssessmentRules
from openmappa.notes.models import open_compartments
from openmappa.oasys.models import Oasys
from openmappa.oasys.models_around import ConfidentialSection, InformationRequest, SelfAssessment


@dataclass(frozen=True)
class Said:
    """One question of the offender's own, and what they said; empty where they did not answer."""

    place: int
    question: Question
    answer: str
    linked: str


def said(rules: SelfAssessmentRules, answers: Answers) -> list[Said]:
    """Every question with its answer in words."""
    found = self_standing(rules, answers)
    return [
        Said(
            place,
            question,
            _in_words(question.choices, found.get(question.name)),
            _in_words(LINKED, found.get(question.linked_name)) if question.kind is QuestionKind.PROBLEM else "",
        )
        for place, question in enumerate(rules.questions, start=1)
    ]


def self_assessment_of(oasys: Oasys) -> SelfAssessment | None:
    """What the offender said for this OASys, if they were asked. One query."""
    return SelfAssessment.objects.select_related("started_by").filter(oasys=oasys).first()


def confidential_of(oasys: Oasys) -> ConfidentialSection | None:
    """The confidential section, where there is one and the reader opens it. One query."""
    return ConfidentialSection.objects.select_related("written_by").filter(oasys=oasys).first()


def earlier_confidential_of(oasys: Oasys) -> ConfidentialSection | None:
    """The confidential section of the OASys that this one began with, where the reader opens it. One query."""
    before = Q(oasys=oasys.replaces_id) | Q(oasys=oasys.copied_from_id)
    return ConfidentialSection.objects.select_related("written_by").filter(before).order_by("-written_at").first()


def requests_on(case: Case) -> Sequence[InformationRequest]:
    """Every request for information on a case: what is open, the longest due first, then what came. Two queries."""
    rows = InformationRequest.objects.filter(case=case).select_related("asked_by", "answered_by")
    found = list(rows.prefetch_related("chasers__chased_by").order_by("due_on", "pk"))
    return [row for row in found if row.is_open] + [row for row in reversed(found) if not row.is_open]


def for_pages(request: HttpRequest) -> dict[str, Callable[[Case], bool]]:
    """A context processor: whether what is confidential on a case is open to whoever reads the page."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"opens_confidential": lambda case: Compartment.CONFIDENTIAL in open_compartments(user, case)}


def require_confidential(user: User, case: Case) -> None:
    """Raises PermissionDenied where what is confidential on a case is not open to this person."""
    if Compartment.CONFIDENTIAL not in open_compartments(user, case):
        raise PermissionDenied("What is confidential on this case is not open to you.")


def _in_words(choices: Sequence[Choice], answer: object) -> str:
    return next((choice.label for choice in choices if choice.value == answer), str(answer or ""))
