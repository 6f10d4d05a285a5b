"""Reading RM2000s: those on a case with items, countersignatures and what changed; and why there is none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest

from openmappa.assessments.models import Countersignature, NoRm2000, Rm2000Score
from openmappa.cases.models import Case
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.comparison import Difference, differences
from openmappa.core.instruments.rm2000.eligibility import reasons_of_record
from openmappa.core.instruments.rm2000.whole import Rm2000Result, item_titles, rm2000_score
from openmappa.core.packs.load import load_rm2000
from openmappa.core.packs.rm2000.shapes import NoScoreReason, Rm2000Rules
from openmappa.core.standards.words import describe
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact

PACK = "england-wales-2005"
S_ITEMS = tuple(Rm2000SItems.__dataclass_fields__)
V_ITEMS = tuple(name for name in Rm2000VItems.__dataclass_fields__ if name not in S_ITEMS)
"""The answers of scale V beside the age, which is that of scale S."""


@dataclass(frozen=True)
class Rm2000:
    """An RM2000 on a case: its fact, its items where it was scored here, and who countersigned it (None: nobody).

    ``before`` is the one that stood before it and was scored here too, if any.
    """

    fact: Fact
    score: Rm2000Score | None
    signed: Fact | None
    signature: Countersignature | None
    words: str
    before: "Rm2000 | None"

    @property
    def result(self) -> Rm2000Result | None:
        """The score with its reasons, worked out again from the items; None for one that came without them."""
        return None if self.score is None else rm2000_score(*items_of(self.score), rm2000_rules())

    @property
    def changes(self) -> Sequence[Difference]:
        """What differs from the one before; nothing where there is none to compare with."""
        now, was = self.result, self.before.result if self.before else None
        return differences(was.scoring, now.scoring, titles()) if now and was else ()

    @property
    def scored_by(self) -> str:
        """Who scored it, as far as the record knows."""
        if self.score is not None:
            return self.score.scored_by.full_name
        return str(self.fact.recorded_by) if self.fact.recorded_by else "Not named in the import"


@dataclass(frozen=True)
class OnFrontSheet:
    """What the front sheet adds to the band: the last score made here (None: none), and why no score is made."""

    score: Rm2000Score | None
    no_score: NoRm2000 | None


def rm2000_rules() -> Rm2000Rules:
    """The rules that scores are made by."""
    return load_rm2000(PACK)


@lru_cache(maxsize=1)
def titles() -> Mapping[str, str]:
    """What each answer is called."""
    return item_titles(rm2000_rules())


def items_of(score: Rm2000Score) -> tuple[Rm2000SItems, Rm2000VItems | None]:
    """The answers behind a score; None for scale V where it was not answered."""
    s = Rm2000SItems(**{name: getattr(score, name) for name in S_ITEMS})
    if score.violent_appearances is None or score.burglary is None:
        return s, None
    return s, Rm2000VItems(score.age_at_risk, score.violent_appearances, score.burglary)


def answers_of(score: Rm2000Score) -> Mapping[str, int | bool]:
    """The answers behind a score by name; those of scale V are left out where it was not answered."""
    found = {name: getattr(score, name) for name in (*S_ITEMS, *V_ITEMS)}
    return {name: answer for name, answer in found.items() if answer is not None}


def rm2000s_of(case: Case) -> list[Rm2000]:
    """Every RM2000 on a case, newest first, voided ones too. One query.

    A countersignature signs the RM2000 that stands on its day: the last one scored by then (7.4).
    """
    rows = (
        Fact.objects.filter(case=case, kind__in=["rm2000_completed", "rm2000_countersigned"])
        .select_related("rm2000_score__scored_by", "countersignature__signed_by", "recorded_by", "voided_by")
        .order_by("on", "id")
    )
    signed: dict[int, Fact] = {}
    scores: list[Fact] = []
    for row in rows:
        if row.kind == "rm2000_completed":
            scores.append(row)
        elif not row.is_voided:
            standing = next((score for score in reversed(scores) if not score.is_voided), None)
            if standing is not None:
                signed.setdefault(standing.pk, row)
    found: list[Rm2000] = []
    for row in scores:
        before = next((one for one in reversed(found) if one.score and not one.fact.is_voided), None)
        found.append(_rm2000(row, signed.get(row.pk), before))
    return found[::-1]


def latest_rm2000(case: Case) -> Rm2000 | None:
    """The RM2000 that stands on a case: the last one that was not voided."""
    return standing_of(rm2000s_of(case))


def standing_of(scores: Sequence[Rm2000]) -> Rm2000 | None:
    """The one that stands, of scores from the newest to the oldest."""
    return next((one for one in scores if not one.fact.is_voided), None)


def to_start_from(case: Case) -> Rm2000 | None:
    """The RM2000 whose answers a re-score starts from: the last one that stands and was scored here."""
    return next((one for one in rm2000s_of(case) if one.score and not one.fact.is_voided), None)


def no_score_reasons_of(case: Case) -> Sequence[NoRm2000]:
    """Why no RM2000 was made of this case, newest first; see ``NoRm2000.stands``. One query."""
    rows = NoRm2000.objects.filter(case=case).select_related("decided_by", "withdrawn_by", "note")
    return list(rows.order_by("-id"))


def not_for(case: Case, on: date) -> Sequence[NoScoreReason]:
    """Why RM2000 is not for this person on that day, as far as the record itself tells. Empty as a rule."""
    return reasons_of_record(case.person.sex, case.person.born_on, on, rm2000_rules())


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[[Case], OnFrontSheet]]:
    """A context processor: what the front sheet asks of RM2000, in two queries, and only if it is shown."""
    return {"rm2000_on_front_sheet": _on_front_sheet}


def _on_front_sheet(case: Case) -> OnFrontSheet:
    standing = Fact.objects.filter(case=case, kind="rm2000_completed", voided_at__isnull=True).order_by("-on", "-id")
    score = Rm2000Score.objects.filter(fact__in=standing[:1]).first()
    reasons = NoRm2000.objects.filter(case=case, withdrawn_at__isnull=True, note__voided_at__isnull=True)
    return OnFrontSheet(score, reasons.select_related("decided_by").first())


def _rm2000(row: Fact, signed: Fact | None, before: Rm2000 | None) -> Rm2000:
    return Rm2000(
        fact=row,
        score=getattr(row, "rm2000_score", None),
        signed=signed,
        signature=getattr(signed, "countersignature", None) if signed else None,
        words=describe(core_fact(row)),
        before=before,
    )
