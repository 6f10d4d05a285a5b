"""The answers behind each generated RM2000, and who countersigned it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from openmappa.assessments.models import Countersignature, Rm2000Score
from openmappa.assessments.queries import PACK, rm2000_rules
from openmappa.assessments.services import columns_of
from openmappa.caseload.services.content.filed import Filed
from openmappa.core.instruments.rm2000.whole import rm2000_of_one_person

AT_ONCE = 1000


def write_scores(cases: Sequence[Filed]) -> int:
    """Write what stands behind the RM2000s of these cases, two statements for each thousand; returns how many."""
    rows = [row for filed in cases for row in _rows(filed)]
    Rm2000Score.objects.bulk_create(rows, AT_ONCE)
    Countersignature.objects.bulk_create([each for case in cases for each in _signatures(case)], AT_ONCE)
    return len(rows)


def _rows(filed: Filed) -> Iterator[Rm2000Score]:
    for score in filed.content.scores if filed.officer else ():
        result = rm2000_of_one_person(score.items, score.v_items, rm2000_rules())
        yield Rm2000Score(
            fact_id=filed.ids[score.fact],
            case=filed.case,
            scored_by=filed.officer,
            pack=PACK,
            **asdict(score.items),
            **columns_of(result),
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
