"""The generated cases that nothing stands behind yet, a batch at a time, with the people who would have written it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from openmappa.accounts.models import Agency, User
from openmappa.assessments.models import Rm2000Score
from openmappa.caseload.queries import AT_ONCE
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.standards import facts as core
from openmappa.core.synthetic.content.case import CaseContent, ContentMaker
from openmappa.core.synthetic.content.known import Known
from openmappa.oasys.models import Oasys
from openmappa.plans.models.plan import Plan
from openmappa.referrals.models.levels import LevelDecision
from openmappa.timeline.models import Fact

BY_OFFICER = ("rm2000_completed",)
BY_MANAGER = ("oasys_completed", "isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed")
"""Kinds of facts behind which something stands that somebody wrote."""


def author_of(case: Case, kind: str) -> int | None:
    """Who recorded such a fact on a generated case: whoever will stand under the score, the OASys or the plan."""
    if kind in BY_OFFICER:
        return case.police_officer_id
    return case.case_manager_id if kind in BY_MANAGER else None


@dataclass(frozen=True)
class Managers:
    """Who countersigns in an area."""

    police: User | None
    probation: User | None


@dataclass(frozen=True)
class Filed:
    """A case as it was imported, with what was made up for it: `ids` are the keys of its facts, in their order."""

    case: Case
    content: CaseContent
    ids: Sequence[int]
    managers: Managers

    @property
    def known(self) -> Known:
        """What the record knew of it before."""
        return self.content.known

    @property
    def manager(self) -> User | None:
        """The case manager."""
        return self.case.case_manager

    @property
    def officer(self) -> User | None:
        """The police officer."""
        return self.case.police_officer


def filed(source: str, maker: ContentMaker, only: Sequence[int] | None = None) -> Iterator[list[Filed]]:
    """The cases of a source without content, in the order they came in, each with its own. Three queries a batch.

    ``only``, where given, are the keys of the cases that are wanted.
    """
    managers = _managers()
    last = 0
    while batch := list(_page(source, last, only)):
        last = batch[-1].pk
        facts = _facts(batch)
        yield [
            Filed(
                case=case,
                content=maker.of(_known(case, facts[case.pk])),
                ids=[pk for pk, _ in facts[case.pk]],
                managers=managers.get(case.area_id, Managers(None, None)),
            )
            for case in batch
            if facts[case.pk]
        ]


def _page(source: str, after: int, only: Sequence[int] | None) -> Iterable[Case]:
    page = Case.objects.filter(source=source, pk__gt=after).order_by("pk")
    if only is not None:
        page = page.filter(pk__in=only)
    bare = page.exclude(pk__in=Rm2000Score.objects.values("case")).exclude(pk__in=Oasys.objects.values("case"))
    bare = bare.exclude(pk__in=Plan.objects.values("case")).exclude(pk__in=LevelDecision.objects.values("case"))
    return bare.select_related("person", "area", "police_officer", "case_manager")[:AT_ONCE]


def _known(case: Case, facts: Sequence[tuple[int, core.Fact]]) -> Known:
    return Known(case.reference, case.person.born_on, case.person.sex, tuple(fact for _, fact in facts))


def _facts(cases: Sequence[Case]) -> dict[int, list[tuple[int, core.Fact]]]:
    found: dict[int, list[tuple[int, core.Fact]]] = defaultdict(list)
    rows = Fact.objects.filter(case__in=cases).standing()
    for case_id, pk, *parts in rows.values_list("case_id", "id", "kind", "on", "details", "recorded_on"):
        found[case_id].append((pk, core.fact_from_row(*parts)))
    return found


def _managers() -> dict[int, Managers]:
    found: dict[int, dict[str, User]] = defaultdict(dict)
    people = User.objects.filter(role=Role.LINE_MANAGER, area__isnull=False).select_related("agency").order_by("-pk")
    for person in people:
        if person.can_countersign and person.area_id is not None:
            found[person.area_id][person.agency.kind] = person
    return {
        area: Managers(kinds.get(Agency.Kind.POLICE), kinds.get(Agency.Kind.PROBATION)) for area, kinds in found.items()
    }
