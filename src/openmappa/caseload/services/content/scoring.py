"""The answers behind each generated RM2000, and who countersigned it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from openmappa.assessments.models import Countersignature, Rm2000Score
from openmappa.assessments.queries import PACK, rm2000_rules
from openmappa.caseload.services.content.filed import Filed
from openmappa.core.instruments.rm2000.scale_s import scale_s
from openmappa.core.synthetic.content.scores import RmPatterns, Score, scores_of

AT_ONCE = 1000


class Scoring:
    """Writes RM2000s for many cases; two statements for each thousand."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._patterns = RmPatterns(rm2000_rules())

    def write(self, cases: Sequence[Filed]) -> dict[int, list[Score]]:
        """Write what stands behind the RM2000s of these cases; returns it by case."""
        made = {
            filed.case.pk: scores_of(filed.known, self._patterns, self._seed) if filed.officer else []
            for filed in cases
        }
        rows = [row for filed in cases for row in self._rows(filed, made[filed.case.pk])]
        Rm2000Score.objects.bulk_create(rows, AT_ONCE)
        Countersignature.objects.bulk_create([each for case in cases for each in _signatures(case)], AT_ONCE)
        return made

    def _rows(self, filed: Filed, scores: Sequence[Score]) -> Iterator[Rm2000Score]:
        for score in scores:
            result = scale_s(score.items, rm2000_rules())
            yield Rm2000Score(
                fact_id=filed.ids[score.fact],
                case=filed.case,
                scored_by=filed.officer,
                pack=PACK,
                s_points=result.points,
                s_first_band=result.first_band.value,
                s_band=result.band.value,
                **asdict(score.items),
            )


def _signatures(filed: Filed) -> Iterator[Countersignature]:
    if filed.managers.police is None:
        return
    scored = None
    for place, fact in filed.known.of_kind("rm2000_completed", "rm2000_countersigned"):
        if fact.kind == "rm2000_completed":
            scored = place
        elif scored is not None:
            yield Countersignature(
                fact_id=filed.ids[place], case=filed.case, of_id=filed.ids[scored], signed_by=filed.managers.police
            )
