"""Strands: standards that facts which are assumed can join."""

from dataclasses import replace

from openmappa.core.packs.model import Match, Pack
from openmappa.core.workload.strands import strands
from tests.core.workload.made import PACK, with_standard, without


def of(name: str, *packs: Pack) -> set[str]:
    return set(next(one for one in strands(packs or (PACK,)) if name in one))


def test_a_meeting_brings_minutes_and_tells_the_offender_and_one_oasys_meets_two_duties() -> None:
    assert of("mappa-review") == {"mappa-review", "minutes-police", "minutes-probation", "offender-informed"}
    assert of("oasys-review") == {"oasys-review", "oasys-after-incident"}
    assert of("rm2000-start") == {"rm2000-start", "rm2000-countersign"}
    assert of("annual-notification") == {"annual-notification", "change-notification"}


def test_what_no_assumed_fact_joins_goes_its_own_way() -> None:
    """An order that starts begins two standards, but no forecast assumes one; a first OASys is no review."""
    alone = {name for one in strands((PACK,)) if len(one) == 1 for name in one}
    assert {"oasys-start", "isp-start", "plan-review", "home-visit", "risk-change-police", "mappa-action"} <= alone
    assert sum(map(len, strands((PACK,)))) == len(PACK.standards)


def test_without_the_meeting_minutes_and_telling_are_three_strands() -> None:
    assert of("minutes-police", without("mappa-review")) == {"minutes-police"}
    assert of("minutes-police", without("mappa-review"), PACK) == of("mappa-review"), "either pack may join them"


def test_a_fact_that_changes_the_state_joins_all_that_listens_to_what_it_changes() -> None:
    ending = with_standard(PACK, "isp-start", lambda one: replace(one, met_by=(Match("order_ended"),)))
    assert {"oasys-review", "plan-review", "rmp-start", "enforcement", "risk-change-probation"} < of(
        "isp-start", ending
    )
    assert "home-visit" not in of("isp-start", ending)
    high = Match("rm2000_completed", (("band", frozenset({"high"})),))
    found = with_standard(PACK, "rm2000-start", lambda one: replace(one, met_by=(high,)))
    assert "home-visit" in of("rm2000-start", found), "the likelihood found says how often they are visited"
