"""Reading retention: how one case stands, whose review is due, what waits for approval, and what was disposed of.

Nothing of this is stored: a group and a review date follow from the facts and the last review, so that they are right
the moment a fact is recorded or voided. A list needs only the first and the last of the facts that say the same, which
one grouped query gives.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Max, Min, Q, QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import Case, reach_of
from openmappa.core.access import Permission
from openmappa.core.dates import add_months
from openmappa.core.packs.load import load_retention
from openmappa.core.packs.retention_rules import Ground, RetentionRules
from openmappa.core.retention import PastReview, Retention, retention
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.facts import fact_from_row
from openmappa.retention.models import Certificate, Decision, Disposal, Hold, Review
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.queries.facts import core_facts
from openmappa.ui.formats import words

PACK = "england-wales-2005"
AHEAD_MONTHS = 12
"""How far ahead the list of reviews looks."""


@dataclass(frozen=True)
class CaseRetention:
    """How one case stands: what the rules give, and what people decided."""

    worked_out: Retention
    reviews: tuple[Review, ...]
    holds: tuple[Hold, ...]
    waiting: Disposal | None

    @property
    def standing_holds(self) -> tuple[Hold, ...]:
        """The holds that nobody has lifted."""
        return tuple(hold for hold in self.holds if hold.is_standing)


@dataclass(frozen=True)
class DueReview:
    """One line of the list: a case whose review is due or soon will be. ``due_on`` None: due, on no particular day."""

    case: Case
    worked_out: Retention
    is_held: bool
    is_waiting: bool

    @property
    def due_on(self) -> date | None:
        """The day the review is due."""
        return self.worked_out.review_on

    @property
    def is_closed(self) -> bool:
        """Whether the case is closed: only then can it be disposed of."""
        return hasattr(self.case, "standing") and self.case.standing.closed

    def is_due(self, today: date) -> bool:
        """Whether it is due today or was due before."""
        return self.due_on is None or self.due_on <= today


def rules() -> RetentionRules:
    """The rules of retention of the pack in service."""
    return load_retention(PACK)


def grounds_in_words(ids: Iterable[str]) -> list[Ground | str]:
    """The grounds of a review; one that the pack no longer knows stands by its id."""
    return [rules().ground(one) or one for one in ids]


def worked_out(case: Case, *, after: PastReview | None = None) -> Retention:
    """The group and the dates of a case, with the reasons; ``after`` a review that is not stored yet. Two queries."""
    last = after or _past(Review.objects.filter(case=case, decision=Decision.KEEP).order_by("-on", "-id").first())
    return retention(core_facts(case).facts, born_on=case.person.born_on, rules=rules(), last_review=last)


def case_retention(case: Case) -> CaseRetention:
    """How one case stands. Four queries."""
    reviews = tuple(Review.objects.filter(case=case).select_related("by", "disposal__judged_by"))
    kept = next((review for review in reviews if review.decision == Decision.KEEP), None)
    found = retention(core_facts(case).facts, born_on=case.person.born_on, rules=rules(), last_review=_past(kept))
    holds = tuple(Hold.objects.filter(case=case).select_related("placed_by", "lifted_by"))
    waiting = Disposal.objects.waiting().filter(case=case).select_related("decided_by", "review").first()
    return CaseRetention(found, reviews, holds, waiting)


def answers_for(user: User, case: Case) -> bool:
    """Whether one of the units through which this person is responsible answers for the case."""
    return bool(reach_of(user).units & {case.police_unit_id, case.probation_unit_id})


def coordinates(user: User, case: Case) -> bool:
    """Whether this person coordinates MAPPA in the case's area."""
    return case.area_id in reach_of(user).areas


