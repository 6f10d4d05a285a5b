"""Targets: who sets them, what is kept of them, how counts stand to them, and the page of every standard."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.board.errors import NotKept
from openmappa.board.models.targets import Target
from openmappa.board.queries.overview import overview
from openmappa.board.queries.rows import RowsBy
from openmappa.board.queries.scope import Period, Scope, period_asked
from openmappa.board.queries.targets import every_target, judged_rows, targets_on
from openmappa.board.services.targets import set_target
from openmappa.core.access import PERMISSIONS, Permission, Rank, Role
from openmappa.core.inspection.on_time import Counts
from openmappa.core.inspection.targets import Aim, Light
from tests.board.test_on_time import a_duty, asked, table
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import ago, day_boxes, make_area, make_case, make_person, signed_in, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def set_by(user: User, percent: int | None, from_on: date | None = None, standard: str = "plan-review") -> Target:
    aim = None if percent is None else Aim(percent, max(1, percent - 10))
    with as_person(user):
        return set_target(
            by=user,
            area=make_area(),
            standard=standard,
            aim=aim,
            from_on=from_on or ago(300),
            reason="The board, in May",
        )


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def on_time(met: int, late: int, standard: str = "plan-review", back: int = 20) -> None:
    case = make_case()
    for number in range(met + late):
        due = ago(back + number)
        a_duty(case, due, standard, met_on=due if number < met else due + timedelta(days=9))


def test_a_target_keeps_who_set_it_when_and_why_and_is_logged_once(coordinator: User) -> None:
    row = set_by(coordinator, 90)
    assert (row.percent, row.near_from, row.set_by, row.reason) == (90, 80, coordinator, "The board, in May")
    event = Event.objects.get(by_id=coordinator.pk)
    assert (event.verb, event.about["standard"], event.about["percent"]) == ("set target", "plan-review", 90)


def test_targets_are_set_by_the_coordinator_and_by_chief_officers_of_the_area_alone() -> None:
    people = {
        "coordinator": make_person(Role.MAPPA_COORDINATOR),
        "chief": make_person(Role.LINE_MANAGER, rank=Rank.ASSISTANT_CHIEF_OFFICER, kind="probation"),
        "superintendent": make_person(Role.LINE_MANAGER, rank=Rank.SUPERINTENDENT),
        "sergeant": make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT),
        "elsewhere": make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B")),
        **{role.value: make_person(role) for role in Role if role not in PERMISSIONS[Permission.SET_TARGET]},
    }
    may, pages = set(), {}
    for name, person in people.items():
        try:
            set_by(person, 90)
            may.add(name)
        except PermissionDenied:
            pass
        pages[name] = signed_in(person).get(reverse("board:set_target", args=["plan-review"])).status_code
    assert may == {"coordinator", "chief", "superintendent"}
    assert {name for name, status in pages.items() if status == 200} == may | {"elsewhere"}, "its own area’s"
    assert set(pages.values()) == {200, 403}


def test_the_database_shows_targets_to_those_who_see_figures_of_the_area_and_changes_none(coordinator: User) -> None:
    row = set_by(coordinator, 90)
    sees = set()
    for role in Role:
        with as_person(make_person(role)):
            sees |= {role} if Target.objects.filter(pk=row.pk).exists() else set()
    assert sees == PERMISSIONS[Permission.VIEW_FIGURES]
    with as_person(make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B"))):
        assert not Target.objects.filter(pk=row.pk).exists()
    for deed in ("UPDATE board_target SET percent = 1", "DELETE FROM board_target"):
        with as_person(coordinator), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"SET LOCAL ROLE openmappa_app; {deed}")


def test_the_last_to_begin_holds_and_of_one_day_the_last_that_was_set(coordinator: User) -> None:
    set_by(coordinator, 50, ago(300))
    set_by(coordinator, 70, ago(100))
    set_by(coordinator, 80, ago(100))
    set_by(coordinator, None, ago(10))
    set_by(coordinator, 95, ago(-30))
    area = make_area()
    held = {}
    with as_person(coordinator):
        for days in (301, 300, 101, 100, 11, 10, -30):
            row = targets_on([area], ago(days)).get((area.pk, "plan-review"))
            held[days] = row.percent if row else None
        (shown,) = [each for each in every_target(area, today()) if each.id == "plan-review"]
    assert held == {301: None, 300: 50, 101: 50, 100: 80, 11: 80, 10: None, -30: 95}
    assert (shown.now, [row.percent for row in shown.history]) == (None, [95, None, 80, 70, 50])


def test_what_makes_no_sense_is_refused_at_its_field(coordinator: User) -> None:
    area = make_area()

    def refused(**changed: object) -> set[str]:
        answers: dict[str, object] = {
            **{"by": coordinator, "area": area, "standard": "plan-review", "aim": Aim(90, 80)},
            **{"from_on": today(), "reason": "The board"},
        }
        with as_person(coordinator), pytest.raises(NotKept) as caught:
            set_target(**(answers | changed))  # type: ignore[arg-type]
        return set(caught.value.problems)

    assert refused(standard="teapot") == {"standard"}
    assert refused(reason="  ") == {"reason"}
    assert refused(aim=None) == {"percent"}
    assert not Target.objects.exists()


def test_a_target_is_set_on_its_page_and_what_is_wrong_is_said_there(coordinator: User) -> None:
    browser, address = signed_in(coordinator), reverse("board:set_target", args=["home-visit"])
    sent = {"percent": "90", "near_from": "95", "reason": "The board", **day_boxes("from_on", today())}
    said = {
        "Near from must be 90 or less": {},
        "Enter the target as well": {"percent": ""},
        "Enter from which percentage": {"near_from": ""},
        "Target must be 100 or less": {"percent": "101"},
        "There is no target on that day that could end": {"percent": "", "near_from": ""},
    }
    for words, changed in said.items():
        response = browser.post(address, sent | changed)
        assert (response.status_code, words in text(response.content)) == (200, True), words
    response = browser.post(address, sent | {"near_from": "80"}, follow=True)
    assert "The target is set Unannounced police home visit" in text(response.content)
    assert "90% near from 80%" in text(response.content)
    assert browser.get(reverse("board:set_target", args=["teapot"])).status_code == 404
    shown = text(signed_in(make_person(Role.SMB_MEMBER)).get(reverse("board:targets")).content)
    assert f"{coordinator.display_name}, MAPPA coordinator" in shown
    assert "Set the target:" not in shown


def test_the_overview_has_every_standard_with_its_counts_the_months_before_and_its_light(coordinator: User) -> None:
    on_time(30, 70)
    on_time(5, 0, "isp-start")
    on_time(90, 10, back=400)
    set_by(coordinator, 90)
    set_by(coordinator, 90, standard="isp-start")
    with as_person(coordinator):
        found = overview(Scope([make_area()], period_asked("12", today())))
    lines = {line.standard: line for line in found.lines}
    plan, isp = lines["plan-review"], lines["isp-start"]
    assert (plan.now, plan.before) == (Counts(met=30, met_late=70), Counts(met=90, met_late=10))
    assert (plan.judged.light, isp.judged.light, plan.fell, isp.fell) == (Light.BELOW, Light.OPEN, True, False)
    assert dict(found.lights) == {Light.MET: 0, Light.OPEN: 1, Light.NEAR: 0, Light.BELOW: 1}
    assert found.without_target == 0
    assert found.comparisons == 1
    assert len(lines) == 23


def test_the_overview_counts_the_same_days_as_a_table_does(coordinator: User) -> None:
    period = Period(3, today())
    for days, met in ((1, True), ((today() - period.since).days, True), ((today() - period.since).days + 1, False)):
        a_duty(make_case(), ago(days), **({"met_on": ago(days)} if met else {}))
    a_duty(make_case(), period.before_since - timedelta(days=1))
    with as_person(coordinator):
        (line,) = [each for each in overview(Scope([make_area()], period)).lines if each.standard == "plan-review"]
    question = asked([make_area()], since=period.since, until=period.until)
    assert line.now == table(coordinator, question).table.whole == Counts(met=2)
    assert line.before == Counts(overdue=1)
    assert period_asked("999", today()) == Period(12, today())


def test_rows_of_a_table_stand_beside_the_target_of_their_area_and_standard(coordinator: User) -> None:
    on_time(30, 70)
    on_time(60, 0, "isp-start")
    area = make_area()
    set_by(coordinator, 90)

    def judged(by: RowsBy, **answers: object) -> dict[str, Light | None]:
        found = table(coordinator, asked([area], by, **answers))
        with as_person(coordinator):
            return {key: each.light for key, each in judged_rows(found).items()}

    assert judged(RowsBy.STANDARD) == {"isp-start": None, "plan-review": Light.BELOW}
    assert judged(RowsBy.AREA, standard="plan-review") == {str(area.pk): Light.BELOW}
    assert judged(RowsBy.SEX, standard="plan-review") == {"male": Light.BELOW}
    assert judged(RowsBy.SEX) == {}, "of several standards there is no one target"
    assert judged(RowsBy.STANDARD, until=ago(301), on=ago(301), since=ago(600)) == {}, "none held then"
    shown = text(signed_in(coordinator).get(reverse("board:tables")).content)
    assert "90% Below target" in shown


def test_pages_say_lights_in_words_name_nobody_of_a_case_and_ask_as_often_for_30_as_for_1(coordinator: User) -> None:
    addresses = [reverse("board:overview"), reverse("board:targets")]
    found = []
    for count in (1, 29):
        for number in range(count):
            on_time(3, 7)
            set_by(coordinator, 90 + number % 3)
        found.append([queries_of(lambda: signed_in(coordinator).get(address)) for address in addresses])  # noqa: B023
    assert found[0] == found[1]
    for role in sorted(PERMISSIONS[Permission.VIEW_FIGURES]):
        shown = text(signed_in(make_person(role)).get(addresses[0]).content)
        assert "30% 90 of 300" in shown, role
        assert "Below target" in shown
        assert "Testcase" not in shown
