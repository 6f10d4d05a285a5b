"""The boards of a demonstration: each area has one with members, years of meetings, a plan and links."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from openmappa.accounts.models import Area
from openmappa.board.models.meetings import Attendance, BoardMeeting
from openmappa.board.models.plan import BusinessAction
from openmappa.board.models.seats import Member
from openmappa.board.queries.links import bodies_of
from openmappa.board.queries.meetings import attendance_by_agency, next_meeting
from openmappa.board.queries.plan import plan_in_force, plan_shown
from openmappa.board.queries.seats import board_of, seated_on
from openmappa.core.board.years import year_of
from tests.caseload.support import case, file_of
from tests.caseload.test_demo import EASTMARCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(tmp_path: Path) -> str:
    """A small generated caseload of two areas, loaded."""
    file = tmp_path / "sample.jsonl"
    file.write_bytes(file_of(case("NSH-1"), case("EAS-1", **EASTMARCH)).getvalue())
    call_command("load_demo", str(file), stdout=StringIO())
    return str(file)


def test_each_area_has_a_whole_board_with_years_of_meetings_a_plan_and_links(demo: str) -> None:
    today = timezone.localdate()
    assert Area.objects.count() == 2
    for area in Area.objects.all():
        board = board_of(area, today)
        assert (list(board.lacks), len(board.members), len(board.former)) == ([], 8, 1)
        held = BoardMeeting.objects.filter(area=area, closed_at__isnull=False)
        assert held.count() == 12
        for meeting in held:
            noted = set(Attendance.objects.filter(meeting=meeting).values_list("member", flat=True))
            assert noted == {member.pk for member in seated_on(area, meeting.on)}, meeting
            assert meeting.decisions.exists()
        assert next_meeting(area, today) is not None
        agencies = attendance_by_agency(area, year_of(today)) + attendance_by_agency(area, year_of(today).before)
        assert "Lay adviser" in {row.name for row in agencies}
        plan = plan_in_force(area, today)
        assert plan is not None
        shown = plan_shown(plan, today)
        assert (len(shown.aims), len(shown.actions)) == (3, 6)
        assert {standing.value for standing, _ in shown.counts} >= {"done", "done_late", "late", "on_course"}
        assert [one.is_quiet for one in bodies_of(area, today)] == [False, False, True, True]
    assert Member.objects.filter(person__username="n.board", kind="lay").count() == 1
    assert BusinessAction.objects.filter(last_step="done", done_on__isnull=True).count() == 0


def test_loading_again_adds_no_seat_and_no_meeting(demo: str) -> None:
    before = (Member.objects.count(), BoardMeeting.objects.count(), BusinessAction.objects.count())
    call_command("load_demo", demo, stdout=StringIO())
    assert (Member.objects.count(), BoardMeeting.objects.count(), BusinessAction.objects.count()) == before
