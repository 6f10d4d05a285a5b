"""The demonstration: everybody it needs can sign in, twice is the same as once, and never where real people may be."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import override_settings

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.caseload.services.demo import PASSWORD, sign_ins
from openmappa.cases.models import Case
from openmappa.core.access import Role
from tests.caseload.support import case, file_of

pytestmark = pytest.mark.django_db
EASTMARCH = {
    "area": "eastmarch",
    "force": "B",
    "staff": {"police_officer": "e.police1", "case_manager": "e.probation2"},
}


@pytest.fixture
def demo(tmp_path: Path) -> str:
    """A small generated caseload of two areas, loaded."""
    file = tmp_path / "sample.jsonl"
    file.write_bytes(file_of(case("NSH-1"), case("EAS-1", **EASTMARCH)).getvalue())
    call_command("load_demo", str(file), stdout=StringIO())
    return str(file)


def test_there_is_one_sign_in_for_each_role_and_one_in_a_second_area(demo: str) -> None:
    names = {entry.username: entry for entry in sign_ins()}
    assert list(names) == [
        "n.police1",
        "n.probation1",
        "n.manager.police",
        "n.manager.probation",
        "n.coordinator",
        "n.chief.probation",
        "n.victims",
        "n.housing",
        "n.prison",
        "n.health",
        "n.social.services",
        "n.board",
        "inspector",
        "inspector.second",
        "admin",
        "admin.second",
        "auditor",
        "e.police1",
    ]
    assert {User.objects.get(username=name).role for name in names} == {role.value for role in Role}
    assert names["n.police1"].full_name == "Officer One Sampleton"
    assert names["e.police1"].full_name == "Officer One Testbury"
    assert names["n.manager.probation"].role == "Line manager (probation)"


def test_everybody_signs_in_with_the_demonstration_password(demo: str) -> None:
    everybody = User.objects.values_list("username", flat=True)
    assert [name for name in everybody if authenticate(username=name, password=PASSWORD) is None] == []


def test_managers_have_a_rank_that_may_countersign_and_a_unit_to_answer_for(demo: str) -> None:
    managers = User.objects.filter(role=Role.LINE_MANAGER)
    assert sorted(manager.username for manager in managers) == [
        "e.chief.probation",
        "e.manager.police",
        "e.manager.probation",
        "n.chief.probation",
        "n.manager.police",
        "n.manager.probation",
    ]
    assert all(manager.can_countersign and manager.unit for manager in managers)
    assert User.objects.get(username="n.manager.police").unit == User.objects.get(username="n.police1").unit


def test_loading_again_changes_nothing_and_keeps_a_password_that_was_changed(demo: str) -> None:
    officer = User.objects.get(username="n.police1")
    officer.set_password("my own")
    officer.save()
    before = (User.objects.count(), Case.objects.count(), Event.objects.count())
    call_command("load_demo", demo, stdout=StringIO())
    assert (User.objects.count(), Case.objects.count(), Event.objects.count()) == before
    assert authenticate(username="n.police1", password="my own") == officer


def test_the_table_of_sign_ins_names_the_address_and_the_password(demo: str) -> None:
    out = StringIO()
    call_command("demo_signins", "--address", "http://127.0.0.1:9000", stdout=out)
    assert out.getvalue().splitlines()[0] == "OpenMAPPA demonstration: http://127.0.0.1:9000"
    assert out.getvalue().splitlines()[-1] == f"The password is the same for everybody: {PASSWORD}"


def test_before_anything_is_loaded_the_table_says_what_to_do() -> None:
    errors = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("demo_signins", stderr=errors)
    assert errors.getvalue() == "Nobody can sign in yet. Load the demonstration first: make demo.\n"


@pytest.mark.parametrize("command", ["load_demo", "demo_signins"])
def test_nothing_of_it_works_outside_a_demonstration(command: str, tmp_path: Path) -> None:
    file = tmp_path / "sample.jsonl"
    file.write_bytes(file_of(case("NSH-1")).getvalue())
    errors = StringIO()
    with override_settings(OPENMAPPA_SYNTHETIC=False), pytest.raises(SystemExit, match="1"):
        call_command(command, *([str(file)] if command == "load_demo" else []), stderr=errors)
    assert errors.getvalue() == (
        "This is not a demonstration, so nothing was loaded and no demonstration sign-ins were made. They belong only "
        "where every person is generated; there, set OPENMAPPA_DEMO=yes.\n"
    )
    assert (User.objects.count(), Case.objects.count()) == (0, 0)
