"""Reading assessments: the RM2000s on a case with their items and countersignatures, and the OASys beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmappa.assessments.models import Countersignature, Rm2000Score
from openmappa.cases.models import Case
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.instruments.rm2000.scale_s import Rm2000SResult, scale_s
from openmappa.core.packs.load import load_rm2000
from openmappa.core.packs.rm2000.shapes import Rm2000SRules
from openmappa.core.standards.words import describe
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact

PACK = "england-wales-2005"
ITEMS = tuple(Rm2000SItems.__dataclass_fields__)


@dataclass(frozen=True)
class Rm2000:
    """An RM2000 on a case: its fact, its items where it was scored here, and who countersigned it (None: nobody)."""

    fact: Fact
    score: Rm2000Score | None
    signed: Fact | None
    signature: Countersignature | None
    words: str

    @property
    def result(self) -> Rm2000SResult | None:
        """The score with its reasons, worked out again from the items; None for one that came without them."""
        if self.score is None:
            return None
        return scale_s(Rm2000SItems(**{name: getattr(self.score, name) for name in ITEMS}), rm2000_rules())

    @property
    def scored_by(self) -> str:
        """Who scored it, as far as the record knows."""
        if self.score is not None:
            return self.score.scored_by.full_name
        return str(self.fact.recorded_by) if self.fact.recorded_by else "Not named in the import"


def rm2000_rules() -> Rm2000SRules:
    """The rules that scores are made by."""
    return load_rm2000(PACK).s


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
    return [_rm2000(row, signed.get(row.pk)) for row in reversed(scores)]


def latest_rm2000(case: Case) -> Rm2000 | None:
    """The RM2000 that stands on a case: the last one that was not voided."""
    return next((one for one in rm2000s_of(case) if not one.fact.is_voided), None)


def oasys_of(case: Case) -> Sequence[tuple[Fact, str]]:
    """Every OASys on a case, newest first, with what it says in words. One query."""
    rows = Fact.objects.filter(case=case, kind="oasys_completed").select_related("recorded_by", "voided_by")
    return [(row, describe(core_fact(row))) for row in rows.order_by("-on", "-id")]


def _rm2000(row: Fact, signed: Fact | None) -> Rm2000:
    return Rm2000(
        fact=row,
        score=getattr(row, "rm2000_score", None),
        signed=signed,
        signature=getattr(signed, "countersignature", None) if signed else None,
        words=describe(core_fact(row)),
    )
