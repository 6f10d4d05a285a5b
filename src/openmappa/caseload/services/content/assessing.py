"""The answers behind each generated OASys, signed by the case manager, countersigned by the line manager or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import orjson
from psycopg.types.json import Jsonb

from openmappa.assessments.queries import PACK
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.moments import countersigned_at, signed_at, started_at
from openmappa.caseload.services.copying import copy_rows, reserved_ids
from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import FULL_ANALYSIS, LIKELIHOOD, SCREENING
from openmappa.core.synthetic.content.answering import Sections
from openmappa.core.synthetic.content.assessments import Assessment, assessments_of
from openmappa.core.synthetic.content.decks import Decks
from openmappa.oasys.models import Oasys, OasysSection

OASYS = tuple(field.attname for field in Oasys._meta.concrete_fields)
SECTION = ("case_id", "oasys_id", "section", "answers", "unconfirmed", "saved_by_id", "saved_at", "revision")
ALWAYS_COUNTERSIGNED = (HarmLevel.HIGH, HarmLevel.VERY_HIGH)
NOTHING = Jsonb([], dumps=orjson.dumps)


@dataclass(frozen=True)
class Written:
    """One OASys that was written: its row, and its answers for whatever builds on it."""

    filed: Filed
    assessment: Assessment
    row: Oasys


class Assessing:
    """Writes OASys for many cases with COPY; four statements a batch."""

    def __init__(self, seed: str, decks: Decks) -> None:
        self._seed = seed
        self._decks = decks
        self._rules = load_oasys(PACK)

    def write(self, cases: Sequence[Filed], items: Mapping[int, Rm2000SItems]) -> list[Written]:
        """Write what stands behind the OASys of these cases; ``items`` are the last RM2000's answers, by case."""
        made = [
            (filed, assessment)
            for filed in cases
            if filed.manager is not None
            for assessment in assessments_of(
                filed.known, items.get(filed.case.pk), self._rules, self._decks, self._seed
            )
        ]
        ids = reserved_ids(Oasys, len(made))
        by_fact: dict[int, int] = {}
        written = []
        for pk, (filed, assessment) in zip(ids, made, strict=True):
            by_fact[filed.ids[assessment.fact]] = pk
            copied = by_fact[filed.ids[assessment.copied_from]] if assessment.copied_from is not None else None
            written.append(Written(filed, assessment, _row(pk, filed, assessment, copied)))
        copy_rows(Oasys, OASYS, (attrgetter(*OASYS)(each.row) for each in written))
        copy_rows(OasysSection, SECTION, (row for each in written for row in _sections(each)))
        return written


def _row(pk: int, filed: Filed, assessment: Assessment, copied_from: int | None) -> Oasys:
    fact = filed.known.facts[assessment.fact]
    likelihood = assessment.sections[LIKELIHOOD]
    against = assessment.sections[SCREENING][FULL_ANALYSIS] is False
    row = Oasys(
        pk=pk,
        case=filed.case,
        stage=assessment.stage,
        copied_from_id=copied_from,
        pack=PACK,
        revision=len(assessment.sections),
        started_by=filed.manager,
        started_at=started_at(fact.on),
        fact_id=filed.ids[assessment.fact],
        signed_by=filed.manager,
        signed_at=signed_at(fact.recorded_on),
        harm_level=assessment.harm.value,
        needs_countersignature=assessment.harm in ALWAYS_COUNTERSIGNED or against,
        ogrs2_entered=likelihood["ogrs2"],
        total_entered=likelihood["total"],
    )
    if assessment.countersigned and filed.managers.probation is not None:
        row.countersigned_by = filed.managers.probation
        row.countersigned_at = countersigned_at(fact.recorded_on)
    return row


def _sections(written: Written) -> Iterator[tuple[object, ...]]:
    sections: Sections = written.assessment.sections
    row = written.row
    for slug, answers in sections.items():
        answered = Jsonb(answers, dumps=orjson.dumps)
        yield row.case_id, row.pk, slug, answered, NOTHING, row.signed_by_id, row.signed_at, 1
