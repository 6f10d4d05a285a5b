"""The category of a case: as it is worked out today, and as somebody confirmed it."""

from dataclasses import dataclass

from django.utils import timezone

from openmappa.cases.models import Case
from openmappa.core.mappa.category import Answers, Finding, work_out
from openmappa.core.standards.state import state
from openmappa.referrals.models.levels import CategoryConfirmation
from openmappa.referrals.queries.rules import referral_rules
from openmappa.timeline.queries.facts import core_facts


@dataclass(frozen=True)
class CategoryOfCase:
    """What was worked out today, the newest confirmation, and the category that the record has with its level."""

    found: Finding
    answers: Answers
    confirmed: CategoryConfirmation | None
    recorded: int | None

    @property
    def suggested(self) -> int | None:
        """The category to begin with: as confirmed, else as worked out, else as the record has it."""
        return (self.confirmed.confirmed if self.confirmed else None) or self.found.category or self.recorded

    @property
    def is_outdated(self) -> bool:
        """Whether what is worked out today is another than what was worked out when somebody confirmed it."""
        return self.confirmed is not None and self.confirmed.worked_out != self.found.category


def category_of(case: Case, answers: Answers | None = None) -> CategoryOfCase:
    """The category of a case; with ``answers``, as it would be with these. Two queries."""
    confirmed = newest_confirmation(case)
    said = answers or (answers_of(confirmed) if confirmed else Answers())
    facts, today = core_facts(case).facts, timezone.localdate()
    found = work_out(facts, said, referral_rules(), today)
    return CategoryOfCase(found, said, confirmed, state(facts, today).mappa_category)


def newest_confirmation(case: Case) -> CategoryConfirmation | None:
    """The confirmation that holds. One query."""
    return CategoryConfirmation.objects.filter(case=case).select_related("confirmed_by").first()


def confirmations_of(case: Case) -> list[CategoryConfirmation]:
    """Every confirmation of the category of a case, newest first. One query."""
    return list(CategoryConfirmation.objects.filter(case=case).select_related("confirmed_by"))


def answers_of(confirmed: CategoryConfirmation) -> Answers:
    """What somebody answered of offence and sentence when they confirmed it."""
    return Answers(confirmed.offence, confirmed.sentence_months, confirmed.hospital_order)