def obstacles(case: Case) -> list[str]:
    """What stands in the way of disposing of this case whatever the grounds, one sentence each. Three queries."""
    found = []
    if not hasattr(case, "standing") or not case.standing.closed:
        found.append("The case is not closed. Close it first, if it is over.")
    holds = Hold.objects.standing().filter(case=case).count()
    if holds:
        found.append("The case is under a hold. It has to be lifted first.")
    duties = Duty.objects.open().filter(case=case).count()
    if duties:
        found.append(f"{'A duty is' if duties == 1 else f'{duties} duties are'} still open on the case.")
    return found


def reviews_due(user: User, today: date) -> list[DueReview]:
    """The cases of this person's units whose review is due or will be within a year, the longest due first.

    Five queries whatever the number of cases; the work is in proportion to the distinct facts of the units' cases.
    """
    units = reach_of(user).units
    cases = Case.objects.visible_to(user).filter(Q(police_unit_id__in=units) | Q(probation_unit_id__in=units))
    shown = {case.pk: case for case in cases.select_related("person", "standing").defer("person__name_keys")}
    facts, past = _distinct_facts(shown), _last_reviews(shown)
    held = set(Hold.objects.standing().filter(case__in=shown).values_list("case", flat=True))
    waiting = set(Disposal.objects.waiting().filter(case__in=shown).values_list("case", flat=True))
    until = add_months(today, AHEAD_MONTHS)
    lines = [
        DueReview(
            case,
            retention(facts[pk], born_on=case.person.born_on, rules=rules(), last_review=past.get(pk)),
            pk in held,
            pk in waiting,
        )
        for pk, case in shown.items()
    ]
    due = [line for line in lines if line.due_on is None or line.due_on <= until]
    return sorted(due, key=lambda line: (line.due_on or date.min, line.case.person.family_name, line.case.pk))


def disposals_waiting(user: User) -> QuerySet[Disposal]:
    """The disposals that wait for approval on cases that this person may see, the longest waiting first."""
    seen = Disposal.objects.waiting().filter(case__in=Case.objects.visible_to(user))
    return seen.select_related("case__person", "case__area", "decided_by", "review").order_by("decided_at", "id")


def certificates(user: User) -> QuerySet[Certificate]:
    """The certificates this person may read: of the areas they coordinate or manage in; the auditor's are all."""
    found = Certificate.objects.select_related("area")
    if user.may(Permission.READ_AUDIT):
        return found
    own = [user.area_id] if user.may(Permission.REVIEW_RETENTION) and user.area_id is not None else []
    return found.filter(area_id__in=[*reach_of(user).areas, *own])


def certificate(user: User, number: str) -> Certificate | None:
    """A certificate by its number, if this person may read it."""
    return certificates(user).filter(number=number).first()


def erased_in_words(left: Certificate) -> list[tuple[str, int]]:
    """How much was erased, by what: "Facts", 12. A table that is no longer there stands by its name."""
    names = {model._meta.db_table: str(model._meta.verbose_name_plural) for model in apps.get_models()}
    counts: Mapping[str, int] = left.says["erased"]
    return sorted((words(names.get(table, table)), count) for table, count in counts.items())


def _past(review: Review | None) -> PastReview | None:
    return PastReview(review.on, review.again_on) if review else None


def _last_reviews(cases: Iterable[int]) -> dict[int, PastReview]:
    newest = Review.objects.filter(case__in=list(cases), decision=Decision.KEEP).order_by("case", "-on", "-id")
    return {review.case_id: PastReview(review.on, review.again_on) for review in newest.distinct("case")}


def _distinct_facts(cases: Iterable[int]) -> Mapping[int, Sequence[CoreFact]]:
    """For each case the first and the last of the standing facts that say the same."""
    found: dict[int, list[CoreFact]] = defaultdict(list)
    rows = (
        Fact.objects.filter(case__in=list(cases), voided_at__isnull=True)
        .order_by()
        .values_list("case", "kind", "details")
        .annotate(first=Min("on"), last=Max("on"))
    )
    for case, kind, details, first, last in rows:
        found[case] += [fact_from_row(kind, on, details, on) for on in {first, last}]
    return found
