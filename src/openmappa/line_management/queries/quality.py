"""Marks of quality: what can be marked on a case, the marks of one piece of work, and those of one author."""

from dataclasses import dataclass

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.packs.quality_rules import Criterion
from openmappa.core.standards.words import describe
from openmappa.line_management.models import QualityMark, QualityMarking
from openmappa.line_management.queries.rules import quality_rules
from openmappa.line_management.queries.whose import WITH_AUTHOR, author_of, may_mark
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact

SHOWN = 100


@dataclass(frozen=True)
class Work:
    """A piece of work that can be marked: its fact, in words, the markings that the reader may read, and whether they
    may mark it."""

    fact: Fact
    words: str
    markings: tuple[QualityMarking, ...]
    may_mark: bool

    @property
    def author(self) -> User | None:
        """Whose work it is; None where it came from another system that does not say."""
        return author_of(self.fact)


@dataclass(frozen=True)
class MarkLine:
    """One criterion of a marking, and what it was given; None where it was not asked when it was marked."""

    criterion: Criterion
    given: QualityMark | None


def work_on(user: User, case: Case) -> list[Work]:
    """The work on a case that can be marked, newest first. Two queries."""
    facts = Fact.objects.filter(case=case, kind__in=sorted(quality_rules().fact_kinds), voided_at__isnull=True)
    rows = list(facts.select_related(*WITH_AUTHOR).order_by("-on", "-id")[:SHOWN])
    found: dict[int, list[QualityMarking]] = {}
    for marking in QualityMarking.objects.filter(fact__in=[row.pk for row in rows]).select_related("marked_by"):
        found.setdefault(marking.fact_id, []).append(marking)
    return [Work(row, describe(core_fact(row)), tuple(found.get(row.pk, ())), may_mark(user, row)) for row in rows]


def work(user: User, case: Case, pk: int) -> Work | None:
    """One piece of work on a case, with the marks that the reader may read. Three queries."""
    row = (
        Fact.objects.filter(case=case, pk=pk, kind__in=sorted(quality_rules().fact_kinds), voided_at__isnull=True)
        .select_related(*WITH_AUTHOR)
        .first()
    )
    if row is None:
        return None
    markings = QualityMarking.objects.filter(fact=row).select_related("marked_by").prefetch_related("marks")
    return Work(row, describe(core_fact(row)), tuple(markings), may_mark(user, row))


def criteria_of(fact: Fact) -> tuple[Criterion, ...]:
    """What is marked of the work that a fact recorded."""
    stored = core_fact(fact)
    return quality_rules().criteria_for(stored.kind, stored.details)


def lines_of(marking: QualityMarking, fact: Fact) -> list[MarkLine]:
    """A marking, criterion by criterion."""
    given = {mark.criterion: mark for mark in marking.marks.all()}
    return [MarkLine(criterion, given.get(criterion.id)) for criterion in criteria_of(fact)]
