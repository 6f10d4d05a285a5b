"""Units, and which line manager answers for which further ones; both hold at the next request."""

import pytest
from django.urls import reverse

from openmappa.accounts.models import Managing, Unit, User
from openmappa.audit.models import Event
from openmappa.people.errors import NotChanged
from openmappa.people.services.limits import NotYours
from openmappa.people.services.managing import add_unit, give_unit, take_unit
from tests.people.cast import REASON, Cast, look, make_cast, opened, page_of, send
from tests.timeline.build import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_a_further_unit_opens_its_cases_at_the_next_request_and_closes_them_again(cast: Cast) -> None:
    case = make_case(cast.area, police_unit=cast.other_unit)
    path = reverse("timeline:front_sheet", kwargs={"key": case.key})
    browser = opened(cast.manager)
    assert browser.get(path).status_code == 404
    form = {"manager": str(cast.manager.pk), "unit": str(cast.other_unit.pk), "reason": REASON}
    assert send(cast.administrator, "line_managers", **form)["Location"].endswith("?done=given")
    assert browser.get(path).status_code == 200
    row = Managing.objects.get()
    assert send(cast.administrator, "take_unit", row.pk, reason=REASON)["Location"].endswith("?done=taken")
    assert browser.get(path).status_code == 404


def test_who_manages_a_further_unit_looks_after_its_people(cast: Cast) -> None:
    assert look(cast.manager, "person", cast.other_manager.pk).status_code == 404
    give_unit(by=cast.administrator, manager=cast.manager, unit=cast.other_unit, reason=REASON)
    assert look(cast.manager, "person", cast.other_manager.pk).status_code == 200
    assert "Also manages" in page_of(look(cast.administrator, "person", cast.manager.pk))


def test_a_unit_that_is_managed_already_is_refused(cast: Cast) -> None:
    form = {"manager": str(cast.manager.pk), "unit": str(cast.unit.pk), "reason": REASON}
    assert "manages it already" in page_of(send(cast.administrator, "line_managers", **form))
    give_unit(by=cast.administrator, manager=cast.manager, unit=cast.other_unit, reason=REASON)
    with pytest.raises(NotChanged, match="manages this unit already"):
        give_unit(by=cast.administrator, manager=cast.manager, unit=cast.other_unit, reason=REASON)


def test_only_line_managers_and_units_of_the_agency(cast: Cast) -> None:
    foreign = cast.partner.unit
    assert foreign is not None
    for manager, unit in ((cast.officer, cast.other_unit), (cast.manager, foreign)):
        with pytest.raises(NotYours):
            give_unit(by=cast.administrator, manager=manager, unit=unit, reason=REASON)
    row = Managing.objects.create(manager=cast.manager, unit=cast.other_unit)
    assert look(cast.partner_administrator, "take_unit", row.pk).status_code == 404
    with pytest.raises(NotYours):
        take_unit(by=cast.partner_administrator, managing=row, reason=REASON)


def test_the_page_says_which_unit_nobody_answers_for(cast: Cast) -> None:
    User.objects.filter(pk=cast.other_manager.pk).update(is_active=False)
    page = page_of(look(cast.administrator, "line_managers"))
    assert page.count(">Nobody<") == 1


def test_a_unit_is_added_once_and_logged(cast: Cast) -> None:
    form = {"name": "Rural  team", "area": str(cast.area.pk)}
    assert send(cast.administrator, "add_unit", **form)["Location"].endswith("?done=added")
    unit = Unit.objects.get(name="Rural team")
    assert (unit.agency, unit.area) == (cast.administrator.agency, cast.area)
    assert "has a unit of this name" in page_of(send(cast.administrator, "add_unit", **form))
    other = add_unit(by=cast.administrator, name="Rural team two", area=cast.area)
    assert other.code != unit.code
    assert Event.objects.filter(verb="add unit").count() == 2


def test_giving_and_taking_are_logged(cast: Cast) -> None:
    row = give_unit(by=cast.administrator, manager=cast.manager, unit=cast.other_unit, reason=REASON)
    take_unit(by=cast.administrator, managing=row, reason=REASON)
    events = Event.objects.filter(verb__contains="unit to manage").order_by("at", "pk")
    about = {"manager": cast.manager.pk, "unit": cast.other_unit.code, "reason": REASON}
    assert [(event.verb, event.operation, event.about) for event in events] == [
        ("give unit to manage", "access", about),
        ("take unit to manage", "access", about),
    ]
