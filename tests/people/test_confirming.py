"""Every 90 days somebody else confirms what a person can open; the report names those whom nobody has."""

import csv
from datetime import date
from io import StringIO

import pytest

from openmappa.accounts.models import Cover, Managing, User
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.people.errors import ChangedMeanwhile, NotChanged
from openmappa.people.queries.access import opens
from openmappa.people.queries.confirming import standing_in_words, standing_of
from openmappa.people.queries.history import version_of
from openmappa.people.queries.people import not_confirmed, vouched_for_by
from openmappa.people.services.limits import NotYours
from openmappa.people.services.posts import confirm_access, move_person
from tests.people.cast import REASON, Cast, look, make_cast, page_of, post, send
from tests.timeline.build import ago, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def confirmed_on(person: User, on: date | None) -> None:
    User.objects.filter(pk=person.pk).update(recertified_on=on)


def test_ninety_days_are_in_time_and_ninety_one_are_late(cast: Cast) -> None:
    confirmed_on(cast.officer, ago(90))
    confirmed_on(cast.colleague, ago(91))
    late = list(not_confirmed(vouched_for_by(cast.manager), today()))
    assert cast.colleague in late
    assert cast.officer not in late
    cast.colleague.refresh_from_db()
    cast.officer.refresh_from_db()
    assert standing_in_words(cast.colleague, today()) == "1 day late"
    assert standing_in_words(cast.officer, today()) == "Confirmed"
    assert standing_in_words(cast.manager, today()) == "Never confirmed"


def test_who_was_never_confirmed_comes_first_and_then_the_longest_ago(cast: Cast) -> None:
    confirmed_on(cast.officer, ago(100))
    confirmed_on(cast.colleague, ago(200))
    third = User.objects.create(
        username="sample.third", full_name="Officer Sample Third", agency=cast.unit.agency, unit=cast.unit,
        area=cast.area, role=Role.POLICE_OFFICER,
    )  # fmt: skip
    assert list(not_confirmed(vouched_for_by(cast.manager), today())) == [third, cast.colleague, cast.officer]


def test_the_counts_are_of_those_with_access_and_never_of_oneself(cast: Cast) -> None:
    confirmed_on(cast.officer, ago(10))
    confirmed_on(cast.colleague, ago(200))
    standing = standing_of(vouched_for_by(cast.manager), today())
    assert (standing.people, standing.in_time, standing.late, standing.never) == (2, 1, 1, 0)
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    assert standing_of(vouched_for_by(cast.manager), today()).people == 1


def test_confirming_shows_what_they_can_open_and_takes_them_off_the_list(cast: Cast) -> None:
    page = page_of(look(cast.manager, "confirm", cast.officer.pk))
    assert "Every case of Unit 1" in page
    assert "Third-party and confidential" in page
    answer = send(cast.manager, "confirm", cast.officer.pk, version="0")
    assert answer["Location"].endswith("?done=confirmed")
    cast.officer.refresh_from_db()
    assert cast.officer.recertified_on == today()
    assert f"/people/{cast.officer.pk}/confirm/" not in page_of(look(cast.manager, "to_confirm"))


def test_what_was_confirmed_is_what_was_seen(cast: Cast) -> None:
    wanted = post(cast.unit, name=cast.officer.full_name + " Junior")
    move_person(by=cast.administrator, person=cast.officer, post=wanted, reason=REASON, version=0)
    with pytest.raises(ChangedMeanwhile):
        confirm_access(by=cast.manager, person=cast.officer, version=0, today=today())
    page = page_of(send(cast.manager, "confirm", cast.officer.pk, version="0"))
    assert "Confirm all the same" in page
    assert send(cast.manager, "confirm", cast.officer.pk, version="0", accept_version="1").status_code == 302


def test_nobody_confirms_themselves_nor_somebody_they_do_not_look_after(cast: Cast) -> None:
    for by, person in (
        (cast.manager, cast.manager),
        (cast.administrator, cast.administrator),
        (cast.other_manager, cast.officer),
        (cast.colleague, cast.officer),
        (cast.partner_administrator, cast.officer),
    ):
        with pytest.raises(NotYours):
            confirm_access(by=by, person=person, version=version_of(person), today=today())
    assert look(cast.manager, "confirm", cast.manager.pk).status_code == 403
    assert look(cast.other_manager, "confirm", cast.officer.pk).status_code == 404


def test_a_partners_only_administrator_is_confirmed_by_the_coordinator(cast: Cast) -> None:
    assert send(cast.coordinator, "confirm", cast.partner_administrator.pk, version="0").status_code == 302


def test_somebody_without_access_is_not_confirmed(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    with pytest.raises(NotChanged):
        confirm_access(by=cast.manager, person=cast.officer, version=0, today=today())


def test_the_file_runs_nothing_in_a_spreadsheet_and_has_everybody(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(full_name='=HYPERLINK("http://example.org")', recertified_on=ago(95))
    answer = send(cast.manager, "to_confirm_file")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="access-{today().isoformat()}.csv"'
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ['\'=HYPERLINK("http://example.org")', cast.colleague.full_name]
    assert [row["Standing"] for row in rows] == ["5 days late", "Never confirmed"]
    assert Event.objects.get(verb="export access report").about == {"people": 2}


def test_the_file_is_not_had_by_an_address_alone(cast: Cast) -> None:
    assert look(cast.manager, "to_confirm_file").status_code == 405


def test_what_somebody_can_open_is_said_for_each_way(cast: Cast) -> None:
    Managing.objects.create(manager=cast.manager, unit=cast.other_unit)
    days = {"from_on": today(), "until_on": ago(-2), "reason": "Leave", "arranged_by": cast.second}
    Cover.objects.create(absent=cast.coordinator, covering=cast.manager, **days)
    said = opens(cast.manager, today()).cases
    assert "Every case of Unit 1 and Unit 2" in said
    assert any(cast.coordinator.full_name in phrase for phrase in said)
    assert opens(cast.coordinator, today()).cases[0] == "Every case of Northshire"
    assert opens(cast.administrator, today()).cases == ("No case",)
    cast.officer.is_active = False
    assert opens(cast.officer, today()).may == ()


def test_confirming_is_logged_with_both_days(cast: Cast) -> None:
    confirmed_on(cast.officer, ago(100))
    confirm_access(by=cast.manager, person=cast.officer, version=0, today=today())
    about = Event.objects.get(verb="confirm access").about
    assert (about["confirmed_before"], about["confirmed_now"]) == (ago(100).isoformat(), today().isoformat())
