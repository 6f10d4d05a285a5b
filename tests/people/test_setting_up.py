"""A set-up code: shown once, kept as a hash, used once, worth nothing after 72 hours, and told to nobody else."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.audit.models import Event
from openmappa.notices.models import Notice
from openmappa.people.errors import NotChanged
from openmappa.people.models import SetUpCode
from openmappa.people.services.codes import LETTERS, NO_CODE, holder_of, make_code, set_up
from openmappa.people.services.limits import NotYours
from tests.people.cast import Cast, look, make_cast, opened, page_of, send
from tests.timeline.build import signed_in

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def typed(username: str, code: str, password: str = GOOD) -> dict[str, str]:
    return {"username": username, "code": code, "password": password}


def test_the_page_shows_the_code_once_and_only_its_hash_is_kept(cast: Cast) -> None:
    page = page_of(send(cast.manager, "code", cast.officer.pk))
    found = re.search(rf"([{LETTERS}]{{4}}-){{3}}[{LETTERS}]{{4}}", page)
    assert found
    row = SetUpCode.objects.get(person=cast.officer)
    assert found[0] not in row.code_hash
    assert row.until_at - row.made_at == timedelta(hours=72)
    assert found[0] not in page_of(look(cast.manager, "code", cast.officer.pk))
    assert all(found[0] not in str(event.about) for event in Event.objects.all())


def test_with_it_a_password_is_chosen_once(cast: Cast) -> None:
    code = make_code(by=cast.manager, person=cast.officer)
    browser = Client()
    answer = browser.post("/set-up/", typed(cast.officer.username, code))
    assert (answer.status_code, answer["Location"]) == (302, "/set-up/done/")
    assert browser.get("/set-up/done/").status_code == 200
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(GOOD)
    again = browser.post("/set-up/", typed(cast.officer.username, code, "another-good-password"))
    assert NO_CODE in page_of(again)
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(GOOD)


def test_capitals_spaces_and_dashes_make_no_difference(cast: Cast) -> None:
    code = make_code(by=cast.manager, person=cast.officer)
    assert holder_of(cast.officer.username, code.lower().replace("-", " ")) == cast.officer


def test_after_72_hours_it_is_worth_nothing(cast: Cast) -> None:
    code = make_code(by=cast.manager, person=cast.officer)
    early, late = timezone.now() - timedelta(hours=73), timezone.now() - timedelta(minutes=1)
    SetUpCode.objects.update(made_at=early, until_at=late)
    assert holder_of(cast.officer.username, code) is None
    with pytest.raises(NotChanged):
        set_up(username=cast.officer.username, code=code, password=GOOD)


def test_a_new_code_replaces_an_older_one(cast: Cast) -> None:
    old = make_code(by=cast.manager, person=cast.officer)
    new = make_code(by=cast.manager, person=cast.officer)
    assert (holder_of(cast.officer.username, old), holder_of(cast.officer.username, new)) == (None, cast.officer)


def test_a_wrong_name_a_wrong_code_and_somebody_elses_are_refused_in_the_same_words(cast: Cast) -> None:
    code = make_code(by=cast.manager, person=cast.officer)
    make_code(by=cast.manager, person=cast.colleague)
    browser = Client()
    pages = [
        page_of(browser.post("/set-up/", typed(name, tried)))
        for name, tried in (
            ("nobody.here", code),
            (cast.officer.username, "AAAA-AAAA-AAAA-AAAA"),
            (cast.colleague.username, code),
            (cast.second.username, code),
        )
    ]
    assert [page.count(NO_CODE) for page in pages] == [2, 2, 2, 2]


def test_a_weak_password_is_refused_and_the_code_still_holds(cast: Cast) -> None:
    code = make_code(by=cast.manager, person=cast.officer)
    page = page_of(Client().post("/set-up/", typed(cast.officer.username, code, "short")))
    assert "characters or more" in page
    assert "short" not in re.findall(r'value="([^"]*)"', page)
    assert holder_of(cast.officer.username, code) == cast.officer


def test_what_is_wrong_with_a_password_is_told_to_nobody_without_the_code(cast: Cast) -> None:
    page = page_of(Client().post("/set-up/", typed(cast.officer.username, "AAAA", cast.officer.username)))
    assert NO_CODE in page
    assert "must not be like your name" not in page


def test_sessions_elsewhere_end_when_it_is_used_and_not_before(cast: Cast) -> None:
    browser = opened(cast.officer)
    code = make_code(by=cast.manager, person=cast.officer)
    assert browser.get("/you/").status_code == 200
    Client().post("/set-up/", typed(cast.officer.username, code))
    assert browser.get("/you/").status_code == 302


def test_somebody_signed_in_is_led_home(cast: Cast) -> None:
    answer = signed_in(cast.colleague).post("/set-up/", typed("x", "y"))
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_for_somebody_with_a_password_the_line_manager_makes_it_not_an_administrator(cast: Cast) -> None:
    cast.officer.set_password(GOOD)
    cast.officer.save()
    with pytest.raises(NotChanged, match="has a password already, so a line manager makes the code"):
        make_code(by=cast.administrator, person=cast.officer)
    assert cast.manager.full_name in page_of(look(cast.administrator, "code", cast.officer.pk))
    assert make_code(by=cast.manager, person=cast.officer)


def test_where_there_is_no_line_manager_an_administrator_makes_it_and_the_others_are_told(cast: Cast) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(unit=None)
    cast.coordinator.refresh_from_db()
    cast.coordinator.set_password(GOOD)
    cast.coordinator.save()
    assert make_code(by=cast.administrator, person=cast.coordinator)
    assert Notice.objects.get(words__contains="made a set-up code").to == cast.second


@pytest.mark.parametrize("who", ["officer", "colleague", "other_manager", "partner_administrator"])
def test_nobody_else_makes_one_and_nobody_their_own(cast: Cast, who: str) -> None:
    with pytest.raises(NotYours):
        make_code(by=getattr(cast, who), person=cast.officer)
    assert send(getattr(cast, who), "code", cast.officer.pk).status_code in (403, 404)


def test_the_command_line_gives_an_agency_its_first_administrator(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--agency", "sample-hostel", "--username", "h.admin", "--name", "Hostel Sample"]
    with pytest.raises(CommandError, match="give --agency-name and --kind"):
        call_command("add_administrator", *words)
    call_command("add_administrator", *words, "--agency-name", "Sample Hostel", "--kind", "partner")
    said = capsys.readouterr().out
    person = User.objects.get(username="h.admin")
    assert (person.agency, person.role, person.is_active) == (Agency.objects.get(), "administrator", True)
    code = said.split()[-1]
    assert holder_of("h.admin", code) == person
    assert Event.objects.get(verb="add administrator").by_name == "command line"
    with pytest.raises(CommandError, match="is taken"):
        call_command("add_administrator", *words)
