"""The level of a case over time: every decision with who, on what basis and why, and what imports brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.core.mappa.levels import Standing, Step, step
from openmappa.referrals.models.levels import LevelDecision
from openmappa.referrals.words import Basis
from openmappa.timeline.models import Fact


@dataclass(frozen=True)
class LevelLine:
    """One line of the history: a decision, or a level that came without one (``decision`` None: an import)."""

    on: date
    level: int
    category: int | None
    step: Step
    decision: LevelDecision | None
    fact: Fact | None

    @property
    def is_voided(self) -> bool:
        """Whether its entry on the timeline was a mistake."""
        return self.fact is not None and self.fact.is_voided

    @property
    def basis(self) -> str:
        """What it rests on, in words."""
        return Basis(self.decision.basis).label if self.decision else "Recorded before decisions were kept here"


def level_history(case: Case) -> list[LevelLine]:
    """Every decision on the level of a case and every level that came without one, newest first. Two queries."""
    facts = list(
        Fact.objects.filter(case=case, kind="mappa_level_set").select_related("recorded_by", "voided_by").order_by("id")
    )
    decisions = decisions_of(case)
    decided = {decision.fact_id: decision for decision in decisions if decision.fact_id}
    rows: list[tuple[date, int, Fact | None, LevelDecision | None]] = [
        (fact.on, fact.pk, fact, decided.get(fact.pk)) for fact in facts
    ]
    newest = facts[-1].pk if facts else 0
    rows += [(each.decided_on, newest + each.pk, None, each) for each in decisions if each.keeps]
    return _lines(sorted(rows, key=lambda row: row[:2]))[::-1]


def decisions_of(case: Case) -> list[LevelDecision]:
    """Every decision on the level of a case, oldest first. One query."""
    rows = LevelDecision.objects.filter(case=case).select_related("decided_by__agency", "referral")
    return list(rows.order_by("decided_on", "id"))


def level_3_cases(user: User, area: Area) -> QuerySet[Case]:
    """The cases of an area that stand at Level 3 and that this person may see, by family name."""
    seen = Case.objects.visible_to(user).filter(area=area, standing__mappa_level=3, standing__closed=False)
    return seen.select_related("person", "standing", "case_manager", "police_officer").order_by(
        "person__family_name", "person__given_names", "pk"
    )


def _lines(rows: Sequence[tuple[date, int, Fact | None, LevelDecision | None]]) -> list[LevelLine]:
    lines, before = [], Standing(None, None)
    for on, _, fact, decision in rows:
        if fact is not None:
            level, category = int(fact.details["level"]), int(fact.details["category"])
        else:
            assert decision is not None
            level, category = decision.level, decision.category
        lines.append(LevelLine(on, level, category, step(before, level, category), decision, fact))
        if fact is None or not fact.is_voided:
            before = Standing(level, category)
    return lines
