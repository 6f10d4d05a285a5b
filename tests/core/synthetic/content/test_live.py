"""Four people that nobody has worked on, for whoever tries the work from its beginning."""

from datetime import date

from openmappa.core.caseload import read_case, record_line
from openmappa.core.standards.duties import Outcome, duties
from openmappa.core.synthetic.content.live import newcomers
from openmappa.core.synthetic.content.scores import RmPatterns, scores_of
from tests.core.synthetic.content.making import RM2000, known
from tests.core.synthetic.samples import PACK

TODAY = date(2026, 11, 25)
STAFF = {"case_manager": "n.probation1", "police_officer": "n.police1"}
NEWCOMERS = NEW, BEFORE, TO_REFER, TO_MOVE = newcomers("NSH", "northshire", "A", STAFF, TODAY)


def due(standard: str, number: int) -> list[Outcome]:
    case = NEWCOMERS[number]
    found = duties(case.facts, PACK, force=case.force, as_of=TODAY)
    return [duty.outcome(TODAY) for duty in found if duty.standard == standard]


def test_they_read_back_from_a_caseload_file_as_they_are() -> None:
    assert [read_case(2, record_line(case)) for case in NEWCOMERS] == NEWCOMERS
    assert [case.reference for case in NEWCOMERS] == ["NSH-NEW1", "NSH-NEW2", "NSH-NEW3", "NSH-NEW4"]


def test_of_the_one_everything_is_still_to_be_assessed_in_time() -> None:
    for standard in ("rm2000-start", "oasys-start", "isp-start"):
        assert due(standard, 0) == [Outcome.DUE], standard


def test_of_the_other_there_is_an_rm2000_of_years_ago_and_a_new_one_is_due() -> None:
    assert due("rm2000-start", 1) == [Outcome.DUE]
    assert len(scores_of(known(BEFORE), RmPatterns(RM2000.s), "seed")) == 1


def test_of_the_two_for_mappa_everything_until_now_was_done_in_time() -> None:
    for case in (TO_REFER, TO_MOVE):
        found = duties(case.facts, PACK, force=case.force, as_of=TODAY)
        late = [duty.standard for duty in found if duty.outcome(TODAY) in (Outcome.OVERDUE, Outcome.MET_LATE)]
        assert late == [], case.reference


def test_one_of_them_is_at_level_1_and_the_other_is_to_be_reviewed_at_level_2() -> None:
    assert (due("mappa-review", 2), due("mappa-review", 3)) == ([], [Outcome.DUE])
