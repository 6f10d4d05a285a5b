"""The answers behind each generated OASys, signed by the case manager, countersigned by the line manager or not."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import orjson
from psycopg.types.json import Jsonb

from openmappa.assessments.queries import PACK
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.moments import countersigned_at, signed_at, started_at
from openmappa.caseload.services.copying import copy_rows, reserved_ids
from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.ogrs3 import Ogrs3Items, ogrs3
from openmappa.core.packs.load import load_ogrs3
from openmappa.core.packs.oasys_rules import FULL_ANALYSIS, LIKELIHOOD, SCREENING
from openmappa.core.synthetic.content.answering import Sections
from openmappa.core.synthetic.content.assessments import Assessment
from openmappa.oasys.models import Oasys, OasysSection

OASYS = tuple(field.attname for field in Oasys._meta.concrete_fields)
SECTION = ("case_id", "oasys_id", "section", "answers", "unconfirmed", "saved_by_id", "saved_at", "revision")
OGRS3 = tuple(field.name for field in fields(Ogrs3Items))
ALWAYS_COUNTERSIGNED = (HarmLevel.HIGH, HarmLevel.VERY_HIGH)
NOTHING = Jsonb([], dumps=orjson.dumps)


def write_assessments(cases: Sequence[Filed]) -> int:
    """Write what stands behind the OASys of these cases with COPY, four statements in all; returns how many."""
    made = [(filed, each) for filed in cases if filed.manager for each in filed.content.assessments]
    by_fact: dict[int, int] = {}
    written = []
    for pk, (filed, assessment) in zip(reserved_ids(Oasys, len(made)), made, strict=True):
        by_fact[filed.ids[assessment.fact]] = pk
        copied = by_fact[filed.ids[assessment.copied_from]] if assessment.copied_from is not None else None
        written.append((_row(pk, filed, assessment, copied), assessment.sections))
    copy_rows(Oasys, OASYS, (attrgetter(*OASYS)(row) for row, _ in written))
    copy_rows(OasysSection, SECTION, (line for row, sections in written for line in _sections(row, sections)))
    return len(written)


def _row(pk: int, filed: Filed, assessment: Assessment, copied_from: int | None) -> Oasys:
    fact = filed.known.facts[assessment.fact]
    likelihood: dict[str, Any] = assessment.sections[LIKELIHOOD]
    ogrs = ogrs3(Ogrs3Items(**{name: likelihood[name] for name in OGRS3}), load_ogrs3(PACK))
    against = assessment.sections[SCREENING][FULL_ANALYSIS] is False
    row = Oasys(
        pk=pk,
        case=filed.case,
        stage=assessment.stage,
        copied_from_id=copied_from,
        pack=PACK,
        started_by=filed.manager,
        started_at=started_at(fact.on),
        fact_id=filed.ids[assessment.fact],
        signed_by=filed.manager,
        signed_at=signed_at(fact.recorded_on),
        harm_level=assessment.harm.value,
        needs_countersignature=assessment.harm in ALWAYS_COUNTERSIGNED or against,
        ogrs2_entered=likelihood["ogrs2"],
        total_entered=likelihood["total"],
        ogrs3_percent1=ogrs.percent1,
        ogrs3_percent2=ogrs.percent2,
        ogrs3_band=ogrs.band.value,
    )
    if assessment.countersigned and filed.managers.probation is not None:
        row.countersigned_by = filed.managers.probation
        row.countersigned_at = countersigned_at(fact.recorded_on)
    return row


def _sections(row: Oasys, sections: Sections) -> Iterator[tuple[object, ...]]:
    for slug, answers in sections.items():
        answered = Jsonb(answers, dumps=orjson.dumps)
        yield row.case_id, row.pk, slug, answered, NOTHING, row.signed_by_id, row.signed_at, 1
