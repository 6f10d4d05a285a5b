"""What a draft changes, in sentences."""

from dataclasses import replace

from openmappa.core.packs.model import Allowance, Match, Of, Pack, Table, Unit
from openmappa.core.workload.changes import changes
from tests.core.workload.made import PACK, allowing, weeks, with_standard, without


def with_rows(pack: Pack, rows: dict[tuple[str, str], int | None], by: tuple[str, ...] = ("force", "band")) -> Pack:
    table = pack.tables["visit-interval"]
    found = {**table.rows, **rows} if by == table.by else rows
    return replace(
        pack,
        tables={
            **pack.tables,
            table.name: Table(table.name, table.title, by, found, table.first, table.source, {}),  # type: ignore[arg-type]
        },
    )


def sentences(draft: Pack, base: Pack = PACK) -> list[str]:
    return [change.sentence for change in changes(base, draft)]


def test_the_same_standards_change_nothing() -> None:
    assert sentences(replace(PACK, title="Other words", source="Elsewhere")) == []


def test_rows_of_a_table_are_told_with_what_they_were() -> None:
    draft = with_rows(PACK, {("A", "high"): 1, ("B", "low"): 12, ("C", "low"): None})
    assert sentences(draft) == [
        "Unannounced police home visit: force A, band high: 3 months → 1 month",
        "Unannounced police home visit: force B, band low: no interval → 12 months",
        "Unannounced police home visit: force C, band low: 12 months → no interval",
    ]
    assert sentences(with_rows(PACK, {("high",): 1}, by=("band",))) == [  # type: ignore[dict-item]
        "Unannounced police home visit: looked up by band, in another table"
    ]


def test_allowances_are_told_before_and_after() -> None:
    assert sentences(allowing("plan-review", weeks(1))) == ["Supervision plan review: 16 weeks → 1 week"]
    assert sentences(allowing("home-visit", weeks(4))) == ["Unannounced police home visit: months by a table → 4 weeks"]
    assert sentences(allowing("mappa-action", Allowance(Unit.WORKING_DAYS, 5))) == [
        "Action from a MAPPA meeting: by the day agreed → 5 working days"
    ]


def test_standards_that_come_and_go_and_other_parts_of_one() -> None:
    assert sentences(without("isp-start")) == ["Initial supervision plan: no longer asked for"]
    assert sentences(PACK, without("isp-start")) == ["Initial supervision plan: new, 15 working days"]
    other = with_standard(
        PACK, "plan-review", lambda one: replace(one, of=Of("police_officer"), met_by=(Match("isp_completed"),))
    )
    assert sentences(other) == ["Supervision plan review: other what meets it and whose duty it is"]
