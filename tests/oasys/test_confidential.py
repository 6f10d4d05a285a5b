"""The confidential section: for those to whom the compartment is open, and in nothing for the offender."""

import pytest
from django.db import DatabaseError, transaction

from openmappa.accounts.acting import as_person
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.oasys.models_around import ConfidentialSection
from openmappa.oasys.services.confidential import write_confidential
from openmappa.timeline.errors import NotRecorded
from tests.oasys.around import Desk, a_desk
from tests.oasys.build import draft_row, signed_row
from tests.timeline.build import give, make_case, make_person, signed_in

pytestmark = pytest.mark.django_db
SECRET = "The sister told us on condition that he never learns of it."


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def test_it_is_written_read_and_changed_while_the_oasys_is_a_draft(desk: Desk) -> None:
    assert desk.browser.post(desk.at("confidential"), {"text": SECRET, "revision": "0"}).status_code == 302
    assert SECRET in desk.browser.get(desk.at("confidential")).content.decode()
    desk.browser.post(desk.at("confidential"), {"text": "Nothing any more.", "revision": "1"})
    row = ConfidentialSection.objects.get()
    assert (row.text, row.revision) == ("Nothing any more.", 2)


def test_what_somebody_wrote_meanwhile_is_shown_and_not_overwritten(desk: Desk) -> None:
    write_confidential(by=desk.manager, oasys=desk.oasys, text=SECRET, seen=0)
    text = desk.browser.post(desk.at("confidential"), {"text": "Mine.", "revision": "0"}).content.decode()
    assert "Somebody else wrote in this section after you opened it." in text
    assert SECRET in text
    assert "Mine." in text
    assert 'name="revision" value="1"' in text
    assert ConfidentialSection.objects.get().text == SECRET


@pytest.mark.parametrize("role", [Role.VICTIM_CONTACT_OFFICER, Role.SMB_MEMBER])
def test_it_is_not_there_for_those_to_whom_it_is_closed(desk: Desk, role: Role) -> None:
    write_confidential(by=desk.manager, oasys=desk.oasys, text=SECRET, seen=0)
    kind = InvolvementKind.VICTIM_CONTACT if role is Role.VICTIM_CONTACT_OFFICER else InvolvementKind.AUDIT
    reader = make_person(role)
    give(desk.case, kind, person=reader)
    browser = signed_in(reader)
    assert browser.get(desk.at("show")).status_code == 200
    assert "Confidential section" not in browser.get(desk.at("show")).content.decode()
    assert browser.get(desk.at("confidential")).status_code == 403
    with as_person(reader):
        assert ConfidentialSection.objects.count() == 0
    with as_person(desk.manager):
        assert ConfidentialSection.objects.count() == 1


def test_a_signed_one_never_changes_and_the_database_says_so_too(desk: Desk) -> None:
    case = make_case(case_manager=desk.manager)
    row = signed_row(case, desk.manager)
    with pytest.raises(NotRecorded, match="is signed"):
        write_confidential(by=desk.manager, oasys=row, text=SECRET, seen=0)
    with pytest.raises(DatabaseError, match="never changed"), as_person(desk.manager):
        ConfidentialSection.objects.create(case=case, oasys=row, text=SECRET, written_by=desk.manager)


def test_it_stays_in_its_oasys(desk: Desk) -> None:
    row = write_confidential(by=desk.manager, oasys=desk.oasys, text=SECRET, seen=0)
    row.oasys = draft_row(make_case(case_manager=desk.manager), desk.manager)
    with pytest.raises(DatabaseError, match="stays in its OASys"), transaction.atomic():
        row.save()


def test_what_the_oasys_before_said_is_there_to_begin_with(desk: Desk) -> None:
    write_confidential(by=desk.manager, oasys=desk.oasys, text=SECRET, seen=0)
    desk.oasys.abandoned_at, desk.oasys.abandoned_by = desk.oasys.started_at, desk.manager
    desk.oasys.abandon_reason = "A slip"
    desk.oasys.save()
    later = draft_row(desk.case, desk.manager, copied_from=desk.oasys)
    text = desk.browser.get(desk._replace(oasys=later).at("confidential")).content.decode()
    assert "Keep what still holds." in text
    assert SECRET in text
    assert ConfidentialSection.objects.filter(oasys=later).count() == 0


def test_empty_it_is_not_saved(desk: Desk) -> None:
    with pytest.raises(NotRecorded, match="Write what the offender must not read"):
        write_confidential(by=desk.manager, oasys=desk.oasys, text=" \n", seen=0)
