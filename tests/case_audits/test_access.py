"""Who opens which page of an audit: each role, working on it or not, in its area and another; and the same in SQL."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import CaseAudit
from openmappa.case_audits.models.feedback import Feedback
from openmappa.case_audits.services.auditing import finish_form, save_form
from openmappa.case_audits.services.beginning import let_audit
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.samples.queries import members_of
from tests.case_audits.build import answered, board_member, drawn_audit, each_drawn, keys_of
from tests.house.who_opens import BOARD, COORDINATOR, LINE, SEES_FIGURES
from tests.samples.build import managed_case
from tests.timeline.build import make_area, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db

FORMS = ("draw", "people", "close", "case", "replace")
TABLES = ("caseaudit", "auditedcase", "auditanswer", "feedback")


@dataclass(frozen=True)
class Scene:
    audit: CaseAudit
    member: User
    officer: User


@pytest.fixture
def scene() -> Scene:
    """An open audit of one case of the first units, with a form that is begun."""
    member, officer = board_member(), make_person(Role.POLICE_OFFICER)
    managed_case(level=2, police_officer=officer)
    audit = drawn_audit(member, 1)
    (drawn,) = each_drawn(member, audit)
    with as_person(member):
        save_form(by=member, drawn=drawn, said=answered(drawn))
    return Scene(audit, member, officer)


def address(scene: Scene, name: str) -> str:
    more = {"drawn": keys_of(scene.audit)[0]} if name in ("case", "replace") else {}
    if name == "leave":
        more = {"member": members_of(scene.audit.exercise).first().pk}  # type: ignore[union-attr]
    return reverse(f"case_audits:{name}", kwargs={"audit": scene.audit.key, **more})


def status(user: User, scene: Scene, name: str, method: str = "get") -> int:
    return int(getattr(signed_in(user), method)(address(scene, name)).status_code)


def test_figures_of_an_audit_are_for_those_who_see_figures_and_its_forms_for_those_who_work_on_it(
    scene: Scene,
) -> None:
    found, expected = {}, {}
    audits = {LINE, COORDINATOR, BOARD}
    for role in sorted(each.value for each in Role):
        user = make_person(Role(role), unit=make_unit(make_area(), "police", 2) if role == LINE else None)
        found[role, "audit"], expected[role, "audit"] = (
            status(user, scene, "audit"),
            200 if role in SEES_FIGURES else 403,
        )
        found[role, "again"] = status(user, scene, "again")
        expected[role, "again"] = {COORDINATOR: 200, LINE: 200, BOARD: 404}.get(role, 403)
        for name in FORMS:
            for method in ("get", "post"):
                found[role, name, method], expected[role, name, method] = status(user, scene, name, method), 403
        found[role, "leave"], expected[role, "leave"] = status(user, scene, "leave", "post"), 403
    assert {key: (found[key], expected[key]) for key in found if found[key] != expected[key]} == {}
    assert audits == {role.value for role in PERMISSIONS[Permission.AUDIT_CASES]}


def test_whoever_works_on_it_opens_everything_and_an_empty_form_is_refused(scene: Scene) -> None:
    pages = {name: status(scene.member, scene, name) for name in ("audit", "again", *FORMS)}
    assert pages == dict.fromkeys(pages, 200)
    empty = {name: status(scene.member, scene, name, "post") for name in FORMS}
    assert empty == {"draw": 200, "people": 200, "close": 200, "case": 302, "replace": 200}
    assert status(scene.member, scene, "leave", "post") == 422, "nobody would be left who leads it"
    assert status(scene.member, scene, "leave") == 405


def test_an_audit_of_another_area_is_not_there_and_a_key_that_is_not_drawn_is_not(scene: Scene) -> None:
    stranger = board_member(area=make_area("eastmarch", "B"))
    for name in ("audit", "again", *FORMS):
        assert (name, status(stranger, scene, name)) == (name, 404)
    other = reverse("case_audits:case", kwargs={"audit": scene.audit.key, "drawn": "0" * 12})
    assert signed_in(scene.member).get(other).status_code == 404


def counts(user: User) -> dict[str, int]:
    with as_person(user), connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM case_audits_{table}")
            found[table] = int((cursor.fetchone() or (0,))[0])
        return found


def test_the_database_keeps_answers_to_those_who_work_on_it_the_coordinator_and_whoever_was_told(scene: Scene) -> None:
    other = board_member()
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    whole = {"caseaudit": 1, "auditedcase": 1, "auditanswer": 14, "feedback": 0}
    assert counts(scene.member) == counts(coordinator) == whole
    assert counts(other) == {**dict.fromkeys(TABLES, 0), "caseaudit": 1}
    assert counts(scene.officer) == dict.fromkeys(TABLES, 0), "of an unfinished form the officer reads nothing"
    (drawn,) = each_drawn(scene.member, scene.audit)
    with as_person(scene.member):
        finish_form(by=scene.member, drawn=drawn, said=answered(drawn))
    colleague = make_person(Role.POLICE_OFFICER)
    assert counts(scene.officer) == {"caseaudit": 0, "auditedcase": 1, "auditanswer": 14, "feedback": 1}
    assert counts(colleague) == dict.fromkeys(TABLES, 0)
    with as_person(scene.member):
        let_audit(by=scene.member, audit=scene.audit, person=other)
    assert counts(other)["auditanswer"] == 14


def test_feedback_is_the_page_of_whom_it_was_sent_to_while_they_see_the_case(scene: Scene) -> None:
    (drawn,) = each_drawn(scene.member, scene.audit)
    with as_person(scene.member):
        finish_form(by=scene.member, drawn=drawn, said=answered(drawn))
    row = Feedback.objects.get(to=scene.officer)
    page = reverse("case_audits:feedback", kwargs={"feedback": row.key})
    assert signed_in(scene.officer).get(page).status_code == 200
    found = {role.value: signed_in(make_person(role)).get(page).status_code for role in Role}
    reads = {role.value for role in PERMISSIONS[Permission.READ_RECORD]}
    assert found == {role.value: 404 if role.value in reads else 403 for role in Role}
    scene.officer.unit = make_unit(make_area("eastmarch", "B"), "police")
    scene.officer.area = scene.officer.unit.area
    scene.officer.save()
    case = drawn.case
    case.police_officer = None
    case.save()
    assert signed_in(scene.officer).get(page).status_code == 404
