"""What explains a fall: posts and vacancies, what moved with a fall, and the page as of a past day."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Cover, Unit, User
from openmappa.board.queries.staff import IN_POST, POSTS, Staff, staff
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.dates import add_months
from openmappa.core.inspection.establishment import Beside
from openmappa.core.inspection.on_time import Step, first_of
from openmappa.past.models import PastCase, PastDuty
from openmappa.past.queries.days import past
from openmappa.people.models import Establishment
from openmappa.timeline.models import Fact
from tests.board.test_on_time import a_duty
from tests.board.test_staff import away, entry, found, text
from tests.past.build import a_past_day, worked_out
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, signed_in, today

pytestmark = pytest.mark.django_db

OFFICER = Role.POLICE_OFFICER


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def posts(unit: Unit, number: str | None, from_on: date, entered: date | None = None) -> Establishment:
    by = make_person(Role.ADMINISTRATOR)
    return Establishment.objects.create(
        unit=unit,
        role=OFFICER.value,
        posts=None if number is None else Decimal(number),
        from_on=from_on,
        reason="The budget",
        entered_by=by,
        entered_at=noon(entered or from_on),
    )


def voided(row: Establishment, on: date) -> None:
    Establishment.objects.filter(pk=row.pk).update(voided_at=noon(on), voided_by=row.entered_by, void_reason="A slip")


def numbers(seen: Staff) -> list[tuple[Decimal | None, Decimal, Decimal]]:
    return [(line.posts.posts, line.posts.vacant, line.posts.over) for line in seen.lines]


def test_vacant_is_what_posts_are_more_than_people_unit_by_unit(coordinator: User) -> None:
    first, second = make_unit(make_area(), "police"), make_unit(make_area(), "police", 2)
    lines = found(coordinator).lines
    stayed, joined = (make_person(OFFICER, unit=first) for _ in range(2))
    entry(joined, "joined", lines[4].span.since)
    for _ in range(3):
        make_person(OFFICER, unit=second)
    posts(first, "2.5", date(2020, 1, 1))
    posts(first, "3", lines[6].span.since)
    posts(second, "2", lines[2].span.since)
    none, one = Decimal(0), Decimal(1)
    assert numbers(found(coordinator)) == [
        *[(Decimal("2.5"), Decimal("1.5"), none)] * 2,
        *[(Decimal("4.5"), Decimal("1.5"), one)] * 2,
        *[(Decimal("4.5"), Decimal("0.5"), one)] * 2,
        *[(Decimal(5), one, one)] * 2,
    ]
    assert [line.in_post for line in found(coordinator).lines] == [4] * 4 + [5] * 4
    shares = [line.posts.share for line in found(coordinator).lines]
    assert shares[0] == pytest.approx(60) and shares[4] == pytest.approx(100 * 0.5 / 4.5)
    assert stayed.is_active
    page = text(signed_in(coordinator).get(reverse("board:staff") + "?standard=home-visit").content)
    assert "1 over establishment" in page and "60% of post-days" in page


def test_a_vacancy_within_a_quarter_is_counted_in_days(coordinator: User) -> None:
    unit = make_unit(make_area(), "police")
    posts(unit, "1", date(2020, 1, 1))
    quarter = found(coordinator).lines[5].span
    joined = make_person(OFFICER, unit=unit)
    entry(joined, "joined", quarter.since + timedelta(days=10))
    lines = found(coordinator).lines
    assert [float(line.posts.vacant) for line in lines] == [1, 1, 1, 1, 1, 0, 0, 0]
    assert lines[5].posts.vacant_days == 10
    assert lines[5].posts.post_days == (quarter.until - quarter.since).days + 1


def test_somebody_who_moves_from_one_unit_to_another_leaves_a_post_there(coordinator: User) -> None:
    first, second = make_unit(make_area(), "police"), make_unit(make_area(), "police", 2)
    posts(first, "1", date(2020, 1, 1))
    posts(second, "1", date(2020, 1, 1))
    moved = make_person(OFFICER, unit=second)
    day = found(coordinator).lines[3].span.since
    entry(moved, "moved", day, role_before="police_officer", area_before=make_area(), unit_before=first)
    make_person(OFFICER, unit=first)
    lines = found(coordinator).lines
    assert [(line.in_post, float(line.posts.vacant), float(line.posts.over)) for line in lines] == [
        *[(2, 1, 1)] * 3,
        *[(2, 0, 0)] * 5,
    ]


def test_where_no_posts_are_recorded_the_page_says_so_and_leads_those_who_may_enter_them(coordinator: User) -> None:
    unit = make_unit(make_area(), "police", 2)
    make_person(OFFICER, unit=unit)
    address = reverse("board:staff") + "?standard=home-visit"
    link = f'href="{reverse("people:posts")}"'
    for role in sorted(PERMISSIONS[Permission.VIEW_FIGURES]):
        page = signed_in(make_person(role)).get(address).content.decode()
        assert "No posts of police officers are recorded in this area" in page
        assert (link in page) == (role in PERMISSIONS[Permission.SET_POSTS]), role
    posts(make_unit(make_area(), "police"), "2", ago(100))
    page = text(signed_in(coordinator).get(address).content)
    assert "No posts of police officers are recorded for Unit 2" in page
    posts(unit, "1", ago(100))
    loose = make_person(OFFICER)
    User.objects.filter(pk=loose.pk).update(unit=None)
    seen = found(coordinator)
    assert (seen.not_recorded, seen.without_unit) == ([], 1)
    page = text(signed_in(coordinator).get(address).content)
    assert "1 person belongs to no unit" in page
    assert "% of post-days, of those recorded" in page


def fall(seen: Staff, places: Sequence[int] = (5, 6)) -> None:
    """Twenty of twenty on time in one quarter, four of twenty in the next."""
    case = make_case()
    for place, met in zip(places, (20, 4), strict=True):
        for number in range(20):
            due = seen.lines[place].span.since + timedelta(days=number)
            a_duty(case, due, "home-visit", **({"met_on": due} if number < met else {}))


def test_beside_a_fall_stands_what_else_went_up_and_what_did_not(coordinator: User) -> None:
    unit = make_unit(make_area(), "police")
    officer = make_person(OFFICER, unit=unit)
    seen = found(coordinator)
    fall(seen)
    posts(unit, "1", date(2020, 1, 1))
    posts(unit, "2", seen.lines[6].span.since)
    away(officer, seen.lines[6].span.since, seen.lines[6].span.since + timedelta(days=44))
    (fell,) = found(coordinator).falls
    assert fell.line.span == seen.lines[6].span
    assert {each.what: each.went_up for each in fell.moved} == {
        Beside.VACANT: True,
        Beside.AWAY: True,
        Beside.EACH: False,
    }
    page = text(signed_in(coordinator).get(reverse("board:staff") + "?standard=home-visit").content)
    assert (
        f"{fell.line.span.name} : 80 points fewer on time than in {fell.before.span.name} ."
        in page.replace("name>", "")
        or f"{fell.line.span.name} : 80 points fewer on time than in {fell.before.span.name}." in page
    )
    assert "Beside it, not because of it" in page
    assert "Vacant posts: up , 50% of post-days after 0%" in page
    assert "Absence that was covered: up , 49% of the days of those in post after 0%" in page
    assert "Cases for each person in post: not up, 0.0 after 0.0" in page


def test_vacancies_are_not_compared_where_posts_are_not_recorded_throughout(coordinator: User) -> None:
    unit = make_unit(make_area(), "police")
    make_person(OFFICER, unit=unit)
    seen = found(coordinator)
    fall(seen)
    posts(unit, "2", seen.lines[5].span.since + timedelta(days=3))
    (fell,) = found(coordinator).falls
    assert not fell.moved[0].is_compared
    page = text(signed_in(coordinator).get(reverse("board:staff") + "?standard=home-visit").content)
    assert "Vacant posts: cannot be compared" in page
    assert not fell.leaves  # fewer than five cases: hidden on paper


def test_both_counts_of_who_is_in_post_agree_whatever_happened(coordinator: User) -> None:
    dice = random.Random(67)
    units = [make_unit(make_area(), "police", number) for number in (1, 2)]
    days = [line.span.until for line in found(coordinator).lines]
    for _ in range(25):
        person = make_person(OFFICER, unit=dice.choice(units))
        for kind in dice.choices(["joined", "moved", "left", "returned", "confirmed"], k=dice.randrange(4)):
            role = dice.choice(["police_officer", "line_manager"])
            before = {"role_before": role, "area_before": make_area(), "unit_before": dice.choice(units)}
            entry(person, kind, dice.choice(days) + timedelta(days=dice.randrange(-3, 3)), **before)
        User.objects.filter(pk=person.pk).update(is_active=dice.random() < 0.7)
    for unit in units:
        posts(unit, "100", date(2020, 1, 1))
    for line in found(coordinator).lines:
        assert line.posts.posts is not None
        assert line.posts.posts - line.posts.vacant == line.in_post
    assert len({line.in_post for line in found(coordinator).lines}) > 2


def test_posts_and_people_are_of_an_area_whose_figures_the_reader_sees() -> None:
    unit = make_unit(make_area(), "police")
    make_person(OFFICER, unit=unit)
    posts(unit, "2", ago(100))

    def rows(user: User) -> tuple[int, int]:
        with as_person(user), connection.cursor() as cursor:
            cursor.execute(IN_POST, [[make_area().pk], OFFICER.value])
            people = len(cursor.fetchall())
            cursor.execute(POSTS, [[make_area().pk], OFFICER.value, None, None])
            return people, len(cursor.fetchall())

    for role in sorted(Role):
        sees = role in PERMISSIONS[Permission.VIEW_FIGURES]
        assert rows(make_person(role)) == ((1, 1) if sees else (0, 0)), role
    assert rows(make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B"))) == (0, 0)


def as_of(user: User, on: date, *, known: bool) -> Staff:
    worked_out(user, [make_area()], on, known=known)
    with as_person(user):
        return staff(make_area(), "home-visit", on, past([make_area()], on, known=known))


def test_as_known_on_a_day_counts_what_had_been_entered_by_then(coordinator: User) -> None:
    unit, day = make_unit(make_area(), "police"), ago(40)
    officer = make_person(OFFICER, unit=unit)
    posts(unit, "1", ago(900))
    wrong = posts(unit, "9", ago(500))
    voided(wrong, ago(10))
    posts(unit, "2", ago(300), entered=ago(20))
    cases = [make_case(police_officer=officer) for _ in range(3)]
    for case, recorded in zip(cases, (ago(200), ago(200), ago(30)), strict=True):
        Fact.objects.create(case=case, kind="registered", on=ago(200), details={}, recorded_on=recorded)
    mistake = {"voided_at": noon(ago(5)), "voided_by": coordinator, "void_reason": "Another"}
    Fact.objects.create(case=cases[1], kind="case_closed", on=ago(100), details={}, recorded_on=ago(100), **mistake)
    for arranged in (ago(60), ago(20)):
        away(officer, ago(60), ago(58))
        Cover.objects.filter(pk=Cover.objects.latest("pk").pk).update(arranged_at=noon(arranged), until_on=ago(50))
    stood, known = as_of(coordinator, day, known=False), as_of(coordinator, day, known=True)
    assert stood.lines[-1].span.until == known.lines[-1].span.until == day
    assert [seen.lines[-1].posts.posts for seen in (stood, known)] == [2, 9]
    assert [seen.lines[-1].cases for seen in (stood, known)] == [3, 1]
    assert [seen.lines[-1].in_post for seen in (stood, known)] == [1, 1]
    assert sum(line.away_days for line in stood.lines) == sum(line.away_days for line in known.lines) == 11


def test_cover_that_was_arranged_later_was_not_known(coordinator: User) -> None:
    officer = make_person(OFFICER)
    away(officer, ago(60), ago(58))
    Cover.objects.update(arranged_at=noon(ago(20)))
    days = [sum(line.away_days for line in as_of(coordinator, ago(40), known=known).lines) for known in (False, True)]
    assert days == [3, 0]


def test_what_is_entered_after_the_day_was_worked_out_changes_nothing_of_it(coordinator: User) -> None:
    unit, day = make_unit(make_area(), "police"), ago(40)
    officer = make_person(OFFICER, unit=unit)
    first = posts(unit, "1", ago(900))
    before = {known: as_of(coordinator, day, known=known) for known in (False, True)}
    by = make_person(Role.ADMINISTRATOR)
    soon = {"entered_by": by, "entered_at": timezone.now(), "reason": "Later", "role": OFFICER.value}
    Establishment.objects.create(unit=unit, posts=Decimal(5), from_on=ago(100), **soon)
    Establishment.objects.filter(pk=first.pk).update(voided_at=timezone.now(), voided_by=by, void_reason="A slip")
    case = make_case(police_officer=officer)
    Fact.objects.create(case=case, kind="registered", on=ago(200), details={}, recorded_on=ago(200))
    User.objects.filter(pk=officer.pk).update(is_active=False)
    entry(officer, "left", today(), role_before="police_officer", area_before=make_area(), unit_before=unit)
    with as_person(coordinator):
        for known in (False, True):
            again = staff(make_area(), "home-visit", day, past([make_area()], day, known=known))
            assert again == before[known]
    assert found(coordinator).lines[-1].posts.posts == 5


def test_what_stood_yesterday_is_what_stands_today_where_nothing_came_since(coordinator: User) -> None:
    unit = make_unit(make_area(), "police")
    officer = make_person(OFFICER, unit=unit)
    posts(unit, "2.5", ago(400))
    entry(officer, "joined", ago(300))
    Fact.objects.create(
        case=make_case(police_officer=officer), kind="registered", on=ago(500), details={}, recorded_on=ago(500)
    )

    def beside(seen: Staff) -> list[object]:
        return [(line.span, line.in_post, line.away_days, line.cases, line.posts) for line in seen.lines]

    for known in (False, True):
        then = beside(as_of(coordinator, ago(1), known=known))[:-1]
        assert then == beside(found(coordinator))[: len(then)]


def test_the_page_is_asked_for_a_past_day_and_says_what_it_is_read_from(coordinator: User) -> None:
    make_person(OFFICER)
    posts(make_unit(make_area(), "police"), "2", ago(100))
    day, browser = ago(30), signed_in(coordinator)
    query = f"?standard=home-visit&reading=known&on-day={day.day}&on-month={day.month}&on-year={day.year}"
    page = text(browser.get(reverse("board:staff") + query).content)
    assert "not worked out yet" in page and "Cases each" not in page
    worked_out(coordinator, [make_area()], day, known=True)
    page = text(browser.get(reverse("board:staff") + query).content)
    assert "As it was known on" in page and "Cases each" in page
    assert "Only for somebody without any entry it is read from the present record" in page
    page = text(browser.get(reverse("board:staff") + query.replace("known", "stood")).content)
    assert "not worked out yet" in page
    page = text(browser.get(reverse("board:staff") + "?standard=home-visit&reading=known").content)
    assert "Enter the day" in page and "Cases each" in page


def test_the_standard_is_counted_from_the_past_day_and_the_overview_leads_to_it(coordinator: User) -> None:
    on, at = ago(20), timezone.now()
    day = a_past_day(make_area(), on=on, known=False, began_at=at, finished_at=at)
    case = make_case()
    PastCase.objects.create(
        day=day, case=case, force="A", supervised=True, registered=True, in_custody=False, closed=False
    )
    last = first_of(on, Step.QUARTER)
    for first_day, met in ((add_months(last, -6), 20), (add_months(last, -3), 4)):
        for number in range(20):
            due = first_day + timedelta(days=number)
            dates = {"opened_on": due - timedelta(days=9), "due_on": due, **({"met_on": due} if number < met else {})}
            PastDuty.objects.create(day=day, case=case, standard="home-visit", of="police_officer", **dates)
    with as_person(coordinator):
        seen = staff(make_area(), "home-visit", on, past([make_area()], on, known=False))
    assert [line.counts.on_time.k for line in seen.lines] == [0] * 5 + [20, 4, 0]
    assert [line.span for line in (each.line for each in seen.falls)] == [seen.lines[6].span]
    query = f"&reading=stood&on-day={on.day}&on-month={on.month}&on-year={on.year}"
    browser = signed_in(coordinator)
    page = browser.get(reverse("board:overview") + "?months=6" + query).content.decode().replace("&amp;", "&")
    assert f'{reverse("board:staff")}?standard=home-visit{query}"' in page
    page = text(browser.get(reverse("board:staff") + "?standard=home-visit" + query).content)
    assert "80 points fewer on time than in" in page
