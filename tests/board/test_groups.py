"""Groups held against each other: each against a count by hand, ratios as the core gives them, and what is withheld."""

import random
import re
from collections import defaultdict
from functools import partial

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.board.queries.groups import PLACES, Groups, Happening, groups
from openmappa.board.queries.rows import RowsBy
from openmappa.board.queries.scope import Period, Scope
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.inspection.on_time import AGES_FROM
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.rates import ratio
from openmappa.timeline.models import Duty, Standing
from tests.board.test_on_time import a_duty
from tests.house.test_queries_constant import queries_of
from tests.past.build import a_life, worked_out
from tests.timeline.build import ago, make_area, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db
SEED = 20050401


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def scope(months: int = 12) -> Scope:
    return Scope([make_area()], Period(months, today()))


def asked(user: User, by: RowsBy, what: Happening, *, standard: str = "", against: str = "") -> Groups:
    with as_person(user):
        return groups(scope(), by, what, standard, against)


def group_of(case: Case, by: RowsBy) -> str:
    person, until = case.person, today()
    age = until.year - person.born_on.year - ((until.month, until.day) < (person.born_on.month, person.born_on.day))
    place = str(sum(first <= age for first in AGES_FROM))
    return {RowsBy.ETHNICITY: person.ethnicity, RowsBy.SEX: person.sex, RowsBy.AGE: place}[by]


def happens(case: Case, what: Happening) -> bool | None:
    """Whether it happens in a case; None where the case does not count."""
    standing = Standing.objects.get(case=case)
    if what is Happening.BREACH:
        since = scope().since
        reviews = Duty.objects.filter(case=case, standard="plan-review", opened_on__lte=today())
        under = any((each.met_on or each.closed_on or today()) >= since for each in reviews)
        breaches = Duty.objects.filter(case=case, standard="enforcement", opened_on__range=(since, today()))
        return breaches.exists() if under else None
    if standing.closed:
        return None
    of, among = {
        Happening.LEVEL_2_OR_3: (standing.mappa_level, (2, 3)),
        Happening.LEVEL_3: (standing.mappa_level, (3,)),
        Happening.HIGH_HARM: (standing.harm_level, ("high", "very_high")),
        Happening.HIGH_BAND: (standing.band, ("high", "very_high")),
    }[what]
    return of in among if of else None


@pytest.mark.parametrize("by", [RowsBy.ETHNICITY, RowsBy.SEX, RowsBy.AGE])
def test_every_group_is_what_counting_by_hand_gives(coordinator: User, by: RowsBy) -> None:
    dice, area = random.Random(SEED), make_area()
    cases = []
    for _ in range(40):
        case = a_life(dice, area)
        case.person.ethnicity = dice.choice(["white_british", "black_african", ""])
        case.person.sex = dice.choice(["male", "female"])
        case.person.born_on = case.person.born_on.replace(year=dice.randrange(1940, 2006))
        case.person.save()
        cases.append(case)
    for case in cases[::4]:
        if not Standing.objects.get(case=case).closed:
            Duty.objects.create(
                **{"case": case, "area": area, "standard": "enforcement", "of": "case_manager"},
                **{"opened_on": ago(30), "due_on": ago(20), "because_kind": "condition", "because_on": ago(30)},
            )
    a_life(dice, make_area("eastmarch", "B"))
    for what in PLACES:
        hand: dict[str, list[bool]] = defaultdict(list)
        for case in cases:
            found = happens(case, what)
            if found is not None:
                hand[group_of(case, by)].append(found)
        lines = asked(coordinator, by, what).lines
        assert {line.key: (line.found.k, line.found.n) for line in lines} == {
            key: (sum(each), len(each)) for key, each in hand.items()
        }, what


def two_groups(white: tuple[int, int], black: tuple[int, int]) -> None:
    """Duties late of all that were due, in two groups."""
    for ethnicity, (late, all_) in (("white_british", white), ("black_african", black)):
        for number in range(all_):
            case = make_case()
            case.person.ethnicity = ethnicity
            case.person.save()
            due = ago(30)
            a_duty(case, due, **({} if number < late else {"met_on": due}))


def test_a_ratio_stands_with_its_interval_against_the_largest_group_or_the_one_chosen(coordinator: User) -> None:
    two_groups(white=(20, 60), black=(24, 30))
    found = asked(coordinator, RowsBy.ETHNICITY, Happening.LATE)
    assert found.against is not None
    assert found.against.key == "white_british"
    assert [line.ratio for line in found.lines if not line.is_against] == [
        ratio(Proportion(24, 30), Proportion(20, 60))
    ]
    chosen = asked(coordinator, RowsBy.ETHNICITY, Happening.LATE, against="black_african")
    assert [line.ratio for line in chosen.lines if not line.is_against] == [
        ratio(Proportion(20, 60), Proportion(24, 30))
    ]
    shown = text(signed_in(coordinator).get(reverse("board:groups")).content)
    assert "2.4 times as often" in shown
    assert "Koopman" in shown
    assert "This page makes 1 comparison." in shown
    other = asked(coordinator, RowsBy.ETHNICITY, Happening.LATE, standard="home-visit")
    assert other.lines == []


@pytest.mark.parametrize("black", [(4, 30), (26, 30)])
def test_no_ratio_is_given_where_a_count_behind_it_or_what_it_leaves_over_is_under_five(
    coordinator: User, black: tuple[int, int]
) -> None:
    two_groups(white=(20, 40), black=black)
    assert all(line.ratio is None for line in asked(coordinator, RowsBy.ETHNICITY, Happening.LATE).lines)
    page = signed_in(coordinator).get(reverse("board:groups")).content
    assert "Not given: a count behind it" in text(page)
    assert b'class="om-only-printed">Hidden' in page


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_no_name_stands_on_the_page_for_any_role() -> None:
    write(make_case(), "mappa_level_set", ago(30), level=2, category=1)
    for role in sorted(PERMISSIONS[Permission.VIEW_FIGURES]):
        shown = text(signed_in(make_person(role)).get(reverse("board:groups") + "?what=level-2-or-3").content)
        assert "100% 1 of 1" in shown, role
        assert "Testcase" not in shown


def test_groups_of_a_past_day_are_those_that_stood_then(coordinator: User) -> None:
    case = make_case()
    write(case, "mappa_level_set", ago(30), level=3, category=1)
    write(case, "mappa_level_set", ago(10), level=1, category=1)
    for on, k in ((ago(20), 1), (ago(5), 0)):
        then = worked_out(coordinator, [make_area()], on, known=False)
        with as_person(coordinator):
            found = groups(Scope([make_area()], Period(12, on), then), RowsBy.SEX, Happening.LEVEL_3, "", "")
        assert [(line.found.k, line.found.n) for line in found.lines] == [(k, 1)]


@pytest.mark.parametrize("query", ["by=teapot", "what=teapot", "standard=teapot", "months=5"])
def test_what_makes_no_sense_is_said_or_left_out(coordinator: User, query: str) -> None:
    response = signed_in(coordinator).get(f"{reverse('board:groups')}?{query}")
    assert response.status_code == 200
    assert "There is a problem" in text(response.content)


def test_the_page_asks_as_often_for_30_cases_as_for_1(coordinator: User) -> None:
    browser, found = signed_in(coordinator), []
    for count in (1, 29):
        for _ in range(count):
            write(make_case(), "mappa_level_set", ago(30), level=2, category=1)
        found.append([queries_of(partial(browser.get, reverse("board:groups"), {"what": each})) for each in Happening])
    assert found[0] == found[1]
