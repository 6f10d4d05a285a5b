"""Cover: from the first day to the last, ended at once, arranged by who answers for the absent, seen by both."""

from datetime import date

import pytest
from django.urls import reverse

from openmappa.accounts.models import Cover, User
from openmappa.audit.models import Event
from openmappa.notices.models import Notice
from openmappa.people.errors import NotChanged
from openmappa.people.services.covers import LONGEST_DAYS, arrange_cover, end_cover
from openmappa.people.services.limits import NotYours
from tests.people.cast import REASON, Cast, look, make_cast, opened, page_of, send
from tests.timeline.build import ago, day_boxes, make_case, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def arranged(cast: Cast, absent: User, covering: User, *, by: User | None = None, days: int = 10) -> Cover:
    return arrange_cover(
        by=by or cast.manager,
        absent=absent,
        covering=covering,
        from_on=today(),
        until_on=ago(-days),
        reason="Annual leave",
        today=today(),
    )


def form(absent: User, covering: User, first: date, last: date) -> dict[str, str]:
    boxes = {**day_boxes("from_on", first), **day_boxes("until_on", last)}
    return {"absent": str(absent.pk), "covering": str(covering.pk), "reason": "Annual leave", **boxes}


def test_who_covers_opens_what_the_absent_opens_and_no_longer_once_it_is_ended(cast: Cast) -> None:
    case = make_case(cast.area, police_unit=cast.other_unit, police_officer=cast.other_manager)
    path = reverse("timeline:front_sheet", kwargs={"key": case.key})
    browser = opened(cast.officer)
    assert browser.get(path).status_code == 404
    sent = form(cast.other_manager, cast.officer, today(), ago(-5))
    assert send(cast.other_manager, "arrange_cover", **sent)["Location"] == "/cover/?done=arranged"
    assert browser.get(path).status_code == 200
    cover = Cover.objects.get()
    assert send(cast.other_manager, "end_cover", cover.pk, reason="Back early").status_code == 302
    assert browser.get(path).status_code == 404


def test_cover_that_begins_tomorrow_opens_nothing_today(cast: Cast) -> None:
    case = make_case(cast.area, police_unit=cast.other_unit)
    send(cast.other_manager, "arrange_cover", **form(cast.other_manager, cast.officer, ago(-1), ago(-5)))
    assert Cover.objects.count() == 1
    path = reverse("timeline:front_sheet", kwargs={"key": case.key})
    assert opened(cast.officer).get(path).status_code == 404


def test_covers_may_overlap(cast: Cast) -> None:
    arranged(cast, cast.officer, cast.colleague)
    arranged(cast, cast.officer, cast.manager)
    assert Cover.objects.in_force_on(today()).filter(absent=cast.officer).count() == 2


def test_the_covered_the_covering_and_the_line_manager_see_it_and_are_told(cast: Cast) -> None:
    arranged(cast, cast.officer, cast.colleague, by=cast.administrator)
    for who in (cast.officer, cast.colleague, cast.manager, cast.administrator):
        assert "Annual leave" in page_of(look(who, "covers")), who.role
    told = set(Notice.objects.filter(kind="cover").values_list("to_id", flat=True))
    assert told == {cast.officer.pk, cast.colleague.pk, cast.manager.pk}


@pytest.mark.parametrize("who", ["other_manager", "coordinator", "partner", "partner_administrator"])
def test_nobody_else_sees_it(cast: Cast, who: str) -> None:
    arranged(cast, cast.officer, cast.colleague)
    page = page_of(look(getattr(cast, who), "covers"))
    assert cast.officer.full_name not in page
    assert "No cover is arranged" in page


@pytest.mark.parametrize("who", ["officer", "other_manager", "partner_administrator"])
def test_only_the_line_manager_of_the_absent_or_an_administrator_arranges_it(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    answer = send(by, "arrange_cover", **form(cast.officer, cast.colleague, today(), ago(-3)))
    assert answer.status_code == (403 if who == "officer" else 200)
    assert not Cover.objects.exists()
    if who != "officer":
        with pytest.raises(NotYours):
            arranged(cast, cast.officer, cast.colleague, by=by)


def test_nobody_of_another_agency_and_nobody_who_opens_no_cases_can_cover(cast: Cast) -> None:
    for covering in (cast.partner, cast.administrator):
        with pytest.raises(NotYours, match="cannot cover"):
            arranged(cast, cast.officer, covering)


def test_who_has_left_cannot_cover_but_can_be_covered(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert arranged(cast, cast.officer, cast.colleague)
    with pytest.raises(NotYours):
        arranged(cast, cast.colleague, cast.officer)
    assert "has left" in page_of(look(cast.manager, "arrange_cover"))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (ago(1), ago(-3), "The first day must be today or later"),
        (ago(-3), ago(-2), "The last day must be"),
        (ago(0), ago(-LONGEST_DAYS - 1), "cover is for half a year at most"),
    ],
)
def test_days_that_make_no_sense_are_refused_at_their_field(cast: Cast, first: date, last: date, said: str) -> None:
    answer = send(cast.manager, "arrange_cover", **form(cast.officer, cast.colleague, first, last))
    assert (answer.status_code, said in page_of(answer), Cover.objects.count()) == (200, True, 0)


def test_half_a_year_to_the_day_is_allowed(cast: Cast) -> None:
    assert arranged(cast, cast.officer, cast.colleague, days=LONGEST_DAYS).pk


def test_nobody_covers_for_themselves(cast: Cast) -> None:
    answer = send(cast.manager, "arrange_cover", **form(cast.officer, cast.officer, today(), ago(-3)))
    assert "Nobody covers for themselves" in page_of(answer)


def test_a_reason_is_needed(cast: Cast) -> None:
    answer = send(
        cast.manager, "arrange_cover", **form(cast.officer, cast.colleague, today(), ago(-3)) | {"reason": ""}
    )
    assert "Enter the reason, such as annual leave" in page_of(answer)


def test_cover_is_ended_once_and_by_those_who_may_arrange_it(cast: Cast) -> None:
    cover = arranged(cast, cast.officer, cast.colleague)
    assert send(cast.colleague, "end_cover", cover.pk, reason="I am busy").status_code == 403
    assert send(cast.other_manager, "end_cover", cover.pk, reason="No").status_code == 404
    with pytest.raises(NotYours):
        end_cover(by=cast.other_manager, cover=cover, reason=REASON, today=today())
    end_cover(by=cast.administrator, cover=cover, reason=REASON, today=today())
    with pytest.raises(NotChanged, match="over already"):
        end_cover(by=cast.manager, cover=cover, reason=REASON, today=today())
    assert look(cast.manager, "end_cover", cover.pk).status_code == 404


def test_the_log_has_who_for_whom_and_when(cast: Cast) -> None:
    cover = arranged(cast, cast.officer, cast.colleague)
    end_cover(by=cast.manager, cover=cover, reason="Back", today=today())
    events = Event.objects.filter(verb__contains="cover").order_by("at", "pk")
    assert [(event.verb, event.operation, event.about["reason"]) for event in events] == [
        ("arrange cover", "access", "Annual leave"),
        ("end cover", "access", "Back"),
    ]
    assert [event.about["ended_on"] for event in events] == [None, today().isoformat()]
    assert {(event.about["absent"], event.about["covering"]) for event in events} == {
        (cast.officer.pk, cast.colleague.pk)
    }
